"""Rate limit per client: a fixed window in the database, from which processes take shares.

A process counts its share down in memory, so that most requests write nothing.
"""

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta

from msgspec import Struct, convert

from seating.db import Connection, Pool

WINDOW = timedelta(seconds=60)
REQUESTS_PER_MINUTE = 100
"""What a client may ask of the service by default; MAITRED_REQUESTS_PER_MINUTE sets another."""
SHARES = 10
"""A share is 1/SHARES of the limit: at most that much per process is left unused."""

# A window that begins further ahead than it is long was begun before the clock was set back: over.
TAKE_SHARE = """
insert into request_window as w (client_id, began, taken) values ($1, $2, $3)
on conflict (client_id) do update set
    began = case when w.began > $5 and w.began <= $6 then w.began else excluded.began end,
    taken = case when w.began > $5 and w.began <= $6
        then least(w.taken + $3, $4) else excluded.taken end
returning new.began, new.taken,
    new.taken - case when old.began = new.began then old.taken else 0 end as share
"""

DELETE_OLD_WINDOWS = "delete from request_window where began <= $1 or began > $2"


class WindowShare(Struct, frozen=True, kw_only=True):
    """The requests granted to this process; `taken`: those granted to all in this window."""

    began: datetime
    taken: int
    share: int


class RequestAllowance(Struct, frozen=True, kw_only=True):
    """Whether a request is `allowed`, and the estimate of requests `left` until `ends`."""

    allowed: bool
    left: int
    ends: datetime


class ClientWindow(Struct, kw_only=True):
    """One client's window: requests left `here`; `elsewhere`: not taken by any process yet."""

    ends: datetime
    here: int = 0
    elsewhere: int = 0


class RequestLimiter:
    """The shares of one process, by client; `limit`: requests per window."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._purses: dict[str, ClientWindow] = {}
        self._refilling: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def spend(self, pool: Pool, client_id: str, now: datetime) -> RequestAllowance:
        """Count one request (wall time); takes a new share when the present one is used up.

        One of several concurrent requests takes the share: if each did, they would use up the
        whole window.
        """
        if self._is_short(client_id, now):
            async with self._refilling[client_id]:
                if self._is_short(client_id, now):
                    await self._refill(pool, client_id, now)
        purse = self._purses[client_id]
        allowed = purse.here > 0
        purse.here -= allowed
        return RequestAllowance(allowed=allowed, left=purse.here + purse.elsewhere, ends=purse.ends)

    def _is_short(self, client_id: str, now: datetime) -> bool:
        purse = self._purses.get(client_id)
        return purse is None or _is_over(purse, now) or (purse.here == 0 and purse.elsewhere > 0)

    async def _refill(self, pool: Pool, client_id: str, now: datetime) -> None:
        got = await take_share(pool, client_id, -(-self.limit // SHARES), self.limit, now)
        self._forget(now)
        ends = got.began + WINDOW
        purse = self._purses.get(client_id)
        if purse is None or purse.ends != ends:
            purse = self._purses[client_id] = ClientWindow(ends=ends)
        purse.here += got.share
        purse.elsewhere = self.limit - got.taken

    def _forget(self, now: datetime) -> None:
        for client_id in [each for each, purse in self._purses.items() if _is_over(purse, now)]:
            del self._purses[client_id]


def _is_over(purse: ClientWindow, now: datetime) -> bool:
    """Whether the window has ended, or would end later than any that began by now's clock."""
    return not now < purse.ends <= now + 2 * WINDOW


async def take_share(
    db: Pool | Connection, client_id: str, size: int, limit: int, now: datetime
) -> WindowShare:
    """Take up to `size` of the `limit` requests of the client's window."""
    row = await db.fetchrow(
        TAKE_SHARE, client_id, now, min(size, limit), limit, now - WINDOW, now + WINDOW
    )
    return convert(row, WindowShare, from_attributes=True)


async def delete_old_windows(conn: Connection, now: datetime) -> None:
    """Delete past windows."""
    await conn.execute(DELETE_OLD_WINDOWS, now - WINDOW, now + WINDOW)
