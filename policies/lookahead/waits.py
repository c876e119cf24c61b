"""The wait of one party: the band that every place tells, made from one version of the picture.

Where the house decides by value it is the look-ahead's (`quotes`), else the plan's
(`policies.door.waiting`).
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from policies.admission.admission import admitted_to
from policies.book.answers import Ask
from policies.book.picture import Picture
from policies.booking.kitchen import kitchen_takes_at, minutes_until
from policies.door.wait_band import WaitAsked, WaitBand
from policies.door.waiting import ahead_of, planned_band, planned_waits
from policies.forecast.forecast import Forecast
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.house.layout import layout_of
from policies.lookahead.advice import rollout_of
from policies.lookahead.from_picture import door_situation
from policies.lookahead.quotes import QuoteModel, SimulatedWait, quoted


class Belief(Struct, frozen=True):
    """What the waits of a house that decides by value are foreseen with."""

    forecast: Forecast
    model: QuoteModel


class QuotedWait(Struct, frozen=True, kw_only=True):
    """What to tell a party; `free_now`: the plan has a table for it at once.

    `simulated`: what the band was made from where the house decides by value; the model learns
    from it and from what comes.
    """

    band: WaitBand
    free_now: bool = False
    simulated: SimulatedWait | None = None


def quoted_wait(
    picture: Picture, house: House, belief: Belief | None, asked: WaitAsked, *, now: datetime
) -> QuotedWait | None:
    """Return the wait of a party, None where no table can be foreseen for it.

    `belief` None: by the plan, which knows when a promised party's table is free but no wait of
    its own (None). With the look-ahead no table is foreseen where none can seat the party, and
    before the period opens; with the plan where none is free within two hours and before the last
    seating.
    """
    line = picture
    if asked.wait_id is not None:
        line = replace(picture, waiting=ahead_of(picture, asked.wait_id))
    planned = _planned(line, house, asked, now)
    kitchen = _kitchen(line, house, asked, now)
    if kitchen is None:
        return None
    if belief is None:
        return None if planned is None else _slowed(_by_plan(planned), kitchen)
    simulated = _simulated(line, house, belief.forecast, asked, now)
    if simulated is None:
        return None
    band = quoted(simulated, belief.model)
    told = QuotedWait(band=band, free_now=planned == 0, simulated=simulated)
    return _slowed(told, kitchen)


def _kitchen(line: Picture, house: House, asked: WaitAsked, now: datetime) -> int | None:
    """Return the minutes until a slowed kitchen takes the party; None: not within two hours.

    0 for a promised party: it counts for the pace where it was promised to start.
    """
    if asked.reservation_id is not None:
        return 0
    takes = kitchen_takes_at(line, house, asked.party_size, now=now)
    return None if takes is None else minutes_until(takes, now)


def _slowed(told: QuotedWait, minutes: int) -> QuotedWait:
    """Return the wait with that for the kitchen; of one made longer nothing is learned."""
    fives = -(-minutes // GRID_MINUTES) * GRID_MINUTES
    band = WaitBand(max(told.band.likely, fives), max(told.band.latest, fives))
    if minutes == 0 or band == told.band:
        return told
    return QuotedWait(band=band)


def _planned(line: Picture, house: House, asked: WaitAsked, now: datetime) -> int | None:
    if asked.reservation_id is not None:
        return None
    (planned,) = planned_waits(line, house, ((asked.party_size, asked.needs),), now=now)
    return planned


def _by_plan(minutes: int) -> QuotedWait:
    return QuotedWait(band=planned_band(minutes), free_now=minutes == 0)


def _simulated(
    line: Picture, house: House, forecast: Forecast, asked: WaitAsked, now: datetime
) -> SimulatedWait | None:
    ask = Ask(
        party_size=asked.party_size,
        starts=now,
        channel="waitlist" if asked.reservation_id is None else "walk_in",
        needs=asked.needs,
    )
    layout, period = layout_of(house), line.period
    admitted = admitted_to(layout.room, ask.channel, (), period.period_id)
    able = len(layout.configs_for(ask.party_size, ask.needs, admitted))
    if now < period.opens or not (able or asked.reservation_id):
        return None
    situation = door_situation(
        line, ask, layout, forecast, free=frozenset(), promise=asked.reservation_id
    )
    return rollout_of(situation, line.rules).simulated_wait(situation.position)
