"""Optimizers: frozen hyper-parameters, explicit state, one update rule each, in Keras's conventions.

Shapes: theta and grad are (P,), all parameters of a network in one vector. `init(theta)` makes the state of
a run; `step(theta, grad, state)` changes theta and state in place and returns nothing. Products are written
into state.scratch, so that a step allocates nothing.
"""

import math
from dataclasses import dataclass, fields
from types import SimpleNamespace

import numpy as np

from byhand.checks import check_number, is_not_negative, is_positive, look_up

# What each hyper-parameter must be: in words, and as a test.
RANGES = {
    "learning_rate": ("a positive finite learning rate", is_positive),
    "momentum": ("a momentum from 0 to below 1", lambda value: 0 <= value < 1),
    "rho": ("a memory rho from 0 to below 1", lambda value: 0 <= value < 1),
    "beta_1": ("a memory beta_1 from 0 to below 1", lambda value: 0 <= value < 1),
    "beta_2": ("a memory beta_2 from 0 to below 1", lambda value: 0 <= value < 1),
    "epsilon": ("a positive finite epsilon", is_positive),
    "weight_decay": ("a weight decay of 0 or more, finite", is_not_negative),
}


class Optimizer:
    """What all of them share: the check of the hyper-parameters (ValueError if one is out of range)."""

    def __post_init__(self):
        for name in (field.name for field in fields(self)):  # type: ignore[arg-type]
            check_number(getattr(self, name), name, *RANGES[name])


@dataclass(frozen=True)
class GradientDescent(Optimizer):
    """θ ← θ − α ∂J/∂θ (eq-gradient-descent). Cauchy (1847).

    Args:
        learning_rate: α, positive.
    """

    learning_rate: float = 0.01

    def init(self, theta):
        """No state: gradient descent remembers nothing."""
        return None

    def step(self, theta, grad, state=None):
        """Change theta in place by one step.

        Example:
            >>> theta = np.array([1.0, 2.0])
            >>> GradientDescent(0.5).step(theta, grad=np.array([2.0, 0.0]))
            >>> theta
            array([0., 2.])
        """
        check(theta, grad)
        theta -= self.learning_rate * grad


@dataclass(frozen=True)
class Momentum(Optimizer):
    """v ← μ v − α g, then θ ← θ + v: steps that agree grow, steps that disagree cancel. Polyak (1964).

    Args:
        learning_rate: α, positive.
        momentum: μ in [0, 1), the share of the last step that is kept.
    """

    learning_rate: float = 0.01
    momentum: float = 0.9

    def init(self, theta):
        """At rest: v = 0."""
        return memory(theta, "v")

    def step(self, theta, grad, state):
        """Change theta and the velocity v in place by one step."""
        check(theta, grad, state.v)
        v, scratch = state.v, state.scratch
        v *= self.momentum
        v -= np.multiply(self.learning_rate, grad, out=scratch)
        theta += v


@dataclass(frozen=True)
class Nesterov(Momentum):
    """v ← μ v − α g, then θ ← θ + μ v − α g: momentum that looks one step ahead. Nesterov (1983).

    Written, as in Keras, for the point ahead, where the gradient is taken: Sutskever et al. (2013), eq. 3–4,
    after a change of variable.
    """

    def step(self, theta, grad, state):
        """Change theta and the velocity v in place by one step."""
        check(theta, grad, state.v)
        v, scratch = state.v, state.scratch
        descent = np.multiply(self.learning_rate, grad, out=scratch)
        v *= self.momentum
        v -= descent
        theta -= descent
        theta += np.multiply(self.momentum, v, out=scratch)


@dataclass(frozen=True)
class RMSProp(Optimizer):
    """v ← ρ v + (1−ρ) g², then θ ← θ − α g / √(v + ε): a rate for every parameter.

    Tieleman and Hinton (2012), lecture 6.5; ε stands under the root in Keras, outside it in PyTorch.

    Args:
        learning_rate: α, positive.
        rho: ρ in [0, 1), how much of the mean square is kept.
        epsilon: ε, positive.
    """

    learning_rate: float = 0.001
    rho: float = 0.9
    epsilon: float = 1e-7

    def init(self, theta):
        """Mean square v = 0."""
        return memory(theta, "v")

    def step(self, theta, grad, state):
        """Change theta and the mean square v in place by one step."""
        check(theta, grad, state.v)
        v, scratch = state.v, state.scratch
        v *= self.rho
        v += np.multiply(1 - self.rho, np.square(grad, out=scratch), out=scratch)
        root = np.sqrt(np.add(v, self.epsilon, out=scratch), out=scratch)
        descent = np.divide(grad, root, out=scratch)
        descent *= self.learning_rate
        theta -= descent


@dataclass(frozen=True)
class Adam(Optimizer):
    """m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g², then θ ← θ − α_t m / (√v + ε).

    α_t = α √(1−β₂ᵗ) / (1−β₁ᵗ) undoes the start from zero: it is the form at the end of section 2 of Kingma
    and Ba (2015), and Keras's. Their algorithm 1, α m̂ / (√v̂ + ε), is the same but for ε, which there is not
    divided by √(1−β₂ᵗ).

    Args:
        learning_rate: α, positive.
        beta_1: β₁ in [0, 1), how much of the mean gradient m is kept.
        beta_2: β₂ in [0, 1), how much of the mean square v is kept.
        epsilon: ε, positive.
    """

    learning_rate: float = 0.001
    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-7

    def init(self, theta):
        """No step yet, t = 0; mean gradient m = 0 and mean square v = 0."""
        return memory(theta, "m", "v", t=0)

    def step(self, theta, grad, state):
        """Change theta, t, m and v in place by one step."""
        check(theta, grad, state.m)
        m, v, scratch = state.m, state.v, state.scratch
        state.t += 1
        m *= self.beta_1
        m += np.multiply(1 - self.beta_1, grad, out=scratch)
        v *= self.beta_2
        v += np.multiply(1 - self.beta_2, np.square(grad, out=scratch), out=scratch)
        root = np.sqrt(v, out=scratch)
        root += self.epsilon
        descent = np.divide(m, root, out=scratch)
        descent *= self.rate(state.t)
        theta -= descent

    def rate(self, t):
        """α_t; by math, not NumPy, whose float64 would widen float32 parameters."""
        return self.learning_rate * math.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)


@dataclass(frozen=True)
class AdamW(Adam):
    """θ ← θ − α λ θ, then a step of Adam: decay apart from the gradient. Loshchilov and Hutter (2019).

    It decays every parameter, biases too, as Keras does unless told otherwise.

    Args:
        learning_rate: α, positive.
        beta_1: as in Adam.
        beta_2: as in Adam.
        epsilon: as in Adam.
        weight_decay: λ, 0 or more.
    """

    weight_decay: float = 0.004

    def step(self, theta, grad, state):
        """Change theta, t, m and v in place by one step."""
        check(theta, grad, state.m)
        theta *= 1 - self.learning_rate * self.weight_decay
        super().step(theta, grad, state)


OPTIMIZERS = {
    "gradient_descent": GradientDescent,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "rmsprop": RMSProp,
    "adam": Adam,
    "adamw": AdamW,
}


def get(name):
    """The optimizer called name, a class; ValueError for a name that is not known."""
    return look_up(name, OPTIMIZERS, "an optimizer")


def memory(theta, *names, **counts):
    """The state of a run: zeros like theta by name, counts, scratch; ValueError for a theta of integers."""
    if not isinstance(theta, np.ndarray) or not np.issubdtype(theta.dtype, np.floating):
        raise ValueError(
            f"Expected theta as an array in floating point. "
            f"Received: {type(theta).__name__}, theta.dtype={getattr(theta, 'dtype', None)}"
        )
    arrays = {name: np.zeros_like(theta) for name in names}
    return SimpleNamespace(**arrays, **counts, scratch=np.empty_like(theta))


def check(theta, grad, *memories):
    """ValueError for arrays of different shapes, before a gradient of one entry moves every parameter."""
    if len(set(map(np.shape, (theta, grad, *memories)))) > 1:
        received = [np.shape(array) for array in memories]
        raise ValueError(
            f"Expected theta, grad and state of one shape. Received: theta.shape={np.shape(theta)}, "
            f"grad.shape={np.shape(grad)}, shapes of the state={received}"
        )
