"""{tested}, {tested-long}: what was found; {tested-on}: on what; {supported}: what each change is run on."""

import re
from pathlib import Path

import yaml
from sphinx.util.docutils import SphinxDirective

import results
from equations import Rows

WORKFLOW = Path(__file__).resolve().parents[2] / ".github" / "workflows" / "test.yml"
KINDS = {
    "tests/package": "The package, against finite differences, Keras, SciPy and slow loops",
    "tests/equations": "The formulas as they are printed, against the package; and their misprints",
    "notebooks": "Each output of each chapter, against a fresh run",
    "tests/book": "The pages: links, numbers, figures, readers of every kind, weight, safety",
    "tests/bench": "Speed: calls and bytes of a step, ratios with wide limits",
    "tests/anywhere": "Other places and versions, and what goes wrong there",
}
LONG = {
    "slow/tests/anywhere/test_colab.py": "Each notebook as Colab opens it, in a bare environment",
    "slow/tests/book/test_binder_lab.py": "As Binder does it: a chapter run in JupyterLab, its figure moved",
    "slow/tests/anywhere/test_determinism.py": "Each chapter ten times: threads, locales, folders, offline",
    "slow/tests/anywhere/test_pages.py": "The same pages after a killed build, a full disk, two at once",
    "slow/tests/book/test_build_faults.py": "Runs of a notebook that are killed, or two at once",
    "slow/tests/book/test_valid.py": "Valid HTML on every page",
    "slow/tests/book/test_speed.py": "How soon a chapter is there, how smoothly its figure moves",
    "slow/tests/book/test_grading.py": "Points from nbgrader: for right answers, not for a changed check",
    "slow/tests/book/test_migration.py": "What Jupyter Book 2 can read, and what it lacks",
}


def outcome(record, folder, name):
    """How many tests of a kind passed, failed or were skipped."""
    return sum(
        n[name] for place, n in record["counts"].items() if place == folder or place.startswith(f"{folder}/")
    )


class Table(Rows):
    """A table that is made anew when there are other results."""

    def run(self):
        """The table, or a line that says that there is none."""
        for path in (results.FILE, *results.texts()):
            self.env.note_dependency(str(path))
        records = results.noted()
        if not records:
            return self.parse_text_to_nodes("No run has been noted yet.")
        return [self.table([(None, row) for row in self.rows(records)])]


class Tested(Table):
    """A row for each kind of test; the numbers of the fullest run."""

    kinds = KINDS
    header = ("What is tested", "Passed", "Failed", "Skipped")

    def rows(self, records):
        """Kinds that were not run have a row, too."""
        record = max(records, key=lambda record: sum(n["passed"] for n in record["counts"].values()))
        for folder, words in self.kinds.items():
            counts = [outcome(record, folder, name) for name in ("passed", "failed", "skipped")]
            yield (words, *(f"{count:,}" for count in counts)) if sum(counts) else (words, "not run", "", "")


class TestedLong(Tested):
    """The same of what takes long."""

    kinds = LONG


class TestedOn(Table):
    """A row for each environment."""

    header = ("Python", "NumPy", "SciPy", "scikit-learn", "Keras", "TensorFlow", "Passed", "Failed", "When")

    def rows(self, records):
        """In the order of their versions."""
        names = ("python", "numpy", "scipy", "scikit-learn", "keras", "tensorflow")
        for record in sorted(records, key=lambda record: numbers(record["versions"]["python"])):
            versions = (record["versions"].get(name, "none") for name in names)
            sums = (sum(n[name] for n in record["counts"].values()) for name in ("passed", "failed"))
            when = record["date"] + ("" if record["digest"] == results.tested() else ", of an earlier text")
            yield (*versions, *(f"{count:,}" for count in sums), when)


def numbers(release):
    """3.9 before 3.11."""
    return [int(part) for part in re.findall(r"\d+", release)]


class Supported(SphinxDirective):
    """The Pythons of the workflow that runs on every change, in a sentence."""

    def run(self):
        """The sentence."""
        self.env.note_dependency(str(WORKFLOW))
        *most, last = supported()
        return self.parse_text_to_nodes(
            f"Every change of the book is tested on Python {', '.join(most)} and {last}."
        )


def supported():
    """The versions, as text."""
    workflow = yaml.load(WORKFLOW.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return workflow["jobs"]["test"]["strategy"]["matrix"]["python"]


def setup(app):
    """Add the directives."""
    app.add_directive("tested", Tested)
    app.add_directive("tested-long", TestedLong)
    app.add_directive("tested-on", TestedOn)
    app.add_directive("supported", Supported)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
