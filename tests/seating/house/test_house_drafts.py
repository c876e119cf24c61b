"""Dated versions of the house as they are read, and drafts beside them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from seating.db import run, transaction
from seating.errors import Invalid, NotFound
from seating.house.house_drafts import (
    DraftHouse,
    HouseDraft,
    HouseInForce,
    draft_house,
    read_draft,
    read_house_in_force,
)
from tests.support.house import CLOCK, SEVEN, VENUE, house_text, open_house

if TYPE_CHECKING:
    from seating.db import Pool

TODAY = SEVEN.date()
PUBLISHED = """
insert into house (venue_id, version, checksum, house, state, from_date)
select venue_id, $1::int, $1::int::text,
       jsonb_set(house, '{areas,0,name}', to_jsonb($2::text)), $3, $4
from house where venue_id = 'bistro' and version = 1
"""


@pytest.fixture(autouse=True)
async def _house(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))


async def published(pool: Pool, version: int, days: int, state: str = "published") -> None:
    """A version called after its number, from so many days after today."""
    day = TODAY + timedelta(days=days)
    await pool.execute(PUBLISHED, version, f"Room {version}", state, day)


async def in_force(pool: Pool) -> HouseInForce:
    async with transaction(pool) as conn:
        return await read_house_in_force(conn, VENUE, CLOCK)


async def drafted(pool: Pool, from_date: date | None = None) -> HouseDraft:
    command = DraftHouse(
        id=uuid4(),
        reason="spring",
        from_date=from_date,
        patch={"areas": {"room": {"name": "Hall"}}},
    )
    return await run(pool, lambda conn: draft_house(conn, VENUE, command, "anna", CLOCK))


async def test_of_the_published_versions_the_latest_begun_is_in_force(pool: Pool) -> None:
    assert (await in_force(pool)).version == 1
    await published(pool, 2, -9)
    await published(pool, 3, -2)
    await published(pool, 4, -2)
    await published(pool, 5, 7)
    await published(pool, 6, -1, "withdrawn")
    await published(pool, 7, -1, "draft")
    found = await in_force(pool)
    assert (found.version, found.from_date) == (4, TODAY - timedelta(days=2))
    assert [each.version for each in found.later] == [5]


async def test_a_draft_is_based_on_and_compared_with_the_version_of_its_date(pool: Pool) -> None:
    await published(pool, 2, 7)
    soon, later = await drafted(pool), await drafted(pool, TODAY + timedelta(days=9))
    assert (soon.base, later.base) == (1, 2)
    assert [one.before for one in (*soon.differences, *later.differences)] == ["Room", "Room 2"]
    await published(pool, 8, 8)
    async with transaction(pool) as conn:
        again = await read_draft(conn, VENUE, later.version, CLOCK)
    assert [one.before for one in again.differences] == ["Room 8"]


async def test_a_draft_of_a_day_gone_by_or_of_no_house_is_refused(pool: Pool) -> None:
    with pytest.raises(Invalid):
        await drafted(pool, TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        async with transaction(pool) as conn:
            await read_draft(conn, VENUE, 9, CLOCK)
