"""`scripts/serve`: the command line, and one sentence for every expected failure."""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
import signal
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from scripts import app_server, check, demo, embedded
from scripts.code_version import code_version
from scripts.kernel_cache import compile_kernels
from scripts.setup_venv import ROOT
from seating.backups.command import add_commands
from seating.backups.command import run as run_command
from seating.backups.programs import BackupError
from seating.backups.updating import Keeping, keeping_of
from seating.connecting import NoConnectionError, connect
from seating.fitness import UnfitDatabaseError
from seating.migrate import MigrationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOOPBACK = ("127.0.0.1", "::1", "localhost")
EXPECTED = (
    BackupError,
    app_server.ServeError,
    check.CheckError,
    demo.DemoError,
    embedded.EmbeddedError,
    MigrationError,
    NoConnectionError,
    UnfitDatabaseError,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; an expected failure prints a sentence and exits with 1."""
    # SIGHUP and SIGTERM stop everything the way Ctrl-C does, the database included.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)
    options = parse(arguments)
    try:
        options.command(options)
    except KeyboardInterrupt:
        print("\nstopped")
    except EXPECTED as error:
        sys.exit(str(error))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/serve", description="Run Maitred.")
    parser.set_defaults(command=serve)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--house", default="bistro", help="a name in seating/house/examples or a TOML file"
    )
    parser.add_argument("--data", type=Path, default=ROOT / ".data", help="the database's folder")
    parser.add_argument("--no-demo", dest="demo", action="store_false")
    parser.add_argument(
        "--check",
        dest="command",
        action="store_const",
        const=check_all,
        help="start on a scratch database, use it as a guest would, stop",
    )
    parser.add_argument(
        "--no-backup",
        dest="backup",
        action="store_false",
        help="update a database in use without a backup before it",
    )
    commands = parser.add_subparsers(title="instead of serving")
    add_commands(commands)
    for name in ("backup", "restore", "back"):
        commands.choices[name].set_defaults(command=keep)
    return parser.parse_args(arguments)


def serve(options: argparse.Namespace) -> None:
    """Serve until Ctrl-C."""
    if options.demo and options.host not in LOOPBACK:
        sys.exit("Demo logins are for this machine only: leave out --host or add --no-demo.")
    compile_kernels()
    with (
        app_server.listen(options.host, options.port) as listener,
        database(options.data) as dsn,
        demo.simulation_process() as simulation,
    ):
        logins = options.data / "demo.json" if options.demo else None
        served = app_server.ServeOptions(
            dsn=dsn,
            house=options.house,
            demo=options.demo,
            logins=logins,
            keys=options.data / "secrets.key",
            keeping=keeping_in(options.data),
            back_up_first=options.backup,
        )
        app_server.run(served, listener, partial(announce, served, simulation))


async def announce(
    served: app_server.ServeOptions,
    simulation: demo.SimulationProcess,
    address: str,
    lines: list[str],
) -> bool:
    """Print address and logins; for a demo start the simulated evening."""
    if served.logins:
        demo.write_environment(served.logins.with_suffix(".env"), address, served.logins)
    print("\n".join([f"ready: {address}", *lines, "Ctrl-C stops it"]), flush=True)
    if served.logins:
        simulation.command = await demo.simulation_arguments(
            served.dsn, served.house, served.logins
        )
        simulation.begin(address)
    return True


def check_all(options: argparse.Namespace) -> None:
    """Start on a scratch database, run the check, delete the database."""
    compile_kernels()
    with app_server.listen("127.0.0.1", 0) as listener, embedded.scratch() as server:
        served = app_server.ServeOptions(dsn=server.dsn, house=options.house, demo=True)
        app_server.run(served, listener, run_check)
    print("check passed")


async def run_check(address: str, lines: list[str]) -> bool:
    """Run the check beside the server."""
    await asyncio.to_thread(check.run, address, lines)
    return False


def keep(options: argparse.Namespace) -> None:
    """Back up, restore or go back; only a backup is made while the database is in use."""
    shared = options.action == "backup" and not os.environ.get("DATABASE_URL")
    with embedded.running(options.data) if shared else database(options.data) as dsn:
        lines = asyncio.run(run_command(dsn, options, keeping_in(options.data)))
    print("\n".join(lines))


def keeping_in(data: Path) -> Keeping:
    """Backups lie with the data unless MAITRED_BACKUPS says where. Raises BackupError."""
    folder = data.resolve() / "backups"
    where = "" if data == ROOT / ".data" else f" --data {shlex.quote(str(data))}"
    back = f"scripts/serve{where} back"
    return keeping_of(os.environ, folder=folder, code=code_version(), back=back)


@contextmanager
def database(data: Path) -> Iterator[str]:
    """DATABASE_URL, or the DSN of an embedded server that runs for the block."""
    if given := os.environ.get("DATABASE_URL"):
        asyncio.run(require_answer(given))
        yield given
        return
    print(f"starting PostgreSQL on {data}", flush=True)
    server = embedded.start(data)
    try:
        yield server.dsn
    finally:
        server.stop()


async def require_answer(dsn: str) -> None:
    """Raise NoConnectionError when DATABASE_URL cannot be opened.

    Whether the database is fit is asked by the migrations: a backup may be of a standby.
    """
    connection = await connect(dsn, {"application_name": "maitred serve"})
    await connection.close()


def interrupt(_number: int, _frame: object) -> NoReturn:
    """Treat the signal as Ctrl-C."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
