"""What was measured, as lines for the terminal and as the file that the book reads."""

import json
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).parents[2] / "code" / "byhand" / "data" / "speed.json"
PACKAGES = ("numpy", "scipy", "scikit-learn", "tensorflow", "keras")


def line(result):
    """One row of the table."""
    verdict = "met" if result["met"] else "NOT MET"
    return "{work:46} {against:44} {wanted:22} {seen:7.2f}  ".format(**result) + verdict


def write(results):
    """The results with the machine they are from, as far as it decides them."""
    found = {"measured": datetime.now(UTC).date().isoformat(), "machine": machine(), "rows": results}
    FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def machine():
    """Processor and versions."""
    versions = {name: version(name) for name in PACKAGES}
    return {"processor": processor(), "threads": 1, "Python": platform.python_version(), **versions}


def processor():
    """The model's name, from Linux, or what Python knows of it."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    names = [text.split(":")[1].strip() for text in lines if text.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
