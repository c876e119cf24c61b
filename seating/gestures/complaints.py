"""A guest is not content: noted in a tap, so that what is done about it is done in time."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.floor.orders import Order, Said
from seating.book.actions import Action, Who, answered, fingerprint, record_action
from seating.clock import Clock
from seating.db import Connection
from seating.gestures.visits import visit_of

KEEP_COMPLAINT = """
with kept as (
    insert into complaint (venue_id, complaint_id, period_id, party_id, party_name, about,
                           noted_by, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    returning complaint_id)
select pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'complaint.noted', 'id', complaint_id, 'version', 1)::text)
from kept
"""


class Complain(Order, frozen=True, kw_only=True):
    """A party is not content `about` something; `id` names the complaint."""

    about: Said
    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None


class Complaint(Struct, frozen=True, kw_only=True):
    """What a party was not content with, and when it said so."""

    complaint_id: UUID
    period_id: str
    party_id: UUID
    party_name: str
    about: str
    noted_by: str
    at: datetime


async def complain(
    conn: Connection, venue_id: str, order: Complain, who: Who, clock: Clock
) -> Complaint:
    """Note a complaint. Raises Invalid, NotFound."""
    found = await visit_of(conn, venue_id, order)
    earlier = await answered(conn, venue_id, order, Complaint)
    if earlier is not None:
        return earlier
    noted = Complaint(
        complaint_id=order.id,
        period_id=found.period.period_id,
        party_id=found.visit.party_id,
        party_name=found.visit.party_name,
        about=order.about,
        noted_by=who.staff_id,
        at=await clock.now(conn),
    )
    await _keep(conn, venue_id, noted)
    action = Action(
        asked=fingerprint(order),
        action_id=order.id,
        period_id=noted.period_id,
        kind=type(order).__name__,
        subject_id=noted.complaint_id,
        staff_id=who.staff_id,
        at=noted.at,
        reason=order.reason,
        answer=msgspec.Raw(msgspec.json.encode(noted)),
    )
    await record_action(conn, venue_id, action)
    return noted


async def _keep(conn: Connection, venue_id: str, noted: Complaint) -> None:
    await conn.execute(
        KEEP_COMPLAINT,
        venue_id,
        noted.complaint_id,
        noted.period_id,
        noted.party_id,
        noted.party_name,
        noted.about,
        noted.noted_by,
        noted.at,
    )
