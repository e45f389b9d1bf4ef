"""A run that fails, hangs, dies, is killed, finds the disk full or another run at work."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import alone
import execution
import notebooks
import runs

EXTENSIONS = Path(notebooks.__file__).parent
KERNEL = "---\nkernelspec: {display_name: Python 3, language: python, name: python3}\n---\n\n"
FIRST = "print('the first cell')"
# The build as `make notebooks` starts it, for the book in a folder.
BUILD = """
import functools, os, signal, sys
from pathlib import Path
import alone, notebooks, runs
folder = Path(sys.argv.pop(1))
notebooks.CHAPTERS, notebooks.NOTEBOOKS = folder / "chapters", folder / "notebooks"
runs.FILE = notebooks.NOTEBOOKS / "runs.json"
alone.turn = functools.partial(alone.turn, folder / "_build" / "lock")
{before}
notebooks.main()
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits are those of POSIX")


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Writes a chapter, given its cells, into a book of its own; returns its path."""
    monkeypatch.setattr(notebooks, "CHAPTERS", tmp_path / "chapters")
    monkeypatch.setattr(notebooks, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(runs, "FILE", tmp_path / "notebooks" / "runs.json")
    notebooks.CHAPTERS.mkdir()

    def write(*cells, name="01-one"):
        chapter = notebooks.CHAPTERS / f"{name}.md"
        code = "\n".join(f"```{{code-cell}}\n{cell}\n```\n" for cell in cells)
        chapter.write_text(f"{KERNEL}# One\n\n{code}", encoding="utf-8")
        return chapter

    return write


def make_all():
    return notebooks.make_all({chapter: notebooks.problem(chapter) for chapter in notebooks.chapters()})


def build(folder, before=""):
    """Start the build in a process of its own."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(EXTENSIONS), os.environ.get("PYTHONPATH", "")])
    }
    command = [sys.executable, "-c", BUILD.format(before=before), folder]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def printed(chapter):
    return ["".join(output.text for output in cell) for cell in notebooks.outputs_of(notebooks.read(chapter))]


# A cell that doesn't end well

BAD = {
    "fails": ("1 / 0", "Expected every cell to run. Received: ZeroDivisionError: division by zero"),
    "kills its kernel": (
        "import os; os._exit(7)",
        "Expected the kernel to live to the end. Received: it died",
    ),
    "hangs": ("while True: pass", "Expected every cell to end within 3 s. Received: still at work"),
    "lacks a package": ("import no_such_thing", "ModuleNotFoundError: No module named 'no_such_thing'"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_cell_that_does_not_end_well_is_named_and_the_others_are_run(what, book, monkeypatch, capfd):
    monkeypatch.setattr(execution, "TIMEOUT", 3)
    source, words = BAD[what]
    bad, good = book(FIRST, source, "print('never')"), book(FIRST, name="02-two")
    assert make_all() == 1
    said = capfd.readouterr().err
    assert "01-one: no new notebook. " in said
    assert f"{words} in code cell 2 of 01-one:\n{source}" in said
    assert not notebooks.notebook_of(bad).exists()
    assert notebooks.problem(good) == ""
    book(FIRST, "print('mended')")
    assert make_all() == 0
    assert printed(bad) == ["the first cell\n", "mended\n"]


# A disk that is full


@contextmanager
def room(size):
    """Files can't grow beyond so many bytes."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def ran(text):
    return lambda chapter: ([[notebooks.nbformat.v4.new_output("stream", name="stdout", text=text)]], 1.0)


@pytest.mark.parametrize("size", [0, 300])
def test_a_full_disk_leaves_the_notebook_of_before(size, book):
    chapter = book(FIRST)
    notebooks.make(chapter, "it is new", ran("before\n"))
    before = {file.name: file.read_bytes() for file in notebooks.NOTEBOOKS.iterdir()}
    book(FIRST + "  # changed")
    with room(size), pytest.raises(OSError, match=r"Expected room, .* for .*\. Received: .*File too large"):
        notebooks.make(chapter, "its code has changed", ran("after\n"))
    after = {file.name: file.read_bytes() for file in notebooks.NOTEBOOKS.iterdir()}
    assert after[notebooks.notebook_of(chapter).name] == before[notebooks.notebook_of(chapter).name]
    assert set(after) == set(before), "a draft was left"
    notebooks.make(chapter, notebooks.problem(chapter), ran("after\n"))
    assert printed(chapter) == ["after\n"]
    assert notebooks.problem(chapter) == ""


def test_a_full_disk_is_told_of_and_counts_as_a_failure(book, monkeypatch, capsys):
    book(FIRST)
    monkeypatch.setattr(runs, "record", lambda *note: runs.replace(runs.FILE, "x" * 1000))
    monkeypatch.setattr(notebooks, "execute", ran("new\n"))
    with room(300):
        assert make_all() == 1
    assert (
        "01-one: no new notebook. Expected room, and the right to write, for runs.json"
        in capsys.readouterr().err
    )


# A build that is killed

KILLED = {
    "in a cell": ("", "import time; time.sleep(600)"),
    "before the notebook is moved to its place": (
        "os.replace = lambda _, file: str(file).endswith('ipynb') and os.kill(os.getpid(), signal.SIGKILL)",
        "print('slow')",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("when", KILLED)
def test_a_build_killed_half_way_leaves_nothing_that_looks_whole(when, book, tmp_path):
    before, source = KILLED[when]
    chapter = book(FIRST, f"from pathlib import Path\nPath({str(tmp_path / 'begun')!r}).touch()\n{source}")
    first = build(tmp_path, before)
    while not (tmp_path / "begun").exists():
        assert first.poll() is None, first.communicate()[0]
        time.sleep(0.05)
    if not before:
        first.kill()
    assert first.wait(60) == -signal.SIGKILL
    assert notebooks.problem(chapter) == "there is no notebook yet that can be read"
    book(FIRST, "print('after all')")
    second = build(tmp_path)
    assert "01-one: run in" in second.communicate(timeout=60)[0]
    assert printed(chapter) == ["the first cell\n", "after all\n"]
    assert sorted(os.listdir(notebooks.NOTEBOOKS)) == ["01-one.ipynb", "runs.json"]


# Two builds at once


@pytest.mark.slow
def test_of_two_builds_at_once_the_second_waits_and_finds_all_done(book, tmp_path):
    diary = tmp_path / "diary"
    note = f"import time\nwith open({str(diary)!r}, 'a') as diary: print({{!r}}, file=diary)"
    chapter = book(note.format("begins"), "time.sleep(2)", note.format("ends"))
    builds = [build(tmp_path), build(tmp_path)]
    said = sorted((one.communicate(timeout=120)[0] for one in builds), key=len)
    assert [one.returncode for one in builds] == [0, 0]
    assert diary.read_text().split() == ["begins", "ends"], "both ran the chapter"
    assert sum("Another build is under way" in words for words in said) == 1
    assert sum("nothing changed" in words for words in said) == 1
    assert notebooks.problem(chapter) == ""


def test_the_turn_of_a_killed_build_is_free_again(tmp_path):
    hold = f"import alone, time; from pathlib import Path; held = alone.turn(Path({str(tmp_path)!r}, 'lock'))"
    command = [sys.executable, "-c", f"{hold}; print('held', flush=True); time.sleep(600)"]
    holder = subprocess.Popen(command, cwd=EXTENSIONS, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    taker = subprocess.Popen([sys.executable, "-c", hold], cwd=EXTENSIONS, stdout=subprocess.PIPE, text=True)
    assert "Another build is under way" in taker.stdout.readline()
    assert taker.poll() is None
    holder.kill()
    assert taker.wait(30) == 0
    alone.turn(tmp_path / "lock").close()


def test_a_command_in_its_turn_runs_and_its_code_comes_back():
    command = [sys.executable, EXTENSIONS / "alone.py", "sh", "-c", "echo done; exit 7"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (7, "done"), done.stderr
