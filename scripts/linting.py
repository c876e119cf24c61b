"""Run the checkers one after the other and tell at the end which of them complained."""

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
}


def main() -> None:
    """Run all checks, whatever the first one finds."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failed:
        sys.exit(f"Not clean: {', '.join(failed)}.")


def passes(name: str, command: list[str]) -> bool:
    """Run one check with its output shown."""
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    main()
