"""The built pages, by name."""

from pathlib import Path

SITE = Path(__file__).parents[2] / "_build" / "html"
# True once every section of a long page has been laid out (book.js).
LAID_OUT = "!('layout' in document.documentElement.dataset)"


def built_pages():
    """Every page but the redirect at the root."""
    return sorted(
        path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html") if path != SITE / "index.html"
    )


def built_chapters():
    """The pages of the chapters."""
    return [name for name in built_pages() if name.startswith("chapters/")]
