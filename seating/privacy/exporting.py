"""Hands out everything that is held about a guest: machine readable, and on record.

Rows as they are stored, without what is the service's own (counters, hashes, reckoned risks).
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from seating.access.audit import keep_record
from seating.book.guests import kept_guest
from seating.clock import Clock
from seating.db import Connection
from seating.privacy.person import PersonalData, find_person

OWN: Final = frozenset(
    {
        "venue_id", "name_words", "risk", "explained", "simulated_minutes", "simulated",
        "quote_learned",
        "token_hash", "asked", "echoed", "seq", "outbox_seq", "endpoint_id", "attempts", "next_at",
    }
)  # fmt: skip
"""Columns that are the service's own."""

ROWS: Final = {
    "records": ("guest", "guest_id", "guests"),
    "reservations": ("reservation", "reservation_id", "reservations"),
    "google_bookings": ("google_booking", "reservation_id", "reservations"),
    "house_rules_shown": ("acknowledgement", "reservation_id", "reservations"),
    "cases": ("exposure", "reservation_id", "reservations"),
    "slot_holds": ("slot_hold", "slot_hold_id", "slot_holds"),
    "seatings": ("seating", "seating_id", "seatings"),
    "tables": ("seating_table", "seating_id", "seatings"),
    "checks": ("till_check", "seating_id", "seatings"),
    "waitlist": ("wait_entry", "wait_id", "waits"),
    "turnaways": ("turnaway", "turnaway_id", "turnaways"),
    "answers_given": ("answer_given", "turnaway_id", "turnaways"),
    "rescues": ("rescue", "rescue_id", "rescues"),
    "alerts": ("alert", "coalesce(turnaway_id, reservation_id)", "things"),
    "threads": ("thread_message", "reservation_id", "reservations"),
    "gestures": ("gesture", "gesture_id", "gestures"),
    "complaints": ("complaint", "complaint_id", "complaints"),
    "approvals": ("approval", "approval_id", "approvals"),
    "links": ("guest_link", "subject_id", "things"),
    "messages": ("guest_notice", "subject_id", "things"),
}
"""Each part of an export: its table, the column that says whose it is, and by whose ids."""

PARTS: Final = {
    part: f"""
select to_jsonb(x)::text as row from {table} x where venue_id = $1 and {column} = any($2::uuid[])
"""
    for part, (table, column, _) in ROWS.items()
}

DONE = """
select kind, subject_id, staff_id, at, reason from action
where venue_id = $1 and subject_id = any($2::uuid[]) order by at, action_id
"""

TOLD = """
select e.client_id, d.type, d.created_at as at, d.status, d.last_at, d.body
from webhook_delivery d join webhook_endpoint e using (venue_id, endpoint_id)
where d.venue_id = $1 and d.subject = any($2::text[]) order by d.created_at, d.seq
"""

BOOKED_BY = """
select distinct client_id from (
    select client_id from reservation where venue_id = $1 and reservation_id = any($2::uuid[])
    union all select client_id from wait_entry where venue_id = $1 and wait_id = any($2::uuid[])) x
where client_id is not null order by client_id
"""


class ToldSite(Struct, frozen=True, kw_only=True):
    """A message to a booking site about the guest; `body` as it was sent."""

    client_id: str
    type: str
    at: datetime
    status: str
    last_at: datetime | None
    body: Any


class DoneToGuest(Struct, frozen=True, kw_only=True):
    """What staff did to a booking or record of the guest; `reason`: why, in their words."""

    kind: str
    subject_id: UUID
    staff_id: str | None
    at: datetime
    reason: str | None


class GuestExport(Struct, frozen=True, kw_only=True):
    """Everything held about a guest. `held`: rows by part (reservations, waitlist, gestures, ...).

    `sites`: clients that booked for the guest and can read those bookings; `told`: what was sent
    to whom; `done`: the record of what was done.
    """

    venue_id: str
    guest_id: UUID
    exported_at: datetime
    held: dict[str, tuple[dict[str, Any], ...]]
    sites: tuple[str, ...]
    told: tuple[ToldSite, ...]
    done: tuple[DoneToGuest, ...]


async def export_guest(
    conn: Connection, venue_id: str, guest_id: UUID, *, by: str, clock: Clock
) -> GuestExport:
    """Return everything held about a guest, merged records included. Raises NotFound."""
    kept = await kept_guest(conn, venue_id, guest_id)
    person = await find_person(conn, venue_id, [kept])
    held = {part: await _part(conn, venue_id, person, part) for part in PARTS}
    subjects = [str(each) for each in person.things]
    told = await conn.fetch(TOLD, venue_id, subjects)
    done = await conn.fetch(DONE, venue_id, person.things + person.guests)
    sites = await conn.fetch(BOOKED_BY, venue_id, person.parties)
    facts = {"guest_id": kept, "rows": sum(len(rows) for rows in held.values())}
    await keep_record(conn, venue_id, "GuestExported", facts, by=by)
    return GuestExport(
        venue_id=venue_id,
        guest_id=kept,
        exported_at=await clock.now(conn),
        held=held,
        sites=tuple(row["client_id"] for row in sites),
        told=tuple(ToldSite(**(dict(row) | {"body": _read(row["body"])})) for row in told),
        done=tuple(DoneToGuest(**dict(row)) for row in done),
    )


async def _part(
    conn: Connection, venue_id: str, person: PersonalData, part: str
) -> tuple[dict[str, Any], ...]:
    ids = getattr(person, ROWS[part][2])
    rows = [_read(row["row"]) for row in await conn.fetch(PARTS[part], venue_id, ids)]
    return tuple({name: row[name] for name in row if name not in OWN} for row in rows)


def _read(text: str) -> Any:  # noqa: ANN401 - JSON
    return msgspec.json.decode(text)
