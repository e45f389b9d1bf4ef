"""The table in the book is that of the last run, and its verdicts follow from its numbers."""

from importlib import import_module

import numpy as np
import pytest
import report
from row import at_least, at_most

from byhand import speed

GROUPS = ("minibatches", "full_batch", "cnn", "growth", "memory")
ROWS = [row for group in GROUPS for row in import_module(group).ROWS]
RESULTS = speed.results()["rows"]


def test_the_file_has_every_row_and_its_limit_as_it_is_wanted():
    told = [(result["work"], result["against"], result["wanted"]) for result in RESULTS]
    assert told == [(row.work, row.against, row.wanted) for row in ROWS]


@pytest.mark.parametrize(("row", "result"), list(zip(ROWS, RESULTS, strict=True)), ids=range(len(ROWS)))
def test_a_verdict_follows_from_its_number(row, result):
    assert result["met"] == row.is_met(result["seen"])


def test_the_slopes_of_the_table_are_those_of_the_plot():
    sizes, *curves = speed.results()["growth"].values()
    rows = [result["seen"] for result in RESULTS if "grows" in result["work"]]
    slopes = [np.polyfit(np.log(sizes), np.log(curve), 1)[0] for curve in curves]
    np.testing.assert_allclose(slopes, rows, atol=0.02)  # both are rounded


def test_the_page_shows_the_file():
    assert report.PAGE.read_text(encoding="utf-8") == report.markdown(speed.results())


@pytest.mark.parametrize(
    ("row", "kept", "broken"),
    [(at_least(2, "", "", None), 2, 1.99), (at_most(2, "", "", None), 2, 2.01)],
)
def test_a_limit_itself_is_kept(row, kept, broken):
    assert row.is_met(kept)
    assert not row.is_met(broken)


def test_the_tables_of_text_choose_their_rows():
    assert len(speed.table().splitlines()) == 1 + len(ROWS)
    assert speed.table("prediction").splitlines()[1].startswith("Keras `predict`")
    assert speed.table("mini-batch").count("\n") == 3
