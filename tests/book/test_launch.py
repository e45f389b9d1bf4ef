"""Launch links are those of the copy that is built: a fork's its own, none where there is no repository."""

import json
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

import launch
import repository
from repository import Repository

CHAPTER = "# One\n\nText.\n"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    """No repository is named unless a test names one."""
    for name in (
        "BOOK_REPOSITORY",
        "GITHUB_REPOSITORY",
        "BOOK_BRANCH",
        "BOOK_NOTEBOOKS_BRANCH",
        "GITHUB_REF_NAME",
    ):
        monkeypatch.delenv(name, raising=False)


def clone(folder, address):
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    subprocess.run(["git", "-C", folder, "remote", "add", "origin", address], check=True)
    return folder


def links(page):
    return {
        tag.get_text(): tag["href"]
        for tag in BeautifulSoup(page.read_text(), "html.parser").select(".launch a, .foot a")
    }


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ada/book",
        "https://github.com/ada/book.git",
        "https://x-access-token@github.com/ada/book.git",
        "git@github.com:ada/book.git",
        "ssh://git@github.com/ada/book",
    ],
)
def test_git_remote_is_read(tmp_path, address):
    assert repository.find(clone(tmp_path, address)) == Repository("ada", "book", "main")


@pytest.mark.parametrize("address", ["https://example.org/ada/book.git", "/srv/git/book"])
def test_other_hosts_have_no_launch_links(tmp_path, address):
    assert repository.find(clone(tmp_path, address)) is None


def test_without_git_there_is_no_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert repository.find(tmp_path) is None


def test_environment_comes_before_the_remote(tmp_path, monkeypatch):
    clone(tmp_path, "git@github.com:ada/book.git")
    monkeypatch.setenv("GITHUB_REPOSITORY", "grace/fork")
    monkeypatch.setenv("GITHUB_REF_NAME", "drafts/two")
    assert repository.find(tmp_path) == Repository("grace", "fork", "drafts/two", "drafts/two")
    monkeypatch.setenv("BOOK_REPOSITORY", "https://github.com/mary/own")
    monkeypatch.setenv("BOOK_BRANCH", "main")
    assert repository.find(tmp_path) == Repository("mary", "own", "main")
    monkeypatch.setenv("BOOK_NOTEBOOKS_BRANCH", "notebooks")
    assert repository.find(tmp_path) == Repository("mary", "own", "main", "notebooks")


@pytest.mark.parametrize(
    "text", ["book", "ada/book/x", "https://example.org/ada/book", "ada/bo ok", "ada/..", '"><script>/x', "/"]
)
def test_malformed_repository_is_refused(tmp_path, monkeypatch, text):
    monkeypatch.setenv("BOOK_REPOSITORY", text)
    with pytest.raises(ValueError, match=r"Expected owner/name .* Received: BOOK_REPOSITORY="):
        repository.find(tmp_path)


@pytest.mark.parametrize("text", ["a b", "../main", "/main", "main/", "a?b"])
def test_malformed_branch_is_refused(tmp_path, monkeypatch, text):
    monkeypatch.setenv("BOOK_REPOSITORY", "ada/book")
    monkeypatch.setenv("BOOK_BRANCH", text)
    with pytest.raises(ValueError, match=r"Expected the name of a branch.* Received: branch="):
        repository.find(tmp_path)


def test_branch_with_a_slash_is_one_part_for_binder():
    colab, binder = launch.launch_links(
        Repository("ada", "book", "main", "drafts/two"), "01-one", "git+https://github.com/ada/book@main"
    )
    assert colab.href == (
        "https://colab.research.google.com/github/ada/book/blob/drafts/two/notebooks/01-one.ipynb"
    )
    assert (
        binder.href
        == "https://mybinder.org/v2/gh/ada/book/drafts%2Ftwo?urlpath=lab/tree/notebooks/01-one.ipynb"
    )


def test_pages_follow_the_repository(build_book, monkeypatch):
    """Also when the pages were built before: another repository rewrites them."""
    assert links(build_book(CHAPTER)) == {}
    for owner in ("ada", "grace"):
        monkeypatch.setenv("BOOK_REPOSITORY", f"{owner}/book")
        found = links(build_book(CHAPTER))
        assert list(found) == ["Open in Binder", "Repository", "Edit this page", "Report a mistake"]
        assert all(f"/{owner}/book" in address for address in found.values())
        assert found["Edit this page"] == f"https://github.com/{owner}/book/edit/main/chapters/one.md"
    monkeypatch.delenv("BOOK_REPOSITORY")
    assert links(build_book(CHAPTER)) == {}


def test_colab_is_offered_only_where_the_notebook_installs_from_the_repository():
    here, elsewhere = "git+https://github.com/ada/book@main", "git+https://github.com/ada/book2@main"
    names = [
        [link.text for link in launch.launch_links(Repository("ada", "book"), "01-one", text)]
        for text in (here, elsewhere, "")
    ]
    assert names == [["Open in Colab", "Open in Binder"], ["Open in Binder"], ["Open in Binder"]]


def test_malformed_repository_stops_the_build(build_book, monkeypatch):
    monkeypatch.setenv("BOOK_REPOSITORY", "book")
    with pytest.raises(ConfigError, match="Expected owner/name"):
        build_book(CHAPTER)


def test_notebook_can_be_downloaded_offline(build_book, tmp_path):
    notebooks = tmp_path / "source" / "notebooks"
    notebooks.mkdir(parents=True)
    (notebooks / "one.ipynb").write_text(
        json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    page = build_book(CHAPTER)
    href = links(page)["Download notebook"]
    assert Path(page.parent, href).resolve().read_bytes() == (notebooks / "one.ipynb").read_bytes()
    assert links(page.parents[1] / "index.html") == {}
