// The arithmetic of descent: a bowl with two curvatures, turned or not, and four optimizers with their usual
// settings, tested against the Python package. A rule takes what it remembers, the slope, the step's number
// and the rate; it returns by how much the parameter moves, and what it remembers then.
const gradientDescent = (_, g, t, rate) => [-rate * g, null];
const momentum = (v, g, t, rate) => {
  const next = 0.9 * v - rate * g;
  return [next, next];
};
const rmsprop = (v, g, t, rate) => {
  const next = 0.9 * v + (1 - 0.9) * g * g;
  return [(-g / Math.sqrt(next + 1e-7)) * rate, next];
};
const adam = (memory, g, t, rate) => {
  const [m, v] = memory || [0, 0];
  const next = [0.9 * m + (1 - 0.9) * g, 0.999 * v + (1 - 0.999) * g * g];
  const corrected = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
  return [(-next[0] / (Math.sqrt(next[1]) + 1e-7)) * corrected, next];
};
const RULES = [gradientDescent, momentum, rmsprop, adam];

// The second derivatives of the bowl whose flat axis has curvature 1.
export const hessian = (steep, degrees) => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [c * c + steep * s * s, (1 - steep) * c * s, s * s + steep * c * c];
};
export const slopesAt = ([a, b], [aa, ab, bb]) => [aa * a + ab * b, ab * a + bb * b];
export const bowlCost = (point, H) => {
  const [g, h] = slopesAt(point, H);
  return (point[0] * g + point[1] * h) / 2;
};

// The start and the point after each step.
export const walk = (rule, rate, start, H, steps) => {
  const way = [start];
  let memory = [0, 0];
  for (let t = 1; t <= steps; t += 1) {
    const moves = slopesAt(way.at(-1), H).map((g, k) => RULES[rule](memory[k], g, t, rate));
    memory = moves.map((move) => move[1]);
    way.push(way.at(-1).map((value, k) => value + moves[k][0]));
  }
  return way;
};
