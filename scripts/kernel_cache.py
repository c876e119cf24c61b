"""Where compiled kernels are kept: a folder named after the sources they were compiled from."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "NUMBA_CACHE_DIR"
KEPT = ROOT / ".data" / "kernels"
COMPILED = "compiled"
PARTS = ("warm_desk", "warm_door")
DAYS_KEPT = 2
DECORATORS = frozenset({"compiled", "inlined", "lean"})


class _From(NamedTuple):
    module: str
    names: list[ast.alias]


def keep_kernels() -> Path:
    """Point Numba at `.data/kernels/<fingerprint>` unless the environment names another place.

    To be called before the first kernel is imported. A changed source starts an empty folder:
    Numba itself would go on with a caller's old code when only the callee changed.
    """
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = str(KEPT / fingerprint(ROOT / "policies"))
    return Path(os.environ[VARIABLE])


def fingerprint(policies: Path) -> str:
    """Return what tells two states of the kernels in a folder apart.

    Whatever is written in a file with a kernel counts; of the other files the constants and named
    tuples that such a file imports.
    """
    texts = {
        ".".join(path.relative_to(policies.parent).with_suffix("").parts): path.read_bytes()
        for path in sorted(policies.rglob("*.py"))
    }
    modules = {name: ast.parse(text) for name, text in texts.items()}
    kernels = [name for name, module in modules.items() if _has_kernels(module)]
    asked = {
        (each.module, alias.name)
        for name in kernels
        for each in _imports(modules[name])
        for alias in each.names
        if each.module in modules and each.module not in kernels
    }
    told = [texts[name].decode() for name in kernels]
    told += [_said(modules, module, name) for module, name in sorted(asked)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _has_kernels(module: ast.Module) -> bool:
    return any(
        each.module == "policies.numeric.compiled"
        and DECORATORS & {alias.name for alias in each.names}
        for each in _imports(module)
    )


def _imports(module: ast.Module) -> list[_From]:
    found = [each for each in module.body if isinstance(each, ast.ImportFrom)]
    return [_From(each.module or "", each.names) for each in found]


def _said(modules: dict[str, ast.Module], module: str, name: str) -> str:
    """Return how a module defines a constant or a named tuple, with the constants in it."""
    for each in modules[module].body:
        constant = isinstance(each, ast.Assign | ast.AnnAssign) and name.isupper()
        if (constant or isinstance(each, ast.ClassDef)) and name in _defines(each):
            named = {part.id for part in ast.walk(each) if isinstance(part, ast.Name)}
            inner = sorted(part for part in named - {name} if part.isupper())
            return "\n".join([ast.dump(each), *(_said(modules, module, part) for part in inner)])
    for source in _imports(modules[module]):
        if name.isupper() and source.module in modules and name in {a.name for a in source.names}:
            return _said(modules, source.module, name)
    return ""


def _defines(statement: ast.stmt) -> set[str]:
    """Return the names a constant's or a named tuple's definition gives."""
    match statement:
        case ast.Assign(targets=targets):
            return {each.id for each in targets if isinstance(each, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case ast.ClassDef(name=name, bases=[ast.Name(id="NamedTuple")]):
            return {name}
        case _:
            return set()


def compile_kernels() -> None:
    """Compile what the service decides with, on two cores, unless that was done; tell of it.

    Exits with a sentence when it cannot be done.
    """
    folder = keep_kernels()
    if (folder / COMPILED).exists():
        return
    print("Compiling the decisions, once for this version: a minute or two.", flush=True)
    began = time.monotonic()
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", f"from policies.warm import {part}; {part}()"], cwd=ROOT
        )
        for part in PARTS
    ]
    try:
        codes = [worker.wait() for worker in workers]
        if any(codes):
            sys.exit("The decisions could not be compiled; the lines above say why.")
    finally:
        for worker in workers:
            worker.kill()
    (folder / COMPILED).touch()
    print(f"Compiled in {time.monotonic() - began:.0f} s.", flush=True)
    _forget_old(folder)


def _forget_old(current: Path) -> None:
    oldest = time.time() - DAYS_KEPT * 24 * 3600
    for folder in KEPT.glob("*"):
        if folder != current and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
