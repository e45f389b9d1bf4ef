import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.layers import Dense
from byhand.losses import binary_cross_entropy
from byhand.metrics import accuracy
from byhand.network import Network
from byhand.optimizers import Adam, GradientDescent
from byhand.training import fit, minibatches, train_epoch

pytestmark = pytest.mark.filterwarnings("error")
NETWORK = Network(4, (Dense(3, "sigmoid"), Dense(1)), binary_cross_entropy)


def setting(rng, examples=23, dtype=np.float64):
    x = rng.normal(size=(examples, 4)).astype(dtype)
    y = (x @ [1, -2, 3, 0.5] + rng.normal(size=examples) > 0).astype(dtype)[:, None]
    return NETWORK.initialize(rng, dtype), x, y


class Recorder:
    """A network of one parameter that notes which examples each batch held; each costs its own number."""

    def __init__(self):
        self.batches = []

    def value_and_grad(self, theta, x, y):
        self.batches.append(x.ravel().astype(int).tolist())
        np.testing.assert_array_equal(x, y)
        return float(np.mean(x)), np.ones_like(theta)


def record(examples, rng, epochs, batch_size):
    network, x = Recorder(), np.arange(float(examples))[:, None]
    theta, history = fit(
        network, np.zeros(1), x, x, GradientDescent(1.0), epochs=epochs, batch_size=batch_size, rng=rng
    )
    return network.batches, theta, history


@given(st.integers(1, 60), st.integers(1, 70), st.none() | st.integers(0, 9))
def test_minibatches_cover_every_example_once(examples, batch_size, seed):
    batches = minibatches(examples, batch_size, None if seed is None else np.random.default_rng(seed))
    assert sorted(np.concatenate(batches).tolist()) == list(range(examples))
    assert len(batches) == math.ceil(examples / batch_size)
    assert all(len(batch) == batch_size for batch in batches[:-1])
    assert 1 <= len(batches[-1]) <= batch_size


def test_minibatches_keep_the_order_without_a_generator():
    assert [batch.tolist() for batch in minibatches(7, 3)] == [[0, 1, 2], [3, 4, 5], [6]]


def test_minibatches_are_mixed_by_the_generator_alone():
    first, same, other = (
        np.concatenate(minibatches(40, 7, np.random.default_rng(seed))).tolist() for seed in (1, 1, 2)
    )
    assert first == same
    assert first != other
    assert first != list(range(40))


def test_minibatches_accept_whole_numbers_of_numpy():
    assert [len(batch) for batch in minibatches(np.int64(7), np.int32(4))] == [4, 3]


def test_every_epoch_visits_every_example_once_and_mixes_anew():
    batches, theta, history = record(10, np.random.default_rng(0), epochs=3, batch_size=4)
    assert [len(batch) for batch in batches] == [4, 4, 2] * 3
    epochs = [[i for batch in batches[3 * e : 3 * e + 3] for i in batch] for e in range(3)]
    assert [sorted(epoch) for epoch in epochs] == [list(range(10))] * 3
    assert len({tuple(epoch) for epoch in epochs}) == 3
    assert theta.tolist() == [-9.0]
    assert history == {"loss": pytest.approx([4.5, 4.5, 4.5])}


def test_without_a_generator_the_order_stays():
    batches, _, _ = record(5, None, epochs=2, batch_size=2)
    assert batches == [[0, 1], [2, 3], [4]] * 2


def test_a_batch_holds_32_examples_unless_asked_otherwise():
    network, x = Recorder(), np.arange(70.0)[:, None]
    fit(network, np.zeros(1), x, x, GradientDescent(), epochs=1)
    assert [len(batch) for batch in network.batches] == [32, 32, 6]


def test_training_agrees_with_keras(keras, rng):
    theta, x, y = setting(rng)
    held_out = setting(rng, 8)[1:]
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3, "sigmoid"), keras.layers.Dense(1)],
    )
    model.set_weights([array for layer in NETWORK.views(theta) for array in layer.values()])
    model.compile(keras.optimizers.SGD(0.7), keras.losses.BinaryCrossentropy(from_logits=True))
    wanted = model.fit(x, y, batch_size=5, epochs=3, shuffle=False, verbose=0, validation_data=held_out)
    trained, history = fit(
        NETWORK, theta, x, y, GradientDescent(0.7), epochs=3, batch_size=5, validation=held_out
    )
    np.testing.assert_allclose(trained, NETWORK.flatten(model.get_weights()), rtol=1e-10)
    np.testing.assert_allclose(history["loss"], wanted.history["loss"], rtol=1e-10)
    np.testing.assert_allclose(history["val_loss"], wanted.history["val_loss"], rtol=1e-10)


def test_training_agrees_with_steps_written_out(rng):
    theta, x, y = setting(rng, 7)
    trained, history = fit(NETWORK, theta, x, y, GradientDescent(0.3), epochs=2, batch_size=4)
    by_hand, costs = theta.copy(), []
    for _ in range(2):
        first, grad = NETWORK.value_and_grad(by_hand, x[:4], y[:4])
        by_hand = by_hand - 0.3 * grad
        second, grad = NETWORK.value_and_grad(by_hand, x[4:], y[4:])
        by_hand = by_hand - 0.3 * grad
        costs.append((4 * first + 3 * second) / 7)
    np.testing.assert_allclose(trained, by_hand, rtol=1e-13)
    np.testing.assert_allclose(history["loss"], costs, rtol=1e-13)


def test_validation_cost_is_that_of_the_parameters_after_the_epoch(rng):
    theta, x, y = setting(rng)
    held_out = setting(rng, 6)[1:]
    trained, history = fit(NETWORK, theta, x, y, GradientDescent(), epochs=4, validation=held_out)
    assert len(history["loss"]) == len(history["val_loss"]) == 4
    assert history["val_loss"][-1] == NETWORK.value_and_grad(trained, *held_out)[0]
    once, _ = fit(NETWORK, theta, x, y, GradientDescent(), epochs=1)
    assert history["val_loss"][0] == NETWORK.value_and_grad(once, *held_out)[0]


def test_validation_does_not_change_the_training(rng):
    theta, x, y = setting(rng)
    with_it, _ = fit(NETWORK, theta, x, y, GradientDescent(), epochs=2, validation=(x[:3], y[:3]))
    without, history = fit(NETWORK, theta, x, y, GradientDescent(), epochs=2)
    np.testing.assert_array_equal(with_it, without)
    assert set(history) == {"loss"}


def test_arguments_are_not_changed(rng, unchanged):
    theta, x, y = setting(rng)
    with unchanged(theta, x, y):
        trained, _ = fit(NETWORK, theta, x, y, GradientDescent(), epochs=1, rng=rng)
    assert not np.shares_memory(trained, theta)
    assert not np.array_equal(trained, theta)


def test_the_same_seed_gives_the_same_bits(rng):
    theta, x, y = setting(rng)

    def run(seed):
        return fit(
            NETWORK,
            theta,
            x,
            y,
            GradientDescent(0.5),
            epochs=3,
            batch_size=4,
            rng=np.random.default_rng(seed),
        )

    (first, history), (again, same_history), (other, _) = run(1), run(1), run(2)
    np.testing.assert_array_equal(first, again)
    assert history == same_history
    assert not np.array_equal(first, other)


def test_nothing_is_read_from_the_global_generator(rng):
    theta, x, y = setting(rng)
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    fit(NETWORK, theta, x, y, GradientDescent(), epochs=2, rng=rng)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_single_precision_stays_single_and_agrees_with_double(rng):
    theta, x, y = setting(rng, dtype=np.float32)
    trained, history = fit(NETWORK, theta, x, y, GradientDescent(0.5), epochs=2, batch_size=5)
    exact, exact_history = fit(
        NETWORK, *(a.astype(float) for a in (theta, x, y)), GradientDescent(0.5), epochs=2, batch_size=5
    )
    assert trained.dtype == np.float32
    assert {type(cost) for cost in history["loss"]} == {float}
    np.testing.assert_allclose(trained, exact, rtol=1e-6, atol=1e-6 * np.abs(exact).max())
    np.testing.assert_allclose(history["loss"], exact_history["loss"], rtol=1e-6)


def test_lists_are_accepted(rng):
    theta, x, y = setting(rng)
    from_lists, _ = fit(NETWORK, theta, x.tolist(), y.tolist(), GradientDescent(), epochs=1)
    from_arrays, _ = fit(NETWORK, theta, x, y, GradientDescent(), epochs=1)
    np.testing.assert_array_equal(from_lists, from_arrays)


def test_one_epoch_works_in_place(rng):
    theta, x, y = setting(rng)
    wanted, history = fit(NETWORK, theta, x, y, GradientDescent(0.5), epochs=1, batch_size=5)
    cost = train_epoch(NETWORK, theta, x, y, GradientDescent(0.5), None, 5)
    np.testing.assert_array_equal(theta, wanted)
    assert cost == history["loss"][0]


class Counting:
    """An optimizer whose state counts the steps."""

    def init(self, theta):
        return {"steps": 0}

    def step(self, theta, grad, state):
        state["steps"] += 1
        theta[:] = state["steps"]


def test_the_state_of_the_optimizer_lasts_over_all_epochs(rng):
    theta, x, y = setting(rng)
    trained, _ = fit(NETWORK, theta, x, y, Counting(), epochs=3, batch_size=5)
    assert set(trained) == {15.0}


def test_one_unit_tells_zeros_from_ones(digits):
    network = Network(400, (Dense(1),), binary_cross_entropy)
    chosen, train = digits.y < 2, digits.fold < 8
    x, y = digits.x, (digits.y == 1).astype(np.float32)[:, None]
    theta = network.initialize(np.random.default_rng(0))
    trained, history = fit(
        network, theta, x[chosen & train], y[chosen & train], GradientDescent(0.1), epochs=5
    )
    right = (network.predict(trained, x[chosen & ~train]) > 0) == (y[chosen & ~train] == 1)
    assert right.mean() > 0.97
    assert history["loss"] == sorted(history["loss"], reverse=True)


# Held-out examples by a share, metrics


@pytest.mark.parametrize(("share", "examples"), [(0.2, 23), (0.5, 7), (0.3, 10), (0.01, 3), (0.5, 2)])
def test_a_share_holds_out_the_last_examples_as_keras_does(share, examples, rng, keras):
    theta, x, y = setting(rng, examples)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3, "sigmoid"), keras.layers.Dense(1)],
    )
    model.set_weights([array for layer in NETWORK.views(theta) for array in layer.values()])
    model.compile(keras.optimizers.SGD(0.7), keras.losses.BinaryCrossentropy(from_logits=True))
    wanted = model.fit(x, y, batch_size=5, epochs=2, shuffle=False, verbose=0, validation_split=share)
    trained, history = fit(
        NETWORK, theta, x, y, GradientDescent(0.7), epochs=2, batch_size=5, validation=share
    )
    np.testing.assert_allclose(trained, NETWORK.flatten(model.get_weights()), rtol=1e-10)
    np.testing.assert_allclose(history["loss"], wanted.history["loss"], rtol=1e-10)
    np.testing.assert_allclose(history["val_loss"], wanted.history["val_loss"], rtol=1e-10)


def largest(outputs, targets):
    return np.float32(outputs.max())


def test_metrics_stand_in_the_history_under_their_names(rng):
    theta, x, y = setting(rng)
    held_out = setting(rng, 6)[1:]
    trained, history = fit(
        NETWORK, theta, x, y, GradientDescent(), epochs=2, validation=held_out, metrics=[accuracy, largest]
    )
    names = ["loss", "accuracy", "largest", "val_loss", "val_accuracy", "val_largest"]
    assert list(history) == names
    assert {len(values) for values in history.values()} == {2}
    assert {type(value) for values in history.values() for value in values} == {float}
    assert history["accuracy"][-1] == accuracy(NETWORK.predict(trained, x), y)
    assert history["val_accuracy"][-1] == accuracy(NETWORK.predict(trained, held_out[0]), held_out[1])
    assert history["largest"][-1] == np.float32(NETWORK.predict(trained, x).max())
    assert history["val_largest"][-1] == np.float32(NETWORK.predict(trained, held_out[0]).max())


def test_metrics_without_held_out_data(rng):
    theta, x, y = setting(rng)
    _, history = fit(NETWORK, theta, x, y, GradientDescent(), epochs=2, metrics=(accuracy,))
    assert list(history) == ["loss", "accuracy"]


# Ctrl-C


def interrupted_network(after):
    """NETWORK whose loss is interrupted, as by Ctrl-C, at the call after so many."""
    calls = []

    def loss(outputs, targets):
        calls.append(1)
        if len(calls) > after:
            raise KeyboardInterrupt
        return binary_cross_entropy(outputs, targets)

    return Network(4, NETWORK.layers, loss)


@pytest.mark.parametrize(
    ("after", "epochs", "steps"), [(0, 0, 0), (3, 0, 3), (6, 1, 5), (7, 1, 6), (11, 1, 10), (12, 2, 10)]
)
def test_ctrl_c_keeps_what_was_learned(after, epochs, steps, rng, capsys):
    """Five steps and one validation an epoch: the last parameters, and a history of whole epochs only."""
    theta, x, y = setting(rng)
    trained, history = fit(
        interrupted_network(after), theta, x, y, Adam(), epochs=9, batch_size=5, validation=(x, y)
    )
    assert f"Interrupted after {epochs} complete rounds" in capsys.readouterr().err
    assert {name: len(values) for name, values in history.items() if values} == (
        {"loss": epochs, "val_loss": epochs} if epochs else {}
    )
    wanted, state = theta.copy(), Adam().init(theta)
    for step in range(steps):
        rows = slice(step % 5 * 5, step % 5 * 5 + 5)
        Adam().step(wanted, NETWORK.value_and_grad(wanted, x[rows], y[rows])[1], state)
    np.testing.assert_array_equal(trained, wanted)


def test_other_errors_are_not_swallowed(rng):
    theta, x, y = setting(rng)

    def loss(outputs, targets):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fit(Network(4, NETWORK.layers, loss), theta, x, y, Adam(), epochs=2)


def test_training_is_silent_unless_interrupted(rng, capsys):
    theta, x, y = setting(rng)
    fit(NETWORK, theta, x, y, Adam(), epochs=2, progress=True)
    assert capsys.readouterr() == ("", "")
