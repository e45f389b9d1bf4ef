"""The built pages, a browser to open them in, and small books to build."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from pages import LAID_OUT, SITE, built_pages
from PIL import Image

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that a theme can break
RULES = {rule: {"enabled": True} for rule in ("label-content-name-mismatch", "target-size", "td-has-header")}
RULES |= {rule: {"enabled": False} for rule in COLOURS}
THIN = Path(__file__).with_name("thin.js").read_text(encoding="utf-8")
UNFOLD = """async () => {
  document.querySelectorAll("details").forEach((fold) => { fold.removeAttribute("name"); fold.open = true; });
  document.querySelectorAll("img").forEach((image) => { image.loading = "eager"; });
  await Promise.allSettled([...document.images].map((image) => image.decode()));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
NAMED = {"button", "link", "slider", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton"}
NAMED |= {"DisclosureTriangle", "image", "img", "figure", "navigation"}
OWN = ("file:", "data:", "blob:", "about:")
EXTENSIONS = ["myst_nb", "sphinx_design", "sphinx_exercise"]
EXTENSIONS += ["temml", "alternatives", "folded", "launch", "lean_page", "policy", "quiz_page"]


def pytest_generate_tests(metafunc):
    """A test that asks for a `page_name` runs once a page."""
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", built_pages() or ["book/index.html"])


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def site():
    """The folder of the built pages."""
    if not built_pages():
        pytest.fail(f"Expected built pages, made by `make book`. Received: pages=0 in {SITE}")
    return SITE


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all pages of a worker."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)), None)
        try:
            chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except sync_api.Error as error:
            give_up(str(error).splitlines()[0])
        yield chromium
        chromium.close()


def give_up(reason):
    """Without a browser a reader may go on; the public checks may not."""
    message = (
        f"Expected Chromium ({', '.join(BROWSERS)} or `playwright install chromium`). Received: {reason}"
    )
    pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


def named(node):
    return node.get("name", {}).get("value", "").strip()


@dataclass
class Visit:
    """An open page and what went wrong while it loaded."""

    page: object
    faults: list[str] = field(default_factory=list)

    def listen(self):
        """Note every message, error and request that a clean page does not have."""
        self.page.on("console", self.note_message)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed request: {request.url}"))
        self.page.on("request", self.note_request)

    def note_message(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text}")

    def note_request(self, request):
        if not request.url.startswith(OWN):
            self.faults.append(f"request to another host: {request.url}")

    def unfold(self):
        """Open every fold and load every picture, so that they are tested too."""
        self.page.evaluate(UNFOLD)

    def nameless(self):
        """Roles that need a name and have none, as Chromium tells a screen reader."""
        session = self.page.context.new_cdp_session(self.page)
        tree = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        return [
            f"without a name: {node['role']['value']} {node.get('backendDOMNodeId')}"
            for node in tree
            if not node["ignored"] and node["role"]["value"] in NAMED and not named(node)
        ]

    def axe(self):
        """Violations of axe's rules, best practices included, one line each."""
        return self.structure() + self.colours()

    def structure(self, options=None):
        """Violations of the rules that hold in every theme; of all of them, or as the options choose."""
        return self._axe(options or {"rules": RULES})

    def colours(self):
        """Violations of the rules about colours, which hold at every width. They thin out the page."""
        self.page.evaluate(THIN)
        return self._axe({"runOnly": COLOURS})

    def _axe(self, options):
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        options |= {"preload": False, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)["violations"]
        return [
            f"axe {rule['id']}: {node['html'][:200]} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]


@pytest.fixture(scope="session")
def contexts(browser):
    """One browsing context a theme and width, made when first asked for."""
    made = {}

    def context(scheme, width):
        key = scheme, width
        if key not in made:
            made[key] = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        return made[key]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def visit(contexts):
    """Open a file in a theme and width; closed when the test ends."""
    opened = []

    def open_file(path, scheme="light", width=1280):
        one = Visit(contexts(scheme, width).new_page())
        opened.append(one)
        one.listen()
        one.page.goto(Path(path).as_uri())
        one.page.wait_for_function(LAID_OUT)
        return one

    yield open_file
    for one in opened:
        one.page.close()


@pytest.fixture
def build_book(tmp_path):
    """Build a book of one chapter, given as markdown, with the real extensions; returns its page."""
    return book_builder(tmp_path)


def book_builder(folder):
    """The function that builds a book of one chapter in a folder."""

    def build(markdown, builder="html", execution="off"):
        from sphinx.application import Sphinx
        from sphinx.util.docutils import docutils_namespace, patch_docutils

        source = folder / "source"
        (source / "chapters").mkdir(parents=True, exist_ok=True)
        (source / "index.md").write_text("# Book\n\n```{toctree}\nchapters/one\n```\n", encoding="utf-8")
        chapter = source / "chapters" / "one.md"
        if not chapter.exists() or chapter.read_text(encoding="utf-8") != markdown:
            chapter.write_text(markdown, encoding="utf-8")
        output = folder / builder
        with patch_docutils(), docutils_namespace():
            app = Sphinx(source, None, output, folder / "doctrees", builder, settings(execution), status=None)
            app.build()
        assert app.statuscode == 0
        return output / "chapters" / ("one.html" if builder == "html" else "one.txt")

    return build


@pytest.fixture(scope="session")
def everything(root, tmp_path_factory):
    """A page with one of each: formulas, code, tables, figures, boxes, a quiz, exercises, folds.

    Built once, in one worker: it runs cells, and two kernels started at once may pick the same port.
    """
    folder = tmp_path_factory.mktemp("everything")
    (folder / "source" / "chapters").mkdir(parents=True)
    Image.new("RGB", (320, 200), "white").save(folder / "source" / "chapters" / "curve.png")
    markdown = (root / "tests" / "book" / "everything.md").read_text(encoding="utf-8")
    return book_builder(folder)(markdown, execution="force")


def settings(execution):
    """What _config.yml says about the frame of the pages."""
    return {
        "project": "Book",
        "extensions": EXTENSIONS,
        "html_theme": "basic",
        "templates_path": [str(ROOT / "book" / "_templates")],
        "html_static_path": [str(ROOT / "book" / "_static")],
        "html_math_renderer": "temml",
        "myst_enable_extensions": ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"],
        "nb_execution_mode": execution,
        "numfig": True,
    }
