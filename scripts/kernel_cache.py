"""Where compiled kernels are kept: a folder named after the sources they were compiled from."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "NUMBA_CACHE_DIR"
KEPT = ROOT / ".data" / "kernels"
COMPILED = "compiled"
PARTS = ("warm_desk", "warm_door")
DAYS_KEPT = 2
KERNELS = "from policies.compiled import"
IMPORTED = re.compile(r"^from policies\.([\w.]+) import", re.MULTILINE)


def keep_kernels() -> Path:
    """Point Numba at `.data/kernels/<fingerprint>` unless the environment names another place.

    To be called before the first kernel is imported. A changed source starts an empty folder:
    Numba itself would go on with a caller's old code when only the callee changed.
    """
    if VARIABLE not in os.environ:
        seen = hashlib.sha256(b"".join(path.read_bytes() for path in _sources())).hexdigest()[:16]
        os.environ[VARIABLE] = str(KEPT / seen)
    return Path(os.environ[VARIABLE])


def _sources() -> list[Path]:
    """Return the files with kernels, and those whose constants they are compiled with."""
    policies = ROOT / "policies"
    found = {path for path in policies.rglob("*.py") if KERNELS in path.read_text("utf-8")}
    named = {name for path in found for name in IMPORTED.findall(path.read_text("utf-8"))}
    return sorted(found | {policies / f"{name.replace('.', '/')}.py" for name in named})


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
