"""Writing what a command changed: one statement, with the version, the outbox and the notice."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import ForeignKeyViolationError
from msgspec import Struct

from policies.book.answers import Explained
from policies.book.changes import Changes, applied
from policies.book.picture import Block, HeldTable, Picture, Promise, SlotHold
from policies.webhooks import told_of_reservation
from seating.book.write_sql import FORGET_SEATINGS, FORGET_WAITING, WRITE
from seating.db import Connection
from seating.errors import CannotUndo

HOLDS_TABLES = frozenset({"booked", "arrived"})
OF_SITES = frozenset({"partner", "google"})


class Details(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a reservation keeps beside its promise and a command may change."""

    overruled_why: str | None = None
    notes: str | None = None
    cancelled_why: str | None = None
    explained: Explained | None = None


class Booking(Struct, frozen=True, kw_only=True):
    """What is kept of a new reservation beside its promise.

    `wished_start`: the start the guest gave up for one we suggested.
    """

    code: str
    channel: str
    client_id: str | None = None
    staff_id: str | None = None
    notes: str = ""
    partner_reference: str | None = None
    guarantee: dict[str, str] | None = None
    slot_hold_id: UUID | None = None
    overruled_why: str | None = None
    explained: Explained | None = None
    wished_start: datetime | None = None


class Acknowledged(Struct, frozen=True, kw_only=True):
    """House rules shown: which version, its rules by key, where, and who read them out."""

    reservation_id: UUID
    rules_version: int
    rule_keys: tuple[str, ...]
    channel: str
    read_by: str | None = None


class Written(Struct, frozen=True, kw_only=True):
    """Everything one command writes."""

    changes: Changes
    created: dict[UUID, Booking] = {}
    details: dict[UUID, Details] = {}
    acknowledged: tuple[Acknowledged, ...] = ()


async def write(
    conn: Connection, venue_id: str, picture: Picture, written: Written, *, now: datetime
) -> Picture:
    """Write the changes to the locked period and return the picture after them.

    Raises asyncpg.IntegrityConstraintError when the database holds an invariant the decision
    missed (seating/invariants.py names them).
    """
    changes = written.changes
    after = applied(picture, changes)
    if changes.unseated:
        await _forget(conn, FORGET_SEATINGS, venue_id, changes.unseated)
    doc = msgspec.json.encode(_document(picture, after, written)).decode()
    row = await conn.fetchrow(WRITE, venue_id, after.period.period_id, doc, now)
    if changes.forgotten:
        await _forget(conn, FORGET_WAITING, venue_id, changes.forgotten)
    if row is None or row["version"] is None:
        raise LookupError(f"period {after.period.period_id} has no row to write to")
    return msgspec.structs.replace(
        after, period=msgspec.structs.replace(after.period, version=row["version"])
    )


async def _forget(conn: Connection, forget: str, venue_id: str, keys: tuple[UUID, ...]) -> None:
    try:
        await conn.execute(forget, venue_id, list(keys))
    except ForeignKeyViolationError as kept:
        if "gesture_of_" not in str(kept):
            raise
        raise CannotUndo("this party has been offered something since") from None


def _document(before: Picture, after: Picture, written: Written) -> dict[str, Any]:
    changes = written.changes
    return {
        "period": _levers(before, after),
        "touched": [
            {"period_id": period_id} | _caps(before, period_id) | _counted(after, period_id)
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
        "events": list(_events(before, written)),
    }


def _levers(before: Picture, after: Picture) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(after.period)
    ours = after.period.period_id
    return row | _caps(before, ours) | _counted(after, ours)


def _caps(before: Picture, period_id: str) -> dict[str, int]:
    """What the rules allow beyond the room; less than is promised already is kept, never more."""
    rules, promised = before.rules.overbooking, _counted(before, period_id)
    parties, covers = (rules.cap_parties, rules.cap_covers) if rules.enabled else (0, 0)
    return {
        "overbooking_cap_parties": max(parties, promised["overbooked_parties"]),
        "overbooking_cap_covers": max(covers, promised["overbooked_covers"]),
    }


def _counted(after: Picture, period_id: str) -> dict[str, int]:
    """What a period has promised; a picture holds its neighbours' promises in full too."""
    counted = [p for p in after.promises if p.state in HOLDS_TABLES and not p.overruled]
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
            kind = "slot_hold" if hold.client_id else "rescue"
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
            "starts": span.starts,
            "ends": span.ends,
        }


def _events(before: Picture, written: Written) -> Iterator[dict[str, Any]]:
    changes = written.changes
    if changes.period is not None:
        version = changes.period.version + 1
        yield _event("period.changed", changes.period.period_id, version)
    known = {p.reservation_id: p for p in before.promises}
    for promise in changes.promises:
        was = known.get(promise.reservation_id)
        what: str = "changed" if was and was.state == promise.state else promise.state
        event = _event(f"reservation.{what}", promise.reservation_id, promise.version)
        yield event | _for_its_site(was, promise, written.created.get(promise.reservation_id))
    for seating in changes.seatings:
        yield _event(f"seating.{seating.state}", seating.seating_id, seating.version)
    for hold in changes.slot_holds:
        what = "slot_hold" if hold.client_id else "rescue"
        yield _event(f"{what}.{hold.state}", hold.slot_hold_id, 1)
    for entry in changes.waiting:
        event = _event(f"waitlist.{entry.state}", entry.wait_id, entry.version)
        ready = {"types": ["waitlist.ready"], "status": entry.state, "party_size": entry.party_size}
        yield event | ({"data": ready} if entry.state == "notified" else {})
    for block in changes.blocks:
        step = "lifted" if block.lifted_at else "set"
        yield _event(f"block.{step}", block.block_id, block.version)
    for held in changes.held:
        yield _event(f"held_table.{held.state}", held.held_id, held.version)
    for seating_id in changes.unseated:
        yield _event("seating.unseated", seating_id, 0)
    for wait_id in changes.forgotten:
        yield _event("waitlist.forgotten", wait_id, 0)


def _event(event: str, subject: UUID | str, version: int) -> dict[str, Any]:
    return {"event": event, "id": str(subject), "version": version}


def _for_its_site(was: Promise | None, promise: Promise, made: Booking | None) -> dict[str, Any]:
    """What the booking site is told of its reservation; nothing of a plan that only moved."""
    owned = promise.channel in OF_SITES or (made is not None and made.client_id is not None)
    if not owned or (was is not None and was.version == promise.version):
        return {}
    types = told_of_reservation(was.state if was else None, promise.state, new=made is not None)
    told = {
        "types": types,
        "status": promise.state,
        "start": promise.starts,
        "duration_s": int((promise.ends - promise.starts).total_seconds()),
        "party_size": promise.party_size,
    }
    return {"data": told} if types else {}
