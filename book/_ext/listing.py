"""The source of a function or class as the reference shows it: no docstring, but the helpers it calls."""

import ast
from functools import cache
from pathlib import Path


def lines_of(file, name):
    """The definition of name in a module with the private helpers it leads to, and the line it begins on."""
    text, definitions = parsed(file)
    first = definitions[name]
    needed = [first, *(definitions[helper] for helper in reached(definitions, name))]
    return "\n\n\n".join(without_docstrings(text, node) for node in needed), first.lineno


@cache
def parsed(file):
    """The lines of a module, and its definitions by name."""
    text = Path(file).read_text(encoding="utf-8")
    definitions = {name: node for node in ast.parse(text).body for name in names(node)}
    return text.splitlines(), definitions


def names(node):
    """What a statement of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return []
    targets = getattr(node, "targets", None) or [node.target]
    leaves = (leaf for target in targets for leaf in ast.walk(target))
    return [leaf.id for leaf in leaves if isinstance(leaf, ast.Name)]


def reached(definitions, name):
    """Names of constants and private helpers that a definition uses, directly or not, in the file's order."""
    found, waiting = set(), [name]
    while waiting:
        used = {leaf.id for leaf in ast.walk(definitions[waiting.pop()]) if isinstance(leaf, ast.Name)}
        hidden = {other for other in used & definitions.keys() if is_hidden(other, definitions[other])}
        waiting += hidden - found - {name}
        found |= hidden - {name}
    return dict.fromkeys(sorted(found, key=lambda other: definitions[other].lineno))


def is_hidden(name, node):
    """Whether the reference has no entry of its own for it."""
    return name.startswith("_") or not isinstance(node, ast.FunctionDef | ast.ClassDef)


def without_docstrings(lines, node):
    """The lines of a definition, decorators first, less what is shown above it already."""
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    dropped = {line for inner in ast.walk(node) for line in docstring_lines(lines, inner)}
    return "\n".join(lines[i - 1] for i in range(first, node.end_lineno + 1) if i not in dropped)


def docstring_lines(lines, node):
    """The numbers of the lines of a docstring and of the empty one after it."""
    if (
        not isinstance(node, ast.FunctionDef | ast.ClassDef)
        or ast.get_docstring(node) is None
        or len(node.body) < 2
    ):
        return range(0)
    text = node.body[0]
    return range(text.lineno, text.end_lineno + 1 + (not lines[text.end_lineno].strip()))
