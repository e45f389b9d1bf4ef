"""Every foreseen wrong answer draws its own reason; right answers in any style pass; nothing escapes."""

import math
import time

import numpy as np
import pytest

from byhand.exercises import check, exercises
from byhand.exercises.exercise import Exercise, Mistake
from byhand.exercises.trial import SECONDS, attempt

EXERCISES = exercises()
MISTAKES = [(e.name, k) for e in EXERCISES.values() for k, _ in enumerate(e.mistakes)]


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_right(anew, name):
    exercise = anew(name)
    assert exercise.verdict(exercise.solution) == "Right. " + exercise.right


@pytest.mark.parametrize(("name", "k"), MISTAKES)
def test_each_mistake_draws_its_own_reason(anew, name, k):
    exercise = anew(name)
    mistake = exercise.mistakes[k]
    wrong = mistake.wrong
    if isinstance(exercise.solution, dict):
        wrong = exercise.solution | wrong
    verdict = exercise.verdict(wrong)
    assert verdict.startswith("Not yet.")
    assert verdict.endswith("\n" + mistake.reason)
    assert "Received: " in verdict


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.name)
def test_no_two_mistakes_share_a_reason(exercise):
    reasons = [mistake.reason for mistake in exercise.mistakes]
    assert len(reasons) == len(set(reasons)) >= 6


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.name)
def test_a_stub_is_not_tried_yet(exercise):
    assert exercise.verdict(...).startswith("Not tried yet")
    if exercise.cases:
        assert exercise.verdict(lambda *arguments: ...).startswith("Not tried yet")
    if isinstance(exercise.solution, dict):
        assert exercise.verdict(dict.fromkeys(exercise.solution, ...)).startswith("Not tried yet")


def one_by_one(f, y):
    total = 0.0
    for answer, label in zip(np.ravel(f), np.ravel(y), strict=True):
        total -= math.log(answer) if label == 1 else math.log(1 - answer)
    return total / np.size(f)


def column_step(w, b, x, y, alpha):
    f = 1 / (1 + np.exp(-(x @ w.reshape(-1, 1) + b)))
    d = f - y.reshape(-1, 1)
    return [w - alpha * (x * d).mean(axis=0), b - alpha * d.mean()]


def one_row_at_a_time(z, labels):
    rows = []
    for row, label in zip(z, labels, strict=True):
        e = np.exp(row - max(row))
        a = e / sum(e)
        a[label] -= 1
        rows.append(a / len(z))
    return rows


def window_by_window(x, w, b, stride):
    starts = range(0, len(x) - len(w) + 1, stride)
    return [sum(v * weight for v, weight in zip(x[s:], w, strict=False)) + b for s in starts]


def block_by_block(x, size):
    rows, columns = (range(0, n - size + 1, size) for n in x.shape)
    return [[max(map(max, x[r : r + size, c : c + size])) for c in columns] for r in rows]


def weight_by_weight(dz, x, size, stride):
    return [sum(d * x[stride * t + j] for t, d in enumerate(dz)) for j in range(size)], sum(dz)


def collapse_from_the_end(weights):
    """The same product, taken from the other side."""
    *rest, W, b = weights
    while rest:
        *rest, V, c = rest
        W, b = V @ W, c @ W + b
    return [W, b]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("collapse", collapse_from_the_end),
        ("output_weights", lambda c, h: np.diff(np.diff(h) / np.diff(c), prepend=0).tolist()),
        ("one_line", [-4.0, 3.0]),
        ("kinks", {key: word.title() for key, word in EXERCISES["kinks"].solution.items()}),
        ("steps_per_epoch", lambda m, size: -(-m // size)),
        ("steps_per_epoch", lambda m, size: len(range(0, m, size))),
        ("steps_per_epoch", lambda m, size: float(np.ceil(m / size))),
        ("cost", one_by_one),
        ("cost", lambda f, y: -np.log(np.where(y == 1, f, 1 - f)).mean()),
        ("cost", lambda f, y: np.float32(one_by_one(f, y))),
        ("gradient_step", column_step),
        ("parameters", 10_285.0),
        ("parameters", np.int64(10_285)),
        ("cost_by_hand", 0.41),
        ("cost_by_hand", 0.415),
        ("cost_by_hand", np.array(0.4148)),
        ("slopes_from_outputs", [0.09, 0.64, 1.0]),
        ("chain_by_hand", 1 / 32),
        ("chain_by_hand", 0.031),
        ("chain", lambda z, w: math.prod(v / (2 + 2 * math.cosh(t)) for t, v in zip(z, w, strict=True))),
        ("dead_share", lambda a: 1 - a.any(axis=0).mean()),
        ("dead_share", lambda a: np.mean([not any(unit) for unit in a.T])),
        ("softplus", lambda z: np.logaddexp(0, z)),
        ("softplus", lambda z: [max(t, 0) + math.log1p(math.exp(-abs(t))) for t in z]),
        ("softmax_by_hand", (0.13, 0.25, 0.63, 0.13, 0.25, -0.38)),
        (
            "softmax",
            lambda z: np.exp(
                [[s - max(row) - np.log(sum(np.exp(row - max(row)))) for s in row] for row in z]
            ),
        ),
        ("softmax_gradient", one_row_at_a_time),
        ("backward_by_hand", [-2, -4, -2, 2, 6, 2]),
        (
            "shapes_backwards",
            {key: list(size) for key, size in EXERCISES["shapes_backwards"].solution.items()},
        ),
        ("hidden_delta", lambda Delta, W, A: np.einsum("ik,uk,iu->iu", Delta, W, A - A**2)),
        ("weight_slopes", lambda A, Delta: [np.einsum("ij,iu->ju", A, Delta) / len(A), sum(Delta) / len(A)]),
        ("penalised_slopes", lambda dW, db, W, b, strength, m: (dW + W * (strength / m), db.copy())),
        ("step_flops", 41_500.0),
        ("convolve", window_by_window),
        ("convolve", lambda x, w, b, stride: np.correlate(x, w, "valid")[::stride] + b),
        ("max_pool", block_by_block),
        ("kernel_slope", weight_by_weight),
        ("convolve_by_hand", [1.0, -5.0, 4.0]),
        ("windows", [39, 40, 12, 6]),
    ],
)
def test_a_right_answer_in_another_style_passes(anew, name, answer):
    assert anew(name).verdict(answer).startswith("Right.")


def crash(*arguments):
    raise RuntimeError("on purpose")


def leave(*arguments):
    raise SystemExit


def forever(*arguments):
    while True:
        pass


def no_arguments():
    return 157


class Awkward:
    def __eq__(self, other):
        raise TypeError("not comparable")

    def __hash__(self):
        return 0

    def __array__(self, *arguments, **keywords):
        raise TypeError("no array")

    def __deepcopy__(self, memo):
        raise TypeError("no copy")

    def __repr__(self):
        raise TypeError("no words")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (crash, "it raised RuntimeError: on purpose"),
        (leave, "it raised SystemExit"),
        (no_arguments, "it raised TypeError"),
        (lambda *arguments: None, "Nothing came back"),
        (lambda *arguments: "157", "Expected a number"),
        (lambda *arguments: np.full(3, 2.0), "The shape is (3,)"),
        (lambda *arguments: math.nan, "There is a nan"),
        (lambda *arguments: [1, [2, 3]], "Expected a number"),
        (lambda m, size: -math.ceil(m / size), "The sign is turned round"),
        (157, "Expected a function"),
        ("157", "Expected a function"),
        (Awkward(), "Not yet."),
        (lambda *arguments: Awkward(), "Not yet."),
    ],
)
def test_no_answer_breaks_the_check(answer, words, capsys):
    check.steps_per_epoch(answer)
    printed = capsys.readouterr().out
    assert printed.startswith("Not yet.")
    assert words in printed


@pytest.mark.parametrize("value", [lambda: 5, crash, [1, 2], "ten", {}, Awkward(), -1, math.nan])
def test_no_value_breaks_the_check(value, capsys):
    for name in ("parameters", "cost_by_hand", "which_call"):
        getattr(check, name)(value)
        assert capsys.readouterr().out.startswith("Not yet.")


def test_an_endless_loop_is_stopped():
    started = time.monotonic()
    outcome = attempt(forever, {"x": 1}, seconds=0.3)
    assert outcome.failure == "it did not finish within 0.3 seconds"
    assert time.monotonic() - started < SECONDS


def test_prints_and_warnings_of_an_answer_stay_inside(capsys):
    def loud(m, size):
        print("working on it")
        np.log(np.zeros(1))
        return math.ceil(m / size)

    check.steps_per_epoch(loud)
    captured = capsys.readouterr()
    assert captured.out.startswith("Right.")
    assert "working" not in captured.out + captured.err


def test_an_answer_that_changes_its_arguments_is_told_so():
    def careless(w, b, x, y, learning_rate):
        d = (1 / (1 + np.exp(-(x @ w + b))) - y) / len(y)
        w -= learning_rate * x.T @ d
        return w, b - learning_rate * d.sum()

    exercise = EXERCISES["gradient_step"]
    before = [{name: np.copy(value) for name, value in case.items()} for case in exercise.cases]
    assert "your function also changed the caller's w" in exercise.verdict(careless)
    for case, old in zip(exercise.cases, before, strict=True):
        for name, value in case.items():
            np.testing.assert_array_equal(value, old[name])


def test_a_list_of_arrays_that_an_answer_changes_is_seen():
    def careless(weights):
        weights[0][:] = 0
        return collapse_from_the_end(weights)

    def emptied(weights):
        result = collapse_from_the_end(weights)
        weights.clear()
        return result

    exercise = EXERCISES["collapse"]
    assert "with weights of shapes (3, 2), (2,), (2, 4), (4,)" in exercise.verdict(careless).lower()
    assert "also changed the caller's weights" in exercise.verdict(emptied)


def table(**entries):
    return EXERCISES["which_call"].solution | entries


def test_two_slips_at_once_draw_both_reasons():
    verdict = EXERCISES["which_call"].verdict(table(loss="fit", epochs="compile"))
    assert "loss belongs to compile" in verdict
    assert "epochs belongs to fit" in verdict


def test_an_entry_nobody_foresaw_is_named():
    assert "Look again at 'loss'" in EXERCISES["which_call"].verdict(table(loss="predict"))


def test_names_count_however_they_are_typed():
    typed = table(units="sequential", loss="model.compile", epochs=" Fit ", batch_size="model.fit()")
    assert EXERCISES["which_call"].verdict(typed).startswith("Right.")


def test_what_is_still_open_is_named():
    assert EXERCISES["which_call"].verdict(table(units=...)) == "Not tried yet: still open is 'units'."


def test_a_value_that_fits_no_mistake_is_not_spoken_of_as_a_function():
    assert "your function" not in EXERCISES["parameters"].verdict(7)


def test_a_wrong_shape_inside_a_result_is_named():
    def columns(w, b, x, y, rate):
        new_w, new_b = column_step(w, b, x, y, rate)
        return new_w[:, None], new_b

    assert "Result 1 has the shape (3, 1), expected (3,)." in EXERCISES["gradient_step"].verdict(columns)


def test_a_failing_call_can_be_repeated_as_the_hint_says():
    exercise = EXERCISES["gradient_step"]
    assert "*check.gradient_step.cases[0].values()" in exercise.verdict(crash)
    assert len(column_step(*exercise.cases[0].values())) == 2


def test_a_reason_must_fit_wherever_the_answer_fails():
    mixed = EXERCISES["steps_per_epoch"].verdict(lambda m, size: 1 if m == 5000 else m // size)
    assert mixed.endswith(
        "Work one example through on paper, then print each step of your function beside it."
    )


def test_the_values_that_met_are_shown():
    verdict = EXERCISES["steps_per_epoch"].verdict(lambda m, size: m // size)
    assert verdict.startswith("Not yet. With examples=5000, batch_size=32: expected 157. Received: 156.\n")
    crashed = EXERCISES["parameters"].verdict(crash)
    assert crashed == "Not yet. Expected a value, not a function. Received: answer=crash"


def test_a_stub_of_an_exercise_with_one_case_is_not_tried_yet():
    double = Exercise("double", lambda n: 2 * n, "Twice as much.", (), cases=({"n": 3},))
    assert double.verdict(lambda n: n + n) == "Right. Twice as much."
    assert double.verdict(lambda n: ...).startswith("Not tried yet")
    two = Exercise("double", lambda n: 2 * n, "Twice as much.", (), cases=({"n": 3}, {"n": 4}))
    assert two.verdict(lambda n: ... if n == 3 else 8).startswith("Not tried yet")


def test_where_two_reasons_fit_the_failures_the_first_is_told():
    """Both mistakes differ from the answer only where it is right."""
    mistakes = (Mistake(lambda n: -n * n, "First."), Mistake(lambda n: -n * n - (n == 3), "Second."))
    square = Exercise(
        "square", lambda n: n * n, "Right so.", mistakes, cases=({"n": 2}, {"n": 3}, {"n": 0.5})
    )
    assert square.verdict(lambda n: -n * n if n == 2 else n * n).endswith("\nFirst.")
    assert square.verdict(lambda n: -n * n - (n == 3)).endswith("\nSecond.")


def test_a_failure_that_nobody_foresaw_is_told_with_a_call_to_repeat_it():
    lines = EXERCISES["steps_per_epoch"].verdict(crash).splitlines()
    assert lines[1:] == [
        "An error inside your function. To see where, call it on *check.steps_per_epoch.cases[0].values()."
    ]


def test_a_table_is_told_what_it_should_have_been():
    asked = EXERCISES["which_call"]
    assert asked.verdict(5) == "Not yet. Received: 5.\nExpected a dict, not 5."
    keys = ", ".join(map(repr, asked.solution))
    assert asked.verdict({"loss": "predict"}).splitlines()[1:] == [f"Expected the keys {keys}."]
    one = table(loss="fit", epochs="predict")
    assert asked.verdict(one).splitlines()[1:] == ["Look again at 'loss', 'epochs'."]
    two = asked.verdict(table(loss="fit", epochs="compile")).splitlines()
    assert [line.split()[0] for line in two] == ["Not", "epochs", "loss"]
    assert asked.verdict(table(loss=..., epochs=...)) == "Not tried yet: still open is 'loss', 'epochs'."


def test_parts_of_an_answer_that_are_still_open_are_counted_from_1():
    assert EXERCISES["one_line"].verdict([..., 3.0]) == "Not tried yet: still open is part 1."
    assert EXERCISES["one_line"].verdict((..., ...)) == "Not tried yet: still open is part 1, part 2."


ARGUMENTS = {
    "collapse": "weights", "output_weights": "corners heights", "silenced": "a W b unit",
    "occlusion_map": "score picture grey", "lab_confusion": "labels guesses K", "lab_softmax_test": "softmax",
    "multilabel_cost": "z y", "decide": "z thresholds", "lab_error_share": "guesses truth",
}  # fmt: skip


@pytest.mark.parametrize("name", ARGUMENTS)
def test_arguments_are_called_as_in_the_chapter(anew, name):
    assert {" ".join(case) for case in anew(name).cases} == {ARGUMENTS[name]}


def test_an_unknown_exercise_is_refused():
    with pytest.raises(
        AttributeError, match=r"Expected an exercise among .*steps_per_epoch.* Received: name='x'"
    ):
        check.x  # noqa: B018
    with pytest.raises(AttributeError) as error:
        check.x  # noqa: B018
    assert f"among {', '.join(EXERCISES)}. " in str(error.value)
    assert "steps_per_epoch" in dir(check)
