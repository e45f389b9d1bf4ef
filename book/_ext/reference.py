"""The reference: what the package offers, read from its docstrings by Sphinx's autodoc.

Each function and class brings its source along, folded; and an equation that its docstring cites by label
becomes a link with the number of the formula, once the chapter is there.
"""

# ruff: noqa: D102, D103
import importlib
import inspect
import pkgutil
import sys
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import docstrings
import listing
from repository import Repository

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "byhand"
sys.path.insert(0, str(ROOT / "code"))  # the package beside this book, wherever another one is installed


def modules():
    """Every module of the package by its dotted name."""
    package = importlib.import_module(PACKAGE)
    found = pkgutil.walk_packages(package.__path__, f"{PACKAGE}.")
    return {one.name: importlib.import_module(one.name) for one in found}


def home(thing):
    """Where a function or class is imported from: the package that exports it, else its own module."""
    above = sys.modules.get(thing.__module__.rpartition(".")[0])
    exported = thing.__name__ in getattr(above, "__all__", ())
    return above.__name__ if exported else thing.__module__


def public(module):
    """Functions and classes that a module defines and does not hide."""
    return {
        name: thing
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and (inspect.isfunction(thing) or inspect.isclass(thing))
        and thing.__module__ == module.__name__
    }


def methods(thing):
    """Names of the public methods and properties that a class itself defines."""
    own = vars(thing).items() if inspect.isclass(thing) else ()
    kinds = (property, classmethod, staticmethod)
    return [
        name for name, one in own if name[0] != "_" and (inspect.isfunction(one) or isinstance(one, kinds))
    ]


@cache
def entries():
    """The full names of all that the reference lists, each under every ending such as losses.softmax."""
    found = {}
    for module in modules().values():
        for name, thing in public(module).items():
            full = f"{home(thing)}.{name}"
            for one in (full, *(f"{full}.{method}" for method in methods(thing))):
                for ending in endings(one):
                    found.setdefault(ending, []).append(one)
    return found


def endings(full):
    parts = full.split(".")
    return [".".join(parts[i:]) for i in range(len(parts))]


def link(here, name):
    """The entry that a docstring of `here` means by a name: its neighbour, else the only one so called."""
    candidates = entries().get(name, [])
    near = [one for one in candidates if one.rpartition(".")[0] in (here, here.rpartition(".")[0])]
    chosen = near or candidates
    return chosen[0] if len(chosen) == 1 and chosen[0] != here else None


def rewrite(app, what, name, thing, _options, lines):
    """Docstrings as reStructuredText, with the place of a module and the source of an entry."""
    for module in (docstrings.__file__, listing.__file__, __file__):
        app.env.note_dependency(module)
    lines[:] = docstrings.to_rst(lines, partial(link, name))
    if what == "module":
        lines[:0] = [f".. module-place:: {name}", ""]
    elif what in ("function", "class"):
        lines += ["", f".. source:: {thing.__module__} {thing.__name__}", ""]


def skip(app, what, name, thing, skipped, _options):
    """Names that are at home elsewhere, and the fields of tuples, whose docstrings say nothing."""
    if what == "module" and hasattr(thing, "__module__") and hasattr(thing, "__name__"):
        return True if home(thing) != app.env.temp_data["autodoc:module"] else skipped
    return True if type(thing).__name__ == "_tuplegetter" else skipped


class place(nodes.General, nodes.Element):  # noqa: N801
    """A file of the package, with a line or without."""


class fold(nodes.General, nodes.Element):  # noqa: N801
    """Source, closed at first."""


class ModulePlace(SphinxDirective):
    """.. module-place:: byhand.losses."""

    required_arguments = 1

    def run(self):
        name = self.arguments[0]
        path = Path(sys.modules[name].__file__).relative_to(ROOT).as_posix()
        return [place("", module=name, path=path)]


class Source(SphinxDirective):
    """.. source:: byhand.losses softmax."""

    required_arguments = 2

    def run(self):
        module, name = self.arguments
        file = sys.modules[module].__file__
        text, line = listing.lines_of(file, name)
        code = nodes.literal_block(text, text, language="python")
        return [fold("", code, place("", path=Path(file).relative_to(ROOT).as_posix(), line=line))]


def visit_place(self, node):
    """The path; a link to the repository where that is known."""
    line = node.get("line")
    text = f"{node['path']}, line {line}" if line else node["path"]
    if repo := self.builder.config.book_repository:
        known = Repository(*repo)
        href = f"{known.url}/blob/{quote(known.branch)}/{node['path']}" + (f"#L{line}" if line else "")
        text = f'<a href="{href}">{text}</a>'
    module = f"<code>{node['module']}</code> in " if "module" in node else ""
    self.body.append(f'<p class="place">{module}{text}</p>\n')
    raise nodes.SkipNode


def visit_fold(self, node):
    self.body.append('<details class="source"><summary>Source</summary>\n')


def depart_fold(self, node):
    self.body.append("</details>\n")


def setup(app):
    app.setup_extension("sphinx.ext.autodoc")
    app.connect("autodoc-process-docstring", rewrite)
    app.connect("autodoc-skip-member", skip)
    app.add_node(place, html=(visit_place, None))
    app.add_node(fold, html=(visit_fold, depart_fold))
    app.add_directive("module-place", ModulePlace)
    app.add_directive("source", Source)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
