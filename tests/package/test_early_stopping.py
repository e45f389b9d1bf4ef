from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from byhand.early_stopping import EarlyStopping
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network
from byhand.optimizers import GradientDescent
from byhand.training import fit

pytestmark = pytest.mark.filterwarnings("error")
NETWORK = Network(1, (Dense(1),), squared_error)


class Scripted:
    """A network of one parameter that counts epochs and whose held-out cost is read from a script."""

    def __init__(self, costs):
        self.costs = costs

    def value_and_grad(self, theta, x, y):
        return 0.0, -np.ones_like(theta)

    def predict(self, theta, x):
        return theta

    def loss(self, outputs, targets):
        return self.costs[int(outputs[0]) - 1], None


def run(costs, rule, **settings):
    """How many epochs were run, and the epoch whose parameters came back."""
    x = np.zeros((3, 1))
    theta, history = fit(
        Scripted(costs),
        np.zeros(1),
        x,
        x,
        GradientDescent(1.0),
        epochs=len(costs),
        validation=(x, x),
        early_stopping=rule,
        **settings,
    )
    return len(history["loss"]), int(theta[0])


COSTS = [5, 4, 4.5, 3, 3.2, 3.0, 2.9, 6, 7, 8, 1]


@pytest.mark.parametrize(
    ("rule", "epochs", "best"),
    [
        (EarlyStopping(1), 3, 2),
        (EarlyStopping(2), 6, 4),
        (EarlyStopping(3), 10, 7),
        (EarlyStopping(4), 11, 11),
        (EarlyStopping(2, restore_best=False), 6, 6),
        (EarlyStopping(3, min_delta=0.2), 7, 4),
        (EarlyStopping(1, min_delta=1), 2, 1),
        (EarlyStopping(99), 11, 11),
        (EarlyStopping(1, monitor="loss"), 2, 1),
    ],
)
def test_training_ends_when_patience_runs_out(rule, epochs, best):
    assert run(COSTS, rule) == (epochs, best)


def test_the_best_comes_back_even_if_patience_lasts():
    assert run([3, 1, 2], EarlyStopping(5)) == (3, 2)
    assert run([3, 1, 2], EarlyStopping(5, restore_best=False)) == (3, 3)


@pytest.mark.parametrize("never", [float("nan"), float("inf")])
def test_without_any_best_the_last_parameters_come_back(never):
    assert run([never] * 9, EarlyStopping(2)) == (2, 2)


def test_a_cost_that_is_not_a_number_is_no_improvement():
    assert run([3, float("nan"), 2, float("nan"), float("nan"), 1], EarlyStopping(2)) == (5, 3)


def test_a_rule_serves_many_runs():
    rule = EarlyStopping(1)
    assert run(COSTS, rule) == run(COSTS, rule) == (3, 2)


def test_unless_asked_otherwise_five_epochs_are_borne_and_the_best_restored():
    assert EarlyStopping() == EarlyStopping(5, 0.0, True, "val_loss")
    assert run([1, 2, 3, 4, 5, 6, 7, 8], EarlyStopping()) == (6, 1)


def test_a_rule_is_frozen():
    with pytest.raises(FrozenInstanceError):
        EarlyStopping().patience = 1


@pytest.mark.parametrize("restore", [True, False])
@pytest.mark.parametrize(("patience", "delta"), [(1, 0.0), (2, 0.002), (4, 0.0)])
def test_early_stopping_agrees_with_keras(restore, patience, delta, keras):
    """A rate just below 2/λ makes the held-out cost go up and down."""
    rng = np.random.default_rng(3)
    x, held_out = rng.normal(size=(12, 1)), rng.normal(size=(5, 1))
    y, held_out_y = 2 * x + rng.normal(size=(12, 1)), 2 * held_out + rng.normal(size=(5, 1))
    theta = np.array([0.5, -0.5])
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.set_weights([theta[:1].reshape(1, 1), theta[1:]])
    model.compile(keras.optimizers.SGD(0.45), keras.losses.MeanSquaredError())
    rule = keras.callbacks.EarlyStopping(
        "val_loss", patience=patience, min_delta=2 * delta, restore_best_weights=restore
    )
    wanted = model.fit(
        x,
        y,
        batch_size=4,
        epochs=30,
        shuffle=False,
        verbose=0,
        validation_data=(held_out, held_out_y),
        callbacks=[rule],
    )
    trained, history = fit(
        NETWORK,
        theta,
        x,
        y,
        GradientDescent(0.9),
        epochs=30,
        batch_size=4,
        validation=(held_out, held_out_y),
        early_stopping=EarlyStopping(patience, delta, restore),
    )
    assert 1 < len(history["loss"]) < 30
    np.testing.assert_allclose(2 * np.array(history["val_loss"]), wanted.history["val_loss"], rtol=1e-10)
    np.testing.assert_allclose(trained, NETWORK.flatten(model.get_weights()), rtol=1e-10)


def test_ctrl_c_brings_back_the_best(capsys):
    class Interrupted(Scripted):
        def loss(self, outputs, targets):
            if outputs[0] == 4:
                raise KeyboardInterrupt
            return super().loss(outputs, targets)

    x = np.zeros((3, 1))
    theta, history = fit(
        Interrupted([3, 1, 2, 9]),
        np.zeros(1),
        x,
        x,
        GradientDescent(1.0),
        epochs=4,
        validation=(x, x),
        early_stopping=EarlyStopping(),
    )
    assert theta.tolist() == [2]
    assert history["val_loss"] == [3, 1, 2]
    assert "Interrupted after 3" in capsys.readouterr().err
