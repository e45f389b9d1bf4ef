"""Times of jobs in turns, with a clock of our own."""

import pytest

from byhand import speed


@pytest.fixture
def calls(monkeypatch):
    """The jobs as they were called; each of its calls takes the next of the seconds that it returns."""
    called = []

    def timeit(job, number):
        called.append(number)
        return job()

    monkeypatch.setattr(speed, "timeit", timeit)
    return called


def taking(name, times, diary):
    waiting = iter(times)

    def job():
        diary.append(name)
        return next(waiting)

    return job


def test_all_take_turns_and_the_median_counts_without_the_first_round(calls):
    diary = []
    jobs = {"a": taking("a", [900, 3, 1, 50], diary), "b": taking("b", [0, 7, 80, 6], diary)}
    assert speed.seconds(jobs, rounds=3) == {"a": 3, "b": 7}
    assert diary == ["a", "b"] * 4
    assert calls == [1] * 8


def test_one_lucky_call_decides_nothing(calls):
    jobs = {"lucky": taking("lucky", [40] * 30 + [4] + [40] * 30, []), "not": taking("not", [40] * 61, [])}
    assert speed.seconds(jobs) == {"lucky": 40, "not": 40}


def test_it_is_a_real_clock():
    found = speed.seconds({"much": lambda: sum(range(100_000)), "little": lambda: sum(range(1000))}, rounds=5)
    assert 0 < 10 * found["little"] < found["much"] < 5


@pytest.mark.parametrize("rounds", [0, -2])
def test_no_round_to_count_is_refused_before_anything_runs(rounds):
    diary = []
    with pytest.raises(ValueError, match=f"at least one round. Received: rounds={rounds}"):
        speed.seconds({"a": taking("a", [], diary)}, rounds)
    assert diary == []
