"""The reference: every public name of the package is on it, explained, and its examples are run."""

import ast
import doctest
import inspect
import re
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup

import docstrings
import reference

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "book" / "reference").glob("*.md"))
BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.M | re.S)
INSIDE = ("inside", "workshop")  # the pages of what nobody needs to call
# Arguments that are arrays: what is said of them names a shape, or where it is said.
ARRAYS = {
    "x",
    "y",
    "W",
    "b",
    "z",
    "a",
    "dy",
    "da",
    "dW",
    "db",
    "theta",
    "grad",
    "logits",
    "targets",
    "outputs",
}
SHAPE = re.compile(
    r"\([^)]*\b[A-Z]\b|\(…|shape|as in|as the loss|the targets|the output of|\(P|labels|each example|a number"
)


def public_names():
    """(file, node, dotted name below the module) of every public function, class and method, by AST."""
    for file in sorted((ROOT / "code" / "byhand").rglob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if is_public(node):
                yield file, node, node.name
                methods = node.body if isinstance(node, ast.ClassDef) else []
                yield from (
                    (file, method, f"{node.name}.{method.name}") for method in methods if is_public(method)
                )


def is_public(node):
    return isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")


def full_name(file, name):
    """The name under which the reference lists it: that of the package that exports it, if one does."""
    module = reference.modules()[
        ".".join(file.relative_to(ROOT / "code").with_suffix("").parts).removesuffix(".__init__")
    ]
    first = name.split(".")[0]
    return f"{reference.home(inspect.unwrap(vars(module)[first]))}.{name}"


NAMES = [
    pytest.param(full_name(file, name), node, id=full_name(file, name)) for file, node, name in public_names()
]


@pytest.fixture(scope="module")
def listed(site):
    """{full name: stem of its page}."""
    pages = (site / "book" / "reference").glob("*.html")
    soups = {page.stem: BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser") for page in pages}
    return {tag["id"]: stem for stem, soup in soups.items() for tag in soup.select("dl.py > dt[id]")}


@pytest.mark.parametrize(("name", "node"), NAMES)
def test_a_public_name_is_listed(listed, name, node):
    assert name in listed, f"add its module to a page in book/reference. Received: name={name}"


@pytest.mark.parametrize(("name", "node"), NAMES)
def test_a_public_name_is_explained(name, node):
    assert ast.get_docstring(node), "say in a docstring what it is"


def test_nothing_is_listed_that_is_not_there(listed):
    known = {parameter.values[0] for parameter in NAMES}
    assert {name for name in listed if not name.endswith(".__call__")} - known == set()


# Arguments, results, errors


def owners():
    """Each function with its docstring's sections; a class by what it is made from."""
    for parameter in NAMES:
        name, node = parameter.values
        sections = docstrings.sections(ast.get_docstring(node) or "")
        if "Args" in sections:
            yield pytest.param(node, sections, id=name)


def arguments(node):
    """Names of the arguments of a function, or of the fields of a record."""
    if isinstance(node, ast.ClassDef):
        return [item.target.id for item in node.body if isinstance(item, ast.AnnAssign) and is_argument(item)]
    a = node.args
    every = [*a.posonlyargs, *a.args, *filter(None, [a.vararg]), *a.kwonlyargs, *filter(None, [a.kwarg])]
    return [argument.arg for argument in every if argument.arg != "self"]


def is_argument(field):
    return "ClassVar" not in ast.unparse(field) and "init=False" not in ast.unparse(field)


@pytest.mark.parametrize(("node", "sections"), list(owners()))
def test_the_arguments_explained_are_those_there_are(node, sections):
    explained = [name for name, _ in docstrings.items(sections["Args"])]
    inherited = explained[: -len(arguments(node))] if isinstance(node, ast.ClassDef) and node.bases else []
    assert explained == [*inherited, *arguments(node)]


@pytest.mark.parametrize(("node", "sections"), list(owners()))
def test_an_array_comes_with_its_shape(node, sections):
    told = {name: " ".join(words) for name, words in docstrings.items(sections["Args"]) if name in ARRAYS}
    assert [f"{name}: {words}" for name, words in told.items() if not SHAPE.search(words)] == []


@pytest.mark.parametrize(("name", "node"), NAMES)
def test_three_arguments_are_too_many_for_a_sentence(listed, name, node):
    """They have a list, or it is said whose they are."""
    names = [one.arg for one in node.args.args] if isinstance(node, ast.FunctionDef) else []
    if len(names) > 2 and names[0] != "self" and listed[name] not in INSIDE:
        assert re.search(r"\bArg(uments|s)\b", ast.get_docstring(node))


@pytest.mark.parametrize(("name", "node"), NAMES)
def test_an_error_raised_is_named(name, node):
    """In the docstring of the function, or of the record whose making fails."""
    told = ast.get_docstring(node) or ""
    inner = node.body if isinstance(node, ast.ClassDef) else [node]
    here = [
        part
        for part in inner
        if isinstance(part, ast.FunctionDef) and (part is node or part.name == "__post_init__")
    ]
    errors = {name for part in here for name in raised(part)} - {"NotImplementedError"}
    assert sorted(error for error in errors if error not in told) == []


def raised(node):
    """Names of the errors that a function raises itself."""
    for leaf in ast.walk(node):
        if isinstance(leaf, ast.Raise) and isinstance(leaf.exc, ast.Call):
            yield ast.unparse(leaf.exc.func)


# Examples


def examples_of(page):
    """The examples that a page of the reference brings along, as one text."""
    return "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))


def run(test):
    """Run a doctest with the digits that the reference shows; fails with what doctest reports."""
    report = []
    with np.printoptions(precision=4, suppress=True):
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert not report, "".join(report)


def needs(text):
    """Keras is imported by one worker only."""
    return [pytest.mark.xdist_group("keras")] if "keras" in text else []


def doctests():
    """Every example in a docstring of the package, with NumPy at hand."""
    for name, module in reference.modules().items():
        for test in doctest.DocTestFinder(exclude_empty=True).find(module, name):
            if test.examples:
                test.globs["np"] = np
                yield pytest.param(test, id=test.name)


@pytest.mark.parametrize("example", list(doctests()))
def test_an_example_of_a_docstring_comes_true(example):
    run(example)


def pages_with_examples():
    return [
        pytest.param(page, id=page.stem, marks=needs(examples_of(page)))
        for page in PAGES
        if examples_of(page)
    ]


@pytest.mark.parametrize("page", pages_with_examples())
def test_the_examples_of_a_page_come_true(page):
    run(doctest.DocTestParser().get_doctest(examples_of(page), {}, page.stem, str(page), 0))


@pytest.fixture(scope="module")
def shown():
    """{stem of a page: all examples on it}, its own and those of the docstrings it shows."""
    found = {page.stem: examples_of(page) for page in PAGES}
    for page in PAGES:
        for name in re.findall(r"automodule:: (\S+)", page.read_text(encoding="utf-8")):
            module = reference.modules()[name]
            kept = [
                thing
                for thing in vars(module).values()
                if inspect.isfunction(thing) or inspect.isclass(thing)
            ]
            kept = [thing for thing in kept if reference.home(thing) == name]
            texts = [docstring for thing in (module, *kept) for docstring in docstrings_of(thing)]
            found[page.stem] += "\n".join(
                line for text in texts for line in docstrings.sections(text).get("Example", [])
            )
    return found


def docstrings_of(thing):
    """Its own, and those of its methods."""
    own = [thing, *vars(thing).values()] if inspect.isclass(thing) else [thing]
    return [inspect.getdoc(one) for one in own if inspect.getdoc(one)]


@pytest.mark.parametrize(("name", "node"), NAMES)
def test_what_is_called_has_an_example(listed, shown, name, node):
    """Its name occurs in an example of its page; what stands on the pages about the inside may do without."""
    page, last = listed[name], name.rpartition(".")[2]
    assert page in INSIDE or re.search(rf"\b{last}\b", shown[page]), f"an example that calls {last}"


# What the docstrings become


def test_marks_of_docutils_are_read_as_they_stand():
    text = docstrings.to_rst(
        ["|z| times W_ of `dense(x)` (eq-layer), *args"], {"dense": "byhand.ops.dense"}.get
    )
    assert text == [
        r"\|z\| times W\_ of \ :py:obj:`dense(x) <byhand.ops.dense>`\  \ :equation:`eq-layer`\ , \*args"
    ]


@pytest.mark.parametrize("line", ["M.", "(P) of them", "- 1 is less", "K. All classes"])
def test_no_letter_becomes_the_number_of_a_list(line):
    assert docstrings.to_rst([line], {}.get) == ["\\" + line]


def test_sections_become_lists():
    lines = ["Sum.", "", "Args:", "    x: (M, D),", "        in floats.", "", "Returns:", "    (M,).", ""]
    assert docstrings.to_rst(lines, {}.get) == [
        *(
            "Sum.",
            "",
            ":Args:".replace("Args", "Arguments"),
            "    ``x``",
            "        (M, D),",
            "        in floats.",
        ),
        *("", ":Returns:", "    (M,).", ""),
    ]
