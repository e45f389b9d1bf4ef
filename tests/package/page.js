// As much of a page as a figure's script asks for: elements that keep what is written to them. No browser.

const element = (attributes = {}) => ({
  attributes, dataset: { part: attributes["data-part"] }, style: {}, written: {}, labels: [],
  setAttribute(name, value) { this.written[name] = String(value); },
  getAttribute(name) { return this.written[name] ?? this.attributes[name] ?? null; },
  set textContent(text) { this.written.text = String(text); },
  append(...children) { this.written.children = children.length; },
  addEventListener(kind) { this.written[`on ${kind}`] = "heard"; },
  classList: { toggle() {} },
  querySelectorAll: () => [],
});

// Starts the script's figure on parts, each with its attributes; gives back what it wrote to each of them.
const firstDrawing = (figure, name, model, attributes) => {
  const parts = attributes.map(element);
  const root = { ...element(), dataset: { figure: name }, querySelectorAll: () => parts, querySelector: () => element() };
  globalThis.document = { createElement: () => element() };
  const get = (key) => {
    if (!(key in model)) throw new Error(`Expected a number or list of the model. Received: ${key}`);
    return model[key];
  };
  const heard = { get, set() {}, on() {}, save_changes() {} };
  figure.render({ model: heard, el: root });
  return parts.map((part) => [part.attributes["data-part"], part.written]);
};
