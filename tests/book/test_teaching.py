"""The teaching guide: minutes from the chapters, plans that add up, answers whose numbers are right."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import notebooks
import proofs
import quiz
import teaching

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")
CHAPTERS = notebooks.chapters()
TEXTS = {chapter.stem: chapter.read_text(encoding="utf-8") for chapter in CHAPTERS}
SMALL = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
---

# Title

## One

Four plain words here, $x = y$ and `code`.

$$
x = y
$$ (eq-x)

```{code-cell}
1
```

```{code-cell}
:tags: [remove-cell]
2
```

:::{quiz} How many words has this?
:name: quiz-x
- [x] None that count.

  Right.
- [ ] Some.

  No.
:::

## Exercises

```{exercise-start} Title
:label: ex-one
```

Do it.

```{code-cell}
3
```

```{exercise-end}
```

```{solution-start} ex-one
:class: dropdown
```

Many more words of a solution.

```{code-cell}
4
```

```{solution-end}
```

```{exercise-start} Another
:label: ex-two
```

Open: think.

```{exercise-end}
```

Done.
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "01-small.md"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_the_parts_of_a_chapter_are_counted(small):
    one, exercises = teaching.parts_of(small)
    assert one == teaching.Part("One", words=6, equations=1, cells=1, quizzes=1)
    assert exercises == teaching.Part("Exercises", words=2, exercises=1, open=1)


def test_minutes_follow_the_rates_that_the_page_names(small):
    one, exercises = teaching.parts_of(small)
    assert one.minutes() == pytest.approx(6 / 200 + 0.5 + 1 + 1)
    assert exercises.minutes("exercises", "open") == 20
    assert (one + exercises).minutes() == pytest.approx(one.minutes() + exercises.minutes())
    assert teaching.fives(20.1) == "25"
    assert teaching.fives(20) == "20"
    assert "200 words a minute" in GUIDE


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_the_exercises_of_a_chapter_are_all_counted(chapter):
    whole = sum(teaching.parts_of(chapter), teaching.Part(""))
    text = TEXTS[chapter.stem]
    assert whole.exercises + whole.open == text.count("{exercise-start}")
    assert whole.quizzes == text.count("{quiz}")
    assert whole.equations == len(re.findall(r"^\$\$ \(eq-", text, re.M))


def test_what_a_chapter_needs_comes_before_it():
    needs = teaching.needs()
    assert list(needs) == list(TEXTS)
    assert all(needed < stem for stem, found in needs.items() for needed in found)
    assert needs["04-softmax"] == ["01-training-steps", "02-activations"]


def test_the_drawing_has_an_arc_for_each_need(site):
    page = BeautifulSoup((site / "book" / "teaching.html").read_text(encoding="utf-8"), "html.parser")
    drawing = page.select_one("svg.needs")
    assert len(drawing.find_all("path")) == 2 * sum(map(len, teaching.needs().values()))
    assert len(drawing.find_all("text")) == len(CHAPTERS)


# Plans


def plans():
    """(chapter, rows) of each plan."""
    for number, text in re.findall(r"^### Two hours on chapter (\d+)\n(.*?)(?=^##)", GUIDE, re.M | re.S):
        rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in text.strip().splitlines()]
        yield pytest.param(int(number), rows[2:], id=number)


@pytest.mark.parametrize(("chapter", "rows"), list(plans()))
def test_a_plan_fills_two_hours_with_parts_that_there_are(chapter, rows):
    assert sum(int(row[0]) for row in rows) == 120
    headings = re.findall(r"^##+ (.+)$", TEXTS[CHAPTERS[chapter - 1].stem], re.M)
    named = [name for row in rows for name in re.findall(r"\*([^*]+)\*", row[2])]
    assert [name for name in named if not any(h.startswith(name) for h in headings)] == []


def test_the_parts_that_can_go_are_there():
    table = GUIDE.split("| chapter | can go | should stay |")[1].split("\n\n")[0]
    for row in table.splitlines()[2:]:
        number, *cells = (cell.strip() for cell in row.strip("| ").split("|"))
        headings = re.findall(r"^##+ (.+)$", TEXTS[CHAPTERS[int(number) - 1].stem].replace("`", ""), re.M)
        for name in re.findall(r"\*([^*]+)\*", " ".join(cells)):
            assert any(heading.startswith(name) for heading in headings), (number, name)


def test_every_chapter_has_its_plan_its_cuts_its_beliefs_and_its_questions():
    for number in range(1, len(CHAPTERS) + 1):
        assert f"### Two hours on chapter {number}\n" in GUIDE
        assert GUIDE.count(f"\n| {number} | ") >= 3
        assert all(f"### Question {number}.{k}\n" in GUIDE for k in (1, 2, 3))


def test_quizzes_have_names_of_their_own():
    """The guide links to them by name, which counts for the whole book."""
    names = [name for text in TEXTS.values() for name in re.findall(r"^:name: *(quiz-\S+)", text, re.M)]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert quiz.NAME


def test_a_quiz_of_the_guide_belongs_to_the_chapter_named(site):
    page = BeautifulSoup((site / "book" / "teaching.html").read_text(encoding="utf-8"), "html.parser")
    links = page.select("a[href*='#quiz-']")
    assert len(links) > 15
    for link in links:
        number = link.find_parent("tr").td.get_text(strip=True)
        assert f"chapters/{int(number):02}-" in link["href"]


# Questions


def questions():
    parts = re.split(r"^### Question (\S+)$", GUIDE, flags=re.M)[1:]
    return [pytest.param(text, id=number) for number, text in zip(parts[::2], parts[1::2], strict=True)]


@pytest.mark.parametrize("text", questions())
def test_every_number_of_an_answer_is_in_its_proof(text):
    """What the proof asserts is run by test_proofs.py."""
    answer = text.split("{dropdown} Answer")[1]
    (proof,) = proofs.proofs_of(answer)
    words = answer.split("```{proof}")[0]
    numbers = re.findall(r"\d+\.\d+|\d{2,}", re.sub(r"\[\d+\]|\{-?\d+\}", "", words))
    known = re.findall(r"\d+(?:\.\d+)?", proof.body)
    assert sorted(set(map(float, numbers)) - set(map(float, known))) == []
