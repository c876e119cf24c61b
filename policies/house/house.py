"""A house: its floor, its hours and its rules, as a manager writes them down."""

from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta, Struct

Name = Annotated[str, Meta(min_length=1, max_length=80)]
Key = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_-]{0,39}$")]
TableKey = Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9_-]{0,15}$")]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Feature = Literal["step_free", "quiet"]
Role = Literal["host", "manager", "owner"]
Clock = Annotated[time, Meta(tz=False)]


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Venue(_Part, frozen=True, kw_only=True):
    """The restaurant: where it is, and the money and language it works in."""

    id: Key
    name: Name
    zone: str
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    locale: str = "en"
    phone: str | None = None
    address: str | None = None
    high_chairs: Annotated[int, Meta(ge=0, le=50)] = 0


class Booking(_Part, frozen=True, kw_only=True):
    """How the house sells: minutes, days and guests."""

    window_days: Annotated[int, Meta(ge=0, le=400)] = 60
    min_notice_minutes: Annotated[int, Meta(ge=0, le=10080)] = 0
    slot_minutes: Literal[5, 10, 15, 20, 30, 60] = 15
    hold_seconds: Annotated[int, Meta(ge=30, le=600)] = 300
    cancel_cutoff_minutes: Annotated[int, Meta(ge=0, le=10080)] = 120
    party_max_online: Annotated[int, Meta(ge=1, le=50)] = 8
    bookings_per_guest: Annotated[int, Meta(ge=1, le=100)] = 4
    late_after_minutes: Annotated[int, Meta(ge=0, le=120)] = 10
    no_show_grace_minutes: Annotated[int, Meta(ge=5, le=240)] = 15


class Area(_Part, frozen=True, kw_only=True):
    """A part of the floor that guests may ask for: a room, a terrace, a bar."""

    id: Key
    name: Name


class Table(_Part, frozen=True, kw_only=True):
    """A table. `seats_min` ranks tables; it never makes a party impossible."""

    id: TableKey
    area: Key
    seats_max: Annotated[int, Meta(ge=1, le=50)]
    seats_min: Annotated[int, Meta(ge=1, le=50)] = 1
    features: frozenset[Feature] = frozenset()
    x: float = 0.0
    y: float = 0.0


class Join(_Part, frozen=True, kw_only=True):
    """Tables that may be pushed together, and how many guests they then take."""

    tables: Annotated[tuple[TableKey, ...], Meta(min_length=2, max_length=8)]
    seats_max: Annotated[int, Meta(ge=2, le=100)]


class Pace(_Part, frozen=True, kw_only=True):
    """From `start` (local time) on: at most `covers` may start in any 15 minutes."""

    start: Clock
    covers: Annotated[int, Meta(ge=0, le=1000)]


class ServicePeriod(_Part, frozen=True, kw_only=True):
    """A weekly (or special) period in local time; `closes` before `opens` crosses midnight."""

    name: Key
    opens: Clock
    last_seating: Clock
    closes: Clock
    days: frozenset[Day] = frozenset()
    pacing: Annotated[int, Meta(ge=1, le=1000)]
    pacing_changes: tuple[Pace, ...] = ()
    needs_approval: bool = False


class SpecialDay(_Part, frozen=True, kw_only=True):
    """A date that replaces the week's periods; no periods means closed."""

    date: date
    name: Name
    periods: tuple[ServicePeriod, ...] = ()


class BuyOut(_Part, frozen=True, kw_only=True):
    """A private event: these areas are out of sale between the two local times."""

    name: Name
    date: date
    starts: Clock
    ends: Clock
    areas: Annotated[tuple[Key, ...], Meta(min_length=1)]


class TurnTime(_Part, frozen=True, kw_only=True):
    """Minutes a party of up to `party_max` keeps its table, the reset included."""

    party_max: Annotated[int, Meta(ge=1, le=100)]
    minutes: Annotated[int, Meta(ge=15, le=480, multiple_of=5)]


class HouseRule(_Part, frozen=True, kw_only=True):
    """One rule, the same in every language the house speaks."""

    key: Key
    text: dict[str, Annotated[str, Meta(min_length=1, max_length=140)]]


class HouseRules(_Part, frozen=True, kw_only=True):
    """What guests are told beforehand; nothing else may be enforced against them."""

    version: Annotated[int, Meta(ge=1)]
    rules: Annotated[tuple[HouseRule, ...], Meta(max_length=7)]


class Person(_Part, frozen=True, kw_only=True):
    """One of the staff; an owner may do what a manager may, a manager what a host may."""

    id: Key
    name: Name
    role: Role


class House(_Part, frozen=True, kw_only=True):
    """Everything a house file says."""

    venue: Venue
    areas: Annotated[tuple[Area, ...], Meta(min_length=1)]
    tables: Annotated[tuple[Table, ...], Meta(min_length=1, max_length=400)]
    periods: tuple[ServicePeriod, ...]
    turn_times: Annotated[tuple[TurnTime, ...], Meta(min_length=1)]
    joins: tuple[Join, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    buy_outs: tuple[BuyOut, ...] = ()
    booking: Booking = Booking()
    house_rules: HouseRules | None = None
    staff: tuple[Person, ...] = ()
