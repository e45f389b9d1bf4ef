"""Trained parameters on disk: with the architecture they belong to, and nothing that could run.

A file is a .npz of three arrays: theta (P,), the architecture as JSON text, and the version of this format.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import numpy as np

VERSION = 1


def architecture(network):
    """What theta's meaning depends on, as JSON: the inputs and every layer with its settings."""
    layers = [{"layer": type(layer).__name__, **asdict(layer)} for layer in network.layers]
    return json.dumps({"inputs": network.output_shapes[0], "layers": layers})


def save(file, theta, network):
    """Write beside the file first and then rename: whoever reads sees the old file or the new one."""
    file = Path(file)
    beside = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as opened:
            np.savez(opened, theta=theta, architecture=architecture(network), version=VERSION)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(beside, file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def load(file, network):
    """Theta from a file of `save`; ValueError if it is damaged or belongs to another network."""
    saved = _read(Path(file))
    if str(saved["version"]) != str(VERSION):
        raise ValueError(f"Expected a file of version {VERSION}. Received: version={saved['version']}")
    if str(saved["architecture"]) != architecture(network):
        raise ValueError(
            f"Expected parameters of the network {architecture(network)}. Received: {saved['architecture']}"
        )
    return _fitting(saved["theta"], network.size)


def _fitting(theta, size):
    if theta.shape != (size,) or not np.issubdtype(theta.dtype, np.floating):
        raise ValueError(
            f"Expected theta of shape {(size,)} in floating point. "
            f"Received: theta.shape={theta.shape}, theta.dtype={theta.dtype}"
        )
    return theta


def _read(file):
    """All arrays of a file; never unpickled, so a poisoned file can't run anything."""
    try:
        with file.open("rb") as opened:
            arrays = np.load(opened, allow_pickle=False)
            return {name: arrays[name] for name in ("theta", "architecture", "version")}
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged one brings BadZipFile, zlib.error, KeyError, MemoryError …
        raise ValueError(
            f"Expected an undamaged file saved by Network.save. Received: {type(error).__name__}: {error}"
        ) from error
