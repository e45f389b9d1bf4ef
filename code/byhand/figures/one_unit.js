// One sigmoid unit on real digits: its curve, the cost of its w and b, and gradient descent step by step.
import { cost, descend, gradient, loss, sigmoid } from "./arithmetic.js";
import { button, choice, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place, shown } from "./drawing.js";

// Everything that is shown, computed from w, b and the learning rate.
const measure = ({ w, b, rate }, x, y) => {
  const scores = x.map((xi) => w * xi + b);
  const [dw, db] = gradient(w, b, x, y);
  return {
    w, b, dw, db,
    J: cost(w, b, x, y),
    next: descend(w, b, rate, x, y),
    outputs: scores.map(sigmoid),
    losses: scores.map((z, i) => loss(z, y[i])),
    right: scores.filter((z, i) => z > 0 === (y[i] === 1)).length,
  };
};

const curve = (w, b, { x, f }) => {
  const [low, high] = x;
  const points = Array.from({ length: 61 }, (_, k) => low + ((high - low) * k) / 60);
  return line(points.map((xi) => [place(xi, x), place(sigmoid(w * xi + b), f)]));
};

const arrow = ([x1, y1], [x2, y2]) => {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < 2) return line([[x1, y1], [x2, y2]]);
  const [u, v] = [((x2 - x1) / length) * 7, ((y2 - y1) / length) * 7];
  const head = [[x2 - u + v / 2, y2 - v - u / 2], [x2, y2], [x2 - u - v / 2, y2 - v + u / 2]];
  return line([[x1, y1], [x2, y2]]) + line(head);
};

const leftLabel = ({ w, b, J, right }, x, feature) => {
  const side = w > 0 ? "right" : "left";
  const where = w === 0 ? "The curve is flat." : `f is above ½ to the ${side} of x = ${shown(-b / w, 2)}.`;
  return `Output f of the unit against x, ${feature}, with w = ${shown(w, 3)} and b = ${shown(b, 3)}. `
    + `${where} ${right} of ${x.length} examples are classified correctly. The cost is J = ${shown(J, 4)}.`;
};

const rightLabel = ({ w, b, J, next }, [bestW, bestB, bestJ], off) =>
  `Contour map of the cost J over w and b. The dot is at w = ${shown(w, 3)}, b = ${shown(b, 3)}`
  + `${off ? ", off the map" : ""}, where J = ${shown(J, 4)}; the next step leads to w = ${shown(next[0], 3)}, `
  + `b = ${shown(next[1], 3)}. The minimum, J = ${shown(bestJ, 4)}, is at `
  + `w = ${shown(bestW, 3)}, b = ${shown(bestB, 3)}.`;

// What happened, in one sentence: costs holds J before the first step and after each one.
const story = (costs, lowest) => {
  const [before, after] = [costs[0], costs.at(-1)].map((J) => shown(J, 4));
  const rises = costs.filter((J, i) => i > 0 && J > costs[i - 1] + 1e-12).length;
  if (costs.at(-1) - lowest < 0.0005) return `J = ${after}: at the minimum to 3 decimals.`;
  if (costs.length === 2 && rises) return `The step was too long: J rose from ${before} to ${after}.`;
  if (costs.length === 2) return `The step lowered J from ${before} to ${after}.`;
  const verb = costs.at(-1) > costs[0] ? "rose" : "fell";
  const long = rises ? ` ${rises} of the ${costs.length - 1} steps ${rises > 1 ? "were" : "was"} too long: J rose.` : "";
  return `In ${costs.length - 1} steps J ${verb} from ${before} to ${after}.${long}`;
};

const drawUnit = (part, now, { x, y, scales, feature }) => {
  part("curve").setAttribute("d", curve(now.w, now.b, scales));
  const edge = now.w === 0 ? -99 : clamp(place(-now.b / now.w, scales.x), -99, 999);
  part("boundary").setAttribute("transform", `translate(${pixel(edge)})`);
  now.outputs.forEach((f, i) => {
    part(`loss${i}`).setAttribute("y2", pixel(place(f, scales.f)));
    part(`loss${i}`).setAttribute("stroke-width", pixel(Math.min(1 + 2 * now.losses[i], 10)));
    part(`f${i}`).textContent = shown(f, 3);
    part(`l${i}`).textContent = shown(now.losses[i], 3);
  });
  part("left").setAttribute("aria-label", leftLabel(now, x, feature));
};

const drawMap = (part, now, path, { scales, minimum }) => {
  const at = ([w, b]) => [place(w, scales.w), place(b, scales.b)];
  const held = [clamp(now.w, scales.w[0], scales.w[1]), clamp(now.b, scales.b[0], scales.b[1])];
  const off = held[0] !== now.w || held[1] !== now.b;
  const [dotX, dotY] = at(held);
  part("dot").setAttribute("cx", pixel(dotX));
  part("dot").setAttribute("cy", pixel(dotY));
  part("dot").classList.toggle("off", off);
  part("path").setAttribute("d", line(path.map(at)));
  part("stops").setAttribute("d", path.map((stop) => line([at(stop)]) + "h0").join(""));
  part("arrow").setAttribute("d", arrow(at([now.w, now.b]), at(now.next)));
  part("right").setAttribute("aria-label", rightLabel(now, minimum, off));
};

const drawNumbers = (part, now, steps) => {
  const texts = { w: shown(now.w, 3), b: shown(now.b, 3), J: shown(now.J, 4), steps };
  Object.assign(texts, { dw: shown(now.dw, 4), db: shown(now.db, 4) });
  for (const [name, text] of Object.entries(texts)) part(name).textContent = text;
};

export default {
  render({ model, el }) {
    const names = ["x", "y", "scales", "feature", "minimum"];
    const fixed = Object.fromEntries(names.map((name) => [name, model.get(name)]));
    const { x, y, scales, minimum } = fixed;
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const first = { w: model.get("w"), b: model.get("b"), rate: model.get("rate") };
    const state = { ...first };
    let path = [[state.w, state.b]];

    const draw = () => {
      const now = measure(state, x, y);
      drawUnit(part, now, fixed);
      drawMap(part, now, path, fixed);
      drawNumbers(part, now, path.length - 1);
      sliderW.show(state.w, shown(state.w, 3));
      sliderB.show(state.b, shown(state.b, 3));
      rates.show(state.rate);
      const setting = Object.entries(state).map(([key, value]) => `${key}:${Number(value.toFixed(6))}`);
      link.setAttribute("href", `?${el.dataset.figure}=${setting}#${el.dataset.figure}`);
      return now;
    };
    const tell = sharing(model, Object.keys(state), state, ({ w, b, rate }) => {
      if (rate !== state.rate && model.get("rates").includes(rate)) setRate(rate);
      if (w !== state.w || b !== state.b) moveTo({ w, b });
    });
    const say = (sentence) => (live.textContent = sentence);
    // A new place, chosen by hand, starts a new path.
    const moveTo = (change, done = true) => {
      Object.assign(state, change);
      state.w = clamp(state.w, scales.w[0], scales.w[1]);
      state.b = clamp(state.b, scales.b[0], scales.b[1]);
      path = [[state.w, state.b]];
      const { J } = draw();
      tell();
      say(done ? `w = ${shown(state.w, 3)}, b = ${shown(state.b, 3)}: J = ${shown(J, 4)}.` : "");
    };
    const setRate = (rate) => {
      state.rate = rate;
      draw();
      tell();
      say(`Learning rate ${rate}: the arrow shows the next step.`);
    };
    const walk = (count) => {
      const costs = [cost(state.w, state.b, x, y)];
      for (let k = 0; k < count; k += 1) {
        [state.w, state.b] = descend(state.w, state.b, state.rate, x, y);
        path.push([state.w, state.b]);
        costs.push(cost(state.w, state.b, x, y));
      }
      draw();
      tell();
      say(story(costs, minimum[2]));
    };

    const sliderW = slider("weight w", scales.w, (w, done) => moveTo({ w }, done));
    const sliderB = slider("bias b", scales.b, (b, done) => moveTo({ b }, done));
    const rates = choice("learning rate", model.get("rates"), setRate);
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    const buttons = [["Step", () => walk(1)], ["Ten steps", () => walk(10)], ["Reset", () => moveTo({ w: first.w, b: first.b })]];
    part("controls").append(
      group("Move the unit by hand", sliderW.element, sliderB.element),
      group("Gradient descent", rates.element, ...buttons.map(([text, press]) => button(text, press))),
      live, link,
    );
    draw();
  },
};
