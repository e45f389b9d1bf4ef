// The arithmetic of speed_up, tested against byhand.step_time. A task is a list: parameters, batch, seconds an
// example, bytes a second, seconds of latency.
const BYTES = 4;

// Seconds of a step spent computing, sending and waiting.
export const stepParts = ([parameters, batch, example, bandwidth, latency], workers) => {
  const rounds = 2 * (workers - 1);
  const piece = (BYTES * parameters) / workers;
  return [(batch * example) / workers, (rounds * piece) / bandwidth, rounds * latency];
};

export const stepSeconds = (task, workers) => stepParts(task, workers).reduce((sum, part) => sum + part, 0);

export const speedUp = (task, workers) => stepSeconds(task, 1) / stepSeconds(task, workers);

// The number of workers whose step is shortest.
export const bestWorkers = (task) => {
  const [parameters, batch, example, bandwidth, latency] = task;
  const saved = batch * example - (2 * BYTES * parameters) / bandwidth;
  const below = Math.max(1, Math.floor(Math.sqrt(Math.max(saved, 0) / (2 * latency))));
  const shorter = (one, other) => (stepSeconds(task, other) < stepSeconds(task, one) ? other : one);
  return [below, below + 1].reduce(shorter, 1);
};

// The batch from which on two workers are faster than one.
export const breakEvenBatch = ([parameters, , example, bandwidth, latency]) =>
  (2 * ((BYTES * parameters) / bandwidth + 2 * latency)) / example;
