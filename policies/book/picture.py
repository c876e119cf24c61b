"""The words of the house as data: what every decision reads and returns.

Instants are timezone-aware datetimes; lengths of time are minutes; sizes are guests (covers).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.calendar import Period
from policies.house.room import Needs
from policies.house.rules import Rules

OVERRUN_NEAR = timedelta(minutes=5)


OVERRUN_STRETCH = timedelta(minutes=15)


Channel = Literal["partner", "google", "phone", "desk", "walk_in", "waitlist", "guest"]
ReservationState = Literal[
    "requested",
    "booked",
    "arrived",
    "seated",
    "finished",
    "cancelled",
    "declined",
    "no_show",
    "walked",
]
SlotHoldState = Literal["held", "confirmed", "expired", "given_back"]
SeatingState = Literal["seated", "check_down", "dessert", "cleared"]
WaitState = Literal["waiting", "notified", "seated", "left", "turned_away"]
HeldState = Literal["held", "granted", "released", "cancelled"]
GestureState = Literal[
    "suggested", "offered", "accepted", "declined", "delivered", "voided", "expired"
]
ApprovalState = Literal["waiting", "approved", "refused", "expired"]
PromiseKind = Literal["physical", "overbooked"]
RescueState = Literal["listed", "opened", "taken", "lapsed"]


class Risk(Struct, frozen=True, kw_only=True):
    """What a promise beyond the room risks, as told when it was made.

    `probability`: that any promised party waits longer than `tolerance_minutes`. It binds in the
    five minutes from `bucket` for parties of `party_class` guests or more, where `expected` of
    them come for `places`.
    """

    probability: float
    bucket: datetime
    party_class: int
    expected: float
    places: int
    ceiling: float
    tolerance_minutes: int


class Promise(Struct, frozen=True, kw_only=True):
    """A reservation as the room sees it.

    `ends` = `starts` + turn time (the reset included). `tables` is the plan: where the party is
    meant to sit, empty for an overbooked or exposed promise. `fixed`: the guest was promised those
    very tables. `arrived`: how many of the party are here. `made_at`: when it was booked.
    """

    reservation_id: UUID
    period_id: str
    state: ReservationState
    party_size: int
    starts: datetime
    ends: datetime
    needs: Needs = Needs()
    kind: PromiseKind = "physical"
    arrived: int = 0
    arrived_at: datetime | None = None
    tables: tuple[str, ...] = ()
    fixed: bool = False
    overruled: bool = False
    exposed: bool = False
    guest_id: UUID | None = None
    channel: Channel | None = None
    risk: Risk | None = None
    duplicate_allowed: bool = False
    name: str = ""
    late_at: datetime | None = None
    lateness_known: bool = False
    made_at: datetime | None = None
    version: int = 1


class SlotHold(Struct, frozen=True, kw_only=True):
    """A lock of some minutes: a promise, physical or beyond, until `expires_at`.

    A booking site's while its guest decides, or (without a client) a host's, who has opened a
    rescue option for a party at the door: then, if the party would sit down now, `fixed` at those
    very tables, and meanwhile in the place of the held table `held_id` or of the party's own
    promise `reservation_id`.
    """

    slot_hold_id: UUID
    period_id: str
    state: SlotHoldState
    party_size: int
    starts: datetime
    ends: datetime
    expires_at: datetime
    client_id: str | None = None
    staff_id: str | None = None
    needs: Needs = Needs()
    kind: PromiseKind = "physical"
    risk: Risk | None = None
    tables: tuple[str, ...] = ()
    fixed: bool = False
    held_id: UUID | None = None
    reservation_id: UUID | None = None


class HeldTable(Struct, frozen=True, kw_only=True):
    """A place kept out of sale for a party of `seats`, until it is granted or given back.

    `release_at`: when the ladder's `rung` gives it back (-1: held by hand). `tables` is where it
    is meant to be; it moves like a promise.
    """

    held_id: UUID
    period_id: str
    window: str
    state: HeldState
    seats: int
    starts: datetime
    ends: datetime
    release_at: datetime
    rung: int
    needs: Needs = Needs()
    tables: tuple[str, ...] = ()
    ended_at: datetime | None = None
    ended_by: str | None = None
    reason: str | None = None
    version: int = 1


class Seating(Struct, frozen=True, kw_only=True):
    """A party at tables: a fact. `expected_end` is stretched, never enforced.

    `counted_at` is the instant pacing counts its covers at: a reservation's start, else when it
    sat down. Guests `merged_into` another seating are counted there.
    """

    seating_id: UUID
    period_id: str
    state: SeatingState
    party_size: int
    tables: tuple[str, ...]
    seated_at: datetime
    counted_at: datetime
    expected_end: datetime
    reservation_id: UUID | None = None
    wait_id: UUID | None = None
    name: str = ""
    cleared_at: datetime | None = None
    merged_into: UUID | None = None
    version: int = 1


class Block(Struct, frozen=True, kw_only=True):
    """A table out of use for a while. `ends` None: until somebody takes the block off."""

    block_id: UUID
    table_id: str
    starts: datetime
    ends: datetime
    reason: str
    lifted_at: datetime | None = None
    version: int = 1


class WaitEntry(Struct, frozen=True, kw_only=True):
    """A party on the waitlist with the wait it was quoted (minutes), if it was."""

    wait_id: UUID
    period_id: str
    state: WaitState
    party_size: int
    joined_at: datetime
    name: str = ""
    phone: str = ""
    needs: Needs = Needs()
    quoted_minutes: int | None = None
    notified_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1


class BidPrices(Struct, frozen=True, kw_only=True):
    """What tables are worth to guests still expected, as the jobs process last wrote it.

    `table` [K + J][B]: money by class (then kind of join) and bucket from the opening, in the unit
    in which a cover is worth 50 (policies/value/bid_prices.py). `forecast`: the beliefs they were made with,
    by which decisions are made too. `house_version`: the room they are prices of.
    """

    made_at: datetime
    house_version: int
    forecast: Forecast
    table: tuple[tuple[float, ...], ...]


class Picture(Struct, frozen=True, kw_only=True):
    """What is true of one period now, read under its lock: everything a decision may look at.

    Only what still counts: live promises (requested, booked, arrived, seated, no_show), slot holds
    in force, uncleared seatings, blocks in force, parties waiting. `started` are the covers of
    every seating of the period, cleared ones too, at the instant pacing counts them (a
    reservation's start, a walk-in's seating).
    """

    period: Period
    promises: tuple[Promise, ...] = ()
    slot_holds: tuple[SlotHold, ...] = ()
    seatings: tuple[Seating, ...] = ()
    blocks: tuple[Block, ...] = ()
    waiting: tuple[WaitEntry, ...] = ()
    held: tuple[HeldTable, ...] = ()
    rules: Rules = Rules()
    started: tuple[tuple[datetime, int], ...] = ()
    prices: BidPrices | None = None


def seating_end(seating: Seating, now: datetime) -> datetime:
    """Return until when a seated party must be thought to stay: its overrun stretches."""
    if seating.expected_end <= now + OVERRUN_NEAR:
        return now + OVERRUN_STRETCH
    return seating.expected_end


def holds_in_force(picture: Picture, now: datetime) -> Iterator[SlotHold]:
    """Yield the slot holds that still bind at `now`."""
    for hold in picture.slot_holds:
        if hold.state == "held" and hold.expires_at > now:
            yield hold


def held_in_force(picture: Picture, now: datetime) -> Iterator[HeldTable]:
    """Yield the held tables that the ladder has not given back by `now`."""
    for held in picture.held:
        if held.state == "held" and held.release_at > now:
            yield held
