"""Quizzes: what may be written, and what a reader sees after choosing, with the keyboard alone."""

import pytest
from bs4 import BeautifulSoup

from quiz import Option, Quiz, parse, to_markdown

QUESTION = "How often does `fit` step?"
BODY = """:name: quiz-steps
- [ ] Once.

  The *cost* is a mean, $J$.
- [x] Once per `batch`,
  every time.

  That is $157$ times:

  ```python
  model.fit(x, y)
  ```
- [ ] Never.

  Nothing would change.
"""
CHAPTER = f"# One\n\nText.\n\n:::{{quiz}} {QUESTION}\n{BODY}:::\n\nSee [the quiz](quiz-steps).\n"


def test_parse_reads_every_part():
    assert parse(QUESTION, BODY) == Quiz(
        "quiz-steps",
        QUESTION,
        [
            Option("Once.", False, "The *cost* is a mean, $J$."),
            Option(
                "Once per `batch`, every time.",
                True,
                "That is $157$ times:\n\n```python\nmodel.fit(x, y)\n```",
            ),
            Option("Never.", False, "Nothing would change."),
        ],
    )


def test_quiz_without_name_is_named_after_its_question():
    assert parse("Is 1 + 1 = 2?", BODY.split("\n", 1)[1]).name == "quiz-is-1-1-2"


@pytest.mark.parametrize(
    ("body", "received"),
    [
        ("", "options=0"),
        ("- [x] Yes.\n\n  Because.", "options=1"),
        ("- [ ] Yes.\n\n  Because.\n- [ ] No.\n\n  Because.", "right=0"),
        ("- [x] Yes.\n\n  Because.\n- [X] No.\n\n  Because.", "right=2"),
        ("- [x] Yes.\n\n  Because.\n- [ ] No.", "Option(text='No.', right=False, feedback='')"),
        (
            "- [x] Yes.\n\n  Because.\n- [ ] \n\n  Because.",
            "Option(text='', right=False, feedback='Because.')",
        ),
    ],
)
def test_parse_refuses(body, received):
    with pytest.raises(ValueError, match=r"Expected .* Received: ") as refusal:
        parse(QUESTION, body)
    assert str(refusal.value).endswith(received)


def test_notebook_form():
    assert to_markdown(
        parse("Is `a < b` *here*?", "- [x] `a < b`, **so** $a_*b*c$\n\n  Yes.\n- [ ] *no* & <i>\n\n  No.")
    ) == (
        "**Is `a < b` *here*?**\n\n"
        "<details><summary>A. <code>a &lt; b</code>, **so** $a_*b*c$</summary>\n\n"
        "**Right.** Yes.\n\n</details>\n\n"
        "<details><summary>B. <em>no</em> &amp; &lt;i&gt;</summary>\n\n**Not quite.** No.\n\n</details>\n"
    )


def test_page_needs_no_script(build_book):
    page = BeautifulSoup(build_book(CHAPTER).read_text(encoding="utf-8"), "html.parser")
    group = page.find(id="quiz-steps")
    assert group["role"] == "group"
    assert page.find(id=group["aria-labelledby"]).get_text() == "How often does fit step?"
    options = group.find_all("details")
    assert [option.get("open") for option in options] == [None] * 3
    assert {option["name"] for option in options} == {"quiz-steps"}
    assert page.find("a", href="#quiz-steps").get_text() == "the quiz"


def test_answers_follow_on_paper(build_book):
    text = build_book(CHAPTER, "text").read_text(encoding="utf-8")
    assert text.index("1. Once.") < text.index("3. Never.") < text.index("Answers") < text.index("Right.")


def test_faulty_quiz_is_reported_and_not_shown(build_book):
    page = build_book(CHAPTER.replace("[x]", "[ ]"))
    assert "quiz-question" not in page.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_keyboard_reader_gets_the_reason(build_book, visit, scheme):
    visited = visit(build_book(CHAPTER), scheme, 390)
    page = visited.page
    options = page.locator(".option")
    heights = [one.bounding_box()["height"] for one in options.locator("summary").all()]
    assert min(heights) >= 24
    options.nth(0).locator("summary").focus()
    page.keyboard.press("Enter")
    assert options.nth(0).locator("p").first.inner_text().startswith("Not quite. The cost is a mean")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert options.nth(1).locator("p").first.inner_text().startswith("Right. That is")
    assert options.nth(0).get_attribute("open") is None, "opening one option closes the other"
    assert visited.axe() == []
    assert visited.faults == []
