// The arithmetic of threshold: the errors of one label, tested against scikit-learn.
// [TP, FP, FN, TN] of scores z and labels y (0 or 1), yes from z = t on.
export const confusion = (z, y, t) => {
  const counts = [0, 0, 0, 0];
  z.forEach((score, i) => (counts[(score >= t ? 0 : 2) + (1 - y[i])] += 1));
  return counts;
};

// Of all that was reported, the share that is there; NaN if nothing was.
export const precision = ([tp, fp]) => tp / (tp + fp);

// Of all that is there, the share that was reported.
export const recall = ([tp, , fn]) => tp / (tp + fn);
