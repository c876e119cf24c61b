"""The overbooking rule: who may be promised a place beyond the room, and at what risk."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import Picture, Risk, held_in_force, holds_in_force
from policies.book.question import Question
from policies.forecast.period_grid import grid_of
from policies.forecast.risk_calibration import UNLEARNED, RiskCalibration
from policies.house.channels import SOLD, STAFF, Channel
from policies.house.grid import BUCKET_SECONDS
from policies.house.house import House
from policies.house.room import Room, room_of
from policies.house.rules import Overbooking
from policies.plan.occupancy import Window, occupancy, part_of, protected_enquiries
from policies.risk.ledger_kernels import WALK_BUCKETS
from policies.risk.overflow import (
    ClassCapacity,
    ClassDemand,
    overflow_probability,
    wait_probability,
)
from policies.risk.shortage import others_short
from policies.risk.told.features import AROUND, PromiseFeatures
from policies.risk.told.model import tell_risk

_WHOLE = -1


class ExpectedParty(Struct, frozen=True):
    """A party that shows with probability `show` and then needs a table in [start, end) buckets.

    `domain`: mask of the tables of its area that are open to it; -1: the whole room.
    """

    party: int
    start: int
    end: int
    show: float
    domain: int


class ExpectedOccupancy(Struct, frozen=True):
    """Everybody expected, and when facts keep each table busy (masks); built once a picture.

    `classes`: the sizes of tables and joins, in seats, ascending. `opens`: the period's bucket of
    opening; `lead`: share of its booking window still to come; `promised`: the parties promised in
    it; `learned`: the house's calibration.
    """

    room: Room
    window: Window
    busy: tuple[int, ...]
    expected: tuple[ExpectedParty, ...]
    classes: tuple[int, ...]
    rules: Overbooking
    opens: int
    lead: float
    promised: tuple[ExpectedParty, ...]
    learned: RiskCalibration


def may_overbook(question: Question) -> bool:
    """Tell whether the manager's rules allow overbooking for such a request at all."""
    rules, ask = question.picture.rules.overbooking, question.ask
    return (
        rules.enabled
        and ask.channel in SOLD
        and not ask.tables
        and ask.party_size <= rules.party_max
        and ask.needs.area not in rules.areas_excluded
        and not (ask.needs.step_free or ask.needs.quiet)
        and not question.by_request
    )


def over_cap(question: Question) -> bool:
    """Tell whether one more overbooked party would pass the caps on parties or covers."""
    rules = question.picture.rules.overbooking
    beyond = [
        promise.party_size
        for promise in question.picture.promises
        if promise.kind == "overbooked"
        and not promise.overruled
        and promise.state in {"booked", "arrived"}
        and promise.period_id == question.picture.period.period_id
    ]
    beyond += [
        hold.party_size
        for hold in holds_in_force(question.picture, question.now)
        if hold.kind == "overbooked" and hold.period_id == question.picture.period.period_id
    ]
    parties, covers = len(beyond) + 1, sum(beyond) + question.ask.party_size
    return parties > rules.cap_parties or covers > rules.cap_covers


def expected_occupancy(
    picture: Picture, house: House, *, now: datetime, enquiries: bool = False
) -> ExpectedOccupancy:
    """Return the picture with facts as busy masks and promises with show probabilities.

    With `enquiries` those that the house protects are expected to come.
    """
    built = occupancy(picture, house, now=now)
    rules, room, grid = picture.rules.overbooking, room_of(house), grid_of(picture.period)
    expected = tuple(_expected(picture, room, built.window, now, enquiries=enquiries))
    opens = grid.base - built.window.base
    end = opens + grid.length
    return ExpectedOccupancy(
        room,
        built.window,
        tuple(built.plan.facts),
        expected,
        _classes(room),
        rules,
        opens,
        1.0 - grid.share(now),
        tuple(each for each in expected if opens <= each.start < end),
        picture.calibration or UNLEARNED,
    )


def overbooking_risk(occupied: ExpectedOccupancy, question: Question) -> Risk:
    """Return the risk of promising the party a place as well: own_wait and any_wait, as told.

    Its binding constraint and overload are the worst of the whole room and of each part of it (an
    area, what the access rules leave open) that somebody is confined to.
    """
    ask = question.ask
    start, end = occupied.window.at(ask.starts), occupied.window.end(question.ends)
    domain = occupied.room.part(ask.party_size, ask.needs, question.admitted)
    more = ExpectedParty(ask.party_size, start, end, _show(occupied.rules, ask.channel), domain)
    everybody = (*occupied.expected, more)
    parts = [_WHOLE, *sorted({each.domain for each in everybody if each.domain != _WHOLE})]
    risks = [_risk(occupied, everybody, range(start, end), part) for part in parts]
    worst = max((risk for risk, _ in risks), key=lambda risk: risk.overload)
    fits = occupied.room.share_seating(ask.party_size, ask.needs, question.admitted)
    known = _features(occupied, more, fits, (worst.overload, max(each for _, each in risks)))
    told = tell_risk(known, occupied.learned)
    return replace(worst, probability=told.own_wait, told=told)


def _features(
    occupied: ExpectedOccupancy, party: ExpectedParty, fits: float, lacks: tuple[float, float]
) -> PromiseFeatures:
    """Return what is known of promising the party a place as well: the same as a ledger tells.

    `fits`: as in PromiseFeatures. `lacks`: probability of a shortage over the tolerance, and of
    half an hour.
    """
    room, promised = occupied.room, occupied.promised
    tables, seats = len(room.seats), sum(room.seats)
    spare = [_least_spare(occupied, party, part) for part in {_WHOLE, party.domain}]
    near = [each for each in promised if abs(each.start - party.start) <= AROUND]
    return PromiseFeatures(
        size=party.party,
        hours=(party.start - occupied.opens) * BUCKET_SECONDS / 3600,
        lead=occupied.lead,
        spare=min(each for each, _ in spare),
        spare_all=min(each for _, each in spare),
        fits=fits,
        around=sum(each.party for each in near) / seats,
        promised=sum(each.party for each in promised) / seats,
        parties=len(promised) / tables,
        lacks=lacks[0],
        lacks_long=lacks[1],
        beyond=True,
    )


def _least_spare(
    occupied: ExpectedOccupancy, party: ExpectedParty, part: int
) -> tuple[float, float]:
    """Return the tables left over at the tightest moment of the party's stay, without it.

    Those large enough for it, and all; as shares of the part's tables.
    """
    rank = _class_of(occupied.classes, party.party)
    tables = sum(bool(part >> number & 1) for number in range(len(occupied.room.seats)))
    fitting, every = [], []
    for bucket in range(party.start, max(party.end, party.start + 1)):
        demands, places = _at(occupied, occupied.expected, bucket, part)
        left = [
            place.tables - demand.here - sum(demand.shows)
            for demand, place in zip(demands, places, strict=True)
        ]
        fitting.append(sum(left[rank:]))
        every.append(sum(left))
    return min(fitting) / max(1, tables), min(every) / max(1, tables)


def _risk(
    occupied: ExpectedOccupancy,
    everybody: Sequence[ExpectedParty],
    buckets: range,
    part: int,
) -> tuple[Risk, float]:
    """Return the risk in this part of the room, and that of a shortage of half an hour."""
    rooms = [_at(occupied, everybody, bucket, part) for bucket in buckets]
    risks = [overflow_probability(demands, places) for demands, places in rooms]
    worst = max(range(len(risks)), key=lambda number: (risks[number], -number))
    demands, places = rooms[worst]
    rank, expected, tables = _tightest(demands, places)
    tolerance = occupied.rules.tolerance_minutes
    overload = wait_probability(risks, tolerance * 60 // BUCKET_SECONDS)
    party = everybody[-1]
    here = not party.domain & ~part and _class_of(occupied.classes, party.party) >= rank
    others = _others(demands[rank:], tables, party if here else None)
    risk = Risk(
        probability=overload,
        overload=overload,
        tightest_at=_instant(occupied.window, buckets[worst]),
        party_class=occupied.classes[rank],
        expected=round(expected, 2),
        places=tables,
        ceiling=occupied.rules.ceiling,
        tolerance_minutes=tolerance,
        others=round(others, 2),
    )
    return risk, wait_probability(risks, WALK_BUCKETS)


def _at(
    occupied: ExpectedOccupancy, everybody: Sequence[ExpectedParty], bucket: int, part: int
) -> tuple[tuple[ClassDemand, ...], tuple[ClassCapacity, ...]]:
    here: list[int] = [0] * len(occupied.classes)
    shows: list[list[float]] = [[] for _ in occupied.classes]
    for each in everybody:
        if each.start <= bucket < each.end and not each.domain & ~part:
            number = _class_of(occupied.classes, each.party)
            if each.show >= 1.0:
                here[number] += 1
            else:
                shows[number].append(each.show)
    demands = tuple(
        ClassDemand(sure, tuple(sorted(maybe))) for sure, maybe in zip(here, shows, strict=True)
    )
    return demands, _places(occupied, bucket, part)


def _places(occupied: ExpectedOccupancy, bucket: int, part: int) -> tuple[ClassCapacity, ...]:
    free = [
        not busy >> bucket & 1 and bool(part >> number & 1)
        for number, busy in enumerate(occupied.busy)
    ]
    kept, joins_kept = 1 - occupied.rules.small_tables_out, 1 - occupied.rules.joins_out
    tables = [0] * len(occupied.classes)
    for number, seats in enumerate(occupied.room.seats):
        tables[occupied.classes.index(seats)] += free[number]
    joins = [(seat, seats) for seat, seats in occupied.room.joins if all(free[at] for at in seat)]
    return tuple(
        _class_capacity(occupied, number, round(tables[number] * kept), joins, joins_kept)
        for number in range(len(occupied.classes))
    )


def _class_capacity(
    occupied: ExpectedOccupancy,
    number: int,
    tables: int,
    joins: list[tuple[tuple[int, ...], int]],
    kept: float,
) -> ClassCapacity:
    """Return the class's tables, and the joins of smaller tables that reach it."""
    reaching = [
        (occupied.classes.index(max(occupied.room.seats[at] for at in seat)), len(seat))
        for seat, seats in joins
        if seats >= occupied.classes[number]
    ]
    smaller = [(member, uses) for member, uses in reaching if member < number]
    if not smaller:
        return ClassCapacity(tables)
    member = max(member for member, _ in smaller)
    uses = max(uses for _, uses in smaller)
    return ClassCapacity(tables, int(len(smaller) * kept), member, uses)


def _expected(
    picture: Picture, room: Room, window: Window, now: datetime, *, enquiries: bool
) -> Iterator[ExpectedParty]:
    rules = picture.rules.overbooking
    for promise in picture.promises:
        if promise.state in {"booked", "arrived"}:
            show = 1.0 if promise.state == "arrived" else _show(rules, promise.channel)
            yield ExpectedParty(
                promise.party_size,
                window.at(promise.starts),
                window.end(promise.ends),
                show,
                part_of(room, promise),
            )
    for hold in holds_in_force(picture, now):
        start, end = window.at(hold.starts), window.end(hold.ends)
        domain = part_of(room, hold)
        yield ExpectedParty(hold.party_size, start, end, rules.show_online, domain)
    for held in held_in_force(picture, now):
        start, end = window.at(held.starts), window.end(held.ends)
        yield ExpectedParty(held.seats, start, end, 1.0, part_of(room, held))
    if enquiries:
        for asking in protected_enquiries(picture, room.house, now=now):
            start, end = window.at(asking.starts), window.end(asking.ends)
            yield ExpectedParty(asking.party_size, start, end, 1.0, part_of(room, asking))


def _show(rules: Overbooking, channel: Channel | None) -> float:
    return rules.show_phone if channel in STAFF else rules.show_online


def _classes(room: Room) -> tuple[int, ...]:
    singles = set(room.seats)
    return tuple(sorted(singles | {seats for _, seats in room.joins}))


def _class_of(classes: tuple[int, ...], party: int) -> int:
    return next((n for n, seats in enumerate(classes) if seats >= party), len(classes) - 1)


def _others(demands: Sequence[ClassDemand], places: int, party: ExpectedParty | None) -> float:
    """Return how many besides the party lack a table when more come than fit.

    `demands`: of the classes that need these places; `party`: the asking one, if it is of these.
    """
    free = places - sum(each.here for each in demands)
    maybe = [show for each in demands for show in each.shows]
    if party is None:
        return others_short(maybe, free + 1)
    if party.show < 1.0:
        maybe.remove(party.show)
    return others_short(maybe, free if party.show < 1.0 else free + 1)


def _tightest(
    demands: Sequence[ClassDemand], places: Sequence[ClassCapacity]
) -> tuple[int, float, int]:
    """Return the class with the least slack: its number, parties expected, places for them."""
    rows = []
    expected, tables = 0.0, 0
    for number in reversed(range(len(demands))):
        expected += demands[number].here + sum(demands[number].shows)
        tables += places[number].tables
        reach = tables + places[number].joins
        rows.append((reach - expected, number, expected, reach))
    _, number, expected, reach = min(rows)
    return number, expected, reach


def _instant(window: Window, bucket: int) -> datetime:
    return datetime.fromtimestamp((window.base + bucket) * BUCKET_SECONDS, UTC)
