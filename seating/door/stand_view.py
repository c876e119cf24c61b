"""The stand view: what a host's tablet shows of a period, and each thing in it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.late_told import LateTold
from policies.book.picture import (
    Block,
    CalledBy,
    PromiseKind,
    ReservationState,
    Risk,
    SeatingState,
    WaitingPlace,
    WaitState,
)
from policies.book.rotation import ServerLoad
from policies.booking.same_guest import SameGuest
from policies.door.pressure import QuarterPressure
from policies.floor.checks import CheckState
from policies.house.calendar import Period
from policies.house.channels import Channel
from policies.house.room import Needs, Preferences
from policies.words.message import Message
from seating.book.levers import LeverShown
from seating.book.service_notes import ServiceNote
from seating.door.closed_day import ClosedToday
from seating.door.given_up import GivenUpTable


class CheckToldOf(Struct, frozen=True, kw_only=True):
    """The check of a seated party in the till's own words, as `CheckView` shows it."""

    check_id: str
    state: CheckState
    total: int
    last_at: datetime | None


class CheckView(Struct, frozen=True, kw_only=True):
    """The check of a seated party, as its till tells it.

    `total`: minor units of `currency`. `last_at`: when the till last told anything of it; None for
    one it told before that was kept. Of several checks the one told last, an open one first.
    """

    check_id: str
    state: CheckState
    total: int
    currency: str
    last_at: datetime | None = None


class ReservationDetails(Struct, frozen=True, kw_only=True):
    """The columns of a reservation and its guest that are not part of the promise."""

    reservation_id: UUID
    code: str
    channel: Channel
    special_request: str
    notes: str
    phone: str | None
    guest_notes: str | None
    allergies: str | None
    visits: int = 0
    no_shows: int = 0
    rules_shown: bool = False
    link_sent_at: datetime | None = None
    unread: int = 0


class SeatingDetails(Struct, frozen=True, kw_only=True):
    """The columns of a seated party's guest and of its check."""

    seating_id: UUID
    guest_id: UUID | None = None
    guest_notes: str = ""
    allergies: str = ""
    tags: tuple[str, ...] = ()
    visits: int = 0
    check: CheckToldOf | None = None


class WaitEntryDetails(Struct, frozen=True, kw_only=True):
    """The columns of a waitlist entry that are not part of the picture."""

    wait_id: UUID
    channel: Channel
    notes: str
    suggested_at: datetime | None
    suggested_tables: tuple[str, ...]
    quoted_likely: int | None
    requoted_at: datetime | None
    requoted_minutes: int | None
    requoted_likely: int | None


class ReservationView(Struct, frozen=True, kw_only=True):
    """A reservation of the period.

    `place_owed`: it is still owed a place; past the grace period a party loses that only if it had
    acknowledged the lateness rule. `exposed`: promised, without a table in the plan.
    `fixed`: promised these tables; `lost_tables`: promised them once, no longer.
    `special_request`: the guest's words; `notes`: the house's. `preferences_met`: whether its
    tables are as it would like them, None without. Until `protected_until` a request keeps a place
    out of sale online. `maybe_same_guest_as`: others of this number and name in the same hours.

    Marks: `late_until`: when it told that it comes, `late_told`: what it was answered; `where` it
    waits; `called_at`, `called_by`, then `coming_at`; `pinned_by`: the id of the person who planned
    its tables; `reconfirmed_at`.
    `no_show_at`: when the clock makes it a no-show, None where it does not.
    `last_tables`: those a no-show or a cancelled party had, tried first when it comes back.
    `visits`, `no_shows`: of its guest, before this reservation. `tags`: the guest's and its own.
    `rules_shown`: the house rules were shown to it. `link_sent_at`: when a link to the guest's page
    was last made. `unread`: how much its guest wrote that nobody read yet. `gestures_due`: accepted
    gestures that are to be brought now.
    """

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
    lost_tables: tuple[str, ...]
    kind: PromiseKind
    exposed: bool
    place_owed: bool
    late_at: datetime | None
    arrived_at: datetime | None
    needs: Needs
    guest_id: UUID | None
    preferences: Preferences | None = None
    preferences_met: bool | None = None
    protected_until: datetime | None = None
    code: str = ""
    channel: Channel = "desk"
    special_request: str = ""
    notes: str = ""
    phone: str | None = None
    guest_notes: str = ""
    allergies: str = ""
    maybe_same_guest_as: tuple[SameGuest, ...] = ()
    late_until: datetime | None = None
    late_told: LateTold | None = None
    no_show_at: datetime | None = None
    reconfirmed_at: datetime | None = None
    where: WaitingPlace | None = None
    called_at: datetime | None = None
    called_by: CalledBy | None = None
    coming_at: datetime | None = None
    pinned_by: str | None = None
    last_tables: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    visits: int = 0
    no_shows: int = 0
    rules_shown: bool = False
    link_sent_at: datetime | None = None
    unread: int = 0
    gestures_due: int = 0
    period_id: str = ""


class SeatingView(Struct, frozen=True, kw_only=True):
    """A seated party; `minutes` since it sat down, `overdue`: past its expected end.

    `notes`: what it asked for on the waitlist. `guest_notes`, `allergies`, `tags`, `visits`: of its
    guest, where that is known; `check`: its till's. `server`: the staff id of who serves it.
    """

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
    notes: str = ""
    guest_id: UUID | None = None
    guest_notes: str = ""
    allergies: str = ""
    tags: tuple[str, ...] = ()
    visits: int = 0
    check: CheckView | None = None
    server: str | None = None


class WaitEntryView(Struct, frozen=True, kw_only=True):
    """A party on the waitlist; `waited`: minutes so far, to compare with `quoted_minutes`.

    The quotes are what it was told at the latest, `quoted_likely` and `requoted_likely` the likely
    wait told with them; None where a host named another wait.

    `suggested_tables`: free for the party since `suggested_at`, so the host should call it. Once
    called, `kept_tables` are kept for it until `kept_until`; none are where the plan has none.
    `requoted_at`: when its quote had passed or could not be kept any more, so that it should be
    told `requoted_minutes` from then on; None with `requoted_at`: no table can be foreseen.
    `coming_at`: when the party said that it is on its way. `notes`: what it asked for. `where` it
    waits. `ended_at`: since when it is off the list.
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
    notes: str = ""
    coming_at: datetime | None = None
    suggested_at: datetime | None = None
    suggested_tables: tuple[str, ...] = ()
    kept_tables: tuple[str, ...] = ()
    kept_until: datetime | None = None
    quoted_likely: int | None = None
    requoted_at: datetime | None = None
    requoted_minutes: int | None = None
    requoted_likely: int | None = None
    maybe_same_guest_as: tuple[SameGuest, ...] = ()
    where: WaitingPlace | None = None
    ended_at: datetime | None = None


class TableResetView(Struct, frozen=True, kw_only=True):
    """A table that is made ready since `since`; it counts as free from `ready_at` on."""

    table_id: str
    since: datetime
    ready_at: datetime


class NextReservation(Struct, frozen=True, kw_only=True):
    """The next reservation planned at a table."""

    reservation_id: UUID
    starts: datetime


class HeldTableView(Struct, frozen=True, kw_only=True):
    """A held table (not bookable until released): where it is planned, and when it is released.

    `first_starts`: when it was to be held from, where its table is taken until it `starts` now;
    `message` says so in any language, `said` in the house's.
    """

    held_id: UUID
    version: int
    window: str
    seats: int
    tables: tuple[str, ...]
    starts: datetime
    ends: datetime
    release_at: datetime
    first_starts: datetime | None = None
    message: Message | None = None
    said: str | None = None


class OverbookedView(Struct, frozen=True, kw_only=True):
    """An overbooked party not seated yet, with the risk told when it was accepted."""

    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    overruled: bool
    risk: Risk | None


class HostHoldView(Struct, frozen=True, kw_only=True):
    """A slot hold by a host: tables kept for a party at the door until `expires_at`."""

    slot_hold_id: UUID
    staff_id: str | None
    party_size: int
    tables: tuple[str, ...]
    expires_at: datetime


class StandCounts(Struct, frozen=True, kw_only=True):
    """What waits for a person.

    Of the period: open `cases`; `alerts` to the person who asks that nobody has taken; `tasks`:
    accepted gestures to be brought; `approvals` that wait for a manager; `requests`: reservations
    that wait for a yes.
    """

    cases: int = 0
    alerts: int = 0
    tasks: int = 0
    approvals: int = 0
    requests: int = 0


class StandView(Struct, frozen=True, kw_only=True):
    """Everything the stand shows of a period at the instant `now`; on a `closed` day nothing.

    `clock_rate`: business seconds that pass in a second, 1 but in a demo.
    `levers`: in force for the period; `notes`: of it and of the whole day.
    `slot_holds`: how many are held by booking clients; `host_holds`: those held by hosts.
    `resets`: tables that are not ready yet. `ended_reservations`, `ended_waiting`: those of the
    period that are over (finished, cancelled, walked, declined; left, gone, turned away), in the
    order of their time: where one finds what is to be reopened.
    `overbooked`: overbooked parties. `given_up`: tables that were held and gave way. `next`: the
    service that comes after this one, if any is planned. `pressure`: per quarter of an hour.
    `servers`: who has a section, with its tables and what sits there, who is next first.
    """

    now: datetime
    clock_rate: float = 1.0
    period: Period | None = None
    closed: ClosedToday | None = None
    levers: tuple[LeverShown, ...] = ()
    notes: tuple[ServiceNote, ...] = ()
    reservations: tuple[ReservationView, ...] = ()
    seatings: tuple[SeatingView, ...] = ()
    slot_holds: int = 0
    host_holds: tuple[HostHoldView, ...] = ()
    blocks: tuple[Block, ...] = ()
    waiting: tuple[WaitEntryView, ...] = ()
    held: tuple[HeldTableView, ...] = ()
    overbooked: tuple[OverbookedView, ...] = ()
    next_by_table: dict[str, NextReservation] = {}
    given_up: tuple[GivenUpTable, ...] = ()
    resets: tuple[TableResetView, ...] = ()
    ended_reservations: tuple[ReservationView, ...] = ()
    ended_waiting: tuple[WaitEntryView, ...] = ()
    counts: StandCounts = StandCounts()
    pressure: tuple[QuarterPressure, ...] = ()
    servers: tuple[ServerLoad, ...] = ()
    next: Period | None = None
