"""`pytest --note` writes what passed, and with which versions, into tests/results.json; the book shows it."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "book" / "_ext"))


def pytest_addoption(parser):
    """The option."""
    parser.addoption(
        "--note", action="store_true", help="note the results for the book, in tests/results.json"
    )


def pytest_configure(config):
    """Count on the controller alone: it hears of every test, whichever worker ran it."""
    if config.getoption("--note") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Counting(), "counting")


class Counting:
    """{place: {outcome: how many}} of a run; a slow test counts for its file, any other for its folder."""

    def __init__(self):
        self.counts = {}

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        """A test counts once; one that fails before or after its call has failed."""
        if report.when == "call" or not report.passed:
            file = report.nodeid.split("::")[0]
            place = f"slow/{file}" if "slow" in report.keywords else file.rpartition("/")[0]
            counts = self.counts.setdefault(place, {"passed": 0, "skipped": 0, "failed": 0})
            counts[report.outcome] += 1

    def pytest_sessionfinish(self):
        """Put the counts into the file."""
        import results

        results.note(self.counts)
