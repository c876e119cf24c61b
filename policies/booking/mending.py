"""Mending a promise where it stands: other needs, other tables, the same start, no more guests."""

from datetime import datetime

from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.changes import without_intentions
from policies.book.picture import Picture, Promise, with_fixed_tables
from policies.book.question import Question, turn_end
from policies.booking.changing import Judged
from policies.booking.engine import place_of_promise
from policies.booking.party_rules import high_chairs_short
from policies.house.calendar import Period
from policies.house.house import House
from policies.house.room import Needs, room_of
from policies.value.period_value import Prospect


def judge_place(
    picture: Picture,
    promise: Promise,
    ask: Ask,
    house: House,
    *,
    now: datetime,
    prospect: Prospect | None = None,
) -> Judged | No:
    """Return the promise with the needs and the named tables of the ask, or why it cannot be.

    A request holds no table, so nothing is asked. A party stays at its tables where they meet the
    needs; one that asks for less never loses any. One without a table waits for one as before,
    unless no table of the room will ever do. Named tables are promised to it: fixed.
    """
    mended = _mended(promise, ask, house, picture.period)
    if promise.state == "requested" or (not ask.tables and asks_less(promise.needs, ask.needs)):
        return Judged(promise=mended)
    if not ask.tables and _stays(picture, promise, ask, house, now):
        return Judged(promise=mended)
    answer = place_of_promise(
        picture, ask, house, now=now, without=promise.reservation_id, prospect=prospect
    )
    if isinstance(answer, No):
        waits = not (ask.tables or promise.tables or answer.code == "NEEDS_NOT_MET")
        return Judged(promise=mended) if waits else answer
    placed = replace(
        with_fixed_tables(mended, fixed=bool(ask.tables)),
        tables=answer.tables,
        kind="physical",
        overruled=False,
        exposed=False,
    )
    return Judged(promise=placed, moved=answer.moved)


def _mended(promise: Promise, ask: Ask, house: House, period: Period) -> Promise:
    """Return the promise with what was asked; a smaller party may stay less long, or as told."""
    ends = promise.ends
    if (ask.party_size, ask.minutes) != (promise.party_size, promise.duration_minutes):
        ends = min(ends, turn_end(house, period, ask))
    return replace(
        promise,
        version=promise.version + 1,
        needs=ask.needs,
        preferences=ask.preferences,
        party_size=ask.party_size,
        duration_minutes=ask.minutes,
        ends=ends,
    )


def asks_less(was: Needs, needs: Needs) -> bool:
    """Tell whether whoever meets the old needs meets the new ones."""
    return (
        needs.area in {None, was.area}
        and was.step_free >= needs.step_free
        and was.quiet >= needs.quiet
        and was.high_chairs >= needs.high_chairs
    )


def _stays(picture: Picture, promise: Promise, ask: Ask, house: House, now: datetime) -> bool:
    room = room_of(house)
    seat = room.table_set(promise.tables)
    if not seat or not room.meets(seat, ask.needs):
        return False
    left = without_intentions(picture, promise.reservation_id, None)
    return high_chairs_short(Question(picture=left, ask=ask, house=house, now=now)) is None
