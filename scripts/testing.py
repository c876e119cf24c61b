"""`scripts/test`: run pytest on all cores; the arguments go to pytest."""

from __future__ import annotations

import os
import sys

from scripts.kernel_cache import compile_kernels
from scripts.setup_venv import ROOT


def main() -> None:
    """Replace this process by pytest, which keeps its exit code and Ctrl-C."""
    # Stealing leaves neighbours with one worker, which then has at hand what they share.
    ours = [f"-n{os.cpu_count() or 1}", "--dist=worksteal"]
    workers = [] if chooses_workers(sys.argv[1:]) else ours
    os.chdir(ROOT)
    # The many processes of a run read what one has compiled, also where the machine says not to.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compile_kernels()
    command = [sys.executable, "-m", "pytest", *workers, *sys.argv[1:]]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is the point


def chooses_workers(arguments: list[str]) -> bool:
    """Whether the arguments choose the number of processes, or a debugger, which needs one."""
    return any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)


if __name__ == "__main__":
    main()
