"""A PostgreSQL that dies is started again; one that keeps dying ends the service, with a reason."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from scripts import app_server, embedded
from scripts.disk_room import why_not_started
from scripts.supervising import keep_running

if TYPE_CHECKING:
    import socket
    from pathlib import Path


class Usage(NamedTuple):
    free: int


async def test_a_server_that_keeps_dying_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    started: list[Path] = []
    monkeypatch.setattr(embedded, "runs", lambda _: False)
    monkeypatch.setattr(embedded, "revive", started.append)
    with pytest.raises(embedded.EmbeddedError, match=r"died 4 times .*/postgres.log says why"):
        await keep_running(tmp_path, said.append, pauses=(0, 0, 0), look=0)
    assert started == [tmp_path] * 3
    assert said[:2] == ["PostgreSQL has died; starting it again", "PostgreSQL is there again"]


async def test_the_service_ends_when_its_database_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that whoever supervises it starts both anew: it is one of those that exit with 1."""
    monkeypatch.setattr(embedded, "runs", lambda _: False)
    monkeypatch.setattr(embedded, "revive", lambda _: None)
    monkeypatch.setattr(keep_running, "__kwdefaults__", {"pauses": (0,), "look": 0})
    ended: list[bool] = []

    class Server:
        should_exit = False

        async def serve(self, sockets: list[socket.socket]) -> None:
            assert sockets
            while not self.should_exit:  # noqa: ASYNC110 - as uvicorn does
                await asyncio.sleep(0.005)
            ended.append(True)

    async def nothing(*_: object) -> list[str]:
        return []

    async def ready(*_: object) -> bool:
        return True

    monkeypatch.setattr(app_server, "apply_migrations", nothing)
    monkeypatch.setattr(app_server, "opened", nothing)
    monkeypatch.setattr(app_server, "make_server", lambda _: Server())
    monkeypatch.setattr(app_server, "until_ready", nothing)
    options = app_server.ServeOptions(dsn="", house=None, demo=False, watched=tmp_path)
    with (
        app_server.listen("127.0.0.1", 0) as listener,
        pytest.raises(embedded.EmbeddedError, match="so the service ends"),
    ):
        await app_server.serve(options, listener, ready)
    assert ended == [True]


def test_a_start_on_a_full_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(5_000_000))
    with pytest.raises(embedded.EmbeddedError, match="The disk is full: 5 MB are free at"):
        embedded.start(tmp_path / "data")


def test_why_the_server_did_not_start_is_read_from_its_log(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    old = "2026-05-01 12:00:00 UTC [1] FATAL:  of another start\n"
    log.write_text(old + "[2] PANIC:  could not write: No space left on device\n")
    assert "is full. Make room there" in why_not_started(log, len(old))
    log.write_text(old + "[2] FATAL:  could not open the door\n[2] LOG:  shutting down\n")
    assert why_not_started(log, len(old)).endswith(": could not open the door.")
    assert why_not_started(log, log.stat().st_size) == ""
