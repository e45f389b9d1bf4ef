"""What the tests found, and on which versions: tests/results.json, written by `pytest --note`.

A record is a run in one environment. It holds the digest of the text that was tested, so that the page can
say whether the text has changed since.
"""

import hashlib
import json
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "tests" / "results.json"
PACKAGES = ("numpy", "scipy", "scikit-learn", "matplotlib", "keras", "tensorflow")
TESTED = (
    "chapters/*.md",
    "code/byhand/**/*.[pj][ys]",
    "book/_ext/*.py",
    "tests/**/*.py",
    "requirements/lock.txt",
)


def noted():
    """The records, one an environment."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else []


def note(counts):
    """Put the counts of a run, {place: {outcome: number}}, into the record of this environment.

    Records of an earlier text go, and so do places of this one that were tested before it changed.
    """
    here, digest = environment(), tested()
    records = [record for record in noted() if record["digest"] == digest]
    mine = next((record for record in records if record["versions"] == here), None)
    if mine is None:
        mine = {"versions": here, "digest": digest, "counts": {}}
        records.append(mine)
    mine["date"] = f"{datetime.now(UTC):%Y-%m-%d}"
    mine["counts"] |= counts
    FILE.write_text(json.dumps(records, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def environment():
    """{"python": …, "numpy": …, …} of this process."""
    found = {"python": platform.python_version(), "system": platform.system()}
    return found | {name: release for name in PACKAGES if (release := release_of(name))}


def release_of(name):
    """The installed version; TensorFlow's build without GPU code is TensorFlow, too."""
    for candidate in (name, f"{name}-cpu"):
        try:
            return version(candidate)
        except PackageNotFoundError:
            continue
    return ""


def texts():
    """Everything that a test's outcome may depend on, as files."""
    return sorted({path for pattern in TESTED for path in ROOT.glob(pattern)})


def tested():
    """The digest of these files and of their names."""
    sha = hashlib.sha256()
    for path in texts():
        sha.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()
