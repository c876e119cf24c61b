"""What another version of the house does to the book: who moves along, and who loses their place.

Promises stay promises. One whose period the new house no longer serves, but whose start lies in
another period, belongs to that one from now on; one that no period takes stands without a table
(exposed), and a person decides. Promises are local times, also where the zone changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import HELD_TABLE, transition
from policies.book.picture import Picture, Promise, Seating, with_fixed_tables
from policies.drafts.book import DayOf, Pool, period_of, starts_within, with_period
from policies.house.calendar import Period
from policies.house.house import House
from policies.plan.giving_way import SYSTEM
from policies.plan.replanning import replan
from policies.words.message import Message, message

LIVE = frozenset({"requested", "booked", "arrived"})

NO_TABLE = message("stranded-no-table")
NOT_SERVED = message("stranded-closed")
OUTSIDE_HOURS = message("stranded-outside-hours")
AREA_GONE = message("stranded-area-gone")


class Carried(Struct, frozen=True):
    """A period under the new house: its picture before the changes, and the changes.

    `period`: what its row has to say. `successor`: the id of the period that goes on with the
    parties of one that is no longer served.
    """

    house: House
    period: Period
    picture: Picture
    changes: Changes
    successor: str | None = None


class Stranded(Struct, frozen=True):
    """A promise (or seated party) that the new house has no place for, and why."""

    subject: UUID
    period: Period
    name: str
    party_size: int
    starts: datetime
    why: Message
    promise: Promise | None = None


class NewBook(Struct, frozen=True):
    """The book under the new house: what is written, and who has lost their place by it.

    `pictures`: every period as it is then, by id. `followed`: the new period of each promise that
    belongs to another one from now on.
    """

    carried: tuple[Carried, ...]
    stranded: tuple[Stranded, ...]
    pictures: Mapping[str, Picture]
    followed: Mapping[UUID, str]


def carry_over(pictures: Sequence[Picture], day_of: DayOf, *, now: datetime) -> NewBook:
    """Return the book after each period came under the house of its date.

    `pictures`: each period with its own promises only, in instants of the new zone (`in_zone`),
    and the neighbours among them; those whose version is the right one already stay as they are.
    """
    pool = Pool([with_period(each, day_of) for each in pictures], day_of)
    was = {each.period.period_id: each.period for each in pictures}
    due = [
        key
        for key, each in pool.pictures.items()
        if (each.period.house_version, each.period.served)
        != (was[key].house_version, was[key].served)
    ]
    followed = _follow(pool, due)
    due = [key for key in pool.pictures if key in due or key in pool.first]
    due.sort(key=lambda key: pool.pictures[key].period.served)  # what is given up goes first
    carried = tuple(_carry(pool, key, was[key], now) for key in due)
    lost = _lost(pictures, pool, due, day_of)
    around = {key: pool.around(key) for key in pool.pictures}
    return NewBook(carried, tuple(lost), around, followed)


def receivers(pictures: Iterable[Picture], day_of: DayOf) -> Iterator[Period]:
    """Yield the periods of the new house that others' promises, or their parties, go over to."""
    for picture in pictures:
        ours = picture.period.period_id
        if picture.waiting or any(each.period_id == ours for each in picture.seatings):
            successor = _successor(picture.period, day_of)
            yield from (successor,) if successor else ()
        for promise in picture.promises:
            period = period_of(promise, picture.period, day_of)
            if period is not None and period.period_id != picture.period.period_id:
                yield period


def _follow(pool: Pool, due: Iterable[str]) -> dict[UUID, str]:
    """Give promises to the period they start in; returns which belong to another one now."""
    followed: dict[UUID, str] = {}
    for key in due:
        own, stay = pool.pictures[key], list[Promise]()
        for promise in own.promises:
            period = period_of(promise, own.period, pool.day_of)
            to = period.period_id if period is not None else key
            if to == key or to not in pool.pictures:
                stay.append(promise)
                continue
            moved = replace(promise, period_id=to)
            followed[promise.reservation_id] = to
            new = pool.pictures[to]
            pool.pictures[to] = replace(new, promises=(*new.promises, moved))
            pool.first[to] = _and_promise(pool.first[to], moved)
        pool.pictures[key] = replace(pool.pictures[key], promises=tuple(stay))
    return followed


def _and_promise(changes: Changes, promise: Promise) -> Changes:
    return replace(changes, promises=(*changes.promises, promise))


def _carry(pool: Pool, key: str, was: Period, now: datetime) -> Carried:
    """Plan a period anew under the house of its date."""
    own = pool.pictures[key]
    house = pool.day_of(own.period.service_date).house
    picture = pool.around(key)
    ended = _ended(own, now)
    out = {each.reservation_id: each for each in _without_place(own, was)}
    taken_over = (each for each in pool.first[key].promises if each.reservation_id not in out)
    changes = replace(ended, promises=(*taken_over, *out.values()))
    picture = replace(picture, outside=(*picture.outside, *out))
    if own.period.served:
        changes = replan(picture, changes, house, now=now)
    if own.period.holds_made != was.holds_made:
        changes = replace(changes, period=own.period)
    pool.keep(changes)
    successor = _successor(own.period, pool.day_of)
    to = successor.period_id if successor is not None else None
    return Carried(house, own.period, picture, changes, to)


def _ended(own: Picture, now: datetime) -> Changes:
    """Return what a period cannot keep: holds and held tables outside its hours, or all of them."""
    period = own.period

    def stays(starts: datetime) -> bool:
        return period.served and period.opens <= starts <= period.last_seating

    return Changes(
        slot_holds=tuple(
            replace(hold, state="expired", tables=())
            for hold in own.slot_holds
            if hold.state == "held" and not (stays(hold.starts) or (hold.fixed and period.served))
        ),
        held=tuple(
            replace(
                held,
                state=transition(HELD_TABLE, held.state, "cancel", "job").to,
                tables=(),
                ended_at=now,
                ended_by=SYSTEM,
                ended_why=message("held-not-served", seats=held.seats),
                version=held.version + 1,
            )
            for held in own.held
            if held.state == "held" and not stays(held.starts)
        ),
    )


def _without_place(own: Picture, was: Period) -> Iterator[Promise]:
    """Yield the promises that fall outside the hours by it: exposed, without tables."""
    for promise in own.promises:
        open_then = own.period.served and starts_within(promise, own.period)
        fell_out = not own.period.served or starts_within(promise, was)
        if promise.state in {"booked", "arrived"} and fell_out and not open_then:
            yield replace(
                with_fixed_tables(promise, fixed=False),
                tables=(),
                exposed=True,
                kind="physical",
                overruled=False,
                risk=None,
            )


def _successor(period: Period, day_of: DayOf) -> Period | None:
    """Return the period of the new house that shares the most time with one it does not serve."""
    ahead = day_of(period.service_date).periods
    if any(each.period_id == period.period_id for each in ahead):
        return None
    shared = [
        (min(each.closes, period.closes) - max(each.opens, period.opens), each) for each in ahead
    ]
    most, best = max(shared, key=lambda pair: pair[0], default=(timedelta(0), None))
    return best if most > timedelta(0) else None


def _lost(
    before: Sequence[Picture], pool: Pool, due: Iterable[str], day_of: DayOf
) -> Iterator[Stranded]:
    """Yield who has lost their place: by start, seated parties last."""
    known = {
        each.reservation_id: (each, picture.period)
        for picture in before
        for each in picture.promises
    }
    found = [
        _stranded(promise, pool.pictures[key].period, why)
        for key in pool.pictures
        for promise in pool.pictures[key].promises
        if (why := _why(promise, pool.pictures[key].period, *known[promise.reservation_id]))
        or (key in due and (why := _area_gone(promise, pool.pictures[key], day_of)))
    ]
    yield from sorted(found, key=lambda each: (each.starts, each.subject))
    seated = {
        each.seating_id: (each, pool.pictures[key])
        for key in due
        for each in pool.pictures[key].seatings
        if each.period_id == key
    }
    for seating, picture in seated.values():
        yield from _sitting_at_lost_tables(seating, picture.period, day_of)


def _why(promise: Promise, period: Period, before: Promise, was: Period) -> Message | None:
    """Return why a promise has lost its place, None if it has not."""
    if promise.state not in LIVE:
        return None
    if not period.served:
        return NOT_SERVED if was.served else None
    if starts_within(before, was) and not starts_within(promise, period):
        return OUTSIDE_HOURS
    return NO_TABLE if promise.exposed and not before.exposed else None


def _area_gone(promise: Promise, picture: Picture, day_of: DayOf) -> Message | None:
    """Return that a promise asks for an area without tables, where nothing else is told of it.

    One whose table now stands in another area keeps it, and its guest has to be asked.
    """
    if promise.state not in LIVE or promise.exposed:
        return None
    area, house = promise.needs.area, day_of(picture.period.service_date).house
    if not picture.period.served or area is None:
        return None
    return None if any(table.area == area for table in house.tables) else AREA_GONE


def waiting_for_a_person(pictures: Iterable[Picture], day_of: DayOf) -> Iterator[Stranded]:
    """Yield the promises of these periods that have no place as things are, by start.

    Also those that ask for an area in which there is no table any more.
    """
    found = [
        _stranded(promise, picture.period, why)
        for picture in pictures
        for promise in picture.promises
        if promise.period_id == picture.period.period_id
        and (why := _no_place(promise, picture) or _area_gone(promise, picture, day_of))
    ]
    yield from sorted(found, key=lambda each: (each.starts, each.subject))


def _no_place(promise: Promise, picture: Picture) -> Message | None:
    period = picture.period
    if promise.state not in LIVE:
        return None
    if not period.served:
        return NOT_SERVED
    if starts_within(promise, period):
        return NO_TABLE if promise.exposed else None
    return OUTSIDE_HOURS if promise.exposed or promise.state == "requested" else None


def _stranded(promise: Promise, period: Period, why: Message) -> Stranded:
    return Stranded(
        promise.reservation_id,
        period,
        promise.name,
        promise.party_size,
        promise.starts,
        why,
        promise,
    )


def _sitting_at_lost_tables(seating: Seating, period: Period, day_of: DayOf) -> Iterator[Stranded]:
    tables = {table.id for table in day_of(period.service_date).house.tables}
    lost = sorted(set(seating.tables) - tables)
    if lost:
        why = message("stranded-sits-at", tables=tuple(lost), count=len(lost))
        subject = seating.seating_id
        yield Stranded(subject, period, seating.name, seating.party_size, seating.seated_at, why)
