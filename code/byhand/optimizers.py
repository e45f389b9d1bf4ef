"""Optimisers: frozen hyper-parameters, explicit state, one update rule each.

Shapes: theta and grad are (P,), all parameters of a network in one vector.
"""

from dataclasses import dataclass
from numbers import Real


@dataclass(frozen=True)
class GradientDescent:
    """θ ← θ − α ∂J/∂θ (eq-gradient-descent).

    Args:
        learning_rate: α, positive.

    Raises:
        ValueError: if the learning rate is not a positive finite number.
    """

    learning_rate: float = 0.01

    def __post_init__(self):
        rate = self.learning_rate
        if not isinstance(rate, Real) or isinstance(rate, bool) or not 0 < rate < float("inf"):
            raise ValueError(f"Expected a positive finite learning rate. Received: learning_rate={rate!r}")

    def init(self, theta):
        """No state: gradient descent remembers nothing."""
        return None

    def step(self, theta, grad, state=None):
        """Change theta in place by one step."""
        theta -= self.learning_rate * grad
