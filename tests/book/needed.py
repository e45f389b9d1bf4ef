"""What the tests of the PDF and the EPUB need: packages of requirements/paper.txt, and pages to print."""

import os
from functools import cache

import pytest

import paper

CHAPTER = "chapters/03-why-nonlinear"
FEW = ["book/index", CHAPTER, "book/cite", "genindex"]
# Pages of every kind; with WHOLE_BOOK set, as in the public checks, all of them: four times the work.
SAMPLE = [*FEW[:2], "book/teaching", "book/reference/losses", *FEW[2:]]


def need(module):
    """The package, or a test that is skipped: a reader may do without, the public checks may not."""
    return __import__(module) if os.environ.get("CI") else pytest.importorskip(module)


@cache
def book():
    """Pages ready for paper. Tests don't change them."""
    return paper.articles(order=None if os.environ.get("WHOLE_BOOK") else SAMPLE)


@cache
def few():
    """Pages enough to print, here and in the public checks."""
    return paper.articles(order=FEW)
