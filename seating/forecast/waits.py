"""The waits told of a period: made once a version and 5 minutes, read by every place that tells.

The door, a rescue, the list, the guest's page, booking sites and partners all ask here, so that one
party at one instant hears one wait. Any process makes the same one: it depends on the picture, the
5 minutes and the stored model only.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from policies.book.picture import Picture
from policies.door.wait_band import WaitAsked
from policies.forecast.forecast import Forecast
from policies.house.grid import BUCKET_SECONDS, bucket
from policies.house.house import House
from policies.lookahead.quotes import QuoteModel
from policies.lookahead.waits import Belief, QuotedWait, quoted_wait
from seating.db import Connection
from seating.forecast.learning import forecast_for
from seating.forecast.quote_models import quote_model_of

MAX_KEPT = 64
"""Pictures whose waits are kept in memory, those read last."""

_Key = tuple[str, str, int, int]


class _ToldWaits(Struct):
    """The waits of one picture so far, by who asked."""

    picture: Picture
    model: QuoteModel | None
    waits: dict[WaitAsked, QuotedWait | None]


_kept: Final[dict[_Key, _ToldWaits]] = {}


async def decision_forecast(conn: Connection, venue_id: str, picture: Picture) -> Forecast:
    """Return the forecast that decisions of this period use: that of its bid prices, if any."""
    if picture.prices is not None:
        return picture.prices.forecast
    caution = picture.rules.decisions.stay_caution
    return await forecast_for(conn, venue_id, picture.period, stay_caution=caution)


async def quoted_waits(
    conn: Connection,
    picture: Picture,
    house: House,
    asked: Sequence[WaitAsked],
    *,
    now: datetime,
) -> tuple[QuotedWait | None, ...]:
    """Return the wait to tell each party, alone; `picture`: the whole list in it.

    None where no table can be foreseen (`policies.lookahead.waits`). Call it before the period is
    locked: it takes milliseconds where nobody has asked the same before.
    """
    by_value = picture.rules.decisions.by_value
    model = await quote_model_of(conn, house.venue.id) if by_value else None
    told = _told(house.venue.id, picture, model, now)
    missing = [each for each in asked if each not in told.waits]
    if missing:
        belief = None
        if model is not None:
            forecast = await decision_forecast(conn, house.venue.id, picture)
            belief = Belief(forecast, model)
        told.waits |= await asyncio.to_thread(_foreseen, picture, house, belief, missing, now)
    return tuple(told.waits[each] for each in asked)


async def quoted_for(
    conn: Connection, picture: Picture, house: House, asked: WaitAsked, *, now: datetime
) -> QuotedWait | None:
    """Return the wait to tell one party. See `quoted_waits`."""
    (found,) = await quoted_waits(conn, picture, house, (asked,), now=now)
    return found


def told_at(picture: Picture, now: datetime) -> datetime:
    """Return the instant that waits told at `now` are worked out for: the start of its 5 minutes.

    Not before the opening of a period that is open.
    """
    start = datetime.fromtimestamp(bucket(now) * BUCKET_SECONDS, UTC)
    opens = picture.period.opens
    return max(start, opens) if opens <= now else start


def _foreseen(
    picture: Picture,
    house: House,
    belief: Belief | None,
    asked: Sequence[WaitAsked],
    now: datetime,
) -> dict[WaitAsked, QuotedWait | None]:
    at = told_at(picture, now)
    return {each: quoted_wait(picture, house, belief, each, now=at) for each in asked}


def _told(venue_id: str, picture: Picture, model: QuoteModel | None, now: datetime) -> _ToldWaits:
    """Return the waits kept for the picture; none yet where it or the model is another."""
    key = (venue_id, picture.period.period_id, picture.period.version, bucket(now))
    told = _kept.pop(key, None)
    if told is None or told.model != model or told.picture != picture:
        told = _ToldWaits(picture, model, {})
    _kept[key] = told
    while len(_kept) > MAX_KEPT:
        del _kept[next(iter(_kept))]
    return told
