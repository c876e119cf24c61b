"""Whose promise an option at the door would leave without a table."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.picture import Picture
from policies.house.calendar import turn_minutes
from policies.house.house import House
from policies.house.room import Needs, room_of
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import Settled, admit, moves, settle


def placed(
    picture: Picture,
    house: House,
    party_size: int,
    tables: tuple[str, ...],
    until: datetime,
    *,
    now: datetime,
) -> dict[UUID, tuple[str, ...]] | None:
    """Return whom a party at these tables from now until then moves, None if it cannot sit there.

    `tables` the house does not have are nobody's.
    """
    room, settled = room_of(house), settle(occupancy(picture, house, now=now))
    if room.seat(tables) is None:
        return None
    item = party_item(
        settled.window,
        room,
        party_size=party_size,
        needs=Needs(),
        starts=now,
        ends=until,
        tables=tables,
    )
    plan = admit(settled, item)
    return moves(plan) if plan else None


def exposes(
    picture: Picture, house: House, tables: tuple[str, ...], party_size: int, *, now: datetime
) -> tuple[UUID, ...]:
    """Return the promises that would lose their place if the party sat down at these tables now.

    Raises KeyError for a table the house does not have.
    """
    built = occupancy(picture, house, now=now, held=False)
    mask = built.window.mask(now, expected_end(house, party_size, now))
    places = [room_of(house).index[name] for name in tables]
    seated = replace(built, plan=built.plan.with_facts(dict.fromkeys(places, mask)))
    before = set(_left_out(settle(built)))
    return tuple(key for key in _left_out(settle(seated)) if key not in before)


def expected_end(house: House, party_size: int, seated_at: datetime) -> datetime:
    """Return when a party seated at `seated_at` is thought to leave, the reset included."""
    return seated_at + timedelta(minutes=turn_minutes(house, party_size))


def _left_out(settled: Settled) -> list[UUID]:
    items = (settled.plan.items[number] for number in settled.unplaced)
    return [item.key for item in items if item.key is not None and not item.is_hold]
