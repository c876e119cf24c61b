"""Writing a command's changes: one statement, with counters, version, outbox and pg_notify."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import ForeignKeyViolationError
from msgspec import Struct

from policies.book.answers import Explanation
from policies.book.changes import Changes, apply_changes, seen_by_guest
from policies.book.levers import PulledLever
from policies.book.picture import Block, HeldTable, Picture, Promise, SlotHold, expected_at
from policies.correspondence.notices import notice_id_of, notices_of
from policies.house.calendar import local_time
from policies.house.zones import zone_named
from policies.rescue.cases import settled_kinds
from policies.words.message import message
from seating.book.events import Outside, events_of, kind_of
from seating.book.guests import GuestRow
from seating.book.write_sql import (
    DELETE_SEATINGS,
    DELETE_WAITING,
    RECOVERIES,
    WRITE,
    WRITE_LEVERS,
    WRITE_RESETS,
    WRITE_SECTIONS,
)
from seating.db import ACTING, Connection, violates
from seating.errors import CannotUndo

HOLDS_TABLES = frozenset({"booked", "arrived"})
HERE = frozenset({"arrived", "seated", "finished"})
GESTURES_OF_PARTY = ("gesture_of_seating", "gesture_of_wait")
"""Foreign keys from a gesture to the party it was offered to."""


class ReservationColumns(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Columns of a reservation that a command may change beside its promise; None: unchanged.

    Name and guest are the promise's too; they are written only where they are named here.
    """

    overruled_why: str | None = None
    special_request: str | None = None
    notes: str | None = None
    cancelled_why: str | None = None
    cancelled_by_house: bool | None = None
    explained: Explanation | None = None
    name: str | None = None
    guest_id: UUID | None = None
    tags: tuple[str, ...] | None = None


class NewReservation(Struct, frozen=True, kw_only=True):
    """Columns of a new reservation outside its promise.

    `wished_start`: the start first asked for, where the guest took one that was suggested.
    `email`, `locale`: as its booking site gave them, for this reservation, or a guest who left no
    number; a site is never believed about what the house or another site knows of the guest.
    """

    code: str
    channel: str
    client_id: str | None = None
    staff_id: str | None = None
    special_request: str = ""
    notes: str = ""
    partner_reference: str | None = None
    guarantee: dict[str, str] | None = None
    slot_hold_id: UUID | None = None
    overruled_why: str | None = None
    explained: Explanation | None = None
    wished_start: datetime | None = None
    email: str | None = None
    locale: str | None = None


class Acknowledgement(Struct, frozen=True, kw_only=True):
    """House rules shown to a party: version, keys, channel, and the person who read them out."""

    reservation_id: UUID
    rules_version: int
    rule_keys: tuple[str, ...]
    channel: str
    read_by: str | None = None


class WriteSet(Struct, frozen=True, kw_only=True):
    """Everything one command writes; `created` and `details` by reservation id; a new `guest`."""

    changes: Changes
    created: dict[UUID, NewReservation] = {}
    details: dict[UUID, ReservationColumns] = {}
    acknowledged: tuple[Acknowledgement, ...] = ()
    guest: GuestRow | None = None


class Written(Struct, frozen=True, kw_only=True):
    """The picture after a write; the `updated_at` written to reservations, by their client."""

    picture: Picture
    stamps: dict[str, datetime]


async def write(
    conn: Connection, venue_id: str, picture: Picture, written: WriteSet, *, now: datetime
) -> Picture:
    """Write the changes and return the picture after them. Raises as `write_stamped`."""
    return (await write_stamped(conn, venue_id, picture, written, now=now)).picture


async def write_stamped(
    conn: Connection, venue_id: str, picture: Picture, written: WriteSet, *, now: datetime
) -> Written:
    """Write the changes to the locked period.

    Raises CannotUndo, or asyncpg.IntegrityConstraintError when the database holds an invariant
    that the decision missed (seating/invariants.py names them).
    """
    changes = written.changes
    after = apply_changes(picture, changes)
    if changes.removed_seatings:
        await _delete(conn, DELETE_SEATINGS, venue_id, changes.removed_seatings)
    document = _document(picture, after, written, now)
    document["notices"] = list(_notices(venue_id, picture, changes, now))
    doc = msgspec.json.encode(document).decode()
    row = await conn.fetchrow(WRITE, venue_id, after.period.period_id, doc, now)
    if changes.levers:
        await write_levers(conn, venue_id, changes.levers)
    if changes.resets:
        resets = msgspec.json.encode(changes.resets).decode()
        await conn.execute(WRITE_RESETS, venue_id, resets)
    if changes.sections:
        sections = msgspec.json.encode(changes.sections).decode()
        await conn.execute(WRITE_SECTIONS, venue_id, after.period.period_id, sections)
    if changes.removed_wait_entries:
        await _delete(conn, DELETE_WAITING, venue_id, changes.removed_wait_entries)
    came = _came(picture, changes)
    if came:
        await conn.execute(RECOVERIES, venue_id, list(came), list(came.values()), now)
    if row is None or row["version"] is None:
        raise LookupError(f"period {after.period.period_id} has no row to write to")
    period = msgspec.structs.replace(after.period, version=row["version"])
    return Written(
        picture=msgspec.structs.replace(after, period=period),
        stamps=msgspec.json.decode(row["stamps"] or "{}", type=dict[str, datetime]),
    )


async def write_levers(conn: Connection, venue_id: str, levers: Sequence[PulledLever]) -> None:
    """Write levers in the order they were pulled; one that exists is taken back, or pulled anew."""
    await conn.execute(WRITE_LEVERS, venue_id, msgspec.json.encode(levers).decode())


async def _delete(conn: Connection, statement: str, venue_id: str, keys: tuple[UUID, ...]) -> None:
    try:
        await conn.execute(statement, venue_id, list(keys))
    except ForeignKeyViolationError as error:
        if not any(violates(error, name) for name in GESTURES_OF_PARTY):
            raise
        raise CannotUndo(message("party-offered-since")) from None


def _came(before: Picture, changes: Changes) -> dict[UUID, bool]:
    """Tell of each reservation for which it has changed whether its party has come."""
    was = {each.reservation_id: each.state in HERE for each in before.promises}
    return {
        promise.reservation_id: promise.state in HERE
        for promise in changes.promises
        if was.get(promise.reservation_id, False) != (promise.state in HERE)
    }


def _document(before: Picture, after: Picture, written: WriteSet, now: datetime) -> dict[str, Any]:
    changes = written.changes
    return {
        "period": _period_row(before, after, written),
        "touched": [
            {"period_id": period_id}
            | _caps(before, after, written, period_id)
            | _promised(after.promises, period_id)
            for period_id in sorted({promise.period_id for promise in changes.promises})
            if period_id != after.period.period_id
        ],
        "subjects": list(_subjects(changes)),
        "intentions": list(_intentions(changes)),
        "created": [
            msgspec.to_builtins(promise) | msgspec.to_builtins(written.created[key])
            for promise in changes.promises
            if (key := promise.reservation_id) in written.created
        ],
        "promises": changes.promises,
        "guests": [written.guest] if written.guest else [],
        "settled": [
            {
                "reservation_id": promise.reservation_id,
                "kinds": settled_kinds(promise, after, now),
                "how": promise.state,
            }
            for promise in changes.promises
            if promise.reservation_id not in written.created
        ],
        "local_starts": _local_starts(before, changes),
        "seen_outside": [key for key, seen in _seen_outside(before, written).items() if seen],
        "details": {str(key): value for key, value in written.details.items()},
        "acknowledged": written.acknowledged,
        "slot_holds": changes.slot_holds,
        "waiting": changes.waiting,
        "seatings": changes.seatings,
        "resat": [seating.seating_id for seating in changes.seatings],
        "stays": [
            {"seating_id": seating.seating_id, "table_id": table, "place": place}
            for seating in changes.seatings
            if seating.cleared_at is None
            for place, table in enumerate(seating.tables)
        ],
        "blocks": changes.blocks,
        "held": changes.held,
        "events": list(events_of(before, changes, _outside(before, written), now)),
    }


def _notices(
    venue_id: str, before: Picture, changes: Changes, now: datetime
) -> Iterator[dict[str, Any]]:
    by_house = ACTING.get() is not None
    for each in notices_of(before, changes, by_house=by_house, now=now):
        notice_id = notice_id_of(venue_id, each.subject_id, each.kind, each.mark)
        yield msgspec.structs.asdict(each) | {"notice_id": notice_id}


def _local_starts(before: Picture, changes: Changes) -> dict[str, datetime]:
    """The local times promised, kept beside the instants: laws move clocks, not promises."""
    if before.zone is None:
        return {}
    zone = zone_named(before.zone)
    return {
        str(promise.reservation_id): local_time(zone, promise.starts)
        for promise in changes.promises
    }


def _seen_outside(before: Picture, written: WriteSet) -> dict[UUID, bool]:
    """Tell for each changed promise whether its guest may see the change."""
    known = {promise.reservation_id: seen_by_guest(promise) for promise in before.promises}
    return {
        promise.reservation_id: known.get(promise.reservation_id) != seen_by_guest(promise)
        or _words_changed(written.details.get(promise.reservation_id))
        for promise in written.changes.promises
    }


def _outside(before: Picture, written: WriteSet) -> Outside:
    made = {key: new.client_id for key, new in written.created.items()}
    seen = frozenset(key for key, seen in _seen_outside(before, written).items() if seen)
    return Outside(seen=seen, made=made)


def _words_changed(columns: ReservationColumns | None) -> bool:
    return columns is not None and (
        columns.special_request is not None or columns.cancelled_why is not None
    )


def _period_row(before: Picture, after: Picture, written: WriteSet) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(after.period)
    ours = after.period.period_id
    return row | _caps(before, after, written, ours) | _promised(after.promises, ours)


def _caps(before: Picture, after: Picture, written: WriteSet, period_id: str) -> dict[str, int]:
    """The overbooking caps of the rules, at least what stood beyond the room (CHECK constraint).

    A promise or a slot hold made under wider caps stays one: it may come late, grow, be confirmed.
    """
    rules = before.rules.overbooking
    parties, covers = (rules.cap_parties, rules.cap_covers) if rules.enabled else (0, 0)
    stood = _stood_beyond(before, written, period_id)
    standing = _promised((p for p in after.promises if p.reservation_id in stood), period_id)
    return {
        "overbooking_cap_parties": max(parties, standing["overbooked_parties"]),
        "overbooking_cap_covers": max(covers, standing["overbooked_covers"]),
    }


def _stood_beyond(before: Picture, written: WriteSet, period_id: str) -> frozenset[UUID]:
    """Return the reservations beyond the room before, and those that such a slot hold becomes."""
    held = {
        hold.slot_hold_id
        for hold in before.slot_holds
        if hold.kind == "overbooked" and hold.period_id == period_id
    }
    return frozenset(
        promise.reservation_id
        for promise in before.promises
        if promise.kind == "overbooked" and promise.period_id == period_id
    ) | {key for key, made in written.created.items() if made.slot_hold_id in held}


def _promised(promises: Iterable[Promise], period_id: str) -> dict[str, int]:
    """Parties and covers promised in a period (a picture holds those of its neighbours too)."""
    counted = [p for p in promises if p.state in HOLDS_TABLES and not p.overruled]
    ours = [p for p in counted if p.period_id == period_id]
    row: dict[str, int] = {}
    for kind in ("physical", "overbooked"):
        sizes = [promise.party_size for promise in ours if promise.kind == kind]
        row |= {f"{kind}_parties": len(sizes), f"{kind}_covers": sum(sizes)}
    return row


def _subjects(changes: Changes) -> Iterator[UUID]:
    yield from (promise.reservation_id for promise in changes.promises)
    yield from (hold.slot_hold_id for hold in changes.slot_holds)
    yield from (block.block_id for block in changes.blocks)
    yield from (held.held_id for held in changes.held)


def _intentions(changes: Changes) -> Iterator[dict[str, Any]]:
    for promise in changes.promises:
        if promise.state in HOLDS_TABLES:
            yield from _rows("reservation", promise.reservation_id, promise.tables, promise)
    for hold in changes.slot_holds:
        if hold.state == "held":
            kind = kind_of(hold)
            yield from _rows(kind, hold.slot_hold_id, hold.tables, hold)
    for held in changes.held:
        if held.state == "held":
            yield from _rows("held", held.held_id, held.tables, held)
    for block in changes.blocks:
        if block.lifted_at is None:
            yield from _rows("block", block.block_id, (block.table_id,), block)


def _rows(
    kind: str, subject: UUID, tables: Iterable[str], span: Promise | SlotHold | HeldTable | Block
) -> Iterator[dict[str, Any]]:
    for place, table in enumerate(tables):
        yield {
            "subject_id": subject,
            "table_id": table,
            "kind": kind,
            "place": place,
            "starts": expected_at(span) if isinstance(span, Promise) else span.starts,
            "ends": span.ends,
        }
