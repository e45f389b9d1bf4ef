"""Several processes on this machine that train one Keras model together, and what becomes of them.

They talk over the loopback address, which leads back to the machine itself; no other host is needed.
"""

import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from byhand import worker
from byhand.shapes import check_count

HOST = "127.0.0.1"
# Below those that systems give to outgoing connections, which could take one before a worker does.
PORTS = range(20_000, 32_000)
SETTINGS = {
    "CUDA_VISIBLE_DEVICES": "-1",  # two processes would quarrel over one graphics card
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "no_grpc_proxy": HOST,
    "PYTHONIOENCODING": "utf-8",
}


def train(model, x, y, *, learning_rate, batch_size, epochs, workers=2, seconds=300):
    """Train a Keras model by gradient descent in several processes that share out every batch.

    Args:
        model: a built Keras model that ends in logits; it is left as it is.
        x: (M, …).
        y: (M,), the true classes, counted from 0.
        learning_rate: α.
        batch_size: examples a step, all workers together.
        epochs: passes over the data, in the order given.
        workers: D, how many processes.
        seconds: the time allowed; on a busy machine the imports alone may take half a minute.

    Returns:
        what model.get_weights() is at the end, for each worker.

    Raises:
        ValueError: if a number is not positive and whole, or x and y differ in length.
        RuntimeError: if a worker ends before its work is done; with what it said last.
        TimeoutError: if time is up. The processes are ended in any case.
    """
    _check(x, y, batch_size=batch_size, epochs=epochs, workers=workers)
    kind = model.weights[0].dtype
    job = (np.asarray(x, kind), np.asarray(y), np.asarray(learning_rate, kind), batch_size, epochs, workers)
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        model.save(folder / "model.keras")
        np.savez(folder / "job.npz", *job)
        together([sys.executable, "-m", worker.__name__, name], folder, workers, seconds)
        return [_weights(folder / f"{rank}.npz") for rank in range(workers)]


def _check(x, y, **counts):
    for name, count in counts.items():
        check_count(count, name)
    if len(x) != len(y):
        raise ValueError(f"Expected as many labels as examples. Received: len(x)={len(x)}, len(y)={len(y)}")


def _weights(file):
    with np.load(file) as arrays:
        return [arrays[name] for name in arrays.files]


def together(command, folder, workers, seconds):
    """Start a command once for each worker, with its rank behind it, and wait for what each leaves behind.

    Args:
        command: a list of words, as subprocess.Popen takes it.
        folder: a Path, where worker 0 leaves 0.npz and so on.
        workers: D.
        seconds: the time allowed.

    Raises:
        RuntimeError, TimeoutError: as `train`.
    """
    ports, started = free_ports(workers), []
    try:
        for rank in range(workers):
            started.append(_start([*command, str(rank)], rank, ports, folder))
        _wait(started, folder, seconds)
    finally:
        for process in started:
            process.kill()
            process.communicate()


def free_ports(count):
    """As many different ports of this machine that nobody listens at, a list."""
    candidates = iter(random.SystemRandom().sample(PORTS, len(PORTS)))
    return [next(filter(_is_free, candidates)) for _ in range(count)]


def _is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _start(command, rank, ports, folder):
    """A process that is told who the workers are and which one it is; what it says goes into a file."""
    cluster = {"worker": [f"{HOST}:{port}" for port in ports]}
    task = json.dumps({"cluster": cluster, "task": {"type": "worker", "index": rank}})
    environment = os.environ | SETTINGS | {"TF_CONFIG": task}
    with (folder / f"{rank}.txt").open("wb") as said:
        return subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=said, stderr=subprocess.STDOUT
        )


def _wait(started, folder, seconds):
    over = time.monotonic() + seconds
    while missing := [k for k in range(len(started)) if not _is_done(folder, k)]:
        for rank in missing:
            code = started[rank].poll()
            if code is not None and not _is_done(folder, rank):
                said = f"it ended with code {code} and said last:\n{_last_words(folder, rank)}"
                raise RuntimeError(f"Expected worker {rank} to finish its work. Received: {said}")
        if time.monotonic() > over:
            late = f"after {seconds} seconds still at work: {', '.join(map(str, missing))}"
            raise TimeoutError(f"Expected all workers to finish in time. Received: {late}")
        time.sleep(0.05)


def _is_done(folder, rank):
    return (folder / f"{rank}.npz").exists()


def _last_words(folder, rank):
    """The last lines of what a worker said, without the colours of a terminal."""
    text = (folder / f"{rank}.txt").read_text("utf-8", "replace")
    return "\n".join(re.sub(r"\x1b\[[\d;]*m", "", text).splitlines()[-12:])
