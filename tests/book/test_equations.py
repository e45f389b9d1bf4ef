"""What the pages say of the formula tests is what these found."""

import shutil
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

import equations


@pytest.fixture(scope="module")
def found(site):
    return equations.findings()


def soup(page):
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def test_every_held_equation_has_its_mark(site, found):
    marks = {}
    for page in sorted((site / "chapters").glob("*.html")):
        for link in soup(page).select(".math-block .held"):
            marks[link.find_parent(class_="math-block")["id"]] = link["href"]
    assert marks == {f"equation-{label}": f"../book/checked.html#held-{label}" for label in found}


def test_the_table_is_what_the_tests_found(site, found):
    rows = soup(site / "book/checked.html").select("tr[id^=held-]")
    assert [row["id"] for row in rows] == [
        f"held-{label}" for label in sorted(found, key=lambda e: found[e]["place"])
    ]
    for row in rows:
        held = found[row["id"].removeprefix("held-")]
        cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        assert cells[4] == f"{held['caught']} of {held['misprints']}"
        assert all(name.removeprefix("byhand.") in cells[2] for name in held["by"])
        assert row.select_one(f"a[href='#test-{row['id'].removeprefix('held-')}']")


def test_every_test_can_be_read(site, found):
    page = soup(site / "book/checked.html")
    for label, held in found.items():
        listing = page.find(id=f"test-{label}")
        body = held["source"].splitlines()[-1].strip()
        assert body in listing.find_next("pre").get_text()


def test_the_notation_page_has_every_symbol(site):
    groups = equations.symbols()
    page = soup(site / "book/notation.html")
    assert [title.get_text() for title in page.select(".rubric")] == list(groups)
    codes = [row.find_all("td")[3].get_text() for row in page.select("tbody tr")]
    assert codes == [symbol["code"] for rows in groups.values() for symbol in rows]


def test_a_difference_is_told_by_the_power_of_ten_above_it():
    assert equations.below(0) == "0"
    assert equations.below(2.2e-16) == "$10^{-15}$"
    assert equations.below(9.9e-17) == "$10^{-16}$"


def test_what_was_found_is_made_again_when_something_changes(tmp_path, monkeypatch):
    """Stale findings are replaced, without those of an equation whose test fails."""
    root = tmp_path / "book"
    for part in ("book/symbols.yml", "chapters", "code", "tests/equations", "pyproject.toml"):
        source, target = equations.ROOT / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, target)
    chapter = root / "chapters/01-training-steps.md"
    for other in [*root.glob("chapters/*.md"), *root.glob("tests/equations/contracts_*.py")]:
        if "training" not in other.name:  # one chapter is enough
            other.unlink()
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace(r"\tfrac{1}{2} (f - y)^2", "1.5 (f - y)^2"), encoding="utf-8")
    monkeypatch.setattr(equations, "ROOT", root)
    monkeypatch.setattr(equations, "FOUND", root / "_build/equations.json")
    monkeypatch.setenv("PYTHONPATH", str(root / "code"))
    equations.refresh(SimpleNamespace())
    found = equations.findings()
    assert "eq-cost" in found
    assert "eq-squared-error" not in found


def test_prose_does_not_run_the_formula_tests_again(tmp_path, monkeypatch):
    chapter = tmp_path / "chapters/01-so.md"
    chapter.parent.mkdir()
    (tmp_path / "_build").mkdir()
    monkeypatch.setattr(equations, "ROOT", tmp_path)
    monkeypatch.setattr(equations, "FOUND", tmp_path / "_build/equations.json")
    runs = []
    monkeypatch.setattr(equations.subprocess, "run", lambda *args, **kwargs: runs.append(args))
    equation = "$$\nz = w x + b\n$$ (eq-score)\n"
    for text in [f"One.\n\n{equation}", f"Two.\n\n{equation}", equation.replace("+", "-")]:
        chapter.write_text(text, encoding="utf-8")
        equations.refresh(SimpleNamespace())
    assert len(runs) == 2
    equations.FOUND.write_text("{}", encoding="utf-8")  # by a run of the tests on something else
    equations.refresh(SimpleNamespace())
    assert len(runs) == 3
