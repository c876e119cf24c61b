"""`scripts/bench disagreements`: where plan and prices disagree, and why.

Nights of the sixty tables, every request answered by the service's own path: what the plan said
(a table free, by moving others, or none), what the answer was, and for which reason.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.progress import track
from rich.table import Table

from policies.house.file import read_house
from policies.lab.minutes.disagreements import VerdictCount, WatchingDesk, count_verdicts
from policies.lab.minutes.houses import open_late
from policies.lab.minutes.nights import draw_night_in_minutes
from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.nights import LOADS, true_forecast
from scripts.benchmark.pieces import HOUSE

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORT_SEED, TUNING_SEED, NIGHTS = 5_000_001, 1_000_001, 20
MIN_WIDTH = 110
PLAN = {"free": "a table is free", "by_moving": "by moving others", "none": "no table"}


def main(arguments: Sequence[str]) -> int:
    """Print a table for each load; write the counts as JSON where asked."""
    requests = [f"{load[0]:.0f}" for load in LOADS]
    parser = argparse.ArgumentParser(prog="scripts/bench disagreements", description=__doc__)
    parser.add_argument("--nights", type=int, default=NIGHTS, help=f"a load ({NIGHTS})")
    parser.add_argument("--loads", nargs="+", choices=requests, default=requests)
    parser.add_argument("--tune", action="store_true", help=f"seeds from {TUNING_SEED} on")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts there too")
    given = parser.parse_args(arguments)
    first = TUNING_SEED if given.tune else REPORT_SEED
    found = {
        load: counted(requests.index(load), range(first, first + given.nights))
        for load in given.loads
    }
    console = Console()
    console.width = max(console.width, MIN_WIDTH)
    for load, counts in found.items():
        console.print(table(load, counts))
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(found)))
    return 0


def counted(load: int, seeds: range) -> tuple[VerdictCount, ...]:
    """Return the verdicts of these nights, counted."""
    house = open_late(read_house(HOUSE.read_text(encoding="utf-8")))
    truth, verdicts = true_forecast(*LOADS[load]), []
    for seed in track(seeds, f"{LOADS[load][0]:.0f} requests", transient=True):
        night = draw_night_in_minutes(truth, seed)
        desk = WatchingDesk(night, house, truth, BENCHMARK_RULES)
        for number in range(len(night.night.requests.size)):
            desk.answer(number)
        verdicts += desk.verdicts
    return count_verdicts(verdicts, len(seeds))


def table(load: str, counts: Sequence[VerdictCount]) -> Table:
    """Return the table of one load; money in units of the currency."""
    columns = ("the plan", "answer", "why", "a night", "covers", "brings", "displaces", "risks")
    shown = Table(title=f"{load} requests a night")
    for number, column in enumerate(columns):
        shown.add_column(column, justify="left" if number < 3 else "right")
    for each in counts:
        money = (each.revenue, each.displaced, each.risk_cost)
        shown.add_row(
            PLAN[each.plan],
            "yes" if each.accepted else "no",
            each.reason,
            f"{each.a_night:.1f}",
            f"{each.covers:.1f}",
            *(f"{amount / 100:.0f}" for amount in money),
        )
    return shown
