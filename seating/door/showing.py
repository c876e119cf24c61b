"""Builds the stand view of a period from its picture and the details that are not part of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from policies.book.picture import (
    HeldTable,
    Picture,
    Promise,
    Seating,
    SlotHold,
    WaitEntry,
    held_in_force,
    holds_in_force,
)
from policies.booking.same_guest import by_guest, maybe_same_guest, maybe_waits_twice
from policies.booking.tables import enquiry_protected_until
from policies.floor.due import is_owed, no_show_grace
from policies.house.house import House
from policies.house.room import preferences_met
from policies.plan.calls import kept_calls
from policies.plan.gave_way import why_later
from policies.words.catalogue import say
from seating.door.given_up import GivenUpTable
from seating.door.stand_view import (
    HeldTableView,
    HostHoldView,
    NextReservation,
    OverbookedView,
    ReservationDetails,
    ReservationView,
    SeatingView,
    StandView,
    WaitEntryDetails,
    WaitEntryView,
)


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
                _expected(promise, house, grace, details.get(promise.reservation_id), now),
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
    )


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
