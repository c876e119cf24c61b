"""Prospects kept in memory: a period's scenario ledger, lent to one decision at a time."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime

from policies.house import House
from policies.prospect import Prospect, prospect_for
from policies.terms import Picture

MOST = 32
"""Periods kept, the last used; a ledger takes up to a megabyte."""

MANY = 20
"""Parties to put in or take out from which on it takes milliseconds, so another thread does it."""

_kept: OrderedDict[tuple[str, str], Prospect] = OrderedDict()


@asynccontextmanager
async def prospect_of(
    picture: Picture, house: House, *, now: datetime
) -> AsyncGenerator[Prospect | None, None]:
    """Lend the picture's prospect, up to date; None where nothing is decided by value.

    Who asks while it is lent gets one of its own: what it holds depends on the picture only, so
    that is wasted work and nothing worse. One in whose block something was raised is not kept.
    """
    key = (house.venue.id, picture.period.period_id)
    known = _kept.pop(key, None)
    prospect = prospect_for(picture, house, now=now, known=known)
    if prospect is not None and prospect.behind(picture, now=now) > MANY:
        await asyncio.to_thread(prospect.follow, picture, now=now)
    yield prospect
    if prospect is not None:
        _kept[key] = prospect
        while len(_kept) > MOST:
            _kept.popitem(last=False)
