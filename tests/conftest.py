"""Fixtures for tests that need PostgreSQL: `database` (a DSN of its own) and `pool` on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.kernel_cache import keep_kernels
from seating.db import Pool, open_pool
from tests.support.browser import pytest_runtest_setup, pytest_terminal_summary
from tests.support.database import Run, copy_of, open_run, template_dsn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["pytest_runtest_setup", "pytest_terminal_summary"]

RUN: pytest.StashKey[Run] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Open the run in the controller, which is the process without `workerinput`."""
    keep_kernels()
    if not hasattr(config, "workerinput"):
        config.stash[RUN] = open_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the run, on Ctrl-C as well."""
    if RUN in config.stash:
        config.stash[RUN].close()


@pytest.fixture(scope="session")
def template() -> str:
    """The DSN of the migrated database that is copied; never connect to it."""
    return template_dsn()


@pytest.fixture
async def database(template: str) -> AsyncIterator[str]:
    """A fresh migrated database, dropped after the test."""
    async with copy_of(template, like=template) as dsn:
        yield dsn


@pytest.fixture
async def empty_database(template: str) -> AsyncIterator[str]:
    """A fresh database with nothing in it, dropped after the test."""
    async with copy_of(None, like=template) as dsn:
        yield dsn


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    """A pool on `database`, with the settings of production."""
    pool = await open_pool(database, min_size=1)
    try:
        yield pool
    finally:
        await pool.close()
