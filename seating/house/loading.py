"""Putting a house file in force, as a new version of the house.

Loading is idempotent. A file that would leave a promise without a place is refused with the list.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Picture
from policies.house.calendar import Period, periods_on
from policies.house.file import HouseError, house_checksum, house_json, read_house
from policies.house.house import House
from policies.plan.replanning import settled
from seating.book.in_force import HOUSE_IN_FORCE, Known, house_of
from seating.book.periods import lock_rows, read_under_lock
from seating.book.write import Written, write
from seating.clock import Clock
from seating.db import Connection, Pool, transaction
from seating.errors import WouldStrand
from seating.house.house_rules import rules_of_version

LOCK_VENUE = "select pg_advisory_xact_lock(hashtextextended('maitred house ' || $1, 0))"

ADD_HOUSE = """
with h as (
    insert into house (venue_id, version, checksum, house)
    values ($1, $2, $3, $4::jsonb))
insert into venue (venue_id, name, house_version) values ($1, $5, $2)
on conflict (venue_id) do update set name = excluded.name, house_version = excluded.house_version
"""

KEEP_TABLES = """
with kept as (
    insert into dining_table (venue_id, table_id)
    select $1, unnest($2::text[])
    on conflict (venue_id, table_id) do update set retired_at = null)
update dining_table set retired_at = $3
where venue_id = $1 and retired_at is null and not table_id = any($2::text[])
"""

KEEP_STAFF = """
insert into staff (venue_id, staff_id, name, role)
select $1, s.id, s.name, s.role
from jsonb_to_recordset($2::jsonb) as s (id text, name text, role text)
on conflict (venue_id, staff_id) do update set name = excluded.name
"""

PERIODS_AHEAD = """
select period_id, service_date, name, opens, last_seating, closes, house_version
from period where venue_id = $1 and closed_at is null order by period_id
"""

MOVE_PERIOD = """
update period set opens = $3, last_seating = $4, closes = $5, house_version = $6
where venue_id = $1 and period_id = $2
"""

DROP_PERIOD = """
update period set closed_at = $3, house_version = $4 where venue_id = $1 and period_id = $2
"""


class Stranded(Struct, frozen=True, kw_only=True):
    """A promise that the new house has no place for."""

    period_id: str
    name: str
    party_size: int
    starts: datetime
    why: str


class StrandedList(Struct, frozen=True):
    """What a refused house file would have left without a place."""

    stranded: tuple[Stranded, ...]


async def load_house(pool: Pool, text: str, clock: Clock) -> Known:
    """Put a house file in force and return it; nothing changes when it says what is in force.

    Raises HouseError for a file with mistakes, WouldStrand with the list of promises that would
    lose their place.
    """
    house = read_house(text)
    async with transaction(pool) as conn:
        await conn.execute(LOCK_VENUE, house.venue.id)
        row = await conn.fetchrow(HOUSE_IN_FORCE, house.venue.id)
        if row is not None and row["checksum"] == house_checksum(house):
            return await house_of(conn, house.venue.id)
        await _check_rules_version(conn, house)
        known = Known(house, (row["house_version"] if row else 0) + 1)
        await _put_in_force(conn, known, await clock.now(conn))
        return known


async def _check_rules_version(conn: Connection, house: House) -> None:
    """Raise HouseError when other rules stand under this version: guests acknowledged those."""
    rules = house.house_rules
    known = await rules_of_version(conn, house.venue.id, rules.version) if rules else None
    if rules is not None and known is not None and known != rules:
        told = f"expected a version above {rules.version}, under which other rules were shown"
        raise HouseError((f"house_rules.version: {told}",))


async def _put_in_force(conn: Connection, known: Known, now: datetime) -> None:
    house, venue_id = known.house, known.house.venue.id
    raw = house_json(house).decode()
    await conn.execute(
        ADD_HOUSE, venue_id, known.version, house_checksum(house), raw, house.venue.name
    )
    await conn.execute(KEEP_TABLES, venue_id, [table.id for table in house.tables], now)
    await conn.execute(KEEP_STAFF, venue_id, msgspec.json.encode(house.staff).decode())
    rows = await conn.fetch(PERIODS_AHEAD, venue_id)
    await lock_rows(conn, venue_id, [row["period_id"] for row in rows])
    stranded: list[Stranded] = []
    for row in rows:
        stranded += await _move_period(conn, known, row, now)
    if stranded:
        raise WouldStrand(
            f"{len(stranded)} promises would lose their place; move or cancel them first",
            now=StrandedList(tuple(stranded)),
        )


async def _move_period(
    conn: Connection, known: Known, row: Record, now: datetime
) -> list[Stranded]:
    """Bring a period not yet closed under the new house; return whom that would strand."""
    venue_id = known.house.venue.id
    old = msgspec.convert(row, Period, from_attributes=True)
    picture = await read_under_lock(conn, venue_id, old, (old,), now=now)
    new = _same_period(known, old)
    if new is None:
        await conn.execute(DROP_PERIOD, venue_id, old.period_id, now, known.version)
        return list(_all_stranded(picture, "the house is closed then"))
    moved = replace(
        picture,
        period=replace(
            picture.period,
            opens=new.opens,
            last_seating=new.last_seating,
            closes=new.closes,
            house_version=known.version,
        ),
    )
    sitting = list(_sitting_at_lost_tables(moved, known.house))
    if sitting:
        return sitting
    late = list(_outside_hours(moved))
    changes = settled(moved, Changes(), known.house, now=now)
    lost = _lost(picture, changes)
    if not late and not lost:
        await conn.execute(
            MOVE_PERIOD,
            venue_id,
            old.period_id,
            new.opens,
            new.last_seating,
            new.closes,
            known.version,
        )
        await write(conn, venue_id, moved, Written(changes=changes), now=now)
    return late + lost


def _same_period(known: Known, old: Period) -> Period | None:
    periods = periods_on(known.house, old.service_date, house_version=known.version)
    return next((period for period in periods if period.name == old.name), None)


def _all_stranded(picture: Picture, why: str) -> Iterable[Stranded]:
    for promise in picture.promises:
        if promise.state in {"requested", "booked", "arrived"}:
            yield _stranded(picture, promise.name, promise.party_size, promise.starts, why)
    for seating in picture.seatings:
        if seating.period_id == picture.period.period_id:
            yield _stranded(picture, seating.name, seating.party_size, seating.seated_at, why)


def _sitting_at_lost_tables(picture: Picture, house: House) -> Iterable[Stranded]:
    tables = {table.id for table in house.tables}
    for seating in picture.seatings:
        lost = sorted(set(seating.tables) - tables)
        if lost:
            why = f"it sits at {', '.join(lost)}"
            yield _stranded(picture, seating.name, seating.party_size, seating.seated_at, why)


def _outside_hours(picture: Picture) -> Iterable[Stranded]:
    period = picture.period
    for promise in picture.promises:
        live = promise.state in {"requested", "booked", "arrived"}
        if live and not period.opens <= promise.starts <= period.last_seating:
            why = "it starts outside the new hours"
            yield _stranded(picture, promise.name, promise.party_size, promise.starts, why)


def _lost(picture: Picture, changes: Changes) -> list[Stranded]:
    exposed_before = {p.reservation_id for p in picture.promises if p.exposed}
    why = "no table is left for it"
    return [
        _stranded(picture, promise.name, promise.party_size, promise.starts, why)
        for promise in changes.promises
        if promise.exposed and promise.reservation_id not in exposed_before
    ]


def _stranded(picture: Picture, name: str, party_size: int, starts: datetime, why: str) -> Stranded:
    return Stranded(
        period_id=picture.period.period_id,
        name=name,
        party_size=party_size,
        starts=starts,
        why=why,
    )
