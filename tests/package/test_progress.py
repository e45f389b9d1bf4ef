import sys
import types

import numpy as np
import pytest

from byhand import progress
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network
from byhand.optimizers import GradientDescent
from byhand.progress import is_watched, keep_on_interrupt, progress_bar
from byhand.training import fit, fit_scipy

pytestmark = pytest.mark.filterwarnings("error")


class Bar:
    """Stands in for tqdm's bar and notes what it is told."""

    made: list

    def __init__(self, total):
        self.total, self.told, self.closed = total, [], False
        Bar.made.append(self)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.closed = True

    def set_postfix(self, values, refresh):
        assert not refresh, "drawing is left to update, once a round"
        self.told.append(values)

    def update(self):
        self.told.append("update")


@pytest.fixture
def bars(monkeypatch):
    Bar.made = []
    monkeypatch.setitem(sys.modules, "tqdm", types.SimpleNamespace(tqdm=Bar))
    return Bar.made


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(progress, "is_watched", lambda: True)


def train(how, **settings):
    network, x = Network(1, (Dense(1),), squared_error), np.arange(4.0)[:, None]
    if how == "fit":
        return fit(network, np.ones(2), x, x, GradientDescent(0.1), epochs=3, **settings)
    return fit_scipy(network, np.ones(2), x, x, maxiter=3, **settings)


@pytest.mark.parametrize("how", ["fit", "fit_scipy"])
def test_the_bar_is_told_of_every_round(how, bars, terminal):
    _, history = train(how, progress=True)
    (bar,) = bars
    assert bar.total == 3
    assert bar.closed
    wanted = [[{"loss": f"{loss:.4f}"}, "update"] for loss in history["loss"]]
    assert bar.told == [entry for pair in wanted for entry in pair]


@pytest.mark.parametrize("how", ["fit", "fit_scipy"])
def test_no_bar_unless_asked_for(how, bars, terminal):
    train(how)
    assert not bars


def test_no_bar_where_nobody_watches(bars, monkeypatch):
    monkeypatch.setattr(progress, "is_watched", lambda: False)
    train("fit", progress=True)
    assert not bars


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(
    ("shell", "notebook"),
    [
        (None, False),
        (types.SimpleNamespace(get_ipython=lambda: None), False),
        (types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace()), False),
        (types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace(kernel=1)), True),
    ],
)
def test_terminals_and_notebooks_are_watched(terminal, shell, notebook, monkeypatch):
    monkeypatch.setattr(sys, "stderr", types.SimpleNamespace(isatty=lambda: terminal))
    monkeypatch.setitem(sys.modules, "IPython", shell)
    assert is_watched() == (terminal or notebook)


def test_without_tqdm_the_error_says_what_to_do(terminal, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(ImportError, match=r"Expected tqdm .* pip install tqdm.* Received: ") as caught:
        train("fit", progress=True)
    assert isinstance(caught.value.__cause__, ImportError)


def test_without_tqdm_training_works_where_no_bar_is_drawn(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setattr(progress, "is_watched", lambda: False)
    assert len(train("fit", progress=True)[1]["loss"]) == 3


def test_the_real_bar_counts_to_the_end(terminal, capsys):
    pytest.importorskip("tqdm")
    train("fit", progress=True)
    shown = capsys.readouterr().err
    assert "3/3" in shown
    assert "loss=" in shown


def test_the_bar_is_closed_after_an_interruption(bars, terminal, capsys):
    with keep_on_interrupt({"loss": [1.0]}), progress_bar(5, True) as advance:
        advance({"loss": 1.0})
        raise KeyboardInterrupt
    assert bars[0].closed
    assert "Interrupted after 1 complete rounds" in capsys.readouterr().err
