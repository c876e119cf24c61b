"""The guest's own reservation, by the link handed out when it was made."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from policies.words.message import message
from seating.access.links import follow_link, make_link
from seating.book.actions import ActionKey, fingerprint, keep_answer, replayed_answer
from seating.book.in_force import HouseVersion, house_of
from seating.book.reservations import Booker, Reservation, read_reservation
from seating.booking.changing import Change, cancel, change
from seating.booking.visit import VisitFacts, visit_of
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotPossibleNow
from seating.turnaways.log import LoggedRefusal

LINK_LIFE: Final = timedelta(days=90)
"""How long a link lives after the visit: a reservation moved to a later date keeps its page."""

GUEST: Final = Booker(channel="guest", actor="guest")

RULES_ACCEPTED = """
select exists (select from acknowledgement where venue_id = $1 and reservation_id = $2)
"""

SET_REFERRAL = (
    "update reservation set referral_code = $3 where venue_id = $1 and reservation_id = $2"
)


class OwnBooking(Struct, frozen=True, kw_only=True):
    """The reservation of a link, its house, and whether house rules were acknowledged, at `now`."""

    in_force: HouseVersion
    reservation: Reservation
    rules_accepted: bool
    now: datetime
    visit: VisitFacts


async def booking_link(
    conn: Connection, venue_id: str, reservation: Reservation, clock: Clock
) -> str:
    """Return a new token for the page of a reservation."""
    life = reservation.ends + LINK_LIFE - await clock.now(conn)
    subject = reservation.reservation_id
    token, _ = await make_link(conn, venue_id, "reservation", subject, life=life)
    return token


class LinkForGuest(Struct, frozen=True, kw_only=True):
    """That a link was made, for the audit; the link itself is kept nowhere."""

    reservation_id: UUID
    expires_at: datetime


async def link_for_guest(
    conn: Connection,
    venue_id: str,
    action_id: UUID,
    reservation_id: UUID,
    booker: Booker,
    clock: Clock,
) -> tuple[str, LinkForGuest]:
    """Return a new token for the guest's page and what was recorded; earlier links stay valid.

    Sent again it is another token to the same page, recorded once: a token that was handed out is
    not known here any more. Raises NotFound, IdReused, NotPossibleNow long after the visit.
    """
    key = ActionKey(action_id, "LinkForGuest", fingerprint(reservation_id))
    earlier = await replayed_answer(conn, venue_id, key, LinkForGuest)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    now = await clock.now(conn)
    life = reservation.ends + LINK_LIFE - now
    if life <= timedelta():
        raise NotPossibleNow(message("guest-page-is-closed", days=LINK_LIFE.days))
    token, expires_at = await make_link(conn, venue_id, "reservation", reservation_id, life=life)
    made = LinkForGuest(reservation_id=reservation_id, expires_at=expires_at)
    if earlier is None:
        await keep_answer(
            conn,
            venue_id,
            key,
            made,
            by=booker.staff_id,
            at=now,
            period_id=reservation.period_id,
            subject_id=reservation_id,
        )
    return token, made


async def own_booking(
    conn: Connection,
    token: str,
    clock: Clock,
) -> OwnBooking:
    """Return the reservation of a token. Raises NotFound."""
    now = await clock.now(conn)
    link = await follow_link(conn, token, "reservation")
    reservation = await read_reservation(conn, link.venue_id, link.subject_id, GUEST)
    return OwnBooking(
        in_force=(await house_of(conn, link.venue_id)).on(reservation.service_date),
        reservation=reservation,
        rules_accepted=await conn.fetchval(RULES_ACCEPTED, link.venue_id, link.subject_id),
        now=now,
        visit=await visit_of(conn, link.venue_id, link.subject_id),
    )


async def change_by_link(
    conn: Connection, token: str, wish: Change, clock: Clock, *, version: int
) -> Reservation | LoggedRefusal:
    """Move or resize the guest's own reservation. Raises as `change`."""
    own = await own_booking(conn, token, clock)
    venue_id, key = own.in_force.house.venue.id, own.reservation.reservation_id
    return await change(conn, venue_id, key, wish, GUEST, clock, version=version)


async def cancel_by_link(conn: Connection, token: str, clock: Clock) -> Reservation:
    """Cancel the guest's own reservation; idempotent. Raises as `cancel`."""
    own = await own_booking(conn, token, clock)
    venue_id, key = own.in_force.house.venue.id, own.reservation.reservation_id
    return await cancel(conn, venue_id, key, "", GUEST, clock)


async def save_referral(
    conn: Connection, venue_id: str, reservation_id: UUID, code: str | None
) -> None:
    """Store the referral code of a reservation, if it came with one."""
    if code is not None:
        await conn.execute(SET_REFERRAL, venue_id, reservation_id, code)
