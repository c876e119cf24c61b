"""What one connection may send, and for how long, is bounded; real sockets, limits made tiny."""

from __future__ import annotations

import asyncio
import logging
import socket

import pytest
import uvicorn
from uvicorn.importer import import_from_string

from api.edge import connections
from api.edge.connections import PROTOCOL, BoundedConnection, connections_allowed
from api.edge.headers import ALWAYS
from scripts.setup_venv import ROOT
from tests.api.edge.served import GET, PART, PATIENCE, POST, SOON, served


def head(*fields: bytes, target: bytes = b"/") -> bytes:
    lines = [b"GET " + target + b" HTTP/1.1", b"Host: here", *fields]
    return b"\r\n".join(lines) + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (head(*[b"A: b"] * 8), b"200 "),
        (head(*[b"A: b"] * 10), b"431 "),
        (head(b"A: " + b"b" * 200), b"200 "),
        (head(b"A: " + b"b" * 300), b"431 "),
        (head(b"A: " + b"b" * 100_000), b"431 "),
        (head(*[b"A" * 60 + b": " + b"b" * 60] * 3), b"431 "),
        (head(target=b"/" + b"a" * 60), b"200 "),
        (head(target=b"/" + b"a" * 70), b"414 "),
        (head(target=b"/" + b"a" * 100_000), b"431 "),
        (b"hello\r\n\r\n", b"400 "),
        (b"\x16\x03\x01" + b"\x00" * 100_000, b"400 "),
    ],
)
async def test_a_head_is_bounded_in_bytes_and_fields_and_so_is_its_target(
    sent: bytes, status: bytes
) -> None:
    limits = {"target_bytes": 64, "head_bytes": 256, "fields": 10}
    async with served(**limits) as there:
        together, dripping = await there.guest(), await there.guest()
        together.send(sent)
        for byte in range(min(len(sent), 600)):
            dripping.send(sent[byte : byte + 1])
            await asyncio.sleep(0)
        for guest in (together, dripping):
            if status == b"200 ":
                assert (await guest.answer()).startswith(b"HTTP/1.1 200 ")
                continue
            said = await guest.rest()
            assert said.startswith(b"HTTP/1.1 " + status)
            assert b"application/problem+json" in said
            assert all(b"\r\n" + name + b": " + value in said for name, value in ALWAYS)
            assert len(said) < 800
        assert len(there.house.seen) == (2 if status == b"200 " else 0)


async def test_a_body_in_chunks_carries_no_fields_and_little_besides_itself() -> None:
    async with served(head_bytes=1024) as there:
        fine = await there.guest()
        fine.send(POST + b"5\r\nhello\r\n0\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n" + GET % b"")
        assert (await fine.answer()).startswith(b"HTTP/1.1 200 ")
        assert (await fine.answer()).startswith(b"HTTP/1.1 200 ")
        assert [b"x-forwarded-for" in each for each in there.house.seen] == [False, False]

        for filler in (b"1;" + b"a" * 500 + b"\r\nx\r\n", b"0\r\nA: " + b"b" * 50_000):
            bad = await there.guest()
            bad.send(POST)
            await bad.drip(filler, 0)
        assert len(there.house.seen) < 5


async def test_connections_that_send_nothing_or_a_head_drop_by_drop_are_closed() -> None:
    async with served(head_seconds=SOON) as there:
        assert await (await there.guest()).rest() == b""
        assert await (await there.guest()).drip(b"\r\n") == b""
        there.allow(head_seconds=10 * SOON)
        slow = await there.guest()
        slow.send(b"GET / HTTP/1.1\r\nHost: here\r\nA: ")
        assert (await slow.drip(b"b")).startswith(b"HTTP/1.1 408 ")
        there.allow()
        again = await there.guest()
        again.send(GET % b"")
        assert (await again.answer()).startswith(b"HTTP/1.1 200 ")


async def test_a_connection_used_again_has_as_long_and_no_more() -> None:
    async with served() as there:
        for idle, begun, drop, said in (
            (SOON, b"", b"", b""),
            (SOON, b"", b"\r\n", b""),
            (PATIENCE, b"GET /", b"A", b"HTTP/1.1 408 "),
        ):
            there.allow(idle=idle)
            guest = await there.guest()
            guest.send(GET % b"")
            await guest.answer()
            there.allow(head_seconds=SOON)
            guest.send(begun)
            assert (await guest.drip(drop)).startswith(said)
        there.allow(idle=SOON)
        unread = await there.guest()
        # The rest of a body that nobody reads.
        unread.send(b"POST /unread HTTP/1.1\r\nHost: here\r\nContent-Length: 999999999\r\n\r\n")
        await unread.answer()
        assert await unread.drip(b"x") == b""


async def test_a_stream_lasts_while_it_is_read_and_ends_when_it_is_not() -> None:
    async with served(idle=SOON) as there:
        screen = await there.guest()
        screen.send(GET % b"stream")
        await screen.reader.readexactly(len(PART))
        there.allow(head_seconds=SOON, write_seconds=20 * SOON)
        for _ in range(8):  # longer than any of the times above
            await screen.reader.readexactly(64 * len(PART))
            await asyncio.sleep(3 * SOON)
        assert not there.house.gone.is_set()
        screen.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await there.house.left()
        assert there.house.streamed < 1000 * len(PART)


async def test_who_asks_and_does_not_read_is_dropped_with_the_answers() -> None:
    async with served(idle=SOON, write_seconds=SOON, pipelined=4) as there:
        flood = await there.guest()
        flood.send((GET % b"") * 2000)
        await flood.rest()
        assert len(there.house.seen) <= 6
        calm = await there.guest()
        calm.send((GET % b"") * 4)
        for _ in range(4):
            assert (await calm.answer()).startswith(b"HTTP/1.1 200 ")


async def test_a_head_behind_another_request_is_bounded_by_its_own_size() -> None:
    async with served(head_bytes=256) as there:
        guest = await there.guest()
        body = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 150\r\n\r\n" + bytes(150)
        second = head(b"A: " + b"b" * 150)
        guest.send(body + second[:40])
        await guest.answer()
        guest.send(second[40:80])
        await asyncio.sleep(SOON / 4)
        guest.send(second[80:])
        assert (await guest.answer()).startswith(b"HTTP/1.1 200 ")


async def test_a_stream_ends_with_its_connection_though_a_later_request_waits() -> None:
    async with served() as there:
        screen = await there.guest()
        screen.send(GET % b"stream" + GET % b"")
        await screen.reader.readexactly(len(PART))
        screen.writer.transport.abort()
        await there.house.left()
        assert len(there.house.seen) == 1


async def test_what_was_written_before_the_end_has_to_be_read_in_time() -> None:
    wish = b"GET /much HTTP/1.1\r\nHost: here\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"
    async with served(write_seconds=SOON) as there:
        there.listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        for said, after in ((wish, b""), (GET % b"held", b"hello\r\n\r\n")):
            guest = await there.guest()
            guest.writer.transport.pause_reading()  # type: ignore[attr-defined]
            theirs = guest.writer.get_extra_info("socket")
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            there.house.asked.clear()
            guest.send(said)
            await there.house.asked.wait()
            guest.send(after)
            async with asyncio.timeout(PATIENCE):
                while there.server.server_state.connections:  # noqa: ASYNC110 - uvicorn tells nobody
                    await asyncio.sleep(SOON / 4)
        assert len(there.house.seen) == 2


async def test_beyond_so_many_connections_those_that_do_nothing_make_room() -> None:
    async with served(connections=2) as there:
        busy = await there.guest()
        busy.send(GET % b"stream")
        await busy.reader.readexactly(len(PART))
        idle = await there.guest()
        third = await there.guest()
        assert await idle.rest() == b""
        third.send(GET % b"stream")
        await third.reader.readexactly(len(PART))
        refused = await (await there.guest()).rest()
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nretry-after: " in refused
    assert 64 <= connections_allowed() <= 4096


async def test_a_crowd_of_connections_is_looked_through_now_and_then_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks, is_idle = [0], BoundedConnection.is_idle

    def counted(one: BoundedConnection) -> bool:
        looks[0] += 1
        return is_idle(one)

    monkeypatch.setattr(BoundedConnection, "is_idle", counted)
    monkeypatch.setattr(connections, "LOOK_AGAIN_SECONDS", 60.0)
    async with served(connections=64) as there:
        sending = await there.guest()
        sending.send(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhel")
        for _ in range(64 + 8 * 4):
            await there.guest()
        assert len(there.server.server_state.connections) <= 64
        assert 0 < looks[0] <= 9 * 64
        sending.send(b"lo")
        assert (await sending.answer()).startswith(b"HTTP/1.1 200 ")
        looks[0] = 0
    async with served(connections=2) as there:
        for _ in range(2):
            guest = await there.guest()
            guest.send(GET % b"stream")
            await guest.reader.readexactly(len(PART))
        for _ in range(10):
            refused = await (await there.guest()).rest()
            assert refused.startswith(b"HTTP/1.1 503 ")
        assert looks[0] == 2


@pytest.mark.parametrize("said", [GET % b"stream" + GET % b"", POST + b"2\r\nhe\r\n"])
async def test_what_never_ends_ends_with_the_server(said: bytes) -> None:
    async with served(goodbye_seconds=SOON) as there:
        guest = await there.guest()
        guest.send(said)
        await there.shut_down()
        await guest.rest()
        await there.house.left()


async def test_an_answer_under_way_is_sent_before_the_server_ends() -> None:
    async with served() as there:
        guest = await there.guest()
        guest.send(POST + b"2\r\nhe\r\n")
        await there.shut_down()
        guest.send(b"0\r\n\r\n")
        assert b"connection: close" in await guest.answer()
        assert await guest.rest() == b""


async def test_what_asks_for_another_protocol_is_answered_and_hears_no_more(
    caplog: pytest.LogCaptureFixture,
) -> None:
    wish = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: websocket\r\nContent-Length: 60\r\n"
    with caplog.at_level(logging.DEBUG):
        async with served() as there:
            guest = await there.guest()
            guest.send(b"POST / HTTP/1.1\r\nHost: here\r\n" + wish + b"\r\n")
            await asyncio.sleep(0)
            guest.send(GET % b"hidden")
            said = await guest.rest()
            assert said.count(b"HTTP/1.1 200 ") == 1
            assert len(there.house.seen) == 1
    assert [each for each in caplog.records if each.name.startswith("uvicorn")] == []


def test_every_way_to_serve_is_bounded() -> None:
    config = uvicorn.Config("api.app:create_app", factory=True, http=PROTOCOL)
    assert config.http == PROTOCOL
    assert import_from_string(PROTOCOL) is BoundedConnection
    assert f'--http, "{PROTOCOL}"' in (ROOT / "compose.yaml").read_text(encoding="utf-8")
    served = (ROOT / "scripts" / "app_server.py").read_text(encoding="utf-8")
    assert "http=BoundedConnection" in served
