"""How long the last run of each chapter took: notebooks/runs.json, read by the chapter's card."""

import json
import math
import os
import platform
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "notebooks" / "runs.json"


def noted():
    """{chapter: what was noted of its last run}."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}


def record(chapter, digest, seconds):
    """Note a run's time, rounded up to five seconds; a repeat of the same run keeps the first note."""
    runs = noted()
    if runs.get(chapter.stem, {}).get("digest") != digest:
        time = 5 * math.ceil(seconds / 5)
        runs[chapter.stem] = {"digest": digest, "python": platform.python_version(), "seconds": time}
        replace(FILE, json.dumps(runs, indent=1, sort_keys=True) + "\n")


def runtime(chapter):
    """How long the chapter's run took, in words."""
    run = noted().get(chapter.stem)
    return f"about {run['seconds']} s" if run else "not measured yet"


def replace(file, text):
    """Put text in a file's place in one move, so that a build killed half way leaves the old one."""
    file.parent.mkdir(exist_ok=True)
    draft = file.with_name(f".{file.name}.part")  # one name: what a killed build left is written over
    try:
        with draft.open("w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(draft, file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OSError(f"Expected room, and the right to write, for {file.name}. Received: {error}") from error
