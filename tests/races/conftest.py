"""A small house, two pools on it as two processes have, and what a race may do to it."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from seating import db, lock_queue
from seating.book import asked, periods
from seating.book.in_force import house_of
from seating.book.periods import lock_period
from seating.booking import making
from seating.db import Pool, open_pool, transaction
from tests.support.house import NOON, VENUE, house_text, new_site, open_house, site
from tests.support.patience import WAITING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

    from seating.book.reservations import Booker

COMPANY, COMPANY_SECONDS = 4, 60.0
"""So many look before any of them writes; the time is more than a busy machine needs."""
CROWD = Counter[str]()
"""How many are `at_work` together."""

RECOUNT = """
select p.period_id from period p
left join reservation r on r.venue_id = p.venue_id and r.period_id = p.period_id
  and r.kind = 'physical' and r.state in ('booked', 'arrived')
group by p.venue_id, p.period_id
having (physical_parties, physical_covers)
       <> (count(r.reservation_id), coalesce(sum(r.party_size), 0))
"""
"""Periods whose counters are not what a recount says."""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a crowd takes longer than a guest would wait; who wins is asked here."""
    for module in (db, lock_queue):
        monkeypatch.setattr(module, "MOST_SECONDS", 60.0)


@pytest.fixture
async def pools(database: str, pool: Pool) -> AsyncIterator[tuple[Pool, Pool]]:
    """Two pools on a house with one table of two."""
    await open_house(pool, house_text(2))
    other = await open_pool(database, min_size=10)
    mine = await open_pool(database, min_size=10)
    try:
        yield mine, other
    finally:
        await mine.close()
        await other.close()


@pytest.fixture
async def partner(pools: tuple[Pool, Pool]) -> Booker:
    return site((await new_site(pools[0]))[0])


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a period is looked at but no longer locked.

    Whoever of a crowd has looked waits until others have too: the race happens on any machine.
    """
    monkeypatch.setattr(periods, "LOCK_PERIODS", periods.LOCK_PERIODS.replace("for update", ""))
    read, looking, both = periods.read_under_lock, Counter[str](), asyncio.Event()

    async def read_together(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed on
        picture = await read(*given, **more)
        if CROWD["at_work"] < COMPANY:
            return picture
        looking["now"] += 1
        if looking["now"] >= COMPANY:
            both.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(both.wait(), COMPANY_SECONDS)
        looking["now"] -= 1
        return picture

    monkeypatch.setattr(periods, "read_under_lock", read_together)


@pytest.fixture
def yeses(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a booking was decided on, whatever the database then made of it."""
    counted: Counter[str] = Counter()
    write = making.write_booking

    async def counting(*given: Any) -> Any:  # noqa: ANN401 - handed on
        counted["yes"] += 1
        return await write(*given)

    monkeypatch.setattr(making, "write_booking", counting)
    return counted


async def open_period(pool: Pool, *starts: Any) -> None:  # noqa: ANN401 - instants
    """Make the rows of the periods: making them would serialise by itself."""
    async with transaction(pool) as conn:
        known = await house_of(conn, VENUE)
        for start in starts:
            period = asked.period_for_start(known, start)
            assert period is not None
            await lock_period(conn, VENUE, known, period, now=NOON)


async def through_or_waiting(pool: Pool, task: asyncio.Task[Any]) -> None:
    """Return once the task is done or waits inside PostgreSQL for somebody's lock."""
    while not (task.done() or await pool.fetchval(WAITING)):  # noqa: ASYNC110 - no event for it
        await asyncio.sleep(0.01)


async def together(work: Iterable[Awaitable[Any]]) -> list[Any]:
    """Everybody at once; an exception is an outcome like others."""
    crowd = list(work)
    CROWD["at_work"] = len(crowd)
    try:
        return await asyncio.gather(*crowd, return_exceptions=True)
    finally:
        CROWD.clear()


def kinds(outcomes: list[Any]) -> Counter[str]:
    """How often each type came out."""
    return Counter(type(outcome).__name__ for outcome in outcomes)


def alternating(
    pools: tuple[Pool, Pool], count: int, work: Callable[[Pool, int], Awaitable[Any]]
) -> list[Awaitable[Any]]:
    """The work `count` times, on one pool and the other."""
    return [work(pools[number % 2], number) for number in range(count)]
