"""Directives and roles become what Colab and JupyterLab show; unknown ones are refused."""

import pytest

import flatten
import notebooks

LABELLED = "$$\na = b\n$$ (eq-first)\n\ntext\n\n$$\nc = d\n$$ (eq-second)\n"


@pytest.fixture
def context():
    return flatten.Context(
        folder=notebooks.CHAPTERS,
        equations=flatten.number_equations(LABELLED, 7),
        exercises={"ex-one": ("7.1", "A title")},
        values={"steps": "157"},
        bibliography={"cox1958": ("Cox", "1958"), "nielsen2015": ("Nielsen", "2015")},
        runtime="about 5 s",
    )


@pytest.mark.parametrize(
    ("myst", "markdown"),
    [
        ("see {eq}`eq-second`", "see (7.2)"),
        (LABELLED, "$$\na = b\n\\tag{7.1}$$\n\ntext\n\n$$\nc = d\n\\tag{7.2}$$"),
        ("{cite:t}`cox1958` says", "Cox (1958) says"),
        ("so {cite:p}`cox1958`", "so (Cox, 1958)"),
        ("{glue:text}`steps` steps", "157 steps"),
        ("{run-time}`01-x`", "about 5 s"),
        ("{ref}`here <there>`", "here"),
        ("{ref}`ex-one`", "exercise 7.1"),
        ("[words](other.md#place) and [web](https://example.org)", "words and [web](https://example.org)"),
        ("![a cat](cat.png)", "![a cat](cat.png)"),
        ("(label)=\n# Title", "# Title"),
        ("% a comment\ntext", "text"),
        ("```{note}\nBody {eq}`eq-first`.\n```", "> **Note**\n>\n> Body (7.1)."),
        (":::{admonition} Look\n:class: tip\nBody.\n:::", "> **Look**\n>\n> Body."),
        ("```{dropdown} More\nBody.\n```", "<details><summary>More</summary>\n\nBody.\n\n</details>"),
        ("```{exercise-start} A title\n:label: ex-one\n```", "### Exercise 7.1: A title"),
        ("```{exercise-end}\n```", ""),
        ("```python\n{eq}`x`\n```", "```python\n{eq}`x`\n```"),
        ("````{note}\n```python\nx = 1\n```\n````", "> **Note**\n>\n> ```python\n> x = 1\n> ```"),
    ],
)
def test_myst_becomes_plain_markdown(myst, markdown, context):
    assert flatten.flatten(myst, context) == markdown


def test_a_solution_is_folded_until_it_ends(context):
    text = flatten.flatten("```{solution-start} ex-one\n:class: dropdown\n```\nBecause.", context)
    assert text == "<details><summary>Solution to exercise 7.1</summary>\n\nBecause.\n\n</details>"
    assert context.solving == "7.1"


def test_real_source_is_shown(context):
    text = flatten.flatten(
        "```{literalinclude} ../code/byhand/optimizers.py\n:pyobject: GradientDescent.step\n```", context
    )
    assert text.startswith("`code/byhand/optimizers.py`:\n\n```python\ndef step(self, theta, grad")
    assert text.endswith("\n```")


def test_a_term_is_its_words(context):
    assert flatten.flatten("{term}`Costs <cost>` and {term}`loss`", context) == "Costs and loss"


def test_citations_are_collected_once_in_order(context):
    flatten.flatten("{cite:t}`nielsen2015`, {cite:p}`cox1958`, {cite:t}`nielsen2015`", context)
    assert context.cited == ["nielsen2015", "cox1958"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```{mystery}\nx\n```", "Expected a directive among .* Received: 'mystery'"),
        ("{mystery}`x`", "Expected a role .* Received: '{mystery}`x`'"),
        ("```{note}\nnever closed", "Expected a closing ```. Received: the end of the cell"),
    ],
)
def test_what_it_does_not_know_is_refused(text, words, context):
    with pytest.raises(ValueError, match=words):
        flatten.flatten(text, context)
