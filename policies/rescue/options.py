"""Rescue: the ways to say yes after all to a party that was told no, or is about to be.

One list from the engine that commits: what can be had now (policies/door/options.py), later tonight or on
another day (policies/booking/engine.py), and where else to send them. What it is worth is an estimate
for the order only; the host chooses.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, Yes
from policies.book.changes import leave_out
from policies.book.picture import Picture, Promise
from policies.booking.engine import soonest
from policies.booking.tables import Tables
from policies.door.exposure import expected_end, placed
from policies.door.option import Option, Ways
from policies.door.options import ways
from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.house.rules import ORDER, RescueKind
from policies.rescue.option import EACH_KIND, NEIGHBOURS, Moved, RescueOption, Turned
from policies.rescue.playbook import Beyond
from policies.rescue.words import because, sentence
from policies.rescue.worth import worth_of
from policies.value.period_value import Prospect


class Elsewhen(Struct, frozen=True, kw_only=True):
    """A table of another day's period, near the same hour."""

    picture: Picture
    yes: Yes


def at_once(tables: Tables, party: Turned) -> list[RescueOption]:
    """Return what there is now, a wait, and where else to send the party."""
    found = [*_now(tables, party), *_neighbours(tables.picture, party)]
    if party.reservation_id is None:
        return found
    waits_already = [each for each in found if each.kind != "wait"]
    return [*_own_table(tables, party), *waits_already]


def rescue_options(
    tables: Tables,
    party: Turned,
    forecast: Forecast,
    *,
    now_found: Sequence[RescueOption],
    prospect: Prospect | None = None,
    elsewhen: Elsewhen | None = None,
) -> tuple[RescueOption, ...]:
    """Return every way there is now, the best first; the first is the one to begin with.

    `now_found`: what is there `at_once`. A party that was promised a table is found one now or
    sent to a neighbour: it waits already, and another time is a change of its reservation.
    """
    found = list(now_found)
    if party.reservation_id is None:
        found += _later(tables, party, prospect)
        if elsewhen is not None:
            found.append(_book(elsewhen.yes, "other_day", elsewhen.picture, party))
    picture, house, now = tables.picture, tables.house, tables.now
    priced = [_told(each, picture, house, party, forecast, now) for each in found]
    priced.sort(key=lambda each: (-each.worth, ORDER.index(each.kind)))
    return tuple(replace(each, advised=place == 0) for place, each in enumerate(priced))


def by_playbook(
    options: tuple[RescueOption, ...], beyond: Sequence[Beyond]
) -> tuple[RescueOption, ...]:
    """Return the options with those first that the manager wrote answers for, in that order.

    Such an option is told in the manager's words, and then where and when; the others keep their
    order by worth.
    """
    places: dict[str, int] = {}
    for place, each in enumerate(beyond):
        if each.way:
            places.setdefault(each.way, place)
    told = [
        replace(each, sentence=f"{beyond[places[each.kind]].text} {each.sentence}")
        if each.kind in places
        else each
        for each in options
    ]
    told.sort(key=lambda each: places.get(each.kind, len(beyond)))
    return tuple(replace(each, advised=place == 0) for place, each in enumerate(told))


def on_another_day(
    picture: Picture,
    house: House,
    party: Turned,
    wish: datetime,
    *,
    now: datetime,
    prospect: Prospect | None = None,
) -> Elsewhen | None:
    """Return the first table the room has for the party from that hour of another day on."""
    found = soonest(Tables(picture, house, now), _ask(party, wish), known=prospect)
    kept = (yes for yes in found if yes.kind == "physical")
    return next((Elsewhen(picture=picture, yes=yes) for yes in kept), None)


def _now(tables: Tables, party: Turned) -> Iterator[RescueOption]:
    picture, now = tables.picture, tables.now
    found = ways(tables, party.party_size, party.needs)
    yield from _ways(found, picture, party, now)
    if party.needs.area is not None:
        anywhere = replace(party.needs, area=None)
        there = ways(tables, party.party_size, anywhere)
        elsewhere = [each for each in there.now if each.area != party.needs.area]
        for each in elsewhere[:EACH_KIND]:
            yield _seat(each, "area", picture, party, now)


def _own_table(tables: Tables, party: Turned) -> Iterator[RescueOption]:
    """The table meant for it, which only its own promise keeps from it."""
    picture, house, now = tables.picture, tables.house, tables.now
    for own in picture.promises:
        if own.reservation_id != party.reservation_id or not own.tables:
            continue
        left = leave_out(picture, own.reservation_id, None)
        ends = expected_end(house, party.party_size, now)
        moved = placed(left, house, party.party_size, own.tables, ends, now=now)
        if moved is not None:
            yield RescueOption(
                option_id=_id(party, "table", *own.tables),
                kind="table",
                tables=own.tables,
                starts=now,
                ends=ends,
                moves=_moves(moved, picture),
            )


def _ways(found: Ways, picture: Picture, party: Turned, now: datetime) -> Iterator[RescueOption]:
    if found.granted is not None:
        yield _seat(found.granted, "held", picture, party, now)
    kinds: dict[RescueKind, list[Option]] = {}
    for each in found.now:
        kinds.setdefault(_kind(each), []).append(each)
    for kind, offered in kinds.items():
        for each in offered[:EACH_KIND]:
            yield _seat(each, kind, picture, party, now)
    if found.wait is not None:
        yield _seat(found.wait, "wait", picture, party, found.wait.ready_at or now)


def _kind(option: Option) -> RescueKind:
    if not option.full_turn:
        return "shorter"
    if option.moved:
        return "move"
    return "join" if option.kind == "join" else "table"


def _seat(
    option: Option, kind: RescueKind, picture: Picture, party: Turned, starts: datetime
) -> RescueOption:
    return RescueOption(
        option_id=_id(party, kind, *option.tables),
        kind=kind,
        tables=option.tables,
        area=option.area,
        starts=starts,
        ends=option.free_until,
        wait_minutes=option.wait_minutes if kind == "wait" else None,
        moves=_moves(option.moved, picture),
        held_id=option.held_id,
    )


def _later(tables: Tables, party: Turned, prospect: Prospect | None) -> Iterator[RescueOption]:
    ask = _ask(party, tables.now + timedelta(minutes=GRID_MINUTES))
    for yes in soonest(tables, ask, known=prospect):
        kind: RescueKind = "overbook" if yes.kind == "overbooked" else "later"
        yield _book(yes, kind, tables.picture, party)


def _book(yes: Yes, kind: RescueKind, picture: Picture, party: Turned) -> RescueOption:
    return RescueOption(
        option_id=_id(party, kind, yes.starts.isoformat()),
        kind=kind,
        tables=yes.tables,
        starts=yes.starts,
        ends=yes.ends,
        moves=_moves(yes.moved, picture),
        risk=yes.risk,
    )


def _neighbours(picture: Picture, party: Turned) -> Iterator[RescueOption]:
    near = sorted(picture.rules.neighbours, key=lambda each: (each.walk_minutes, each.key))
    for each in near[:NEIGHBOURS]:
        yield RescueOption(
            option_id=_id(party, "partner", each.key), kind="partner", neighbour=each
        )


def _told(
    option: RescueOption,
    picture: Picture,
    house: House,
    party: Turned,
    forecast: Forecast,
    now: datetime,
) -> RescueOption:
    worth = worth_of(option, picture.rules, house, party.party_size, forecast, now=now)
    priced = replace(option, worth=worth)
    return replace(
        priced, sentence=sentence(priced, house, now=now), because=because(priced, house)
    )


def _ask(party: Turned, starts: datetime) -> Ask:
    return Ask(party_size=party.party_size, starts=starts, channel="desk", needs=party.needs)


def _moves(moved: dict[UUID, tuple[str, ...]], picture: Picture) -> tuple[Moved, ...]:
    """Whom it moves, the guests among them: a booking site's hold or a held table is nobody."""
    return tuple(_moved(each, moved) for each in picture.promises if each.reservation_id in moved)


def _moved(promise: Promise, moved: dict[UUID, tuple[str, ...]]) -> Moved:
    return Moved(
        reservation_id=promise.reservation_id,
        name=promise.name,
        party_size=promise.party_size,
        starts=promise.starts,
        tables=moved[promise.reservation_id],
    )


def _id(party: Turned, kind: RescueKind, *what: str) -> UUID:
    return uuid5(party.rescue_id, " ".join((kind, *what)))
