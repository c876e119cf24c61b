"""The one job for everything that ages: each kind in batches, venue by venue, within its time.

A batch is a transaction of its own and waits for nobody's period; what is left when the time is up
is the next run's. Any number of processes may run it.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from policies.privacy import ages
from seating.access import attempts
from seating.access.audit import purge_record
from seating.access.client_secrets import delete_old_secrets
from seating.access.clients import DELETE_EXPIRED_TOKENS
from seating.access.owners import venues_here
from seating.access.request_limits import delete_old_windows
from seating.clock import Clock, wall_now
from seating.db import Connection, Pool, run
from seating.privacy.ageing import GUESTS_UNSEEN, KINDS, AgeingKind
from seating.privacy.erasing import forget
from seating.privacy.person import lock_records

log = logging.getLogger("maitred.retention")

BATCH: Final = 500
"""Rows a transaction: some milliseconds."""
GUESTS_AT_ONCE: Final = 20
LONGEST: Final = timedelta(seconds=60)
"""Of one run; the next goes on."""
REST_SECONDS: Final = 0.01
"""Between two batches, for whoever waits for a connection."""
GUESTS: Final = "guests"
"""The name of the kind that is forgotten as a whole."""
UNSEEN: Final = "not seen for three years"


async def remove_aged(pool: Pool, clock: Clock, *, longest: timedelta = LONGEST) -> Counter[str]:
    """Delete or empty what is older than its kind is kept; return how many rows of each kind.

    A kind that fails keeps no other from its turn; the first failure is raised at the end.
    """
    until, removed = wall_now() + longest, Counter[str]()
    failures: list[Exception] = []
    for name, remove in OF_INSTALLATION.items():
        try:
            removed[name] += await remove(pool)
        except Exception as failure:
            log.exception("%s that had aged were not removed", name)
            failures.append(failure)
    async with pool.acquire() as conn:
        business = await clock.now(conn)
        venues = await venues_here(conn)
    for venue_id in venues:
        for kind in (*KINDS, None):
            try:
                count = await _remove(pool, venue_id, kind, business, until)
            except Exception as failure:
                log.exception("what had aged at %s was not removed", venue_id)
                failures.append(failure)
            else:
                removed[kind.name if kind else GUESTS] += count
    log.info("removed what had aged: %s", {each: count for each, count in removed.items() if count})
    if failures:
        raise failures[0]
    return removed


async def _remove(
    pool: Pool, venue_id: str, kind: AgeingKind | None, business: datetime, until: datetime
) -> int:
    if kind is None:
        return await _forget_unseen(pool, venue_id, business, until)
    now = wall_now() if kind.clock == "wall" else business
    return await _remove_kind(pool, venue_id, kind, now - kind.age, until)


async def _remove_kind(
    pool: Pool, venue_id: str, kind: AgeingKind, before: datetime, until: datetime
) -> int:
    """Remove one kind of one venue, batch by batch, until none is left or the time is up."""
    removed = 0
    while wall_now() < until:
        rows = len(await pool.fetch(kind.statement, venue_id, before, BATCH))
        removed += rows
        if rows < BATCH:
            break
        await asyncio.sleep(REST_SECONDS)
    return removed


async def _forget_unseen(pool: Pool, venue_id: str, now: datetime, until: datetime) -> int:
    """Forget guests whom the house has not seen for long, as if they had asked."""
    forgotten = 0

    async def work(conn: Connection) -> int:
        before = now - ages.GUEST
        due = [
            row["guest_id"]
            for row in await conn.fetch(GUESTS_UNSEEN, venue_id, before, GUESTS_AT_ONCE)
        ]
        if due:
            await lock_records(conn, venue_id, due)
            pseudonyms = {guest: uuid4() for guest in due}
            await forget(conn, venue_id, pseudonyms, by=None, why=UNSEEN, at=now)
        return len(due)

    while wall_now() < until:
        count = await run(pool, work)
        forgotten += count
        if count < GUESTS_AT_ONCE:
            break
    return forgotten


async def _remove_of_installation(pool: Pool) -> int:
    """Delete expired tokens and the counters of past windows, which are of no venue."""
    now = wall_now()
    async with pool.acquire() as conn:
        await attempts.delete_old(conn, now)
        await delete_old_windows(conn, now)
        await delete_old_secrets(conn, now)
        return int(await conn.fetchval(DELETE_EXPIRED_TOKENS, now))


async def _purge_record(pool: Pool) -> int:
    return await purge_record(pool, wall_now())


OF_INSTALLATION: Final[Mapping[str, Callable[[Pool], Awaitable[int]]]] = {
    "tokens": _remove_of_installation,
    "security events": _purge_record,
}
