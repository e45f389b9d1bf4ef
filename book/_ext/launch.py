"""Links that run a chapter: in Colab, in Binder, or downloaded. Plain links, right for every fork."""

import shutil
from dataclasses import astuple, dataclass
from pathlib import Path
from urllib.parse import quote

from sphinx.errors import ConfigError

import repository

CHAPTERS = "chapters/"


@dataclass(frozen=True)
class Link:
    """What the page shows and where it leads."""

    text: str
    href: str
    download: bool = False


def launch_links(repo, chapter, notebook=""):
    """Where a chapter runs online; in Colab only if its notebook can install the package from there."""
    if repo is None:
        return []
    path = f"notebooks/{quote(chapter)}.ipynb"
    where = f"{repo.owner}/{repo.name}"
    branch = repo.notebooks_branch
    colab = f"https://colab.research.google.com/github/{where}/blob/{quote(branch)}/{path}"
    binder = f"https://mybinder.org/v2/gh/{where}/{quote(branch, safe='')}?urlpath=lab/tree/{path}"
    installs = f"git+{repo.url}@" in notebook
    return [Link("Open in Colab", colab)] * installs + [Link("Open in Binder", binder)]


def source_links(repo, source):
    """Where a page is mended, discussed and kept."""
    if repo is None:
        return []
    return [
        Link("Repository", repo.url),
        Link("Edit this page", f"{repo.url}/edit/{quote(repo.branch)}/{quote(source)}"),
        Link("Report a mistake", f"{repo.url}/issues/new?title={quote(source, safe='')}"),
    ]


def notebook_of(app, pagename):
    """The notebook of a chapter's page, if it has been made."""
    path = Path(app.srcdir, "notebooks", f"{Path(pagename).name}.ipynb")
    return path if pagename.startswith(CHAPTERS) and path.is_file() else None


def add_links(app, pagename, _template, context, doctree):
    """Hand the page's frame its links."""
    if doctree is None:
        return
    repo = app.config.book_repository and repository.Repository(*app.config.book_repository)
    source = Path(app.env.doc2path(pagename, base=False)).as_posix()
    context["repository_links"] = source_links(repo or None, source)
    if pagename.startswith(CHAPTERS):
        path = notebook_of(app, pagename)
        text = path.read_text(encoding="utf-8") if path else ""
        context["launch"] = launch_links(repo or None, Path(pagename).name, text) + download(path, context)


def download(path, context):
    """The notebook beside the pages, for readers without a network."""
    return [Link("Download notebook", context["pathto"](f"notebooks/{path.name}", 1), True)] if path else []


def copy_notebooks(app, exception):
    """Put the notebooks that the pages link to among the pages."""
    if exception or app.builder.format != "html":
        return
    for page in app.env.found_docs:
        if path := notebook_of(app, page):
            target = Path(app.outdir, "notebooks")
            target.mkdir(exist_ok=True)
            shutil.copyfile(path, target / path.name)


def settle(app, config):
    """Put owner, name and branch into the settings: another repository rewrites every page."""
    try:
        repo = repository.find(app.srcdir)
    except ValueError as error:
        raise ConfigError(str(error)) from None
    config.book_repository = list(astuple(repo)) if repo else []


def setup(app):
    """Connect the steps."""
    app.add_config_value("book_repository", [], "html")
    app.connect("config-inited", settle)
    app.connect("html-page-context", add_links)
    app.connect("build-finished", copy_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
