// The arithmetic of stability: one logit z, its label y, and three forms of the loss, tested against the Python
// package. Each returns [loss, slope along z]. bits is 64, or 32 to round after every operation as float32
// does; an exponential may still be one rounding apart from NumPy's.
const rounds = (bits) => (bits === 32 ? Math.fround : (value) => value);

// The output as it is stored, from a formula without overflow; plain takes 1 / (1 + e^(-z)) as it stands.
export const storedOutput = (z, bits, plain) => {
  const r = rounds(bits);
  if (plain) return r(1 / r(1 + r(Math.exp(-z))));
  return r(r(Math.exp(Math.min(z, 0))) / r(1 + r(Math.exp(-Math.abs(z)))));
};

// -y log f - (1 - y) log(1 - f), and its slope along f.
const fromOutput = (f, y, r) => {
  const rest = r(1 - f);
  const loss = r(r(-y * r(Math.log(f))) - r((1 - y) * r(Math.log(rest))));
  return [loss, r(r(-y / f) + r((1 - y) / rest))];
};

export const naiveForm = (z, y, bits) => {
  const r = rounds(bits);
  const f = storedOutput(z, bits, true);
  const [loss, slope] = fromOutput(f, y, r);
  return [loss, r(r(slope * f) * r(1 - f))];
};

export const clippedForm = (z, y, bits) => {
  const r = rounds(bits);
  const f = storedOutput(z, bits, false);
  const kept = Math.min(Math.max(f, r(1e-7)), r(1 - 1e-7));
  const [loss, slope] = fromOutput(kept, y, r);
  return [loss, kept === f ? r(r(slope * f) * r(1 - f)) : 0];
};

export const stableForm = (z, y, bits) => {
  const r = rounds(bits);
  const hinge = r((z > 0 ? 1 - y : -y) * z);
  return [r(hinge + r(Math.log1p(r(Math.exp(-Math.abs(z)))))), r(storedOutput(z, bits, false) - y)];
};
