"""Errors found in print, seeded into the chapters: each must fail, and say what is wrong where."""

import chapters
import contract
import mutations
import pytest
import test_contracts as book

# Printed elsewhere: the label of our equation, what stands there, what was printed instead.
PRINTED = {
    "the affine map as w x + b I": ("eq-unit", r"+ b", r"+ b I"),
    "the affine map by entries": ("eq-unit", r"\mathbf w \cdot \mathbf x", r"w_i x_i"),
    "layer l where l − 1 belongs": ("eq-layer", r"A^{[l-1]}", r"A^{[l]}"),
    "cost without 1/m": ("eq-cost", r"\frac{1}{m} \sum", r"\sum"),
    "1.5 for ½": ("eq-squared-error", r"\tfrac{1}{2}", "1.5"),
    "the slope with its sign turned": ("eq-slope", r"= f - y", r"= y - f"),
    "Adam without brackets": (
        "eq-adam",
        r"\frac{\alpha\, \hat{m}_t}{\sqrt{\hat{v}_t} + \varepsilon}",
        r"\alpha\, \hat{m}_t / \sqrt{\hat{v}_t} + \varepsilon",
    ),
    "a hat missing in Adam": ("eq-adam", r"\hat{v}_t", r"v_t"),
    "the other hat missing in Adam": ("eq-adam", r"\hat{m}_t", r"m_t"),
    "the slope of ½(f − y)² with its sign turned": ("eq-last-delta", r"f - y", r"y - f"),
    "b for db": ("eq-first-unit", r"\frac{\partial L}{\partial b^{[1]}}", r"b^{[1]}"),
    "δ₁w₁ for δ₁x₁": ("eq-first-unit", r"\delta^{[1]} x", r"\delta^{[1]} w^{[1]}"),
    "w₂ for δ₂w₂": ("eq-first-delta", r"\delta^{[2]} w^{[2]}", r"w^{[2]}"),
}


@pytest.mark.parametrize("misprint", PRINTED)
def test_a_printed_error_fails_and_is_shown(misprint, table, tmp_path):
    label, right, wrong = PRINTED[misprint]
    chapter, latex = book.EQUATIONS[label]
    assert latex.count(right) == 1
    text = (chapters.CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8")
    (tmp_path / f"{chapter}.md").write_text(
        text.replace(latex, latex.replace(right, wrong)), encoding="utf-8"
    )
    _, printed = chapters.equations(tmp_path)[label]
    with pytest.raises(AssertionError) as failure:
        book.fits(contract.CONTRACTS[label], printed, table)
    said = str(failure.value)
    assert f"equation {label}: {' '.join(printed.split())}" in said
    assert "the package (byhand." in said
    assert "left of" in said or "can't be evaluated" in said


KINDS = {
    "a sign turned": ("a + b", "a - b"),
    "a shift of an index dropped": ("A^{[l-1]}", "A^{[l]}"),
    "a number off by one": ("z^2", "z^3"),
    "1.5 for ½": (r"\tfrac{1}{2} z", "1.5 z"),
    "a fraction dropped": (r"\frac{1}{m} z", " z"),
    "a fraction upside down": (r"\frac{a}{b}", r"\frac{b}{a}"),
    "a denominator dropped": (r"\frac{a}{b}", "(a)"),
    "a power dropped": ("z^2", "z"),
    "a transpose lost": (r"W^{[l]\top}", "W^{[l]}"),
    "a hat or bar lost": (r"\hat m_t", "m_t"),
    "a prime lost": ("g'(z)", "g(z)"),
    "a layer lost": ("A^{[l]}", "A"),
    "brackets lost": ("a (b + c)", "a  b + c "),
    "a root lost": (r"\sqrt{v}", "v"),
    "a logarithm lost": (r"-\log a", "- a"),
    "an exponential lost": ("e^{z_k}", "(z_k)"),
    "max for min": (r"\max(a, b)", r"\min(a, b)"),
    "min for max": (r"\min(a, b)", r"\max(a, b)"),
    "rounded down": (r"\lceil a \rceil", r"\lfloor a \rfloor"),
    "an element-wise product lost": (r"A \odot B", "A  B"),
    "a sum for a product": (r"\prod_k a_k", r"\sum_k a_k"),
    "a product for a sum": (r"\sum_k a_k", r"\prod_k a_k"),
    "a relation turned": ("a > b", "a < b"),
    "b for a": ("a + b", "b  + b"),
    "a dropped": ("a b", "  b"),
}


@pytest.mark.parametrize(
    "said", [*dict.fromkeys(said for said, *_ in mutations.RULES), "b for a", "a dropped"]
)
def test_a_misprint_of_each_kind_is_made(said):
    latex, wrong = KINDS[said]
    assert mutations.misprints(latex)[wrong] == said


def test_a_misprint_reads_differently():
    latex = r"z = \log(1 + e^{-|z|})"
    assert all(mutations.parse(text) != mutations.parse(latex) for text in mutations.misprints(latex))
