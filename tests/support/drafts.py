"""Versions of the test house: drafted from a file, published from a date, as a manager does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from policies.house.file import house_checksum, house_json, read_house
from seating.db import run, transaction
from seating.house.house_publishing import PublishHouse, WithdrawHouse, preview, publish, withdraw
from tests.support.house import CLOCK, VENUE

if TYPE_CHECKING:
    from datetime import date

    from seating.db import Pool
    from seating.house.house_publishing import HousePreview, PublishedHouse

DRAFT = """
insert into house (venue_id, version, checksum, house, state, from_date, made_by)
select $1, max(version) + 1, $2, $3::jsonb, 'draft', null, 'anna' from house where venue_id = $1
returning version
"""


async def drafted(pool: Pool, text: str) -> int:
    """Store a house as a draft; returns its number."""
    house = read_house(text)
    version: int = await pool.fetchval(
        DRAFT, house.venue.id, house_checksum(house), house_json(house).decode()
    )
    return version


async def previewed(pool: Pool, text: str, from_date: date) -> HousePreview:
    """What the house would do to the book."""
    async with transaction(pool) as conn:
        return await preview(conn, VENUE, read_house(text), from_date, CLOCK, version=99)


async def published(
    pool: Pool,
    text: str,
    from_date: date,
    stranded: Any = (),  # noqa: ANN401 - ids, or the words for any
) -> PublishedHouse:
    """Draft a house and publish it from a date on."""
    version = await drafted(pool, text)
    command = PublishHouse(id=uuid4(), from_date=from_date, stranded=stranded)
    return await run(pool, lambda conn: publish(conn, VENUE, version, command, "anna", CLOCK))


async def withdrawn(pool: Pool, version: int, stranded: Any = ()) -> PublishedHouse:  # noqa: ANN401
    """Take a published version back."""
    command = WithdrawHouse(id=uuid4(), stranded=stranded)
    return await run(pool, lambda conn: withdraw(conn, VENUE, version, command, "anna", CLOCK))


def closed_on(text: str, day: date) -> str:
    """The same house, closed on a date."""
    return text + f'\n[[special_days]]\ndate = {day.isoformat()}\nname = "closed"\n'


def with_dinner(text: str, opens: str, last_seating: str, name: str = "dinner") -> str:
    """The same house with other hours or another name of its dinner."""
    return (
        text.replace('name = "dinner"', f'name = "{name}"')
        .replace('opens = "18:00"', f'opens = "{opens}"')
        .replace('last_seating = "22:00"', f'last_seating = "{last_seating}"')
    )
