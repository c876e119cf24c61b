"""Builds the stand view of a period from its picture and what stands beside it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct, structs

from policies.book.picture import (
    Block,
    HeldTable,
    Picture,
    Promise,
    Seating,
    SlotHold,
    WaitEntry,
    held_in_force,
    holds_in_force,
    is_closed_then,
)
from policies.book.rotation import rotation
from policies.booking.same_guest import by_guest, maybe_same_guest, maybe_waits_twice
from policies.booking.tables import enquiry_protected_until
from policies.door.pressure import pressure_of
from policies.floor.lateness.answering import given_up_at
from policies.floor.lateness.grace import is_owed, no_show_grace
from policies.house.house import House
from policies.house.room import preferences_met
from policies.plan.calls import kept_calls
from policies.plan.gave_way import why_later
from policies.words.catalogue import say
from seating.door.beside import BesidePicture
from seating.door.stand_view import (
    CheckToldOf,
    CheckView,
    HeldTableView,
    HostHoldView,
    NextReservation,
    OverbookedView,
    ReservationView,
    SeatingDetails,
    SeatingView,
    StandView,
    TableResetView,
    WaitEntryView,
)


class StandScene(NamedTuple):
    """A picture with what its views need of the whole: made once, used for each thing in it."""

    picture: Picture
    house: House
    beside: BesidePicture
    now: datetime
    grace: timedelta
    sat: frozenset[str]
    kept: Mapping[UUID, SlotHold]
    same: Mapping[UUID | None, list[Promise]]


def scene_of(picture: Picture, house: House, beside: BesidePicture, now: datetime) -> StandScene:
    """Return the scene of a picture as it is at `now`."""
    return StandScene(
        picture,
        house,
        beside,
        now,
        no_show_grace(picture, house),
        frozenset(table for seating in picture.seatings for table in seating.tables),
        kept_calls(picture, now),
        by_guest(picture.promises),
    )


def stand_view(scene: StandScene) -> StandView:
    """Return the stand view of a scene."""
    picture, house, now, beside = scene.picture, scene.house, scene.now, scene.beside
    ours = picture.period.period_id
    return StandView(
        now=now,
        period=picture.period,
        levers=beside.levers,
        notes=beside.notes,
        reservations=tuple(
            reservation_view(promise, scene)
            for promise in picture.promises
            if promise.period_id == ours
        ),
        seatings=tuple(seating_view(seating, scene) for seating in picture.seatings),
        slot_holds=sum(
            hold.state == "held" and hold.client_id is not None for hold in picture.slot_holds
        ),
        host_holds=host_holds(scene),
        blocks=tuple(block for block in picture.blocks if is_shown(block, now)),
        waiting=tuple(wait_view(entry, scene) for entry in picture.waiting),
        held=tuple(held_view(table, house) for table in held_in_force(picture, now)),
        overbooked=tuple(
            OverbookedView(**_common(promise, OverbookedView))
            for promise in picture.promises
            if promise.kind == "overbooked" and promise.state in {"booked", "arrived"}
        ),
        next_by_table=next_by_table(picture.promises),
        given_up=beside.given_up,
        counts=beside.counts,
        pressure=pressure_of(picture, house, now=now),
        servers=rotation(picture, now),
        resets=resets_shown(scene),
        ended_reservations=tuple(reservation_view(each, scene) for each in beside.over),
        ended_waiting=tuple(wait_view(each, scene) for each in beside.off_the_list),
    )


def resets_shown(scene: StandScene) -> tuple[TableResetView, ...]:
    """Return the tables that are not ready yet."""
    return tuple(
        TableResetView(**_common(each, TableResetView))
        for each in scene.picture.resets
        if each.ended_at is None
    )


def host_holds(scene: StandScene) -> tuple[HostHoldView, ...]:
    """Return the tables kept for parties at the door."""
    return tuple(
        HostHoldView(**_common(hold, HostHoldView))
        for hold in holds_in_force(scene.picture, scene.now)
        if hold.staff_id is not None and hold.tables
    )


def is_shown(block: Block, now: datetime) -> bool:
    """Tell whether the view holds a block: neither lifted nor past."""
    return block.lifted_at is None and block.ends > now


def held_view(table: HeldTable, house: House) -> HeldTableView:
    """Return a held table as the stand shows it."""
    message = why_later(table, house)
    return HeldTableView(
        **_common(table, HeldTableView),
        message=message,
        said=say(message, house.venue.locale) if message else None,
    )


def reservation_view(promise: Promise, scene: StandScene) -> ReservationView:
    """Return a reservation as the stand shows it."""
    fields, house, now = _common(promise, ReservationView), scene.house, scene.now
    fields["preferences_met"] = preferences_met(house, promise.preferences, promise.tables)
    if promise.state == "requested" and promise.made_at is not None:
        fields["protected_until"] = enquiry_protected_until(
            house, promise.needs, starts=promise.starts, made_at=promise.made_at, now=now
        )
    details = scene.beside.reservations.get(promise.reservation_id)
    if details is not None:
        columns = _fields(details)
        columns |= {key: columns[key] or "" for key in ("guest_notes", "allergies")}
        fields |= columns
    if promise.state == "booked" and not is_closed_then(scene.picture, promise):
        fields["no_show_at"] = min(given_up_at(promise, scene.grace), scene.picture.period.closes)
    return ReservationView(
        **fields,
        place_owed=is_owed(promise, scene.grace, now=now),
        gestures_due=scene.beside.due.get(promise.reservation_id, 0),
        maybe_same_guest_as=maybe_same_guest(promise, scene.same.get(promise.guest_id, ()), house),
    )


def seating_view(seating: Seating, scene: StandScene) -> SeatingView:
    """Return a seated party as the stand shows it; one that has gone with its last state."""
    entry = scene.beside.waits.get(seating.wait_id) if seating.wait_id else None
    fields = _common(seating, SeatingView)
    details = scene.beside.seatings.get(seating.seating_id) or _as_promised(seating, scene)
    if details is not None:
        fields |= _fields(details) | {"check": _check(details.check, scene.house)}
    return SeatingView(
        **fields,
        minutes=_minutes(scene.now - seating.seated_at),
        overdue=seating.expected_end <= scene.now,
        notes=entry.notes if entry else "",
    )


def _as_promised(seating: Seating, scene: StandScene) -> SeatingDetails | None:
    """Return what is known of the guest of a seating that has no row yet: a dry run's."""
    told = scene.beside.reservations.get(seating.reservation_id) if seating.reservation_id else None
    ours = (e for e in scene.picture.promises if e.reservation_id == seating.reservation_id)
    promise = next(ours, None)
    if told is None or promise is None:
        return None
    return SeatingDetails(
        seating_id=seating.seating_id,
        guest_id=promise.guest_id,
        guest_notes=told.guest_notes or "",
        allergies=told.allergies or "",
        tags=promise.tags,
        visits=told.visits,
    )


def _check(told: CheckToldOf | None, house: House) -> CheckView | None:
    return None if told is None else CheckView(**_fields(told), currency=house.venue.currency)


def wait_view(entry: WaitEntry, scene: StandScene) -> WaitEntryView:
    """Return a waiting party as the stand shows it, without suggested tables taken since."""
    fields, kept = _common(entry, WaitEntryView), scene.kept.get(entry.wait_id)
    details = scene.beside.waits.get(entry.wait_id)
    if details is not None:
        fields |= _fields(details)
        if scene.sat & set(details.suggested_tables):
            fields |= {"suggested_at": None, "suggested_tables": ()}
    if kept is not None and kept.tables:
        fields |= {"kept_tables": kept.tables, "kept_until": kept.expires_at}
    return WaitEntryView(
        **fields,
        waited=_minutes(scene.now - entry.joined_at),
        maybe_same_guest_as=maybe_waits_twice(entry, scene.picture.waiting, scene.house),
    )


def next_by_table(promises: Iterable[Promise]) -> dict[str, NextReservation]:
    """Return the next reservation planned at each table."""
    found: dict[str, NextReservation] = {}
    for promise in sorted(promises, key=lambda each: (each.starts, each.reservation_id)):
        if promise.state in {"booked", "arrived"}:
            for table in promise.tables:
                coming = NextReservation(
                    reservation_id=promise.reservation_id, starts=promise.starts
                )
                found.setdefault(table, coming)
    return found


def _fields(details: Struct) -> dict[str, Any]:
    return structs.asdict(details)


def _common(thing: Struct, view: type[Struct]) -> dict[str, Any]:
    """Return the values of the fields that both Structs have."""
    return {name: getattr(thing, name) for name in _shared(type(thing), view)}


@cache
def _shared(thing: type[Struct], view: type[Struct]) -> tuple[str, ...]:
    return tuple(name for name in view.__struct_fields__ if name in thing.__struct_fields__)


def _minutes(passed: timedelta) -> int:
    return int(passed.total_seconds()) // 60
