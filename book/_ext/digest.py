"""What a chapter's outputs depend on, as one digest: its code, the package under it, data and lock."""

import ast
import hashlib
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
    found, waiting = set(), [name for source in sources for name in imports(_without_magics(source))]
    while waiting:
        file = module_file(waiting.pop())
        if file and file not in found:
            found.add(file)
            waiting += imports(file.read_text(encoding="utf-8"))
    return found


def imports(source):
    """Dotted names under byhand that a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == "byhand")


def module_file(name):
    """The file of a dotted module name, or None if it names something inside a module."""
    stem = CODE.joinpath(*name.split("."))
    return next((file for file in (stem / "__init__.py", stem.with_suffix(".py")) if file.is_file()), None)


def files_behind(modules):
    """The modules, and the scripts that lie beside them (figures/*.js)."""
    return {other for file in modules for other in (file, *file.parent.glob("*.js"))}


def _without_magics(source):
    return "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
