"""What changed the room since an option was told: the fact that a refusal names."""

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


class Fact(Struct, frozen=True, kw_only=True):
    """Why what was offered is not there: who sits, what is shut, whose promise needed it.

    `detail` says it in a sentence; `at`: since when, or for when.
    """

    kind: FactKind
    detail: str
    tables: tuple[str, ...] = ()
    at: datetime | None = None
    by: str | None = None


def fact_of(picture: Picture, house: House, option: RescueOption, *, now: datetime) -> Fact:
    """Return the first fact in the way of the option, facts before intentions."""
    tables, until = frozenset(option.tables), option.ends or now
    found = (
        *_sitting(picture, tables),
        *_out_of_use(picture, house, tables, until),
        *_meant(picture, house, option, tables, until, now),
    )
    otherwise = Fact(kind="promised", detail="other parties need these tables by now")
    return next(iter(found), otherwise)


def _sitting(picture: Picture, tables: frozenset[str]) -> Iterator[Fact]:
    for seating in picture.seatings:
        taken = tuple(sorted(tables & set(seating.tables)))
        if taken:
            who = f" ({seating.name})" if seating.name else ""
            told = f"a party of {seating.party_size}{who} sits at {', '.join(taken)}"
            yield Fact(kind="seated", detail=told, tables=taken, at=seating.seated_at)


def _out_of_use(
    picture: Picture, house: House, tables: frozenset[str], until: datetime
) -> Iterator[Fact]:
    for block in picture.blocks:
        if block.table_id in tables and block.starts < until and block.lifted_at is None:
            told = f"table {block.table_id} is out of use: {block.reason}"
            yield Fact(kind="blocked", detail=told, tables=(block.table_id,), at=block.starts)
    shut = [each for each in house.tables if each.area in picture.period.areas_shut]
    closed = tuple(each.id for each in shut if each.id in tables)
    if closed:
        yield Fact(kind="area_shut", detail="that area is shut tonight", tables=closed)


def _meant(
    picture: Picture,
    house: House,
    option: RescueOption,
    tables: frozenset[str],
    until: datetime,
    now: datetime,
) -> Iterator[Fact]:
    holds = (each for each in holds_in_force(picture, now) if each.fixed)
    others = (each for each in holds if each.slot_hold_id != option.option_id)
    for hold in _on(others, tables, now, until):
        at = clock(house, hold.expires_at)
        told = f"{hold.staff_id} keeps {', '.join(hold.tables)} for another party until {at}"
        yield Fact(
            kind="opened", detail=told, tables=hold.tables, at=hold.expires_at, by=hold.staff_id
        )
    for promise in _on(picture.promises, tables, now, until):
        who, at = guests(promise.party_size), clock(house, promise.starts)
        told = f"{', '.join(promise.tables)} is needed for {who} at {at}"
        yield Fact(kind="promised", detail=told, tables=promise.tables, at=promise.starts)


def _on(
    parties: Iterable[P], tables: frozenset[str], starts: datetime, ends: datetime
) -> Iterator[P]:
    for party in parties:
        if tables & set(party.tables) and party.starts < ends and starts < party.ends:
            yield party
