// One logit from -1000 to 1000: what the naive, the clipped and the stable form of its loss print.
import { clippedForm, naiveForm, stableForm, storedOutput } from "./loss_forms.js";
import { button, choice, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place, shown } from "./drawing.js";

const FORMS = { stable: stableForm, clipped: clippedForm, naive: naiveForm };
const MARKS = {
  naive: "m-6-6l12 12m0-12l-12 12",
  clipped: "m-6-6h12v12h-12z",
  stable: "m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0",
};
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 350, 28, 260];
const T = Math.log10(1001);
const ACROSS = [-T, T, LEFT, RIGHT];
const UP = [[0, 3.5, BOTTOM, TOP], [-1.15, 1.15, BOTTOM, TOP]];
const INFINITE = 3.35;
const NAMES = Object.keys(FORMS).reverse();
const keys = ["z", "y", "bits"];

// Axes that widen: alike for both signs, 0 in the middle.
const widen = (value) => Math.sign(value) * Math.log10(1 + Math.abs(value));
const narrow = (t) => Math.sign(t) * (10 ** Math.abs(t) - 1);
const height = (value, side) => {
  if (Number.isNaN(value)) return null;
  return place(value === Infinity ? INFINITE : side === 0 ? widen(value) : value, UP[side]);
};

// Five digits, as in Python; inf and nan as Python prints them.
const printed = (value) => {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "−inf";
  if (Number.isInteger(value)) return shown(value, 0);
  const five = { minimumSignificantDigits: 5, maximumSignificantDigits: 5, useGrouping: false, roundingMode: "halfEven" };
  const plain = Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5;
  const text = plain ? value.toLocaleString("en", five) : value.toExponential(3).replace("e+", "e");
  return text.replaceAll("-", "−");
};
const plainly = (z) => shown(z, 4).replace(/\.?0+$/, "");
// A slider's logit has two digits.
const twoDigits = (z) => Number(z.toPrecision(2));

const verdict = ([loss, slope], [exact, exactSlope]) => {
  if (Number.isNaN(loss)) return "no number";
  if (loss === Infinity) return "infinite";
  if (!Number.isFinite(slope)) return "no slope";
  if (slope === 0 && Math.abs(exactSlope) > 1e-3) return "never mended";
  const off = (loss - exact) / Math.max(exact, 1e-300);
  return Math.abs(off) < 1e-2 ? "right" : off > 0 ? "too high" : "too low";
};

// Everything that is shown, computed from z, y and the bits.
const measure = ({ z, y, bits }) => {
  const rounded = bits === 32 ? Math.fround : (value) => value;
  const at = (place) => NAMES.map((name) => [name, FORMS[name](rounded(place), y, bits)]);
  const f = storedOutput(rounded(z), bits, true);
  return { z, y, bits, f, rest: rounded(1 - f), found: Object.fromEntries(at(z)), right: stableForm(z, y, 64), at };
};

// Path data of a curve, cut where it is no finite number.
const pieces = (points, side) => {
  const runs = [[]];
  for (const [x, value] of points) {
    if (Number.isFinite(value)) runs.at(-1).push([x, height(value, side)]);
    else if (runs.at(-1).length) runs.push([]);
  }
  return runs.filter((run) => run.length).map(line).join("");
};

const label = ({ z, y, bits, found }, side) => {
  const values = NAMES.map((name) => `${name} ${printed(found[name][side])}`).join(", ");
  return `${["Loss", "Slope of the loss"][side]} of one example with y = ${y} against its logit z, float${bits}. `
    + `At z = ${plainly(z)}: ${values}.`;
};

const drawPanel = (part, now, side) => {
  const x = place(widen(now.z), ACROSS);
  part(`here${side}`).setAttribute("transform", `translate(${pixel(x)})`);
  for (const name of NAMES) {
    const y = height(now.found[name][side], side);
    part(`mark-${name}${side}`).setAttribute("d", y === null ? "" : `M${pixel(x)} ${pixel(y)}${MARKS[name]}`);
  }
  part(`panel${side}`).setAttribute("aria-label", label(now, side));
};

// The curves hang on label and bits alone.
const drawCurves = (part, now) => {
  const grid = Array.from({ length: 121 }, (_, k) => -T + (2 * T * k) / 120);
  const values = grid.map((t) => Object.fromEntries(now.at(narrow(t))));
  for (const name of NAMES) {
    for (const side of [0, 1]) {
      const points = grid.map((t, k) => [place(t, ACROSS), values[k][name][side]]);
      part(`${name}${side}`).setAttribute("d", pieces(points, side));
    }
  }
};

const drawNumbers = (part, now) => {
  const texts = { z: plainly(now.z), f: printed(now.f), rest: printed(now.rest) };
  for (const name of NAMES) {
    [texts[`loss-${name}`], texts[`slope-${name}`]] = now.found[name].map(printed);
    texts[`verdict-${name}`] = verdict(now.found[name], now.right);
  }
  for (const [name, text] of Object.entries(texts)) part(name).textContent = text;
};

const sentence = ({ z, y, bits, found }) => {
  const forms = NAMES.map((name) => `${name} ${found[name].map(printed).join(" and ")}`);
  return `z = ${plainly(z)}, y = ${y}, float${bits}. Loss and slope: ${forms.join("; ")}.`;
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const first = Object.fromEntries(keys.map((key) => [key, model.get(key)]));
    const state = { ...first };
    let drawn = "";

    const draw = () => {
      const now = measure(state);
      if (drawn !== (drawn = `${state.y} ${state.bits}`)) drawCurves(part, now);
      for (const side of [0, 1]) drawPanel(part, now, side);
      drawNumbers(part, now);
      logits.show(widen(state.z), plainly(state.z));
      exactly.value = state.z;
      labels.show(state.y);
      precision.show(state.bits);
      const setting = keys.map((key) => `${key}:${state[key]}`);
      link.setAttribute("href", `?${el.dataset.figure}=${setting}#${el.dataset.figure}`);
      return now;
    };
    // What a link asks for may lie off the scale, or be none of the choices.
    const allowed = (key, value) => {
      if (key === "z") return Number(clamp(value, -1000, 1000).toFixed(4));
      return (key === "y" ? [0, 1] : [64, 32]).includes(value) ? value : state[key];
    };
    const tell = sharing(model, keys, state, (wanted) => change(wanted));
    const change = (wanted, done = true) => {
      for (const [key, value] of Object.entries(wanted)) state[key] = allowed(key, value);
      const now = draw();
      tell();
      live.textContent = done ? sentence(now) : "";
    };

    const logits = slider("logit z", [-T, T], (t, done) => change({ z: twoDigits(narrow(t)) }, done), T / 60);
    const exactly = make("input", { type: "number", min: -1000, max: 1000, step: "any" });
    exactly.addEventListener("change", () => change({ z: exactly.value === "" ? state.z : Number(exactly.value) }));
    const labels = choice("label y", [0, 1], (y) => change({ y }));
    const precision = choice("bits", [64, 32], (bits) => change({ bits }));
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    part("controls").append(
      group("The logit", logits.element, make("label", {}, "exactly", exactly)),
      group("The example", labels.element, precision.element, button("Reset", () => change(first))),
      live, link,
    );
    draw();
  },
};
