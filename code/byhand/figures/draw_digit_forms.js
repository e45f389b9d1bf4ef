// The arithmetic of draw_digit: strokes become the picture, the picture an answer; tested against the package.
const SIDE = 20;

// Places [x, y] of a stroke, turned clockwise about the origin.
export const turned = (stroke, degrees) => {
  const [c, s] = [Math.cos((Math.PI * degrees) / 180), Math.sin((Math.PI * degrees) / 180)];
  return stroke.map(([x, y]) => [c * x - s * y, s * x + c * y]);
};

// Strokes as large as the box allows, with room for the pen, in the middle of the bitmap.
export const fitted = (strokes, [side, wide, pen]) => {
  const ends = [0, 1].map((axis) => {
    const values = strokes.flat().map((place) => place[axis]);
    return [Math.min(...values), Math.max(...values)];
  });
  const [width, height] = ends.map(([low, high]) => Math.max(high - low, 1));
  const scale = Math.min((wide - 2 * pen) / width, (side - 2 * pen) / height);
  return strokes.map((stroke) =>
    stroke.map((place) => place.map((v, axis) => (v - (ends[axis][0] + ends[axis][1]) / 2) * scale + side / 2)));
};

// Whether the middle of a pixel is no farther than the pen from a segment.
const under = (column, row, [[x0, y0], [x1, y1]], pen) => {
  const [x, y, u, v] = [column + 0.5 - x0, row + 0.5 - y0, x1 - x0, y1 - y0];
  const along = Math.min(Math.max((x * u + y * v) / Math.max(u * u + v * v, 1e-12), 0), 1);
  return (x - along * u) ** 2 + (y - along * v) ** 2 <= pen * pen;
};

// Rows of black (1) and white (0) pixels.
export const bitmap = (strokes, degrees, fit) => {
  const [side, , pen] = fit;
  const rows = Array.from({ length: side }, () => Array(side).fill(0));
  if (!strokes.length) return rows;
  const lines = fitted(strokes.map((stroke) => turned(stroke, degrees)), fit);
  const segments = lines.flatMap((line) =>
    line.length > 1 ? line.slice(1).map((end, k) => [line[k], end]) : [[line[0], line[0]]]);
  return rows.map((row, r) => row.map((_, c) => Number(segments.some((ends) => under(c, r, ends, pen)))));
};

// The share of black in each block of four by four pixels.
export const blocks = (rows) => {
  const places = Array.from({ length: rows.length / 4 }, (_, k) => 4 * k);
  return places.map((top) => places.map((left) => {
    const black = rows.slice(top, top + 4).flatMap((row) => row.slice(left, left + 4));
    return black.reduce((sum, pixel) => sum + pixel, 0) / 16;
  }));
};

const mixed = (weights, lines) =>
  weights.map((row) => lines[0].map((_, c) => row.reduce((sum, w, k) => sum + w * lines[k][c], 0)));
const turnedOver = (rows) => rows[0].map((_, c) => rows.map((row) => row[c]));

// Eight by eight shares as twenty by twenty greys, row by row: whole numbers from 0 to 255, over 255.
export const greys = (shares, mixing) => {
  const drawn = turnedOver(mixed(mixing, turnedOver(mixed(mixing, shares))));
  return drawn.flat().map((v) => Math.round(255 * Math.min(Math.max(v, 0), 1)) / 255);
};

export const pictureOf = (strokes, degrees, fit, mixing) => greys(blocks(bitmap(strokes, degrees, fit)), mixing);

// Bytes of a text in base64, as whole numbers from -128 to 127.
export const bytes = (text) => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const sixes = [...text.replace(/=+$/, "")].map((letter) => letters.indexOf(letter));
  const bits = sixes.map((six) => six.toString(2).padStart(6, "0")).join("");
  return (bits.match(/.{8}/g) ?? []).map((byte) => (parseInt(byte, 2) << 24) >> 24);
};

// A packed layer: one list of weights a unit, and the biases.
export const unpacked = ({ shape: [inputs, units], step, levels, biases, activation }) => {
  const W = bytes(levels);
  const kernel = Array.from({ length: units }, (_, u) =>
    Array.from({ length: inputs }, (_, j) => step * W[j * units + u]));
  return { kernel, biases, activation };
};

// Every layer's output.
export const answer = (layers, x) => {
  const outputs = [];
  for (const { kernel, biases, activation } of layers) {
    const a = outputs.at(-1) ?? x;
    const z = kernel.map((w, u) => w.reduce((sum, weight, j) => sum + weight * a[j], biases[u]));
    outputs.push(activation === "relu" ? z.map((score) => Math.max(score, 0)) : z);
  }
  return outputs;
};

// unpacked and answer at once.
export const answerOf = (packed, x) => answer(packed.layers.map(unpacked), x);
