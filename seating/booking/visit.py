"""What the page of a visit shows beside the reservation, and the allergies a guest tells there."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.late_told import LateTold
from policies.words.message import message
from seating.book.announcing import announced
from seating.booking.guest_records import TELL_KITCHEN_AGAIN
from seating.booking.thread import ThreadMessage, thread_of
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotPossibleNow

LONGEST_ALLERGIES: Final = 200
KEPT_AT_MOST: Final = 500
SAID_ON_PAGE: Final = "page"
"""How consent was given: the guest wrote its allergies on its own page, which says what for."""

READ_VISIT = """
select json_build_object(
    'late_told', r.late_told, 'late_until', r.late_until, 'reconfirmed_at', r.reconfirmed_at,
    'coming_at', r.coming_at, 'version', r.version, 'guest_id', r.guest_id,
    'own_allergies', (select g.allergies from guest g where g.venue_id = $1
        and g.guest_id = r.guest_id and g.health_consent_how = 'page'),
    'bill', (select json_build_object('state', c.state, 'total', c.total)
        from till_check c
        where c.venue_id = $1 and c.reservation_id = $2 and c.state <> 'cancelled'
          and c.total is not null
        order by c.sequence desc limit 1))::text
from reservation r where r.venue_id = $1 and r.reservation_id = $2
"""

LOCK_ALLERGIES = """
select allergies, health_consent_at from guest
where venue_id = $1 and guest_id = $2 for update
"""

NOTE_ALLERGIES = """
update guest set allergies = $3, health_consent_at = coalesce(health_consent_at, $4),
    health_consent_how = coalesce(health_consent_how, $5)
where venue_id = $1 and guest_id = $2
"""

TELL_STAND = f"""
select {announced("reservation.changed", subject="$2::text", version="$3::int", period="$4::text")}
"""


class Bill(Struct, frozen=True, kw_only=True):
    """The check as the till tells it, in minor units of the house's currency."""

    state: str
    total: int


class VisitFacts(Struct, frozen=True, kw_only=True):
    """What is so with a visit beside its reservation. `version`: that all its changes count.

    `own_allergies`: as the guest told them on its page; what the house noted is not shown there.
    """

    version: int
    late_told: LateTold | None = None
    late_until: datetime | None = None
    reconfirmed_at: datetime | None = None
    coming_at: datetime | None = None
    guest_id: UUID | None = None
    own_allergies: str | None = None
    bill: Bill | None = None
    thread: tuple[ThreadMessage, ...] = ()


async def visit_of(conn: Connection, venue_id: str, reservation_id: UUID) -> VisitFacts:
    """Return what the page shows of a visit."""
    text = await conn.fetchval(READ_VISIT, venue_id, reservation_id)
    found = msgspec.json.decode(text, type=VisitFacts)
    thread = await thread_of(conn, venue_id, reservation_id)
    return msgspec.structs.replace(found, thread=thread)


async def note_allergies(
    conn: Connection, venue_id: str, reservation_id: UUID, period_id: str, text: str, clock: Clock
) -> None:
    """Note the allergies that a guest tells on its page, with its consent to keep them.

    What the house noted before stays: the page cannot show it, so the guest cannot mean to end it.
    Raises Invalid for words that are too many, NotPossibleNow where no guest is known.
    """
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST_ALLERGIES:
        raise Invalid(message("thread-line-length", most=LONGEST_ALLERGIES), pointer="/text")
    visit = await visit_of(conn, venue_id, reservation_id)
    row = await conn.fetchrow(LOCK_ALLERGIES, venue_id, visit.guest_id)
    if row is None:
        raise NotPossibleNow(message("no-such-reservation"))
    now, known = await clock.now(conn), row["allergies"]
    if said.casefold() not in known.casefold():
        both = f"{known}; {said}" if known else said
        if len(both) > KEPT_AT_MOST:
            raise Invalid(message("thread-line-length", most=LONGEST_ALLERGIES), pointer="/text")
        await conn.execute(NOTE_ALLERGIES, venue_id, visit.guest_id, both, now, SAID_ON_PAGE)
        await conn.execute(TELL_KITCHEN_AGAIN, venue_id, visit.guest_id)
    await conn.execute(TELL_STAND, venue_id, str(reservation_id), visit.version, period_id)
