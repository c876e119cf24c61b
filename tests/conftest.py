"""Fixtures for tests that need PostgreSQL: `database` (a DSN of its own) and `pool` on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from scripts.kernel_cache import keep_kernels
from seating.db import SETTINGS, Pool, open_pool
from tests.support.browser import (
    pytest_runtest_protocol,
    pytest_runtest_setup,
    pytest_terminal_summary,
)
from tests.support.database import Run, copy_of, open_run, template_dsn
from tests.support.lending import lent
from tests.support.patience import wait_longer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["pytest_runtest_protocol", "pytest_runtest_setup", "pytest_terminal_summary"]

RUN: pytest.StashKey[Run] = pytest.StashKey()
WITH_PROCESSES = frozenset(
    {
        "test_check.py",
        "test_durability.py",
        "test_evening.py",
        "test_generated_client.py",
        "test_google_processes.py",
        "test_jobs_processes.py",
        "test_last_table_processes.py",
        "test_pushed_notice.py",
        "test_readme.py",
        "test_strangers.py",
    }
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the folder for pictures of the screens (tests/web/stand/test_pictures.py)."""
    parser.addoption("--screenshots", metavar="DIR", help="write every screen as a picture")


def pytest_configure(config: pytest.Config) -> None:
    """Open the run in the controller, which is the process without `workerinput`."""
    keep_kernels()
    wait_longer()
    if not hasattr(config, "workerinput"):
        config.stash[RUN] = open_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the run, on Ctrl-C as well."""
    if RUN in config.stash:
        config.stash[RUN].close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that wait for processes of their own: another worker has the cores then.

    The pushed notice wants a browser in which few have worked before.
    """
    items.sort(key=lambda item: item.path.name not in WITH_PROCESSES)


# The same examples in every run, however long each takes on a busy machine: a suite that fails by
# chance tells nobody anything.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def template() -> str:
    """The DSN of the migrated database that is copied; never connect to it."""
    return template_dsn()


@pytest.fixture
async def database(template: str) -> AsyncIterator[str]:
    """A migrated database in which nobody has been, for one test."""
    async with lent(template) as dsn:
        yield dsn


@pytest.fixture
async def empty_database(template: str) -> AsyncIterator[str]:
    """A fresh database with nothing in it, dropped after the test."""
    async with copy_of(None, like=template) as dsn:
        yield dsn


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def schema(template: str) -> AsyncIterator[Pool]:
    """A pool on one database for all tests that look at the schema only: nothing can be written.

    Such a test runs in the session's loop: `@pytest.mark.asyncio(loop_scope="session")`.
    """
    settings = SETTINGS | {"default_transaction_read_only": "on"}
    async with (
        lent(template) as dsn,
        Pool(dsn, min_size=1, max_size=1, server_settings=settings) as pool,
    ):
        yield pool


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    """A pool on `database`, with the settings of production."""
    pool = await open_pool(database, min_size=1)
    try:
        yield pool
    finally:
        await pool.close()
