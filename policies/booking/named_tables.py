"""Tables that a person names for a promise: given as its plan, or refused with who has them.

The engine is asked first; this is what a reason may do beyond it. Only facts, closures and other
promised tables stand against a person's word: whoever else is planned there is moved, or exposed.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Picture, Promise, seating_end
from policies.house.house import House
from policies.house.room import room_of
from policies.house.wording import clock, party_message
from policies.plan.occupancy import closed_tables
from policies.plan.replanning import replan
from policies.words.message import Message, message


def give_named(
    picture: Picture, promise: Promise, tables: tuple[str, ...], house: House, *, now: datetime
) -> Changes | Message:
    """Return the changes that plan these tables for the promise, or what stands against it.

    The promise is then physical and fixed to them; it is the last of the changes.
    """
    if why := in_the_way(picture, promise, tables, house, now=now):
        return why
    given = replace(
        promise,
        tables=tables,
        fixed=True,
        pinned_by=None,
        lost_tables=(),
        kind="physical",
        risk=None,
        overruled=False,
        exposed=False,
        duplicate_allowed=True,
    )
    changes = replan(picture, Changes(promises=(given,)), house, now=now)
    if not has_tables(changes, promise, tables):
        return not_given(tables)
    others = (e for e in changes.promises if e.reservation_id != promise.reservation_id)
    return replace(changes, promises=(*others, given))


def has_tables(changes: Changes, promise: Promise, tables: tuple[str, ...]) -> bool:
    """Tell whether the changes leave the promise exactly these tables."""
    return any(
        each.reservation_id == promise.reservation_id and set(each.tables) == set(tables)
        for each in changes.promises
    )


def not_given(tables: tuple[str, ...]) -> Message:
    """Return that the plan could not give the named tables."""
    return message("named-tables-not-given", tables=tables, count=len(tables))


def in_the_way(
    picture: Picture, promise: Promise, tables: tuple[str, ...], house: House, *, now: datetime
) -> Message | None:
    """Return what no reason overrules about these tables in the promise's hours, None if free."""
    return next(_in_the_way(picture, promise, frozenset(tables), house, now), None)


def _in_the_way(
    picture: Picture, promise: Promise, tables: frozenset[str], house: House, now: datetime
) -> Iterator[Message]:
    for seating in picture.seatings:
        shared, until = _shared(tables, seating.tables), seating_end(seating, now)
        ours = seating.reservation_id == promise.reservation_id
        if shared and not ours and seating.cleared_at is None and promise.starts < until:
            yield message(
                "named-tables-taken",
                tables=shared,
                count=len(shared),
                size=seating.party_size,
                until=clock(house, until),
            )
    for other in picture.promises:
        shared = _shared(tables, other.tables)
        if shared and _keeps(picture, other, promise):
            yield message(
                "named-tables-promised",
                tables=shared,
                count=len(shared),
                party=party_message(other.name, other.party_size),
                at=clock(house, other.starts),
            )
    room = room_of(house)
    for place, starts, ends in closed_tables(picture, room, now=now):
        table = room.tables[place].id
        if table in tables and starts < promise.ends and promise.starts < ends:
            yield message("named-table-out-of-use", table=table)


def _keeps(picture: Picture, other: Promise, promise: Promise) -> bool:
    """Tell whether another promise keeps its tables whatever a person says."""
    return (
        other.reservation_id != promise.reservation_id
        and other.state in {"booked", "arrived"}
        and (other.fixed or other.period_id in picture.elsewhere)
        and other.starts < promise.ends
        and promise.starts < other.ends
    )


def _shared(tables: frozenset[str], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(table for table in others if table in tables)
