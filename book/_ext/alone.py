"""One build at a time: a second one waits for its turn.

python book/_ext/alone.py COMMAND …    wait, then become this command
"""

import os
import sys
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has none; there, two builds at once are up to whoever starts them
    fcntl = None

LOCK = Path(__file__).resolve().parents[2] / "_build" / "lock"


def turn(lock=LOCK):
    """The lock, an open file: held until it is closed, or until the process has ended, in whatever way."""
    lock.parent.mkdir(exist_ok=True)
    opened = lock.open("w")
    if fcntl:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("   Another build is under way. Waiting for it …", flush=True)
            fcntl.flock(opened, fcntl.LOCK_EX)
    return opened


if __name__ == "__main__":
    held = turn()
    os.set_inheritable(held.fileno(), True)  # by the command, and by whatever outlives it
    os.execvp(sys.argv[1], sys.argv[1:])
