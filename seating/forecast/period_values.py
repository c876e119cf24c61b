"""A pool of prospects (scenario ledgers of periods) in memory, lent to one decision at a time."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime

from policies.book.picture import Picture
from policies.house.house import House
from policies.lookahead.short_notice import at_short_notice
from policies.value.period_value import Prospect, prospect_for

MAX_KEPT = 32
"""Number of prospects kept, the most recently used; each takes up to a megabyte."""

THREAD_THRESHOLD = 20
"""Updates of more parties than this take milliseconds and are done in a worker thread."""

_Key = tuple[str, str]
_kept: list[tuple[_Key, Prospect]] = []


@asynccontextmanager
async def prospect_of(
    picture: Picture, house: House, *, now: datetime
) -> AsyncGenerator[Prospect | None, None]:
    """Lend a prospect brought up to date with the picture; None where nothing is decided by value.

    A concurrent caller gets another one: its content depends on the picture only, so a busy period
    may have several. One whose block raised is dropped.
    """
    key = (house.venue.id, picture.period.period_id)
    prospect = prospect_for(picture, house, now=now, prospect=_last_used(key))
    if prospect is not None:
        prospect.short_notice = at_short_notice
    if prospect is not None and prospect.parties_behind(picture, now=now) > THREAD_THRESHOLD:
        await asyncio.to_thread(prospect.follow, picture, now=now)
    yield prospect
    if prospect is not None:
        _kept.append((key, prospect))
        del _kept[:-MAX_KEPT]


def _last_used(key: _Key) -> Prospect | None:
    """Remove and return the most recently used prospect of a period, which is least behind."""
    for place in reversed(range(len(_kept))):
        if _kept[place][0] == key:
            return _kept.pop(place)[1]
    return None
