// A window's products and sums, and those of all windows: what byhand.convolution computes.

// Rows of numbers under the window at row r, column c, counted from 0; a signal is one row.
export const holds = (x, size, r, c) => x.slice(r, r + size[0]).map((row) => row.slice(c, c + size[1]));

export const products = (held, w) => held.map((row, j) => row.map((v, k) => v * w[j][k]));
export const total = (rows) => rows.flat().reduce((sum, v) => sum + v, 0);

// The kernel read from its end to its beginning, as mathematics does.
export const turned = (w) => [...w].reverse().map((row) => [...row].reverse());

// Scores of every window, row by row.
export const scores = (x, w) => {
  const size = [w.length, w[0].length];
  const [rows, columns] = [x.length - size[0] + 1, x[0].length - size[1] + 1];
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => total(products(holds(x, size, r, c), w))));
};
