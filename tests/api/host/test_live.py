"""Live events over real HTTP: heard by one house, ended with the session, never lost unsaid."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import httpx
import pytest
import uvicorn

from api.background import broadcast
from api.background.broadcast import QUEUE_LENGTH, Broadcaster, Event, Subscription
from api.edge import sending
from api.edge.connections import BoundedConnection
from api.host import live
from seating.access.sessions import end_idle_sessions, end_sessions
from seating.clock import WallClock
from tests.api.conftest import ELSEWHERE, PIN, VENUE, session_token
from tests.support.application import lent_app
from tests.support.webhooks import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from litestar import Litestar

    from api.settings import Settings
    from seating.db import Pool

NOTIFY = "select pg_notify('maitred', $1)"
KILL_LISTENERS = """
select pg_terminate_backend(pid) from pg_stat_activity
where application_name = 'maitred live' and datname = current_database()
"""
PATIENCE = 30.0


class Screen:
    """One tablet's stream, read line by line."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self) -> dict[str, Any] | None:
        """The next event, or None when the stream has ended."""
        async with asyncio.timeout(PATIENCE):
            async for line in self._lines:
                if line.startswith("data: "):
                    event: dict[str, Any] = json.loads(line.removeprefix("data: "))
                    return event
        return None

    async def comment(self) -> str:
        async with asyncio.timeout(PATIENCE):
            async for line in self._lines:
                if line.startswith(":"):
                    return line
        return ""


@pytest.fixture
async def server(settings: Settings, houses: None) -> AsyncIterator[str]:  # noqa: ARG001
    """Its address; a real server in the test's own loop."""
    with lent_app(settings) as app:
        config = uvicorn.Config(
            app, port=0, http=BoundedConnection, log_level="warning", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        await serving


def cookies_of(who: tuple[str, str]) -> dict[str, str]:
    device, session = who
    return {"maitred_device": device, "maitred_session": session}


@asynccontextmanager
async def watching(
    server: str, who: tuple[str, str], venue: str = VENUE, *, settle: bool = True
) -> AsyncIterator[Screen]:
    async with (
        httpx.AsyncClient(base_url=server, cookies=cookies_of(who), timeout=PATIENCE) as client,
        client.stream("GET", f"/live/{venue}") as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        screen = Screen(answer.aiter_lines())
        assert settle is False or await screen.comment() == ": welcome"
        yield screen


async def announce(pool: Pool, event: str, version: int = 1, venue: str = VENUE) -> None:
    said = {"venue": venue, "event": event, "id": "p1", "version": version}
    await pool.execute(NOTIFY, json.dumps(said))


async def test_a_change_reaches_every_screen_of_the_house(server: str, pool: Pool) -> None:
    one, two = [await session_token(pool, who) for who in ("host", "manager")]
    async with watching(server, one) as first, watching(server, two) as second:
        await announce(pool, "period.changed", 7)
        for screen in (first, second):
            event = {"event": "period.changed", "id": "p1", "version": 7}
            unsaid = {"period_id": None, "staff_id": None, "for": None}
            assert await screen.next() == event | unsaid


async def test_another_house_hears_nothing(server: str, pool: Pool) -> None:
    session = await session_token(pool, "host")
    async with watching(server, session) as screen:
        await announce(pool, "period.changed", venue=ELSEWHERE)
        await announce(pool, "seen")
        event = await screen.next()
        assert event is not None
        assert event["event"] == "seen"


async def test_only_the_houses_own_stream_exists(server: str, pool: Pool) -> None:
    session = await session_token(pool, "owner")
    async with httpx.AsyncClient(base_url=server, cookies=cookies_of(session)) as client:
        assert (await client.get(f"/live/{ELSEWHERE}")).status_code == 404
        client.cookies.clear()
        assert (await client.get(f"/live/{VENUE}")).status_code == 401


async def test_the_room_may_empty_and_fill_again(server: str, pool: Pool) -> None:
    session = await session_token(pool, "host")
    for version in range(3):
        async with watching(server, session) as screen:
            await announce(pool, "period.changed", version)
            event = await screen.next()
            assert event is not None
            assert event["version"] == version


async def test_a_lost_listener_comes_back_and_says_so(server: str, pool: Pool) -> None:
    session = await session_token(pool, "host")
    async with watching(server, session) as screen:
        assert await pool.fetchval(KILL_LISTENERS)
        event = await screen.next()
        assert event is not None
        assert event["event"] == "resync"
        await announce(pool, "period.changed", 8)
        event = await screen.next()
        assert event is not None
        assert event["version"] == 8


async def test_a_session_that_ended_unheard_is_closed_on_the_way_back(
    server: str, pool: Pool
) -> None:
    session = await session_token(pool, "host")
    async with watching(server, session) as screen:
        await pool.execute("update session set ended_at = now()")
        await pool.fetchval(KILL_LISTENERS)
        assert await screen.next() is None


async def test_the_stream_ends_with_its_session_and_no_other(server: str, pool: Pool) -> None:
    one, two = [await session_token(pool, who) for who in ("host", "manager")]
    async with watching(server, one) as first, watching(server, two) as second:
        async with pool.acquire() as conn:
            await end_sessions(conn, VENUE, staff_id="host")
        assert await first.next() is None
        await announce(pool, "period.changed")
        assert await second.next() is not None


async def test_the_next_pin_ends_the_stream_before(server: str, pool: Pool) -> None:
    device, _ = session = await session_token(pool, "host")
    async with watching(server, session) as screen:
        async with httpx.AsyncClient(base_url=server, cookies={"maitred_device": device}) as client:
            answer = await client.post("/host/login", json={"staff_id": "host", "pin": PIN})
            assert answer.status_code == 200
        assert await screen.next() is None


async def test_a_tablet_that_is_locked_or_not_touched_hears_no_more(
    server: str, pool: Pool
) -> None:
    by_hand, idle = [await session_token(pool, who) for who in ("host", "manager")]
    async with watching(server, by_hand) as first, watching(server, idle) as second:
        async with httpx.AsyncClient(base_url=server, cookies=cookies_of(by_hand)) as client:
            csrf = (await client.get("/host/me")).json()["csrf_token"]
            answer = await client.post("/host/session/lock", headers={"X-CSRF-Token": csrf})
            assert answer.status_code == 204
        assert await first.next() is None
        await pool.execute("update session set seen_at = seen_at - interval '15 minutes'")
        assert await end_idle_sessions(pool, WallClock()) == 1
        assert await second.next() is None


async def test_revoking_the_tablet_ends_its_stream(server: str, pool: Pool) -> None:
    session = await session_token(pool, "host")
    device_id = await pool.fetchval("select device_id from device")
    manager = await session_token(pool, "manager")
    async with watching(server, session) as screen:
        async with httpx.AsyncClient(base_url=server, cookies=cookies_of(manager)) as client:
            csrf = (await client.get("/host/me")).json()["csrf_token"]
            answer = await client.delete(
                f"/manage/devices/{device_id}", headers={"X-CSRF-Token": csrf}
            )
            assert answer.status_code == 204
        assert await screen.next() is None


async def test_a_tablet_that_comes_back_ends_its_own_oldest_stream(
    server: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcast, "STREAMS_PER_SESSION", 2)
    mine, theirs = [await session_token(pool, who) for who in ("host", "manager")]
    async with (
        watching(server, theirs) as beside,
        watching(server, mine) as oldest,
        watching(server, mine) as older,
        watching(server, mine) as new,
    ):
        assert await oldest.next() is None
        await announce(pool, "period.changed")
        for screen in (beside, older, new):
            assert await screen.next() is not None


async def test_a_process_holds_so_many_streams_and_says_when_to_try_again(
    server: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcast, "STREAMS", 1)
    one, two = [await session_token(pool, who) for who in ("host", "manager")]
    async with (
        httpx.AsyncClient(base_url=server, cookies=cookies_of(two)) as client,
        watching(server, one),
    ):
        full = await client.get(f"/live/{VENUE}")
        assert (full.status_code, full.json()["message"]) == (503, "live-streams-full")
        assert full.headers["Retry-After"] == "2"


async def test_who_reads_nothing_off_a_stream_loses_it(
    app: Litestar, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "READ_SECONDS", 0.01)
    _, session = await session_token(pool, "host")
    sent: list[str] = []

    async def stuck(message: Any) -> None:  # noqa: ANN401 - any kind of it
        sent.append(message["type"])
        if message.get("more_body"):
            await asyncio.Event().wait()

    async def quiet() -> Any:  # noqa: ANN401 - never answers
        await asyncio.Event().wait()

    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "https",
        "path": f"/live/{VENUE}",
        "raw_path": b"",
        "root_path": "",
        "query_string": b"",
        "client": ("203.0.113.9", 1),
        "server": ("maitred.test", 443),
        "headers": [(b"cookie", f"__Host-maitred_session={session}".encode())],
    }
    async with asyncio.timeout(PATIENCE):
        await app(cast("Any", scope), quiet, stuck)
    assert sent == ["http.response.start", "http.response.body"]
    assert not app.state.broadcaster._subscriptions


async def test_a_quiet_stream_stays_alive_until_its_session_expires(
    server: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    monkeypatch.setattr(live, "KEEPALIVE_SECONDS", 0.05)
    monkeypatch.setattr(live, "wall_now", watch)
    session = await session_token(pool, "host")
    expires = await pool.fetchval("select expires_at from session")
    async with watching(server, session) as screen:
        assert await screen.comment() == ": alive"
        watch.at = expires
        assert await screen.next() is None


async def test_a_payload_that_is_none_of_ours_breaks_nothing(server: str, pool: Pool) -> None:
    session = await session_token(pool, "host")
    async with watching(server, session) as screen:
        for payload in ("", "{", "[]", '{"venue": 3}'):
            await pool.execute(NOTIFY, payload)
        await announce(pool, "period.changed")
        assert await screen.next() is not None


async def test_a_screen_that_does_not_keep_up_is_told_to_fetch_anew() -> None:
    subscription = Subscription(VENUE, uuid4())
    for version in range(QUEUE_LENGTH + 1):
        subscription.put(Event(VENUE, "period.changed", "p1", version))
    event = await subscription.next()
    assert event is not None
    assert event.event == "resync"


def test_a_stream_that_ends_leaves_nothing_behind(tmp_path: Path, pool: Pool) -> None:
    broadcaster = Broadcaster(str(tmp_path), pool)
    with broadcaster.subscribed(VENUE, uuid4()):
        assert len(broadcaster._subscriptions) == 1
    assert not broadcaster._subscriptions
