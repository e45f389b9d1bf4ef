"""Show in the book exactly the outputs of notebooks/: seed the cache that MyST-NB looks outputs up in.

A chapter whose notebook is stale is not seeded, and what the cache may hold for it from before is dropped,
so MyST-NB runs it: the cache's own key covers the code cells alone, not the package under them.
"""

import contextlib
import re
from pathlib import Path

from docutils import nodes
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import read_myst_markdown_notebook

import notebooks
import runs


def seed(app):
    """Put every chapter's outputs into the cache, and note whose are stale."""
    app.env.stale_chapters = {chapter for chapter in notebooks.chapters() if notebooks.problem(chapter)}
    if app.config.nb_execution_mode != "cache":
        return
    cache = get_cache(app.config.nb_execution_cache_path or str(Path(app.outdir).parent / ".jupyter_cache"))
    for chapter in notebooks.chapters():
        page = read_myst_markdown_notebook(chapter.read_text(encoding="utf-8"))
        _forget(cache, page)
        if chapter not in app.env.stale_chapters:
            _fill(page, notebooks.outputs_of(notebooks.read(chapter)))
            bundle = CacheBundleIn(page, str(chapter), data={"execution_seconds": None})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _forget(cache, page):
    with contextlib.suppress(KeyError):
        cache.remove_cache(cache.match_cache_notebook(page).pk)


def _fill(page, outputs):
    remaining = iter(outputs)
    for count, cell in enumerate((cell for cell in page.cells if cell.cell_type == "code"), 1):
        cell.outputs, cell.execution_count = next(remaining), count


def outdated(app, env, added, changed, removed):
    """Chapters whose notebook differs from the one the last build showed, though their text is the same."""
    shown = getattr(env, "shown_notebooks", {})
    env.shown_notebooks = {
        f"chapters/{chapter.stem}": notebooks.notebook_of(chapter).read_bytes()
        for chapter in notebooks.chapters()
        if notebooks.notebook_of(chapter).is_file()
    }
    return [
        name
        for name, text in env.shown_notebooks.items()
        if name in env.found_docs and shown.get(name) != text
    ]


def run_time(name, rawtext, text, lineno, inliner, options=None, content=None):
    """{run-time}`chapter`: how long the run of that chapter took."""
    if not re.fullmatch(r"\d\d-[\w-]+", text):
        message = inliner.reporter.error(
            f"Expected a chapter such as 01-name. Received: {text!r}", line=lineno
        )
        return [inliner.problematic(rawtext, rawtext, message)], [message]
    return [nodes.Text(runs.runtime(Path(text)))], []


def setup(app):
    """Seed before the build, show what changed, and know the role."""
    app.add_role("run-time", run_time)
    app.connect("builder-inited", seed)
    app.connect("env-get-outdated", outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
