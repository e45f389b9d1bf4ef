// Backpropagation on a small graph: x to unit 1, from there to units 2 and 3, both to f. Without biases.
import { sigmoid, sigmoidSlope } from "./arithmetic.js";

// All that flows forwards and back, by name; d is the slope of the loss along f, d1 that along z1.
export const graphPass = ([w1, w2, w3, v2, v3], x, y) => {
  const a1 = sigmoid(w1 * x);
  const [a2, a3] = [sigmoid(w2 * a1), sigmoid(w3 * a1)];
  const f = v2 * a2 + v3 * a3;
  const d = f - y;
  const [d2, d3] = [d * v2 * sigmoidSlope(a2), d * v3 * sigmoidSlope(a3)];
  const [p2, p3] = [d2 * w2, d3 * w3];
  const d1 = (p2 + p3) * sigmoidSlope(a1);
  return {
    z1: w1 * x, a1, z2: w2 * a1, a2, z3: w3 * a1, a3, f, L: (f - y) ** 2 / 2,
    d, dv2: d * a2, dv3: d * a3, d2, d3, dw2: d2 * a1, dw3: d3 * a1, p2, p3, d1, dw1: d1 * x,
  };
};

// The slope along one weight without any chain rule: move it by h both ways.
export const graphNudged = (weights, x, y, k, h) => {
  const moved = (by) => graphPass(weights.map((w, i) => (i === k ? w + by : w)), x, y).L;
  return (moved(h) - moved(-h)) / (2 * h);
};
