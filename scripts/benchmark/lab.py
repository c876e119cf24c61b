"""`scripts/bench lab`: a hundred nights of the sixty tables in the lab, beside a busy service.

One api process with its jobs: the lab's worker runs beside it at the lowest priority, as in a
house. A draft is played beside the rules in force on nights drawn at the middle load of
`scripts/bench decisions`, while a booking site looks for tables of an evening with a hundred
promises. The run is to be over in 180 s, and the site answered within 50 ms (p99).
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import httpx
import msgspec
from msgspec import Struct

from policies.lab.nights import LOADS, true_forecast
from scripts import embedded
from scripts.app_server import fast_loop
from scripts.benchmark.pieces import HOUSE
from scripts.benchmark.soak_figures import quantiles_of
from scripts.kernel_cache import compile_kernels
from scripts.simulation.servers import Servers, serving
from seating.access.clients import create_client, issue_token
from seating.book.guests import Contact
from seating.book.in_force import house_of
from seating.book.reservations import Booker
from seating.booking.making import BookingRequest, create_reservation
from seating.clock import MovableClock, set_clock, wall_now
from seating.db import open_pool, run, transaction
from seating.house.rule_versions import DraftRules, draft
from seating.lab.answers import LabResults, results
from seating.lab.runs import AskLab, DrawnEvenings, ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policies.house.calendar import Period
    from policies.lab.trial.playing import Grid
    from seating.db import Connection, Pool

NIGHTS, LOAD, PROMISES = 100, 1, 100
BAR_SECONDS, BAR_MS = 180.0, 50.0
LOOK_EVERY = 0.1
"""Seconds between two questions of the booking site."""

BEFORE_SECONDS = 10.0
CLOCK = MovableClock()
DRAFT = {"overbooking": {"enabled": True, "ceiling": 0.1, "cap_parties": 30, "cap_covers": 90}}
LESSON = """
insert into lesson (venue_id, service_date, made_at, nights, bookings) values ($1, $2, $3, 0, 0)
"""
BELIEF = """
insert into belief (venue_id, period_name, weekday, service_date, forecast, nights)
select $1, $2, day, $3, $4::jsonb, 0 from generate_series(1, 7) day
"""


class LabFigures(Struct, frozen=True, kw_only=True):
    """What was measured: the run in seconds, the site's waits in ms before and beside it."""

    nights: int
    played: int
    seconds: float
    sentence: str
    before: tuple[float, float]
    beside: tuple[float, float]
    looks: int


def main(arguments: Sequence[str]) -> int:
    """Measure both; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="scripts/bench lab", description=__doc__)
    parser.add_argument("--nights", type=int, default=NIGHTS)
    parser.add_argument("--grid", choices=("quick", "minutes"), default="quick")
    options = parser.parse_args(arguments)
    compile_kernels()
    with embedded.scratch() as server, asyncio.Runner(loop_factory=fast_loop()) as runner:
        found = runner.run(measured(server, options.nights, options.grid))
    print("\n".join(lines(found, options.grid)))
    return 0 if found.seconds < BAR_SECONDS and found.beside[1] < BAR_MS else 1


def lines(found: LabFigures, grid: str) -> list[str]:
    """Return what is printed."""
    each = found.seconds / max(1, found.played)
    return [
        f"{found.played} of {found.nights} nights on the {grid} grid, draft and rules in force:",
        f"{found.seconds:.0f} s, {each:.2f} s a night (bar {BAR_SECONDS:.0f} s)",
        f"availability before: {found.before[0]:.1f} ms p50, {found.before[1]:.1f} ms p99",
        f"availability beside: {found.beside[0]:.1f} ms p50, {found.beside[1]:.1f} ms p99",
        f"{found.looks} looks (bar {BAR_MS:.0f} ms p99)",
        found.sentence.replace("**", ""),
    ]


async def measured(server: embedded.Server, nights: int, grid: Grid) -> LabFigures:
    """Serve the house, book an evening, ask the lab, and look for tables meanwhile."""
    async with serving(server, HOUSE.read_text(encoding="utf-8"), 1) as served:
        pool = await open_pool(served.dsn, min_size=1, max_size=4)
        async with pool:
            venue, period = await booked(pool)
            site = await site_of(pool, venue, served, period)
            before = await site.look_until(perf_counter() + BEFORE_SECONDS)
            began = perf_counter()
            run_id = await asked(pool, venue, nights, grid)
            looking = asyncio.create_task(site.look_until(None))
            found = await over(pool, venue, run_id)
            seconds = perf_counter() - began
            site.stop = True
            beside = await looking
    return LabFigures(
        nights=nights,
        played=found.run.played,
        seconds=seconds,
        sentence=found.drafts[0].sentence,
        before=quantiles_of(before),
        beside=quantiles_of(beside),
        looks=len(beside),
    )


class Site:
    """A booking site that asks for a table again and again; `stop` ends it."""

    def __init__(self, url: str, token: str, period: Period) -> None:
        self.url, self.token, self.period = url, token, period
        self.stop = False

    async def look_until(self, until: float | None) -> list[float]:
        """Look until then, or until stopped; return the seconds of each answer."""
        found = []
        headers = {"Authorization": f"Bearer {self.token}"}
        asked = {"date": self.period.service_date.isoformat(), "party_size": "2"}
        async with httpx.AsyncClient(trust_env=False, timeout=30, headers=headers) as client:
            while not self.stop and (until is None or perf_counter() < until):
                began = perf_counter()
                (await client.get(self.url, params=asked)).raise_for_status()
                found.append(perf_counter() - began)
                await asyncio.sleep(LOOK_EVERY)
        return found


async def booked(pool: Pool) -> tuple[str, Period]:
    """Let the house believe in the middle load, and promise tables on one of its evenings."""
    venue = str(await pool.fetchval("select venue_id from venue limit 1"))
    async with transaction(pool) as conn:
        noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
        await set_clock(conn, noon, 1.0)
        in_force = await house_of(conn, venue)
        ahead = (in_force.periods_on(noon.date() + timedelta(days=day)) for day in range(3, 10))
        period = next(each[-1] for each in ahead if each)
        forecast = msgspec.json.encode(true_forecast(*LOADS[LOAD])).decode()
        yesterday = noon.date() - timedelta(days=1)
        await conn.execute(LESSON, venue, yesterday, noon)
        await conn.execute(BELIEF, venue, period.name, yesterday, forecast)
    by = Booker(channel="phone", actor="host", staff_id=in_force.house.staff[0].id)
    rules = in_force.house.house_rules
    for number in range(PROMISES):
        wish = BookingRequest(
            starts=period.opens + timedelta(minutes=15 * (number % 16)),
            party_size=2 + number % 3,
            guest=Contact(name=f"Guest {number}", phone=f"+4930{20_000_000 + number}"),
            accepted_house_rules=rules.version if rules else None,
        )

        async def work(conn: Connection, wish: BookingRequest = wish) -> None:
            await create_reservation(conn, venue, wish, by, CLOCK)

        await run(pool, work)
    return venue, period


async def site_of(pool: Pool, venue: str, served: Servers, period: Period) -> Site:
    """Return a site that may look at this house."""
    async with transaction(pool) as conn:
        client_id, _ = await create_client(conn, "A site", {venue: ["availability"]})
    token = await issue_token(pool, client_id, ["availability"], wall_now())
    url = f"{served.urls[0]}/v1/venues/{venue}/availability"
    return Site(url, token.access_token, period)


async def asked(pool: Pool, venue: str, nights: int, grid: Grid) -> UUID:
    """Ask for the run; return its id."""

    async def work(conn: Connection) -> UUID:
        command = DraftRules(id=uuid4(), reason="bench", rules=DRAFT)
        version = (await draft(conn, venue, command, "bench", CLOCK)).version
        scope = DrawnEvenings(evenings=nights)
        return await ask(
            conn, venue, AskLab(id=uuid4(), drafts=(version,), scope=scope, grid=grid), "b", CLOCK
        )

    return await run(pool, work)


async def over(pool: Pool, venue: str, run_id: UUID) -> LabResults:
    """Wait for the run to end; return what it found."""
    while True:
        async with pool.acquire() as conn:
            found = await results(conn, venue, run_id, "en")
        if found.run.state not in {"queued", "running"}:
            return found
        print(f"{found.run.played} of {found.run.nights} nights", end="\r", file=sys.stderr)
        await asyncio.sleep(1)
