"""What several files share: Keras in double precision, the digits, central differences, purity, V8."""

import importlib
import importlib.util
import json
import os
import pkgutil
import re
from contextlib import contextmanager

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", OPENBLAS_NUM_THREADS="1")

import numpy as np
import pytest
from hypothesis import settings

settings.register_profile("package", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("package")


def pytest_collection_modifyitems(items):
    """One worker imports Keras, one makes the digits, when tests are spread with --dist loadgroup."""
    for item in items:
        for name in ("keras", "digits"):
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(name))
                break


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture(scope="session")
def keras_module():
    import keras

    return keras


@pytest.fixture
def keras(keras_module):
    """Keras with everything in float64: layers, losses, metrics and the learning rate."""
    before = keras_module.config.floatx()
    keras_module.config.set_floatx("float64")
    keras_module.config.set_dtype_policy("float64")
    yield keras_module
    keras_module.config.set_floatx(before)
    keras_module.config.set_dtype_policy(before)


@pytest.fixture
def tf(keras):
    import tensorflow

    return tensorflow


@pytest.fixture(scope="session")
def digits():
    from byhand.data import load_digits

    return load_digits()


@pytest.fixture(scope="session")
def anew():
    """An exercise by its name, its module read anew: what reading draws and computes is so once more."""
    import byhand.exercises

    found = [f"byhand.exercises.{module.name}" for module in pkgutil.iter_modules(byhand.exercises.__path__)]
    listed = {name: getattr(importlib.import_module(name), "EXERCISES", ()) for name in found}
    places = {exercise.name: place for place, exercises in listed.items() for exercise in exercises}

    def read(name):
        spec = importlib.util.find_spec(places[name])
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return next(exercise for exercise in module.EXERCISES if exercise.name == name)

    return read


@pytest.fixture(scope="session")
def central_differences():
    """Slopes of a scalar function by every entry of a float64 array, one entry at a time."""

    def slopes(function, at, h=1e-5):
        assert at.dtype == np.float64
        result = np.empty_like(at)
        for index in np.ndindex(at.shape):
            step = np.zeros_like(at)
            step[index] = h
            result[index] = (function(at + step) - function(at - step)) / (2 * h)
        return result

    return slopes


@pytest.fixture(scope="session")
def unchanged():
    """Fails if a call inside the block changed one of the arrays."""

    @contextmanager
    def guard(*arrays):
        before = [array.copy() for array in arrays]
        yield
        for old, new in zip(before, arrays, strict=True):
            assert old.dtype == new.dtype
            np.testing.assert_array_equal(old, new)

    return guard


@pytest.fixture(scope="session")
def arithmetic():
    """Call a function of arithmetic.js or a figure's …_forms.js by name with numbers and lists."""
    from py_mini_racer import MiniRacer

    from byhand.figures import frame

    racers = {}

    def call(name, *values):
        file = _file_of(name)
        if file not in racers:
            racers[file] = MiniRacer()
            racers[file].eval(frame.inlined(file.name))
        arguments = ",".join(json.dumps(value, default=lambda v: np.asarray(v).tolist()) for value in values)
        return json.loads(racers[file].eval(f"JSON.stringify({name}({arguments}))"))

    return call


def _file_of(name):
    from byhand.figures import frame

    files = [frame.FOLDER / "arithmetic.js", *sorted(frame.FOLDER.glob("*_forms.js"))]
    (file,) = [f for f in files if re.search(rf"^export const {name}\b", f.read_text("utf-8"), re.M)]
    return file
