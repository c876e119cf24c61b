"""Mending a promise where it stands: other needs, other tables, the same start, no more guests."""

from datetime import datetime

from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.changes import without_intentions
from policies.book.picture import Picture, Promise, minutes_since_start, with_fixed_tables
from policies.book.question import Question, turn_end
from policies.booking.changing import Judged, preferring
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
    mended = mended_to(promise, ask, house, picture.period)
    less = not ask.tables and asks_less(promise.needs, ask.needs)
    if less or promise.state == "requested":
        return _liking(picture, promise, mended, ask, house, now)
    if not ask.tables and _stays(picture, mended, promise.ends, ask, house, now):
        return _liking(picture, promise, mended, ask, house, now)
    there = replace(ask, minutes=minutes_since_start(mended))
    answer = place_of_promise(
        picture, there, house, now=now, without=promise.reservation_id, prospect=prospect
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


def mended_to(promise: Promise, ask: Ask, house: House, period: Period) -> Promise:
    """Return the promise with what was asked, one version on, at the tables it has.

    It stays as long as was promised, unless the house says otherwise for what is asked for now than
    for what was asked for before: another area, fewer guests, a stay of its own or none any more.
    Whoever asks for less never stays longer.
    """
    return replace(
        promise,
        version=promise.version + 1,
        needs=ask.needs,
        preferences=ask.preferences,
        party_size=ask.party_size,
        ends=_ends(promise, ask, house, period),
        duration_minutes=ask.minutes,
    )


def _ends(promise: Promise, ask: Ask, house: House, period: Period) -> datetime:
    before = replace(
        ask,
        party_size=promise.party_size,
        needs=promise.needs,
        tables=promise.tables if promise.fixed else (),
        minutes=promise.duration_minutes,
    )
    was, now = turn_end(house, period, before), turn_end(house, period, ask)
    if now < was:
        return min(promise.ends, now)
    if now > was and (ask.tables or not asks_less(promise.needs, ask.needs)):
        return max(promise.ends, now)
    return promise.ends


def _liking(
    picture: Picture, promise: Promise, mended: Promise, ask: Ask, house: House, now: datetime
) -> Judged:
    """Return the promise at the tables it keeps, or at others that it would like better."""
    if ask.tables or mended.preferences == promise.preferences:
        return Judged(promise=mended)
    liked = preferring(picture, mended, ask, house, now=now)
    return replace(liked, promise=replace(liked.promise, version=mended.version))


def asks_less(was: Needs, needs: Needs) -> bool:
    """Tell whether whoever meets the old needs meets the new ones."""
    return (
        needs.area in {None, was.area}
        and was.step_free >= needs.step_free
        and was.quiet >= needs.quiet
        and was.high_chairs >= needs.high_chairs
    )


def _stays(
    picture: Picture, promise: Promise, until: datetime, ask: Ask, house: House, now: datetime
) -> bool:
    """Tell whether the tables that the party has `until` then will do for what it asks."""
    room = room_of(house)
    seat = room.table_set(promise.tables)
    if not seat or not room.meets(seat, ask.needs) or promise.ends > until:
        return False
    left = without_intentions(picture, promise.reservation_id, None)
    return high_chairs_short(Question(picture=left, ask=ask, house=house, now=now)) is None
