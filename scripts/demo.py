"""Fills a served database: the house and, for a demo, logins and a simulated evening."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from api.setup import stand_line
from policies.house.file import HouseError, read_house
from scripts.setup_venv import ROOT
from scripts.simulation import logins as keys
from scripts.simulation.history.copying import load_history as copy_history
from scripts.simulation.history.kept import file_of, read_history
from scripts.simulation.written_house import parse_house
from seating.access.owners import venues_here
from seating.clock import MovableClock, WallClock, wall_now
from seating.db import open_pool
from seating.house.examples import shipped, shipped_text
from seating.house.loading import load_house as put_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.simulation.logins import Logins
    from seating.db import Pool

HOUSE = "bistro"
LOGINS = "demo.json"
GOODBYE_SECONDS = 5
ALIASES = {"60": "sixty"}
BOOKED_AHEAD = timedelta(days=28)
# `read_lines` and scripts/check.py parse these lines.
SITE_LINE = "booking site: client_id {} client_secret {}"
GOOGLE_LINE = "Google's facade, HTTP Basic at /google/v3: user {} password {}"
PIN_LINE = "PIN of {} ({}): {}"
HISTORY_LINE = "history: {} evenings up to {:%A %-d %B} (made up by simulation, loaded in {:.0f} s)"
CODE_LINE = "pairing code for the first tablet: {} (good for ten minutes)"
SITE = re.compile(r"booking site: client_id (\S+) client_secret (\S+)")
PIN = re.compile(r"PIN of (\S+) \((\w+)\): (\d+)")
CODE = re.compile(r"pairing code for the first tablet: (\S+)")


class DemoError(Exception):
    """The database cannot be filled; the message has a line per problem."""


def text_of(house: str) -> str:
    """The text of a house: its name in seating/house/examples, or a TOML file. Raises DemoError."""
    name = ALIASES.get(house, house)
    if name in shipped():
        return shipped_text(name)
    try:
        return Path(house).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(shipped())
        raise DemoError(f"There is no house {house}: name a file, or one of {known}.") from error


def checked_text(house: str) -> str:
    """The text of a house that can be read as one. Raises DemoError with every problem."""
    text = text_of(house)
    try:
        read_house(text)
    except HouseError as error:
        raise unusable(house, error) from error
    return text


def unusable(house: str, error: HouseError) -> DemoError:
    """The error with every problem of a house file."""
    return DemoError(f"{house} cannot be used:\n" + str(error))


async def load_house(dsn: str, house: str, *, demo: bool = False) -> tuple[str, ...]:
    """Load the house into the migrated database; returns what a person has to decide, if anything.

    Raises DemoError with every problem of the file.
    """
    text = checked_text(house)
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        if demo:
            await refuse_beside_a_house(pool, parse_house(text).venue)
        try:
            return (await put_in_force(pool, text, MovableClock() if demo else WallClock())).lines
        except HouseError as error:
            raise unusable(house, error) from error


async def refuse_beside_a_house(pool: Pool, venue: str) -> None:
    """Raise DemoError for a database with another house, unless a demo has moved its clock."""
    others = [each for each in await venues_here(pool) if each != venue]
    if others and not await pool.fetchval("select exists (select from clock)"):
        raise DemoError(
            f"This database holds the house {others[0]}, and the demo would move its clock: "
            "add --no-demo, or give the demo a folder of its own with --data."
        )


async def prepare_demo(dsn: str, house: str, keep: Path | None = None) -> list[str]:
    """Make the demo's logins; returns the lines to print, one login each.

    `keep`: the file in which they are kept for the next start. Raises DemoError.
    """
    if os.environ.get("MAITRED_PRODUCTION", "").lower() in {"1", "true"}:
        raise DemoError("Demo logins are refused while MAITRED_PRODUCTION is on: add --no-demo.")
    venue = parse_house(text_of(house)).venue
    kept = keys.read(keep) if keep else None
    known = kept if kept and kept.venue == venue else keys.Logins(venue=venue)
    logins = await keys.complete(dsn, known, tablets=2)
    code = logins.codes.pop(0)
    if keep:
        keys.save(logins, keep)
    return lines_of(logins, code)


async def load_history(dsn: str, house: str) -> list[str]:
    """Load the kept history of a shipped house, once, up to the evening before today's.

    Returns a line to print where one was loaded. `dsn`: of the role that owns the tables.
    """
    file = file_of(ALIASES.get(house, house))
    if not file.exists() or await has_business_time(dsn):
        return []
    written, begun = parse_house(text_of(house)), time.monotonic()
    history = await asyncio.to_thread(read_history, file)
    last = await copy_history(dsn, history, written, wall_now().astimezone(written.zone).date())
    if last is None:
        return []
    seconds = time.monotonic() - begun
    return [HISTORY_LINE.format(history.evenings, last, seconds)]


def write_environment(file: Path, address: str, kept: Path) -> None:
    """Write address and logins of the demo as shell variables (`. .data/demo/demo.env`)."""
    logins = keys.read(kept)
    if logins is None or not logins.clients:
        return
    who, secret = next(iter(logins.clients.items()))
    google, password = next(iter(logins.google.items()), ("", ""))
    lines = {
        "MAITRED": address,
        "VENUE": logins.venue,
        "CLIENT_ID": who,
        "CLIENT_SECRET": secret,
        "GOOGLE": f"{google}:{password}",
    }
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in lines.items()))


def lines_of(logins: Logins, code: str) -> list[str]:
    """The logins as they are printed."""
    return [
        *(SITE_LINE.format(name, secret) for name, secret in logins.clients.items()),
        *(GOOGLE_LINE.format(name, secret) for name, secret in logins.google.items()),
        *(PIN_LINE.format(name, logins.roles[name], pin) for name, pin in logins.pins.items()),
        CODE_LINE.format(code),
        stand_line(logins.venue, code),
    ]


def read_lines(lines: list[str]) -> Logins:
    """Parse the printed lines back into logins."""
    text = "\n".join(lines)
    people = PIN.findall(text)
    return keys.Logins(
        venue="",
        clients=dict(SITE.findall(text)),
        pins={name: pin for name, _, pin in people},
        roles={name: role for name, role, _ in people},
        codes=CODE.findall(text),
    )


@dataclass
class SimulationProcess:
    """The process that simulates the demo's evenings over HTTP (scripts/simulation)."""

    command: list[str] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def begin(self, address: str) -> None:
        """Start the process."""
        if self.command:
            command = [sys.executable, "-m", "scripts.simulation", "--url", address, *self.command]
            # It must not use the database directly.
            environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": ""}
            # The pipe ends with this process, even a killed one, and the player with the pipe.
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.PIPE, start_new_session=True
            )

    def stop(self) -> None:
        """Stop the process, if it runs."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        finally:
            if self.process.stdin:
                self.process.stdin.close()


@contextmanager
def simulation_process() -> Iterator[SimulationProcess]:
    """A player that is stopped at the end of the block."""
    lent = SimulationProcess()
    try:
        yield lent
    finally:
        lent.stop()


async def simulation_arguments(dsn: str, house: str, keep: Path, rate: float = 1.0) -> list[str]:
    """Arguments for `scripts/evening`: an endless run, whose evenings go on at `rate`.

    Where business time was never set, the first evening is booked from four weeks ago on.
    """
    seats = sum(table.seats for table in parse_house(text_of(house)).tables.values())
    words = ["--house", house, "--logins", str(keep), "--endless", "--then-rate", str(rate)]
    words += ["--smooth", "--requests", str(seats), "--walkins", str(seats // 4)]
    return words if await has_business_time(dsn) else [*words, "--since", four_weeks_ago()]


async def has_business_time(dsn: str) -> bool:
    """Whether the clock was ever set in this database."""
    async with await open_pool(dsn, min_size=1, max_size=1) as pool:
        return bool(await pool.fetchval("select exists (select from clock)"))


def four_weeks_ago() -> str:
    """An instant, by wall time."""
    return (wall_now() - BOOKED_AHEAD).isoformat()
