// A window over a heartbeat and one over a digit: dragged, or moved by sliders.
import { button, choice, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place, shown } from "./drawing.js";
import { holds, products, scores, total, turned } from "./window_sums.js";

const [LEFT, RIGHT, CELL, SHADES] = [34, 350, 7.6, 4];
const SCORES = [136, 212];
const [PICTURE, MAP] = [[12, 30], [196, 30]];
const NAMES = ["edges", "spots", "blur"];
const keys = ["at", "row", "column", "kernel", "flip"];

const weight = (value) => shown(value, 1).replace(/\.0$/, "");
// Two digits, or three where the weights have one.
const amount = (value, w) => shown(value, w.flat().every(Number.isInteger) ? 2 : 3);

// Everything that is shown of one window: what it holds, kernel, products, sum.
const read = (x, w, row, column) => {
  const held = holds(x, [w.length, w[0].length], row - 1, column - 1);
  const p = products(held, w);
  return { w, held: held.flat(), p: p.flat(), sum: total(p) };
};

const label = ({ at, row, column }, { w, sum }, side, samples) => {
  const score = `The sum here is ${amount(sum, w)}.`;
  if (side === 0) {
    return `A heartbeat of ${samples} samples with a window on samples ${at} to ${at + 4}, and below it the `
      + `${samples - 4} scores of the kernel ${w.flat().map(weight).join(", ")}. ${score}`;
  }
  return `A handwritten digit with a window of 3 × 3 pixels from row ${row} and column ${column} on, and beside it `
    + `the map of its 18 × 18 scores. ${score}`;
};

const strokes = (cells) => cells.map(([r, c]) => (
  `M${pixel(MAP[0] + CELL * (c + 1))} ${pixel(MAP[1] + CELL * (r + 1.5))}h${CELL}`)).join("");

const levelOf = (value, most) => Math.sign(value) * Math.ceil((SHADES * Math.abs(value)) / most - 0.5 - 1e-9);

// The map of the picture's scores, sorted into levels.
const drawMap = (part, z) => {
  const most = Math.max(...z.flat().map(Math.abs)) || 1;
  const cells = {};
  z.forEach((values, r) => values.forEach((value, c) => (cells[levelOf(value, most)] ??= []).push([r, c])));
  for (let k = 1; k <= SHADES; k++) {
    for (const level of [k, -k]) part(`level${level}`).setAttribute("d", strokes(cells[level] ?? []));
  }
};

const heights = (z) => {
  const [low, high] = [Math.min(...z, 0), Math.max(...z, 0)];
  return [low, high > low ? high : low + 1, SCORES[1] - 3, SCORES[0] + 3];
};

const drawNumbers = (part, { w, held, p, sum }, side) => {
  held.forEach((value, j) => {
    const texts = { x: shown(value, 2), w: weight(w.flat()[j]), p: amount(p[j], w) };
    for (const [name, text] of Object.entries(texts)) {
      part(`${name}${side}${j}`).textContent = text;
      part(`t${name}${side}${j}`).textContent = text;
    }
  });
  part(`sum${side}`).textContent = `sum z = ${amount(sum, w)}`;
};

const sentence = ({ at, row, column }, { w, p, sum }, side) => {
  const where = side === 0 ? `Samples ${at} to ${at + 4}` : `Rows ${row} to ${row + 2}, columns ${column} to ${column + 2}`;
  return `${where}: products ${p.map((value) => amount(value, w)).join(", ")}; sum ${amount(sum, w)}.`;
};

// Calls move(x, y, done, start) while a pointer drags, in the drawing's own units; start is where it began.
const draggable = (svg, move) => {
  let start = null;
  const report = (event, done) => {
    const box = svg.getBoundingClientRect();
    const at = [event.clientX - box.left, event.clientY - box.top].map((v) => (v * 360) / box.width);
    start ??= at;
    move(...at, done, start);
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    report(event, false);
  });
  svg.addEventListener("pointermove", (event) => start && report(event, false));
  svg.addEventListener("pointerup", (event) => {
    if (start) report(event, true);
    start = null;
  });
  svg.addEventListener("pointercancel", () => (start = null));
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const [signal, picture] = [[model.get("signal")], model.get("picture")];
    const samples = signal[0].length;
    const pairs = NAMES.map((name) => model.get("kernels")[name]);
    const wide = [1, samples, LEFT, RIGHT];
    const most = { at: samples - 4, row: 18, column: 18, kernel: 2, flip: 1 };
    const first = Object.fromEntries(keys.map((key) => [key, model.get(key)]));
    const state = { ...first };
    let [drawn, z] = ["", [[]]];

    // Scores and map hang on the kernel alone.
    const drawScores = ([one, two]) => {
      if (drawn === (drawn = `${state.kernel} ${state.flip}`)) return;
      [z] = scores(signal, one);
      part("scores").setAttribute("d", line(z.map((v, t) => [place(t + 3, wide), place(v, heights(z))])));
      drawMap(part, scores(picture, two));
    };
    const drawWindows = () => {
      const x = place(state.at + 2, wide);
      part("window0").setAttribute("transform", `translate(${pixel(x)})`);
      part("here0").setAttribute("cx", pixel(x));
      part("here0").setAttribute("cy", pixel(place(z[state.at - 1], heights(z))));
      for (const [name, corner] of [["window1", PICTURE], ["here1", MAP]]) {
        const [left, top] = [corner[0] + CELL * (state.column - 1), corner[1] + CELL * (state.row - 1)];
        part(name).setAttribute("transform", `translate(${pixel(left)} ${pixel(top)})`);
      }
      part("grip").setAttribute("cx", pixel(PICTURE[0] + CELL * (state.column + 0.5)));
      part("grip").setAttribute("cy", pixel(PICTURE[1] + CELL * (state.row + 0.5)));
    };
    const draw = () => {
      const kernels = pairs[state.kernel].map((w) => (state.flip ? turned(w) : w));
      const seen = [read(signal, kernels[0], 1, state.at), read(picture, kernels[1], state.row, state.column)];
      drawScores(kernels);
      drawWindows();
      seen.forEach((window, side) => {
        drawNumbers(part, window, side);
        part(`panel${side}`).setAttribute("aria-label", label(state, window, side, samples));
      });
      for (const key of keys) controls[key].show(state[key], String(state[key]));
      const setting = keys.map((key) => `${key}:${state[key]}`);
      link.setAttribute("href", `?${el.dataset.figure}=${setting}#${el.dataset.figure}`);
      return seen;
    };
    const tell = sharing(model, keys, state, (wanted) => change(wanted));
    const change = (wanted, done = true) => {
      for (const [key, value] of Object.entries(wanted)) {
        const low = key === "kernel" || key === "flip" ? 0 : 1;
        if (Number.isFinite(value)) state[key] = clamp(Math.round(value), low, most[key]);
      }
      const seen = draw();
      tell();
      const side = "row" in wanted || "column" in wanted ? 1 : 0;
      live.textContent = done ? sentence(state, seen[side], side) : "";
    };

    const move = (key) => (value, done) => change({ [key]: value }, done);
    const controls = {
      at: slider("first sample", [1, most.at], move("at"), 1),
      row: slider("first row", [1, 18], move("row"), 1),
      column: slider("first column", [1, 18], move("column"), 1),
      kernel: choice("kernel", [0, 1, 2], move("kernel"), NAMES),
      flip: choice("turned round", [0, 1], move("flip"), ["no", "yes"]),
    };
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    part("controls").append(
      group("The window on the heartbeat", controls.at.element),
      group("The window on the digit", controls.row.element, controls.column.element),
      group("The kernel", controls.kernel.element, controls.flip.element, button("Reset", () => change(first))),
      live, link,
    );
    draggable(part("panel0"), (x, y, done, start) => {
      if (start[1] < SCORES[1]) change({ at: ((x - LEFT) / (RIGHT - LEFT)) * (samples - 1) - 1 }, done);
    });
    draggable(part("panel1"), (x, y, done, start) => {
      const [left, top] = start[0] < MAP[0] - CELL ? PICTURE : MAP;
      const [column, row] = [(x - left) / CELL - 0.5, (y - top) / CELL - 0.5];
      if (start[1] < top + 20 * CELL) change({ row, column }, done);
    });
    // Across the drawings, or from the digit's window on, a finger drags; else it scrolls the page.
    Object.assign(el.querySelector(".panels").style, { touchAction: "pan-y", cursor: "grab" });
    part("grip").addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    draw();
  },
};
