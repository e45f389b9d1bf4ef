"""What goes wrong around the package, in processes of its own: no network, a disk that is full."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from byhand import network
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network

CODE = Path(network.__file__).parents[1]


def run(script, **environment):
    """What a Python of its own prints."""
    environment = os.environ | {"PYTHONPATH": str(CODE), "TF_CPP_MIN_LOG_LEVEL": "3"} | environment
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout


# MNIST's file


def test_without_a_network_a_damaged_download_is_not_taken_for_mnist(tmp_path):
    """Keras compares the SHA-256 of what its cache holds; nothing listens at port 9, so there is no other."""
    said = run(
        """
        import os, pickle
        from pathlib import Path
        from byhand.data import load_digits
        file = Path(os.environ["KERAS_HOME"], "datasets", "mnist.npz")
        file.parent.mkdir()
        for cached in (b"PK cut short", pickle.dumps(print), b""):
            file.write_bytes(cached)
            try:
                load_digits(source="mnist")
            except ConnectionError as error:
                print("refused:", error)
        """,
        KERAS_HOME=str(tmp_path),
        HTTPS_PROXY="http://127.0.0.1:9",
        https_proxy="http://127.0.0.1:9",
    )
    wanted = (
        'refused: Expected to fetch MNIST through keras.datasets; without a network use source="embedded"'
    )
    assert said.count(wanted) == 3


# A disk that is full, or may not be written to


NETWORK = Network(9, [Dense(5), Dense(2)], squared_error)
SAVE = """
    import sys
    from pathlib import Path
    import numpy as np
    from byhand.layers import Dense
    from byhand.losses import squared_error
    from byhand.network import Network
    {before}
    network, file = Network(9, [Dense(5), Dense(2)], squared_error), Path({folder!r}, "trained.npz")
    try:
        network.save(file, np.ones(network.size))
    except OSError as error:
        print(error.strerror)
"""
FULL = """
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, {bytes}))
"""
NOBODY = "import os; os.geteuid() or os.setuid(65534)"


@pytest.fixture
def saved(tmp_path):
    """A file saved before."""
    NETWORK.save(tmp_path / "trained.npz", np.zeros(NETWORK.size))
    return tmp_path


@pytest.mark.parametrize("size", [0, 100, 1000])
def test_a_full_disk_leaves_the_file_saved_before(size, saved):
    pytest.importorskip("resource")
    before = textwrap.indent(textwrap.dedent(FULL.format(bytes=size)), "    ")
    assert run(SAVE.format(before=before, folder=str(saved))) == "File too large\n"
    assert os.listdir(saved) == ["trained.npz"]
    assert not NETWORK.load(saved / "trained.npz").any()
    assert run(SAVE.format(before="", folder=str(saved))) == ""
    assert NETWORK.load(saved / "trained.npz").all()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders have no such rights here")
def test_a_folder_that_may_not_be_written_to_is_named(saved):
    for folder in (saved, *saved.parents[:3]):
        folder.chmod(0o755)
    saved.chmod(0o555)
    try:
        assert run(SAVE.format(before=NOBODY, folder=str(saved))) == "Permission denied\n"
    finally:
        saved.chmod(0o755)
    assert os.listdir(saved) == ["trained.npz"]
    assert not NETWORK.load(saved / "trained.npz").any()
