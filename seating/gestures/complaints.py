"""Complaints of guests: recorded with their time, so that amends and their delay can be linked."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.floor.orders import Command, ReasonText
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.book.announcing import announced
from seating.clock import Clock
from seating.db import Connection
from seating.gestures.visits import visit_of

KEEP_COMPLAINT = f"""
with kept as (
    insert into complaint (venue_id, complaint_id, period_id, party_id, party_name, about,
                           noted_by, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    returning complaint_id)
select {announced("complaint.noted", subject="complaint_id", version="1", period="$3::text")}
from kept
"""


class Complain(Command, frozen=True, kw_only=True):
    """Record a complaint of a party; `about`: its cause, `id`: the complaint's id."""

    about: ReasonText
    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None


class Complaint(Struct, frozen=True, kw_only=True):
    """A complaint of a party, as recorded."""

    complaint_id: UUID
    period_id: str
    party_id: UUID
    party_name: str
    about: str
    noted_by: str
    at: datetime


async def record_complaint(
    conn: Connection, venue_id: str, command: Complain, who: ActionAuthor, clock: Clock
) -> Complaint:
    """Record a complaint. Raises Invalid, NotFound."""
    found = await visit_of(conn, venue_id, command)
    earlier = await replayed_answer(conn, venue_id, key_of(command), Complaint)
    if earlier is not None:
        return earlier
    complaint = Complaint(
        complaint_id=command.id,
        period_id=found.period.period_id,
        party_id=found.visit.party_id,
        party_name=found.visit.party_name,
        about=command.about,
        noted_by=who.staff_id,
        at=await clock.now(conn),
    )
    await _keep(conn, venue_id, complaint)
    return await keep_answer(
        conn,
        venue_id,
        key_of(command),
        complaint,
        by=who.staff_id,
        at=complaint.at,
        period_id=complaint.period_id,
        subject_id=complaint.complaint_id,
    )


async def _keep(conn: Connection, venue_id: str, complaint: Complaint) -> None:
    await conn.execute(
        KEEP_COMPLAINT,
        venue_id,
        complaint.complaint_id,
        complaint.period_id,
        complaint.party_id,
        complaint.party_name,
        complaint.about,
        complaint.noted_by,
        complaint.at,
    )
