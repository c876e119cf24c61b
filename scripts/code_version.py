"""Which code this is: the commit of the checkout, else the version of the project."""

from __future__ import annotations

import subprocess
import tomllib

from scripts.setup_venv import ROOT


def code_version() -> str:
    """Return the commit, with a plus sign when files were changed since; else the version."""
    if (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=12", "--exclude=*"]
        try:
            done = subprocess.run(
                [*command, "--dirty=+"], capture_output=True, text=True, check=False
            )
        except OSError:
            done = None
        if done and done.returncode == 0:
            return done.stdout.strip()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return f"version {project['project']['version']}"
