"""Databases that tests use one after another: each as the template is when it is lent.

To copy the template and to drop the copy takes a tenth of a second, to empty it a hundredth. So a
database that comes back is emptied and lent again by the same worker, unless its schema is no
longer the template's: then it is dropped, and the next test gets a new copy.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.database import copied, drop, reset_known
from tests.support.emptying import emptied

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MOST_TIMES = 50
"""So often is a database lent: what its rows leave behind in the files does not grow for ever."""


@dataclass
class Lendable:
    """A database and how often it was lent."""

    dsn: str
    times: int = 0


IDLE: list[Lendable] = []
"""What this worker has at hand, emptied."""


@asynccontextmanager
async def lent(template: str) -> AsyncIterator[str]:
    """Lend a database that is as the template is."""
    one = IDLE.pop() if IDLE else Lendable(await copied(template, like=template))
    one.times += 1
    reusable = False
    try:
        yield one.dsn
        reusable = one.times < MOST_TIMES and await emptied(one.dsn, reset_known())
    finally:
        if reusable:
            IDLE.append(one)
        else:
            await drop(one.dsn)
