"""What nights depend on: a module, whatever it imports of ours, and the figures they read.

Figures that were learned are JSON files in the package of the module that reads them.
"""

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OURS = ("policies", "seating", "scripts")


@cache
def code_key(module: str) -> str:
    """Return a hash of the code of this module and of all of ours it imports, 16 digits."""
    read = hashlib.sha256()
    for file in sorted(files_of(module)):
        read.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return read.hexdigest()[:16]


def files_of(module: str) -> set[Path]:
    """Return the files of the module and of all it imports, and the figures in their packages."""
    code = {_file(name) for name in imported(module)}
    return code | {data for file in code for data in file.parent.glob("*.json")}


def imported(module: str) -> set[str]:
    """Return the names of the module and of all modules of ours it imports, directly or not."""
    found: set[str] = set()
    ahead = [module]
    while ahead:
        name = ahead.pop()
        if name not in found and _file(name).is_file():
            found.add(name)
            ahead += _imports(name)
    return found


def _imports(module: str) -> Iterator[str]:
    tree = ast.parse(_file(module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(OURS))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(OURS):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
