"""Putting a house file in force, as a new version of the house.

Loading is idempotent. A file that would leave a promise without a table is refused with the list.
"""

from collections.abc import Iterable
from datetime import datetime

from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Picture
from policies.house.calendar import Period, periods_on
from policies.house.file import HouseError, house_checksum, house_json, read_house
from policies.house.house import House
from policies.plan.replanning import replan
from seating.access.house_staff import put_staff
from seating.book.in_force import HOUSE_IN_FORCE, HouseVersion, house_of
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import lock_rows, read_under_lock
from seating.book.write import WriteSet, write
from seating.clock import Clock
from seating.db import Connection, Pool, transaction
from seating.errors import WouldStrand
from seating.house.house_rules import rules_of_version
from seating.house.zone_changes import follow_zone

LOCK_VENUE = "select pg_advisory_xact_lock(hashtextextended('maitred house ' || $1, 0))"

ZONE_IN_FORCE = """
select h.house #>> '{venue,zone}' from venue v
join house h on h.venue_id = v.venue_id and h.version = v.house_version
where v.venue_id = $1
"""

ADD_HOUSE = """
with h as (
    insert into house (venue_id, version, checksum, house)
    values ($1, $2, $3, $4::jsonb))
insert into venue (venue_id, name, house_version) values ($1, $5, $2)
on conflict (venue_id) do update set name = excluded.name, house_version = excluded.house_version
"""

UPSERT_TABLES = """
with kept as (
    insert into dining_table (venue_id, table_id)
    select $1, unnest($2::text[])
    on conflict (venue_id, table_id) do update set retired_at = null)
update dining_table set retired_at = $3
where venue_id = $1 and retired_at is null and not table_id = any($2::text[])
"""

PERIODS_AHEAD = f"""
select {PERIOD_COLUMNS}
from period p where p.venue_id = $1 and p.closed_at is null order by p.period_id
"""

MOVE_PERIOD = """
update period set opens = $3, last_seating = $4, closes = $5, house_version = $6
where venue_id = $1 and period_id = $2
"""

DROP_PERIOD = """
update period set closed_at = $3, house_version = $4 where venue_id = $1 and period_id = $2
"""


class StrandedPromise(Struct, frozen=True, kw_only=True):
    """A promise (or seated party) that the new house has no place for, and why."""

    period_id: str
    name: str
    party_size: int
    starts: datetime
    why: str


class StrandedList(Struct, frozen=True):
    """The promises that a refused house file would strand."""

    stranded: tuple[StrandedPromise, ...]


async def load_house(pool: Pool, text: str, clock: Clock) -> HouseVersion:
    """Put a house file (TOML) in force and return it; unchanged if its checksum is in force.

    Raises HouseError for a file with mistakes, WouldStrand with the promises that would lose their
    place.
    """
    return await put_house(pool, read_house(text), clock)


async def put_house(pool: Pool, house: House, clock: Clock) -> HouseVersion:
    """Put a house in force as `load_house` does one that was read from a file."""
    async with transaction(pool) as conn:
        await conn.execute(LOCK_VENUE, house.venue.id)
        row = await conn.fetchrow(HOUSE_IN_FORCE, house.venue.id)
        if row is not None and row["checksum"] == house_checksum(house):
            return await house_of(conn, house.venue.id)
        await _check_rules_version(conn, house)
        in_force = HouseVersion(house, (row["house_version"] if row else 0) + 1)
        now = await clock.now(conn)
        if row is not None:
            await _follow_zone(conn, house, now)
        await _put_in_force(conn, in_force, now)
        return in_force


async def _follow_zone(conn: Connection, house: House, now: datetime) -> None:
    """Move what is promised where the file names another zone: its local times are kept."""
    zone = house.venue.zone
    if await conn.fetchval(ZONE_IN_FORCE, house.venue.id) not in {None, zone}:
        before = await house_of(conn, house.venue.id)
        venue = replace(before.house.venue, zone=zone)
        await follow_zone(conn, replace(before, house=replace(before.house, venue=venue)), now)


async def _check_rules_version(conn: Connection, house: House) -> None:
    """Raise HouseError if the version was used for other rules: guests acknowledged those."""
    rules = house.house_rules
    earlier = await rules_of_version(conn, house.venue.id, rules.version) if rules else None
    if rules is not None and earlier is not None and earlier != rules:
        problem = f"expected a version above {rules.version}, under which other rules were shown"
        raise HouseError((f"house_rules.version: {problem}",))


async def _put_in_force(conn: Connection, in_force: HouseVersion, now: datetime) -> None:
    house, venue_id = in_force.house, in_force.house.venue.id
    raw = house_json(house).decode()
    await conn.execute(
        ADD_HOUSE, venue_id, in_force.version, house_checksum(house), raw, house.venue.name
    )
    await conn.execute(UPSERT_TABLES, venue_id, [table.id for table in house.tables], now)
    await put_staff(conn, venue_id, house.staff)
    rows = await conn.fetch(PERIODS_AHEAD, venue_id)
    await lock_rows(conn, venue_id, [row["period_id"] for row in rows])
    stranded: list[StrandedPromise] = []
    for row in rows:
        stranded += await _move_period(conn, in_force, row, now)
    if stranded:
        raise WouldStrand(
            f"{len(stranded)} promises would lose their place; move or cancel them first",
            now=StrandedList(tuple(stranded)),
        )


async def _move_period(
    conn: Connection, in_force: HouseVersion, row: Record, now: datetime
) -> list[StrandedPromise]:
    """Bring an open period under the new house; return the promises that it would strand."""
    venue_id = in_force.house.venue.id
    old = period_in(row)
    picture = await read_under_lock(conn, venue_id, old, (old,), now=now)
    new = _same_period(in_force, old)
    if new is None:
        await conn.execute(DROP_PERIOD, venue_id, old.period_id, now, in_force.version)
        return list(_all_stranded(picture, "the house is closed then"))
    moved = replace(
        picture,
        zone=in_force.house.venue.zone,
        period=replace(
            picture.period,
            opens=new.opens,
            last_seating=new.last_seating,
            closes=new.closes,
            house_version=in_force.version,
        ),
    )
    sitting = list(_sitting_at_lost_tables(moved, in_force.house))
    if sitting:
        return sitting
    late = list(_outside_hours(moved))
    changes = replan(moved, Changes(), in_force.house, now=now)
    lost = _left_without_table(picture, changes)
    if not late and not lost:
        await conn.execute(
            MOVE_PERIOD,
            venue_id,
            old.period_id,
            new.opens,
            new.last_seating,
            new.closes,
            in_force.version,
        )
        await write(conn, venue_id, moved, WriteSet(changes=changes), now=now)
    return late + lost


def _same_period(in_force: HouseVersion, old: Period) -> Period | None:
    periods = periods_on(in_force.house, old.service_date, house_version=in_force.version)
    return next((period for period in periods if period.name == old.name), None)


def _all_stranded(picture: Picture, why: str) -> Iterable[StrandedPromise]:
    for promise in picture.promises:
        if promise.state in {"requested", "booked", "arrived"}:
            yield _stranded(picture, promise.name, promise.party_size, promise.starts, why)
    for seating in picture.seatings:
        if seating.period_id == picture.period.period_id:
            yield _stranded(picture, seating.name, seating.party_size, seating.seated_at, why)


def _sitting_at_lost_tables(picture: Picture, house: House) -> Iterable[StrandedPromise]:
    tables = {table.id for table in house.tables}
    for seating in picture.seatings:
        lost = sorted(set(seating.tables) - tables)
        if lost:
            why = f"it sits at {', '.join(lost)}"
            yield _stranded(picture, seating.name, seating.party_size, seating.seated_at, why)


def _outside_hours(picture: Picture) -> Iterable[StrandedPromise]:
    period = picture.period
    for promise in picture.promises:
        live = promise.state in {"requested", "booked", "arrived"}
        if live and not period.opens <= promise.starts <= period.last_seating:
            why = "it starts outside the new hours"
            yield _stranded(picture, promise.name, promise.party_size, promise.starts, why)


def _left_without_table(picture: Picture, changes: Changes) -> list[StrandedPromise]:
    exposed_before = {p.reservation_id for p in picture.promises if p.exposed}
    why = "no table is left for it"
    return [
        _stranded(picture, promise.name, promise.party_size, promise.starts, why)
        for promise in changes.promises
        if promise.exposed and promise.reservation_id not in exposed_before
    ]


def _stranded(
    picture: Picture, name: str, party_size: int, starts: datetime, why: str
) -> StrandedPromise:
    return StrandedPromise(
        period_id=picture.period.period_id,
        name=name,
        party_size=party_size,
        starts=starts,
        why=why,
    )
