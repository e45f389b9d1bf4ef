"""Write again only the pages that a change can reach.

Sphinx writes the page of a changed source anew, but not those that speak of it, in a link, a number, a term
or a table of contents. So all that chapters tell other pages is put into one digest, with every file but the
chapters and notebooks; where it has changed, all pages are written, into an empty folder.
"""

import gc
import hashlib
import json
import shutil
from pathlib import Path

from docutils import nodes

import notebooks
import unchanged
from equations import title
from rendering import outputs_digest

TEXTS = ("chapters", "notebooks")
NUMBERED = ("toc_secnumbers", "toc_fignumbers", "toctree_includes")


def told(env):
    """What pages know of one another."""
    exercises = getattr(env, "sphinx_exercise_registry", {})
    return [
        env.titles,
        *(getattr(env, name) for name in NUMBERED),
        *(env.domaindata[name] for name in ("math", "std", "py")),
        {label: (entry["docname"], entry["node"].children[:1]) for label, entry in exercises.items()},
        [(entry.anchor, entry.forms, entry.text, entry.pages) for entry in getattr(env, "glossary", ())],
        set(map(repr, env.domaindata["cite"]["citation_refs"])),
        set(env.images),
        {chapter.name: outputs_digest(notebooks.read(chapter)) for chapter in notebooks.chapters()},
    ]


def plain(value):
    """A value as text that does not depend on the order in which pages were read."""
    if isinstance(value, nodes.Node):
        return value.pformat()
    if isinstance(value, dict):
        return repr(sorted((repr(key), plain(one)) for key, one in value.items()))
    if isinstance(value, (set, frozenset)):
        return repr(sorted(map(plain, value)))
    if isinstance(value, (list, tuple)):
        return repr(list(map(plain, value)))
    return repr(value)


def whole(env):
    """The digest that decides."""
    others = unchanged.wanted(Path(env.srcdir), leave_out=TEXTS)
    return hashlib.sha256((plain(told(env)) + others).encode()).hexdigest()


def note(app):
    """Where it is noted what the pages that lie there were told; nowhere while a build is under way."""
    return Path(app.doctreedir, "whole.json")


def begin(app):
    """Take the note away: a build that does not end leaves none."""
    found = json.loads(note(app).read_text()) if note(app).is_file() else {"whole": "", "index": {}}
    app.env.written_whole = found["whole"]
    app.env._search_index_index_entries.update(found["index"])  # Sphinx forgets those of pages it keeps
    note(app).unlink(missing_ok=True)


def retitled(_app, env, _added, _changed, _removed):
    """The pages to read again where a chapter has another title: those of the back matter name them."""
    before = getattr(env, "chapter_titles", None)
    env.chapter_titles = {chapter.stem: title(chapter.stem) for chapter in notebooks.chapters()}
    if before == env.chapter_titles:
        return []
    return [name for name in env.found_docs if name.startswith("book/")]


def reach(app, env):
    """The pages to write besides those whose source changed."""
    before, env.written_whole = env.written_whole, whole(env)
    if app.builder.name != "html" or before == env.written_whole:
        return []
    env._search_index_index_entries.clear()
    shutil.rmtree(app.outdir, ignore_errors=True)
    Path(app.outdir).mkdir(parents=True)
    return list(env.found_docs)


def end(app, exception):
    """Note what the pages were told, once all are written."""
    if not exception and app.builder.name == "html":
        found = {"whole": app.env.written_whole, "index": app.env._search_index_index_entries}
        note(app).write_text(json.dumps(found))


def setup(app):
    """Connect the steps; the last to be asked, when numbers and uses are known."""
    gc.set_threshold(500_000, 20, 100)  # or it walks through the trees of all pages again and again
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", retitled)
    app.connect("env-get-updated", reach, priority=999)
    app.connect("build-finished", end, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
