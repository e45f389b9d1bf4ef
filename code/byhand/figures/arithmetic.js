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

// Softmax of a row of scores. The largest is subtracted first, so that no exponential overflows.
export const softmax = (z) => {
  const powers = z.map((score) => Math.exp(score - Math.max(...z)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
};

// The same as the formula stands on the page: nan beyond e to the 709.78, and where all powers are 0.
export const plainSoftmax = (z) => {
  const total = z.reduce((sum, score) => sum + Math.exp(score), 0);
  return z.map((score) => Math.exp(score) / total);
};

// -log of the true class's probability, straight from the scores; y counts from 0.
export const softmaxLoss = (z, y) => {
  const top = z.indexOf(Math.max(...z));
  const others = z.reduce((sum, score, k) => sum + (k === top ? 0 : Math.exp(score - z[top])), 0);
  return z[top] - z[y] + Math.log1p(others);
};

// Answer minus truth, the slope of that loss along each score.
export const softmaxSlopes = (z, y) => softmax(z).map((a, k) => a - (k === y ? 1 : 0));

// Piecewise straight lines: relu_stitching.

// Output of a sum of units max(0, w x + b) at x.
export const stitched = (units, x) => units.reduce((sum, [w, b]) => sum + relu(w * x + b), 0);

// Its slope there: the weights of the units that are on.
export const slopeAt = (units, x) => units.reduce((sum, [w, b]) => sum + (w * x + b > 0 ? w : 0), 0);

// Where a unit goes on or off; NaN for a flat one, which has no corner.
export const cornerOf = ([w, b]) => (w === 0 ? NaN : -b / w);

// The ends of a stretch, and the units' corners in it from left to right.
export const bends = (units, low, high) => {
  const within = units.map(cornerOf).filter((c) => low < c && c < high);
  return [low, ...within.sort((one, other) => one - other), high];
};

// Height at x of the polyline through the corners xs at the heights ys.
export const interpolate = (x, xs, ys) => {
  const k = Math.max(1, Math.min(xs.length - 1, xs.findIndex((end) => x <= end)));
  return ys[k - 1] + ((ys[k] - ys[k - 1]) / (xs[k] - xs[k - 1])) * (x - xs[k - 1]);
};

// The largest gap between the sum and the polyline on each of its pieces.
export const gaps = (units, xs, ys) =>
  xs.slice(1).map((high, k) => {
    const places = bends(units, xs[k], high);
    return Math.max(...places.map((x) => Math.abs(stitched(units, x) - interpolate(x, xs, ys))));
  });
