"""A house is published while others book: none is lost, and none stays under the old house."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from seating.book import periods
from seating.book.in_force import house_of
from seating.book.periods import lock_period
from seating.booking.making import BookingResult
from seating.db import LostRaceError, transaction
from tests.races.conftest import RECOUNT, alternating, through_or_waiting, together
from tests.support.drafts import closed_on, published
from tests.support.house import HOST, NOON, SEVEN, VENUE, at, book, house_text, order

if TYPE_CHECKING:
    from seating.db import Pool

TODAY = date(2027, 3, 3)
LATER = SEVEN + timedelta(days=1)
BEHIND = """
select period_id from period
where house_version <> (select max(version) from house where state = 'published')
"""
TOGETHER = """
select a.table_id from intention a join intention b using (venue_id, table_id)
where a.subject_id < b.subject_id and tstzrange(a.starts, a.ends) && tstzrange(b.starts, b.ends)
"""


async def opens_while_published(pool: Pool, other: Pool) -> list[str]:
    """Publish while somebody is about to open a period; returns the periods left behind."""
    async with transaction(pool) as conn:
        known = await house_of(conn, VENUE)
        (dinner,) = known.periods_on(LATER.date())
        await lock_period(conn, VENUE, known, dinner, now=NOON)
        publishing = asyncio.create_task(published(other, house_text(2, 2), TODAY))
        await through_or_waiting(other, publishing)
    await publishing
    return [row["period_id"] for row in await pool.fetch(BEHIND)]


async def test_a_period_opened_meanwhile_comes_under_the_new_house(
    pools: tuple[Pool, Pool],
) -> None:
    assert await opens_while_published(*pools) == []


async def test_control_without_the_lock_it_stays_under_the_old_one(
    pools: tuple[Pool, Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periods, "HOUSE_STAYS", "select $1")
    assert await opens_while_published(*pools) == ["2027-03-04.dinner"]


async def test_a_house_read_before_it_was_published_opens_no_period(
    pools: tuple[Pool, Pool],
) -> None:
    async with transaction(pools[0]) as conn:
        known = await house_of(conn, VENUE)  # as another process has it
        await published(pools[1], closed_on(house_text(2), LATER.date()), TODAY)
        (dinner,) = known.periods_on(LATER.date())
        with pytest.raises(LostRaceError):
            await lock_period(conn, VENUE, known, dinner, now=NOON)


@pytest.mark.parametrize("text", [house_text(2, 2, 2, 2), closed_on(house_text(2), LATER.date())])
async def test_bookings_beside_a_publication_are_kept_or_are_cases(
    pools: tuple[Pool, Pool], text: str
) -> None:
    work = alternating(
        pools, 16, lambda pool, n: book(pool, order(n, starts=LATER + (at(n % 4) - SEVEN)), HOST)
    )
    work.insert(5, published(pools[1], text, TODAY, "become_cases"))
    outcomes = await together(work)
    assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
    made = [each for each in outcomes if isinstance(each, BookingResult)]
    rows = await pools[0].fetch(
        "select reservation_id, exposed, exists (select from intention i"
        " where i.subject_id = r.reservation_id) as placed from reservation r"
        " where state = 'booked'"
    )
    assert len(rows) == len(made)
    assert all(row["placed"] != row["exposed"] for row in rows)
    assert await pools[0].fetch(TOGETHER) == []
    assert await pools[0].fetch(BEHIND) == []
    assert await pools[0].fetch(RECOUNT) == []
