"""`scripts/evening --history FILE`: plays a season and keeps its rows."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import embedded
from scripts.simulation import logins as keys
from scripts.simulation.crew import token_of
from scripts.simulation.history.copying import history_of
from scripts.simulation.history.kept import file_of, write_history
from scripts.simulation.history.season import SeasonPlan, play_season
from scripts.simulation.servers import serving
from scripts.simulation.written_house import read_house
from seating.access.clients import create_client
from seating.db import open_pool, transaction

if TYPE_CHECKING:
    import argparse

    from scripts.simulation.crew import Crew
    from scripts.simulation.play import Actors
    from scripts.simulation.servers import Servers

TILL = "Till"
USUAL_HOUSE, NOT_NAMED = "bistro", "60"
"""The demo's house, unless one is named: `--house` is 60 where nobody says more."""
LAST = date(2026, 9, 27)
"""No change of clocks lies in the quarter before it, so that its nights are all of one kind."""


def add_history(parser: argparse.ArgumentParser) -> None:
    """Add --history and --dates to the command line of an evening."""
    parser.add_argument(
        "--history",
        type=Path,
        nargs="?",
        const=file_of(USUAL_HOUSE),
        metavar="FILE",
        help="play many service dates of one house (bistro unless --house names another), up to"
        " --date, and keep their rows as the history that the demo begins with; it takes long",
    )
    parser.add_argument("--dates", type=int, default=90, help="with --history: how many (90)")


async def play_history(options: argparse.Namespace) -> None:
    """Play a season by the options of the command line. Raises what `HistoryRun.run` does."""
    house = USUAL_HOUSE if options.house == NOT_NAMED else options.house
    plan = SeasonPlan(
        house=read_house(house),
        last=options.date or LAST,
        dates=options.dates,
        seed=options.seed,
    )
    await HistoryRun(plan=plan, file=options.history, log=options.log).run()


@dataclass(kw_only=True)
class HistoryRun:
    """A season to play on a scratch database; its rows go to `file`, what processes say to `log`.

    `servers`: what it plays on, `till`: the till's client id and secret, once they are there.
    """

    plan: SeasonPlan
    file: Path
    log: Path | None = None
    servers: Servers | None = None
    till: tuple[str, str] = ("", "")
    started: float = field(default_factory=time.monotonic)

    async def run(self) -> None:
        """Play and write. Raises LoginError, NoAnswerError, ServerError."""
        house = self.plan.house
        with embedded.scratch("max_connections=100") as server:
            async with serving(server, house.text, 1, self.log, jobs=False) as servers:
                self.servers = servers
                logins = await keys.complete(servers.dsn, keys.Logins(venue=house.venue), tablets=1)
                self.till = await till_client(servers.dsn, house.venue)
                until = await play_season(
                    self.plan, servers.urls, logins, self._till_token, self._after
                )
                history = await history_of(servers.dsn, house, self.plan.last, until)
        size = write_history(self.file, history)
        print(f"{self.file}: {history.count} rows, {size / 1e6:.2f} MB", flush=True)

    async def _till_token(self, crew: Crew) -> str:
        async with crew.client() as client:
            return await token_of(client, *self.till)

    async def _after(self, actors: Actors) -> None:
        """Learn overnight, as the jobs do, and tell how the evening was."""
        assert self.servers is not None  # noqa: S101 - for the type checker
        await self.servers.learn_overnight()
        self._tell(actors)

    def _tell(self, actors: Actors) -> None:
        night = actors.night
        counts = night.tally.counts
        sat = counts["reservations seated"]
        at_the_door = counts["walk-ins seated at once"] + counts["walk-ins seated from the list"]
        print(
            f"{night.hours.day} {counts['requests']} asked, {sat} promised parties and"
            f" {at_the_door} of {counts['walk-ins']} walk-ins seated,"
            f" {counts['promised parties walked']} walked, {night.tally.refused.total()} refusals,"
            f" {counts['gestures offered']} gestures, {time.monotonic() - self.started:.0f} s",
            flush=True,
        )


async def till_client(dsn: str, venue: str) -> tuple[str, str]:
    """A client of the till's; its id and secret."""
    async with await open_pool(dsn, min_size=1, max_size=1) as pool, transaction(pool) as conn:
        return await create_client(conn, TILL, {venue: ("pos",)})
