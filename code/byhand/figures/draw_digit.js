// Draw a digit: by mouse, pen, finger or keys; the network's answer and its hidden units follow each stroke.
import { softmax } from "./arithmetic.js";
import { button, group, make, sharing, slider } from "./controls.js";
import { answer, pictureOf, unpacked } from "./draw_digit_forms.js";
import { clamp, pixel, shown } from "./drawing.js";

// As in draw_digit_picture.py.
const [FIELD, TOP, GREYS, LARGEST, BAR, LONGEST, LINE] = [60, 28, 15, 15, 60, 210, 24];
const STEP = 3; // of an arrow key, in the field's units
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

const strokesOf = (text) => text.split(";").map((stroke) => {
  const values = stroke.trim().split(" ").map(Number);
  return values.flatMap((x, k) => (k % 2 ? [] : [[x, values[k + 1]]]));
});
const inkOf = (strokes) => strokes.map((s) => "M" + s.map(([x, y]) => `${x} ${y}`).join("L") + "h0").join("");
const cells = (picture, shade) => picture.map((grey, i) =>
  (Math.floor(grey * GREYS + 0.5) === shade ? `M${i % 20} ${Math.floor(i / 20)}.5h1` : "")).join("");
const largest = (values) => values.indexOf(Math.max(...values));
const on = (layer) => layer.filter((a) => a > 0).length;

const drawHidden = (part, layers) => layers.forEach((a, k) => a.forEach((value, unit) => {
  const circle = part(`unit${k}-${unit}`);
  circle.setAttribute("r", pixel(value > 0 ? LARGEST * Math.sqrt(value / Math.max(...a)) : 4));
  circle.setAttribute("class", value > 0 ? "" : "off");
}));

const drawAnswers = (part, scores, p, best) => {
  p.forEach((share, k) => {
    part(`bar${k}`).setAttribute("d", `M${BAR} ${TOP + 12 + LINE * k}h${pixel(LONGEST * share)}`);
    part(`bar${k}`).setAttribute("class", k === best ? "one" : "zero");
    part(`p${k}`).textContent = shown(share, 2);
    part(`z${k}`).textContent = shown(scores[k], 2);
    part(`a${k}`).textContent = shown(share, 4);
  });
  part("best").setAttribute("y", pixel(TOP + 17 + LINE * best));
};

const drawNumbers = (part, p, best, second, layers) => {
  part("answer").textContent = best;
  part("sure").textContent = shown(p[best], 3);
  part("next").textContent = `${second}, ${shown(p[second], 3)}`;
  layers.forEach((a, k) => (part(`on${k}`).textContent = `${on(a)} of ${a.length}`));
};

const drawLabels = (part, strokes, picture, layers, p) => {
  const ink = picture.reduce((sum, grey) => sum + grey, 0) / picture.length;
  const [one, two] = layers.map((a, k) =>
    `layer ${k + 1}: ${on(a)} of ${a.length} units on, the strongest is unit ${largest(a)}`);
  const words = {
    field: `The drawing: ${strokes.length} stroke${strokes.length === 1 ? "" : "s"}.`,
    answers: `The outputs: ${p.map((share, k) => `${k} ${shown(share, 2)}`).join(", ")}.`,
    read: `The drawing as 20 by 20 greys, ${shown(100 * ink, 0)} % ink.`,
    hidden: `Hidden ${one}; ${two}.`,
  };
  for (const [name, text] of Object.entries(words)) part(name).setAttribute("aria-label", text);
};

// All drawings from the strokes; the answer as a sentence.
const draw = (part, strokes, picture, outputs) => {
  const [layers, scores] = [outputs.slice(0, -1), outputs.at(-1)];
  const p = softmax(scores);
  const best = largest(p);
  const second = largest(p.map((share, k) => (k === best ? -1 : share)));
  part("ink").setAttribute("d", inkOf(strokes));
  for (let shade = 1; shade <= GREYS; shade += 1) part(`grey${shade}`).setAttribute("d", cells(picture, shade));
  drawHidden(part, layers);
  drawAnswers(part, scores, p, best);
  drawNumbers(part, p, best, second, layers);
  drawLabels(part, strokes, picture, layers, p);
  const empty = strokes.length ? "" : "Nothing is drawn, and still there is an answer. ";
  return `${empty}Answer ${best} with probability ${shown(p[best], 3)}; next ${second} with ${shown(p[second], 3)}.`;
};

// Where a pointer is on the paper, in the field's units; whole numbers, so that the drawing is exact.
const placeOf = (event, paper) => {
  const box = paper.getBoundingClientRect();
  const share = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  return share.map((v) => clamp(Math.round(FIELD * v), 0, FIELD));
};

// Strokes by pointer: begin(place), extend(place) and end() are called as it goes down, along and up.
const byPointer = (frame, paper, { begin, extend, end }) => {
  let down = false;
  frame.style.touchAction = "none"; // a finger draws and does not scroll
  frame.style.cursor = "crosshair";
  frame.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    down = true;
    frame.setPointerCapture(event.pointerId);
    begin(placeOf(event, paper));
  });
  frame.addEventListener("pointermove", (event) => down && extend(placeOf(event, paper)));
  for (const name of ["pointerup", "pointercancel"]) {
    frame.addEventListener(name, () => {
      if (down) end();
      down = false;
    });
  }
};

// Strokes by keys: a cursor that moves in steps, with the pen up or down.
const byKeys = (frame, cross, { begin, extend, end, undo, say }) => {
  let [place, down] = [[FIELD / 2, FIELD / 2], false];
  const show = () => {
    const [x, y] = place;
    const circle = `M${x - 2.5} ${y}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0`;
    cross.setAttribute("d", `M${x - 5} ${y}h10M${x} ${y - 5}v10${down ? circle : ""}`);
  };
  const lift = () => {
    if (down) end();
    down = false;
  };
  const keys = {
    " ": () => (down ? lift() : (begin(place), (down = true))),
    Enter: () => keys[" "](),
    Backspace: () => (lift(), undo()),
    Escape: lift,
  };
  frame.addEventListener("keydown", (event) => {
    const [step, act] = [ARROWS[event.key], keys[event.key]];
    if (event.ctrlKey || event.metaKey || event.altKey || !(step || act)) return;
    event.preventDefault();
    if (step) place = place.map((v, axis) => clamp(v + step[axis], 0, FIELD));
    if (step && down) extend(place);
    if (act) act();
    show();
    if (event.key !== "Backspace") say(`${place[0]} right, ${place[1]} down, pen ${down ? "down" : "up"}. `);
  });
  frame.addEventListener("focus", show);
  frame.addEventListener("blur", () => {
    lift();
    cross.setAttribute("d", "");
  });
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const [names, turns, fit, mixing] = ["names", "turns", "fit", "mixing"].map((name) => model.get(name));
    const network = model.get("network");
    if (network.version !== 1) return; // parameters of another form: the picture stays
    const layers = network.layers.map(unpacked);
    const drawings = model.get("drawings").map(strokesOf);
    const first = { sample: model.get("sample"), turn: model.get("turn") };
    const state = { ...first, strokes: drawings[first.sample] };

    const show = (before = "") => {
      const picture = pictureOf(state.strokes, state.turn, fit, mixing);
      const sentence = draw(part, state.strokes, picture, answer(layers, picture));
      turning.show(state.turn, `${shown(state.turn, 0)}°`);
      // The address has no room for the reader's own drawing; [hidden] would lose to the links' own style.
      link.style.display = state.sample < 0 ? "none" : "";
      link.setAttribute("href", `?${el.dataset.figure}=sample:${state.sample},turn:${state.turn}#${el.dataset.figure}`);
      live.textContent = before + sentence;
    };
    // The reader's own strokes; what was drawn before stays, unless it is a sample.
    const hand = {
      begin: (place) => {
        state.strokes = [...(state.sample < 0 ? state.strokes : []), [place]];
        state.sample = -1;
        show();
      },
      extend: (place) => {
        const stroke = state.strokes.at(-1);
        if (String(stroke.at(-1)) === String(place)) return;
        stroke.push(place);
        show();
      },
      end: () => show(),
      undo: () => own(state.strokes.slice(0, -1)),
      say: (words) => show(words),
    };
    const own = (strokes) => {
      Object.assign(state, { strokes, sample: -1 });
      show();
    };
    const tell = sharing(model, ["sample", "turn"], state, (wanted) => change(wanted));
    const change = ({ sample = state.sample, turn = state.turn }) => {
      if (names[sample] !== undefined) Object.assign(state, { sample, strokes: drawings[sample] });
      state.turn = clamp(Math.round(turn / turns[2]) * turns[2], turns[0], turns[1]);
      show();
      tell();
    };

    const frame = part("field-frame");
    const words = "Drawing field. Arrow keys move, space lowers and lifts the pen, backspace takes back a stroke.";
    for (const [key, value] of Object.entries({ role: "application", tabindex: "0", "aria-label": words,
      "data-lm-suppress-shortcuts": "true" })) frame.setAttribute(key, value);
    byPointer(frame, part("paper"), hand);
    byKeys(frame, part("cursor"), hand);
    const turning = slider("turn first", turns, (turn) => change({ turn }), turns[2]);
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    part("controls").append(
      group("Drawings", ...names.map((name, sample) => button(name, () => change({ sample })))),
      group("Change", turning.element, button("Undo stroke", hand.undo), button("Clear", () => own([])),
        button("Reset", () => change(first))),
      live, link,
    );
    show();
  },
};
