"""Publishing a version of the house from a service date on, and what that does to the book.

Nothing is refused for good: a version that would leave promises without a place is published once
somebody says that they know, and the promises become cases.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from asyncpg import Record
from msgspec import Meta, Struct

from policies.drafts.documents import DocumentError, contradictions
from policies.drafts.stranding import NewBook
from policies.floor.orders import Command
from policies.house.house import House
from policies.words.message import CalendarDate, message
from seating.access.audit import keep_record
from seating.book.actions import keep_answer, key_of, replayed_answer
from seating.book.announcing import EventOf, announced
from seating.book.asked import check_from_date
from seating.book.in_force import DatedHouse, HouseVersion, house_of, house_of_version
from seating.book.periods import LOCK_HOUSE
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow, WouldStrand
from seating.house.carrying import (
    book_under,
    carry_locked,
    days_of,
    lock_ahead,
    point_to,
)
from seating.house.house_rules import rules_of_version
from seating.house.later_versions import add_carried, with_later
from seating.house.new_rules import RulesMisfit, rules_misfits
from seating.house.stranded import StrandedList, StrandedPromise, with_details

READ_VERSION = """
select version, state, from_date from house where venue_id = $1 and version = $2 for update
"""

# A version drafted before another of the same date was published goes by a number of its own.
NEW_NUMBER = """
select case when exists (
        select from house where venue_id = $1 and state = 'published' and from_date = $3
            and version > $2)
    then (select max(version) + 1 from house where venue_id = $1) end
"""

COPY_VERSION = """
insert into house (venue_id, version, checksum, house, state, from_date, base, why, made_by)
select venue_id, $3, checksum, house, 'draft', from_date, base, why, made_by
from house where venue_id = $1 and version = $2
"""

PUBLISH = """
update house set state = 'published', from_date = $3, published_by = $4, published_at = $5
where venue_id = $1 and version = $2
"""

WITHDRAW = "update house set state = 'withdrawn' where venue_id = $1 and version = $2"

# What the version hid: an older one of the same date.
BEFORE_IT = """
select version from house
where venue_id = $1 and state = 'published' and from_date = $2 and version <> $3
order by version desc limit 1
"""

HOUSE_EVENT = EventOf("house.", "$2::text", ("published", "withdrawn"))
ANNOUNCE = f"select {announced(HOUSE_EVENT, subject='$3::text', version='$3::int')}"

Agreed = Literal["become_cases"] | Annotated[tuple[UUID, ...], Meta(max_length=10_000)]


class PreviewHouse(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which service date the version would hold."""

    from_date: date


class PublishHouse(Command, frozen=True, kw_only=True):
    """Publish a draft from a service date on.

    `stranded`: the ids of the promises seen to lose their place, or "become_cases" for any.
    """

    from_date: date
    stranded: Agreed = ()


class WithdrawHouse(Command, frozen=True, kw_only=True):
    """Take back a published version that has not begun; `stranded` as in PublishHouse."""

    stranded: Agreed = ()


class NewZone(Struct, frozen=True, kw_only=True):
    """Another time zone: promises keep their local times, the instants follow."""

    was: str
    becomes: str
    promises: int


class HousePreview(Struct, frozen=True, kw_only=True):
    """What a version would do to the book, from a service date on.

    `periods`: how many open ones come under it. `moved`: reservations at other tables.
    `followed`: those that belong to another period. `stranded`: who would lose their place.
    `rules`: what published rules name that is then gone (a window's area or period), from when.
    """

    version: int
    from_date: date
    periods: int
    moved: tuple[UUID, ...]
    followed: tuple[UUID, ...]
    stranded: tuple[StrandedPromise, ...]
    zone: NewZone | None = None
    rules: tuple[RulesMisfit, ...] = ()


class PublishedHouse(HousePreview, frozen=True, kw_only=True):
    """What publishing a version has done to the book; `stranded` are cases by now.

    `carried_into`: the numbers of later versions that hold the change too.
    """

    carried_into: tuple[int, ...] = ()


async def preview(
    conn: Connection, venue_id: str, house: House, from_date: date, clock: Clock, *, version: int
) -> HousePreview:
    """Return what the house would do to the book from a date on; reads only.

    Raises Invalid, DocumentError, NotPossibleNow.
    """
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    check_from_date(from_date, in_force.service_date_at(now))
    check_consistent(house)
    new, _ = await with_later(conn, in_force, DatedHouse(from_date, version, house))
    book = await book_under(conn, in_force, new, from_date, now)
    return await _told(conn, in_force, new, from_date, version, book, now)


async def preview_draft(
    conn: Connection, venue_id: str, version: int, asked: PreviewHouse, clock: Clock
) -> HousePreview:
    """Return what a stored version would do to the book. Raises NotFound, Invalid."""
    house = await house_of_version(conn, venue_id, version)
    return await preview(conn, venue_id, house, asked.from_date, clock, version=version)


async def publish(
    conn: Connection, venue_id: str, version: int, command: PublishHouse, by: str, clock: Clock
) -> PublishedHouse:
    """Publish a draft, once per id, with an audit record.

    Raises NotFound, NotPossibleNow, Invalid, IdReused, WouldStrand (`now`: the promises that would
    lose their place and were not named), LostRaceError.
    """
    await conn.execute(LOCK_HOUSE, venue_id)
    key = key_of(command, version)
    earlier = await replayed_answer(conn, venue_id, key, PublishedHouse)
    if earlier is not None:
        return earlier
    row = await _read_version(conn, venue_id, version)
    if row["state"] != "draft":
        raise NotPossibleNow(message("version-not-draft", version=str(version), state=row["state"]))
    now = await clock.now(conn)
    in_force = await house_of(conn, venue_id)
    check_from_date(command.from_date, in_force.service_date_at(now))
    done = await put_in_force(
        conn, venue_id, version, command.from_date, command.stranded, by=by, now=now
    )
    return await keep_answer(conn, venue_id, key, done, by=by, at=now)


async def put_in_force(
    conn: Connection,
    venue_id: str,
    version: int,
    from_date: date,
    agreed: Agreed,
    *,
    by: str | None,
    now: datetime,
) -> PublishedHouse:
    """Publish a stored draft from a date on; the house is locked. Raises as `publish`."""
    in_force = await house_of(conn, venue_id)
    house = await house_of_version(conn, venue_id, version)
    check_consistent(house)
    await check_rules_unchanged(conn, house)
    other = await conn.fetchval(NEW_NUMBER, venue_id, version, from_date)
    if other is not None:
        await conn.execute(COPY_VERSION, venue_id, version, other)
        await conn.execute(WITHDRAW, venue_id, version)
        version = other
    new, later = await with_later(conn, in_force, DatedHouse(from_date, version, house))

    async def publish_row() -> None:
        await conn.execute(PUBLISH, venue_id, version, from_date, by, now)
        for each in later:
            await add_carried(conn, each, version, by, now)

    book = await _change(conn, in_force, new, from_date, publish_row, now)
    told = await _told(conn, in_force, new, from_date, version, book, now)
    _check_agreed(told.stranded, agreed)
    await conn.execute(ANNOUNCE, venue_id, "published", str(version))
    before = in_force.on(from_date).version
    facts = {"version": version, "from": from_date, "before": before}
    await keep_record(conn, venue_id, "PublishHouse", facts, by=by)
    return _done(told, later)


async def withdraw(
    conn: Connection, venue_id: str, version: int, command: WithdrawHouse, by: str, clock: Clock
) -> PublishedHouse:
    """Take back a published version whose first date is still to come. Raises as `publish`."""
    await conn.execute(LOCK_HOUSE, venue_id)
    key = key_of(command, version)
    earlier = await replayed_answer(conn, venue_id, key, PublishedHouse)
    if earlier is not None:
        return earlier
    row, now = await _read_version(conn, venue_id, version), await clock.now(conn)
    in_force = await house_of(conn, venue_id)
    from_date: date = row["from_date"]
    if row["state"] != "published":
        raise NotPossibleNow(message("version-not-published", version=str(version)))
    if from_date <= in_force.service_date_at(now):
        since = CalendarDate(from_date, "year")
        raise NotPossibleNow(message("version-holds-since", version=str(version), day=since))
    hidden = await conn.fetchval(BEFORE_IT, venue_id, from_date, version)
    instead = None
    if hidden is not None:
        instead = DatedHouse(from_date, hidden, await house_of_version(conn, venue_id, hidden))
    new = in_force.withdrawn(version, instead)

    async def withdraw_row() -> None:
        await conn.execute(WITHDRAW, venue_id, version)

    book = await _change(conn, in_force, new, from_date, withdraw_row, now)
    told = await _told(conn, in_force, new, from_date, version, book, now)
    _check_agreed(told.stranded, command.stranded)
    await conn.execute(ANNOUNCE, venue_id, "withdrawn", str(version))
    facts = {"version": version, "from": from_date}
    await keep_record(conn, venue_id, "WithdrawHouse", facts, by=by, reason=command.reason)
    done = _done(told, ())
    return await keep_answer(conn, venue_id, key, done, by=by, at=now)


async def check_rules_unchanged(conn: Connection, house: House) -> None:
    """Raise Invalid if the version of the house rules stood for others: guests accepted those."""
    rules = house.house_rules
    earlier = await rules_of_version(conn, house.venue.id, rules.version) if rules else None
    if rules is not None and earlier is not None and earlier != rules:
        problem = message("rules-version-used", version=str(rules.version))
        raise Invalid(problem, pointer="/house_rules/version")


async def _change(
    conn: Connection,
    in_force: HouseVersion,
    new: HouseVersion,
    from_date: date,
    change_row: Callable[[], Awaitable[None]],
    now: datetime,
) -> NewBook:
    locked = await lock_ahead(conn, in_force, new, from_date, now)
    await change_row()
    await point_to(conn, new, now)
    return await carry_locked(conn, locked, new)


async def _told(
    conn: Connection,
    in_force: HouseVersion,
    new: HouseVersion,
    from_date: date,
    version: int,
    book: NewBook,
    now: datetime,
) -> HousePreview:
    venue_id, day_of = in_force.house.venue.id, days_of(new)
    before = {
        each.reservation_id: each.tables
        for carried in book.carried
        for each in carried.picture.promises
    }
    moved = {
        each.reservation_id
        for carried in book.carried
        for each in carried.changes.promises
        if each.tables and each.tables != before.get(each.reservation_id)
    }
    return HousePreview(
        version=version,
        from_date=from_date,
        periods=len(book.carried),
        moved=tuple(sorted(moved)),
        followed=tuple(sorted(book.followed)),
        stranded=await with_details(conn, venue_id, book.stranded, book, day_of, now),
        zone=_new_zone(in_force.on(from_date).house, new.on(from_date).house, book),
        rules=await rules_misfits(conn, new, from_date),
    )


def _new_zone(was: House, becomes: House, book: NewBook) -> NewZone | None:
    if was.venue.zone == becomes.venue.zone:
        return None
    promises = {each.reservation_id for one in book.carried for each in one.picture.promises}
    return NewZone(was=was.venue.zone, becomes=becomes.venue.zone, promises=len(promises))


def _check_agreed(stranded: tuple[StrandedPromise, ...], agreed: Agreed) -> None:
    if agreed == "become_cases":
        return
    unseen = [each for each in stranded if each.reservation_id not in agreed]
    if unseen:
        raise WouldStrand(
            message("would-strand", count=len(unseen)),
            pointer="/stranded",
            now=StrandedList(stranded),
        )


def _done(told: HousePreview, later: Sequence[DatedHouse]) -> PublishedHouse:
    facts = {name: getattr(told, name) for name in told.__struct_fields__}
    return PublishedHouse(**facts, carried_into=tuple(each.version for each in later))


def check_consistent(house: House) -> None:
    """Raise DocumentError with everything the house says against itself."""
    wrong = contradictions(house)
    if wrong:
        raise DocumentError(tuple((each.pointer, each.said) for each in wrong))


async def _read_version(conn: Connection, venue_id: str, version: int) -> Record:
    row = await conn.fetchrow(READ_VERSION, venue_id, version)
    if row is None:
        raise NotFound(message("no-such-house-version", version=str(version)), pointer="/version")
    return row
