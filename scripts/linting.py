"""`scripts/lint`: run every checker, then list those that failed."""

from __future__ import annotations

import subprocess
import sys

from scripts.setup_venv import ROOT

CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "openapi": ["-m", "scripts.openapi"],
    "screens": ["-m", "scripts.screen_checks"],
}


def main() -> None:
    """Run all checks, also after a failure."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failed:
        sys.exit(f"Not clean: {', '.join(failed)}.")


def passes(name: str, command: list[str]) -> bool:
    """Run one check with its output shown."""
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    main()
