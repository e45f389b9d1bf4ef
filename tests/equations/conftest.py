"""What the contracts found, kept for the book: _build/equations.json."""

import json
from pathlib import Path

import pytest
import symbols

FOUND = Path(__file__).parents[2] / "_build" / "equations.json"
KEY = "equation"
FINDINGS: dict[str, dict] = {}


@pytest.fixture(scope="session")
def table():
    return symbols.Table()


def pytest_runtest_logreport(report):
    """Runs where the reports meet, also when several workers share the tests."""
    for key, value in report.user_properties if report.when == "call" and report.passed else ():
        if key == KEY:
            FINDINGS.setdefault(value.pop("label"), {}).update(value)


def pytest_sessionfinish(session):
    """Only a run of all of them says something about the book."""
    whole = not session.config.option.keyword and not any("::" in arg for arg in session.config.args)
    if FINDINGS and whole and not hasattr(session.config, "workerinput"):
        text = json.dumps(FINDINGS, indent=1, sort_keys=True, ensure_ascii=False)
        FOUND.parent.mkdir(exist_ok=True)
        FOUND.write_text(text + "\n", encoding="utf-8")
