"""What a reader sees of a long training, and how to end it."""

import sys
from contextlib import contextmanager


@contextmanager
def keep_on_interrupt(history):
    """Ctrl-C inside the block ends the block, not the program, and says how far training came."""
    try:
        yield
    except KeyboardInterrupt:
        rounds = len(history["loss"])
        print(f"Interrupted after {rounds} complete rounds; what was learned is kept.", file=sys.stderr)


@contextmanager
def progress_bar(rounds, wanted):
    """A function that takes one round's record and moves the bar on.

    Nothing is drawn unless it is wanted and somebody watches: a terminal or a notebook.

    Args:
        rounds: how many there will be at most.
        wanted: whether to draw.

    Raises:
        ImportError: if the bar is to be drawn and tqdm is not installed.
    """
    if not (wanted and is_watched()):
        yield lambda record: None
        return
    with _tqdm()(total=rounds) as bar:

        def advance(record):
            bar.set_postfix({name: f"{value:.4f}" for name, value in record.items()}, refresh=False)
            bar.update()

        yield advance


def is_watched():
    """Whether this runs in a terminal or in a notebook."""
    ipython = sys.modules.get("IPython")
    return sys.stderr.isatty() or hasattr(ipython and ipython.get_ipython(), "kernel")


def _tqdm():
    try:
        from tqdm import tqdm  # type: ignore[import-untyped]
    except ImportError as error:
        raise ImportError(
            f"Expected tqdm for a progress bar: pip install tqdm, or progress=False. Received: {error}"
        ) from error
    return tqdm
