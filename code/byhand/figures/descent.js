// A bowl whose start, optimizer and learning rate the reader moves: the way down, and the cost for every rate.
import { bowlCost, hessian, walk } from "./descent_forms.js";
import { button, choice, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place } from "./drawing.js";

const NAMES = ["gradient descent", "momentum", "RMSProp", "Adam"];
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 350, 28, 260];
const SCALE = (RIGHT - LEFT) / 16;
const HALF = (BOTTOM - TOP) / SCALE / 2;
const [ACROSS, UP] = [[-8, 8, LEFT, RIGHT], [-HALF, HALF, BOTTOM, TOP]];
const [RATE, COST] = [[-3, 1, LEFT, RIGHT], [-8, 4, BOTTOM, TOP]];
const [OUTSIDE, FAR] = [40, 1000];
const ROWS = [0, 1, 2, 3, 4, 5, 10, 20, 40];
const CHOICES = { rule: [0, 1, 2, 3], curvature: [1, 4, 16, 100], turn: [0, 45] };
const LIMITS = { a: [-8, 8], b: [-5.5, 5.5], rate: [0.001, 10] };
const keys = ["a", "b", "rule", "rate", "curvature", "turn"];

// Three digits, as in Python.
const brief = (value) => {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "−inf";
  if (value === 0) return "0";
  const three = { minimumSignificantDigits: 3, maximumSignificantDigits: 3, useGrouping: false, roundingMode: "halfEven" };
  const plain = Math.abs(value) >= 1e-3 && Math.abs(value) < 999.5;
  const text = plain ? value.toLocaleString("en", three) : value.toExponential(2).replace("e+", "e");
  return text.replaceAll("-", "−");
};

const verdict = ({ rule, costs }) => {
  const [first, last] = [costs[0], costs.at(-1)];
  if (!(last <= first)) return rule < 2 ? "diverged" : "higher than at the start";
  return last <= 1e-4 * first ? "arrived" : "on the way";
};

// Everything that is shown, computed from the setting.
const measure = (state, steps) => {
  const H = hessian(state.curvature, state.turn);
  const from = (rate) => walk(state.rule, rate, [state.a, state.b], H, steps);
  const way = from(state.rate);
  const byRate = Array.from({ length: 41 }, (_, k) => bowlCost(from(10 ** (k / 10 - 3)).at(-1), H));
  return { ...state, steps, way, costs: way.map((point) => bowlCost(point, H)), byRate, limit: 2 / state.curvature };
};

const pair = ([a, b]) => `(${brief(a)}, ${brief(b)})`;
const labelOfMap = (now) => {
  const name = NAMES[now.rule];
  return `Ellipses of equal cost, curvatures 1 and ${now.curvature}${now.turn ? `, turned by ${now.turn} degrees` : ""}. `
    + `${name[0].toUpperCase() + name.slice(1)} from ${pair(now.way[0])} with learning rate ${brief(now.rate)}: `
    + `after ${now.steps} steps at ${pair(now.way.at(-1))}, cost ${brief(now.costs.at(-1))}; ${verdict(now)}.`;
};
const labelOfRates = (now) => {
  const found = now.byRate.map((cost) => (Number.isFinite(cost) ? cost : Infinity));
  const lowest = Math.min(...found);
  return `Cost after ${now.steps} steps against the learning rate, both on log axes: lowest, ${brief(lowest)}, at `
    + `${brief(10 ** (found.indexOf(lowest) / 10 - 3))}. The limit 2/λ of gradient descent is ${brief(now.limit)}.`;
};

const rings = (curvature) => Array.from({ length: 9 }, (_, k) => {
  const a = 2 ** (k - 1) * SCALE;
  const half = (side) => `a${pixel(a)} ${pixel(a / Math.sqrt(curvature))} 0 1 0 ${pixel(side * 2 * a)} 0`;
  return `M${pixel(-a)} 0${half(1)}${half(-1)}`;
}).join("");

// Up to the first point outside, and that one not too far out.
const spots = (way) => {
  const out = way.findIndex((point) => !point.every((value) => Math.abs(value) <= OUTSIDE));
  const near = (value) => (Number.isNaN(value) ? FAR : clamp(value, -FAR, FAR));
  return (out < 0 ? way : way.slice(0, out + 1)).map(([a, b]) => [place(near(a), ACROSS), place(near(b), UP)]);
};
const height = (cost) => {
  const power = cost > 0 && cost < Infinity ? Math.log10(cost) : cost === 0 ? -8 : 4;
  return place(clamp(power, -8, 4), COST);
};

const drawMap = (part, now) => {
  const points = spots(now.way);
  part("rings").setAttribute("d", rings(now.curvature));
  part("rings").setAttribute("transform", `translate(${pixel(place(0, ACROSS))} ${pixel(place(0, UP))}) rotate(${-now.turn})`);
  part("way").setAttribute("d", line(points));
  part("dots").setAttribute("d", points.map(([x, y]) => `M${pixel(x)} ${pixel(y)}h0`).join(""));
  part("start").setAttribute("cx", pixel(points[0][0]));
  part("start").setAttribute("cy", pixel(points[0][1]));
  part("map").setAttribute("aria-label", labelOfMap(now));
};

const drawRates = (part, now) => {
  const limit = place(Math.log10(now.limit), RATE);
  const start = height(now.costs[0]);
  part("level").setAttribute("d", `M${pixel(LEFT)} ${pixel(start)}H${pixel(RIGHT)}`);
  part("level-name").setAttribute("y", pixel(start - 5));
  part("limit").setAttribute("d", `M${pixel(limit)} ${TOP}V${BOTTOM}`);
  part("limit-name").setAttribute("x", pixel(limit + 5));
  part("curve").setAttribute("d", line(now.byRate.map((cost, k) => [place(k / 10 - 3, RATE), height(cost)])));
  part("here").setAttribute("cx", pixel(place(Math.log10(now.rate), RATE)));
  part("here").setAttribute("cy", pixel(height(now.costs.at(-1))));
  part("rates").setAttribute("aria-label", labelOfRates(now));
};

const drawNumbers = (part, now) => {
  const texts = { first: brief(now.costs[0]), last: brief(now.costs.at(-1)), "limit-number": brief(now.limit), verdict: verdict(now) };
  for (const t of ROWS) [texts[`a${t}`], texts[`b${t}`], texts[`J${t}`]] = [...now.way[t], now.costs[t]].map(brief);
  for (const [name, text] of Object.entries(texts)) part(name).textContent = text;
};

const sentence = (now) => {
  const name = NAMES[now.rule];
  return `${name[0].toUpperCase() + name.slice(1)}, learning rate ${brief(now.rate)}: `
    + `cost ${brief(now.costs[0])} at the start, ${brief(now.costs.at(-1))} after ${now.steps} steps; ${verdict(now)}.`;
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const [steps] = model.get("steps");
    const first = Object.fromEntries(keys.map((key) => [key, model.get(key)]));
    const state = { ...first };

    const draw = () => {
      const now = measure(state, steps);
      drawMap(part, now);
      drawRates(part, now);
      drawNumbers(part, now);
      starts.a.show(state.a, brief(state.a));
      starts.b.show(state.b, brief(state.b));
      rates.show(Math.log10(state.rate), brief(state.rate));
      for (const key of Object.keys(CHOICES)) lists[key].show(state[key]);
      const setting = keys.map((key) => `${key}:${state[key]}`);
      link.setAttribute("href", `?${el.dataset.figure}=${setting}#${el.dataset.figure}`);
      return now;
    };
    // What a link asks for may lie off the scale, or be none of the choices.
    const allowed = (key, value) => {
      if (key in CHOICES) return CHOICES[key].includes(value) ? value : state[key];
      return Number(clamp(value, ...LIMITS[key]).toFixed(key === "rate" ? 6 : 1));
    };
    const tell = sharing(model, keys, state, (wanted) => change(wanted));
    const change = (wanted, done = true) => {
      for (const [key, value] of Object.entries(wanted)) state[key] = allowed(key, value);
      const now = draw();
      tell();
      live.textContent = done ? sentence(now) : "";
    };

    const start = (text, key) => slider(text, LIMITS[key], (value, done) => change({ [key]: value }, done), 0.5);
    const starts = { a: start("first", "a"), b: start("second", "b") };
    const rates = slider("learning rate", [-3, 1], (t, done) => change({ rate: Number((10 ** t).toPrecision(3)) }, done), 0.05);
    const list = (text, key, words) => choice(text, CHOICES[key], (value) => change({ [key]: value }), words);
    const lists = {
      rule: list("optimizer", "rule", NAMES),
      curvature: list("steep curvature", "curvature"),
      turn: list("turned by", "turn", ["0°", "45°"]),
    };
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    part("controls").append(
      group("The optimizer", lists.rule.element, rates.element),
      group("The start", starts.a.element, starts.b.element),
      group("The bowl", lists.curvature.element, lists.turn.element, button("Reset", () => change(first))),
      live, link,
    );
    draw();
  },
};
