"""A frontier made up for tests: money and waits grow along the knob by round figures."""

from __future__ import annotations

from policies.value.frontier.frontier import Frontier, FrontierLoad, FrontierPoint, NightMean
from policies.value.frontier.positions import POSITIONS, USUAL, KnobPosition

STEP = 0.02
"""Share of the booked parties that wait more at the next position, from 0 at the first."""


def made_up_frontier() -> Frontier:
    """Two, four and six requests for each of fifty tables."""
    loads = tuple(
        FrontierLoad(requests=requests, walk_ins=40.0, points=tuple(map(_point, POSITIONS)))
        for requests in (100.0, 200.0, 300.0)
    )
    return Frontier(command="a test", first_seed=1, nights=12, tables=50, loads=loads)


def _point(position: KnobPosition) -> FrontierPoint:
    place = POSITIONS.index(position)
    usual = [each.name for each in POSITIONS].index(USUAL)
    return FrontierPoint(
        position=position,
        net=NightMean(mean=1.0 * (place - usual), error=0.4),
        walked=NightMean(mean=0.25 * place, error=0.1),
        waiting=NightMean(mean=2.0 * place, error=0.5),
        booked=100.0,
        walked_share=NightMean(mean=STEP / 8 * place, error=0.001),
        waiting_share=NightMean(mean=STEP * place, error=0.005),
    )
