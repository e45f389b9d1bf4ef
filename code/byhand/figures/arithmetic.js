// The arithmetic of the moving figures: plain functions of numbers, tested against the Python package.

// Output 1 / (1 + e^(-z)). Only e to a negative power is computed, so no z overflows.
export const sigmoid = (z) => {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
};

// Binary cross-entropy of one example from its score z: finite even where the sigmoid rounds to 0 or 1.
export const loss = (z, y) => Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// Cost J(w, b): the mean loss over the examples.
export const cost = (w, b, x, y) => mean(x.map((xi, i) => loss(w * xi + b, y[i])));

// Gradient [dJ/dw, dJ/db]: the means of (f - y) x and of f - y.
export const gradient = (w, b, x, y) => {
  const errors = x.map((xi, i) => sigmoid(w * xi + b) - y[i]);
  return [mean(errors.map((error, i) => error * x[i])), mean(errors)];
};

// One step of gradient descent: [w, b] less rate times gradient.
export const descend = (w, b, rate, x, y) => {
  const [dw, db] = gradient(w, b, x, y);
  return [w - rate * dw, b - rate * db];
};

// Activations, and their slopes: of the first three written in the output a, of SiLU in z.
export const sigmoidSlope = (a) => a * (1 - a);
export const tanh = (z) => Math.tanh(z);
export const tanhSlope = (a) => (1 - a) * (1 + a);
export const relu = (z) => Math.max(z, 0);
export const reluSlope = (a) => (a > 0 ? 1 : 0);
export const silu = (z) => z * sigmoid(z);
export const siluSlope = (z) => sigmoid(z) * (1 + z * sigmoid(-z));
