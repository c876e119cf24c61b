"""What a locked tablet shows: which tables are taken and until when, and not by whom."""

from datetime import datetime

from msgspec import Struct

from policies.house.house import Area, House, Table, Wall
from seating.door.stand_view import StandView


class TakenTable(Struct, frozen=True, kw_only=True):
    """Tables that are taken, by how many and from when to when; not by whom."""

    tables: tuple[str, ...]
    party_size: int
    starts: datetime
    ends: datetime


class LockedRoom(Struct, frozen=True, kw_only=True):
    """The room as a locked tablet draws it: its geometry, and nothing about anybody in it."""

    name: str
    zone: str
    locale: str
    areas: tuple[Area, ...]
    tables: tuple[Table, ...]
    walls: tuple[Wall, ...]


class LockedView(Struct, frozen=True, kw_only=True):
    """What a tablet shows while nobody is logged in: no name, number, note or allergy.

    `seated`: parties at tables, until their expected end. `expected`: reservations still to come.
    `waiting`: parties on the waitlist. `service`: the name of the period, None outside of any.
    `clock_rate`: business seconds that pass in a second.
    """

    now: datetime
    clock_rate: float
    room: LockedRoom
    service: str | None = None
    seated: tuple[TakenTable, ...] = ()
    expected: tuple[TakenTable, ...] = ()
    waiting: int = 0


def locked_view(view: StandView, house: House) -> LockedView:
    """Return what a locked tablet shows of the stand view, in the room of the house."""
    return LockedView(
        now=view.now,
        clock_rate=view.clock_rate,
        room=_room(house),
        service=view.period.name if view.period else None,
        seated=tuple(
            TakenTable(
                tables=each.tables,
                party_size=each.party_size,
                starts=each.seated_at,
                ends=each.expected_end,
            )
            for each in view.seatings
        ),
        expected=tuple(
            TakenTable(
                tables=each.tables,
                party_size=each.party_size,
                starts=each.starts,
                ends=each.ends,
            )
            for each in view.reservations
            if each.state in {"booked", "arrived"}
        ),
        waiting=sum(each.state in {"waiting", "notified"} for each in view.waiting),
    )


def _room(house: House) -> LockedRoom:
    venue = house.venue
    return LockedRoom(
        name=venue.name,
        zone=venue.zone,
        locale=venue.locale,
        areas=house.areas,
        tables=house.tables,
        walls=house.walls,
    )
