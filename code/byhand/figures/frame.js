// The frame of every moving figure: it reads the figure's numbers, starts it and follows links to a setting.

// The part of the anywidget model that figures use: get, set, on and save_changes.
const modelOf = (data) => {
  const listeners = [];
  return {
    get: (name) => data[name],
    set: (name, value) => {
      data[name] = value;
      for (const [event, call] of listeners) if (event === `change:${name}`) call();
    },
    on: (events, call) => events.split(" ").forEach((event) => listeners.push([event, call])),
    save_changes: () => {},
  };
};

// "?one-unit=w:3,b:-1" sets w and b of this figure; what is no number, or no number of the model, is left.
const apply = (query, name, model) => {
  const wanted = new URLSearchParams(query).get(name) ?? "";
  for (const [key, text] of wanted.split(",").map((pair) => pair.split(":"))) {
    const value = text ? Number(text) : NaN;
    if (typeof model.get(key) === "number" && Number.isFinite(value)) model.set(key, value);
  }
};

// A link in the text sets the figure without loading the page anew.
const follow = (event, name, model, root) => {
  const link = event.target.closest?.(`a[href^="?${name}="]`);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  apply(link.getAttribute("href").split("#")[0], name, model);
  root.scrollIntoView();
  try {
    history.replaceState(null, "", link.href);
  } catch {
    // A cell's frame has no address of its own: the setting is made, only not shown in the address bar.
  }
};

// JupyterLab takes arrow keys for its own shortcuts, unless the very element in focus says no.
const keepKeys = (root) => {
  for (const control of root.querySelectorAll("input, select, button, a, summary")) {
    control.setAttribute("data-lm-suppress-shortcuts", "true");
  }
};

// A notebook may show the same figure twice: each copy is started once.
export const start = (figure, name) => {
  for (const root of document.querySelectorAll(`figure[data-figure="${name}"]:not([data-live])`)) {
    const model = modelOf(JSON.parse(root.querySelector('script[type="application/json"]').textContent));
    root.dataset.live = "";
    figure.render({ model, el: root });
    keepKeys(root);
    apply(location.search, name, model);
    document.addEventListener("click", (event) => follow(event, name, model, root));
  }
};
