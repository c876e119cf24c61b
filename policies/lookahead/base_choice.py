"""The base rule at the door of a house that does not decide by value: what it would do now.

One step of `base_rule` on the picture as it is, without scenarios: tables are kept for promised
parties that wait or are due soon, joins for large ones, and who came first sits first.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import numpy as np
from msgspec import Struct

from policies.book.answers import Ask
from policies.book.picture import Picture
from policies.door.option import Option
from policies.forecast.forecast import Forecast
from policies.house.house import House
from policies.house.layout import layout_of
from policies.house.room import TableSet
from policies.lookahead.base_rule import (
    ARRIVES,
    DUE,
    KIND,
    LEAVES,
    NOT_ARRIVED,
    ON_TIME,
    PROMISED,
    SIZE,
    STAY,
    SimulationRun,
    simulate,
)
from policies.lookahead.board import new_board, reset_board
from policies.lookahead.from_picture import DoorSituation, door_situation
from policies.lookahead.state import FREE
from policies.numeric.compiled import Flags, Ints

AHEAD, GRACE = 20, 15
"""Minutes before its start from which a promise keeps a table, and after it until which."""

_NOT_READ: Final = Forecast()
"""Stands for the forecast of a situation: the base rule draws nothing."""

_FOR_LONG = 1 << 20


class KeptFor(Struct, frozen=True, kw_only=True):
    """Whom the free tables are kept for: promised parties, how many, and when the last is due.

    `parties` 0: others who wait came first.
    """

    parties: int
    by: datetime


class BaseChoice(Struct, frozen=True, kw_only=True):
    """Options as the base rule orders them; `kept_for`: where it has the party wait."""

    options: tuple[Option, ...]
    kept_for: KeptFor | None = None


def by_base_rule(
    picture: Picture,
    house: House,
    offered: tuple[Option, ...],
    *,
    ask: Ask,
    waits: UUID | None = None,
) -> BaseChoice:
    """Return the options with the kind of table the base rule takes first, or a wait first.

    `ask`: the party, starting now. `waits`: its arrived reservation or its entry on the list, by
    which it has its place in the queue; None: it is the last. A party that no table seats, and one
    that a table was called for, is not in the queue: its options stay as they are.
    """
    tables = [each for each in offered if each.kind not in {"wait", "split"} and not each.held_id]
    if not tables:
        return BaseChoice(options=offered)
    free = frozenset(name for each in tables for name in each.tables)
    try:
        situation = door_situation(
            picture, ask, layout_of(house), _NOT_READ, free=free, promise=waits, scenarios=1
        )
    except ValueError:  # others are in the queue, it is not
        return BaseChoice(options=offered)
    if situation.position < 0:  # nobody is
        return BaseChoice(options=offered)
    taken = _taken(situation, picture.rules.overbooking.tolerance_minutes)
    if taken is None:
        first = tuple(each for each in offered if each.kind == "wait")
        return BaseChoice(options=_first(offered, first), kept_for=_kept_for(situation, ask))
    return BaseChoice(options=_first(offered, _of_kind(situation, tables, taken)))


def _first(offered: tuple[Option, ...], first: tuple[Option, ...]) -> tuple[Option, ...]:
    return (*first, *(each for each in offered if each not in first))


def _of_kind(situation: DoorSituation, tables: list[Option], taken: TableSet) -> tuple[Option, ...]:
    """Return the options at tables of the kind taken: as many, with as many seats."""
    kind = len(taken), situation.layout.room.capacity(taken)
    return tuple(each for each in tables if (len(each.tables), each.seats) == kind)


def _taken(situation: DoorSituation, tolerance: int) -> TableSet | None:
    """Return the tables the base rule gives the party at the door now, None where it waits."""
    room, state, position = situation.room, situation.state, situation.position
    parties = len(state.queue.key)
    board = new_board(room, 1, parties)
    busy = (state.occupied != FREE) | (situation.busy > 0)
    reset_board(room, board, np.where(busy, _FOR_LONG, 0))
    seated = np.full(parties, NOT_ARRIVED, np.int64)
    rows = np.full(parties, -1, np.int64)
    run = SimulationRun(_crowd(situation, tolerance), _due(situation), seated, rows)
    simulate(room, board, run, state.in_minutes().now, -1)
    if seated[position] < 0:
        return None
    places = room.configs[rows[position]]
    return tuple(places[places >= 0].tolist())


def _crowd(situation: DoorSituation, tolerance: int) -> Ints:
    queue, minutes = situation.state.queue, situation.state.in_minutes()
    crowd = np.zeros((len(queue.key), 8), np.int64)
    crowd[:, ARRIVES] = minutes.now
    crowd[:, KIND], crowd[:, SIZE] = queue.kind, queue.size
    crowd[:, DUE], crowd[:, ON_TIME] = minutes.due, minutes.due + tolerance
    crowd[:, LEAVES] = crowd[:, STAY] = _FOR_LONG
    crowd[:, PROMISED] = queue.promised
    return crowd


def _near(situation: DoorSituation) -> Flags:
    """Tell of each expected party [E] whether a table is kept for it now."""
    minutes = situation.state.in_minutes()
    near: Flags = (minutes.start - AHEAD <= minutes.now) & (minutes.now <= minutes.start + GRACE)
    return near


def _due(situation: DoorSituation) -> Ints:
    """Return the promised parties due soon and not here, by class [1, K]."""
    room, expected = situation.room, situation.state.expected
    due = np.zeros((1, len(room.tables)), np.int64)
    np.add.at(due[0], room.kind_class[expected.kind[_near(situation)]], 1)
    return due


def _kept_for(situation: DoorSituation, ask: Ask) -> KeptFor:
    queue = situation.state.queue
    coming = situation.promised[len(queue.key) :]
    here = [
        party
        for place, party in enumerate(situation.promised[: len(queue.key)])
        if queue.promised[place] and place != situation.position
    ]
    due = [party for party, near in zip(coming, _near(situation), strict=True) if near]
    parties = [*here, *due]
    return KeptFor(
        parties=len(parties), by=max((each.starts for each in parties), default=ask.starts)
    )
