"""binder/ follows the conventions of repo2docker: requirements, then postBuild, both from the root."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
BINDER = ROOT / "binder"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
POST_BUILD = (BINDER / "postBuild").read_text(encoding="utf-8")
# Files by which repo2docker would choose another recipe, or install something before the lock.
OTHERS = ("Dockerfile", "environment.yml", "Pipfile", "Pipfile.lock", "install.R", "default.nix", "setup.py")


def locked(name):
    return re.search(rf"^{re.escape(name)}==(\S+)", LOCK, re.M)


def test_the_requirements_are_the_lock_and_nothing_else():
    lines = (BINDER / "requirements.txt").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line] == ["-r ../requirements/lock.txt"]
    assert (BINDER / lines[0].removeprefix("-r ")).resolve() == ROOT / "requirements" / "lock.txt"


def test_the_python_is_one_the_package_supports():
    runtime = (BINDER / "runtime.txt").read_text(encoding="utf-8")
    version = re.fullmatch(r"python-(3\.\d+)\n", runtime)[1]
    assert f"{version}.0" in SpecifierSet(PROJECT["project"]["requires-python"])


def test_nothing_chooses_another_recipe():
    assert not [name for name in OTHERS if (BINDER / name).exists()]
    assert not (ROOT / ".binder").exists(), "repo2docker reads binder/ or .binder/, not both"


def test_post_build_can_run():
    assert os.access(BINDER / "postBuild", os.X_OK)
    assert POST_BUILD.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in POST_BUILD
    assert subprocess.run(["bash", "-n", BINDER / "postBuild"]).returncode == 0


def test_post_build_asks_no_registry():
    installs = [line for line in POST_BUILD.splitlines() if line.startswith("pip ")]
    assert installs
    assert all({"--no-deps", "--no-build-isolation"} <= set(line.split()) for line in installs)


def test_the_lock_holds_what_post_build_needs():
    for text in PROJECT["build-system"]["requires"]:
        needed = Requirement(text)
        assert needed.specifier.contains(locked(needed.name)[1])


def test_a_chapter_opens_as_a_notebook():
    assert locked("jupyterlab")
    assert locked("jupytext")
    assert "jupytext-config set-default-viewer" in POST_BUILD
