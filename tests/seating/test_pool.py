"""Connections and places come back whatever happens to whoever has them, and to the server."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from seating import db, lending
from seating.connecting import FAILURES
from seating.db import open_pool, run
from seating.lending import NoConnectionFreeError
from seating.lock_queue import PeriodBusyError, waiting_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from seating.db import Connection, Pool

DIE = "select pg_terminate_backend(pg_backend_pid())"
LOCK = "select pg_advisory_xact_lock(hashtext($1))"


@pytest.fixture
async def small(database: str) -> AsyncIterator[Pool]:
    """Four for writers, two kept for readers."""
    async with await open_pool(database, min_size=1, max_size=6) as pool:
        yield pool


def is_whole(pool: Pool) -> bool:
    """Whether nobody has, or waits for, anything of it."""
    free = pool._writers._value
    return free == 4 and not pool._writing and not pool.locks._waiting and not pool.locks._queue


async def test_a_writers_place_is_free_when_its_connection_is_back_and_not_before(
    small: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = asyncio.Event()

    async def slowly(*_: object, **__: object) -> None:
        await back.wait()

    mine = [await small.for_writing() for _ in range(4)]
    monkeypatch.setattr(small, "_reset", slowly)
    returning = asyncio.create_task(small.release(mine[0]))
    small.wait = 0.01
    with pytest.raises(NoConnectionFreeError):
        await small.for_writing()
    small.wait = 60.0
    back.set()
    await returning
    mine.append(await small.for_writing())
    for connection in mine:
        await small.release(connection)
    assert is_whole(small)


async def test_what_readers_return_lets_no_writer_wait_longer(small: Pool) -> None:
    mine = [await small.for_writing() for _ in range(4)]
    small.wait = 0.05
    waiting = asyncio.create_task(small.for_writing())
    begun = asyncio.get_running_loop().time()
    while not waiting.done() and asyncio.get_running_loop().time() < begun + 10:
        reading = await small.acquire()
        await small.release(reading)
        await small.release(reading)
    assert waiting.done()
    with pytest.raises(NoConnectionFreeError):
        await waiting
    for connection in mine:
        await small.release(connection)


async def test_a_connection_lost_in_a_transaction_raises_what_its_user_met(small: Pool) -> None:
    class OwnError(Exception):
        pass

    async def die(conn: Connection, *, own: bool) -> None:
        try:
            await conn.execute(DIE)
        except asyncpg.PostgresError:
            if own:
                raise OwnError from None
            raise

    with pytest.raises(OwnError):
        await run(small, partial(die, own=True))
    with pytest.raises(asyncpg.PostgresError):
        await run(small, partial(die, own=False))
    assert is_whole(small)


async def test_a_connection_that_does_not_come_to_rest_spoils_nothing_that_was_done(
    small: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(asyncpg.Connection, "reset", never)

    async def work(conn: Connection) -> str:
        return str(await conn.fetchval("select 'written'"))

    assert await run(small, work) == "written"
    assert is_whole(small)


async def test_a_connection_that_nobody_returns_does_not_hold_up_the_end(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lending, "CLOSE_SECONDS", 0.05)
    async with asyncio.timeout(4):
        async with await open_pool(database, min_size=1, max_size=6) as pool:
            kept = await pool.for_writing()
    with pytest.raises(asyncpg.InterfaceError):
        await kept.fetchval("select 1")


async def test_a_spare_connection_that_does_not_open_is_told_in_one_line(
    small: Pool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError("nobody listens\nat all")

    monkeypatch.setattr(small, "_connect", refuse)
    with suppress(*FAILURES):
        await small.execute(DIE)
    async with asyncio.timeout(60):
        while "Failed to restore" not in caplog.text:  # noqa: ASYNC110 - asyncpg tells nobody else
            await asyncio.sleep(0.005)
    (told,) = [each for each in caplog.records if each.name == "asyncpg.pool"]
    assert told.getMessage().endswith("retrying (ConnectionRefusedError: nobody listens)")
    assert told.exc_info is None


async def test_whoever_locks_several_in_turn_does_not_queue_for_ever(
    small: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its place is given away at the first lock, and the second is crowded again, each time."""
    monkeypatch.setattr(db, "MOST_SECONDS", 0.3)
    tries = 0

    async def work(_: Connection) -> None:
        nonlocal tries
        tries += 1
        with waiting_for("v", ["free"]):
            pass
        for _each in range(2):  # two others wait for it
            small.locks.enter(("v", "stuck"))
        try:
            with waiting_for("v", ["stuck"]):
                raise AssertionError
        finally:
            asyncio.get_running_loop().call_soon(small.locks.leave, ("v", "stuck"))
            asyncio.get_running_loop().call_soon(small.locks.leave, ("v", "stuck"))

    async with asyncio.timeout(60):
        with pytest.raises(PeriodBusyError):
            await run(small, work)
    assert tries > 1
    assert is_whole(small)


async def test_after_a_storm_of_hang_ups_and_kills_all_places_are_free(
    small: Pool,
) -> None:
    """Clients give up at any moment, sessions die, and some periods are fought over."""
    dice = Random(16)
    small.wait = 0.2

    async def command(number: int) -> None:
        periods = [f"p{number % 3}"]

        async def work(conn: Connection) -> None:
            with waiting_for("v", periods) as may_wait:
                if may_wait:
                    await conn.execute(LOCK, periods[0])
            await conn.execute("select pg_sleep(0.002)")
            if number % 17 == 0:
                await conn.execute(DIE)

        if number % 4 == 0:
            await small.fetchval("select pg_sleep(0.002)")
        else:
            await run(small, work)

    async def client(number: int) -> None:
        task = asyncio.create_task(command(number))
        await asyncio.sleep(dice.uniform(0, 0.2))
        if dice.random() < 0.5:
            task.cancel()
        with suppress(asyncio.CancelledError, *FAILURES):
            await task

    await asyncio.gather(*(client(number) for number in range(300)))
    async with asyncio.timeout(60):
        while not is_whole(small):  # noqa: ASYNC110 - what was hung up on comes back by itself
            await asyncio.sleep(0.01)
        mine = [await small.for_writing() for _ in range(4)] + [await small.acquire() for _ in "ab"]
    told: list[Any] = [await each.fetchval("select 1") for each in mine]
    assert told == [1] * 6
    for each in mine:
        await small.release(each)
