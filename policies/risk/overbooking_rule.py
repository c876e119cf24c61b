"""The risk of one more party than the room has places for, read off a picture."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from policies.book.picture import Channel, Picture, Risk, held_in_force, holds_in_force
from policies.book.question import Question
from policies.house.grid import BUCKET_SECONDS
from policies.house.house import House
from policies.house.room import Room, room_of
from policies.house.rules import Overbooking
from policies.plan.occupancy import Window, occupancy
from policies.risk.overflow import Crowd, Places, overflow, waits_longer

SOLD: frozenset[Channel] = frozenset({"partner", "google", "guest", "phone", "desk"})
STAFF: frozenset[Channel] = frozenset({"phone", "desk", "walk_in", "waitlist"})


class Expected(Struct, frozen=True):
    """A party that will come with this probability and need a table in [start, end) buckets."""

    party: int
    start: int
    end: int
    show: float
    area: str | None


class Book(Struct, frozen=True):
    """Everybody expected, and which tables are busy when, built once a picture."""

    room: Room
    window: Window
    busy: tuple[int, ...]
    expected: tuple[Expected, ...]
    classes: tuple[int, ...]
    rules: Overbooking


def may_overbook(case: Question) -> bool:
    """Tell whether the manager lets such a party be promised a place beyond the room at all."""
    rules, ask = case.picture.rules.overbooking, case.ask
    return (
        rules.enabled
        and ask.channel in SOLD
        and not ask.tables
        and ask.party_size <= rules.party_max
        and ask.needs.area not in rules.areas_excluded
        and not (ask.needs.step_free or ask.needs.quiet)
    )


def over_cap(case: Question) -> bool:
    """Tell whether one more party would pass the manager's caps on parties or covers."""
    rules = case.picture.rules.overbooking
    beyond = [
        promise.party_size
        for promise in case.picture.promises
        if promise.kind == "overbooked"
        and not promise.overruled
        and promise.state in {"booked", "arrived"}
        and promise.period_id == case.picture.period.period_id
    ]
    beyond += [
        hold.party_size
        for hold in holds_in_force(case.picture, case.now)
        if hold.kind == "overbooked" and hold.period_id == case.picture.period.period_id
    ]
    parties, covers = len(beyond) + 1, sum(beyond) + case.ask.party_size
    return parties > rules.cap_parties or covers > rules.cap_covers


def book_of(picture: Picture, house: House, *, now: datetime) -> Book:
    """Return the picture as the risk sees it: facts busy, promises with probabilities."""
    built = occupancy(picture, house, now=now)
    rules, room = picture.rules.overbooking, room_of(house)
    return Book(
        room,
        built.window,
        tuple(built.plan.facts),
        tuple(_expected(picture, built.window, rules, now)),
        _classes(room),
        rules,
    )


def risk_of(book: Book, case: Question) -> Risk:
    """Return what it would risk to promise the case's party a place as well."""
    ask = case.ask
    start, end = book.window.at(ask.starts), book.window.end(case.ends)
    more = Expected(ask.party_size, start, end, _show(book.rules, ask.channel), ask.needs.area)
    everybody = (*book.expected, more)
    groups = [None, *sorted({each.area for each in everybody if each.area})]
    return max(
        (_risk(book, everybody, range(start, end), area) for area in groups),
        key=lambda risk: risk.probability,
    )


def _risk(book: Book, everybody: Sequence[Expected], buckets: range, area: str | None) -> Risk:
    rooms = [_at(book, everybody, bucket, area) for bucket in buckets]
    risks = [overflow(crowds, places) for crowds, places in rooms]
    worst = max(range(len(risks)), key=lambda number: (risks[number], -number))
    crowds, places = rooms[worst]
    tightest, expected, tables = _tightest(book.classes, crowds, places)
    tolerance = book.rules.tolerance_minutes
    return Risk(
        probability=waits_longer(risks, tolerance * 60 // BUCKET_SECONDS),
        bucket=_instant(book.window, buckets[worst]),
        party_class=tightest,
        expected=round(expected, 2),
        places=tables,
        ceiling=book.rules.ceiling,
        tolerance_minutes=tolerance,
    )


def _at(
    book: Book, everybody: Sequence[Expected], bucket: int, area: str | None
) -> tuple[tuple[Crowd, ...], tuple[Places, ...]]:
    here: list[int] = [0] * len(book.classes)
    shows: list[list[float]] = [[] for _ in book.classes]
    for each in everybody:
        if each.start <= bucket < each.end and area in {None, each.area}:
            number = _class_of(book.classes, each.party)
            if each.show >= 1.0:
                here[number] += 1
            else:
                shows[number].append(each.show)
    crowds = tuple(
        Crowd(sure, tuple(sorted(maybe))) for sure, maybe in zip(here, shows, strict=True)
    )
    return crowds, _places(book, bucket, area)


def _places(book: Book, bucket: int, area: str | None) -> tuple[Places, ...]:
    free = [
        not book.busy[number] >> bucket & 1 and area in {None, table.area}
        for number, table in enumerate(book.room.tables)
    ]
    kept, joins_kept = 1 - book.rules.small_tables_out, 1 - book.rules.joins_out
    tables = [0] * len(book.classes)
    for number, seats in enumerate(book.room.seats):
        tables[book.classes.index(seats)] += free[number]
    joins = [(seat, seats) for seat, seats in book.room.joins if all(free[at] for at in seat)]
    return tuple(
        _class_places(book, number, round(tables[number] * kept), joins, joins_kept)
        for number in range(len(book.classes))
    )


def _class_places(
    book: Book, number: int, tables: int, joins: list[tuple[tuple[int, ...], int]], kept: float
) -> Places:
    """The class's tables, and the joins of smaller tables that reach it."""
    reaching = [
        (book.classes.index(max(book.room.seats[at] for at in seat)), len(seat))
        for seat, seats in joins
        if seats >= book.classes[number]
    ]
    smaller = [(member, uses) for member, uses in reaching if member < number]
    if not smaller:
        return Places(tables)
    member = max(member for member, _ in smaller)
    uses = max(uses for _, uses in smaller)
    return Places(tables, int(len(smaller) * kept), member, uses)


def _expected(
    picture: Picture, window: Window, rules: Overbooking, now: datetime
) -> Iterator[Expected]:
    for promise in picture.promises:
        if promise.state in {"booked", "arrived"}:
            show = 1.0 if promise.state == "arrived" else _show(rules, promise.channel)
            yield Expected(
                promise.party_size,
                window.at(promise.starts),
                window.end(promise.ends),
                show,
                promise.needs.area,
            )
    for hold in holds_in_force(picture, now):
        start, end = window.at(hold.starts), window.end(hold.ends)
        yield Expected(hold.party_size, start, end, rules.show_online, hold.needs.area)
    for held in held_in_force(picture, now):
        start, end = window.at(held.starts), window.end(held.ends)
        yield Expected(held.seats, start, end, 1.0, held.needs.area)


def _show(rules: Overbooking, channel: Channel | None) -> float:
    return rules.show_phone if channel in STAFF else rules.show_online


def _classes(room: Room) -> tuple[int, ...]:
    singles = set(room.seats)
    return tuple(sorted(singles | {seats for _, seats in room.joins}))


def _class_of(classes: tuple[int, ...], party: int) -> int:
    return next((n for n, seats in enumerate(classes) if seats >= party), len(classes) - 1)


def _tightest(
    classes: tuple[int, ...], crowds: Sequence[Crowd], places: Sequence[Places]
) -> tuple[int, float, int]:
    """Return the class with the least slack: its size, who is expected, and places for them."""
    rows = []
    expected, tables = 0.0, 0
    for number in reversed(range(len(classes))):
        expected += crowds[number].here + sum(crowds[number].shows)
        tables += places[number].tables
        reach = tables + places[number].joins
        rows.append((reach - expected, number, expected, reach))
    _, number, expected, reach = min(rows)
    return classes[number], expected, reach


def _instant(window: Window, bucket: int) -> datetime:
    return datetime.fromtimestamp((window.base + bucket) * BUCKET_SECONDS, UTC)
