"""Every run says which versions it ran on, at its head and again where something failed."""

import platform
from importlib.metadata import PackageNotFoundError, version

NAMES = ["numpy", "scipy", "scikit-learn", "matplotlib", "ipython", "keras", "tensorflow", "tensorflow-cpu"]


def versions():
    """The versions that outputs and tests depend on, in one line."""
    found = [f"Python {platform.python_version()}"]
    for name in NAMES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def pytest_report_header():
    return f"versions: {versions()}"


def pytest_terminal_summary(terminalreporter):
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.write_line(f"On these versions: {versions()}")
