"""The Numba cache: a folder named after a hash of the kernels' sources."""

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

from scripts.own_folder import SERVER_USER, NotOursError, require_ours, take_back

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "NUMBA_CACHE_DIR"
CACHE_ROOT = ROOT / ".data" / "kernels"
COMPILED = "compiled"
PARTS = ("warm_desk", "warm_door")
DAYS_KEPT = 2
DECORATORS = frozenset({"compiled", "inlined", "compiled_without_refcounts"})


class _From(NamedTuple):
    module: str
    names: list[ast.alias]


def keep_kernels() -> Path:
    """Point Numba at `.data/kernels/<fingerprint>` unless the environment names another place.

    Must be called before a kernel is imported. A changed source means a new folder: Numba's own
    cache would keep a caller's old code when only a callee changed. Code is run from there, so
    it exits with a sentence where others may write.
    """
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = str(CACHE_ROOT / fingerprint(ROOT / "policies"))
    folder = Path(os.environ[VARIABLE])
    take_back(CACHE_ROOT.parent, SERVER_USER)
    try:
        for each in (folder, *(CACHE_ROOT, CACHE_ROOT.parent) * folder.is_relative_to(CACHE_ROOT)):
            if each.exists():
                require_ours(each)
    except NotOursError as error:
        sys.exit(str(error))
    return folder


def fingerprint(policies: Path) -> str:
    """Return a hash of the kernels' sources.

    It covers the whole text of every file with a kernel, and of other files the constants and
    named tuples that such a file imports.
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
    sources = [texts[name].decode() for name in kernels]
    sources += [_definition(modules, module, name) for module, name in sorted(asked)]
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()[:16]


def stamp_of(policies: Path) -> str:
    """Return a hash of where the kernels' files lie and when they were written.

    Numba takes nothing from its cache when either has changed, as in a folder that was moved or
    copied and after a change of branches and back.
    """
    written = [
        f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}"
        for path in sorted(policies.rglob("*.py"))
        if _has_kernels(ast.parse(path.read_bytes()))
    ]
    return hashlib.sha256("\n".join(written).encode()).hexdigest()[:16]


def _has_kernels(module: ast.Module) -> bool:
    return any(
        each.module == "policies.numeric.compiled"
        and DECORATORS & {alias.name for alias in each.names}
        for each in _imports(module)
    )


def _imports(module: ast.Module) -> list[_From]:
    found = [each for each in module.body if isinstance(each, ast.ImportFrom)]
    return [_From(each.module or "", each.names) for each in found]


def _definition(modules: dict[str, ast.Module], module: str, name: str) -> str:
    """Return the definition of a constant or named tuple, with the constants it uses."""
    for each in modules[module].body:
        constant = isinstance(each, ast.Assign | ast.AnnAssign) and name.isupper()
        if (constant or isinstance(each, ast.ClassDef)) and name in _defines(each):
            named = {part.id for part in ast.walk(each) if isinstance(part, ast.Name)}
            inner = sorted(part for part in named - {name} if part.isupper())
            return "\n".join(
                [ast.dump(each), *(_definition(modules, module, part) for part in inner)]
            )
    for source in _imports(modules[module]):
        if name.isupper() and source.module in modules and name in {a.name for a in source.names}:
            return _definition(modules, source.module, name)
    return ""


def _defines(statement: ast.stmt) -> set[str]:
    """Return the names that a statement defines as constants or named tuples."""
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
    """Compile all kernels on two cores, unless this version is compiled; prints progress.

    Exits with a sentence on failure.
    """
    folder = keep_kernels()
    marker, stamp = folder / COMPILED, stamp_of(ROOT / "policies")
    if marker.exists() and marker.read_text() == stamp:
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
    marker.write_text(stamp)
    print(f"Compiled in {time.monotonic() - began:.0f} s.", flush=True)
    _forget_old(folder)


def _forget_old(current: Path) -> None:
    oldest = time.time() - DAYS_KEPT * 24 * 3600
    for folder in CACHE_ROOT.glob("*"):
        if folder != current and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
