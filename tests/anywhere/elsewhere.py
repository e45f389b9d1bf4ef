"""What the tests of this folder share: environments of their own, wheels, notebooks run by nbval."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
UV = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
# uv asks the registry as pip does; certificates are the system's, as in the Makefile.
SETTINGS = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
# What would lead a process of another environment back into this one.
HERE = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
OFFLINE = (
    "Failed to fetch",
    "failed to lookup address",
    "error sending request",
    "Connection",
    "resolve host",
)


def give_up(reason):
    """A reader may do without; the public checks may not."""
    pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


def outside(**more):
    """The environment of a process that is to know nothing of this one."""
    return {name: value for name, value in os.environ.items() if name not in HERE} | SETTINGS | more


def run(*command, **options):
    """What a command prints; if it fails, the test fails with what it said last."""
    options = {"env": outside(), "timeout": 1800} | options
    done = subprocess.run(
        [*map(str, command)], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}"
    return done.stdout


def uv(*words, **options):
    """uv, or no test where it or the registry can't be had."""
    if UV is None:
        give_up("Expected uv, which `make` installs. Received: none")
    done = subprocess.run(
        [UV, *map(str, words)], text=True, capture_output=True, env=outside(), timeout=1800, **options
    )
    if done.returncode and any(words in done.stderr for words in OFFLINE):
        give_up(f"Expected a package registry in reach. Received: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def python(version):
    """Such a Python of this machine, or one that uv fetches."""
    done = subprocess.run(
        [UV or "uv", "python", "find", version], capture_output=True, text=True, env=outside()
    )
    if done.returncode:
        give_up(f"Expected Python {version}. Received: {done.stderr.strip()}")
    return done.stdout.strip()


def environment(folder, version, *requirements):
    """A new environment with these packages and pip in it; its Python."""
    uv("venv", "--quiet", "--seed", "--python", python(version), folder)
    uv("pip", "install", "--quiet", "--python", folder / "bin" / "python", *requirements)
    return folder / "bin" / "python"


def installed(interpreter):
    """{package: version} of an environment."""
    listing = run(interpreter, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check")
    return {package["name"].lower(): package["version"] for package in json.loads(listing.splitlines()[-1])}


def clone(folder):
    """The files of the book that are under version control, as they are now, in a folder of their own."""
    for name in filter(None, run("git", "ls-files", "-z", cwd=ROOT).split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


def wheel(folder):
    """The package as a wheel, built with what is installed here."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    run(*pip, "--wheel-dir", folder, clone(folder / "source"))
    return next(folder.glob("byhand-*.whl"))


def kernel(interpreter, folder):
    """A folder for JUPYTER_PATH whose kernel `elsewhere` is this Python."""
    place = folder / "kernels" / "elsewhere"
    place.mkdir(parents=True)
    command = [str(interpreter), "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
    (place / "kernel.json").write_text(
        json.dumps({"argv": command, "display_name": "elsewhere", "language": "python"}), encoding="utf-8"
    )
    return folder


def write(notebook, file):
    """A notebook alone in a folder; outputs of its first cell, which may install, are not compared."""
    notebook.cells[0].metadata["tags"] = ["nbval-ignore-output"]
    file.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, file)
    return file


def nbval(file, words=(), start=(), **options):
    """Run a notebook from top to bottom with nbval and compare every output; fails with what differs."""
    pytest_ = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "--rootdir", ROOT]
    return run(*start, *pytest_, *words, file, **options)
