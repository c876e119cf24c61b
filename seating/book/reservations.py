"""Reservation rows: reading one or many; confirmation codes; the cancellation cut-off."""

import secrets
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.lifecycles import Actor
from policies.book.picture import Promise, PromiseKind, ReservationState
from policies.booking.changing import Standing
from policies.booking.cutoff import cancel_deadline
from policies.house.calendar import Period, service_date_at
from policies.house.channels import Channel
from policies.house.house import House
from policies.house.room import Needs, Preferences
from policies.words.message import message
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.write import NewReservation
from seating.db import Connection
from seating.errors import NotFound

COLUMNS = """
r.reservation_id, r.period_id, p.service_date, r.code, r.state, r.party_size, r.arrived, r.starts,
r.ends, r.needs::text, r.preferences::text, r.kind, r.fixed, r.lost_tables, r.channel, r.client_id,
r.guest_id, r.name, r.special_request, r.notes, r.partner_reference, r.guarantee::text,
r.cancelled_why, r.cancelled_by_house, r.created_at, r.updated_at, r.version, r.public_version,
p.served,
r.duration_minutes, r.tags
"""

READ_RESERVATION = f"""
select {COLUMNS} from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and r.reservation_id = $2
"""

RESERVATIONS_OF_CLIENT = f"""
select {COLUMNS} from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and r.client_id = $2
  and ($3::timestamptz is null or r.updated_at >= $3)
  and ($4::text is null or r.partner_reference = $4)
  and ($5::timestamptz is null or (r.updated_at, r.reservation_id) > ($5, $6::uuid))
order by r.updated_at, r.reservation_id
limit $7
"""

RESERVATIONS_OF_DATE = f"""
select {COLUMNS} from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and p.service_date = $2
order by r.starts, r.reservation_id
"""

REQUESTS_AHEAD = f"""
select {COLUMNS} from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and r.state = 'requested' and p.closed_at is null and p.closes > $2
order by r.starts, r.reservation_id
"""

PERIOD_OF = f"""
select {PERIOD_COLUMNS}
from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and r.reservation_id = $2
"""

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8


class Booker(Struct, frozen=True, kw_only=True):
    """Who books or changes, and by which channel."""

    channel: Channel
    actor: Actor
    client_id: str | None = None
    staff_id: str | None = None


class Reservation(Struct, frozen=True, kw_only=True):
    """A reservation row with its service date.

    `preferences`: what the party would like of its table.

    `fixed`: it is promised its tables; `lost_tables`: it was promised these and no longer is.
    `special_request`: the guest's words, which the guest and their booking site read. `notes`: the
    house's, read by staff only. `version` counts all changes, `public_version` those that the guest
    may see: it is the version that the guest's page and the booking site know. `served`: false when
    the house has closed the reservation's hours since. `duration_minutes`: how long it keeps its
    table where staff set it; None: the house's turn time made `ends`.
    """

    reservation_id: UUID
    period_id: str
    service_date: date
    code: str
    state: ReservationState
    party_size: int
    starts: datetime
    ends: datetime
    needs: Needs
    kind: PromiseKind
    channel: Channel
    client_id: str | None
    guest_id: UUID | None
    name: str
    notes: str
    partner_reference: str | None
    guarantee: dict[str, str] | None
    created_at: datetime
    updated_at: datetime
    version: int
    arrived: int = 0
    cancelled_why: str | None = None
    cancelled_by_house: bool = False
    fixed: bool = False
    lost_tables: tuple[str, ...] = ()
    special_request: str = ""
    preferences: Preferences | None = None
    public_version: int = 1
    served: bool = True
    duration_minutes: int | None = None
    tags: tuple[str, ...] = ()


def new_code() -> str:
    """Return a random confirmation code without letters and digits that are easily confused."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def cancel_until(reservation: Reservation, house: House) -> datetime:
    """Return until when the guest or the booking site may cancel."""
    return cancel_deadline(house, reservation.starts, reservation.created_at)


def standing_of(reservation: Reservation, booker: Booker) -> Standing:
    """Return the promise as `booker` asks to change it."""
    return Standing(
        reservation_id=reservation.reservation_id,
        state=reservation.state,
        starts=reservation.starts,
        ends=reservation.ends,
        party_size=reservation.party_size,
        duration_minutes=reservation.duration_minutes,
        made_at=reservation.created_at,
        by=booker.actor,
        guest_id=reservation.guest_id,
        client_id=reservation.client_id,
    )


def reservation_of(
    promise: Promise, booking: NewReservation, period: Period, *, now: datetime, stamp: datetime
) -> Reservation:
    """Return a reservation just written, as reading it back would; `stamp`: its `updated_at`."""
    return Reservation(
        reservation_id=promise.reservation_id,
        period_id=promise.period_id,
        service_date=period.service_date,
        code=booking.code,
        state=promise.state,
        party_size=promise.party_size,
        starts=promise.starts,
        ends=promise.ends,
        needs=promise.needs,
        kind=promise.kind,
        channel=booking.channel,  # type: ignore[arg-type]
        client_id=booking.client_id,
        guest_id=promise.guest_id,
        name=promise.name,
        special_request=booking.special_request,
        preferences=promise.preferences,
        notes=booking.notes,
        partner_reference=booking.partner_reference,
        guarantee=booking.guarantee,
        created_at=now,
        updated_at=stamp.astimezone(UTC),
        version=promise.version,
        fixed=promise.fixed,
        lost_tables=promise.lost_tables,
        duration_minutes=promise.duration_minutes,
    )


async def read_reservation(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker
) -> Reservation:
    """Return one reservation; raises NotFound, also for one of another booking site."""
    row = await conn.fetchrow(READ_RESERVATION, venue_id, reservation_id)
    if row is None or (booker.actor == "partner" and row["client_id"] != booker.client_id):
        raise NotFound(message("no-such-reservation"))
    return reservation_of_row(dict(row))


async def period_of(conn: Connection, venue_id: str, reservation_id: UUID) -> Period:
    """Return the period a reservation belongs to; raises NotFound."""
    row = await conn.fetchrow(PERIOD_OF, venue_id, reservation_id)
    if row is None:
        raise NotFound(message("no-such-reservation"))
    return period_in(row)


async def reservations_of_client(
    conn: Connection,
    venue_id: str,
    client_id: str,
    *,
    updated_since: datetime | None = None,
    partner_reference: str | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> tuple[Reservation, ...]:
    """Return a booking site's own reservations, by time of last change, ascending.

    `after`: (updated_at, reservation_id) of the last one of the page before.
    """
    at, last = after or (None, None)
    rows = await conn.fetch(
        RESERVATIONS_OF_CLIENT,
        venue_id,
        client_id,
        updated_since,
        partner_reference,
        at,
        last,
        limit,
    )
    return tuple(reservation_of_row(dict(row)) for row in rows)


async def reservations_of_date(
    conn: Connection, venue_id: str, service_date: date
) -> tuple[Reservation, ...]:
    """Return every reservation of a service date, by start."""
    rows = await conn.fetch(RESERVATIONS_OF_DATE, venue_id, service_date)
    return tuple(reservation_of_row(dict(row)) for row in rows)


async def requests_ahead(
    conn: Connection, venue_id: str, *, now: datetime
) -> tuple[Reservation, ...]:
    """Return the requests that wait for approval in periods not yet over, by start."""
    rows = await conn.fetch(REQUESTS_AHEAD, venue_id, now)
    return tuple(reservation_of_row(dict(row)) for row in rows)


def is_tonight(house: House, period: Period, now: datetime) -> bool:
    """Whether the period is of the current service date."""
    return period.service_date == service_date_at(house, now)


def reservation_of_row(row: dict[str, object]) -> Reservation:
    """Return the reservation of a row of COLUMNS; other columns are ignored."""
    needs, guarantee = row["needs"], row["guarantee"]
    preferences = row["preferences"]
    row["needs"] = msgspec.json.decode(str(needs))
    row["preferences"] = msgspec.json.decode(str(preferences)) if preferences else None
    row["guarantee"] = msgspec.json.decode(str(guarantee)) if guarantee else None
    return msgspec.convert(row, Reservation)
