"""Two embedded servers with streaming replication: a primary and its standby."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

import psutil

from scripts import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS: Final = ("wal_level=replica", "max_wal_senders=4", "wal_receiver_status_interval=1s")
SYNCHRONOUS: Final = (
    "alter system set synchronous_standby_names = '*'",
    "alter system set synchronous_commit = 'remote_apply'",
)


@contextmanager
def replicating() -> Iterator[embedded.Server]:
    """Run a server that can have standbys."""
    with embedded.scratch(*SETTINGS) as server:
        try:
            yield server
        finally:
            frozen_let_go(server.folder)


@contextmanager
def standby_of(primary: embedded.Server) -> Iterator[embedded.Server]:
    """Run a standby of a server, on a folder that is deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=embedded.SCRATCH_PREFIX))
    lock = embedded.take(folder)
    try:
        embedded.run(
            ["pg_basebackup", "-R", "-X", "stream", "-c", "fast", "-d", plain(primary.dsn)],
            ["-D", str(embedded.pgdata(folder))],
        )
        # The primary's socket is in its data folder, and its lock was copied with it.
        for copied in embedded.pgdata(folder).glob(".s.PGSQL.*"):
            copied.unlink()
        embedded.launch(folder, SETTINGS)
        yield embedded.Server(folder=folder, dsn=embedded.running_dsn(folder), lock=lock)
    finally:
        frozen_let_go(folder)
        embedded.stop_server(folder)
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def plain(dsn: str) -> str:
    """The DSN for programs that name no database."""
    return urlunsplit(urlsplit(dsn)._replace(path="/postgres"))


def both_hosts(dsn: str, standby: embedded.Server) -> str:
    """The DSN that names both servers and asks for the one that takes writes."""
    parts = urlsplit(dsn)
    said = [parse_qs(parts.query), parse_qs(urlsplit(standby.dsn).query)]
    hosts = ",".join(each["host"][0] for each in said)
    ports = ",".join(each["port"][0] for each in said)
    query = f"host={quote(hosts, safe='/,')}&port={ports}&target_session_attrs=read-write"
    return urlunsplit(parts._replace(query=query))


def promote(folder: Path) -> None:
    """Make a standby the primary, and wait until it takes writes."""
    embedded.run(["pg_ctl", "promote", "-w", "-s"], ["-D", str(embedded.pgdata(folder))])


def family_of(folder: Path) -> list[psutil.Process]:
    """The processes of a server, the postmaster first."""
    with suppress(OSError, psutil.Error):
        pid = int((embedded.pgdata(folder) / "postmaster.pid").read_text().split(maxsplit=1)[0])
        postmaster = psutil.Process(pid)
        return [postmaster, *postmaster.children(recursive=True)]
    return []


def freeze(folder: Path, only: str = "") -> None:
    """Stop the processes of a server (or those of this name) as they stand."""
    for process in family_of(folder):
        with suppress(psutil.Error):
            if only in " ".join(process.cmdline()):
                process.send_signal(signal.SIGSTOP)


def frozen_let_go(folder: Path) -> None:
    """Let stopped processes go on."""
    for process in family_of(folder):
        with suppress(psutil.Error):
            process.send_signal(signal.SIGCONT)
