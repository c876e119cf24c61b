"""How many tables a manager had better hold back in each window, and the sentence that says why.

Numbers by policies/value/littlewood.py (Littlewood) from a period's bid prices and beliefs; told in minor
units of the venue's currency.
"""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import BidPrices, Picture
from policies.forecast.period_grid import EveningGrid, grid_of
from policies.house.calendar import WEEK, window_times
from policies.house.house import House
from policies.house.layout import WHOLE_ROOM, layout_of
from policies.house.rules import HeldWindow, Rung
from policies.house.wording import WHOLE_UNITS
from policies.value.bid_prices import Pricer, Prices, Worth
from policies.value.littlewood import (
    Peak,
    Step,
    ladder,
    requests_wanting,
    selling_price,
    walk_ins_wanting,
)
from policies.value.period_value import minor, worth_of

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
    """In a window, of the `tables` for `seats` guests: `held` are held, `hold` are worth it now.

    Of the table that decided (the first not worth holding, or the last there is): the `chance`
    that a walk-in wants it, what `holding` and `selling` it are worth. `ladder`: for the window's
    own rungs.
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


class _Market(Struct, frozen=True):
    picture: Picture
    house: House
    bids: BidPrices
    prices: Prices
    grid: EveningGrid
    discretion: float
    now: datetime


def hold_advice(picture: Picture, house: House, *, now: datetime) -> tuple[HoldHint, ...]:
    """Return the advice for each window of the rules and class of tables.

    Nothing where the period has no bid prices of this room yet.
    """
    bids = picture.prices
    if bids is None or bids.house_version != picture.period.house_version:
        return ()
    market = _market(picture, house, bids, now)
    return tuple(
        hint
        for window in picture.rules.holds
        if window.period == picture.period.name and _served(window, picture)
        for hint in _of_window(market, window)
    )


def _market(picture: Picture, house: House, bids: BidPrices, now: datetime) -> _Market:
    grid, decisions = grid_of(picture.period), picture.rules.decisions
    read = Pricer(layout_of(house), bids.forecast, worth_of(decisions), length=grid.length)
    table = np.array(bids.table, np.float64)
    prices = Prices(table, read.survival, read.use, read.allowed)
    discretion = decisions.discretion_value * Worth().cover / decisions.cover_value
    return _Market(picture, house, bids, prices, grid, discretion, now)


def _served(window: HeldWindow, picture: Picture) -> bool:
    return not window.days or WEEK[picture.period.service_date.weekday()] in window.days


def _of_window(market: _Market, window: HeldWindow) -> Iterator[HoldHint]:
    layout = layout_of(market.house)
    counts = layout.groups[WHOLE_ROOM].tables.tolist()
    over = 0
    for place, seats in enumerate(layout.seats.tolist()):
        if counts[place] > 0:
            yield _hint(market, window, place, over, counts[place])
            over = seats


def _hint(market: _Market, window: HeldWindow, place: int, over: int, tables: int) -> HoldHint:
    starts, ends = window_times(window, market.house, market.picture.period)
    seats = int(layout_of(market.house).seats[place])
    peak = Peak(seats, over, max(market.grid.at(starts), 0), market.grid.end(ends))
    left = max(0, int((starts - market.now).total_seconds() // 60))
    today = _rungs(market, place, peak, (Rung(minutes_before=left, keep=0),), tables)
    held = sum(each.window == window.name and each.seats == seats for each in market.picture.held)
    steps = _rungs(market, place, peak, window.ladder, held)
    hold, step = today[0]
    decisions = market.picture.rules.decisions
    hint = HoldHint(
        window=window.name,
        starts=starts,
        seats=seats,
        tables=tables,
        held=held,
        hold=hold.keep,
        chance=round(step.chance, 3),
        holding=minor(decisions, step.holding),
        selling=minor(decisions, step.selling),
        ladder=tuple(rung for rung, _ in steps),
        sentence="",
    )
    return _said(hint, market.house)


def _rungs(
    market: _Market, place: int, peak: Peak, rungs: tuple[Rung, ...], held: int
) -> list[tuple[RungHint, Step]]:
    cover, forecast = Worth().cover, market.bids.forecast
    found = ladder(
        rungs,
        peak,
        requests_wanting(forecast, peak, cover),
        walk_ins_wanting(forecast, peak, cover),
        selling_price(market.prices, place, peak),
        discretion=market.discretion,
        held=held,
    )
    nothing = Step(0.0, 0.0, 0.0)
    return [
        (
            RungHint(minutes_before=each.minutes_before, keep=each.keep),
            each.advice.steps[-1] if each.advice.steps else nothing,
        )
        for each in found
    ]


def _said(hint: HoldHint, house: House) -> HoldHint:
    form = SENTENCES.get(house.venue.locale[:2].lower(), SENTENCES["en"])
    sentence = form.format(
        hold=hint.hold,
        tables=hint.tables,
        seats=hint.seats,
        chance=round(hint.chance * 100),
        holding=_money(hint.holding, house),
        selling=_money(hint.selling, house),
    )
    return replace(hint, sentence=sentence)


def _money(amount: int, house: House) -> str:
    currency = house.venue.currency
    return f"{amount} {currency}" if currency in WHOLE_UNITS else f"{amount / 100:.2f} {currency}"
