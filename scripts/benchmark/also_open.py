"""`scripts/bench also-open`: new rules on forty booked evenings with two thousand promises.

The promises are made by the real booking path. A version that changes everything capacity may
change is previewed and published with `also_open`, timed; then the book is read again.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from policies.house.calendar import periods_on
from policies.house.file import read_house
from scripts import embedded
from scripts.app_server import fast_loop
from scripts.kernel_cache import compile_kernels
from scripts.simulation.servers import fresh_database
from seating.book.guests import Contact
from seating.book.reservations import Booker
from seating.booking.making import BookingRequest, BookingResult, create_reservation
from seating.clock import MovableClock, set_clock
from seating.db import open_pool, run, transaction
from seating.house.open_periods import PreviewRules, preview, publish_rules
from seating.house.rule_versions import DraftRules, PublishRules, draft, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policies.house.calendar import Period
    from seating.db import Connection, Pool
    from seating.house.new_rules import PeriodChange
    from seating.house.open_periods import Publication, RulesPreview

BAR_SECONDS = 5.0
EVENINGS, PROMISES = 40, 50
VENUE, MANAGER = "bench", "anna"
FIRST = date(2027, 3, 3)
CLOCK = MovableClock()
HOUSE = """
areas = [{{ id = "room", name = "Room" }}]
tables = [{tables}]
turn_times = [{{ party_max = 2, minutes = 90 }}, {{ party_max = 50, minutes = 120 }}]
[venue]
id = "bench"
name = "Bench"
zone = "Europe/Berlin"
currency = "EUR"
[booking]
window_days = 90
bookings_per_guest = 100
[[periods]]
name = "dinner"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
opens = "18:00"
last_seating = "22:00"
closes = "23:55"
pacing = 500
[[staff]]
id = "anna"
name = "Anna"
role = "owner"
"""
SEATS = (2,) * 11 + (4,) * 7


def window(name: str, seats: int, count: int, release: int) -> dict[str, Any]:
    """Held tables from 20:00 on; half of them stay until the window ends."""
    ladder = [{"minutes_before": release, "keep": count // 2}]
    return {
        "name": name, "period": "dinner", "starts": "20:00", "minutes": 120, "seats": seats,
        "count": count, "ladder": ladder,
    }  # fmt: skip


def overbooking(parties: int, ceiling: float) -> dict[str, Any]:
    """Limits without safety margins, so that the caps are reached."""
    return {
        "enabled": True, "ceiling": ceiling, "cap_parties": parties, "cap_covers": parties * 4,
        "small_tables_out": 0.0, "joins_out": 0.0,
    }  # fmt: skip


BEFORE: dict[str, Any] = {
    "overbooking": overbooking(20, 1.0),
    "holds": [window("twos", 2, 2, 45), window("fours", 4, 1, 45)],
}
AFTER: dict[str, Any] = {
    "overbooking": overbooking(4, 0.5) | {"tolerance_minutes": 15},
    "holds": [window("twos", 2, 1, 30), window("fours", 4, 2, 60)],
    "purses": {"venue_night": 30_000},
    "no_show_grace_minutes": 20,
}


@dataclass(kw_only=True)
class Results:
    """What was measured, and what was found wrong."""

    promises: int
    beyond: int
    previewed: float
    published: float
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing is wrong, and the bar is kept."""
        return not self.wrong and self.published < BAR_SECONDS


def main(arguments: Sequence[str]) -> int:
    """Book, publish and look; 1 when a promise was broken, a change untold or the bar missed."""
    parser = argparse.ArgumentParser(prog="scripts/bench also-open", description=__doc__)
    parser.add_argument("--evenings", type=int, default=EVENINGS)
    parser.add_argument("--promises", type=int, default=PROMISES, help="of each evening")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    compile_kernels()
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        results = runner.run(play(options))
    print("\n".join(summary_lines(results, options.evenings)))
    return 0 if results.good else 1


async def play(options: argparse.Namespace) -> Results:
    """Start PostgreSQL, make the promises, publish."""
    tables = ", ".join(
        f'{{ id = "{number}", area = "room", seats_max = {seats} }}'
        for number, seats in enumerate(SEATS, start=1)
    )
    text = HOUSE.format(tables=tables)
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    hidden = not sys.stderr.isatty()
    with embedded.scratch() as server, Progress(*columns, transient=True, disable=hidden) as bar:
        task = bar.add_task("booking", total=options.evenings * options.promises)
        pool = await open_pool(await fresh_database(server.dsn, text))
        try:
            async with transaction(pool) as conn:
                await set_clock(conn, datetime(2027, 3, 2, 12, tzinfo=UTC), 0.0)
            await published(pool, BEFORE)
            house = read_house(text)
            periods = [
                periods_on(house, FIRST + timedelta(days=day), house_version=1)[0]
                for day in range(options.evenings)
            ]
            await book_all(pool, periods, options, lambda: bar.advance(task))
            return await measure(pool)
        finally:
            await pool.close()


async def book_all(
    pool: Pool, periods: list[Period], options: argparse.Namespace, booked: Callable[[], None]
) -> None:
    """Make so many promises on each evening, and open its purse."""
    dice, guest = Random(options.seed), 0  # noqa: S311 - no secret
    for period in periods:
        made = tries = 0
        while made < options.promises and tries < 4 * options.promises:
            guest, tries = guest + 1, tries + 1
            starts = period.opens + timedelta(minutes=15 * dice.randrange(17))
            if await promised(pool, starts, dice.choice((1, 2, 2, 3, 4)), guest):
                made += 1
                booked()
        await pool.execute(
            "insert into purse (venue_id, period_id, owner, granted, spent)"
            " values ($1, $2, 'venue', 20000, 500)",
            VENUE,
            period.period_id,
        )


async def promised(pool: Pool, starts: datetime, party: int, guest: int) -> bool:
    """Ask for a table by phone; whether there is one."""
    wish = BookingRequest(
        starts=starts,
        party_size=party,
        guest=Contact(name=f"Guest {guest}", phone=f"+4930{20_000_000 + guest}"),
    )
    booker = Booker(channel="phone", actor="host", staff_id=MANAGER)
    done = await run(pool, lambda conn: create_reservation(conn, VENUE, wish, booker, CLOCK))
    return isinstance(done, BookingResult)


async def published(pool: Pool, rules: dict[str, Any]) -> None:
    """Publish the first version."""
    version = await drafted(pool, rules)
    order = PublishRules(id=uuid4(), from_date=FIRST)
    await run(pool, lambda conn: publish(conn, VENUE, version, order, MANAGER, CLOCK))


async def drafted(pool: Pool, rules: dict[str, Any]) -> int:
    """Store a draft; its version."""
    wish = DraftRules(id=uuid4(), rules=rules, reason="bench")

    async def work(conn: Connection) -> int:
        return (await draft(conn, VENUE, wish, MANAGER, CLOCK)).version

    return await run(pool, work)


async def measure(pool: Pool) -> Results:
    """Preview and publish, timed, and compare the book before and after with what was told."""
    version = await drafted(pool, AFTER)
    before = await promises(pool)
    began = perf_counter()
    async with transaction(pool) as conn:
        asked = PreviewRules(from_date=FIRST, also_open=True)
        foreseen = await preview(conn, VENUE, version, asked, CLOCK)
    previewed = perf_counter()
    order = PublishRules(id=uuid4(), from_date=FIRST, also_open=True)
    done = await publish_rules(pool, VENUE, version, order, MANAGER, CLOCK)
    results = Results(
        promises=len(before),
        beyond=sum(kind == "overbooked" for _, kind, *_ in before.values()),
        previewed=previewed - began,
        published=perf_counter() - previewed,
    )
    check_promises(before, await promises(pool), done, results)
    check_told(foreseen, done, results)
    await check_book(pool, done, version, results)
    return results


async def promises(pool: Pool) -> dict[str, tuple[Any, ...]]:
    """Every promise of the book: state, kind, start, guests, whether it has lost its place."""
    rows = await pool.fetch(
        "select reservation_id::text, state, kind, starts, party_size, exposed from reservation"
    )
    return {row["reservation_id"]: tuple(row)[1:] for row in rows}


def check_promises(
    before: dict[str, tuple[Any, ...]],
    after: dict[str, tuple[Any, ...]],
    done: Publication,
    results: Results,
) -> None:
    """No promise is broken; one that has a table now is told."""
    placed = {
        str(each.reservation_id)
        for period in done.periods
        for each in (period.capacity.placed if period.capacity else ())
    }
    for key, was in before.items():
        state, _, starts, party, exposed = was
        wanted = (state, "physical", starts, party, exposed) if key in placed else was
        if after.get(key) != wanted:
            results.wrong.append(f"promise {key} was {was} and is {after.get(key)}")


def check_told(foreseen: RulesPreview, done: Publication, results: Results) -> None:
    """The preview told what was done, of every period, and no period was left."""
    if foreseen.periods != done.periods:
        results.wrong.append("the preview and the publication differ")
    if done.left or foreseen.left or done.open_already:
        results.wrong.append(f"{done.left} periods left, {len(done.open_already)} not brought")
    results.wrong += [f"{each.period_id}: {each.trouble}" for each in done.periods if each.trouble]


async def check_book(pool: Pool, done: Publication, version: int, results: Results) -> None:
    """What the rows say of each period is what was told of it."""
    for told in done.periods:
        row = await pool.fetchrow(
            "select p.rules_version, overbooked_parties, overbooked_covers,"
            " (select granted from purse u where u.period_id = p.period_id) as purse,"
            " (select json_object_agg(window_name, n)::text from ("
            "     select window_name, count(*) as n from held_table h"
            "     where h.period_id = p.period_id and h.state = 'held' group by 1) c) as held"
            " from period p where period_id = $1",
            told.period_id,
        )
        results.wrong += [f"{told.period_id}: {each}" for each in differing(told, row, version)]
        count(told, results.told)


def differing(told: PeriodChange, row: Any, version: int) -> list[str]:  # noqa: ANN401 - a row
    """What of a period's row was not told, or told otherwise."""
    wrong = []
    if row["rules_version"] != version or row["purse"] != AFTER["purses"]["venue_night"]:
        wrong.append(f"version {row['rules_version']}, purse {row['purse']}")
    caps = AFTER["overbooking"]
    over = row["overbooked_parties"] > caps["cap_parties"] or (
        row["overbooked_covers"] > caps["cap_covers"]
    )
    beyond = told.capacity and told.capacity.beyond_caps
    counted = beyond and (beyond.parties, beyond.covers)
    if over != bool(beyond) or (
        over and counted != (row["overbooked_parties"], row["overbooked_covers"])
    ):
        wrong.append(f"{row['overbooked_parties']} beyond the room, told {counted}")
    return wrong


def count(told: PeriodChange, counted: Counter[str]) -> None:
    """Count what was told of a period."""
    counted["purses resized"] += len(told.purses)
    if (change := told.capacity) is None:
        return
    counted["promises beyond the new caps"] += len(
        change.beyond_caps.promises if change.beyond_caps else ()
    )
    counted["risks told differently"] += len(change.risks)
    counted["promises given a table"] += len(change.placed)
    for each in change.windows:
        counted["held tables made"] += each.made
        counted["held tables given back"] += each.given_back + each.lost
        counted["held tables rescheduled"] += each.rescheduled
        counted["held tables without a place"] += each.without_place


def summary_lines(results: Results, evenings: int) -> list[str]:
    """Return the results as lines of text."""
    told = ", ".join(f"{number} {what}" for what, number in sorted(results.told.items()) if number)
    bar = "kept" if results.published < BAR_SECONDS else "MISSED"
    took = f"preview {results.previewed:.2f} s; publication {results.published:.2f} s"
    beyond = f"{results.beyond} of them beyond the room"
    return [
        f"{evenings} open periods with {results.promises} promises, {beyond}",
        f"{took}, under {BAR_SECONDS:.0f} s is {bar}",
        f"told: {told or 'nothing'}",
        *(f"WRONG: {each}" for each in results.wrong[:20]),
        f"{len(results.wrong)} promises broken or changes untold",
    ]
