"""`scripts/bench held`: tables held at the peak, none to three, in the minute world.

Every request and every party goes through the service's own path; a walk-in who has waited five
minutes is granted a held table. Nights are paired with the same night without any. What holding
costs, divided by the tables granted, is what a granted one must be worth to the manager beyond the
guests at it (`discretion_value`): where it is worth less, hold none.
"""

from __future__ import annotations

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console
from rich.progress import track
from rich.table import Table

from policies.house.file import read_house
from policies.house.layout import layout_of
from policies.house.rules import HeldWindow
from policies.lab.minutes.evening import play_evening
from policies.lab.minutes.granting_host import GrantingHost
from policies.lab.minutes.houses import open_late
from policies.lab.minutes.nights import draw_night_in_minutes
from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.minutes.service_desk import book_by_service
from policies.lab.nights import LOADS, true_forecast
from scripts.benchmark.kept import kept_or_made
from scripts.benchmark.minutes.code import ROOT, code_key
from scripts.benchmark.pieces import HOUSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policies.house.house import House

RESULTS = ROOT / ".data" / "bench" / "held"
REPORT_SEED, TUNING_SEED, NIGHTS = 5_000_001, 1_000_001, 20
STARTS, MINUTES = time(19, 0), 120
HELD = ((0, 2), (1, 2), (2, 2), (3, 2), (1, 4), (2, 4), (3, 4))
"""Tables held, and for how many guests."""


class HeldNight(Struct, frozen=True, kw_only=True):
    """A night with so many tables held; money: 50 a cover."""

    net: float
    granted: int
    walked: int
    waited: int
    walk_ins: int


class HeldFigures(Struct, frozen=True, kw_only=True):
    """What holding did, in means a night against holding none; `error`: standard, of `cost`.

    `break_even`: what a granted table must be worth beyond its guests, None where none was granted.
    """

    held: int
    seats: int
    net: float
    cost: float
    error: float
    granted: float
    walked: float
    waited: float
    walk_ins: float
    break_even: float | None


class _Work(Struct, frozen=True):
    load: int
    seed: int
    held: int
    seats: int


def main(arguments: Sequence[str]) -> int:
    """Print a table for each load; write the figures as JSON where asked."""
    requests = [f"{load[0]:.0f}" for load in LOADS]
    parser = argparse.ArgumentParser(prog="scripts/bench held", description=__doc__)
    parser.add_argument("--nights", type=int, default=NIGHTS, help=f"a load ({NIGHTS})")
    parser.add_argument("--loads", nargs="+", choices=requests, default=requests)
    parser.add_argument("--tune", action="store_true", help=f"seeds from {TUNING_SEED} on")
    parser.add_argument("--workers", type=int, default=2, help="processes that play")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    given = parser.parse_args(arguments)
    first = TUNING_SEED if given.tune else REPORT_SEED
    seeds = range(first, first + given.nights)
    found = {load: measured(requests.index(load), seeds, given.workers) for load in given.loads}
    for load, figures in found.items():
        Console().print(table(load, figures))
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(found)))
    return 0


def measured(load: int, seeds: range, workers: int) -> list[HeldFigures]:
    """Return the figures of every number and size held; nights played before are read."""
    works = [_Work(load, seed, *held) for held in HELD for seed in seeds]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn) as pool:
        title = f"{LOADS[load][0]:.0f} requests"
        nights = [*track(pool.map(night_of, works), title, total=len(works), transient=True)]
    rows = [nights[begin : begin + len(seeds)] for begin in range(0, len(nights), len(seeds))]
    return [
        figures_of(held, seats, row, rows[0]) for (held, seats), row in zip(HELD, rows, strict=True)
    ]


def night_of(work: _Work) -> HeldNight:
    """Play one night, or read it if it is kept."""
    name = f"{work.load}-{work.seed}-{work.held}x{work.seats}.json"
    kept = RESULTS / code_key("scripts.benchmark.held") / name
    return kept_or_made(kept, HeldNight, lambda: play(work))


def play(work: _Work) -> HeldNight:
    """Play one night through the service's path."""
    house = open_late(read_house(HOUSE.read_text(encoding="utf-8")))
    truth = true_forecast(*LOADS[work.load])
    night = draw_night_in_minutes(truth, work.seed)
    rules = replace(BENCHMARK_RULES, holds=window(house, work.held, work.seats))
    booked = book_by_service(night, house, truth, rules)
    host = GrantingHost(booked)
    evening = play_evening(night, booked.bookings, layout_of(house), truth, host)
    return HeldNight(
        net=evening.net,
        granted=host.granted,
        walked=int(evening.walked.sum()),
        waited=int(evening.waited.sum()),
        walk_ins=int((evening.walk_in_seated >= 0).sum()),
    )


def window(house: House, held: int, seats: int) -> tuple[HeldWindow, ...]:
    """Return the rules' window with so many tables held to its end, none where that is 0."""
    if not held:
        return ()
    period = house.periods[0].name
    return (
        HeldWindow(
            name="peak", period=period, starts=STARTS, minutes=MINUTES, count=held, seats=seats
        ),
    )


def figures_of(
    held: int, seats: int, nights: Sequence[HeldNight], without: Sequence[HeldNight]
) -> HeldFigures:
    """Return the means of nights against the same nights without held tables."""
    costs = [none.net - each.net for each, none in zip(nights, without, strict=True)]
    cost = _mean(costs)
    granted = _mean([each.granted for each in nights])
    return HeldFigures(
        held=held,
        seats=seats,
        net=_mean([each.net for each in nights]),
        cost=cost,
        error=float(np.std(costs, ddof=1)) / len(costs) ** 0.5 if len(costs) > 1 else 0.0,
        granted=granted,
        walked=_mean([each.walked for each in nights]),
        waited=_mean([each.waited for each in nights]),
        walk_ins=_mean([each.walk_ins for each in nights]),
        break_even=cost / granted if granted else None,
    )


def table(load: str, figures: Sequence[HeldFigures]) -> Table:
    """Return the table of one load; a cover is worth 50."""
    shown = Table(title=f"{load} requests a night; a cover is worth 50")
    for column in ("held", "net", "cost", "±", "granted", "walked", "waited", "walk-ins", "worth"):
        shown.add_column(column, justify="right")
    for each in figures:
        shown.add_row(
            f"{each.held} for {each.seats}" if each.held else "none",
            f"{each.net:.0f}",
            f"{each.cost:.0f}",
            f"{each.error:.0f}",
            f"{each.granted:.2f}",
            f"{each.walked:.2f}",
            f"{each.waited:.1f}",
            f"{each.walk_ins:.1f}",
            "" if each.break_even is None else f"{max(each.break_even, 0.0):.0f}",
        )
    shown.caption = "worth: what a granted table must be worth beyond its guests to pay for holding"
    return shown


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
