"""The speed of the package as a table of ratios: python tests/bench, or `make bench`.

One BLAS thread, one TensorFlow thread, medians over runs that take turns. It writes what the book shows:
code/byhand/speed.json and book/reference/speed.txt. The exit code is 1 if a row is not met.
"""

import os
import sys
from importlib import import_module

import report

for name in ("OPENBLAS", "OMP", "MKL", "TF_NUM_INTRAOP", "TF_NUM_INTEROP"):
    os.environ[f"{name}_THREADS" if name.startswith("TF") else f"{name}_NUM_THREADS"] = "1"
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow")

GROUPS = ("minibatches", "full_batch", "cnn", "growth", "memory")  # imported once the threads are set


def main(words):
    """Measure the rows whose text has one of the words, or all and write them down."""
    rows = [row for group in GROUPS for row in import_module(group).ROWS]
    chosen = [row for row in rows if not words or any(word in f"{row.work} {row.against}" for word in words)]
    results = []
    for row in chosen:
        results.append(row.result())
        print(report.line(results[-1]), flush=True)
    if not words:
        report.write(results, import_module("growth").series())
    return int(not all(result["met"] for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
