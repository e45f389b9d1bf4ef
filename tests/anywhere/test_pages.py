"""The pages of one commit are the same bytes whenever and wherever they are built, whatever came between."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from elsewhere import clone, outside

MAKE = ["make", "-o", ".venv/.ready", "notebooks", "pages"]
CHAPTER = Path("chapters", "03-why-nonlinear.md")
# A file that may differ from build to build: why. Nothing does.
EXPLAINED: dict[str, str] = {}
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]


def start(folder, *words, **more):
    """A build of the pages as `make pages` does it, with what is installed here, in a session of its own."""
    environment = outside(PYTHONPATH=str(folder / "code"), **more)
    return subprocess.Popen(
        [*words, *MAKE],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def finish(build):
    """What the build said, and the pages that it left."""
    said = build.communicate(timeout=1800)[0]
    assert build.returncode == 0, said[-3000:]
    return said


def pages(folder):
    """{file: SHA-256} of the built pages, and of whatever lies beside them."""
    site = folder / "_build" / "html"
    files = [file for file in site.rglob("*") if file.is_file()]
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def copy(folder):
    clone(folder)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


@pytest.fixture(scope="module")
def wanted(tmp_path_factory):
    """The pages of a build that nothing disturbs."""
    folder = copy(tmp_path_factory.mktemp("pages") / "book")
    finish(start(folder, PYTHONHASHSEED="1", TZ="UTC"))
    found = pages(folder)
    assert "book/index.html" in found
    return found


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Another copy, in another folder."""
    return copy(tmp_path_factory.mktemp("pages") / "das Buch – книга")


def assert_same(found, wanted):
    assert found.keys() == wanted.keys()
    assert {name for name in wanted if found[name] != wanted[name]} == EXPLAINED.keys()


def test_after_a_build_that_was_killed_the_next_gives_the_same_bytes(book, wanted):
    killed = start(book)
    draft = book / "_build" / "draft" / "_build" / "html"
    while not len(list(draft.rglob("*.html"))) > 3:
        assert killed.poll() is None, killed.communicate()[0]
        time.sleep(0.1)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert not (book / "_build" / "html").exists(), "half a site in the place of a whole one"
    finish(start(book, PYTHONHASHSEED="2", TZ="Pacific/Chatham", LC_ALL="C"))
    assert_same(pages(book), wanted)


def test_a_full_disk_leaves_no_pages_and_two_builds_at_once_give_the_same_bytes(book, wanted):
    shutil.rmtree(book / "_build", ignore_errors=True)  # or nothing would be left to do
    full = start(book, "bash", "-c", 'ulimit -f 200 && exec "$@"', "bash")
    said = full.communicate(timeout=1800)[0]
    assert full.returncode != 0
    assert "File too large" in said
    assert not Path(book, "_build", "html").exists()
    said = [finish(build) for build in (start(book), start(book))]
    assert any("Another build is under way" in words for words in said)  # or each waits once for the other
    assert sorted(written(words) > 0 for words in said) == [False, True]
    assert_same(pages(book), wanted)


def edit(folder, old, new):
    """Change the first place of a text in a chapter."""
    file = folder / CHAPTER
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def written(said):
    """How many pages a build wrote."""
    return sum("writing output" in line for line in said.replace("\r", "\n").splitlines())


def test_prose_that_was_edited_costs_a_few_pages_and_going_back_gives_the_same_bytes(book, wanted):
    finish(start(book))
    edit(book, "Every ", "Now every ")
    assert 0 < written(finish(start(book))) < 10
    edit(book, "Now every ", "Every ")
    assert 0 < written(finish(start(book))) < 10
    assert_same(pages(book), wanted)


def test_a_title_that_was_edited_is_edited_wherever_it_is_told(book, wanted, tmp_path_factory):
    fresh = copy(tmp_path_factory.mktemp("pages") / "book")
    finish(start(book))
    for folder in (book, fresh):
        edit(folder, "# Why ", "# Once more: why ")
        assert written(finish(start(folder))) > 30
    assert_same(pages(book), pages(fresh))
    assert pages(book) != wanted
