"""What was measured, as lines for the terminal, as the file of `byhand.speed`, and as a table of the book."""

import json
import platform
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from byhand.speed import verdict

ROOT = Path(__file__).parents[2]
FILE = ROOT / "code" / "byhand" / "speed.json"
PAGE = ROOT / "book" / "reference" / "speed.txt"
MODULES = ("numpy", "scipy", "sklearn", "tensorflow", "keras")
COLUMNS = ("work", "against", "wanted", "seen", "met")


def line(row):
    """One row for the terminal."""
    return "{work:46} {against:44} {wanted:22} {seen:7.2f}  ".format(**row) + verdict(row)


def write(rows, growth):
    """The results with the machine they are from, as far as it decides them."""
    found = {"measured": datetime.now(UTC).date().isoformat(), "machine": machine()}
    found |= {"rows": rows, "growth": growth}
    FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(markdown(found), encoding="utf-8")


def markdown(found):
    """The whole table for the reference, and a sentence about the machine."""
    cells = [[*(str(row[name]) for name in COLUMNS[:-1]), verdict(row)] for row in found["rows"]]
    lines = [f"| {' | '.join(row)} |" for row in [COLUMNS, ["---"] * 5, *cells]]
    return "\n".join([*lines, "", f"Measured on {found['measured']}: {told(found['machine'])}.", ""])


def told(machine):
    """Processor and versions in a line."""
    versions = ", ".join(f"{name} {number}" for name, number in machine.items() if name != "processor")
    return f"one thread of {machine['processor']}; {versions}"


def machine():
    """Processor and versions."""
    versions = {name: import_module(name).__version__ for name in MODULES}
    return {"processor": processor(), "Python": platform.python_version(), **versions}


def processor():
    """The model's name, from Linux, or what Python knows of it."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    names = [text.split(":")[1].strip() for text in lines if text.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
