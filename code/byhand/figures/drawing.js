// Numbers as text, and places in a drawing: what frame.py does in Python.

// Ties round to even, as in Python's formats; toFixed would print -0.0625 as -0.063.
export const shown = (value, digits) => {
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const text = value.toLocaleString("en", { ...places, useGrouping: false, roundingMode: "halfEven" });
  return text.replace("-", Number(text) === 0 ? "" : "−");
};
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
export const place = (value, [low, high, start, end]) => start + ((value - low) / (high - low)) * (end - start);
export const pixel = (value) => value.toFixed(1);
export const line = (points) => "M" + points.map(([x, y]) => `${pixel(x)} ${pixel(y)}`).join("L");
