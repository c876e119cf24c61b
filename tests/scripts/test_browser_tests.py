"""What becomes of the browser tests on a machine without Chromium or without WebKit."""

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

@pytest.mark.webkit
def test_the_page_on_an_ipad() -> None: ...
"""
NOT_RUN = tuple(
    f"\nNOT RUN: 1 browser tests (there is no {each}:" for each in ("Chromium", "WebKit")
)


@pytest.mark.parametrize(
    ("ci", "code", "said"),
    [("", 0, NOT_RUN), ("true", 1, ("\n2 errors",))],
)
def test_a_missing_browser_is_said_and_fails_in_ci(
    ci: str, code: int, said: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "test_one.py").write_text(ONE)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n browser\n webkit\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.browser", tmp_path],
        cwd=tmp_path,
        env=os.environ
        | {"CHROMIUM": "/nowhere/chromium", "CI": ci, "PYTHONPATH": str(ROOT), "PATH": "/nowhere"}
        | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = all(each in ran.stdout for each in said)
    assert (ran.returncode, found) == (code, True), ran.stdout + ran.stderr
