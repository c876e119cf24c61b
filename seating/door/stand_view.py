"""The stand view: a period's picture with the fields a host's tablet shows."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from policies.book.picture import (
    Block,
    CalledBy,
    HeldTable,
    Picture,
    Promise,
    PromiseKind,
    ReservationState,
    Risk,
    Seating,
    SeatingState,
    SlotHold,
    WaitEntry,
    WaitingPlace,
    WaitState,
    held_in_force,
    holds_in_force,
    is_closed_then,
)
from policies.booking.same_guest import (
    SameGuest,
    by_guest,
    maybe_same_guest,
    maybe_waits_twice,
)
from policies.booking.tables import enquiry_protected_until
from policies.floor.due import is_owed, no_show_at, no_show_grace
from policies.house.calendar import Period
from policies.house.channels import Channel
from policies.house.house import House
from policies.house.room import Needs, Preferences, preferences_met
from policies.plan.calls import kept_calls
from policies.plan.gave_way import why_later
from policies.words.catalogue import say
from policies.words.message import Message
from seating.book.levers import LeverShown
from seating.book.service_notes import ServiceNote
from seating.door.closed_day import ClosedToday
from seating.door.given_up import GivenUpTable


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


class WaitEntryDetails(Struct, frozen=True, kw_only=True):
    """The columns of a waitlist entry that are not part of the picture."""

    wait_id: UUID
    channel: Channel
    notes: str
    coming_at: datetime | None
    suggested_at: datetime | None
    suggested_tables: tuple[str, ...]
    requoted_at: datetime | None
    requoted_minutes: int | None


class ReservationView(Struct, frozen=True, kw_only=True):
    """A reservation of the period.

    `place_owed`: it is still owed a place; past the grace period a party loses that only if it had
    acknowledged the lateness rule. `exposed`: promised, without a table in the plan.
    `fixed`: promised these tables; `lost_tables`: promised them once, no longer.
    `special_request`: the guest's words; `notes`: the house's. `preferences_met`: whether its
    tables are as it would like them, None without. Until `protected_until` a request keeps a place
    out of sale online. `maybe_same_guest_as`: others of this number and name in the same hours.

    Marks: `late_until`: when it told that it comes; `where` it waits; `called_at`, `called_by` and
    then `coming_at`; `pinned_by`: the id of the person who planned its tables; `reconfirmed_at`.
    `no_show_at`: when the clock makes it a no-show, None where it does not.
    `last_tables`: those a no-show or a cancelled party had, tried first when it comes back.
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
    no_show_at: datetime | None = None
    reconfirmed_at: datetime | None = None
    where: WaitingPlace | None = None
    called_at: datetime | None = None
    called_by: CalledBy | None = None
    coming_at: datetime | None = None
    pinned_by: str | None = None
    last_tables: tuple[str, ...] = ()


class SeatingView(Struct, frozen=True, kw_only=True):
    """A seated party; `minutes` since it sat down, `overdue`: past its expected end.

    `notes`: what it asked for on the waitlist.
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


class WaitEntryView(Struct, frozen=True, kw_only=True):
    """A party on the waitlist; `waited`: minutes so far, to compare with `quoted_minutes`.

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
    requoted_at: datetime | None = None
    requoted_minutes: int | None = None
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


class StandView(Struct, frozen=True, kw_only=True):
    """Everything the stand shows of a period at the instant `now`; on a `closed` day nothing.

    `levers`: in force for the period; `notes`: of it and of the whole day.
    `slot_holds`: how many are held by booking clients; `host_holds`: those held by hosts.
    `overbooked`: overbooked parties. `given_up`: tables that were held and gave way.
    `resets`: tables that are not ready yet. `ended_reservations`, `ended_waiting`: those of the
    period that are over (finished, cancelled, walked, declined; left, gone, turned away), in the
    order of their time: where one finds what is to be reopened.
    """

    now: datetime
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


def stand_view(
    picture: Picture,
    house: House,
    details: Mapping[UUID, ReservationDetails],
    waits: Mapping[UUID, WaitEntryDetails],
    now: datetime,
    given_up: tuple[GivenUpTable, ...] = (),
) -> StandView:
    """Return the stand view of a picture; the details are by reservation id and by wait id."""
    ours, grace = picture.period.period_id, no_show_grace(picture, house)
    sat = {table for seating in picture.seatings for table in seating.tables}
    kept, same = kept_calls(picture, now), by_guest(picture.promises)
    return StandView(
        now=now,
        period=picture.period,
        reservations=tuple(
            structs.replace(
                _expected(
                    promise,
                    house,
                    grace,
                    details.get(promise.reservation_id),
                    now,
                    closed_then=is_closed_then(picture, promise),
                ),
                maybe_same_guest_as=maybe_same_guest(promise, same[promise.guest_id], house),
            )
            for promise in picture.promises
            if promise.period_id == ours
        ),
        seatings=tuple(_sitting(seating, waits, now) for seating in picture.seatings),
        slot_holds=sum(
            hold.state == "held" and hold.client_id is not None for hold in picture.slot_holds
        ),
        host_holds=tuple(
            HostHoldView(**_common(hold, HostHoldView))
            for hold in holds_in_force(picture, now)
            if hold.staff_id is not None and hold.tables
        ),
        blocks=tuple(block for block in picture.blocks if block.ends > now),
        waiting=tuple(
            structs.replace(
                _waiting(entry, waits.get(entry.wait_id), kept.get(entry.wait_id), sat, now),
                maybe_same_guest_as=maybe_waits_twice(entry, picture.waiting, house),
            )
            for entry in picture.waiting
        ),
        held=tuple(_held(table, house) for table in held_in_force(picture, now)),
        overbooked=tuple(
            OverbookedView(**_common(promise, OverbookedView))
            for promise in picture.promises
            if promise.kind == "overbooked" and promise.state in {"booked", "arrived"}
        ),
        next_by_table=_next_by_table(picture.promises),
        given_up=given_up,
        resets=tuple(
            TableResetView(**_common(each, TableResetView))
            for each in picture.resets
            if each.ended_at is None
        ),
    )


def ended_views(
    house: House,
    promises: Iterable[Promise],
    details: Mapping[UUID, ReservationDetails],
    entries: Iterable[WaitEntry],
    waits: Mapping[UUID, WaitEntryDetails],
    now: datetime,
) -> tuple[tuple[ReservationView, ...], tuple[WaitEntryView, ...]]:
    """Return the reservations and waitlist entries that are over, as the stand shows them."""
    over = tuple(
        _expected(each, house, timedelta(), details.get(each.reservation_id), now)
        for each in promises
    )
    gone = (_waiting(each, waits.get(each.wait_id), None, set(), now) for each in entries)
    return over, tuple(gone)


def _held(table: HeldTable, house: House) -> HeldTableView:
    message = why_later(table, house)
    return HeldTableView(
        **_common(table, HeldTableView),
        message=message,
        said=say(message, house.venue.locale) if message else None,
    )


def _expected(
    promise: Promise,
    house: House,
    grace: timedelta,
    details: ReservationDetails | None,
    now: datetime,
    *,
    closed_then: bool = False,
) -> ReservationView:
    fields = _common(promise, ReservationView)
    fields["preferences_met"] = preferences_met(house, promise.preferences, promise.tables)
    if promise.state == "requested" and promise.made_at is not None:
        fields["protected_until"] = enquiry_protected_until(
            house, promise.needs, starts=promise.starts, made_at=promise.made_at, now=now
        )
    if details is not None:
        columns = structs.asdict(details)
        fields |= {name: value or "" for name, value in columns.items() if name != "phone"}
        fields["phone"] = details.phone
    if promise.state == "booked" and not closed_then:
        fields["no_show_at"] = no_show_at(promise, grace)
    return ReservationView(**fields, place_owed=is_owed(promise, grace, now=now))


def _sitting(
    seating: Seating, waits: Mapping[UUID, WaitEntryDetails], now: datetime
) -> SeatingView:
    entry = waits.get(seating.wait_id) if seating.wait_id else None
    return SeatingView(
        **_common(seating, SeatingView),
        minutes=_minutes(now - seating.seated_at),
        overdue=seating.expected_end <= now,
        notes=entry.notes if entry else "",
    )


def _waiting(
    entry: WaitEntry,
    details: WaitEntryDetails | None,
    kept: SlotHold | None,
    sat: set[str],
    now: datetime,
) -> WaitEntryView:
    """Leave out suggested tables that have been taken since."""
    fields = _common(entry, WaitEntryView)
    if details is not None:
        fields |= structs.asdict(details)
        if sat & set(details.suggested_tables):
            fields |= {"suggested_at": None, "suggested_tables": ()}
    if kept is not None and kept.tables:
        fields |= {"kept_tables": kept.tables, "kept_until": kept.expires_at}
    return WaitEntryView(**fields, waited=_minutes(now - entry.joined_at))


def _common(thing: Struct, view: type[Struct]) -> dict[str, Any]:
    """Return the values of the fields that both Structs have."""
    facts = structs.asdict(thing)
    return {name: facts[name] for name in view.__struct_fields__ if name in facts}


def _next_by_table(promises: Iterable[Promise]) -> dict[str, NextReservation]:
    found: dict[str, NextReservation] = {}
    for promise in sorted(promises, key=lambda each: (each.starts, each.reservation_id)):
        if promise.state in {"booked", "arrived"}:
            for table in promise.tables:
                coming = NextReservation(
                    reservation_id=promise.reservation_id, starts=promise.starts
                )
                found.setdefault(table, coming)
    return found


def _minutes(passed: timedelta) -> int:
    return int(passed.total_seconds()) // 60
