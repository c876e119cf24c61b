"""The options of a rescue: tables now, another time, another day, a wait, a neighbour.

Tables now and waits come from `policies.door.options`, other times from `policies.booking.engine`.
Option ids are UUIDv5 of the rescue and the option, so listing again keeps them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, Yes
from policies.book.changes import without_intentions
from policies.book.picture import Picture, Promise, minutes_promised
from policies.booking.engine import soonest
from policies.booking.tables import Tables
from policies.door.exposure import moves_to_seat
from policies.door.option import Option, OptionsByKind
from policies.door.options import options_by_kind
from policies.door.wait_band import WaitBand
from policies.door.words import with_band
from policies.forecast.forecast import Forecast
from policies.house.calendar import turn_minutes
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.house.rules import RescueKind
from policies.house.wording import how_often
from policies.rescue.option import (
    NEIGHBOURS_AT_MOST,
    OPTIONS_PER_KIND,
    MovedPromise,
    RescueOption,
    RescueParty,
)
from policies.rescue.ranking import RESCUE_ORDER
from policies.rescue.rehearsal import PartyAtDoor, least_harm_first, rehearsed
from policies.rescue.words import because, sentence
from policies.rescue.worth import option_worth
from policies.value.period_value import Prospect
from policies.words.catalogue import say


class OtherDayTable(Struct, frozen=True, kw_only=True):
    """A table in another day's period, near the same hour."""

    picture: Picture
    yes: Yes


def options_now(
    tables: Tables, party: RescueParty, band: WaitBand | None = None
) -> list[RescueOption]:
    """Return the options for now, a wait, and neighbours; no wait for a party with a promise.

    `band`: what is told of the wait (`policies.lookahead.waits`), None where none can be foreseen.
    """
    found = [*_door_options(tables, party, band), *_neighbours(tables.picture, party)]
    if party.reservation_id is None:
        return found
    waits_already = [each for each in found if each.kind != "wait"]
    return [*_own_table(tables, party), *waits_already]


def rescue_options(
    tables: Tables,
    party: RescueParty,
    forecast: Forecast,
    *,
    now_found: Sequence[RescueOption],
    prospect: Prospect | None = None,
    other_day: OtherDayTable | None = None,
) -> tuple[RescueOption, ...]:
    """Return every option, highest worth first; the first is `advised`.

    `now_found`: what is there `options_now`. A party with a promise gets these only: it is
    waiting already, and another time is a change of its reservation.
    """
    found = list(now_found)
    if party.reservation_id is None:
        found += _later(tables, party, prospect)
        if other_day is not None:
            found.append(_booking_option(other_day.yes, "other_day", other_day.picture, party))
    picture, house, now = tables.picture, tables.house, tables.now
    priced = [_priced(each, picture, house, party, forecast, now) for each in found]
    priced.sort(key=lambda each: (-each.worth, RESCUE_ORDER.index(each.kind)))
    return tuple(replace(each, advised=place == 0) for place, each in enumerate(priced))


def other_day_table(
    picture: Picture,
    house: House,
    party: RescueParty,
    wish: datetime,
    *,
    now: datetime,
    prospect: Prospect | None = None,
) -> OtherDayTable | None:
    """Return the first physical table for the party from `wish` on in another day's period."""
    found = soonest(Tables(picture, house, now), _ask(party, wish), prospect=prospect)
    physical = (yes for yes in found if yes.kind == "physical")
    return next((OtherDayTable(picture=picture, yes=yes) for yes in physical), None)


def _door_options(
    tables: Tables, party: RescueParty, band: WaitBand | None
) -> Iterator[RescueOption]:
    picture, now = tables.picture, tables.now
    found = _rehearsed(tables, party, options_by_kind(tables, party.party_size, party.needs))
    if found.wait is not None:
        wait = None if band is None else with_band(found.wait, band, tables.house)
        found = replace(found, wait=wait)
    yield from _from_door_options(found, picture, party, now)
    if party.needs.area is not None:
        anywhere = replace(party.needs, area=None)
        there = _rehearsed(tables, party, options_by_kind(tables, party.party_size, anywhere))
        elsewhere = [each for each in there.now if each.area != party.needs.area]
        for each in elsewhere[:OPTIONS_PER_KIND]:
            yield _option_at_tables(each, "area", picture, party, now)


def _rehearsed(tables: Tables, party: RescueParty, found: OptionsByKind) -> OptionsByKind:
    """Return the options with what seating the party there would do, less those it could not."""
    picture = tables.picture
    own = (e for e in picture.promises if e.reservation_id == party.reservation_id)
    who = PartyAtDoor(party_size=party.party_size, promise=next(own, None))
    held = (found.granted,) if found.granted else ()
    told = rehearsed((*held, *found.now), picture, tables.house, who, now=tables.now)
    granted = next((each for each in told if each.held_id), None)
    now = tuple(each for each in told if not each.held_id)
    return replace(found, now=least_harm_first(now), granted=granted)


def _own_table(tables: Tables, party: RescueParty) -> Iterator[RescueOption]:
    """Yield the party's own planned tables if it can be seated there now."""
    picture, house, now = tables.picture, tables.house, tables.now
    for own in picture.promises:
        if own.reservation_id != party.reservation_id or not own.tables:
            continue
        remaining = without_intentions(picture, own.reservation_id, None)
        ends = now + timedelta(minutes=minutes_promised(own))
        moved = moves_to_seat(remaining, house, party.party_size, own.tables, ends, now=now)
        if moved is not None:
            yield RescueOption(
                option_id=_id(party, "table", *own.tables),
                kind="table",
                tables=own.tables,
                starts=now,
                ends=ends,
                moves=_moves(moved, picture),
            )


def _from_door_options(
    found: OptionsByKind, picture: Picture, party: RescueParty, now: datetime
) -> Iterator[RescueOption]:
    if found.granted is not None:
        yield _option_at_tables(found.granted, "held", picture, party, now)
    kinds: dict[RescueKind, list[Option]] = {}
    for each in found.now:
        kinds.setdefault(_kind(each), []).append(each)
    for kind, offered in kinds.items():
        for each in offered[:OPTIONS_PER_KIND]:
            yield _option_at_tables(each, kind, picture, party, now)
    if found.wait is not None:
        yield _option_at_tables(found.wait, "wait", picture, party, found.wait.ready_at or now)


def _kind(option: Option) -> RescueKind:
    if not option.full_turn:
        return "shorter"
    if option.moved:
        return "move"
    return "join" if option.kind == "join" else "table"


def _option_at_tables(
    option: Option, kind: RescueKind, picture: Picture, party: RescueParty, starts: datetime
) -> RescueOption:
    return RescueOption(
        option_id=_id(party, kind, *option.tables),
        kind=kind,
        tables=option.tables,
        area=option.area,
        starts=starts,
        ends=option.turn_ends,
        wait_minutes=option.wait_minutes if kind == "wait" else None,
        wait_likely=option.wait_likely if kind == "wait" else None,
        moves=_moves(option.moved, picture),
        held_id=option.held_id,
        free_until=option.free_until,
        exposes_parties=option.exposes_parties,
    )


def _later(tables: Tables, party: RescueParty, prospect: Prospect | None) -> Iterator[RescueOption]:
    ask = _ask(party, tables.now + timedelta(minutes=GRID_MINUTES))
    for yes in soonest(tables, ask, prospect=prospect):
        kind: RescueKind = "overbook" if yes.kind == "overbooked" else "later"
        yield _booking_option(yes, kind, tables.picture, party)


def _booking_option(
    yes: Yes, kind: RescueKind, picture: Picture, party: RescueParty
) -> RescueOption:
    return RescueOption(
        option_id=_id(party, kind, yes.starts.isoformat()),
        kind=kind,
        tables=yes.tables,
        starts=yes.starts,
        ends=yes.ends,
        moves=_moves(yes.moved, picture),
        risk=yes.risk,
    )


def _neighbours(picture: Picture, party: RescueParty) -> Iterator[RescueOption]:
    near = sorted(picture.rules.neighbours, key=lambda each: (each.walk_minutes, each.key))
    for each in near[:NEIGHBOURS_AT_MOST]:
        yield RescueOption(
            option_id=_id(party, "partner", each.key), kind="partner", neighbour=each
        )


def _priced(
    option: RescueOption,
    picture: Picture,
    house: House,
    party: RescueParty,
    forecast: Forecast,
    now: datetime,
) -> RescueOption:
    usual = turn_minutes(house, party.party_size, picture.period, option.area or party.needs.area)
    worth = option_worth(option, picture.rules, usual, party.party_size, forecast, now=now)
    priced = replace(option, worth=worth)
    if priced.risk is not None:
        often = how_often(priced.risk.probability)
        priced = replace(
            priced,
            often=often,
            often_said=say(often, house.venue.locale),
            may_wait_at=None if priced.risk.told else priced.risk.tightest_at,
        )
    return replace(
        priced, sentence=sentence(priced, house, now=now), because=because(priced, house)
    )


def _ask(party: RescueParty, starts: datetime) -> Ask:
    return Ask(party_size=party.party_size, starts=starts, channel="desk", needs=party.needs)


def _moves(moved: dict[UUID, tuple[str, ...]], picture: Picture) -> tuple[MovedPromise, ...]:
    """Return the moved promises; moved slot holds and held tables are not listed."""
    return tuple(_moved(each, moved) for each in picture.promises if each.reservation_id in moved)


def _moved(promise: Promise, moved: dict[UUID, tuple[str, ...]]) -> MovedPromise:
    return MovedPromise(
        reservation_id=promise.reservation_id,
        name=promise.name,
        party_size=promise.party_size,
        starts=promise.starts,
        tables=moved[promise.reservation_id],
        from_tables=promise.tables,
        to_tables=moved[promise.reservation_id],
    )


def _id(party: RescueParty, kind: RescueKind, *what: str) -> UUID:
    return uuid5(party.rescue_id, " ".join((kind, *what)))
