"""What seating a party at given tables does to others: who is moved, and who is exposed."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.picture import Picture
from policies.house.calendar import Period, turn_minutes
from policies.house.house import House
from policies.house.room import Needs, room_of
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import Assignment, admit, assign_tables, moves


def moves_to_seat(
    picture: Picture,
    house: House,
    party_size: int,
    tables: tuple[str, ...],
    until: datetime,
    *,
    now: datetime,
) -> dict[UUID, tuple[str, ...]] | None:
    """Return the new tables by reservation, slot hold and held table; None if the plan has no room.

    The party sits at `tables` from `now` until `until`. None as well where the house has no such
    tables.
    """
    room, assignment = room_of(house), assign_tables(occupancy(picture, house, now=now))
    if room.table_set(tables) is None:
        return None
    item = party_item(
        assignment.window,
        room,
        party_size=party_size,
        needs=Needs(),
        starts=now,
        ends=until,
        tables=tables,
    )
    plan = admit(assignment, item)
    return moves(plan) if plan else None


def exposed_by(
    picture: Picture,
    house: House,
    tables: tuple[str, ...],
    party_size: int,
    *,
    now: datetime,
    until: datetime | None = None,
) -> tuple[UUID, ...]:
    """Return the reservations that would be left without a table if the party sat there now.

    It stays until `until`; None: for its turn. Raises KeyError for a table the house does not have.
    """
    room = room_of(house)
    built = occupancy(picture, house, now=now, held=False)
    usual = expected_end(house, party_size, now, picture.period, room.area_of(tables))
    mask = built.window.mask(now, until or usual)
    places = [room.index[name] for name in tables]
    seated = replace(built, plan=built.plan.with_facts(dict.fromkeys(places, mask)))
    before = set(_left_out(assign_tables(built)))
    return tuple(key for key in _left_out(assign_tables(seated)) if key not in before)


def expected_end(
    house: House, party_size: int, seated_at: datetime, period: Period, area: str | None = None
) -> datetime:
    """Return `seated_at` plus the turn time of such a party (in that area), the reset included."""
    return seated_at + timedelta(minutes=turn_minutes(house, party_size, period, area))


def _left_out(assignment: Assignment) -> list[UUID]:
    items = (assignment.plan.items[number] for number in assignment.unplaced)
    return [item.key for item in items if item.key is not None and not item.is_hold]
