"""Tonight as the host sees it: who is expected, who sits where, what comes next at each table."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.calendar import periods_on
from policies.due import grace_of, is_owed
from policies.house import House
from policies.occupancy import held_in_force
from policies.terms import (
    Block,
    Channel,
    Needs,
    Period,
    Picture,
    Promise,
    PromiseKind,
    ReservationState,
    Risk,
    Seating,
    SeatingState,
    WaitState,
)
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.house import Known, house_of
from seating.periods import period_tonight, seen

FURTHEST = timedelta(days=800)

BESIDE = """
select r.reservation_id, r.code, r.channel, r.notes, g.phone, g.notes as guest_notes, g.allergies
from reservation r left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.period_id = $2
  and r.state in ('requested', 'booked', 'arrived', 'seated', 'no_show')
"""


class Beside(Struct, frozen=True, kw_only=True):
    """What the book keeps of a reservation beside its promise."""

    reservation_id: UUID
    code: str
    channel: Channel
    notes: str
    phone: str | None
    guest_notes: str | None
    allergies: str | None


class Expected(Struct, frozen=True, kw_only=True):
    """A reservation of tonight. `owed`: the house owes it a place, however late it comes."""

    reservation_id: UUID
    state: ReservationState
    version: int
    name: str
    party_size: int
    arrived: int
    starts: datetime
    ends: datetime
    tables: tuple[str, ...]
    fixed: bool
    kind: PromiseKind
    exposed: bool
    owed: bool
    late_at: datetime | None
    arrived_at: datetime | None
    needs: Needs
    guest_id: UUID | None
    code: str = ""
    channel: Channel = "desk"
    notes: str = ""
    phone: str | None = None
    guest_notes: str = ""
    allergies: str = ""


class Sitting(Struct, frozen=True, kw_only=True):
    """A party at its tables; `minutes` since it sat down, `overdue` past its expected end."""

    seating_id: UUID
    state: SeatingState
    version: int
    name: str
    party_size: int
    tables: tuple[str, ...]
    seated_at: datetime
    minutes: int
    expected_end: datetime
    overdue: bool
    reservation_id: UUID | None
    wait_id: UUID | None


class Waiting(Struct, frozen=True, kw_only=True):
    """A party on the waitlist; `waited` minutes so far, against the wait it was quoted."""

    wait_id: UUID
    state: WaitState
    version: int
    name: str
    phone: str
    party_size: int
    needs: Needs
    joined_at: datetime
    waited: int
    quoted_minutes: int | None
    notified_at: datetime | None


class Next(Struct, frozen=True, kw_only=True):
    """Who is meant to sit at a table next."""

    reservation_id: UUID
    starts: datetime


class Held(Struct, frozen=True, kw_only=True):
    """A table held back, where it is meant to be, and when the ladder gives it back."""

    held_id: UUID
    window: str
    seats: int
    tables: tuple[str, ...]
    starts: datetime
    ends: datetime
    release_at: datetime
    version: int


class Beyond(Struct, frozen=True, kw_only=True):
    """A party promised beyond the room and not placed yet, with the risk told when it was."""

    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    overruled: bool
    risk: Risk | None


class Tonight(Struct, frozen=True, kw_only=True):
    """Everything the stand shows, at one instant."""

    now: datetime
    period: Period
    reservations: tuple[Expected, ...]
    seatings: tuple[Sitting, ...]
    slot_holds: int
    blocks: tuple[Block, ...]
    waiting: tuple[Waiting, ...]
    held: tuple[Held, ...]
    beyond: tuple[Beyond, ...]
    next_by_table: dict[str, Next]


async def tonight(conn: Connection, venue_id: str, period_id: str | None, clock: Clock) -> Tonight:
    """Return a period as its host sees it, tonight's if none is named. Raises NotFound."""
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    period = named_period(known, period_id, now) if period_id else tonights(known, now)
    picture = await seen(conn, venue_id, known.house, period, now=now)
    rows = await conn.fetch(BESIDE, venue_id, period.period_id)
    beside = {row["reservation_id"]: msgspec.convert(dict(row), Beside) for row in rows}
    return shown(picture, known.house, beside, now)


def shown(picture: Picture, house: House, beside: Mapping[UUID, Beside], now: datetime) -> Tonight:
    """Return a picture as the host sees it."""
    ours, grace = picture.period.period_id, grace_of(picture, house)
    return Tonight(
        now=now,
        period=picture.period,
        reservations=tuple(
            _expected(promise, grace, beside.get(promise.reservation_id), now)
            for promise in picture.promises
            if promise.period_id == ours
        ),
        seatings=tuple(_sitting(seating, now) for seating in picture.seatings),
        slot_holds=sum(hold.state == "held" for hold in picture.slot_holds),
        blocks=picture.blocks,
        waiting=tuple(
            Waiting(
                wait_id=entry.wait_id,
                state=entry.state,
                version=entry.version,
                name=entry.name,
                phone=entry.phone,
                party_size=entry.party_size,
                needs=entry.needs,
                joined_at=entry.joined_at,
                waited=_minutes(now - entry.joined_at),
                quoted_minutes=entry.quoted_minutes,
                notified_at=entry.notified_at,
            )
            for entry in picture.waiting
        ),
        held=tuple(
            Held(
                held_id=held.held_id,
                window=held.window,
                seats=held.seats,
                tables=held.tables,
                starts=held.starts,
                ends=held.ends,
                release_at=held.release_at,
                version=held.version,
            )
            for held in held_in_force(picture, now)
        ),
        beyond=tuple(
            Beyond(
                reservation_id=promise.reservation_id,
                name=promise.name,
                party_size=promise.party_size,
                starts=promise.starts,
                overruled=promise.overruled,
                risk=promise.risk,
            )
            for promise in picture.promises
            if promise.kind == "overbooked" and promise.state in {"booked", "arrived"}
        ),
        next_by_table=_next_by_table(picture.promises),
    )


def tonights(known: Known, now: datetime) -> Period:
    """Return the period the door is about. Raises NotFound on a day without any."""
    return period_tonight(known.house, now, house_version=known.version)


def named_period(known: Known, period_id: str, now: datetime) -> Period:
    """Return a period by its id, from the calendar. Raises NotFound."""
    day, _, _ = period_id.partition(".")
    try:
        service_date = date.fromisoformat(day)
    except ValueError:
        raise NotFound(f"there is no period {period_id}", pointer="/period") from None
    if abs(service_date - now.date()) > FURTHEST:
        raise NotFound(f"{day} is too far off", pointer="/period")
    for period in periods_on(known.house, service_date, house_version=known.version):
        if period.period_id == period_id:
            return period
    raise NotFound(f"there is no period {period_id}", pointer="/period")


def _expected(promise: Promise, grace: timedelta, beside: Beside | None, now: datetime) -> Expected:
    facts = msgspec.structs.asdict(promise)
    known = {name: facts[name] for name in Expected.__struct_fields__ if name in facts}
    if beside is not None:
        told = msgspec.structs.asdict(beside)
        known |= {name: value or "" for name, value in told.items() if name != "phone"}
        known["phone"] = beside.phone
    return Expected(**known, owed=is_owed(promise, grace, now=now))


def _sitting(seating: Seating, now: datetime) -> Sitting:
    facts = msgspec.structs.asdict(seating)
    known = {name: facts[name] for name in Sitting.__struct_fields__ if name in facts}
    return Sitting(
        **known,
        minutes=_minutes(now - seating.seated_at),
        overdue=seating.expected_end <= now,
    )


def _next_by_table(promises: Iterable[Promise]) -> dict[str, Next]:
    found: dict[str, Next] = {}
    for promise in sorted(promises, key=lambda each: (each.starts, each.reservation_id)):
        if promise.state in {"booked", "arrived"}:
            for table in promise.tables:
                coming = Next(reservation_id=promise.reservation_id, starts=promise.starts)
                found.setdefault(table, coming)
    return found


def _minutes(passed: timedelta) -> int:
    return int(passed.total_seconds()) // 60
