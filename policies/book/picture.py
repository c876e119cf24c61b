"""The state of a period as data: promises, slot holds, held tables, seatings, blocks, waitlist.

Instants are timezone-aware datetimes; durations are minutes; party sizes are guests (covers).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.late_told import LateTold
from policies.book.levers import PulledLever
from policies.book.sections import SectionTable, ServedParty
from policies.forecast.forecast import Forecast
from policies.forecast.risk_calibration import RiskCalibration, ToldRisk
from policies.house.calendar import Period
from policies.house.channels import Channel
from policies.house.room import Needs, Preferences
from policies.house.rules import Rules
from policies.words.message import Message

OVERRUN_MARGIN = timedelta(minutes=5)
OVERRUN_STRETCH = timedelta(minutes=15)
"""Within the margin of its expected end a seating is expected to last the stretch from now on."""

PAID_STAY = timedelta(minutes=10)
"""A party that has paid is expected to stay so long, and its table to be wiped (assumption)."""

PAID_STRETCH = timedelta(minutes=5)
"""As OVERRUN_STRETCH, for a party that has paid."""

LONGEST_HOLD = timedelta(hours=1)
"""So long may a party be called; what ends later was made before the clock was set back."""


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
SeatingState = Literal["seated", "check_down", "dessert", "paid", "cleared"]
WaitState = Literal["waiting", "notified", "seated", "left", "gone", "turned_away"]
WaitingPlace = Literal["door", "bar", "terrace"]
CalledBy = Literal["text", "voice"]
HeldState = Literal["held", "granted", "released", "cancelled"]
GestureState = Literal[
    "suggested", "offered", "accepted", "declined", "delivered", "voided", "expired"
]
ApprovalState = Literal["waiting", "approved", "refused", "expired"]
PromiseKind = Literal["physical", "overbooked"]
RescueState = Literal["listed", "opened", "taken", "lapsed"]


class Risk(Struct, frozen=True, kw_only=True):
    """The risk of an overbooked promise, as stated when it was made.

    `probability`: what the `ceiling` is compared with: own_wait, that this party waits longer than
    `tolerance_minutes`; in promises without `told`, made before, that any promised party does. The
    binding constraint: the 5 minutes from `tightest_at`, parties of `party_class` guests or more,
    of which `expected` are present for `places` tables. `overload`: that more come than fit, for
    longer than the tolerance; `others`: how many others then lack a table on average (0: not told).
    """

    probability: float
    tightest_at: datetime
    party_class: int
    expected: float
    places: int
    ceiling: float
    tolerance_minutes: int
    told: ToldRisk | None = None
    overload: float = 0.0
    others: float = 0.0


class Promise(Struct, frozen=True, kw_only=True):
    """A reservation.

    `ends` = `starts` + turn time (reset included); of a party that told that it is late, the time
    it told + turn time, as far as nobody else needs the table by then. `tables`: the plan, empty
    for an overbooked or exposed promise. `fixed`: the guest was promised these tables, so the plan
    must not move it. `lost_tables`: had been promised and no longer are, which guest and host are
    told. `exposed`: was physical, has lost its table in the plan. `overruled`: staff accepted it
    against the engine. `arrived`: guests of the party already here. `late_at`: since when it counts
    as late (the grace runs from it). `lateness_known`: it acknowledged the lateness rule.
    `made_at`: when it was booked, `client_id`: by which booking site. `duration_minutes`: how long
    it keeps its table where staff said so, whatever its size and start; None: the turn time of the
    house. `tags`: the guest's and its own.

    Marks, which change no lifecycle: `late_until`: when a party told that it comes; its table is
    planned, and the grace runs, from then. `late_told`: what it was answered. `reconfirmed_at`:
    when it said again that it comes. `where` it waits. `called_at`, `called_by`: when and how it
    was called to its table; `coming_at`: when it was on its way. `pinned_by`: the id of the person
    who planned its tables: no plan moves it but for a fact. `last_tables`: those it had when it was
    given up, which are tried first when it comes back.
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
    lost_tables: tuple[str, ...] = ()
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
    duration_minutes: int | None = None
    tags: tuple[str, ...] = ()
    preferences: Preferences | None = None
    client_id: str | None = None
    late_until: datetime | None = None
    reconfirmed_at: datetime | None = None
    where: WaitingPlace | None = None
    called_at: datetime | None = None
    called_by: CalledBy | None = None
    coming_at: datetime | None = None
    pinned_by: str | None = None
    last_tables: tuple[str, ...] = ()
    late_told: LateTold | None = None
    version: int = 1


def expected_at(promise: Promise) -> datetime:
    """Return when a party is expected: at its start, or when it told that it is late."""
    return max(promise.starts, promise.late_until or promise.starts)


def late_by(promise: Promise) -> timedelta:
    """Return by how much later than its start a party told that it comes."""
    return expected_at(promise) - promise.starts


def minutes_promised(promise: Promise) -> int:
    """Return for how many minutes the promise has its table, from when its party is expected."""
    return int((promise.ends - expected_at(promise)).total_seconds()) // 60


def minutes_since_start(promise: Promise) -> int:
    """Return the minutes from its start until its table is somebody else's, lateness included."""
    return int((promise.ends - promise.starts).total_seconds()) // 60


def with_fixed_tables(promise: Promise, *, fixed: bool) -> Promise:
    """Return the promise with its tables fixed or not; the ones it was promised are remembered.

    Call it before the tables change. Tables that are not fixed are not pinned any more either.
    """
    if fixed:
        return replace(promise, fixed=True, lost_tables=())
    if promise.pinned_by is not None:
        promise = replace(promise, pinned_by=None)
    if not promise.fixed:
        return promise
    return replace(promise, fixed=False, lost_tables=promise.tables or promise.lost_tables)


def without_tables(promise: Promise) -> Promise:
    """Return a promise that is given up with no tables; which it had is remembered."""
    had = promise.tables or promise.last_tables
    free = with_fixed_tables(promise, fixed=False)
    return replace(free, tables=(), exposed=False, last_tables=had)


def is_kept_in_place(promise: Promise) -> bool:
    """Tell whether no plan moves the promise: it was promised its tables, or a person pinned it."""
    return promise.fixed or promise.pinned_by is not None


class SlotHold(Struct, frozen=True, kw_only=True):
    """A temporary promise, physical or overbooked, that expires at `expires_at`.

    With `client_id`: a booking site's while its guest decides. With `staff_id`: a host's for an
    opened rescue option; `fixed` if the party would be seated at these tables now. Until it ends
    it replaces the held table `held_id` or the party's own promise `reservation_id`, if given.
    With `wait_id`: a called waiting party's, until it must have come.
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
    preferences: Preferences | None = None
    kind: PromiseKind = "physical"
    risk: Risk | None = None
    tables: tuple[str, ...] = ()
    fixed: bool = False
    held_id: UUID | None = None
    reservation_id: UUID | None = None
    wait_id: UUID | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it has expired, or would last longer than any that was made by now's clock."""
        return not now < self.expires_at <= now + LONGEST_HOLD


class GaveWayTo(Struct, frozen=True, kw_only=True):
    """What has the place of a held table now.

    `id`: of the reservation, seating, waitlist entry, slot hold or block; None for a closed area.
    """

    kind: Literal["reservation", "seating", "wait", "slot_hold", "block", "closure"]
    id: UUID | None = None


class HeldTable(Struct, frozen=True, kw_only=True):
    """Capacity out of sale on every channel for a party of `seats`, until granted or released.

    `release_at`: when step `rung` of the release ladder frees it (-1: held by hand). `tables`: its
    plan, which moves like a promise's. `first_starts`: when its window began, where it starts
    later by now because its table is taken until then. Once it has ended, `ended_by`: the id of
    who ended it, or "system"; `reason`: their words. A cancelled one gave way to `ended_for`, as
    `ended_why` tells; a granted one is that party's.
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
    first_starts: datetime | None = None
    ended_for: GaveWayTo | None = None
    ended_why: Message | None = None


class Seating(Struct, frozen=True, kw_only=True):
    """A party at tables: a fact. Passing `expected_end` never frees the table.

    `counted_at`: the instant at which pacing counts its covers, a reservation's start or else
    `seated_at`. The guests of a seating `merged_into` another are counted there. `server`: the
    staff id of who serves the party.
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
    server: str | None = None
    version: int = 1


NO_REASON = "out of use"
"""The reason of a block whose reason nobody gave."""


class Block(Struct, frozen=True, kw_only=True):
    """A table out of use from `starts` to `ends`."""

    block_id: UUID
    table_id: str
    starts: datetime
    ends: datetime
    reason: str
    lifted_at: datetime | None = None
    version: int = 1


class TableReset(Struct, frozen=True, kw_only=True):
    """A table that is made ready for the next party since `since`, and free from `ready_at` on.

    An intention: whoever is planned there keeps the table, and a host may seat there before.
    `seating_id`: of the party that has left it. `ended_at`: when it was ready, or was given away.
    """

    reset_id: UUID
    table_id: str
    since: datetime
    ready_at: datetime
    seating_id: UUID | None = None
    ended_at: datetime | None = None
    version: int = 1


class WaitEntry(Struct, frozen=True, kw_only=True):
    """A party on the waitlist. `quoted_minutes`: the wait it was promised, None without a quote.

    `where` it waits; `coming_at`: when it said that it is on its way.
    """

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
    where: WaitingPlace | None = None
    coming_at: datetime | None = None
    version: int = 1


class BidPrices(Struct, frozen=True, kw_only=True):
    """Bid prices of a period: the marginal value of a table to the demand still expected.

    `table` [K + J][B]: price by size class (then kind of join) and 5-minute bucket from the
    opening, in units of 1/50 of a cover (policies/value/bid_prices.py). `forecast`: the one they
    were computed with; decisions use it too. `house_version`: of the room they price.
    """

    made_at: datetime
    house_version: int
    forecast: Forecast
    table: tuple[tuple[float, ...], ...]


class Picture(Struct, frozen=True, kw_only=True):
    """Everything a decision may look at, read at once under the period's lock.

    Holds live entities only: promises that are requested, booked, arrived, seated or no_show, slot
    holds in force, uncleared seatings, blocks in force, waiting parties. `started`: (instant,
    covers) of every seating of the period, cleared ones too, as pacing counts them. `zone`: the
    venue's, in a picture read under the lock. `elsewhere`: ids of the periods here that run under
    another version of the house: what is planned in them is a fact for this one. `outside`: ids
    of exposed promises that start outside the hours their period has by now. `levers`: pulled for
    the period, in their order; the period's own fields say what they come to. `resets`: of tables
    that are not ready yet. `colleagues`: the names of those who pinned a party, by their ids.
    `calibration`: of told risks, None before the house has an evening of its own. `sections`: who
    serves which tables; `served`: the parties of the period that have a server, gone ones too.
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
    zone: str | None = None
    elsewhere: tuple[str, ...] = ()
    outside: tuple[UUID, ...] = ()
    levers: tuple[PulledLever, ...] = ()
    resets: tuple[TableReset, ...] = ()
    colleagues: dict[str, str] = {}
    calibration: RiskCalibration | None = None
    sections: tuple[SectionTable, ...] = ()
    served: tuple[ServedParty, ...] = ()


def is_planned_here(picture: Picture, party: Promise | SlotHold | HeldTable) -> bool:
    """Tell whether a plan of this picture gives the party tables.

    Not in a period under another version of the house, nor where the house is closed by now.
    """
    if party.period_id in picture.elsewhere:
        return False
    if isinstance(party, Promise):
        return not is_closed_then(picture, party)
    return picture.period.served or party.period_id != picture.period.period_id


def is_closed_then(picture: Picture, promise: Promise) -> bool:
    """Tell whether the house has closed the hours it promised: no guest fails to come to it then.

    A promise made beside the hours (`overruled`) was never exposed by it.
    """
    own = picture.period
    unserved = promise.period_id == own.period_id and not own.served
    return unserved or promise.reservation_id in picture.outside


def seating_end(seating: Seating, now: datetime) -> datetime:
    """Return the expected end, or `now` + 15 minutes once it is 5 minutes away or overrun.

    A party that has paid goes sooner: then `now` + 5 minutes.
    """
    if seating.expected_end <= now + OVERRUN_MARGIN:
        return now + (PAID_STRETCH if seating.state == "paid" else OVERRUN_STRETCH)
    return seating.expected_end


def end_once_paid(seating: Seating, now: datetime, reset: timedelta) -> datetime:
    """Return when the table is free again if the party pays at `now`; `reset`: to make it ready."""
    ends = now + PAID_STAY + reset
    overdue = seating.expected_end <= now + OVERRUN_MARGIN
    return ends if overdue else min(seating.expected_end, ends)


def with_reset_over(reset: TableReset, now: datetime) -> TableReset:
    """Return a table's reset as ended."""
    return replace(reset, ended_at=now, version=reset.version + 1)


def resets_in_force(picture: Picture, now: datetime) -> Iterator[TableReset]:
    """Yield the tables that are not ready yet at `now`."""
    for reset in picture.resets:
        if reset.ended_at is None and now < reset.ready_at:
            yield reset


def holds_in_force(picture: Picture, now: datetime) -> Iterator[SlotHold]:
    """Yield the slot holds that have not expired at `now`."""
    for hold in picture.slot_holds:
        if hold.state == "held" and not hold.is_over(now):
            yield hold


def held_in_force(picture: Picture, now: datetime) -> Iterator[HeldTable]:
    """Yield the held tables whose release is not due at `now`."""
    for held in picture.held:
        if held.state == "held" and held.release_at > now:
            yield held
