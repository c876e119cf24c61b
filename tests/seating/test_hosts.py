"""Several hosts in DATABASE_URL: the one that takes writes is found, whatever the others do."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from seating import db, lending
from seating.connecting import CONNECT_SECONDS, FAILURES, NoConnectionError, connect
from seating.db import COMMAND_TIMEOUT_SECONDS, SETTINGS, open_pool, transaction
from seating.dsn import database_of
from seating.hosts import TCP_OPTIONS, each_host, notice_silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seating.db import Pool


@pytest.mark.parametrize(
    ("dsn", "hosts"),
    [
        ("postgresql://me:p%40@a:1,b:2/book?target_session_attrs=read-write", ["a:1", "b:2"]),
        ("postgresql://me:p%40@a,b/book?target_session_attrs=primary", ["a", "b"]),
        ("postgresql://me:p%40@a:1,b:2/book", ["a:1,b:2"]),
        ("postgresql://me:p%40@[::1]:1/book?target_session_attrs=read-write", ["[::1]:1"]),
    ],
)
def test_each_host_has_an_address_of_its_own_where_one_of_them_will_do(
    dsn: str, hosts: list[str]
) -> None:
    parts = [urlsplit(one) for one in each_host(dsn)]
    assert [one.netloc.rpartition("@")[2] for one in parts] == hosts
    assert {one.netloc.rpartition("@")[0] for one in parts} == {"me:p%40"}
    assert {one.path for one in parts} == {"/book"}


def test_hosts_of_the_query_are_parted_with_their_ports() -> None:
    dsn = "postgresql://me@/book?host=/run/a,/run/b&port=1,2&target_session_attrs=read-write"
    said = [parse_qs(urlsplit(one).query) for one in each_host(dsn)]
    assert [(one["host"], one["port"]) for one in said] == [
        (["/run/a"], ["1"]),
        (["/run/b"], ["2"]),
    ]
    assert {one["target_session_attrs"][0] for one in said} == {"read-write"}


@pytest.fixture
def silent() -> Iterator[int]:
    """A host that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def beside(template: str, *more: tuple[str, int]) -> str:
    """The DSN of the template behind other hosts."""
    query = parse_qs(urlsplit(template).query)
    hosts = [*(host for host, _ in more), query["host"][0]]
    ports = [*(str(port) for _, port in more), query["port"][0]]
    return (
        f"{template.partition('?')[0]}?host={','.join(hosts)}&port={','.join(ports)}"
        "&target_session_attrs=read-write"
    )


async def test_a_dead_host_and_a_silent_one_delay_nobody(database: str, silent: int) -> None:
    dsn = beside(database, ("/nowhere", 1), ("127.0.0.1", silent))
    async with asyncio.timeout(CONNECT_SECONDS - 1), await open_pool(dsn, min_size=1) as pool:
        assert await pool.fetchval("select 1") == 1
        connection = await connect(dsn, {})
        await connection.close()


async def test_where_no_host_has_the_database_it_is_said(database: str) -> None:
    dsn = beside(database, ("/nowhere", 1)).replace(database_of(database), "gone")
    with pytest.raises(NoConnectionError, match=r"no such database|nothing listens"):
        await connect(dsn, {})


async def test_a_session_that_takes_no_writes_any_more_is_dropped_and_another_found(
    database: str,
) -> None:
    """As when a host is made a standby, or an administrator lets it rest, under our sessions."""
    async with await open_pool(database, min_size=1, max_size=1) as pool:
        before = await pool.fetchval("select pg_backend_pid()")
        async with pool.acquire() as connection:
            await connection.execute("set default_transaction_read_only = on")
            with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
                await connection.execute("delete from job_run")
        async with transaction(pool) as connection:
            await connection.execute("delete from job_run")
            assert await connection.fetchval("select pg_backend_pid()") != before


async def test_a_silent_server_is_given_up_by_the_system() -> None:
    """The options reach the socket, which asyncpg and uvloop keep to themselves."""
    loop = asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        transport, _ = await loop.create_connection(asyncio.Protocol, *listening.getsockname())
    notice_silence(cast("Any", SimpleNamespace(_transport=transport)))
    same = transport.get_extra_info("socket")
    assert same.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    for name, value in TCP_OPTIONS.items():
        if hasattr(socket, name):
            assert same.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) == value
    transport.close()


async def test_a_server_that_stops_answering_is_given_up_in_time_and_not_waited_for(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session stopped in the middle of its work answers neither it nor that it is cancelled."""
    # Statements that are answered take less, however busy the machine is.
    monkeypatch.setattr(db, "COMMAND_TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(lending, "RETURN_SECONDS", 0.05)
    stopped = set[int]()

    async def stop(pool: Pool) -> None:
        """Read and write on sessions that are stopped meanwhile."""
        async with pool.acquire() as reading:
            stopped.add(freeze(await reading.fetchval("select pg_backend_pid()")))
            with pytest.raises(TimeoutError):
                await reading.fetchval("select 1")

    async def stop_within(pool: Pool) -> None:
        async with transaction(pool) as writing:
            stopped.add(freeze(await writing.fetchval("select pg_backend_pid()")))
            await writing.execute("delete from job_run")

    try:
        async with asyncio.timeout(60):
            pool = await open_pool(database, min_size=1, max_size=2)
            with suppress(TimeoutError):
                await stop(pool)
            with pytest.raises(TimeoutError):
                await stop_within(pool)
            assert len(stopped) == 2
            assert await pool.fetchval("select 1") == 1
            await pool.close()
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)


def freeze(pid: int) -> int:
    os.kill(pid, signal.SIGSTOP)
    return pid


async def test_a_process_of_ours_that_hangs_holds_the_book_only_so_long(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server may not end a commit that waits for its standby before we have given it up: it
    # would call it done.
    assert SETTINGS["statement_timeout"] == "15s"
    assert COMMAND_TIMEOUT_SECONDS < 15
    assert SETTINGS["idle_in_transaction_session_timeout"] == "60s"
    monkeypatch.setitem(SETTINGS, "idle_in_transaction_session_timeout", "20ms")
    async with await open_pool(database, min_size=1) as pool, await open_pool(database) as other:
        stuck = await pool.for_writing()
        await stuck.execute("begin; lock table job_run")
        await other.execute("delete from job_run")
        with pytest.raises(FAILURES):
            await stuck.fetchval("select 1")
        await pool.release(stuck)
        assert await pool.fetchval("select 1") == 1
