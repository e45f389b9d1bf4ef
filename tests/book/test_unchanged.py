"""A build that has nothing to do is seen; one that has something to do is never skipped."""

import pytest

import unchanged


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A book of one chapter, built."""
    for variable in ("BOOK_POLICY", "BOOK_REPOSITORY", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(variable, raising=False)
    for name in ("chapters/01-first.md", ".github/workflows/test.yml"):
        write(tmp_path / name)
    assert not unchanged.is_unchanged(tmp_path)
    write(tmp_path / "_build/html/a/index.html")
    unchanged.keep(tmp_path)
    return tmp_path


def write(file):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(file.name)


def test_what_was_built_whole_is_not_built_again(book):
    assert unchanged.is_unchanged(book)
    assert unchanged.is_unchanged(book)


@pytest.mark.parametrize(
    "name", ["chapters/01-first.md", "chapters/02-new.md", ".github/workflows/test.yml", "_config.yml"]
)
def test_a_source_that_is_new_or_changed_is_seen(book, name):
    (book / name).write_text("else")
    assert not unchanged.is_unchanged(book)


def test_a_source_that_is_gone_is_seen(book):
    (book / "chapters/01-first.md").unlink()
    assert not unchanged.is_unchanged(book)


def test_a_source_that_was_moved_is_seen(book):
    (book / "chapters/01-first.md").rename(book / "chapters/02-first.md")
    assert not unchanged.is_unchanged(book)


@pytest.mark.parametrize("name", ["_build/html", "_build/html/a/index.html"])
def test_pages_that_are_gone_are_seen(book, name):
    (book / name).rename(book / "_build" / "away")
    assert not unchanged.is_unchanged(book)


def test_a_page_that_was_cut_off_is_seen_and_all_are_thrown_away(book):
    (book / "_build/html/a/index.html").write_text("")
    assert not unchanged.is_unchanged(book)
    assert not (book / "_build/html").exists()


@pytest.mark.parametrize(("variable", "value"), [("BOOK_POLICY", "1"), ("BOOK_REPOSITORY", "someone/book")])
def test_what_the_environment_says_of_the_pages_counts(book, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    assert not unchanged.is_unchanged(book)


def test_after_a_build_that_failed_there_is_one_to_do(book):
    (book / "chapters/01-first.md").write_text("half")
    assert not unchanged.is_unchanged(book)
    assert not unchanged.is_unchanged(book)


def test_what_is_written_during_a_build_is_built_by_the_next(book):
    (book / "chapters/01-first.md").write_text("before")
    assert not unchanged.is_unchanged(book)
    (book / "chapters/01-first.md").write_text("meanwhile")
    unchanged.keep(book)
    assert not unchanged.is_unchanged(book)


@pytest.mark.parametrize("name", ["_build/equations.json", ".venv/any.py", "code/byhand/__pycache__/a.pyc"])
def test_what_tests_and_tools_leave_behind_does_not_count(book, name):
    write(book / name)
    assert unchanged.is_unchanged(book)
