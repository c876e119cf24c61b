"""How many tables a manager had better hold in each window, and the sentence that says why.

Littlewood's rule (policies/value/littlewood.py) on a period's bid prices and forecast; money in
minor units of the venue's currency.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import BidPrices, Picture
from policies.forecast.evidence import (
    DemandEvidence,
    SeenEvening,
    WalkInSpan,
    used_evenings,
    walk_in_evidence,
)
from policies.forecast.period_grid import PeriodGrid, grid_of
from policies.house.calendar import is_on, window_times
from policies.house.house import House
from policies.house.layout import WHOLE_ROOM, layout_of
from policies.house.rules import HeldWindow, ReleaseRung
from policies.numeric.intervals import ShareInterval
from policies.value.bid_prices import Pricer, Prices, UnitValues
from policies.value.hold_words import advised, rests_on, too_early
from policies.value.littlewood import (
    ClassWindow,
    ProtectionStep,
    ladder,
    requests_wanting,
    selling_price,
    walk_ins_wanting,
)
from policies.value.period_value import minor_units, unit_values
from policies.words.catalogue import say


class RungHint(Struct, frozen=True, kw_only=True):
    """So many minutes before the window, `keep` tables are still worth holding."""

    minutes_before: int
    keep: int


class HoldHint(Struct, frozen=True, kw_only=True):
    """A window and the `tables` for `seats` guests: `held` are held now, `hold` are worth it.

    `chance`, `holding`, `selling` are of the deciding table (the first not worth holding, or
    the last there is): the probability that a walk-in wants it, the value of holding it, of
    selling it. `ladder`: for the window's own rungs. `evidence`: the walk-ins of this window and
    size that were seen; `used`: on how many evenings at least `hold` (or one) of them came. Where
    the evidence is too little, nothing is advised: `hold` and what belongs to it is None.
    """

    window: str
    starts: datetime
    seats: int
    tables: int
    held: int
    evidence: DemandEvidence
    hold: int | None = None
    chance: float | None = None
    holding: int | None = None
    selling: int | None = None
    used: ShareInterval | None = None
    ladder: tuple[RungHint, ...] = ()
    sentence: str = ""


class _Inputs(Struct, frozen=True):
    picture: Picture
    house: House
    bids: BidPrices
    prices: Prices
    grid: PeriodGrid
    discretion: float
    seen: Sequence[SeenEvening]
    now: datetime


def hold_advice(
    picture: Picture, house: House, seen: Sequence[SeenEvening], *, now: datetime
) -> tuple[HoldHint, ...]:
    """Return the advice for each window of the rules and class of tables.

    `seen`: the evenings of this period's name that the forecast was learned from, the latest first.
    Empty where the period has no bid prices of this room yet.
    """
    bids = picture.prices
    if bids is None or bids.house_version != picture.period.house_version:
        return ()
    inputs = _inputs(picture, house, bids, seen, now)
    return tuple(
        hint
        for window in picture.rules.holds
        if window.period == picture.period.name and is_on(window, picture.period)
        for hint in _of_window(inputs, window)
    )


def _inputs(
    picture: Picture,
    house: House,
    bids: BidPrices,
    seen: Sequence[SeenEvening],
    now: datetime,
) -> _Inputs:
    grid, decisions = grid_of(picture.period), picture.rules.decisions
    pricer = Pricer(layout_of(house), bids.forecast, unit_values(decisions), length=grid.length)
    table = np.array(bids.table, np.float64)
    prices = Prices(table, pricer.survival, pricer.use, pricer.allowed)
    discretion = decisions.discretion_value * UnitValues().cover / decisions.cover_value
    return _Inputs(picture, house, bids, prices, grid, discretion, seen, now)


def _of_window(inputs: _Inputs, window: HeldWindow) -> Iterator[HoldHint]:
    layout = layout_of(inputs.house)
    counts = layout.groups[WHOLE_ROOM].tables.tolist()
    over = 0
    for place, seats in enumerate(layout.seats.tolist()):
        if counts[place] > 0:
            yield _hint(inputs, window, place, over, counts[place])
            over = seats


def _hint(inputs: _Inputs, window: HeldWindow, place: int, over: int, tables: int) -> HoldHint:
    picture, (starts, ends) = inputs.picture, _times(inputs, window)
    seats = int(layout_of(inputs.house).seats[place])
    span = ClassWindow(seats, over, max(inputs.grid.at(starts), 0), inputs.grid.end(ends))
    wanting = WalkInSpan(span.over, span.seats, span.first, span.last)
    hint = HoldHint(
        window=window.name,
        starts=starts,
        seats=seats,
        tables=tables,
        held=sum(each.window == window.name and each.seats == seats for each in picture.held),
        evidence=walk_in_evidence(inputs.seen, picture.period, wanting),
    )
    if hint.evidence.enough:
        return _with_sentence(inputs, _advised(inputs, window, place, span, hint))
    needed, evenings = hint.evidence.needed, hint.evidence.evenings
    few = too_early(tables=tables, seats=seats, needed=needed, evenings=evenings)
    return replace(hint, sentence=say(few, inputs.house.venue.locale))


def _times(inputs: _Inputs, window: HeldWindow) -> tuple[datetime, datetime]:
    return window_times(window, inputs.house, inputs.picture.period)


def _advised(
    inputs: _Inputs, window: HeldWindow, place: int, span: ClassWindow, hint: HoldHint
) -> HoldHint:
    left = max(0, int((hint.starts - inputs.now).total_seconds() // 60))
    today = _rungs(inputs, place, span, (ReleaseRung(minutes_before=left, keep=0),), hint.tables)
    steps = _rungs(inputs, place, span, window.ladder, hint.held)
    hold, step = today[0]
    decisions = inputs.picture.rules.decisions
    wanting = WalkInSpan(span.over, span.seats, span.first, span.last)
    return replace(
        hint,
        hold=hold.keep,
        chance=round(step.chance, 3),
        holding=minor_units(decisions, step.holding),
        selling=minor_units(decisions, step.selling),
        used=used_evenings(inputs.seen, wanting, max(hold.keep, 1)),
        ladder=tuple(rung for rung, _ in steps),
    )


def _rungs(
    inputs: _Inputs, place: int, span: ClassWindow, rungs: tuple[ReleaseRung, ...], held: int
) -> list[tuple[RungHint, ProtectionStep]]:
    cover, forecast = UnitValues().cover, inputs.bids.forecast
    found = ladder(
        rungs,
        span,
        requests_wanting(forecast, span, cover),
        walk_ins_wanting(forecast, span, cover),
        selling_price(inputs.prices, place, span),
        discretion=inputs.discretion,
        held=held,
    )
    nothing = ProtectionStep(0.0, 0.0, 0.0)
    return [
        (
            RungHint(minutes_before=each.minutes_before, keep=each.keep),
            each.advice.steps[-1] if each.advice.steps else nothing,
        )
        for each in found
    ]


def _with_sentence(inputs: _Inputs, hint: HoldHint) -> HoldHint:
    advice = advised(
        inputs.house,
        hold=hint.hold or 0,
        tables=hint.tables,
        seats=hint.seats,
        chance=hint.chance or 0.0,
        holding=hint.holding or 0,
        selling=hint.selling or 0,
    )
    used = hint.used.count if hint.used else 0
    rests = rests_on(hint.evidence, wanted=max(hint.hold or 0, 1), used=used)
    said = " ".join(say(each, inputs.house.venue.locale) for each in (advice, rests))
    return replace(hint, sentence=said)
