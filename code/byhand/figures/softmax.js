// Four scores made into probabilities: moved one by one, raised together, heated; the plain formula beside.
import { plainSoftmax, softmax, softmaxLoss, softmaxSlopes } from "./arithmetic.js";
import { button, choice, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place, shown } from "./drawing.js";

const ARROW = 50; // length where answer minus truth is -1
const subscript = (k) => "₁₂₃₄"[k];
const keys = ["z1", "z2", "z3", "z4", "r", "tau", "y"];

// As Python prints them: nan and inf in small letters.
const number = (value, digits) =>
  Number.isFinite(value) ? shown(value, digits) : { NaN: "nan", Infinity: "inf" }[value];
const power = (value) => {
  const [digits, exponent] = value.toExponential(2).split("e");
  return Number.isFinite(value) ? `${digits}e${shown(Number(exponent), 0)}` : "inf";
};
const total = (values) => values.reduce((sum, value) => sum + value, 0);

// Everything that is shown, computed from the scores, the rise, the temperature and the true class.
const measure = ({ r, tau, y, ...scores }) => {
  const z = ["z1", "z2", "z3", "z4"].map((name) => scores[name]);
  const [raised, target] = [z.map((score) => score + r), y - 1];
  const cooled = raised.map((score) => score / tau);
  const [a, plain] = [softmax(cooled), plainSoftmax(cooled)];
  return {
    z, raised, tau, target, a, plain,
    powers: cooled.map(Math.exp),
    slopes: softmaxSlopes(cooled, target),
    loss: softmaxLoss(cooled, target),
    plainLoss: -Math.log(plain[target]),
  };
};

const verdict = ({ a, plain }) => {
  const lost = plain.filter(Number.isNaN).length;
  if (lost) return `The plain formula gives nan for ${lost} of 4 classes.`;
  const apart = Math.max(...plain.map((value, k) => Math.abs(value - a[k])));
  return `The plain formula ${apart < 5e-5 ? "agrees." : `is off by up to ${shown(apart, 4)}.`}`;
};

const scoresLabel = ({ raised, target, slopes }) => {
  const bars = raised.map((z, k) => `z${subscript(k)} = ${shown(z, 1)}`).join(", ");
  const arrows = slopes.map((slope) => shown(-slope, 4)).join(", ");
  return `Bars of four scores: ${bars}. The true class is ${target + 1}. The arrows, truth minus answer: ${arrows}.`;
};

const probabilitiesLabel = (now) => {
  const bars = now.a.map((a, k) => `a${subscript(k)} = ${shown(a, 4)}`).join(", ");
  return `Bars of the probabilities at temperature ${now.tau}: ${bars}. The loss is ${shown(now.loss, 4)}. ${verdict(now)}`;
};

const arrow = (x, y, up) => {
  const [end, head] = [y - up, up > 0 ? 5 : -5];
  const shaft = line([[x, y], [x, end]]);
  return Math.abs(up) < 2 ? shaft : shaft + line([[x - 4, end + head], [x, end], [x + 4, end + head]]);
};

const drawClass = (part, now, k, scales) => {
  const x = place(k + 1, scales.k);
  const [score, share] = [place(now.z[k], scales.z), place(now.a[k], scales.a)];
  const kind = k === now.target ? "one" : "zero";
  for (const [name, level, tip] of [["z", place(0, scales.z), score], ["a", place(0, scales.a), share]]) {
    part(`${name}${k}`).setAttribute("d", line([[x, level], [x, tip]]));
    part(`${name}${k}`).setAttribute("class", kind);
  }
  part(`score${k}`).setAttribute("y", pixel(score + (now.z[k] < 0 ? 16 : -6)));
  part(`probability${k}`).setAttribute("y", pixel(share - 6));
  part(`arrow${k}`).setAttribute("d", arrow(x + 26, score, -ARROW * now.slopes[k]));
  const lost = Number.isNaN(now.plain[k]);
  const at = `M${pixel(x + 26)} ${pixel(place(now.plain[k], scales.a))}m-5 0l5-5l5 5l-5 5z`;
  part(`plain${k}`).setAttribute("d", lost ? "" : at);
  const texts = { score: shown(now.raised[k], 1), probability: shown(now.a[k], 4), lost: lost ? "◇ nan" : "" };
  for (const side of ["left", "right"]) texts[side] = k === now.target ? `${k + 1} true` : k + 1;
  Object.assign(texts, { power: power(now.powers[k]), formula: number(now.plain[k], 4) });
  Object.assign(texts, { softmax: shown(now.a[k], 4), slope: shown(now.slopes[k], 4) });
  for (const [name, text] of Object.entries(texts)) part(`${name}${k}`).textContent = text;
};

const drawNumbers = (part, now) => {
  const texts = { sum: total(now.a), loss: now.loss, "plain-sum": total(now.plain), "plain-loss": now.plainLoss };
  for (const [name, value] of Object.entries(texts)) part(name).textContent = number(value, 4);
  part("scores").setAttribute("aria-label", scoresLabel(now));
  part("probabilities").setAttribute("aria-label", probabilitiesLabel(now));
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const first = Object.fromEntries(keys.map((key) => [key, model.get(key)]));
    const [reach, rise, taus] = ["reach", "raise", "taus"].map((name) => model.get(name));
    const state = { ...first };

    const draw = () => {
      const now = measure(state);
      for (const k of now.z.keys()) drawClass(part, now, k, model.get("scales"));
      drawNumbers(part, now);
      for (const [key, control] of Object.entries(controls)) control.show(state[key], shown(state[key], key === "r" ? 0 : 1));
      const setting = keys.map((key) => `${key}:${Number(state[key].toFixed(6))}`);
      link.setAttribute("href", `?${el.dataset.figure}=${setting}#${el.dataset.figure}`);
      return now;
    };
    // What a link asks for may lie off a slider's scale, or be none of the choices.
    const allowed = (key, value) => {
      if (key === "tau") return taus.includes(value) ? value : state.tau;
      if (key === "y") return [1, 2, 3, 4].includes(value) ? value : state.y;
      return key === "r" ? clamp(value, -rise, rise) : clamp(value, -reach, reach);
    };
    const tell = sharing(model, keys, state, (wanted) => change(wanted));
    const change = (wanted, done = true) => {
      for (const [key, value] of Object.entries(wanted)) state[key] = allowed(key, value);
      const now = draw();
      tell();
      const a = now.a.map((value) => shown(value, 4)).join(", ");
      live.textContent = done ? `a = ${a}; loss ${shown(now.loss, 4)}. ${verdict(now)}` : "";
    };

    const move = (key) => (value, done) => change({ [key]: value }, done);
    const controls = Object.fromEntries(
      [0, 1, 2, 3].map((k) => [`z${k + 1}`, slider(`z${subscript(k)}`, [-reach, reach], move(`z${k + 1}`))]),
    );
    controls.r = slider("raise all by r", [-rise, rise], move("r"), 10);
    controls.tau = choice("temperature τ", taus, move("tau"));
    controls.y = choice("true class", [1, 2, 3, 4], move("y"));
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    const elements = Object.values(controls).map((control) => control.element);
    part("controls").append(
      group("The scores", make("div", { className: "pairs" }, ...elements.slice(0, 4))),
      group(
        "All at once", ...elements.slice(4),
        button("Raise to 800", () => change({ r: rise })), button("Reset", () => change(first)),
      ),
      live, link,
    );
    draw();
  },
};
