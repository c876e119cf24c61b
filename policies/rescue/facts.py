"""Why a rescue option is no longer available: what stands in its way now."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, TypeVar

from msgspec import Struct

from policies.book.picture import Picture, Promise, SlotHold, holds_in_force
from policies.house.house import House
from policies.house.wording import clock, guests
from policies.rescue.option import RescueOption

P = TypeVar("P", Promise, SlotHold)
FactKind = Literal["seated", "blocked", "area_shut", "opened", "promised", "refused"]


class Obstacle(Struct, frozen=True, kw_only=True):
    """A seating, block, shut area, opened option or promise at the option's tables.

    `detail`: a sentence for the host; `at`: since when (facts) or for when (intentions); `by`: the
    staff member who opened the other option.
    """

    kind: FactKind
    detail: str
    tables: tuple[str, ...] = ()
    at: datetime | None = None
    by: str | None = None


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
    otherwise = Obstacle(kind="promised", detail="other parties need these tables by now")
    return next(iter(found), otherwise)


def _seated(picture: Picture, tables: frozenset[str]) -> Iterator[Obstacle]:
    for seating in picture.seatings:
        taken = tuple(sorted(tables & set(seating.tables)))
        if taken:
            who = f" ({seating.name})" if seating.name else ""
            detail = f"a party of {seating.party_size}{who} sits at {', '.join(taken)}"
            yield Obstacle(kind="seated", detail=detail, tables=taken, at=seating.seated_at)


def _out_of_use(
    picture: Picture, house: House, tables: frozenset[str], until: datetime
) -> Iterator[Obstacle]:
    for block in picture.blocks:
        if block.table_id in tables and block.starts < until and block.lifted_at is None:
            detail = f"table {block.table_id} is out of use: {block.reason}"
            yield Obstacle(kind="blocked", detail=detail, tables=(block.table_id,), at=block.starts)
    shut = [each for each in house.tables if each.area in picture.period.areas_shut]
    closed = tuple(each.id for each in shut if each.id in tables)
    if closed:
        yield Obstacle(kind="area_shut", detail="that area is shut tonight", tables=closed)


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
        detail = f"{hold.staff_id} keeps {', '.join(hold.tables)} for another party until {at}"
        yield Obstacle(
            kind="opened", detail=detail, tables=hold.tables, at=hold.expires_at, by=hold.staff_id
        )
    for promise in _overlapping(picture.promises, tables, now, until):
        who, at = guests(promise.party_size), clock(house, promise.starts)
        detail = f"{', '.join(promise.tables)} is needed for {who} at {at}"
        yield Obstacle(kind="promised", detail=detail, tables=promise.tables, at=promise.starts)


def _overlapping(
    parties: Iterable[P], tables: frozenset[str], starts: datetime, ends: datetime
) -> Iterator[P]:
    for party in parties:
        if tables & set(party.tables) and party.starts < ends and starts < party.ends:
            yield party
