"""Where Chromium is, how tests start it, and what becomes of them on a machine without it."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "there is no Chromium: apt-get install chromium, or name one in CHROMIUM"


def chromium() -> str | None:
    """The program that CHROMIUM names, or else Debian's; None where it is missing."""
    return shutil.which(os.environ.get("CHROMIUM") or "chromium")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a browser test out where there is no Chromium; in CI it fails."""
    if item.get_closest_marker("browser") is None or chromium() is not None:
        return
    left_out(MISSING)


def left_out(why: str) -> NoReturn:
    """Leave this test out, which the end of the run says; in CI it fails."""
    if os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many browser tests were left out, which a line of dots does not show."""
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = sum("browser" in report.keywords for report in skipped)
    if left_out:
        terminalreporter.write_line(f"NOT RUN: {left_out} browser tests ({MISSING})")
