"""What a promised party at the door can be given: it is owed a place, and may choose."""

from datetime import datetime

from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.changes import leave_out
from policies.book.picture import Picture, Promise
from policies.book.question import Question
from policies.door.exposure import exposes
from policies.door.option import WISHES, Option
from policies.door.options import (
    OPTIONS_AT_MOST,
    Door,
    a_wait,
    area_of,
    best_at,
    door_of,
    free_kinds,
    moving,
    option_at,
    standing,
)
from policies.house.house import House
from policies.house.room import Seat
from policies.house.wording import guests
from policies.plan.occupancy import occupancy
from policies.plan.placement import settle


def options_of(
    picture: Picture, house: House, promise: Promise, *, now: datetime
) -> tuple[Option, ...]:
    """Return at most six options for a promised party that stands here, the best first.

    It is owed a place: its own plan and the held tables are open to it, and a table that costs
    somebody later theirs is offered too (`exposes`) where nothing better is. Empty when no table
    of any use is free and none becomes free in two hours.
    """
    left = leave_out(picture, promise.reservation_id, None)
    ask = Ask(party_size=promise.party_size, starts=now, channel="walk_in", needs=promise.needs)
    case = Question(picture=left, ask=ask, house=house, now=now)
    door = door_of(case, settle(occupancy(left, house, now=now, held=False)))
    if promise.party_size > case.room.largest:
        return _split(door)
    now_free = [best_at(door, seats) or _anyhow(door, seats[0]) for seats in free_kinds(door)]
    now_free.sort(key=lambda each: (bool(each.exposes), not each.full_turn, bool(each.moved)))
    if any(each.full_turn and not each.exposes for each in now_free):
        return tuple(now_free[:OPTIONS_AT_MOST])
    wait = a_wait(door)
    beyond = [*_lacking(door), *((wait,) if wait else ())]
    return (*now_free[: OPTIONS_AT_MOST - len(beyond)], *beyond)


def _lacking(door: Door) -> list[Option]:
    """Offer the best table that is not where, or as quiet as, the party asked, if it asked."""
    needs = door.case.ask.needs
    lacks = tuple(wish for wish in WISHES if getattr(needs, wish))
    if not lacks:
        return []
    asked = replace(door.case.ask, needs=replace(needs, area=None, quiet=False))
    open_to = door_of(replace(door.case, ask=asked), door.settled)
    found = (standing(open_to, seats) or moving(open_to, seats) for seats in free_kinds(open_to))
    best = next((option for option in found if option is not None), None)
    return [] if best is None else [replace(best, lacks=lacks)]


def _split(door: Door) -> tuple[Option, ...]:
    """Offer a group above the largest join the tables of one area, the fewest that take it."""
    free = [
        place
        for place in range(len(door.case.room.tables))
        if not door.plan.facts[place] >> door.item.start & 1
        and door.case.room.meets((place,), door.case.ask.needs)
    ]
    areas = [
        [place for place in free if area_of(door.case.room, (place,)) == area.id]
        for area in door.case.house.areas
    ]
    found = [_near(door, area) for area in areas]
    return tuple(_together(door, seat) for seat in sorted(filter(None, found), key=len))


def _near(door: Door, places: list[int]) -> Seat | None:
    """Return the fewest tables, next to each other in the house's order, that take the party."""
    room, size = door.case.room, door.case.ask.party_size
    runs = [
        tuple(places[first : first + count])
        for count in range(2, len(places) + 1)
        for first in range(len(places) - count + 1)
    ]
    return next((run for run in runs if sum(room.seats[each] for each in run) >= size), None)


def _together(door: Door, seat: Seat) -> Option:
    named = door.case.room.names(seat)
    told = f"Tables {', '.join(named)} for {guests(door.case.ask.party_size)}, near each other."
    return replace(_anyhow(door, seat), kind="split", sentence=told)


def _anyhow(door: Door, seat: Seat) -> Option:
    """Offer these tables, and tell who would lose theirs."""
    size, now = door.case.ask.party_size, door.case.now
    named = door.case.room.names(seat)
    exposed = exposes(door.case.picture, door.case.house, named, size, now=now)
    return replace(option_at(door, seat, door.case.ends), exposes=exposed)
