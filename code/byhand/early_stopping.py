"""Early stopping: no more epochs once held-out data stop improving. Prechelt (1998)."""

import math
from dataclasses import dataclass
from types import SimpleNamespace

from byhand.checks import check_number, is_not_negative
from byhand.layers import is_count


@dataclass(frozen=True)
class EarlyStopping:
    """Stop after `patience` epochs in a row without a new best, in the way of Keras.

    Args:
        patience: epochs without improvement that are borne, at least 1.
        min_delta: how far below the best a value must lie to count as better.
        restore_best: whether to end with the parameters of the best epoch instead of those of the last.
        monitor: the name in the history that is watched; lower is better.

    Raises:
        ValueError: if one of them is out of range.

    Example:
        >>> stop = EarlyStopping(patience=2)
        >>> state = stop.init(theta=np.zeros(1))
        >>> [stop.is_over({"val_loss": J}, np.full(1, J), state) for J in (0.9, 0.5, 0.6, 0.7)]
        [False, False, False, True]
        >>> stop.chosen(np.full(1, 0.7), state)
        array([0.5])
    """

    patience: int = 5
    min_delta: float = 0.0
    restore_best: bool = True
    monitor: str = "val_loss"

    def __post_init__(self):
        if not is_count(self.patience):
            raise ValueError(f"Expected a patience of at least 1 epoch. Received: patience={self.patience!r}")
        check_number(self.min_delta, "min_delta", "a finite min_delta of 0 or more", is_not_negative)
        if not isinstance(self.restore_best, bool) or not isinstance(self.monitor, str):
            raise ValueError(
                f"Expected restore_best as True or False and monitor as a name in the history. "
                f"Received: restore_best={self.restore_best!r}, monitor={self.monitor!r}"
            )

    def init(self, theta):
        """Nothing seen yet: the state of a run, with room for the best parameters."""
        return SimpleNamespace(best=math.inf, waited=0, theta=theta.copy())

    def is_over(self, record, theta, state):
        """Take note of one epoch's record and parameters; whether patience has run out."""
        value = record[self.monitor]
        if value < state.best - self.min_delta:
            state.best, state.waited, state.theta[:] = value, 0, theta
        else:
            state.waited += 1
        return state.waited >= self.patience

    def chosen(self, theta, state):
        """The best parameters, if they are asked for and there are any; else theta."""
        return state.theta if self.restore_best and state.best < math.inf else theta
