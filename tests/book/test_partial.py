"""What decides whether one page or all are written; tests/anywhere/test_pages.py edits the whole book."""

import json
from types import SimpleNamespace

import pytest
from docutils import nodes

import partial


def paragraph(text):
    return nodes.paragraph("", text)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ({"a": 1, "b": {3, 1, 2}}, {"b": {2, 1, 3}, "a": 1}),
        ([paragraph("x")], (paragraph("x"),)),
        ({("a", 1): [paragraph("x")]}, {("a", 1): [paragraph("x")]}),
    ],
)
def test_what_pages_know_is_told_alike_in_any_order(one, same):
    assert partial.plain(one) == partial.plain(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": 2}),
        (paragraph("x"), paragraph("y")),
        ([1, 2], [2, 1]),
        ({"a": ["x"]}, {"a": ["x", "x"]}),
    ],
)
def test_what_differs_is_told_differently(one, other):
    assert partial.plain(one) != partial.plain(other)


@pytest.fixture
def app(tmp_path):
    env = SimpleNamespace(_search_index_index_entries={})
    return SimpleNamespace(doctreedir=tmp_path, env=env, builder=SimpleNamespace(name="html"))


def test_a_build_that_ends_well_leaves_a_note_to_the_next(app):
    app.env.written_whole, app.env._search_index_index_entries["a"] = "digest", [["word", "id", ""]]
    partial.end(app, None)
    app.env = SimpleNamespace(_search_index_index_entries={})
    partial.begin(app)
    assert app.env.written_whole == "digest"
    assert app.env._search_index_index_entries == {"a": [["word", "id", ""]]}


def test_a_build_that_fails_or_is_cut_off_leaves_none(app):
    app.env.written_whole = "digest"
    partial.end(app, None)
    partial.begin(app)
    assert not partial.note(app).exists()
    partial.end(app, ValueError())
    assert not partial.note(app).exists()


def test_another_kind_of_book_says_nothing_about_the_pages(app):
    app.builder.name, app.env.written_whole = "singlehtml", "digest"
    partial.end(app, None)
    assert not partial.note(app).exists()


def test_where_what_pages_know_has_changed_all_are_written_into_an_empty_folder(app, tmp_path, monkeypatch):
    monkeypatch.setattr(partial, "whole", lambda env: "new")
    app.outdir = tmp_path / "html"
    app.outdir.mkdir()
    (app.outdir / "old.html").write_text("")
    app.env.written_whole, app.env.found_docs = "old", {"a", "b"}
    assert sorted(partial.reach(app, app.env)) == ["a", "b"]
    assert list(app.outdir.iterdir()) == []
    (app.outdir / "new.html").write_text("")
    assert partial.reach(app, app.env) == []
    assert [file.name for file in app.outdir.iterdir()] == ["new.html"]


def test_a_chapter_with_another_title_has_the_back_matter_read_again(monkeypatch):
    env = SimpleNamespace(found_docs=["book/checked", "chapters/01-first"])
    assert partial.retitled(None, env, (), (), ()) == ["book/checked"]
    assert partial.retitled(None, env, (), (), ()) == []
    monkeypatch.setattr(partial, "title", lambda stem: f"Another {stem}")
    assert partial.retitled(None, env, (), (), ()) == ["book/checked"]


def test_the_note_is_json(app):
    app.env.written_whole = "digest"
    partial.end(app, None)
    assert json.loads(partial.note(app).read_text()) == {"whole": "digest", "index": {}}
