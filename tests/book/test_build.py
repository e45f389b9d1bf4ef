"""The machinery of the build ends when its work is done, on every Python."""

import subprocess
import sys

import temml


def test_a_process_that_set_a_formula_ends():
    """V8 left open hung Python 3.13 at exit, after every page had been written."""
    script = "import temml; print(temml.to_mathml('a+b', False))"
    folder = temml.__file__.rsplit("/", 1)[0]
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout.startswith("<math>")
