"""The frontier as a manager is shown it: every position in words, and where the house stands."""

from collections.abc import Sequence

from msgspec import Struct

from policies.house.house import House
from policies.house.rules import Rules
from policies.value.frontier.frontier import (
    Frontier,
    FrontierFigures,
    FrontierLoad,
    FrontierPoint,
    better_than,
    figures_at,
)
from policies.value.frontier.house_evenings import HouseEvening, HouseEvenings, house_evenings
from policies.value.frontier.positions import USUAL, KnobPlace, place_of
from policies.value.frontier.words import (
    of_better,
    of_evenings,
    of_nights,
    of_place,
    of_point,
    provisos,
    title_of,
)
from policies.words.catalogue import say

BUSY = 1
"""The load shown to a house that does not know its own, of the frontier's loads."""


class PositionReport(Struct, frozen=True, kw_only=True):
    """A position of the knob by its title, what it brings and costs, and the same as a sentence."""

    title: str
    usual: bool
    point: FrontierPoint
    sentence: str


class FrontierReport(Struct, frozen=True, kw_only=True):
    """The frontier at a load, and where the house stands on it.

    `loads`: requests a night at each load, of which `load` is the index of the one shown: the
    nearest to the house's own by requests for each table. `place`: of the rules in force today;
    `drawn`: what the frontier says there. `own`: what came of the house's evenings.
    """

    nights: int
    tables: int
    loads: tuple[float, ...]
    load: int
    positions: tuple[PositionReport, ...]
    place: KnobPlace
    drawn: FrontierFigures
    own: HouseEvenings
    sentences: tuple[str, ...]


def frontier_report(
    measured: Frontier,
    house: House,
    rules: Rules,
    seen: Sequence[HouseEvening],
    *,
    language: str,
    load: int | None = None,
) -> FrontierReport:
    """Return what the manager of a house is shown, in a language; `load`: to show another.

    `rules`: in force today. `seen`: the closed evenings of the last half year. Raises IndexError
    for a load there is not.
    """
    own = house_evenings(seen)
    shown = _like(measured, house, own) if load is None else load
    drawn, place = measured.loads[shown], place_of(rules)
    there = figures_at(drawn, place.place)
    better = better_than(drawn, place.place)
    said = (
        of_place(place),
        *((of_better(better),) if better else ()),
        of_evenings(own, there),
        *provisos(rules),
        of_nights(measured, drawn, house, own),
    )
    return FrontierReport(
        nights=measured.nights,
        tables=measured.tables,
        loads=tuple(each.requests for each in measured.loads),
        load=shown,
        positions=_positions(drawn, language),
        place=place,
        drawn=there,
        own=own,
        sentences=tuple(say(each, language) for each in said),
    )


def _positions(drawn: FrontierLoad, language: str) -> tuple[PositionReport, ...]:
    return tuple(
        PositionReport(
            title=say(title_of(point.position.name), language),
            usual=point.position.name == USUAL,
            point=point,
            sentence=say(of_point(point), language),
        )
        for point in drawn.points
    )


def _like(measured: Frontier, house: House, own: HouseEvenings) -> int:
    if own.requests is None:
        return BUSY
    return measured.load_like(own.requests / len(house.tables))
