"""The exercise of chapter 7 that writes a step of Adam, with every misprint of it."""

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(8)


def _adam(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat, v_hat = m / (1 - beta_1**t), v / (1 - beta_2**t)
    return theta - alpha * m_hat / (np.sqrt(v_hat) + epsilon), m, v


# A first step from 0; a later one with memories; an ε so large that its place shows.
_CASES_ADAM = (
    {"theta": np.array([1.0, -2.0, 0.5]), "m": np.zeros(3), "v": np.zeros(3), "g": np.array([4.0, -0.5, 2.0]),
     "t": 1, "alpha": 0.1, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 0.3},
    {"theta": _RNG.normal(size=2), "m": _RNG.normal(size=2), "v": _RNG.uniform(1, 3, 2),
     "g": _RNG.normal(size=2), "t": 4, "alpha": 0.5, "beta_1": 0.8, "beta_2": 0.6, "epsilon": 0.2},
)  # fmt: skip


def _otherwise(step, mean=lambda m, g, b: b * m + (1 - b) * g, square=None, hats=True):
    """Adam with one part mistaken: step(m, v, g, t, alpha, betas, epsilon) is what is subtracted."""
    square = square or (lambda v, g, b: b * v + (1 - b) * g**2)

    def wrong(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
        m, v = mean(m, g, beta_1), square(v, g, beta_2)
        corrections = (1 - beta_1**t, 1 - beta_2**t) if hats else (1, 1)
        return theta - alpha * step(m / corrections[0], v / corrections[1], epsilon, m, v, t), m, v

    return wrong


def _right(m_hat, v_hat, epsilon, m, v, t):
    return m_hat / (np.sqrt(v_hat) + epsilon)


def _keras(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
    _, m, v = _adam(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon)
    rate = alpha * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return theta - rate * m / (np.sqrt(v) + epsilon), m, v


def _without_brackets(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
    _, m, v = _adam(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon)
    return theta - alpha * (m / (1 - beta_1**t)) / np.sqrt(v / (1 - beta_2**t)) + epsilon, m, v


def _hats_kept(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon):
    theta, m, v = _adam(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon)
    return theta, m / (1 - beta_1**t), v / (1 - beta_2**t)


def _at(shift):
    return lambda theta, m, v, g, t, *settings: _adam(theta, m, v, g, shift(t), *settings)


def _uphill(theta, m, v, *rest):
    new, m, v = _adam(theta, m, v, *rest)
    return 2 * theta - new, m, v


adam_step = Exercise(
    name="adam_step",
    solution=_adam,
    right="Both means, both hats, ε beside the root: the algorithm of the paper.",
    cases=_CASES_ADAM,
    mistakes=(
        Mistake(
            _otherwise(lambda m_hat, v_hat, e, m, v, t: m_hat / np.sqrt(v_hat) + e),
            "ε is added to the quotient: brackets are missing, m-hat / (sqrt(v-hat) + ε).",
        ),
        Mistake(
            _without_brackets,
            "ε is added to the parameters: brackets are missing, α m-hat / (sqrt(v-hat) + ε).",
        ),
        Mistake(
            _otherwise(lambda m_hat, v_hat, e, m, v, t: m_hat / np.sqrt(v_hat + e)),
            "ε stands under the root, as in Keras's RMSProp. In Adam it stands beside it.",
        ),
        Mistake(
            _otherwise(lambda m_hat, v_hat, e, m, v, t: m / (np.sqrt(v_hat) + e)),
            "The hat of m is missing: divide m by 1 − β₁ᵗ.",
        ),
        Mistake(
            _otherwise(lambda m_hat, v_hat, e, m, v, t: m_hat / (np.sqrt(v) + e)),
            "The hat of v is missing: divide v by 1 − β₂ᵗ.",
        ),
        Mistake(_otherwise(_right, hats=False), "Both hats are missing: over 1 − β₁ᵗ and 1 − β₂ᵗ."),
        Mistake(
            _keras,
            "That is Keras's form, with ε beside the root that is not corrected. Asked is the paper's.",
        ),
        Mistake(
            _otherwise(lambda m_hat, v_hat, e, m, v, t: m_hat / (v_hat + e)),
            "The root is missing: v-hat is a mean of squares.",
        ),
        Mistake(
            _otherwise(_right, square=lambda v, g, b: b * v + (1 - b) * g),
            "v is the mean of the squares: g ** 2, not g.",
        ),
        Mistake(
            _otherwise(_right, mean=lambda m, g, b: b * m + g),
            "m is a mean: the new slope weighs 1 − β₁. Without it m is the sum that momentum keeps.",
        ),
        Mistake(
            _otherwise(_right, mean=lambda m, g, b: (1 - b) * m + b * g),
            "β₁ is the share that is kept: β₁ m + (1 − β₁) g, not the other way round.",
        ),
        Mistake(
            lambda theta, m, v, g, t, alpha, beta_1, beta_2, epsilon: _adam(
                theta, m, v, g, t, alpha, beta_2, beta_1, epsilon
            ),
            "β₁ and β₂ have changed places: β₁ belongs to m, β₂ to v.",
        ),
        Mistake(_at(lambda t: t + 1), "The power is one too high: t is 1 at the first step."),
        Mistake(_at(lambda t: 1), "The corrections are the first step's: raise β₁ and β₂ to the power t."),
        Mistake(
            _hats_kept,
            "The hats were returned as the new memories. The next step needs m and v as they are.",
        ),
        Mistake(_uphill, "The step was added: it must be subtracted, or the way leads uphill."),
        Mistake(
            lambda *given: _adam(*given)[0],
            "Three results are expected: the parameters, m and v. Without them the next step has no memory.",
        ),
        Mistake(
            lambda theta, m, v, g, t, alpha, beta_1, beta_2, epsilon: (
                _adam(theta, m, v, g, t, alpha, beta_1, beta_2, epsilon)[0], m, v
            ),
            "The parameters are right, but m and v came back as they were: return the new ones.",
        ),
    ),
)  # fmt: skip

EXERCISES = (adam_step,)
