"""Run pytest on all cores; whatever follows `scripts/test` goes to pytest."""

from __future__ import annotations

import os
import sys

from scripts.kernel_cache import compile_kernels
from scripts.setup_venv import ROOT


def main() -> None:
    """Become pytest, so that its exit code and Ctrl-C are ours."""
    # Stealing leaves neighbours with one worker, which then has at hand what they share.
    ours = [f"-n{os.cpu_count() or 1}", "--dist=worksteal"]
    workers = [] if chooses_workers(sys.argv[1:]) else ours
    os.chdir(ROOT)
    compile_kernels()
    command = [sys.executable, "-m", "pytest", *workers, *sys.argv[1:]]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is the point


def chooses_workers(arguments: list[str]) -> bool:
    """Tell whether the caller said how many processes, or wants a debugger, which needs one."""
    return any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)


if __name__ == "__main__":
    main()
