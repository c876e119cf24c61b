"""A picture as its host sees it: who is expected, who sits where, who waits, who comes next."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from policies.book.picture import (
    Block,
    Channel,
    Picture,
    Promise,
    PromiseKind,
    ReservationState,
    Risk,
    Seating,
    SeatingState,
    WaitEntry,
    WaitState,
    held_in_force,
    holds_in_force,
)
from policies.floor.due import grace_of, is_owed
from policies.house.calendar import Period
from policies.house.house import House
from policies.house.room import Needs


class Beside(Struct, frozen=True, kw_only=True):
    """What the book keeps of a reservation beside its promise."""

    reservation_id: UUID
    code: str
    channel: Channel
    notes: str
    phone: str | None
    guest_notes: str | None
    allergies: str | None


class WaitBeside(Struct, frozen=True, kw_only=True):
    """What the book keeps of a waiting party beside its entry."""

    wait_id: UUID
    channel: Channel
    coming_at: datetime | None
    suggested_at: datetime | None
    suggested_tables: tuple[str, ...]


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
    """A party on the waitlist; `waited` minutes so far, against the wait it was quoted.

    `suggested_tables`: its turn has come since `suggested_at`, these are free for it; call it.
    `coming_at`: since when it says that it is on its way.
    """

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
    channel: Channel = "walk_in"
    coming_at: datetime | None = None
    suggested_at: datetime | None = None
    suggested_tables: tuple[str, ...] = ()


class Next(Struct, frozen=True, kw_only=True):
    """Who is meant to sit at a table next."""

    reservation_id: UUID
    starts: datetime


class Held(Struct, frozen=True, kw_only=True):
    """A table held back, where it is meant to be, and when the ladder gives it back."""

    held_id: UUID
    version: int
    window: str
    seats: int
    tables: tuple[str, ...]
    starts: datetime
    ends: datetime
    release_at: datetime


class Beyond(Struct, frozen=True, kw_only=True):
    """A party promised beyond the room and not placed yet, with the risk told when it was."""

    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    overruled: bool
    risk: Risk | None


class Opened(Struct, frozen=True, kw_only=True):
    """Tables that a host keeps for a party at the door until `expires_at`."""

    slot_hold_id: UUID
    staff_id: str | None
    party_size: int
    tables: tuple[str, ...]
    expires_at: datetime


class Tonight(Struct, frozen=True, kw_only=True):
    """Everything the stand shows, at one instant."""

    now: datetime
    period: Period
    reservations: tuple[Expected, ...]
    seatings: tuple[Sitting, ...]
    slot_holds: int
    opened: tuple[Opened, ...]
    blocks: tuple[Block, ...]
    waiting: tuple[Waiting, ...]
    held: tuple[Held, ...]
    beyond: tuple[Beyond, ...]
    next_by_table: dict[str, Next]


def shown(
    picture: Picture,
    house: House,
    beside: Mapping[UUID, Beside],
    waits: Mapping[UUID, WaitBeside],
    now: datetime,
) -> Tonight:
    """Return a picture as the host sees it."""
    ours, grace = picture.period.period_id, grace_of(picture, house)
    sat = {table for seating in picture.seatings for table in seating.tables}
    return Tonight(
        now=now,
        period=picture.period,
        reservations=tuple(
            _expected(promise, grace, beside.get(promise.reservation_id), now)
            for promise in picture.promises
            if promise.period_id == ours
        ),
        seatings=tuple(_sitting(seating, now) for seating in picture.seatings),
        slot_holds=sum(
            hold.state == "held" and hold.client_id is not None for hold in picture.slot_holds
        ),
        opened=tuple(
            Opened(**_common(hold, Opened))
            for hold in holds_in_force(picture, now)
            if hold.client_id is None and hold.tables
        ),
        blocks=tuple(block for block in picture.blocks if block.ends > now),
        waiting=tuple(
            _waiting(entry, waits.get(entry.wait_id), sat, now) for entry in picture.waiting
        ),
        held=tuple(Held(**_common(held, Held)) for held in held_in_force(picture, now)),
        beyond=tuple(
            Beyond(**_common(promise, Beyond))
            for promise in picture.promises
            if promise.kind == "overbooked" and promise.state in {"booked", "arrived"}
        ),
        next_by_table=_next_by_table(picture.promises),
    )


def _expected(promise: Promise, grace: timedelta, beside: Beside | None, now: datetime) -> Expected:
    known = _common(promise, Expected)
    if beside is not None:
        told = structs.asdict(beside)
        known |= {name: value or "" for name, value in told.items() if name != "phone"}
        known["phone"] = beside.phone
    return Expected(**known, owed=is_owed(promise, grace, now=now))


def _sitting(seating: Seating, now: datetime) -> Sitting:
    minutes, overdue = _minutes(now - seating.seated_at), seating.expected_end <= now
    return Sitting(**_common(seating, Sitting), minutes=minutes, overdue=overdue)


def _waiting(entry: WaitEntry, beside: WaitBeside | None, sat: set[str], now: datetime) -> Waiting:
    """A prompt whose table was given away since is not shown any more."""
    known = _common(entry, Waiting)
    if beside is not None:
        known |= structs.asdict(beside)
        if sat & set(beside.suggested_tables):
            known |= {"suggested_at": None, "suggested_tables": ()}
    return Waiting(**known, waited=_minutes(now - entry.joined_at))


def _common(thing: Struct, shown: type[Struct]) -> dict[str, Any]:
    """What the thing and the way it is shown have in common."""
    facts = structs.asdict(thing)
    return {name: facts[name] for name in shown.__struct_fields__ if name in facts}


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
