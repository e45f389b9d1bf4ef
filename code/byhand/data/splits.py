"""Splits: which examples are for training, which for validation, which for the test.

Shapes: M examples. Every data set is dealt into ten folds; a split is a range of them.
"""

import numpy as np

FOLDS = 10
FIRST_FOLD = {"train": 0, "validation": 8, "test": 9, "all": 0}
LAST_FOLD = {"train": 7, "validation": 8, "test": 9, "all": 9}


def check_split(split):
    """ValueError unless split is the name of one."""
    if split not in list(FIRST_FOLD):
        raise ValueError(f"Expected a split among {', '.join(FIRST_FOLD)}. Received: split={split!r}")


def in_split(fold, split):
    """Whether each fold (M,) belongs to the split: (M,) bool."""
    return (fold >= FIRST_FOLD[split]) & (fold <= LAST_FOLD[split])


def deal(y, rng):
    """Folds for examples of which each is its own original: every class dealt evenly into ten."""
    fold = np.empty(len(y), np.int64)
    for label in np.unique(y):
        mine = shuffled(np.flatnonzero(y == label), rng)
        fold[mine] = np.arange(len(mine)) % FOLDS
    return fold


def shuffled(items, rng):
    """A permutation from `rng.random` alone, the generator method least likely ever to change."""
    return items[np.argsort(rng.random(len(items)))]


def plan(examples, split, seed):
    """For made data, the three checked: a generator, the folds (M,) dealt in turn, which to keep (M,)."""
    check_split(split)
    check_examples(examples)
    check_seed(seed)
    fold = np.arange(examples) % FOLDS
    return np.random.default_rng(seed), fold, in_split(fold, split)


def check_examples(examples, least=FOLDS):
    """ValueError unless examples is a whole number large enough for every fold."""
    whole = isinstance(examples, (int, np.integer)) and not isinstance(examples, bool)
    if not whole or examples < least:
        raise ValueError(f"Expected a whole number of examples, at least {least}. Received: {examples=}")


def check_seed(seed):
    """ValueError unless seed is a whole number, 0 or more."""
    if not isinstance(seed, (int, np.integer)) or isinstance(seed, bool) or seed < 0:
        raise ValueError(f"Expected a seed as a whole number, 0 or more. Received: {seed=}")
