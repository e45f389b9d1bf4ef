// Four activations and their slopes: one slider moves a point on all of them.
import { relu, reluSlope, sigmoid, sigmoidSlope, silu, siluSlope, tanh, tanhSlope } from "./arithmetic.js";
import { button, group, make, sharing, slider } from "./controls.js";
import { clamp, line, pixel, place, shown } from "./drawing.js";

// Output and slope at z; all but SiLU's slope are written in the output.
const at = {
  sigmoid: (z) => [sigmoid(z), sigmoidSlope(sigmoid(z))],
  tanh: (z) => [tanh(z), tanhSlope(tanh(z))],
  relu: (z) => [relu(z), reluSlope(relu(z))],
  silu: (z) => [silu(z), siluSlope(z)],
};

const brief = (value) => {
  if (value === 0 || value >= 1e-4) return shown(value, 4);
  const [digit, exponent] = value.toExponential(0).split("e");
  const raised = [...String(Number(exponent))].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));
  return `${digit}·10${raised.join("")}`;
};

const drawKind = (part, { name, title, shape, scale }, z, { axis, reach, layers }) => {
  const [a, slope] = at[name](z);
  const ends = [-reach, reach].map((dz) => [place(z + dz, axis), place(a + slope * dz, scale)]);
  const x = pixel(place(z, axis));
  part(`${name}-tangent`).setAttribute("d", line(ends));
  part(`${name}-mark`).setAttribute("d", `M${x} ${pixel(place(slope, scale))}m-6 0l6-6l6 6l-6 6z`);
  part(`${name}-dot`).setAttribute("cx", x);
  part(`${name}-dot`).setAttribute("cy", pixel(place(a, scale)));
  part(`${name}-a`).textContent = shown(a, 4);
  part(`${name}-g`).textContent = shown(slope, 4);
  part(`${name}-left`).textContent = brief(slope ** layers);
  const words = `At z = ${shown(z, 1)} the output is ${shown(a, 4)} and the slope ${shown(slope, 4)}.`;
  part(name).setAttribute("aria-label", `${title}: ${shape}. ${words}`);
};

export default {
  render({ model, el }) {
    const parts = Object.fromEntries([...el.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    const part = (name) => parts[name];
    const fixed = Object.fromEntries(["axis", "reach", "layers"].map((name) => [name, model.get(name)]));
    const kinds = model.get("kinds");
    const first = model.get("z");
    const state = { z: first };

    const draw = () => {
      for (const kind of kinds) drawKind(part, kind, state.z, fixed);
      control.show(state.z, shown(state.z, 1));
      link.setAttribute("href", `?${el.dataset.figure}=z:${state.z}#${el.dataset.figure}`);
    };
    const tell = sharing(model, ["z"], state, ({ z }) => moveTo(z));
    const moveTo = (z, done = true) => {
      state.z = Math.round(clamp(z, fixed.axis[0], fixed.axis[1]) * 10) / 10;
      draw();
      tell();
      const all = kinds.map(({ name, title }) => `${title} ${shown(at[name](state.z)[1], 4)}`);
      live.textContent = done ? `z = ${shown(state.z, 1)}, slopes: ${all.join(", ")}.` : "";
    };

    const control = slider("z of the unit", fixed.axis, moveTo);
    const link = make("a", {}, "Link to this setting");
    const live = make("p", { className: "live", "aria-live": "polite" });
    const buttons = [["z = −4", -4], ["z = 0", 0], ["z = 4", 4], ["Reset", first]];
    part("controls").append(
      group("Move the point", control.element, ...buttons.map(([text, z]) => button(text, () => moveTo(z)))),
      live, link,
    );
    draw();
  },
};
