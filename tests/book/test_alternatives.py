"""A picture's text alternative is what the cell says, else what the run said; one without any is named."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

import alternatives

HEAD = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# One

```{code-cell}
import numpy as np
from byhand import notebook, plots

notebook.prepare()
x, labels = np.array([[0, 0], [4, 6], [1.0, 2]]), np.array([1, 0, 0])
```

"""
DRAW = "ax = plots.scatter(x, labels)"
BY_HAND = """
```{code-cell}
---
mystnb:
  image:
    alt: Three points, "two" of them blue.
---
ax = plots.scatter(x, labels)
```
"""

# Two kernels started at once may pick the same port.
pytestmark = pytest.mark.xdist_group("everything")


def cell(code):
    return f"```{{code-cell}}\n{code}\n```\n"


def of_pictures(page):
    return [picture["alt"] for picture in BeautifulSoup(page.read_text("utf-8"), "html.parser")("img")]


def test_the_cell_is_heard_first_and_then_the_run(build_book):
    more = DRAW + '\nax = plots.describe(ax, f"The first point is {x[0]}.")'
    page = build_book(HEAD + BY_HAND + cell(DRAW) + cell(more), execution="force")
    said = (
        "Scatter of 3 points in 2 classes: class 0, circles, 2 points around (2.5, 4.0); "
        "class 1, squares, 1 point around (0.0, 0.0)."
    )
    assert of_pictures(page) == [
        'Three points, "two" of them blue.',
        said,
        said + " The first point is [0. 0.].",
    ]


def test_a_picture_without_words_is_named(monkeypatch):
    warned = []
    logger = SimpleNamespace(warning=lambda text, location: warned.append((text, location)))
    monkeypatch.setattr(alternatives, "logging", SimpleNamespace(getLogger=lambda name: logger))
    document, texts = new_document("one.md"), ["alt: A line.\naxes", "axes 'alt: A line.'", ""]
    for text in texts:
        parts = [("image/png", nodes.image(uri="a.png")), ("text/plain", nodes.literal_block(text, text))]
        boxes = [nodes.container("", node, mime_type=mime) for mime, node in parts]
        document += nodes.container("", *boxes, nb_element="mime_bundle")
    alternatives.add(None, document)
    assert [picture["alt"] for picture in document.findall(nodes.image)] == ["A line.", "", ""]
    assert warned == [("a picture without a text alternative", bundle) for bundle in document.children[1:]]
