// Speed-up against the number of workers, and what a step's time goes into.
import { bestWorkers, breakEvenBatch, speedUp, stepParts, stepSeconds } from "./speed_up_forms.js";
import { button, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place, shown } from "./drawing.js";

// As in speed_up_picture.py.
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 350, 28, 260];
const MOST = 1024;
const ACROSS = [0, 10, LEFT, RIGHT];
const UP = [[-1, 3, BOTTOM, TOP], [-3, 1, BOTTOM, TOP]];
const GRID = [...new Set(Array.from({ length: 41 }, (_, k) => Math.round(2 ** (k / 4))))];
const NAMES = ["computing", "sending", "waiting"];
const PREFIXES = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""], [1e-3, "m"], [1e-6, "µ"], [1e-9, "n"]];
// Of the sliders: label, from and to as powers, their base, a step, the unit.
const SLIDERS = {
  parameters: ["parameters", [4, 11], 10, 0.1, ""],
  batch: ["batch", [0, 16], 2, 1, ""],
  example_seconds: ["an example takes", [-6, 0], 10, 0.1, "s"],
  bandwidth: ["bandwidth", [7, 12], 10, 0.1, "B/s"],
  latency: ["latency", [-7, -2], 10, 0.1, "s"],
  workers: ["workers", [0, 10], 2, 1, ""],
};
const keys = Object.keys(SLIDERS);

const digits = (value) => {
  const text = shown(value, value ? Math.max(0, 2 - Math.floor(Math.log10(value))) : 0);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
};
const quantity = (value, unit) => {
  const [scale, prefix] = PREFIXES.find(([least]) => value >= least) ?? [1, ""];
  return `${digits(value / scale)} ${prefix}${unit}`.trim();
};
const seconds = (value) => quantity(value, "s");
const count = (workers) => (workers === 1 ? "1 worker" : `${workers} workers`);
// Whole numbers in full.
const spoken = (key, value) => (key === "batch" || key === "workers" ? String(value) : quantity(value, SLIDERS[key][4]));

const spot = (workers, value, side) => [
  place(Math.log2(workers), ACROSS), place(value > 0 ? Math.log10(value) : -99, UP[side]),
];
const curve = (value, side) => line(GRID.filter((d) => value(d) > 0).map((d) => spot(d, value(d), side)));

const speedLabel = (task, workers, best) =>
  `Speed-up against the number of workers. ${count(workers)}: ${digits(speedUp(task, workers))}. `
  + `The shortest step is that of ${count(best)}: ${digits(speedUp(task, best))}.`;

const timeLabel = (task, workers) => {
  const named = stepParts(task, workers).map((part, k) => `${NAMES[k]} ${seconds(part)}`).join(", ");
  return `Time of a step. ${count(workers)}: ${seconds(stepSeconds(task, workers))}, of it ${named}.`;
};

const drawCurves = (part, task) => {
  const one = stepSeconds(task, 1);
  part("speed").setAttribute("d", curve((d) => speedUp(task, d), 0));
  part("time").setAttribute("d", curve((d) => stepSeconds(task, d) / one, 1));
  NAMES.forEach((name, k) => part(name).setAttribute("d", curve((d) => stepParts(task, d)[k] / one, 1)));
};

const drawMarks = (part, task, workers, best) => {
  const heights = { speed: speedUp(task, workers), time: stepSeconds(task, workers) / stepSeconds(task, 1) };
  Object.entries(heights).forEach(([name, value], side) => {
    const [x, y] = spot(workers, value, side);
    part(`mark-${name}`).setAttribute("cx", pixel(x));
    part(`mark-${name}`).setAttribute("cy", pixel(y));
    const at = place(Math.log2(Math.min(best, MOST)), ACROSS);
    part(`best-${name}`).setAttribute("transform", `translate(${pixel(at)})`);
  });
};

const drawNumbers = (part, task, workers, best) => {
  const speed = speedUp(task, workers);
  const texts = {
    workers: String(workers), step: seconds(stepSeconds(task, workers)), "speed-up": digits(speed),
    share: digits(speed / workers), best: String(best), "best-speed-up": digits(speedUp(task, best)),
    "break-even": digits(breakEvenBatch(task)),
  };
  for (let k = 0; 2 ** k <= MOST; k += 1) {
    stepParts(task, 2 ** k).forEach((value, i) => (texts[NAMES[i] + k] = seconds(value)));
    texts[`step${k}`] = seconds(stepSeconds(task, 2 ** k));
    texts[`speed${k}`] = digits(speedUp(task, 2 ** k));
  }
  for (const [name, text] of Object.entries(texts)) part(name).textContent = text;
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const first = Object.fromEntries(keys.map((key) => [key, model.get(key)]));
    const state = { ...first };

    const draw = () => {
      const task = keys.slice(0, 5).map((key) => state[key]);
      const best = bestWorkers(task);
      drawCurves(part, task);
      drawMarks(part, task, state.workers, best);
      drawNumbers(part, task, state.workers, best);
      part("speeds").setAttribute("aria-label", speedLabel(task, state.workers, best));
      part("times").setAttribute("aria-label", timeLabel(task, state.workers));
      for (const key of keys) {
        sliders[key].show(Math.log(state[key]) / Math.log(SLIDERS[key][2]), spoken(key, state[key]));
      }
      const setting = keys.map((key) => `${key}:${state[key]}`);
      link.setAttribute("href", `?${el.dataset.figure}=${setting}#${el.dataset.figure}`);
      return task;
    };
    // What a link asks for may lie off the scale, or be half a worker.
    const allowed = (key, value) => {
      const [, [low, high], base] = SLIDERS[key];
      const kept = clamp(value, base ** low, base ** high);
      return base === 2 ? Math.round(kept) : kept;
    };
    const tell = sharing(model, keys, state, (wanted) => change(wanted));
    const change = (wanted, done = true) => {
      for (const [key, value] of Object.entries(wanted)) state[key] = allowed(key, value);
      const task = draw();
      tell();
      const speed = digits(speedUp(task, state.workers));
      const step = seconds(stepSeconds(task, state.workers));
      live.textContent = done ? `${count(state.workers)}: a step takes ${step}, speed-up ${speed}.` : "";
    };

    // A slider's number has two digits.
    const power = (base, exponent) => (base === 2 ? 2 ** exponent : Number((base ** exponent).toPrecision(2)));
    const sliders = Object.fromEntries(keys.map((key) => {
      const [text, range, base, step] = SLIDERS[key];
      return [key, slider(text, range, (t, done) => change({ [key]: power(base, t) }, done), step)];
    }));
    const element = (key) => sliders[key].element;
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    part("controls").append(
      group("The task", ...["parameters", "batch", "example_seconds"].map(element)),
      group("The machines", ...["bandwidth", "latency", "workers"].map(element), button("Reset", () => change(first))),
      live, link,
    );
    draw();
  },
};
