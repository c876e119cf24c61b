"""A period's tables by time: who sits, who is planned, what is held or shut, and what clashes.

A span stands in the row of each of its tables; `tables` names them all, so a join is told by it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import (
    Picture,
    Promise,
    Seating,
    held_in_force,
    holds_in_force,
    seating_end,
)
from policies.house.calendar import closures_on
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.occupancy import Closed, closed_by

SpanKind = Literal[
    "seating", "plan", "held", "slot_hold", "reset", "block", "area_shut", "private_event", "past"
]
APART: frozenset[SpanKind] = frozenset({"past", "reset"})
"""Kinds that clash with nothing: over, or an intention that a host may override."""

PLANNED = frozenset({"requested", "booked", "arrived"})

OF_CLOSURES: dict[Closed, SpanKind] = {"shut": "area_shut", "private": "private_event"}


class Span(Struct, frozen=True, kw_only=True):
    """What has tables from `starts` to `ends`: a fact (seating, past) or an intention.

    `id`: of the seating, reservation, held table, slot hold or block; None for an area that is shut
    and a private event. `ends` of a seating: when its table is expected back as things are now,
    later than `expected_end` once it is overdue. `past`: a stay that is over. `reset`: a table that
    is made ready. `text`: a block's
    reason, a held table's window, a private event's name. `expires_at`: of a slot hold, or when a
    held table is released; `staff_id`: whose open rescue option a slot hold is. `clashes`: ids of
    what has one of its tables in the same time; one of them has to move or wait.
    """

    kind: SpanKind
    starts: datetime
    ends: datetime
    tables: tuple[str, ...] = ()
    id: UUID | None = None
    state: str = ""
    version: int = 0
    name: str = ""
    party_size: int = 0
    reservation_id: UUID | None = None
    wait_id: UUID | None = None
    expected_end: datetime | None = None
    overdue: bool = False
    late_at: datetime | None = None
    arrived: int = 0
    fixed: bool = False
    exposed: bool = False
    overbooked: bool = False
    text: str = ""
    expires_at: datetime | None = None
    staff_id: str | None = None
    clashes: tuple[UUID, ...] = ()


class TableRow(Struct, frozen=True, kw_only=True):
    """A table with its spans, the earliest first."""

    table_id: str
    area: str
    seats: int
    spans: tuple[Span, ...] = ()


class Timeline(Struct, frozen=True, kw_only=True):
    """The rows in the order of the house, and what has no table, by start."""

    tables: tuple[TableRow, ...]
    unplaced: tuple[Span, ...]


def timeline_of(
    picture: Picture, house: House, past: Iterable[Span] = (), *, now: datetime
) -> Timeline:
    """Return the tables of a picture by time, between the opening and the closing of its period.

    `past`: the stays of the period that are over.
    """
    opens, closes = picture.period.opens, picture.period.closes
    found = (*_parties(picture, now), *_out_of_use(picture, house, now))
    here = (each for each in found if each.starts < closes and opens < each.ends)
    spans = _with_clashes([*past, *here])
    rows: dict[str, list[Span]] = {table.id: [] for table in house.tables}
    for span in spans:
        for table in span.tables:
            rows.setdefault(table, []).append(span)
    known = {table.id: table for table in house.tables}
    return Timeline(
        tables=tuple(
            TableRow(
                table_id=name,
                area=known[name].area if name in known else "",
                seats=known[name].seats_max if name in known else 0,
                spans=tuple(stays),
            )
            for name, stays in rows.items()
        ),
        unplaced=tuple(span for span in spans if not span.tables),
    )


def _parties(picture: Picture, now: datetime) -> Iterator[Span]:
    names = {each.wait_id: each.name for each in picture.waiting}
    yield from (_seated(each, now) for each in picture.seatings)
    for promise in picture.promises:
        if promise.state in PLANNED:
            yield _planned(promise)
    for held in held_in_force(picture, now):
        yield Span(
            kind="held",
            id=held.held_id,
            state=held.state,
            version=held.version,
            starts=held.starts,
            ends=held.ends,
            tables=held.tables,
            party_size=held.seats,
            text=held.window,
            expires_at=held.release_at,
        )
    for hold in holds_in_force(picture, now):
        yield Span(
            kind="slot_hold",
            id=hold.slot_hold_id,
            state=hold.state,
            starts=hold.starts,
            ends=hold.ends,
            tables=hold.tables,
            name=names.get(hold.wait_id, "") if hold.wait_id else "",
            party_size=hold.party_size,
            reservation_id=hold.reservation_id,
            wait_id=hold.wait_id,
            fixed=hold.fixed,
            overbooked=hold.kind == "overbooked",
            expires_at=hold.expires_at,
            staff_id=hold.staff_id,
        )


def _seated(seating: Seating, now: datetime) -> Span:
    return Span(
        kind="seating",
        id=seating.seating_id,
        state=seating.state,
        version=seating.version,
        starts=seating.seated_at,
        ends=seating_end(seating, now),
        tables=seating.tables,
        name=seating.name,
        party_size=seating.party_size,
        reservation_id=seating.reservation_id,
        wait_id=seating.wait_id,
        expected_end=seating.expected_end,
        overdue=seating.expected_end <= now,
    )


def _planned(promise: Promise) -> Span:
    return Span(
        kind="plan",
        id=promise.reservation_id,
        state=promise.state,
        version=promise.version,
        starts=promise.starts,
        ends=promise.ends,
        tables=promise.tables,
        name=promise.name,
        party_size=promise.party_size,
        reservation_id=promise.reservation_id,
        late_at=promise.late_at,
        arrived=promise.arrived,
        fixed=promise.fixed,
        exposed=promise.exposed,
        overbooked=promise.kind == "overbooked",
    )


def _out_of_use(picture: Picture, house: House, now: datetime) -> Iterator[Span]:
    """Yield the blocks, the tables to reset, the shut areas and the private events."""
    for reset in picture.resets:
        if reset.ended_at is None:
            yield Span(
                kind="reset",
                id=reset.reset_id,
                version=reset.version,
                starts=reset.since,
                ends=reset.ready_at,
                tables=(reset.table_id,),
            )
    for block in picture.blocks:
        if block.lifted_at is None:
            yield Span(
                kind="block",
                id=block.block_id,
                version=block.version,
                starts=block.starts,
                ends=block.ends,
                tables=(block.table_id,),
                text=block.reason,
            )
    room = room_of(house)
    together: dict[tuple[SpanKind, datetime, datetime], list[str]] = {}
    for why, (place, starts, ends) in closed_by(picture, room, now=now):
        if why in OF_CLOSURES:
            together.setdefault((OF_CLOSURES[why], starts, ends), []).append(room.tables[place].id)
    for (kind, starts, ends), tables in together.items():
        text = _why_closed(picture, house, kind, tables)
        yield Span(kind=kind, starts=starts, ends=ends, tables=tuple(tables), text=text)


def _why_closed(picture: Picture, house: House, kind: SpanKind, tables: list[str]) -> str:
    """Return the name of the private event or closure, "" where a lever shuts the area."""
    areas = {table.area for table in house.tables if table.id in tables}
    if kind == "private_event":
        named = (each.name for each in house.buy_outs if areas & set(each.areas))
    else:
        closures = closures_on(house, picture.period.service_date)
        named = (each.name for each in closures if areas & set(each.areas))
    return next(named, "")


def _with_clashes(spans: list[Span]) -> list[Span]:
    """Return the spans by start, each with the ids of those that meet it at one of its tables."""
    spans.sort(key=lambda each: (each.starts, each.ends, str(each.id)))
    found: dict[int, dict[UUID, None]] = {}
    by_table: dict[str, list[int]] = {}
    for number, span in enumerate(spans):
        for table in span.tables if span.kind not in APART else ():
            for other in by_table.setdefault(table, []):
                _note_clash(spans, other, number, found)
            by_table[table].append(number)
    return [
        replace(span, clashes=tuple(found[number])) if number in found else span
        for number, span in enumerate(spans)
    ]


def _note_clash(
    spans: list[Span], one: int, other: int, found: dict[int, dict[UUID, None]]
) -> None:
    first, second = spans[one], spans[other]
    if second.starts >= first.ends or first.starts >= second.ends:
        return
    if second.id is not None:
        found.setdefault(one, {})[second.id] = None
    if first.id is not None:
        found.setdefault(other, {})[first.id] = None
