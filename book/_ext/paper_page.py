"""Make a built page fit for paper: nothing folded, nothing to press, ids and links for the whole book."""

import posixpath
import re
from urllib.parse import unquote, urlsplit

from bs4 import Tag

POINTERS = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
# Buttons, scripts, marks to click, definitions that open over the text, listings that the reference folds.
DROPPED = (
    "script, style, button, .launch, .headerlink, .definition, .letters, .copy, details.source, .controls,"
    "[data-part=controls], [aria-live]"
)

LONG = 24  # lines; a longer listing may run on to the next page
WIDE = 88  # letters; a wider one is set smaller


def key(name):
    """A page's name as an id: no slash, no dot."""
    return name.replace("/", "-")


def prepare(article, name, names):
    """The article of the page `name`, changed in place; `names` are the pages of the book."""
    for part in article.select(DROPPED):
        part.decompose()
    lay_open(article)
    for image in article.select("img[src$='.webp']"):  # not every reading device knows it; see `pictures`
        image["src"] = image["src"].removesuffix(".webp") + ".png"
    for box in article.select("[tabindex]"):
        del box["tabindex"]
    name_ids(article, name)
    for link in article.find_all("a", href=True):
        follow(link, name, names)
    article.name, article["id"] = "article", key(name)
    return article


def lay_open(article):
    """Questions, folds, listings and lists of pages as they stand on paper."""
    for contents in article.select(".toctree-wrapper"):
        drop_contents(contents)
    set_quizzes(article)
    for fold in article.find_all("details"):
        unfold(fold)
    for listing in article.find_all("pre"):
        measure(listing)


def tag(name, *children, **attributes):
    """A new element, with children that may belong to another."""
    made = Tag(name=name, attrs=attributes)
    made.extend(children)
    return made


def measure(listing):
    """Mark a listing that is long or wide."""
    lines = listing.get_text().splitlines()
    marks = {"long": len(lines) > LONG, "wide": max(map(len, lines), default=0) > WIDE}
    listing["class"] = [*listing.get("class", []), *[name for name, is_so in marks.items() if is_so]]


def drop_contents(contents):
    """A page's list of pages goes, with its heading where that has nothing else: the book has its own."""
    section = contents.parent
    contents.decompose()
    if section.name == "section" and len(section.find_all(True, recursive=False)) == 1:
        section.decompose()


def set_quizzes(article):
    """Number the questions; the answers stand at the end of the page, where they give nothing away."""
    answers = tag("section", tag("h2", "Answers to the questions"), **{"class": "answers", "id": "answers"})
    for number, quiz in enumerate(article.select(".quiz"), 1):
        answers.extend(set_quiz(quiz, f"Question {number}"))
    if len(answers.contents) > 1:
        article.append(answers)


def set_quiz(quiz, name):
    """The options as a list, for on paper nobody can choose; returns a title and an answer to each option."""
    folds = quiz.select("details.option")
    options = [tag("li", *list(fold.summary.find_all("span", recursive=False)[1].children)) for fold in folds]
    for fold in folds:
        fold.summary.decompose()
    answers = tag(
        "ol", *[tag("li", *list(fold.children)) for fold in folds], type="A", id=f"{quiz['id']}-answers"
    )
    quiz.select_one(".quiz-question").insert(0, tag("span", f"{name}. ", **{"class": "quiz-number"}))
    folds[0].insert_before(tag("ol", *options, type="A"), away("Answers", answers["id"]))
    for fold in folds:
        fold.decompose()
    return away(name, quiz["id"]), answers


def away(words, id):  # noqa: A002
    """A line that leads from a question to its answers, or back."""
    return tag("p", tag("a", words, href=f"#{id}"), **{"class": "away"})


def unfold(fold):
    """A fold becomes a box with a heading; the input of a cell needs none."""
    heading = fold.summary.extract() if fold.summary else None
    classes = fold.get("class", [])
    fold.name = "div"
    for attribute in ("open", "name"):
        fold.attrs.pop(attribute, None)
    if heading is None or "hide" in classes:
        fold["class"] = []
        return
    for sign in heading.find_all("svg"):
        sign.decompose()
    fold["class"] = [name for name in classes if not name.startswith("sd-")] + ["unfolded"]
    fold.insert(0, tag("p", heading.get_text(" ", strip=True), **{"class": "unfolded-title"}))


def name_ids(article, name):
    """Ids of all pages lie side by side; each gets the page's name before it. A pointer to nothing goes."""
    for part in article.find_all(id=True):
        part["id"] = place(name, part["id"])
    known = {part["id"] for part in article.find_all(id=True)}
    for pointer in POINTERS:
        for part in article.find_all(attrs={pointer: True}):
            words = [place(name, word) for word in part[pointer].split()]
            part[pointer] = " ".join(words)
            if not known.issuperset(words):
                del part[pointer]


def place(name, id):  # noqa: A002
    """An id of the page `name` as an id of the book, of characters that XML allows."""
    return key(name) + "--" + re.sub(r"[^\w.-]", "-", id)


def follow(link, name, names):
    """A link to a page of the book leads to it; one to a file beside the pages is only words."""
    parts = urlsplit(link["href"])
    if parts.scheme:
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
    page = path.removesuffix(".html") if parts.path else name
    if page not in names:
        link.name = "span"  # whose id another link may lead to
        del link["href"]
        return
    link["href"] = "#" + (place(page, unquote(parts.fragment)) if parts.fragment else key(page))
    link["class"] = [*link.get("class", []), "inside"]
