"""How many requests a client has left: a window in the database, of which processes take shares.

A process spends its share in memory, so that most requests write nothing.
"""

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta

from msgspec import Struct, convert

from seating.db import Connection, Pool

WINDOW = timedelta(seconds=60)
SHARES = 10
"""A share is this part of the window's requests: what a process may at most leave unspent."""

TAKE_SHARE = """
insert into request_window as w (client_id, began, taken) values ($1, $2, $3)
on conflict (client_id) do update set
    began = case when w.began <= $5 then excluded.began else w.began end,
    taken = case when w.began <= $5 then excluded.taken else least(w.taken + $3, $4) end
returning new.began, new.taken,
    new.taken - case when old.began = new.began then old.taken else 0 end as share
"""

DELETE_OLD_WINDOWS = "delete from request_window where began <= $1"


class Share(Struct, frozen=True, kw_only=True):
    """What this process got of the window that `began`, of which `taken` are given out by now."""

    began: datetime
    taken: int
    share: int


class Left(Struct, frozen=True, kw_only=True):
    """`allowed`: this request may go on; `left` more may until `ends`, as far as is known here."""

    allowed: bool
    left: int
    ends: datetime


class Purse(Struct, kw_only=True):
    """What this process may still spend of one client's window; `elsewhere` is not taken yet."""

    ends: datetime
    here: int = 0
    elsewhere: int = 0


class Limiter:
    """One process's shares, by client."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._purses: dict[str, Purse] = {}
        self._refilling: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def spend(self, pool: Pool, client_id: str, now: datetime) -> Left:
        """Count one request (wall time); the database is asked when the share is used up.

        Of requests that come at once one asks: each with a share of its own, twenty would use
        the whole window up.
        """
        if self._is_short(client_id, now):
            async with self._refilling[client_id]:
                if self._is_short(client_id, now):
                    await self._refill(pool, client_id, now)
        purse = self._purses[client_id]
        allowed = purse.here > 0
        purse.here -= allowed
        return Left(allowed=allowed, left=purse.here + purse.elsewhere, ends=purse.ends)

    def _is_short(self, client_id: str, now: datetime) -> bool:
        purse = self._purses.get(client_id)
        return purse is None or purse.ends <= now or (purse.here == 0 and purse.elsewhere > 0)

    async def _refill(self, pool: Pool, client_id: str, now: datetime) -> None:
        got = await take_share(pool, client_id, -(-self.limit // SHARES), self.limit, now)
        self._forget(now)
        ends = got.began + WINDOW
        purse = self._purses.get(client_id)
        if purse is None or purse.ends != ends:
            purse = self._purses[client_id] = Purse(ends=ends)
        purse.here += got.share
        purse.elsewhere = self.limit - got.taken

    def _forget(self, now: datetime) -> None:
        for client_id in [each for each, purse in self._purses.items() if purse.ends <= now]:
            del self._purses[client_id]


async def take_share(
    db: Pool | Connection, client_id: str, size: int, limit: int, now: datetime
) -> Share:
    """Take up to `size` requests of the client's window, of which there are `limit`."""
    row = await db.fetchrow(TAKE_SHARE, client_id, now, min(size, limit), limit, now - WINDOW)
    return convert(row, Share, from_attributes=True)


async def forget_windows(conn: Connection, now: datetime) -> None:
    """Drop the windows that are over."""
    await conn.execute(DELETE_OLD_WINDOWS, now - WINDOW)
