"""How many tables a manager had better hold in each window, and the sentence that says why.

Littlewood's rule (policies/value/littlewood.py) on a period's bid prices and forecast; money in
minor units of the venue's currency.
"""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import BidPrices, Picture
from policies.forecast.period_grid import PeriodGrid, grid_of
from policies.house.calendar import is_on, window_times
from policies.house.house import House
from policies.house.layout import WHOLE_ROOM, layout_of
from policies.house.rules import HeldWindow, ReleaseRung
from policies.house.wording import language_of, money
from policies.value.bid_prices import Pricer, Prices, UnitValues
from policies.value.littlewood import (
    ClassWindow,
    ProtectionStep,
    ladder,
    requests_wanting,
    selling_price,
    walk_ins_wanting,
)
from policies.value.period_value import minor_units, unit_values

SENTENCES = {
    "en": "Hold {hold} of {tables} tables for {seats}: that one more walk-in wants one has a chance"
    " of {chance} %, worth {holding}; on sale it brings {selling}.",
    "ru": "Придержите столов на {seats}: {hold} из {tables}. Ещё один понадобится гостям без брони"
    " с вероятностью {chance} %, это стоит {holding}; в продаже он принесёт {selling}.",
    "de": "{hold} von {tables} Tischen für {seats} zurückhalten: dass noch jemand ohne Reservierung"
    " einen will, ist zu {chance} % wahrscheinlich, das ist {holding} wert; verkauft bringt er"
    " {selling}.",
}


class RungHint(Struct, frozen=True, kw_only=True):
    """So many minutes before the window, `keep` tables are still worth holding."""

    minutes_before: int
    keep: int


class HoldHint(Struct, frozen=True, kw_only=True):
    """A window and the `tables` for `seats` guests: `held` are held now, `hold` are worth it.

    `chance`, `holding`, `selling` are of the deciding table (the first not worth holding, or
    the last there is): the probability that a walk-in wants it, the value of holding it, of
    selling it. `ladder`: for the window's own rungs.
    """

    window: str
    starts: datetime
    seats: int
    tables: int
    held: int
    hold: int
    chance: float
    holding: int
    selling: int
    ladder: tuple[RungHint, ...]
    sentence: str


class _Inputs(Struct, frozen=True):
    picture: Picture
    house: House
    bids: BidPrices
    prices: Prices
    grid: PeriodGrid
    discretion: float
    now: datetime


def hold_advice(picture: Picture, house: House, *, now: datetime) -> tuple[HoldHint, ...]:
    """Return the advice for each window of the rules and class of tables.

    Empty where the period has no bid prices of this room yet.
    """
    bids = picture.prices
    if bids is None or bids.house_version != picture.period.house_version:
        return ()
    inputs = _inputs(picture, house, bids, now)
    return tuple(
        hint
        for window in picture.rules.holds
        if window.period == picture.period.name and is_on(window, picture.period)
        for hint in _of_window(inputs, window)
    )


def _inputs(picture: Picture, house: House, bids: BidPrices, now: datetime) -> _Inputs:
    grid, decisions = grid_of(picture.period), picture.rules.decisions
    pricer = Pricer(layout_of(house), bids.forecast, unit_values(decisions), length=grid.length)
    table = np.array(bids.table, np.float64)
    prices = Prices(table, pricer.survival, pricer.use, pricer.allowed)
    discretion = decisions.discretion_value * UnitValues().cover / decisions.cover_value
    return _Inputs(picture, house, bids, prices, grid, discretion, now)


def _of_window(inputs: _Inputs, window: HeldWindow) -> Iterator[HoldHint]:
    layout = layout_of(inputs.house)
    counts = layout.groups[WHOLE_ROOM].tables.tolist()
    over = 0
    for place, seats in enumerate(layout.seats.tolist()):
        if counts[place] > 0:
            yield _hint(inputs, window, place, over, counts[place])
            over = seats


def _hint(inputs: _Inputs, window: HeldWindow, place: int, over: int, tables: int) -> HoldHint:
    starts, ends = window_times(window, inputs.house, inputs.picture.period)
    seats = int(layout_of(inputs.house).seats[place])
    span = ClassWindow(seats, over, max(inputs.grid.at(starts), 0), inputs.grid.end(ends))
    left = max(0, int((starts - inputs.now).total_seconds() // 60))
    today = _rungs(inputs, place, span, (ReleaseRung(minutes_before=left, keep=0),), tables)
    held = sum(each.window == window.name and each.seats == seats for each in inputs.picture.held)
    steps = _rungs(inputs, place, span, window.ladder, held)
    hold, step = today[0]
    decisions = inputs.picture.rules.decisions
    hint = HoldHint(
        window=window.name,
        starts=starts,
        seats=seats,
        tables=tables,
        held=held,
        hold=hold.keep,
        chance=round(step.chance, 3),
        holding=minor_units(decisions, step.holding),
        selling=minor_units(decisions, step.selling),
        ladder=tuple(rung for rung, _ in steps),
        sentence="",
    )
    return _with_sentence(hint, inputs.house)


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


def _with_sentence(hint: HoldHint, house: House) -> HoldHint:
    template = SENTENCES[language_of(house.venue.locale, SENTENCES)]
    sentence = template.format(
        hold=hint.hold,
        tables=hint.tables,
        seats=hint.seats,
        chance=round(hint.chance * 100),
        holding=money(hint.holding, house),
        selling=money(hint.selling, house),
    )
    return replace(hint, sentence=sentence)
