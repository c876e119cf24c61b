"""Resolve pyproject.toml into scripts/*.lock with uv, for all platforms and with hashes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.setup_venv import LOCKS, ROOT, create, venv_python

COMPILE = ["pip", "compile", "pyproject.toml", "--no-config", "--universal", "--quiet"]
COMPILE += ["--python-version=3.11", "--generate-hashes", "--no-annotate"]
COMPILE += ["--custom-compile-command=scripts/lock", "--extra=embedded", "--extra=lan"]


def main(arguments: list[str]) -> None:
    """Write both locks, runtime first, so that the other holds the same versions."""
    with tempfile.TemporaryDirectory() as folder:
        venv = Path(folder) / "venv"
        create(venv)
        python = str(venv_python(venv))
        subprocess.run([python, "-m", "pip", "--quiet", "install", "uv"], check=True)
        for more in (
            [f"--output-file={LOCKS['serve']}"],
            [
                "--group=dev",
                f"--constraint={LOCKS['serve']}",
                f"--output-file={LOCKS['dev']}",
            ],
        ):
            command = [python, "-m", "uv", *COMPILE, *more, *arguments]
            if subprocess.run(command, cwd=ROOT, check=False).returncode:
                sys.exit("The packages in pyproject.toml do not go together; see above.")
