"""The rotation of a service: what each server has now and had, and who is next.

Two parties at one station within ten minutes press its server, three may not be: the server cannot
greet, take orders and serve at once. After that who serves fewer guests comes first.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from policies.book.picture import Picture, Seating

CLOSE_TOGETHER = timedelta(minutes=10)
"""Within it a station should not be seated twice, and never three times."""

LATELY_AT_MOST = 2


class ServerLoad(Struct, frozen=True, kw_only=True):
    """A server of the service. `section`: the tables; `tables`, `covers`: what sits there now.

    `covers_tonight`: guests given so far, those that have left too; `last_at`: when the last party
    was seated. `lately`: parties seated within the last ten minutes.
    """

    server: str
    section: tuple[str, ...] = ()
    tables: int = 0
    covers: int = 0
    covers_tonight: int = 0
    last_at: datetime | None = None
    lately: int = 0


def server_of(picture: Picture, tables: Iterable[str]) -> str | None:
    """Return who serves a party at these tables: whose section the first of them is in."""
    first = next(iter(tables), None)
    return next((each.server for each in picture.sections if each.table_id == first), None)


def rotation(picture: Picture, now: datetime) -> tuple[ServerLoad, ...]:
    """Return the servers that have a section, who is next first; none where nobody has one."""
    sections = defaultdict[str, list[str]](list)
    for each in picture.sections:
        if each.server is not None:
            sections[each.server].append(each.table_id)
    loads = [_load(picture, server, tuple(sections[server]), now) for server in sections]
    return tuple(sorted(loads, key=_turn))


def _turn(load: ServerLoad) -> tuple[int, int, int, float, str]:
    """Order servers: pressed ones last, then by guests of the evening, then who waits longest."""
    since = load.last_at.timestamp() if load.last_at else 0.0
    pressed = min(load.lately, LATELY_AT_MOST)
    return pressed, load.covers_tonight, load.covers, since, load.server


def _load(picture: Picture, server: str, section: tuple[str, ...], now: datetime) -> ServerLoad:
    here = [each for each in picture.seatings if each.server == server]
    served = [each for each in picture.served if each.server == server]
    times = [each.seated_at for each in served]
    return ServerLoad(
        server=server,
        section=section,
        tables=_tables(here),
        covers=sum(each.party_size for each in here),
        covers_tonight=sum(each.covers for each in served),
        last_at=max(times, default=None),
        lately=sum(now - CLOSE_TOGETHER < at <= now for at in times),
    )


def _tables(here: Iterable[Seating]) -> int:
    return sum(len(each.tables) for each in here)
