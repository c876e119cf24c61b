"""What a party that tells that it is late is answered, and what the plan keeps of it.

One rule for the guest's own page and for a host who takes the call: its table is planned from when
it comes, for its whole stay where nobody else loses a table by that, else for as much as there is.
For the case that it comes after its grace it is told when the room has another place: promised,
where that is soon enough. Then the promise passes to that time when the grace is over, so it always
has one place in the plan, which whatever is promised later counts.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from policies.admission.admission import admitted_to
from policies.book.changes import Changes
from policies.book.late_told import LateTold
from policies.book.picture import Picture, Promise, expected_at
from policies.booking.tables import SHORT_TURN_BUCKETS
from policies.floor.lateness.grace import no_show_at, no_show_grace
from policies.house.calendar import turn_minutes
from policies.house.grid import GRID, GRID_MINUTES
from policies.house.house import House
from policies.house.room import room_of
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import admit, assign_tables
from policies.plan.settling import settle, stored

PROMISED_WITHIN = timedelta(minutes=30)
"""A second place is promised only so soon: a party that is kept longer is a walked one."""

SEARCHED = timedelta(hours=2)
"""So far ahead a second place is looked for, to say from when on there is none to promise."""

SHORTEST_STAY = SHORT_TURN_BUCKETS * GRID
SHORTER_BY = timedelta(minutes=15)


def answer_late(
    picture: Picture,
    house: House,
    promise: Promise,
    until: datetime,
    *,
    now: datetime,
    by_guest: bool,
) -> Promise:
    """Return the promise of a party that comes at `until`, with what it is told (`late_told`).

    `promise`: as it is to be written, still at its earlier time. Nobody else loses a table by it.
    """
    late = _placed(picture, house, replace(promise, late_until=until, late_at=None), now)
    settled = stored(settle(picture, Changes(promises=(late,)), house, now=now)).after
    kept_until = min(no_show_at(late, no_show_grace(picture, house)), picture.period.closes)
    told = LateTold(
        told_at=now,
        by="guest" if by_guest else "staff",
        arrives=until,
        kept_until=kept_until,
        table_until=late.ends,
    )
    found = _second_place(settled, house, late, kept_until, now)
    if found is not None:
        told = replace(told, then_at=found[0])
        if found[0] <= kept_until + PROMISED_WITHIN:
            told = replace(told, then_tables=found[1])
    return replace(late, late_told=told)


def has_second_place(promise: Promise) -> bool:
    """Tell whether a late party was promised a place after its grace, which it may still need."""
    told = promise.late_told
    return told is not None and bool(told.then_tables) and promise.late_until == told.arrives


def given_up_at(promise: Promise, grace: timedelta) -> datetime:
    """Return when no table is kept any more for a party that has not come: it is a no-show."""
    told = promise.late_told
    if told is not None and told.then_at is not None and has_second_place(promise):
        return told.then_at + grace
    return no_show_at(promise, grace)


def at_second_place(picture: Picture, house: House, promise: Promise, now: datetime) -> Promise:
    """Return a late party's promise once its first grace is over: it is late until its second one.

    Its own table is free until then for who is here; the plan gives it another, or keeps this one.
    """
    told = promise.late_told
    until = promise.late_until if told is None else told.then_at
    again = replace(promise, late_until=until, late_at=None, version=promise.version + 1)
    return _placed(picture, house, again, now)


def _placed(picture: Picture, house: House, late: Promise, now: datetime) -> Promise:
    """Return the promise with its table from when it comes, as long as nobody loses one by that.

    Nor is a table given up for it that is held back, for a host or for a site.
    Where even the shortest stay would cost somebody a table it keeps what it had left.
    """
    late = _beside_its_other(picture, late)
    without = settle(picture, Changes(), house, now=now).unplaced
    for ends in _ends(picture, house, late):
        asked = replace(late, ends=ends)
        settled = settle(picture, Changes(promises=(asked,)), house, now=now)
        if settled.unplaced <= (without | {late.reservation_id} if late.exposed else without):
            return asked
    return replace(late, ends=max(late.ends, expected_at(late) + SHORTEST_STAY))


def _beside_its_other(picture: Picture, late: Promise) -> Promise:
    """Return the promise as one of several of its guest, where it is: a late stay may meet another.

    Neither a guest who calls nor the clock is refused for that.
    """
    other = any(
        each.guest_id == late.guest_id
        and each.reservation_id != late.reservation_id
        and each.state in {"booked", "arrived", "seated"}
        for each in picture.promises
        if late.guest_id is not None
    )
    return replace(late, duplicate_allowed=late.duplicate_allowed or other)


def _ends(picture: Picture, house: House, late: Promise) -> Iterator[datetime]:
    """Yield until when it may have its table: its whole stay, then less."""
    stay = _stay(picture, house, late)
    while stay >= SHORTEST_STAY:
        yield expected_at(late) + stay
        stay -= SHORTER_BY


def _stay(picture: Picture, house: House, late: Promise) -> timedelta:
    """Return how long the party stays: as staff set it, else its turn time."""
    if late.duration_minutes is not None:
        return timedelta(minutes=late.duration_minutes)
    area = late.needs.area or (room_of(house).area_of(late.tables) if late.tables else None)
    return timedelta(minutes=turn_minutes(house, late.party_size, picture.period, area))


def _second_place(
    picture: Picture, house: House, late: Promise, kept_until: datetime, now: datetime
) -> tuple[datetime, tuple[str, ...]] | None:
    """Return the earliest start from `kept_until` on with a place for it beside its own, and where.

    So its own table may be given away by then, and everybody else has theirs.
    """
    if late.kind != "physical":
        return None
    assignment, stay = (
        assign_tables(occupancy(picture, house, now=now)),
        _stay(picture, house, late),
    )
    admitted = admitted_to(room_of(house), late.channel, late.tags, late.period_id)
    for starts in _starts(picture, kept_until):
        item = party_item(
            assignment.window,
            room_of(house),
            party_size=late.party_size,
            needs=late.needs,
            starts=starts,
            ends=starts + stay,
            admitted=admitted,
            preferences=late.preferences,
        )
        plan = admit(assignment, item)
        if plan is not None:
            return starts, room_of(house).names(plan.table_sets[-1])
    return None


def _starts(picture: Picture, kept_until: datetime) -> Iterator[datetime]:
    """Yield the five-minute starts from the end of the grace until the last seating."""
    past = (kept_until - picture.period.opens) % GRID
    starts = kept_until + (GRID - past if past else timedelta())
    last = min(picture.period.last_seating, kept_until + SEARCHED)
    while starts <= last:
        yield starts
        starts += timedelta(minutes=GRID_MINUTES)
