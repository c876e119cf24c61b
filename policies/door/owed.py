"""Options for a party with a reservation that has arrived."""

from datetime import datetime

from msgspec.structs import replace

from policies.admission.admission import admitted_to, either, with_own
from policies.book.answers import Ask
from policies.book.changes import without_intentions
from policies.book.picture import Picture, Promise, minutes_promised
from policies.book.question import Question
from policies.door.exposure import exposed_by
from policies.door.option import PREFERENCES, Option
from policies.door.options import (
    OPTIONS_AT_MOST,
    DoorRequest,
    area_of,
    best_option,
    door_request,
    free_by_kind,
    option_at,
    wait_option,
    with_moves,
    without_moves,
)
from policies.door.words import near_each_other
from policies.house.house import House
from policies.house.room import Admitted, Room, TableSet, room_of
from policies.plan.occupancy import occupancy
from policies.plan.placement import assign_tables


def promised_options(
    picture: Picture, house: House, promise: Promise, *, now: datetime
) -> tuple[Option, ...]:
    """Return at most six options for a promised party that has arrived, the best first.

    Its own planned tables and the held tables count as free for it; a table that leaves a later
    reservation without one is offered last, with that reservation in `exposes`. Empty when no
    suitable table is free and none becomes free within two hours.
    """
    request = promised_request(picture, house, promise, now=now)
    if promise.party_size > request.question.room.largest:
        return _split(request)
    now_free = [
        best_option(request, table_sets) or _exposing(request, table_sets[0])
        for table_sets in free_by_kind(request)
    ]
    now_free.sort(key=lambda each: (bool(each.exposes), not each.full_turn, bool(each.moved)))
    if any(each.full_turn and not each.exposes for each in now_free):
        return tuple(now_free[:OPTIONS_AT_MOST])
    wait = wait_option(request)
    fallbacks = [*_without_preferences(request), *((wait,) if wait else ())]
    return (*now_free[: OPTIONS_AT_MOST - len(fallbacks)], *fallbacks)


def promised_request(
    picture: Picture, house: House, promise: Promise, *, now: datetime
) -> DoorRequest:
    """Return a promised party's request against the plan of everybody else."""
    question = promised_question(picture, house, promise, now=now)
    admitted = _admitted(room_of(house), promise)
    planned = assign_tables(occupancy(question.picture, house, now=now, held=False))
    return door_request(question, planned, admitted)


def promised_question(
    picture: Picture, house: House, promise: Promise, *, now: datetime
) -> Question:
    """Return a promised party's request to sit down now, its own plan left out of the picture.

    Its own tables count as ready for it: a host may seat it there before they are.
    """
    ask = Ask(
        party_size=promise.party_size,
        starts=now,
        channel="walk_in",
        needs=promise.needs,
        minutes=minutes_promised(promise),
        tags=promise.tags,
        preferences=promise.preferences,
    )
    others = tuple(each for each in picture.resets if each.table_id not in promise.tables)
    remaining = without_intentions(replace(picture, resets=others), promise.reservation_id, None)
    return Question(picture=remaining, ask=ask, house=house, now=now)


def _admitted(room: Room, promise: Promise) -> Admitted:
    """Return the tables open to a promised party that is here: as one, as a walk-in, its own."""
    tags, period_id = promise.tags, promise.period_id
    booked = admitted_to(room, promise.channel, tags, period_id)
    here = admitted_to(room, "walk_in", tags, period_id)
    return with_own(either(booked, here), room.table_set(promise.tables) or ())


def _without_preferences(request: DoorRequest) -> list[Option]:
    """Return the best option that ignores the area and quiet the party asked for, if it did."""
    needs = request.question.ask.needs
    unmet_needs = tuple(wish for wish in PREFERENCES if getattr(needs, wish))
    if not unmet_needs:
        return []
    asked = replace(request.question.ask, needs=replace(needs, area=None, quiet=False))
    open_question = replace(request.question, ask=asked)
    open_to = door_request(open_question, request.assignment, request.admitted)
    found = (
        without_moves(open_to, table_sets) or with_moves(open_to, table_sets)
        for table_sets in free_by_kind(open_to)
    )
    best = next((option for option in found if option is not None), None)
    return [] if best is None else [replace(best, unmet_needs=unmet_needs)]


def _split(request: DoorRequest) -> tuple[Option, ...]:
    """Return for a group above the largest join the fewest adjacent tables, one option an area."""
    free = [
        place
        for place in range(len(request.question.room.tables))
        if not request.plan.facts[place] >> request.item.start & 1
        and request.question.room.meets((place,), request.question.ask.needs)
    ]
    areas = [
        [place for place in free if area_of(request.question.room, (place,)) == area.id]
        for area in request.question.house.areas
    ]
    found = [_adjacent(request, area) for area in areas]
    return tuple(
        _split_option(request, table_set) for table_set in sorted(filter(None, found), key=len)
    )


def _adjacent(request: DoorRequest, places: list[int]) -> TableSet | None:
    """Return the fewest consecutive tables, in the order of the house file, that seat the party."""
    room, size = request.question.room, request.question.ask.party_size
    runs = [
        tuple(places[first : first + count])
        for count in range(2, len(places) + 1)
        for first in range(len(places) - count + 1)
    ]
    return next((run for run in runs if sum(room.seats[each] for each in run) >= size), None)


def _split_option(request: DoorRequest, table_set: TableSet) -> Option:
    question = request.question
    named = question.room.names(table_set)
    sentence = near_each_other(named, question.ask.party_size, question.house)
    return replace(_exposing(request, table_set), kind="split", sentence=sentence)


def _exposing(request: DoorRequest, table_set: TableSet) -> Option:
    """Return these tables as an option with the reservations it exposes."""
    size, now = request.question.ask.party_size, request.question.now
    named = request.question.room.names(table_set)
    picture, house, ends = request.question.picture, request.question.house, request.question.ends
    exposed = exposed_by(picture, house, named, size, now=now, until=ends)
    return replace(option_at(request, table_set, ends), exposes=exposed)
