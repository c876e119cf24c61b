"""Prospects kept in memory: a period's scenario ledger, lent to one decision at a time."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime

from policies.book.picture import Picture
from policies.house.house import House
from policies.value.period_value import Prospect, prospect_for

MOST = 32
"""Prospects kept, the last used; a ledger takes up to a megabyte."""

MANY = 20
"""Parties to put in or take out from which on it takes milliseconds, so another thread does it."""

_Key = tuple[str, str]
_kept: list[tuple[_Key, Prospect]] = []


@asynccontextmanager
async def prospect_of(
    picture: Picture, house: House, *, now: datetime
) -> AsyncGenerator[Prospect | None, None]:
    """Lend the picture's prospect, up to date; None where nothing is decided by value.

    Who asks while it is lent gets another: what it holds depends on the picture only, so several
    are kept of a period that many ask about at once. One in whose block something was raised is
    not kept.
    """
    key = (house.venue.id, picture.period.period_id)
    prospect = prospect_for(picture, house, now=now, known=_last_used(key))
    if prospect is not None and prospect.behind(picture, now=now) > MANY:
        await asyncio.to_thread(prospect.follow, picture, now=now)
    yield prospect
    if prospect is not None:
        _kept.append((key, prospect))
        del _kept[:-MOST]


def _last_used(key: _Key) -> Prospect | None:
    """Take the prospect of a period that is least behind."""
    for place in reversed(range(len(_kept))):
        if _kept[place][0] == key:
            return _kept.pop(place)[1]
    return None
