import numpy as np
import pytest
from scipy.optimize import minimize

from byhand import training
from byhand.layers import Dense
from byhand.losses import binary_cross_entropy, squared_error
from byhand.metrics import accuracy
from byhand.network import Network
from byhand.training import METHODS, fit_scipy

pytestmark = pytest.mark.filterwarnings("error")
NETWORK = Network(4, (Dense(3, "sigmoid"), Dense(1)), binary_cross_entropy)


def setting(rng, examples=30, dtype=np.float64):
    x = rng.normal(size=(examples, 4)).astype(dtype)
    y = (x @ [1, -2, 3, 0.5] + rng.normal(size=examples) > 0).astype(dtype)[:, None]
    return NETWORK.initialize(rng, dtype), x, y


@pytest.mark.parametrize("method", METHODS)
def test_each_method_takes_the_path_it_takes_in_scipy(method, rng):
    theta, x, y = setting(rng)
    costs = []
    wanted = minimize(
        lambda at: NETWORK.value_and_grad(at, x, y),
        theta,
        jac=True,
        method=method,
        options={"maxiter": 7},
        callback=lambda intermediate_result: costs.append(intermediate_result.fun),
    )
    trained, history = fit_scipy(NETWORK, theta, x, y, method, maxiter=7)
    np.testing.assert_array_equal(trained, wanted.x)
    assert history == {"loss": costs}
    assert len(costs) == 7
    assert {type(cost) for cost in history["loss"]} == {float}


def test_conjugate_gradients_and_a_hundred_iterations_unless_asked_otherwise(rng):
    theta, x, y = setting(rng, 300)
    one, history = fit_scipy(NETWORK, theta, x, y)
    two, _ = fit_scipy(NETWORK, theta, x, y, method="CG", maxiter=100)
    np.testing.assert_array_equal(one, two)
    assert len(history["loss"]) == 100


@pytest.mark.parametrize("method", METHODS)
def test_costs_fall_and_the_last_is_that_of_the_result(method, rng):
    theta, x, y = setting(rng)
    trained, history = fit_scipy(NETWORK, theta, x, y, method, maxiter=20)
    assert history["loss"] == sorted(history["loss"], reverse=True)
    assert history["loss"][-1] == pytest.approx(NETWORK.value_and_grad(trained, x, y)[0], rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("l2", [0.0, 3.0])
def test_ridge_regression_is_solved_exactly(method, l2, rng):
    """One linear unit: (XᵀX + λ I) w = Xᵀ y on centred data, and a bias that is not penalised."""
    network = Network(3, (Dense(1),), squared_error, l2)
    x = rng.normal(size=(20, 3)) + 5
    y = x @ [[1.0], [-2], [0.5]] + 7 + rng.normal(size=(20, 1))
    trained, history = fit_scipy(network, np.zeros(4), x, y, method, maxiter=2000)
    centred = x - x.mean(axis=0)
    w = np.linalg.solve(centred.T @ centred + l2 * np.eye(3), centred.T @ (y - y.mean()))
    wanted = np.append(w, y.mean() - x.mean(axis=0) @ w)
    np.testing.assert_allclose(trained, wanted, rtol=1e-3)
    residual = y - x @ w - wanted[3]
    assert history["loss"][-1] == pytest.approx(np.mean(residual**2) / 2 + l2 / 40 * np.sum(w**2), rel=1e-5)


def test_the_network_computes_in_single_precision_and_the_line_search_in_double(rng):
    theta, x, y = setting(rng, dtype=np.float32)
    met = []

    def loss(outputs, targets):
        met.append(outputs.dtype)
        return binary_cross_entropy(outputs, targets)

    network = Network(4, NETWORK.layers, loss)
    trained, history = fit_scipy(network, theta, x, y, maxiter=5)
    exact, exact_history = fit_scipy(NETWORK, *(a.astype(float) for a in (theta, x, y)), maxiter=5)
    assert trained.dtype == np.float32
    assert set(met) == {np.dtype(np.float32)}
    np.testing.assert_allclose(history["loss"], exact_history["loss"], rtol=1e-4)
    np.testing.assert_allclose(trained, exact, rtol=1e-2, atol=1e-2)


def test_scipy_is_given_double_precision_and_gets_it_back(rng, monkeypatch):
    theta, x, y = setting(rng, dtype=np.float32)
    met = []

    def minimize_in_double_precision(cost, start, **settings):
        met.extend([start.dtype, cost(start)[1].dtype])
        return minimize(cost, start, **settings)

    monkeypatch.setattr(training, "minimize", minimize_in_double_precision)
    fit_scipy(NETWORK, theta, x, y, maxiter=2)
    assert met == [np.float64, np.float64]


def test_arguments_are_not_changed(rng, unchanged):
    theta, x, y = setting(rng)
    with unchanged(theta, x, y):
        trained, _ = fit_scipy(NETWORK, theta, x, y, "L-BFGS-B", maxiter=3)
    assert not np.shares_memory(trained, theta)


def test_held_out_costs_and_metrics_stand_beside(rng):
    theta, x, y = setting(rng)
    held_out = setting(rng, 9)[1:]
    trained, history = fit_scipy(NETWORK, theta, x, y, maxiter=6, validation=held_out, metrics=[accuracy])
    assert list(history) == ["loss", "accuracy", "val_loss", "val_accuracy"]
    assert {len(values) for values in history.values()} == {6}
    assert history["val_loss"][-1] == NETWORK.loss(NETWORK.predict(trained, held_out[0]), held_out[1])[0]
    assert history["accuracy"][-1] == accuracy(NETWORK.predict(trained, x), y)


def test_a_share_is_held_out(rng):
    theta, x, y = setting(rng)
    trained, _ = fit_scipy(NETWORK, theta, x, y, maxiter=4, validation=0.2)
    wanted, _ = fit_scipy(NETWORK, theta, x[:24], y[:24], maxiter=4)
    np.testing.assert_array_equal(trained, wanted)


@pytest.mark.parametrize("method", METHODS)
def test_ctrl_c_keeps_the_last_iteration(method, rng, capsys):
    theta, x, y = setting(rng)
    calls = []

    def loss(outputs, targets):
        calls.append(1)
        if len(calls) > 10:
            raise KeyboardInterrupt
        return binary_cross_entropy(outputs, targets)

    trained, history = fit_scipy(Network(4, NETWORK.layers, loss), theta, x, y, method, maxiter=50)
    rounds = len(history["loss"])
    assert f"Interrupted after {rounds} complete rounds" in capsys.readouterr().err
    assert 0 < rounds < 11
    wanted, _ = fit_scipy(NETWORK, theta, x, y, method, maxiter=rounds)
    np.testing.assert_array_equal(trained, wanted)


def test_ctrl_c_before_the_first_iteration_gives_back_the_start(rng, capsys):
    theta, x, y = setting(rng)

    def loss(outputs, targets):
        raise KeyboardInterrupt

    trained, history = fit_scipy(Network(4, NETWORK.layers, loss), theta, x, y)
    np.testing.assert_array_equal(trained, theta)
    assert history == {"loss": []}
