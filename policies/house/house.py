"""The house file as Structs: venue, areas, tables, joins, periods, turn times, staff."""

from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta, Struct

from policies.house.channels import Channel, PacedChannel

Name = Annotated[str, Meta(min_length=1, max_length=80)]
Key = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}\Z")]
TableKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,15}\Z")]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Feature = Literal["step_free", "quiet", "window", "booth", "high"]
Shape = Literal["rectangle", "round", "oval"]
LineKind = Literal["wall", "window", "door", "counter"]
Role = Literal["viewer", "kitchen", "server", "host", "manager", "owner"]
"""What each may do: policies/access/rights.py."""
Metres = Annotated[float, Meta(ge=-100_000, le=100_000)]
Size = Annotated[float, Meta(ge=0.1, le=50)]
Line = Annotated[str, Meta(min_length=1, max_length=120)]
LocalTime = Annotated[time, Meta(tz=False)]


class _Section(Struct, frozen=True, forbid_unknown_fields=True):
    pass


class PostalAddress(_Section, frozen=True, kw_only=True):
    """The address in parts, as maps and Google's merchant feed want it (country: ISO 3166-1)."""

    street_address: Line
    locality: Line
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]
    postal_code: Annotated[str, Meta(min_length=1, max_length=20)] | None = None
    region: Line | None = None


class Coordinates(_Section, frozen=True, kw_only=True):
    """The place on the map in degrees (WGS 84)."""

    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]


class Venue(_Section, frozen=True, kw_only=True):
    """The restaurant: time zone, currency (ISO 4217), default language, stock of high chairs.

    `category`: what maps call it, in free words such as "Italian restaurant" (schema.org's
    servesCuisine, the category of Google's merchant feed).
    """

    id: Key
    name: Name
    zone: str
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
    locale: str = "en"
    phone: str | None = None
    email: Annotated[str, Meta(min_length=1, max_length=254)] | None = None
    web: Annotated[str, Meta(min_length=1, max_length=500)] | None = None
    category: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
    address: str | None = None
    postal_address: PostalAddress | None = None
    coordinates: Coordinates | None = None
    high_chairs: Annotated[int, Meta(ge=0, le=50)] = 0


class BookingLimits(_Section, frozen=True, kw_only=True):
    """Limits of booking: how far ahead, notice, slot length, hold time, party size, grace.

    `reset_minutes`: to make a table ready once its party has gone, within the turn time; 0: the
    house does not count them. `reset_by_clock`: after them the table is ready without a word.
    Guests and booking sites cancel until `cancel_cutoff_minutes` before the start, and always
    within `cancel_grace_minutes` of booking (at most until the start).
    """

    window_days: Annotated[int, Meta(ge=0, le=400)] = 60
    min_notice_minutes: Annotated[int, Meta(ge=0, le=10080)] = 0
    slot_minutes: Literal[5, 10, 15, 20, 30, 60] = 15
    hold_seconds: Annotated[int, Meta(ge=30, le=600)] = 300
    cancel_cutoff_minutes: Annotated[int, Meta(ge=0, le=10080)] = 120
    cancel_grace_minutes: Annotated[int, Meta(ge=0, le=1440)] = 15
    party_max_online: Annotated[int, Meta(ge=1, le=50)] = 8
    bookings_per_guest: Annotated[int, Meta(ge=1, le=100)] = 4
    late_after_minutes: Annotated[int, Meta(ge=0, le=120)] = 10
    no_show_grace_minutes: Annotated[int, Meta(ge=5, le=240)] = 15
    reset_minutes: Annotated[int, Meta(ge=0, le=60)] = 0
    reset_by_clock: bool = False


class Area(_Section, frozen=True, kw_only=True):
    """A part of the floor that guests may ask for: a room, a terrace, a bar."""

    id: Key
    name: Name


class Table(_Section, frozen=True, kw_only=True):
    """A table. `seats_min` only ranks tables: a smaller party may still be seated.

    `x`, `y`: its middle on the floor plan, in metres; `width` and `depth` (metres; none: by its
    seats) before it is turned by `rotation` degrees clockwise. Guests may ask for `step_free` and
    `quiet`; the other features are for the staff's eye.
    """

    id: TableKey
    area: Key
    seats_max: Annotated[int, Meta(ge=1, le=50)]
    seats_min: Annotated[int, Meta(ge=1, le=50)] = 1
    features: frozenset[Feature] = frozenset()
    x: Metres = 0.0
    y: Metres = 0.0
    shape: Shape = "rectangle"
    width: Size | None = None
    depth: Size | None = None
    rotation: Annotated[int, Meta(ge=0, le=359)] = 0


class Wall(_Section, frozen=True, kw_only=True):
    """A line of the floor plan from (`x1`, `y1`) to (`x2`, `y2`), in metres."""

    id: TableKey
    x1: Metres
    y1: Metres
    x2: Metres
    y2: Metres
    kind: LineKind = "wall"


class Join(_Section, frozen=True, kw_only=True):
    """Tables that can be pushed together, and the guests they then seat."""

    tables: Annotated[tuple[TableKey, ...], Meta(min_length=2, max_length=8)]
    seats_max: Annotated[int, Meta(ge=2, le=100)]


class PacingChange(_Section, frozen=True, kw_only=True):
    """From local time `start` on, at most `covers` start within any 15 minutes."""

    start: LocalTime
    covers: Annotated[int, Meta(ge=0, le=1000)]


class PacingLimit(_Section, frozen=True, kw_only=True):
    """At most so many covers, and parties, of these channels in these areas start in 15 minutes.

    Beside `pacing`, never instead; empty: all channels, all areas, counted together. From local
    time `start` on (None: from the opening) until a later one of the same channels and areas. A
    party larger than `covers` may start alone.
    """

    covers: Annotated[int, Meta(ge=0, le=1000)] | None = None
    parties: Annotated[int, Meta(ge=0, le=1000)] | None = None
    channels: frozenset[PacedChannel] = frozenset()
    areas: frozenset[Key] = frozenset()
    start: LocalTime | None = None


class ServicePeriod(_Section, frozen=True, kw_only=True):
    """A weekly period, or one of a special day, in local time.

    `closes` <= `opens` means after midnight. `pacing`: covers that may start per 15 minutes
    (one party larger than that may start alone); `pacing_limits`: limits of channels and areas
    beside it.
    `needs_approval`: reservations wait as `requested` until staff approve.
    """

    name: Key
    opens: LocalTime
    last_seating: LocalTime
    closes: LocalTime
    days: frozenset[Day] = frozenset()
    pacing: Annotated[int, Meta(ge=1, le=1000)]
    pacing_changes: tuple[PacingChange, ...] = ()
    pacing_limits: Annotated[tuple[PacingLimit, ...], Meta(max_length=50)] = ()
    needs_approval: bool = False


class SpecialDay(_Section, frozen=True, kw_only=True):
    """A date whose periods replace the weekly ones; without periods the house is closed."""

    date: date
    name: Name
    periods: tuple[ServicePeriod, ...] = ()


class Closure(_Section, frozen=True, kw_only=True):
    """Service dates, first and last included, on which the house serves nothing; why is its name.

    A special day among them keeps its own periods. With `areas` only these are out of sale, on
    special days too.
    """

    name: Name
    from_date: date
    until_date: date
    areas: tuple[Key, ...] = ()


class BuyOut(_Section, frozen=True, kw_only=True):
    """A private event: these areas are out of sale between the two local times."""

    name: Name
    date: date
    starts: LocalTime
    ends: LocalTime
    areas: Annotated[tuple[Key, ...], Meta(min_length=1)]


class TurnTime(_Section, frozen=True, kw_only=True):
    """Turn time in minutes, table reset included, for parties of up to `party_max`.

    Only in these periods (by name), on these weekdays, in these areas; empty: in all. Of several
    that fit a party the most special holds (`room.Room.turn_time`).
    """

    party_max: Annotated[int, Meta(ge=1, le=100)]
    minutes: Annotated[int, Meta(ge=15, le=480, multiple_of=5)]
    areas: frozenset[Key] = frozenset()
    days: frozenset[Day] = frozenset()
    periods: frozenset[Key] = frozenset()


class HouseRule(_Section, frozen=True, kw_only=True):
    """One house rule; `text` by language."""

    key: Key
    text: dict[str, Annotated[str, Meta(min_length=1, max_length=140)]]


class HouseRules(_Section, frozen=True, kw_only=True):
    """The rules guests are shown at booking; only what was shown can be enforced."""

    version: Annotated[int, Meta(ge=1)]
    rules: Annotated[tuple[HouseRule, ...], Meta(max_length=7)]


class Person(_Section, frozen=True, kw_only=True):
    """A member of staff."""

    id: Key
    name: Name
    role: Role


OpenTo = Literal["all", "walk_ins", "staff", "channels", "members", "request", "nobody"]
"""Who may have a place: `walk_ins`: parties that are here; `staff`: what a person of the house
books or seats; `channels`, `members`: those the rule names; `request`: who asks for it and is
approved by a person, never at once online."""

Tag = Key
DayOfYear = Annotated[str, Meta(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")]


class Season(_Section, frozen=True, kw_only=True):
    """Days of every year, first and last included, as month and day; it may span New Year."""

    from_day: DayOfYear
    until_day: DayOfYear


class AccessRule(_Section, frozen=True, kw_only=True):
    """Who may have the tables of some `areas`, or some `tables`; without a rule everybody may.

    It says nothing outside its dates (first and last included), `season`, weekdays and `periods`,
    each: always, where it is left out. Of the rules that say something of a table the most special
    wins: one that names the table before one that names its area, then one with dates, with a
    season, with weekdays or periods; of equals the first in the list. `channels` and `tags` are
    those of `to`: channels and members.
    """

    name: Name
    to: OpenTo
    areas: tuple[Key, ...] = ()
    tables: tuple[TableKey, ...] = ()
    channels: tuple[Channel, ...] = ()
    tags: tuple[Tag, ...] = ()
    from_date: date | None = None
    until_date: date | None = None
    season: Season | None = None
    days: frozenset[Day] = frozenset()
    periods: tuple[Key, ...] = ()


class EnquiryProtection(_Section, frozen=True, kw_only=True):
    """Whether a request that waits for an answer keeps a place out of sale online, and how long.

    `protect`: `area`: those who asked for an area; `every`: all. For `hours` after it came.
    """

    protect: Literal["none", "area", "every"] = "none"
    hours: Annotated[int, Meta(ge=1, le=720)] = 48


class House(_Section, frozen=True, kw_only=True):
    """The whole house file."""

    venue: Venue
    areas: Annotated[tuple[Area, ...], Meta(min_length=1)]
    tables: Annotated[tuple[Table, ...], Meta(min_length=1, max_length=400)]
    periods: tuple[ServicePeriod, ...]
    turn_times: Annotated[tuple[TurnTime, ...], Meta(min_length=1)]
    joins: tuple[Join, ...] = ()
    walls: Annotated[tuple[Wall, ...], Meta(max_length=400)] = ()
    special_days: tuple[SpecialDay, ...] = ()
    closures: tuple[Closure, ...] = ()
    buy_outs: tuple[BuyOut, ...] = ()
    booking: BookingLimits = BookingLimits()
    house_rules: HouseRules | None = None
    staff: tuple[Person, ...] = ()
    access: Annotated[tuple[AccessRule, ...], Meta(max_length=200)] = ()
    enquiries: EnquiryProtection = EnquiryProtection()
