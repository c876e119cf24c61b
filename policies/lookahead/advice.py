"""What to do with a party at the door: the options weighed in the futures that may follow.

Each table or join that can be offered, and to let the party wait, is played out in the same
scenarios (policies/lookahead/seating_rollout.py). A held table is not weighed: to grant one is a person's gift.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import Picture
from policies.door.option import Option
from policies.forecast.forecast import Forecast
from policies.house.calendar import turn_minutes
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.house.layout import layout_of
from policies.house.room import Needs
from policies.house.rules import Rules
from policies.lookahead.base_rule import USUAL_RULE
from policies.lookahead.from_picture import AtDoor, at_door
from policies.lookahead.harm import harm
from policies.lookahead.quotes import Quote, QuoteScales, quote
from policies.lookahead.rollout import WAIT, weigh
from policies.lookahead.seating_rollout import EVEN, Door
from policies.lookahead.state import USUAL, Stakes
from policies.numeric.compiled import Floats, Ints
from policies.value.period_value import minor, worth_of

LEAST_HARM = 0.05
"""A promise is named when an action makes it so much likelier to be broken."""


class Threatened(Struct, frozen=True, kw_only=True):
    """The promised party that seating the one at the door would cost most.

    `chance`: by how much likelier it would wait over the tolerance, or leave.
    """

    party_size: int
    starts: datetime
    chance: float


class DoorAdvice(Struct, frozen=True, kw_only=True):
    """What is worth most: these tables now, or (with `wait_minutes`) a wait likely to end there.

    `gain`: how much more it brings than the next best, minor units; `instead` are that one's
    tables, none when it is to wait. `threatened`: told of a wait only.
    """

    tables: tuple[str, ...]
    gain: int
    instead: tuple[str, ...]
    wait_minutes: int | None = None
    threatened: Threatened | None = None


class Advised(Struct, frozen=True, kw_only=True):
    """The options by value, the quote for a wait, and the advice where there was a choice."""

    options: tuple[Option, ...]
    quoted: Quote
    advice: DoorAdvice | None = None


class _Weighing(Struct, frozen=True):
    """The table options that were weighed, with the values of each, then of a wait [A + 1]."""

    met: AtDoor
    door: Door
    ask: Ask
    house: House
    rules: Rules
    offered: tuple[Option, ...]
    rows: Ints
    values: Floats


def advise(
    picture: Picture,
    house: House,
    forecast: Forecast,
    scales: QuoteScales,
    offered: tuple[Option, ...],
    *,
    ask: Ask,
    promise: UUID | None = None,
) -> Advised:
    """Return what `policies.door.options` offered, the best first, all of it still there.

    `ask`: the party, now; `promise`: its arrived reservation, if it has one.

    `Option.worth` tells what an option brings less than the best, in minor units; of about equal
    ones the table that wastes fewest seats is the best. A wait that
    is worth more than every table joins the options; a wait among them gets the look-ahead's
    quote, which is an estimate: `ready_at` stays what the plan can do.
    """
    tables = [each for each in offered if each.kind != "wait" and each.held_id is None]
    free = frozenset(name for each in tables for name in each.tables)
    met = at_door(picture, ask, layout_of(house), forecast, free=free, promise=promise)
    weighing = _weighed(met, ask, house, picture.rules, tables)
    quoted = quote(weighing.door.wait_ahead(met.position), scales)
    told = tuple(_quoted(each, quoted) for each in offered)
    if not weighing.offered:
        return Advised(options=told, quoted=quoted)
    return _advised(weighing, told, quoted)


def quote_for(
    picture: Picture,
    house: House,
    forecast: Forecast,
    scales: QuoteScales,
    *,
    party_size: int,
    needs: Needs,
    now: datetime,
) -> Quote | None:
    """Return the wait to tell a party that joins the waitlist.

    None for whom no table is, and before the doors open.
    """
    ask = Ask(party_size=party_size, starts=now, channel="waitlist", needs=needs)
    layout = layout_of(house)
    if now < picture.period.opens or not len(layout.kind(party_size, needs)):
        return None
    met = at_door(picture, ask, layout, forecast, free=frozenset())
    return quote(_door(met, picture.rules).wait_ahead(met.position), scales)


def stakes_of(rules: Rules) -> Stakes:
    """Return the manager's money in the unit of the look-ahead, a cover being worth 50.

    `caution` weighs broken promises as the ledger does; what the look-ahead was tuned to is twice
    that (5 at the usual 2.5).
    """
    worth, decisions = worth_of(rules.decisions), rules.decisions
    return USUAL._replace(
        cover=worth.cover,
        gesture=worth.late,
        walked=worth.walked,
        tolerance=rules.overbooking.tolerance_minutes // GRID_MINUTES,
        walk_weight=2.0 * decisions.caution,
    )


def _door(met: AtDoor, rules: Rules) -> Door:
    """Return the look-ahead, with the tables out of use or held back taken until they are not."""
    door = Door(met.room, met.state, met.beliefs, stakes_of(rules), USUAL_RULE)
    shut = met.busy > 0
    sat = met.state.occupied >= 0
    door.outlook.until[:, shut & ~sat] = met.busy[shut & ~sat]
    return door


def _weighed(
    met: AtDoor, ask: Ask, house: House, rules: Rules, tables: Sequence[Option]
) -> _Weighing:
    door = _door(met, rules)
    rows = [(each, _row(met, ask, each)) for each in tables]
    able = [(each, row) for each, row in rows if row is not None and _is_free(door, row)]
    actions = np.array([*(row for _, row in able), WAIT], np.int64)
    values = np.zeros(1)
    if able:
        where = (met.state.now, met.position)
        values = weigh(
            met.room, door.board, door.outlook, door.known, door.work, where, actions, door.stakes
        )
    offered = tuple(each for each, _ in able)
    return _Weighing(met, door, ask, house, rules, offered, actions, values)


def _row(met: AtDoor, ask: Ask, option: Option) -> int | None:
    """Return the configuration of these tables among those for such a party."""
    seat = met.layout.room.seat(option.tables)
    for row in met.layout.kind(ask.party_size, ask.needs).tolist():
        places = met.layout.configs[row]
        if tuple(places[places >= 0].tolist()) == seat:
            return int(row)
    return None


def _is_free(door: Door, row: int) -> bool:
    places = door.room.configs[row]
    return bool((door.outlook.until[0, places[places >= 0]] <= 0).all())


def _quoted(option: Option, quoted: Quote) -> Option:
    if option.kind != "wait":
        return option
    return replace(
        option,
        wait_minutes=quoted.minutes,
        sentence=f"About {quoted.minutes} minutes' wait, by our estimate.",
    )


def _advised(weighing: _Weighing, told: tuple[Option, ...], quoted: Quote) -> Advised:
    best = _best(weighing)
    waits = best == len(weighing.offered)
    likely, threatened = _foreseen(weighing) if waits else ((), None)
    meant = next((each.tables for each in told if each.kind == "wait"), ())
    if waits and likely and not meant:
        told = (*told, _a_wait(weighing, likely, quoted))
    decisions = weighing.rules.decisions
    behind = [
        min(0, minor(decisions, float(each - weighing.values[best]))) for each in weighing.values
    ]
    second = next(
        int(each) for each in np.argsort(-weighing.values, kind="stable") if int(each) != best
    )
    advice = DoorAdvice(
        tables=(meant or likely) if waits else weighing.offered[best].tables,
        gain=-behind[second],
        instead=() if second == len(weighing.offered) else weighing.offered[second].tables,
        wait_minutes=quoted.minutes if waits else None,
        threatened=threatened,
    )
    options = _in_order(weighing, told, behind, best)
    return Advised(options=options, quoted=quoted, advice=advice if options[0].advised else None)


def _best(weighing: _Weighing) -> int:
    """Return the most valuable action, of about equal ones the table that wastes fewest seats."""
    wait = len(weighing.offered)
    near = np.flatnonzero(weighing.values >= weighing.values.max() - EVEN)
    tables = [int(each) for each in near if each != wait]
    offered = weighing.offered
    return min(
        tables, key=lambda each: (offered[each].seats, len(offered[each].tables)), default=wait
    )


def _in_order(
    weighing: _Weighing, told: tuple[Option, ...], behind: list[int], best: int
) -> tuple[Option, ...]:
    """Return the options by what they are worth; those not weighed come last."""
    wait = len(weighing.offered)
    places = {each.tables: place for place, each in enumerate(weighing.offered)}

    def place_of(option: Option) -> int | None:
        if option.kind == "wait":
            return wait
        return None if option.held_id else places.get(option.tables)

    def key(option: Option) -> float:
        place = place_of(option)
        return float("inf") if place is None else -float(weighing.values[place])

    def first(option: Option) -> tuple[bool, float]:
        return place_of(option) != best, key(option)

    ordered = []
    for option in sorted(told, key=first):
        place = place_of(option)
        worth = None if place is None else behind[place]
        ordered.append(replace(option, worth=worth, advised=place == best))
    return tuple(ordered)


def _foreseen(weighing: _Weighing) -> tuple[tuple[str, ...], Threatened | None]:
    """Return where a waiting party most often sits, and whom seating it now would cost most."""
    seat = int(weighing.rows[int(np.argmax(weighing.values[:-1]))])
    now_down, _ = _harm(weighing, seat)
    wait_down, sits = _harm(weighing, WAIT)
    more = now_down - wait_down
    worst = int(np.argmax(more))
    threatened = None
    if more[worst] >= LEAST_HARM:
        party = weighing.met.promised[worst]
        threatened = Threatened(
            party_size=party.size, starts=party.starts, chance=round(float(more[worst]), 3)
        )
    return _most_often(weighing.met, sits), threatened


def _harm(weighing: _Weighing, action: int) -> tuple[Floats, Ints]:
    met, door = weighing.met, weighing.door
    where = (met.state.now, met.position, action)
    coming = (met.state.expected, met.beliefs)
    tolerance = door.stakes.tolerance
    return harm(met.room, door.board, door.outlook, door.known, door.work, where, coming, tolerance)


def _most_often(met: AtDoor, sits: Ints) -> tuple[str, ...]:
    rows, counts = np.unique(sits[sits >= 0], return_counts=True)
    if len(rows) == 0:
        return ()
    places = met.room.configs[rows[int(np.argmax(counts))]]
    return met.layout.room.names(tuple(places[places >= 0].tolist()))


def _a_wait(weighing: _Weighing, tables: tuple[str, ...], quoted: Quote) -> Option:
    room = weighing.met.layout.room
    seat = room.seat(tables) or ()
    ready_at = weighing.ask.starts + timedelta(minutes=quoted.minutes)
    turn = turn_minutes(weighing.house, weighing.ask.party_size)
    wait = Option(
        kind="wait",
        tables=tables,
        area=room.tables[seat[0]].area,
        seats=room.capacity(seat),
        free_until=ready_at + timedelta(minutes=turn),
        full_turn=True,
        moved={},
        sentence="",
        ready_at=ready_at,
    )
    return _quoted(wait, quoted)
