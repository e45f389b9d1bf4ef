"""Exercises of chapter 7, Adam, that are written in code."""

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(7)


def _momentum(theta, v, g, alpha, mu):
    v = mu * v - alpha * g
    return theta + v, v


_CASES_MOMENTUM = tuple(
    {"theta": _RNG.normal(size=n), "v": _RNG.normal(size=n), "g": _RNG.normal(size=n), "alpha": a, "mu": mu}
    for n, a, mu in ((3, 0.5, 0.9), (2, 0.1, 0.6))
)


def _otherwise_momentum(velocity, add=lambda theta, new, old: theta + new):
    """A mistaken velocity, or a mistaken way to use it."""

    def wrong(theta, v, g, alpha, mu):
        new = velocity(v, g, alpha, mu)
        return add(theta, new, v), new

    return wrong


def _velocity(v, g, alpha, mu):
    return mu * v - alpha * g


momentum_step = Exercise(
    name="momentum_step",
    solution=_momentum,
    right="First the velocity, then the parameters by the new velocity.",
    cases=_CASES_MOMENTUM,
    mistakes=(
        Mistake(
            _otherwise_momentum(lambda v, g, alpha, mu: mu * v + alpha * g),
            "The slope is added to the velocity: it must be subtracted, or the way leads uphill.",
        ),
        Mistake(
            _otherwise_momentum(_velocity, lambda theta, new, old: theta - new),
            "The velocity was subtracted: it points downhill already, by its −α g.",
        ),
        Mistake(
            _otherwise_momentum(
                lambda v, g, alpha, mu: mu * v + alpha * g, lambda theta, new, old: theta - new
            ),
            "The parameters are right, but the velocity has the other sign: here v is what is added to them.",
        ),
        Mistake(
            _otherwise_momentum(_velocity, lambda theta, new, old: theta + old),
            "The parameters moved by the old velocity: compute the new one first.",
        ),
        Mistake(
            _otherwise_momentum(lambda v, g, alpha, mu: mu * v - (1 - mu) * alpha * g),
            "That is a running mean, as in Adam: momentum sums the slopes, without the 1 − μ.",
        ),
        Mistake(
            _otherwise_momentum(lambda v, g, alpha, mu: v - alpha * g),
            "All of the old velocity was kept: μ is missing, and nothing would ever slow it down.",
        ),
        Mistake(
            _otherwise_momentum(lambda v, g, alpha, mu: mu * (v - alpha * g)),
            "μ belongs to the old velocity alone, not to the new slope.",
        ),
        Mistake(
            _otherwise_momentum(lambda v, g, alpha, mu: alpha * v - mu * g),
            "α and μ have changed places: μ keeps the velocity, α weighs the slope.",
        ),
        Mistake(
            _otherwise_momentum(lambda v, g, alpha, mu: mu * v - g),
            "The learning rate is missing before the slope.",
        ),
        Mistake(
            lambda theta, v, g, alpha, mu: (theta - alpha * (mu * v + g), mu * v + g),
            "That is PyTorch's form, with the rate outside the velocity. Here α is inside: v = μ v − α g.",
        ),
        Mistake(
            lambda theta, v, g, alpha, mu: theta - alpha * g + mu * v,
            "Two results are expected: the parameters and the velocity.",
        ),
        Mistake(
            lambda theta, v, g, alpha, mu: _momentum(theta, v, g, alpha, mu)[::-1],
            "The two results have changed places: the parameters first.",
        ),
        Mistake(
            lambda theta, v, g, alpha, mu: (theta - alpha * g, v),
            "That is gradient descent: the velocity is not used.",
        ),
        Mistake(
            lambda theta, v, g, alpha, mu: (theta + mu * _velocity(v, g, alpha, mu) - alpha * g,
                                            _velocity(v, g, alpha, mu)),
            "That is Nesterov's step, which looks one step ahead. Asked is plain momentum.",
        ),
    ),
)  # fmt: skip


def _rates(v_hat, alpha, epsilon):
    return alpha / (np.sqrt(v_hat) + epsilon)


effective_rates = Exercise(
    name="effective_rates",
    solution=_rates,
    right="One rate for each parameter, small where slopes are large.",
    cases=(
        {"v_hat": np.array([16.0, 0.25, 0.0]), "alpha": 0.1, "epsilon": 0.01},
        {"v_hat": np.array([[4.0, 9.0], [0.04, 1.0]]), "alpha": 0.3, "epsilon": 0.2},
    ),
    mistakes=(
        Mistake(
            lambda v_hat, alpha, epsilon: alpha / np.sqrt(v_hat),
            "ε is missing: where no slope has ever been seen you divide by 0.",
        ),
        Mistake(
            lambda v_hat, alpha, epsilon: alpha / np.sqrt(v_hat + epsilon),
            "ε stands under the root; in Adam it stands beside it.",
        ),
        Mistake(
            lambda v_hat, alpha, epsilon: alpha / np.sqrt(v_hat) + epsilon,
            "ε is added to the rate: brackets are missing below the bar.",
        ),
        Mistake(
            lambda v_hat, alpha, epsilon: alpha / (v_hat + epsilon),
            "The root is missing: v-hat is a mean of squares.",
        ),
        Mistake(
            lambda v_hat, alpha, epsilon: alpha * (np.sqrt(v_hat) + epsilon),
            "Turned round: where slopes are large the rate is small. Divide.",
        ),
        Mistake(
            lambda v_hat, alpha, epsilon: 1 / (np.sqrt(v_hat) + epsilon),
            "The learning rate is missing above the bar.",
        ),
        Mistake(
            lambda v_hat, alpha, epsilon: alpha / (np.sqrt(v_hat).mean() + epsilon),
            "That is one rate for all, from the mean over the parameters. Each has its own.",
        ),
        Mistake(
            lambda v_hat, alpha, epsilon: alpha / (np.linalg.norm(v_hat**0.5) + epsilon),
            "That divides by the length of all slopes together. Each parameter has its own size.",
        ),
    ),
)

EXERCISES = (momentum_step, effective_rates)
