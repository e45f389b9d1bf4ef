// A line of three pieces from three ReLU units: the sum beside its units, and sliders for two of them.
import { bends, cornerOf, gaps, interpolate, relu, slopeAt, stitched } from "./arithmetic.js";
import { button, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place, shown } from "./drawing.js";

const STRIPS = [[28, 94], [111, 177], [194, 260]];
const NAMES = ["w1", "b1", "w2", "b2"];
const unitsOf = ({ w1, b1, w2, b2 }, fixed) => [fixed, [w1, b1], [w2, b2]];
const pieces = (xs) => xs.slice(1).map((high, k) => `[${xs[k]}, ${high}]`);

const nameOf = ([w, b], u) => `unit ${u}: max(0, ${shown(w, 1)}x ${b < 0 ? "−" : "+"} ${shown(Math.abs(b), 1)})`;
const whereOn = ([w, b]) => {
  if (w === 0) return b > 0 ? "is on everywhere" : "is off everywhere";
  return `is on ${w > 0 ? "right" : "left"} of x = ${shown(cornerOf([w, b]), 2)}`;
};

const labelOfSum = (units, { corners, heights }) => {
  const values = corners.map((x) => `${shown(stitched(units, x), 2)} at ${x}`).join(", ");
  const names = pieces(corners);
  const said = gaps(units, corners, heights).map((gap, k) => `${shown(gap, 2)} on ${names[k]}`).join(", ");
  return "The target falls from 2 at x = 0 to 0 at 1, then rises to 1 at 2 and to 4 at 3. "
    + `f, the sum of the units, is ${values}. Largest gap: ${said}.`;
};
const labelOfUnits = (units) => units.map((unit, u) => `${nameOf(unit, u)} ${whereOn(unit)}.`).join(" ");

// What the state comes to, in a sentence or two.
const story = (units, { corners, heights }) => {
  const names = pieces(corners);
  const found = gaps(units, corners, heights);
  const missed = found.findIndex((gap) => gap > 1e-9);
  if (missed < 0) return "f meets the target on all three pieces. Between 2 and 3 the slopes 1 and 2 add up to 3.";
  const met = names.filter((_, k) => found[k] <= 1e-9);
  const middle = (corners[missed] + corners[missed + 1]) / 2;
  const wanted = (heights[missed + 1] - heights[missed]) / (corners[missed + 1] - corners[missed]);
  return `f meets the target on ${met.length ? met.join(" and ") : "no piece"}. At x = ${shown(middle, 1)} the slopes `
    + `of the units that are on add up to ${shown(slopeAt(units, middle), 1)}; the target's is ${shown(wanted, 1)}.`;
};

const drawSum = (part, units, { corners, heights, scales }) => {
  const [low, high] = scales.x;
  const at = (x, value) => [place(x, scales.x), place(value, scales.f)];
  const marks = Array.from({ length: 25 }, (_, k) => low + ((high - low) * k) / 24);
  const gap = (x) => line([at(x, interpolate(x, corners, heights)), at(x, stitched(units, x))]);
  part("gaps").setAttribute("d", marks.map(gap).join(""));
  part("sum").setAttribute("d", line(bends(units, low, high).map((x) => at(x, stitched(units, x)))));
  part("left").setAttribute("aria-label", labelOfSum(units, { corners, heights }));
};

const drawUnit = (part, units, u, across) => {
  const [w, b] = units[u];
  const up = [-4, 4, STRIPS[u][1], STRIPS[u][0]];
  const path = (xs, value) => line(xs.map((x) => [place(x, across), place(value(w * x + b), up)]));
  part(`z${u}`).setAttribute("d", path(across.slice(0, 2), (z) => z));
  part(`a${u}`).setAttribute("d", path(bends(units, across[0], across[1]), relu));
  const corner = cornerOf([w, b]);
  const seen = corner >= across[0] && corner <= across[1];
  part(`corner${u}`).setAttribute("cx", pixel(seen ? place(corner, across) : -99));
  part(`name${u}`).textContent = nameOf([w, b], u);
};

const drawNumbers = (part, units, { corners, heights }) => {
  gaps(units, corners, heights).forEach((gap, k) => (part(`gap${k}`).textContent = shown(gap, 2)));
  for (const u of [1, 2]) {
    const corner = cornerOf(units[u]);
    part(`at${u}`).textContent = Number.isNaN(corner) ? "none" : shown(corner, 2);
  }
  for (let k = 0; k < 7; k += 1) {
    const x = k / 2;
    units.forEach(([w, b], u) => (part(`a${u}_${k}`).textContent = shown(relu(w * x + b), 2)));
    part(`f_${k}`).textContent = shown(stitched(units, x), 2);
  }
};

export default {
  render({ model, el }) {
    const fixed = Object.fromEntries(["corners", "heights", "scales"].map((name) => [name, model.get(name)]));
    const reach = model.get("reach");
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const first = Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
    const state = { ...first };

    const draw = () => {
      const units = unitsOf(state, model.get("fixed"));
      drawSum(part, units, fixed);
      units.forEach((_, u) => drawUnit(part, units, u, fixed.scales.x));
      part("right").setAttribute("aria-label", labelOfUnits(units));
      drawNumbers(part, units, fixed);
      for (const name of NAMES) sliders[name].show(state[name], shown(state[name], 1));
      const setting = NAMES.map((name) => `${name}:${Number(state[name].toFixed(6))}`);
      link.setAttribute("href", `?${el.dataset.figure}=${setting}#${el.dataset.figure}`);
      return units;
    };
    const tell = sharing(model, NAMES, state, (wanted) => setTo(wanted));
    const setTo = (change, done = true) => {
      for (const [name, value] of Object.entries(change)) state[name] = clamp(value, -reach[name], reach[name]);
      const units = draw();
      tell();
      live.textContent = done ? story(units, fixed) : "";
    };

    const sliders = Object.fromEntries(NAMES.map((name) => {
      const words = `${name[0] === "w" ? "weight" : "bias"} ${name[0]}${name[1] === "1" ? "₁" : "₂"}`;
      return [name, slider(words, [-reach[name], reach[name]], (value, done) => setTo({ [name]: value }, done))];
    }));
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    part("controls").append(
      group("Unit 1", sliders.w1.element, sliders.b1.element),
      group("Unit 2", sliders.w2.element, sliders.b2.element),
      group("Start", button("Both flat", () => setTo({ w1: 0, b1: 0, w2: 0, b2: 0 })), button("Reset", () => setTo(first))),
      live, link,
    );
    draw();
  },
};
