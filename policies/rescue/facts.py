"""Why a rescue option is no longer available: what stands in its way now."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, TypeVar

from msgspec import Struct

from policies.book.picture import NO_REASON, Picture, Promise, SlotHold, holds_in_force
from policies.floor.seatings import tables_taken
from policies.house.house import House
from policies.house.wording import clock
from policies.rescue.option import RescueOption
from policies.words.catalogue import say
from policies.words.message import Message, message

P = TypeVar("P", Promise, SlotHold)
FactKind = Literal["seated", "blocked", "area_shut", "opened", "promised", "refused"]


class Obstacle(Struct, frozen=True, kw_only=True):
    """A seating, block, shut area, opened option or promise at the option's tables.

    `detail`: a sentence for the host, in English; `said`: the same in any language; `at`: since
    when (facts) or for when (intentions); `by`: the staff member who opened the other option.
    """

    kind: FactKind
    detail: str
    said: Message
    tables: tuple[str, ...] = ()
    at: datetime | None = None
    by: str | None = None


def obstacle(
    kind: FactKind,
    said: Message,
    tables: tuple[str, ...] = (),
    at: datetime | None = None,
    by: str | None = None,
) -> Obstacle:
    """Return an obstacle, its sentence said in English."""
    return Obstacle(kind=kind, detail=say(said), said=said, tables=tables, at=at, by=by)


def first_obstacle(
    picture: Picture, house: House, option: RescueOption, *, now: datetime
) -> Obstacle:
    """Return the first obstacle to the option, facts before intentions."""
    tables, until = frozenset(option.tables), option.ends or now
    found = (
        *_seated(picture, tables),
        *_out_of_use(picture, house, tables, until),
        *_promised(picture, house, option, tables, until, now),
    )
    otherwise = obstacle("promised", message("tables-needed-by-others"))
    return next(iter(found), otherwise)


def _seated(picture: Picture, tables: frozenset[str]) -> Iterator[Obstacle]:
    for seating in picture.seatings:
        taken = tuple(sorted(tables & set(seating.tables)))
        if taken:
            said = tables_taken(taken, seating)
            yield obstacle("seated", said, tables=taken, at=seating.seated_at)


def _out_of_use(
    picture: Picture, house: House, tables: frozenset[str], until: datetime
) -> Iterator[Obstacle]:
    for block in picture.blocks:
        if block.table_id in tables and block.starts < until and block.lifted_at is None:
            if block.reason == NO_REASON:
                said = message("warning-table-blocked", tables=(block.table_id,), count=1)
            else:
                said = message("table-out-of-use", table=block.table_id, reason=block.reason)
            yield obstacle("blocked", said, tables=(block.table_id,), at=block.starts)
    shut = [each for each in house.tables if each.area in picture.period.areas_shut]
    closed = tuple(each.id for each in shut if each.id in tables)
    if closed:
        yield obstacle("area_shut", message("area-shut-tonight"), tables=closed)


def _promised(
    picture: Picture,
    house: House,
    option: RescueOption,
    tables: frozenset[str],
    until: datetime,
    now: datetime,
) -> Iterator[Obstacle]:
    holds = (each for each in holds_in_force(picture, now) if each.fixed)
    others = (each for each in holds if each.slot_hold_id != option.option_id)
    for hold in _overlapping(others, tables, now, until):
        at = clock(house, hold.expires_at)
        said = message(
            "tables-kept-by-colleague",
            name=hold.staff_id or "",
            tables=hold.tables,
            count=len(hold.tables),
            until=at,
        )
        yield obstacle("opened", said, hold.tables, hold.expires_at, hold.staff_id)
    for promise in _overlapping(picture.promises, tables, now, until):
        at, size = clock(house, promise.starts), promise.party_size
        count = len(promise.tables)
        said = message("tables-needed-at", tables=promise.tables, count=count, size=size, time=at)
        yield obstacle("promised", said, tables=promise.tables, at=promise.starts)


def _overlapping(
    parties: Iterable[P], tables: frozenset[str], starts: datetime, ends: datetime
) -> Iterator[P]:
    for party in parties:
        if tables & set(party.tables) and party.starts < ends and starts < party.ends:
            yield party
