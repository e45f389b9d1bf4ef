"""What a chapter's outputs depend on, as one digest: its code, the package under it, data and lock."""

import ast
import hashlib
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "code"
LOCK = ROOT / "requirements" / "lock.txt"


def digest(sources):
    """SHA-256 over the code cells, the modules of byhand they reach, and the lock.

    Args:
        sources: the text of each code cell.

    Returns:
        64 hexadecimal digits.
    """
    sha = hashlib.sha256(LOCK.read_bytes())
    for source in sources:
        sha.update(source.encode() + b"\0")
    for file in sorted(files_behind(reached(sources))):
        sha.update(file.relative_to(CODE).as_posix().encode() + b"\0" + file.read_bytes())
    return sha.hexdigest()


def reached(sources):
    """Files of byhand that these sources import, directly or through one another."""
    found, waiting = set(), list(imports("\n".join(map(_without_magics, sources))))
    while waiting:
        file = module_file(waiting.pop())
        if file and file not in found:
            found.add(file)
            waiting += imports(file.read_text(encoding="utf-8"))
    return found


@cache
def imports(source):
    """Dotted names under byhand that a source imports, wherever in it, and what it takes from them.

    Figures and exercises are read when they are asked for, so `figures.one_unit` counts as an import, and
    `check.cost` as one of the module that has this exercise.
    """
    return list(_imports(ast.parse(source)))


def _imports(tree):
    bound = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [(alias.name, alias.asname or "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            taken = [(f"{node.module}.{alias.name}", alias.asname or alias.name) for alias in node.names]
            names = [(node.module, ""), *taken]
        else:
            continue
        bound |= {short: name for name, short in names if name.split(".")[0] == "byhand"}
        yield from (name for name, _ in names if name.split(".")[0] == "byhand")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in bound:
            yield from asked_for(bound[node.value.id], node.attr)


def asked_for(name, attribute):
    """The dotted names that `name.attribute` may come from."""
    if name != "byhand.exercises.check":
        return [f"{name}.{attribute}"]
    files = sorted((CODE / "byhand" / "exercises").glob("*.py"))
    stems = [file.stem for file in files if f'name="{attribute}"' in file.read_text(encoding="utf-8")]
    return [f"byhand.exercises.{stem}" for stem in stems]


def module_file(name):
    """The file of a dotted module name, or None if it names something inside a module."""
    stem = CODE.joinpath(*name.split("."))
    return next((file for file in (stem / "__init__.py", stem.with_suffix(".py")) if file.is_file()), None)


def files_behind(modules):
    """The modules, and what they bring along: scripts (figures/*.js) and tables (speed.json)."""
    tables = {file.with_suffix(".json") for file in modules if file.with_suffix(".json").is_file()}
    return tables.union(modules, *(scripts(file.with_suffix(".js")) for file in modules))


def scripts(file):
    """A script, if there is one, and those it imports."""
    if not file.is_file():
        return set()
    imported = re.findall(r'from "\./(.+)";', file.read_text(encoding="utf-8"))
    return {file}.union(*(scripts(file.with_name(name)) for name in imported))


def _without_magics(source):
    return "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
