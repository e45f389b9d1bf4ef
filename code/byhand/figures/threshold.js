// One label's logits on scenes set aside, and a threshold between yes and no: what it does to the errors.
import { sigmoid } from "./arithmetic.js";
import { button, choice, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place, shown } from "./drawing.js";
import { confusion, precision, recall } from "./threshold_forms.js";

// As in threshold_picture.py.
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 350, 28, 260];
const [MIDDLE, TALLEST] = [(TOP + BOTTOM) / 2, (BOTTOM - TOP) / 2 - 12];
const [ACROSS, UP] = [[0, 1, LEFT + 8, RIGHT - 8], [0, 1, BOTTOM - 8, TOP + 8]];
const kinds = ["tp", "fp", "fn", "tn"];

const share = (value) => (Number.isNaN(value) ? "–" : shown(value, 3));
const spot = (counts) => [place(recall(counts), ACROSS), place(precision(counts) || 0, UP)];

// How many examples of each kind lie in each bin; whatever lies beyond the thresholds is in the last ones.
const heights = (z, y, t, [low, high, step]) => {
  const bins = Object.fromEntries(kinds.map((kind) => [kind, Array((high - low) / step + 2).fill(0)]));
  z.forEach((score, i) => {
    const kind = kinds[(score >= t ? 0 : 2) + (1 - y[i])];
    bins[kind][clamp(Math.floor(score / step), low / step - 1, high / step) - low / step + 1] += 1;
  });
  return bins;
};

const bars = (counts, upward, tallest, [low, high, step]) => {
  const scale = [low - step, high + step, LEFT, RIGHT];
  return counts.map((count, k) => {
    const end = MIDDLE + ((upward ? -1 : 1) * TALLEST * count) / tallest;
    return count ? `M${pixel(place((k - 0.5) * step + low, scale))} ${pixel(MIDDLE)}V${pixel(end)}` : "";
  }).join("");
};

const scoresLabel = (name, t, [tp, fp, fn, tn]) =>
  `Examples by their logit for ${name}. The threshold is z = ${shown(t, 1)}, a = ${shown(sigmoid(t), 3)}. `
  + `Of ${tp + fn} that have the label ${tp} are reported and ${fn} missed; `
  + `of ${fp + tn} that don't, ${fp} are reported.`;

const curveLabel = (now, low, high) => {
  const [here, left, right] = [now, low, high].map((c) => `${share(precision(c))} and ${share(recall(c))}`);
  return `Precision against recall. Here they are ${here}; at z = −2 they are ${left}, at z = 2 ${right}.`;
};

const drawScores = (part, z, y, t, range) => {
  const bins = heights(z, y, t, range);
  const tallest = Math.max(...kinds.flatMap((kind) => bins[kind]));
  for (const kind of kinds) {
    part(`bars-${kind}`).setAttribute("d", bars(bins[kind], kind === "tp" || kind === "fn", tallest, range));
  }
  const [low, high, step] = range;
  const at = pixel(place(t, [low - step, high + step, LEFT, RIGHT]));
  part("border").setAttribute("transform", `translate(${at})`);
  part("tallest").textContent = tallest;
};

const drawCurve = (part, at, now, [low, high, step]) => {
  const all = Array.from({ length: (high - low) / step + 1 }, (_, k) => at(low + k * step));
  part("curve").setAttribute("d", line(all.filter(([tp, fp]) => tp + fp).map(spot)));
  const [x, y] = spot(now);
  part("dot").setAttribute("cx", pixel(x));
  part("dot").setAttribute("cy", pixel(y));
};

const drawNumbers = (part, at, now, [low, high]) => {
  const write = (counts, row) => {
    kinds.forEach((kind, i) => (part(`${kind}${row}`).textContent = counts[i]));
    part(`precision${row}`).textContent = share(precision(counts));
    part(`recall${row}`).textContent = share(recall(counts));
  };
  write(now, "");
  for (let t = low; t <= high; t += 1) write(at(t), t - low);
  const total = now.reduce((sum, count) => sum + count, 0);
  part("accuracy").textContent = share((now[0] + now[3]) / total);
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const [z, names, range] = ["z", "names", "range"].map((name) => model.get(name));
    const y = model.get("y").map((text) => [...text].map(Number));
    const first = { t: model.get("t"), label: model.get("label") };
    const state = { ...first };

    const draw = () => {
      const k = state.label - 1;
      const at = (t) => confusion(z[k], y[k], t);
      const now = at(state.t);
      drawScores(part, z[k], y[k], state.t, range);
      drawCurve(part, at, now, range);
      drawNumbers(part, at, now, range);
      part("name").textContent = names[k];
      part("scores").setAttribute("aria-label", scoresLabel(names[k], state.t, now));
      part("rates").setAttribute("aria-label", curveLabel(now, at(-2), at(2)));
      borders.show(state.t, shown(state.t, 1));
      labels.show(state.label);
      const query = `${el.dataset.figure}=t:${state.t},label:${state.label}`;
      link.setAttribute("href", `?${query}#${el.dataset.figure}`);
      return now;
    };
    // What a link asks for may lie off the slider's scale or between its steps, or be none of the labels.
    const allowed = {
      t: (t) => clamp(Math.round(t / range[2]) * range[2], range[0], range[1]),
      label: (label) => (names[label - 1] === undefined ? state.label : label),
    };
    const tell = sharing(model, Object.keys(state), state, (wanted) => change(wanted));
    const change = (wanted, done = true) => {
      for (const [key, value] of Object.entries(wanted)) state[key] = allowed[key](value);
      const now = draw();
      tell();
      const rates = `precision ${share(precision(now))}, recall ${share(recall(now))}`;
      const errors = `misses ${now[2]}, false alarms ${now[1]}`;
      const here = `${names[state.label - 1]}, a ≥ ${shown(sigmoid(state.t), 3)}`;
      live.textContent = done ? `${here}: ${rates}; ${errors}.` : "";
    };

    const borders = slider("threshold z", range, (t, done) => change({ t }, done), range[2]);
    const places = names.map((_, k) => k + 1);
    const labels = choice("label", places, (label) => change({ label }), names);
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    part("controls").append(
      group("Yes or no", borders.element, labels.element, button("Reset", () => change(first))),
      live, link,
    );
    draw();
  },
};
