// A graph of four units: its list of steps is walked forwards and back, its weights are moved by sliders.
import { button, group, make, sharing, slider } from "./controls.js";
import { clamp, shown } from "./drawing.js";
import { graphNudged, graphPass } from "./graph_forms.js";

const weightNames = ["w1", "w2", "w3", "v2", "v3"];
const intro = "A graph: x leads to unit 1, unit 1 to units 2 and 3, and both to f.";

const drawGraph = (part, state, now, { names, finds, uses }) => {
  const found = finds.slice(0, state.step).flat();
  const used = state.step ? uses[state.step - 1] : [];
  const said = (name) => `${names[name]} = ${shown(now[name], 4)}`;
  for (const name of finds.flat()) {
    const text = part(`at-${name}`);
    const brief = weightNames.includes(name.slice(1)) ? `∂ ${shown(now[name], 4)}` : said(name);
    if (text) text.textContent = found.includes(name) ? brief : "";
  }
  for (const name of weightNames) {
    part(`edge-${name}`).setAttribute("class", used.includes(name) ? "bold" : "faint");
    part(`weight-${name}`).textContent = `${names[name]} = ${shown(state[name], 1)}`;
  }
  finds.forEach((values, k) => {
    part(`now${k + 1}`).textContent = k + 1 === state.step ? "▸ " : "";
    part(`step${k + 1}`).textContent = k < state.step ? values.map(said).join(", ") : "?";
  });
  return found.map(said).join(", ") || "nothing yet";
};

const drawTable = (part, weights, now, x, y, h) => {
  weightNames.forEach((name, k) => {
    part(`value-${name}`).textContent = shown(weights[k], 1);
    part(`slope-${name}`).textContent = shown(now[`d${name}`], 4);
    part(`moved-${name}`).textContent = shown(graphNudged(weights, x, y, k, h), 4);
  });
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const fixed = Object.fromEntries(["names", "finds", "uses"].map((name) => [name, model.get(name)]));
    const [x, y, reach, nudge] = ["x", "y", "reach", "nudge"].map((name) => model.get(name));
    const [last, forwards] = [fixed.finds.length, model.get("forwards")];
    const keys = [...weightNames, "step"];
    const first = Object.fromEntries(keys.map((key) => [key, model.get(key)]));
    const state = { ...first };

    const draw = () => {
      const weights = weightNames.map((name) => state[name]);
      const now = graphPass(weights, x, y);
      const found = drawGraph(part, state, now, fixed);
      drawTable(part, weights, now, x, y, nudge);
      const given = weightNames.map((name) => `${fixed.names[name]} = ${shown(state[name], 1)}`).join(", ");
      const words = `x = ${shown(x, 1)}, ${given}. Step ${state.step} of ${last}, found: ${found}.`;
      part("graph").setAttribute("aria-label", `${intro} ${words}`);
      for (const name of weightNames) sliders[name].show(state[name], shown(state[name], 1));
      const setting = keys.map((key) => `${key}:${state[key]}`);
      link.setAttribute("href", `?${el.dataset.figure}=${setting}#${el.dataset.figure}`);
    };
    const allowed = (key, value) =>
      key === "step" ? clamp(Math.round(value), 0, last) : Math.round(clamp(value, -reach, reach) * 10) / 10;
    const news = () => {
      if (!state.step) return `The start: ${forwards} steps forwards, then ${last - forwards} back.`;
      return `Step ${state.step} of ${last}: ${part(`step${state.step}`).textContent}.`;
    };
    const tell = sharing(model, keys, state, (wanted) => change(wanted));
    const change = (wanted, done = true) => {
      for (const [key, value] of Object.entries(wanted)) state[key] = allowed(key, value);
      draw();
      tell();
      live.textContent = done ? news() : "";
    };

    const sliders = Object.fromEntries(
      weightNames.map((name) => [
        name, slider(fixed.names[name], [-reach, reach], (value, done) => change({ [name]: value }, done)),
      ]),
    );
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    const to = (text, step) => button(text, () => change({ step: step() }));
    part("controls").append(
      group(
        "Walk", to("To the start", () => 0), to("Back", () => state.step - 1),
        to("Forward", () => state.step + 1), to("To the end", () => last), button("Reset", () => change(first)),
      ),
      group("The weights", ...weightNames.map((name) => sliders[name].element)),
      live, link,
    );
    draw();
  },
};
