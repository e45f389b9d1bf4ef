"""Are the built pages those of the book as it is now? Then there is nothing to build.

python book/_ext/unchanged.py            0 if they are; else 1, and what a build would be of is noted
python book/_ext/unchanged.py --built    the build of what was noted is whole
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import repository

ROOT = Path(__file__).resolve().parents[2]
MADE = ("_build", "mutants", "node_modules", "__pycache__")


def pages(root):
    """Where the pages of a book lie."""
    return root / "_build" / "html"


def noted(root):
    """Where it is noted what the pages were made of, and what they are."""
    return root / "_build" / "pages.sha256"


def wanted(root, leave_out=()):
    """Digest of every file of the book, and of what the environment says about its pages.

    Args:
        root: the book's folder.
        leave_out: folders in it whose texts and notebooks do not count.
    """
    sha = hashlib.sha256(repr((repository.find(root), os.environ.get("BOOK_POLICY"))).encode())
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if is_source(name))
        for path in (Path(folder, name) for name in sorted(files)):
            if path.parent.name in leave_out and path.suffix in (".md", ".ipynb"):
                continue
            sha.update(path.relative_to(root).as_posix().encode() + b"\0")
            sha.update(hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()


def is_source(folder):
    """Whether a folder of this name may hold what pages are made of: of hidden ones only the workflows."""
    if folder.startswith("."):
        return folder == ".github"
    return folder not in MADE and not folder.endswith(".egg-info")


def built(root):
    """Digest of the pages' names and sizes: enough to see that one was removed or cut off."""
    site = pages(root)
    found = sorted((path.relative_to(site).as_posix(), path.stat().st_size) for path in site.rglob("*"))
    return hashlib.sha256(repr(found).encode()).hexdigest()


def is_unchanged(root):
    """Whether sources and pages are what the last whole build noted; if not, note the sources.

    Pages that are not those it left are thrown away.
    """
    note, now = noted(root), wanted(root)
    before, *whole = note.read_text().split() if note.is_file() else [""]
    if whole != [built(root)]:
        shutil.rmtree(pages(root), ignore_errors=True)
    elif before == now:
        return True
    note.parent.mkdir(exist_ok=True)
    note.write_text(now + "\n")
    return False


def keep(root):
    """Note the pages beside the sources that were noted before they were built."""
    with noted(root).open("a") as file:
        file.write(built(root) + "\n")


if __name__ == "__main__":
    if "--built" in sys.argv[1:]:
        keep(ROOT)
    else:
        sys.exit(not is_unchanged(ROOT))
