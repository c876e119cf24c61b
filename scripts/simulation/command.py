"""`scripts/evening`: runs one or several evenings."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
import traceback
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import IO, TYPE_CHECKING, Any, NoReturn

from scripts import embedded
from scripts.app_server import fast_loop
from scripts.kernel_cache import compile_kernels
from scripts.screens import keep_built
from scripts.simulation import logins as keys
from scripts.simulation import report
from scripts.simulation.crew import Crew
from scripts.simulation.damage import damaged_indexes, keep_data
from scripts.simulation.evening_tally import append_tally, tally_of
from scripts.simulation.evenings import EVENINGS_APART, EveningAhead, evening_ahead
from scripts.simulation.examination.examiner import Examiner
from scripts.simulation.history.command import play_history
from scripts.simulation.journal import Journal
from scripts.simulation.killing import Killer
from scripts.simulation.options import parse, seeds_of
from scripts.simulation.play import Plan, play
from scripts.simulation.progress import ProgressBar
from scripts.simulation.servers import ServerError, Servers, serving
from scripts.simulation.tablets import LoginError
from scripts.simulation.wire import NoAnswerError
from scripts.simulation.written_house import Hours, NoSuchHouseError, WrittenHouse, read_house
from seating.clock import wall_now
from seating.connecting import NoConnectionError
from seating.fitness import UnfitDatabaseError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.logins import Logins
    from scripts.simulation.night import Night
    from scripts.simulation.stand_screen import StandScreen

# A Friday on which both shipped houses open.
USUAL_DATE = date(2027, 3, 12)
PROCESSES = 2
HOUR = timedelta(hours=1)
SURPRISES = (LookupError, TypeError, ValueError)
SURPRISES_AT_MOST = 5
"""An endless run that meets more answers it cannot read than this is broken itself."""

EXPECTED = (
    LoginError,
    NoAnswerError,
    NoSuchHouseError,
    NoConnectionError,
    ServerError,
    UnfitDatabaseError,
    embedded.EmbeddedError,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the evenings of the command line; the exit code is 1 after any violation."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)
    options = parse(arguments)
    compile_kernels()
    if options.stand:
        keep_built(print)
    try:
        with asyncio.Runner(loop_factory=fast_loop()) as runner:
            violations = runner.run(run(options))
    except KeyboardInterrupt:
        sys.exit(None if options.endless else "\nstopped")
    except EXPECTED as error:
        sys.exit(str(error))
    if violations:
        sys.exit(1)


def interrupt(_number: int, _frame: object) -> NoReturn:
    """Treat the signal as Ctrl-C."""
    raise KeyboardInterrupt


async def run(options: argparse.Namespace) -> int:
    """Run all evenings, or a season; returns the number of violations."""
    if options.history:
        await play_history(options)
        return 0
    house = read_house(options.house)
    if options.url:
        return await play_on_running(options, house)
    seeds = list(seeds_of(options))
    violations = 0
    with embedded.scratch("max_connections=100") as server:
        for lived in [seeds] if options.one_house else [[seed] for seed in seeds]:
            violations += await live_in_a_house(options, house, server, lived)
    return violations


async def live_in_a_house(
    options: argparse.Namespace, house: WrittenHouse, server: embedded.Server, seeds: Sequence[int]
) -> int:
    """Play evenings of these seeds one after the other in a fresh house; returns violations.

    It learns from each before the next, as its nightly jobs do.
    """
    violations = 0
    # At full speed the steps of the clock run the jobs, or leave them out.
    jobs = options.speed is not None or bool(options.then_rate)
    started = serving(
        server, house.text, PROCESSES, options.log, jobs=jobs, jobs_process=bool(options.kill)
    )
    async with started as servers:
        logins = await keys.complete(
            servers.dsn, keys.Logins(venue=house.venue), tablets=1 + options.stand
        )
        crew = Crew(urls=servers.urls, logins=logins)
        brief = options.brief or bool(options.seeds)
        for number, seed in enumerate(seeds):
            stage = EveningRun(
                options, house, seed, servers.urls, logins, servers.dsn, servers,
                crew=crew, number=number,
            )  # fmt: skip
            found = await stage.play(brief=brief)
            if found and options.kill:
                await look_for_damage(servers, options.keep, seed)
            violations += found
            if number + 1 < len(seeds):
                await servers.learn_overnight()
    return violations


async def look_for_damage(servers: Servers, keep: Path | None, seed: int) -> None:
    """Tell whether PostgreSQL survived its kills whole; with a folder, copy its data there."""
    for line in await damaged_indexes(servers.dsn) or ["every index agrees with its table"]:
        print(line, flush=True)
    if keep:
        kept = await asyncio.to_thread(keep_data, servers.server.folder, keep, seed)
        print(f"its data are kept in {kept}", flush=True)


async def play_on_running(options: argparse.Namespace, house: WrittenHouse) -> int:
    """Run an evening against processes that run already."""
    logins = keys.read(options.logins) if options.logins else None
    if logins is None:
        raise LoginError("With --url, --logins names the file with the logins to use.")
    dsn = options.dsn or os.environ.get("DATABASE_URL")
    if options.endless:
        return await play_on_and_on(options, house, Crew(urls=options.url, logins=logins), dsn)
    stage = EveningRun(options, house, options.seed, options.url, logins, dsn, None)
    return await stage.play(brief=options.brief)


def end_with_standard_input() -> None:
    """End this process when its standard input ends, as it does if who holds it is killed."""

    def wait() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


async def play_on_and_on(
    options: argparse.Namespace, house: WrittenHouse, crew: Crew, dsn: str | None
) -> int:
    """Play evening after evening, until the service no longer answers or standard input ends.

    The first begins at `--since` or, without it, where the service's clock is: an evening that goes
    on there is taken up. So is one that an answer nobody expected has ended.
    """
    end_with_standard_input()
    fresh, surprises = options.since is not None, 0
    now, rate = (options.since, 0.0) if fresh else await crew.clock()
    while True:
        ahead = evening_ahead(house, now, rate=rate, wall=wall_now())
        seed = options.seed + ahead.hours.day.toordinal()
        stage = EveningRun(
            options, house, seed, crew.urls, crew.logins, dsn, None, ahead, crew, publishes=fresh
        )
        try:
            await stage.play(brief=True)
        except SURPRISES:
            surprises += 1
            if surprises > SURPRISES_AT_MOST:
                raise
            traceback.print_exc()
        else:
            surprises = 0
        fresh = False
        now, rate = await crew.clock()


@dataclass
class EveningRun:
    """One evening and the service it uses; `servers` only if we started them.

    `ahead`: the evening of an endless run. `crew`: who has played before. `number`: of evenings the
    house has lived before.
    """

    options: argparse.Namespace
    house: WrittenHouse
    seed: int
    urls: Sequence[str]
    logins: Logins
    dsn: str | None
    servers: Servers | None
    ahead: EveningAhead | None = None
    crew: Crew | None = None
    publishes: bool = True
    number: int = 0
    told_at: datetime | None = None

    async def play(self, *, brief: bool) -> int:
        """Simulate, examine, report; returns the number of violations."""
        async with AsyncExitStack() as life:
            stack = life.enter_context(ExitStack())
            file = self._journal_file(stack)
            plan = self._plan()
            journal = Journal(file, keeps=bool(self.dsn) or not plan.goes_on)
            examiner = self._examiner(journal, plan)
            started = time.monotonic()
            with ProgressBar(plan) as advance:
                killer = Killer(self.servers, self.options.kill, self.seed)
                screen = await self._screen(life, plan.hours)

                async def watch(night: Night) -> None:
                    advance(night)
                    self._tell_how_it_goes(night)
                    await killer.after_step(night)
                    if examiner:
                        await examiner.after_step(night.now, swept=night.swept)
                    if screen:
                        await screen.after_step(night.now, examiner.findings if examiner else None)

                night = await play(plan, self.urls, self.logins, journal, watch, self.crew)
                await killer.at_the_end()
                if screen:
                    await screen.compare(night.now, examiner.findings if examiner else None)
                    print(screen.told(), flush=True)
            if examiner:
                await examiner.at_the_end(night.now, closed=plan.until is None or plan.goes_on)
        return self._tell(night, examiner, time.monotonic() - started, brief=brief)

    async def _screen(self, life: AsyncExitStack, hours: Hours) -> StandScreen | None:
        if not self.options.stand or not self.dsn:
            return None
        # Only who asks for a browser needs the package that drives one.
        from scripts.simulation.stand_screen import stand_screen  # noqa: PLC0415

        code = self.logins.codes.pop()
        screen = stand_screen(self.urls[0], self.logins, code, self.dsn, hours)
        return await life.enter_async_context(screen)

    def _tell_how_it_goes(self, night: Night) -> None:
        """A line when an evening of an endless run is in its middle, and each hour from then."""
        if not self.ahead or not night.tally.stand:
            return
        if self.told_at is None or night.now >= self.told_at + HOUR:
            self.told_at = night.now
            print(report.stand_now(night), flush=True)

    def _tell(self, night: Night, examiner: Examiner | None, seconds: float, *, brief: bool) -> int:
        findings: Findings | None = examiner.findings if examiner else None
        if not brief:
            report.show(night, examiner, seconds)
        elif findings is not None and findings.violations:
            report.show_violations(findings)
        if findings is not None or not self.ahead:
            print(report.summary(self.seed, night, examiner, seconds), flush=True)
        count = len(findings.violations) if findings else 0
        if self.options.tallies and examiner and examiner.final:
            tally = tally_of(examiner.final, violations=count, seconds=seconds)
            append_tally(self.options.tallies, tally)
        return count

    def _plan(self) -> Plan:
        options = self.options
        if self.ahead:
            return replace(self._plan_of(self.ahead.hours), **self._goes_on(self.ahead))
        day = options.date or (USUAL_DATE if self.servers else datetime.now(UTC).date())
        return self._plan_of(self.house.next_evening(day + self.number * EVENINGS_APART))

    def _goes_on(self, ahead: EveningAhead) -> dict[str, Any]:
        return {
            "since": ahead.since,
            "until": ahead.lively_from,
            "then_rate": self.options.then_rate or 1.0,
            "goes_on": True,
            "taken_up": ahead.taken_up,
            "publishes": self.publishes,
        }

    def _plan_of(self, hours: Hours) -> Plan:
        options = self.options
        return Plan(
            house=self.house,
            hours=hours,
            seed=self.seed,
            requests=options.requests,
            walk_ins=options.walkins,
            speed=options.speed,
            until=until_of(self.house, hours, options.until),
            since=options.since,
            step=timedelta(minutes=options.step),
            then_rate=options.then_rate,
            troubled=not options.smooth,
            discretion=options.discretion,
            by_value=options.by_value,
        )

    def _examiner(self, journal: Journal, plan: Plan) -> Examiner | None:
        if not self.dsn:  # the demo gives its simulation no DSN
            return None
        return Examiner(
            dsn=self.dsn, house=self.house, hours=plan.hours, journal=journal, since=plan.begins
        )

    def _journal_file(self, stack: ExitStack) -> IO[str] | None:
        path: Path | None = self.options.journal
        return stack.enter_context(path.open("w", encoding="utf-8")) if path else None


def until_of(house: WrittenHouse, hours: Hours, clock: str | None) -> datetime | None:
    """The instant of a local time; times before opening are after midnight."""
    if clock is None:
        return None
    hour, minute = map(int, clock.split(":"))
    local = hours.opens.astimezone(house.zone).replace(hour=hour, minute=minute)
    return (local if local >= hours.opens else local + timedelta(days=1)).astimezone(UTC)
