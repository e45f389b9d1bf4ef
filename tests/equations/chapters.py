"""The display equations of the chapters, read from their sources."""

import re
from pathlib import Path

CHAPTERS = Path(__file__).parents[2] / "chapters"
EQUATION = re.compile(r"^\$\$\n(?P<latex>.*?)\n\$\$(?: \((?P<label>[\w-]+)\))?$", re.S | re.M)


def equations(folder=CHAPTERS):
    """{label: (chapter, LaTeX)} of every display equation; one without a label goes by its text."""
    return {
        match["label"] or match["latex"]: (path.stem, match["latex"])
        for path in sorted(folder.glob("*.md"))
        for match in EQUATION.finditer(path.read_text(encoding="utf-8"))
    }
