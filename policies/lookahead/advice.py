"""Advice for a party at the door: its options ranked by their value in the look-ahead.

Each table or join that can be offered, and letting the party wait, is simulated in the same
scenarios (`seating_rollout`). Held tables are listed but not valued: granting one is a host's
decision.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import Picture
from policies.door.by_server import ServerTurns, is_plain, kind_of
from policies.door.option import Option
from policies.door.wait_band import WaitBand
from policies.door.words import with_band, with_bands
from policies.forecast.forecast import Forecast
from policies.house.calendar import Period, turn_minutes
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.house.layout import layout_of
from policies.house.rules import Rules
from policies.lookahead.base_rule import DEFAULT_WINDOW
from policies.lookahead.from_picture import DoorSituation, door_situation
from policies.lookahead.harm import harm_of_action
from policies.lookahead.rollout import WAIT, action_values
from policies.lookahead.seating_rollout import HORIZON, TIE_MARGIN, SeatingRollout
from policies.lookahead.state import DEFAULT_PAYOFFS, Payoffs
from policies.numeric.compiled import Floats, Ints
from policies.value.period_value import minor_units, unit_values

MIN_HARM = 0.05
"""A promise is named when an action raises the probability of breaking it by at least this."""


class ThreatenedParty(Struct, frozen=True, kw_only=True):
    """The promised party that seating the party at the door would harm most.

    `chance`: rise of its probability to wait over the tolerance or to leave unseated.
    """

    party_size: int
    starts: datetime
    chance: float


class DoorAdvice(Struct, frozen=True, kw_only=True):
    """The best action: seat at `tables` now or, with `wait_minutes`, wait, likely for `tables`.

    `wait_minutes`: at the latest; `wait_likely`: the likely wait.

    `gain`: its value above the second best action, minor currency units; `instead`: the tables of
    the second best, empty when that is to wait. `threatened`: set for a wait only.
    """

    tables: tuple[str, ...]
    gain: int
    instead: tuple[str, ...]
    wait_minutes: int | None = None
    wait_likely: int | None = None
    threatened: ThreatenedParty | None = None


class AdvisedOptions(Struct, frozen=True, kw_only=True):
    """Options by descending value, and advice where there was a choice."""

    options: tuple[Option, ...]
    advice: DoorAdvice | None = None


class _WeighedOptions(Struct, frozen=True):
    """The table options that were simulated; `values` [A + 1]: theirs, then that of waiting."""

    situation: DoorSituation
    rollout: SeatingRollout
    ask: Ask
    house: House
    period: Period
    rules: Rules
    offered: tuple[Option, ...]
    rows: Ints
    values: Floats
    turns: ServerTurns | None = None


def advise(
    picture: Picture,
    house: House,
    forecast: Forecast,
    band: WaitBand | None,
    offered: tuple[Option, ...],
    *,
    ask: Ask,
    promise: UUID | None = None,
    turns: ServerTurns | None = None,
) -> AdvisedOptions:
    """Return the options that `policies.door.options` offered, best first; a wait may go.

    `ask`: the party, starting now; `promise`: its arrived reservation, if it has one.

    `Option.worth`: value below the best option, minor units (zero or negative); within
    `TIE_MARGIN` the table that wastes fewest seats counts as the best. A wait worth more than
    every table is added to the options. A wait among them is told as `band` says
    (`policies.lookahead.waits`), and dropped where it is None; its `ready_at` stays the time from
    the plan. `turns`: where there are sections, of the tables within the margin that waste as few
    seats, that of the server who is next counts as the best; one that would be the third at its
    station within ten minutes only where all within the margin would.
    """
    tables = [each for each in offered if each.kind != "wait" and each.held_id is None]
    free = frozenset(name for each in tables for name in each.tables)
    situation = door_situation(picture, ask, layout_of(house), forecast, free=free, promise=promise)
    weighing = _weigh(situation, ask, house, picture, tables, turns)
    options = with_bands(offered, band, house)
    if not weighing.offered:
        return AdvisedOptions(options=options)
    return _advised_options(weighing, options, band)


def payoffs_of(rules: Rules) -> Payoffs:
    """Return the manager's money in the look-ahead's unit (a cover is worth 50).

    `caution` is the weight of walked parties in the ledger (2.5 by default); the look-ahead was
    tuned with twice that weight.
    """
    worth, decisions = unit_values(rules.decisions), rules.decisions
    return DEFAULT_PAYOFFS._replace(
        cover=worth.cover,
        gesture=worth.late,
        walked=worth.walked,
        tolerance=rules.overbooking.tolerance_minutes // GRID_MINUTES,
        walk_weight=2.0 * decisions.caution,
    )


def rollout_of(situation: DoorSituation, rules: Rules, length: int = HORIZON) -> SeatingRollout:
    """Return the look-ahead; tables out of use or held back count as taken until they are free."""
    rollout = SeatingRollout(
        situation.room,
        situation.state,
        situation.forecast,
        payoffs_of(rules),
        DEFAULT_WINDOW,
        length,
    )
    shut = situation.busy > 0
    sat = situation.state.occupied >= 0
    rollout.scenario_set.until[:, shut & ~sat] = situation.busy[shut & ~sat]
    return rollout


def _weigh(
    situation: DoorSituation,
    ask: Ask,
    house: House,
    picture: Picture,
    tables: Sequence[Option],
    turns: ServerTurns | None,
) -> _WeighedOptions:
    period, rules = picture.period, picture.rules
    rollout = rollout_of(situation, rules)
    rows = [(each, _config_of(situation, ask, each)) for each in tables]
    able = [(each, row) for each, row in rows if row is not None and _is_free(rollout, row)]
    actions = np.array([*(row for _, row in able), WAIT], np.int64)
    values = np.zeros(1)
    if able:
        where = (situation.state.now, situation.position)
        values = action_values(
            situation.room,
            rollout.board,
            rollout.scenario_set,
            rollout.decided,
            rollout.work,
            where,
            actions,
            rollout.payoffs,
        )
    offered = tuple(each for each, _ in able)
    return _WeighedOptions(
        situation, rollout, ask, house, period, rules, offered, actions, values, turns
    )


def _config_of(situation: DoorSituation, ask: Ask, option: Option) -> int | None:
    """Return the configuration (row) of the option's tables, None if it does not seat the party."""
    seat = situation.layout.room.table_set(option.tables)
    for row in situation.layout.configs_for(ask.party_size, ask.needs).tolist():
        places = situation.layout.configs[row]
        if tuple(places[places >= 0].tolist()) == seat:
            return int(row)
    return None


def _is_free(rollout: SeatingRollout, row: int) -> bool:
    places = rollout.room.configs[row]
    return bool((rollout.scenario_set.until[0, places[places >= 0]] <= 0).all())


def _advised_options(
    weighing: _WeighedOptions, options: tuple[Option, ...], band: WaitBand | None
) -> AdvisedOptions:
    best = _best(weighing)
    waits = best == len(weighing.offered)
    likely, threatened = _why_wait(weighing) if waits else ((), None)
    meant = next((each.tables for each in options if each.kind == "wait"), ())
    if waits and likely and not meant and band is not None:
        options = (*options, _wait_option(weighing, likely, band))
    decisions = weighing.rules.decisions
    behind = [
        min(0, minor_units(decisions, float(each - weighing.values[best])))
        for each in weighing.values
    ]
    second = next(
        each
        for each in np.argsort(-weighing.values, kind="stable").tolist()
        if each not in _same_offer(weighing, best)
    )
    advice = DoorAdvice(
        tables=(meant or likely) if waits else weighing.offered[best].tables,
        gain=-behind[second],
        instead=() if second == len(weighing.offered) else weighing.offered[second].tables,
        wait_minutes=band.latest if waits and band else None,
        wait_likely=band.likely if waits and band else None,
        threatened=threatened,
    )
    options = _in_order(weighing, options, behind, best)
    foreseen = band is not None or not waits
    return AdvisedOptions(
        options=options, advice=advice if options[0].advised and foreseen else None
    )


def _best(weighing: _WeighedOptions) -> int:
    """Return the smallest table within TIE_MARGIN of the highest value, else the wait."""
    wait = len(weighing.offered)
    near = np.flatnonzero(weighing.values >= weighing.values.max() - TIE_MARGIN)
    tables = [int(each) for each in near if each != wait]
    offered, turns = weighing.offered, weighing.turns

    def wasted(place: int) -> tuple[bool, int, int, bool, int]:
        option = offered[place]
        seats, joined = option.seats, len(option.tables)
        if turns is None:
            return False, seats, joined, False, 0
        presses, turn = turns.presses(option.tables), turns.place(option.tables)
        return presses, seats, joined, not is_plain(option), turn

    return min(tables, key=wasted, default=wait)


def _same_offer(weighing: _WeighedOptions, best: int) -> frozenset[int]:
    """Return the best and, where servers take turns, the equal tables it was chosen from."""
    offered = weighing.offered
    if weighing.turns is None or best == len(offered) or not is_plain(offered[best]):
        return frozenset({best})
    alike = (is_plain(each) and kind_of(each) == kind_of(offered[best]) for each in offered)
    return frozenset(place for place, same in enumerate(alike) if same)


def _in_order(
    weighing: _WeighedOptions, options: tuple[Option, ...], behind: list[int], best: int
) -> tuple[Option, ...]:
    """Return the options by descending value; those without a value come last."""
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
    for option in sorted(options, key=first):
        place = place_of(option)
        worth = None if place is None else behind[place]
        ordered.append(replace(option, worth=worth, advised=place == best))
    return tuple(ordered)


def _why_wait(weighing: _WeighedOptions) -> tuple[tuple[str, ...], ThreatenedParty | None]:
    """Return the tables a wait most often ends at, and the party that seating now harms most."""
    seat = int(weighing.rows[int(np.argmax(weighing.values[:-1]))])
    if_seated, _ = _harm(weighing, seat)
    if_waiting, sits = _harm(weighing, WAIT)
    harm = if_seated - if_waiting
    worst = int(np.argmax(harm))
    threatened = None
    if harm[worst] >= MIN_HARM:
        party = weighing.situation.promised[worst]
        threatened = ThreatenedParty(
            party_size=party.size, starts=party.starts, chance=round(float(harm[worst]), 3)
        )
    return _most_often(weighing.situation, sits), threatened


def _harm(weighing: _WeighedOptions, action: int) -> tuple[Floats, Ints]:
    situation, rollout = weighing.situation, weighing.rollout
    state = situation.state
    where = (state.now, len(state.queue.key), situation.position, action)
    coming = (state.expected, state.in_minutes(), situation.forecast)
    return harm_of_action(
        situation.room,
        rollout.board,
        rollout.scenario_set,
        rollout.decided,
        rollout.work,
        where,
        coming,
    )


def _most_often(situation: DoorSituation, sits: Ints) -> tuple[str, ...]:
    rows, counts = np.unique(sits[sits >= 0], return_counts=True)
    if len(rows) == 0:
        return ()
    places = situation.room.configs[rows[int(np.argmax(counts))]]
    return situation.layout.room.names(tuple(places[places >= 0].tolist()))


def _wait_option(weighing: _WeighedOptions, tables: tuple[str, ...], band: WaitBand) -> Option:
    room = weighing.situation.layout.room
    seat = room.table_set(tables) or ()
    ready_at = weighing.ask.starts + timedelta(minutes=band.likely)
    area = room.tables[seat[0]].area
    turn = turn_minutes(weighing.house, weighing.ask.party_size, weighing.period, area)
    wait = Option(
        kind="wait",
        tables=tables,
        area=area,
        seats=room.capacity(seat),
        turn_ends=ready_at + timedelta(minutes=turn),
        full_turn=True,
        moved={},
        sentence="",
        ready_at=ready_at,
    )
    return with_band(wait, band, weighing.house)
