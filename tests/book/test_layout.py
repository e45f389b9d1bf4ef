"""Where things lie, what the lock holds, how long code may be: what a change could break without noticing."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import jupytext
import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import flatten

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LAYOUT = {
    "fixed": ("_config.yml", "_toc.yml", ".gitignore", "Makefile", "pyproject.toml", "requirements/lock.txt"),
    "for people": ("CITATION.cff", "CONTRIBUTING.md", "LICENSE", "LICENSE-text.md", "README.md"),
    "book": ("book/_ext", "book/_static", "book/index.md", "book/references.bib", "chapters", "notebooks"),
    "the package": ("code/byhand/__init__.py", "code/byhand/figures"),
    "tests": (".ci/run", ".github/workflows", "binder", "tests/book", "tests/equations", "tests/package"),
}
FILE_LINES, CELL_LINES, BODY_LINES = 250, 20, 12
SYSTEMS = {
    "Linux on x86-64": ("linux", "Linux", "posix", "x86_64"),
    "Linux on ARM": ("linux", "Linux", "posix", "aarch64"),
    "macOS": ("darwin", "Darwin", "posix", "arm64"),
    "Windows": ("win32", "Windows", "nt", "AMD64"),
}
PYTHONS = ("3.11", "3.12", "3.13")
# Folders of one machine, and hosts that serve packages: neither is the same on the next machine.
LOCAL = re.compile(
    rb"(?<![\w./~-])/(?:home|root|Users|opt|work|mnt)/[\w.-]+"
    rb"|files\.pythonhosted|pypi\.org/+simple|registry\.(?:npmjs|yarnpkg)|conda\.anaconda|deb\.debian"
    rb"|--(?:extra-)?index-url|--find[-]links|--trusted[-]host"
)


@pytest.mark.parametrize("path", [path for group in LAYOUT.values() for path in group])
def test_a_fixed_place_is_there(path):
    assert (ROOT / path).exists()


# The standard library has a module `code`; ours is only a folder.


def test_the_folder_code_is_no_package():
    assert not (ROOT / "code" / "__init__.py").exists()


def test_the_standard_module_code_is_found_from_the_root():
    script = "import pdb, doctest, unittest, code; code.interact; print(code.__file__)"
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert not Path(result.stdout.strip()).is_relative_to(ROOT / "code")


def test_pytest_keeps_the_standard_module_code():
    import code

    assert callable(code.interact)


# The table of contents


def toc_files(entry):
    """Every `file:` and the root, however deep."""
    if isinstance(entry, list):
        return [file for item in entry for file in toc_files(item)]
    if isinstance(entry, dict):
        own = [entry[key] for key in ("root", "file") if key in entry]
        return own + [file for value in entry.values() for file in toc_files(value)]
    return []


TOC = toc_files(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", TOC)
def test_a_page_of_the_contents_exists(name):
    assert any((ROOT / (name + ending)).is_file() for ending in ("", ".md"))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_a_chapter_is_in_the_contents_once(chapter):
    assert TOC.count(f"chapters/{chapter.stem}") == 1


def test_the_contents_follow_the_numbers_of_the_chapters():
    listed = [name for name in TOC if name.startswith("chapters/")]
    assert listed == sorted(listed)


def test_the_guide_names_every_directive_a_notebook_knows():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    known = {*flatten.HANDLERS, *flatten.ADMONITIONS}
    assert not [name for name in known if f"`{name}`" not in guide]


# Dependencies


def dependency_lines():
    """The lines of pyproject.toml that name a dependency, each with the line above it."""
    lines, inside = PYPROJECT.splitlines(), False
    for above, line in pairwise(lines):
        opens = re.match(r"(dependencies|book|test|paper|chapters) = \[", line)
        inside = bool(opens) or (inside and line.strip() != "]")
        if inside and '"' in line:
            yield pytest.param(line, above, id=re.search(r'"([\w.-]+)', line)[1])


@pytest.mark.parametrize(("line", "above"), list(dependency_lines()))
def test_a_dependency_has_its_reason(line, above):
    """On its own line, or in a comment that fills the line above."""
    reason = re.search(r'["\]],?\s+# \S', line) or above.strip().startswith("# ")
    assert reason, f"say in a comment what it is for: {line.strip()}"


def locked():
    """The lock as (requirement, hashes)."""
    text = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.strip().startswith("#"):
            requirement, *hashes = line.split(" --hash=")
            yield Requirement(requirement.strip()), [h.strip() for h in hashes]


LOCK = list(locked())


def environment(python, system):
    """The values of the markers there."""
    names = ("sys_platform", "platform_system", "os_name", "platform_machine")
    values = dict(zip(names, SYSTEMS[system], strict=True))
    return default_environment() | values | {"python_version": python, "python_full_version": f"{python}.9"}


def applies(requirement, place):
    return requirement.marker is None or requirement.marker.evaluate(place)


def wanted():
    """What the package and the groups ask for."""
    parsed = tomllib.loads(PYPROJECT)
    groups = parsed["dependency-groups"]
    return [Requirement(text) for text in parsed["project"]["dependencies"] + groups["book"] + groups["test"]]


def test_every_locked_package_has_its_hash():
    def proper(hashes):
        return hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in hashes)

    assert LOCK
    assert not [str(requirement) for requirement, hashes in LOCK if not proper(hashes)]


def test_every_locked_package_has_one_exact_version():
    assert all(len(r.specifier) == 1 and str(r.specifier).startswith("==") for r, _ in LOCK)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_holds_what_is_asked_for(python, system):
    place = environment(python, system)
    here = [r for r, _ in LOCK if applies(r, place)]
    versions = {canonicalize_name(r.name): str(r.specifier).removeprefix("==") for r in here}
    assert len(versions) == len(here), "a package is locked twice"
    for asked in wanted():
        if applies(asked, place):
            version = versions.get(canonicalize_name(asked.name))
            assert version, f"{asked} is not locked. Run `make lock`."
            assert asked.specifier.contains(version), f"{asked}, but locked is {version}. Run `make lock`."


def test_the_oldest_python_is_the_one_the_package_asks_for():
    supported = SpecifierSet(tomllib.loads(PYPROJECT)["project"]["requires-python"])
    assert all(f"{version}.0" in supported for version in PYTHONS)
    assert "3.10.99" not in supported


# The script of continuous integration


def test_the_ci_script_can_run_and_tests():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "\nmake test\n" in script.read_text(encoding="utf-8")
    assert subprocess.run(["bash", "-n", script]).returncode == 0


# Nothing of one machine


def repository_files():
    """What is in the repository or would be added to it."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("not a git repository: there is no list of its files")
    return [ROOT / name for name in result.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_folder_of_one_machine_or_a_package_host():
    found = []
    for file in repository_files():
        content = file.read_bytes()
        if b"\0" not in content:
            found += [f"{file.relative_to(ROOT)}: {match.decode()}" for match in LOCAL.findall(content)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    ["see /" + "home/ada/notes", '"/' + 'root/x"', "files.python" + "hosted.org", "pypi.org" + "/simple"],
)
def test_the_pattern_finds(text):
    assert LOCAL.search(text.encode())


@pytest.mark.parametrize(
    "text", ["https://example.org/home/x", "~/.cache/uv", "../root/x", "https://pypi.org/project/x"]
)
def test_the_pattern_leaves_alone(text):
    assert not LOCAL.search(text.encode())


# Lengths a reader can take


def python_files():
    return sorted([*(ROOT / "code" / "byhand").rglob("*.py"), *(ROOT / "book" / "_ext").rglob("*.py")])


@pytest.mark.parametrize("file", python_files(), ids=lambda f: f.relative_to(ROOT).as_posix())
def test_a_file_is_short(file):
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= FILE_LINES, "one module, one job: cut it in two"


def cells():
    """(source, where) of every code cell; lines that only IPython knows are blanked."""
    for chapter in CHAPTERS:
        for k, cell in enumerate(c for c in jupytext.read(chapter).cells if c.cell_type == "code"):
            source = re.sub(r"(?m)^([ \t]*)[%!].*", r"\1pass", cell.source)
            yield pytest.param(source, id=f"{chapter.stem}-cell-{k + 1}")


def included():
    """Every piece of the package that a chapter shows."""
    for chapter in CHAPTERS:
        text = chapter.read_text(encoding="utf-8")
        for path, options in re.findall(r"^[`:]{3,}\{literalinclude\} *(\S+)\n((?::.*\n)*)", text, re.M):
            name = re.search(r":pyobject: *(\S+)", options)[1]
            yield pytest.param((chapter.parent / path).resolve(), name, id=f"{chapter.stem}-{name}")


def long_functions(tree):
    """Functions whose body is longer than a reader can take; the docstring doesn't count."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (length := body_lines(node)) > BODY_LINES:
            yield f"{node.name}: {length} lines"


def body_lines(function):
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("source", list(cells()))
def test_a_cell_is_short(source):
    lines = len(source.splitlines())
    assert lines <= CELL_LINES, "cut the cell in two, with a sentence between"


@pytest.mark.parametrize("source", list(cells()))
def test_a_function_of_a_cell_is_short(source):
    assert not list(long_functions(ast.parse(source)))


@pytest.mark.parametrize(("file", "name"), list(included()))
def test_a_function_shown_from_the_package_is_short(file, name):
    node = ast.parse(file.read_text(encoding="utf-8"))
    for part in name.split("."):
        node = next(n for n in node.body if getattr(n, "name", None) == part)
    assert not list(long_functions(node))
