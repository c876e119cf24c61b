"""Where Chromium is, how tests start it, and what becomes of them on a machine without it."""

from __future__ import annotations

import os
from collections import Counter
from typing import NoReturn

import pytest
from _pytest.runner import runtestprotocol

from scripts import screens
from scripts.chromium import chromium
from tests.support.webkit import MISSING as NO_WEBKIT
from tests.support.webkit import has_webkit

MISSING = "there is no Chromium: apt-get install chromium, or name one in CHROMIUM"


def lacks(item: pytest.Item) -> str | None:
    """What this machine lacks for a test: a sentence, or None."""
    if item.get_closest_marker("browser") is not None and chromium() is None:
        return MISSING
    if item.get_closest_marker("webkit") is not None and not has_webkit():
        return NO_WEBKIT
    return None


TRIES = 3
"""A browser on a busy machine loses a tap now and then: only a test that fails each time fails."""
PATIENCE = 30_000
"""Milliseconds that a busy machine may take to show what a tap or a colleague did."""
AGAIN = "run again"
"""The property of a report whose test failed before: how often."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a browser test again, from its fixtures on, before it counts as failed."""
    if item.get_closest_marker("browser") is None:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports, failed = _once(item, nextitem), 0
    while failed < TRIES - 1 and any(each.failed for each in reports):
        reports, failed = _once(item, nextitem), failed + 1
    for each in reports:
        if failed and each.when == "call":
            each.user_properties.append((AGAIN, failed))
        item.ihook.pytest_runtest_logreport(report=each)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _once(item: pytest.Item, nextitem: pytest.Item | None) -> list[pytest.TestReport]:
    item._initrequest()  # type: ignore[attr-defined]
    return runtestprotocol(item, log=False, nextitem=nextitem)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a browser test out where its browser is missing; in CI it fails."""
    if why := lacks(item):
        left_out(why)


def left_out(why: str) -> NoReturn:
    """Leave this test out, which the end of the run says; in CI it fails."""
    if os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


def built_screens() -> None:
    """Build the screens of these sources; who comes second waits for the first.

    Where nothing can be fetched the test is left out; sources that do not build fail it.
    """
    try:
        screens.build_if_changed(lambda _: None)
    except screens.BrokenSourcesError as error:
        pytest.fail(str(error), pytrace=False)
    except screens.ScreensError as error:
        left_out(str(error))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which browser tests were left out or run again, which a line of dots does not show."""
    skipped = [
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if not {"browser", "webkit"}.isdisjoint(report.keywords)
    ]
    for why, count in Counter(skipped).items():
        terminalreporter.write_line(f"NOT RUN: {count} browser tests ({why})")
    for report in terminalreporter.stats.get("passed", []):
        if failed := dict(report.user_properties).get(AGAIN):
            terminalreporter.write_line(f"RUN AGAIN: {report.nodeid} passed after {failed} failed")
