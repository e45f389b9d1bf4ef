// Native controls with their labels; the browser brings keyboard, touch and screen readers along.

// A new element with properties, attributes (names in lower case with a hyphen) and children.
export const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-")) element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
};

// A slider; move(value, done) is called while it moves (done is false) and when it is let go (true).
export const slider = (text, [min, max], move, step = 0.1) => {
  const input = make("input", { type: "range", min, max, step });
  const output = make("output", { "aria-live": "off" });
  input.addEventListener("input", () => move(Number(input.value), false));
  input.addEventListener("change", () => move(Number(input.value), true));
  const show = (value, shown) => {
    input.value = value;
    // A step may lead off the slider's scale: what is read out is the value, not the slider's end.
    input.setAttribute("aria-valuetext", shown);
    output.value = shown;
  };
  return { element: make("div", { className: "slider" }, make("label", {}, text, input), output), show };
};

// A list of numbers to choose from; words, if given, stand for them.
export const choice = (text, values, choose, words = values) => {
  const options = values.map((value, k) => make("option", { value }, String(words[k])));
  const select = make("select", {}, ...options);
  select.addEventListener("change", () => choose(Number(select.value)));
  return { element: make("label", {}, text, select), show: (value) => (select.value = value) };
};

export const button = (text, press) => {
  const element = make("button", { type: "button" }, text);
  element.addEventListener("click", press);
  return element;
};

export const group = (title, ...children) => make("fieldset", {}, make("legend", {}, title), ...children);

// Gives the model each change of the state, so that a notebook can follow, and hears of changes from outside:
// from links in the text, or a notebook. Echoes are not news.
export const sharing = (model, keys, state, hear) => {
  let own = false;
  model.on(keys.map((key) => `change:${key}`).join(" "), () => {
    if (!own) hear(Object.fromEntries(keys.map((key) => [key, model.get(key)])));
  });
  return () => {
    own = true;
    for (const key of keys) model.set(key, state[key]);
    model.save_changes();
    own = false;
  };
};
