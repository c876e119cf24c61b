"""`scripts/lint`: run every checker, two at a time, then list those that failed."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed

from scripts.setup_venv import ROOT

CHECKS = {
    "mypy": ["-m", "mypy"],
    "screens": ["-m", "scripts.screen_checks"],
    "openapi": ["-m", "scripts.openapi"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
}
"""The long ones first, so that none is left over for one core."""
AT_ONCE = 2


def main() -> None:
    """Run all checks, also after a failure; each is shown when it has ended."""
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {pool.submit(check, command): name for name, command in CHECKS.items()}
        for done in as_completed(running):
            name, result = running[done], done.result()
            print(f"== {name}", result.stdout, sep="\n", end="", flush=True)
            failed += [name] if result.returncode else []
    if failed:
        sys.exit(f"Not clean: {', '.join(failed)}.")


def check(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one check; what it says, on either output."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    main()
