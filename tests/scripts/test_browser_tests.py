"""What becomes of the browser tests on a machine without Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ONE = """
import pytest

@pytest.mark.browser
def test_the_page() -> None: ...
"""


@pytest.mark.parametrize(
    ("ci", "code", "said"),
    [("", 0, "\nNOT RUN: 1 browser tests (there is no"), ("true", 1, "\n1 error")],
)
def test_a_missing_chromium_is_said_and_fails_in_ci(
    ci: str, code: int, said: str, tmp_path: Path
) -> None:
    (tmp_path / "test_one.py").write_text(ONE)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.browser", tmp_path],
        cwd=tmp_path,
        env=os.environ
        | {"CHROMIUM": "/nowhere/chromium", "CI": ci, "PYTHONPATH": str(ROOT)}
        | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, said in ran.stdout) == (code, True), ran.stdout + ran.stderr
