"""`scripts/bench letter`: whether a house that follows its morning letters does better.

Two houses live through the same ninety dates with the same guests, each on a PostgreSQL of its own.
One reads each morning's letter, presses its buttons and publishes from the next date; the other
stands still. Then sixty other dates are played under what both ended with. Nights are played in the
minute world by the service's own functions; letters, advice, drafts, publishing and the lab's
trials are the service's. Results are kept in `.data/bench/letter`, a season and five nights at a
time: a stopped run goes on from there.
"""

from __future__ import annotations

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace
from rich.console import Console

from scripts import embedded
from scripts.benchmark.kept import kept_or_made
from scripts.benchmark.letters.held_out import kept_at, pieces_of, run_held_out
from scripts.benchmark.letters.report import (
    LetterReport,
    announced_mean,
    figures_table,
    judged,
    net_of,
    sentences,
    told_table,
    verdict_of,
)
from scripts.benchmark.letters.season import SeasonLived, SeasonPlanned, live_through
from scripts.kernel_cache import compile_kernels, keep_kernels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policies.lab.trial.playing import Grid, TrialNight

DATES, HELD_OUT = 90, 60
QUICK_DATES, QUICK_HELD_OUT = 14, 10
TUNING_SEED = 1_000_001
"""Seed of the town on which advice is tuned; nothing is reported of it."""

MIN_WIDTH = 150
GRIDS: tuple[Grid, ...] = ("minutes", "quick")


def main(arguments: Sequence[str]) -> int:
    """Live, play, print; returns 1 where following surely loses."""
    options = parse(arguments)
    compile_kernels()
    report = measured(options.plan, options.held_out, options.workers)
    console = Console()
    console.width = max(console.width, MIN_WIDTH)
    console.print(told_table(report.told))
    for found in (report.season, *report.held_out.values()):
        console.print(figures_table(found))
    console.print("\n".join(sentences(report)))
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return 1 if report.verdict == "loses" else 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; `plan` is the season to live through."""
    parser = argparse.ArgumentParser(prog="scripts/bench letter", description=__doc__)
    parser.add_argument("--dates", type=int, help=f"to live through ({DATES})")
    parser.add_argument("--held-out", type=int, help=f"other dates ({HELD_OUT})")
    parser.add_argument("--house", default="bistro")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tune", action="store_true", help=f"on the town of seed {TUNING_SEED}")
    parser.add_argument("--busy", type=float, default=1.0, help="times as many guests")
    parser.add_argument("--no-holds", action="store_true", help="begin without held tables")
    parser.add_argument("--grid", choices=GRIDS, default="minutes")
    parser.add_argument("--quick", action="store_true", help="few dates on the quick grid")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything here")
    options = parser.parse_args(arguments)
    options.held_out = options.held_out or (QUICK_HELD_OUT if options.quick else HELD_OUT)
    options.plan = SeasonPlanned(
        house=options.house,
        dates=options.dates or (QUICK_DATES if options.quick else DATES),
        seed=TUNING_SEED if options.tune else options.seed,
        busy=options.busy,
        grid="quick" if options.quick else options.grid,
        holds=not options.no_holds,
    )
    return options


def measured(plan: SeasonPlanned, held_out: int, workers: int) -> LetterReport:
    """Live through both seasons and play the dates held out."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=keep_kernels) as pool:
        with embedded.scratch() as server:
            living = [
                pool.submit(lived_or_kept, replace(plan, follows=follows), server.dsn)
                for follows in (True, False)
            ]
            follows, stands = (each.result() for each in living)
        found = {
            grid: judged(
                f"{held_out} dates held out, {grid} grid",
                _played(pool, plan, follows, stands, grid, held_out),
                _played(pool, plan, stands, stands, grid, held_out),
            )
            for grid in GRIDS
        }
    return LetterReport(
        season=judged(f"the {plan.dates} dates themselves", follows.nights, stands.nights),
        held_out=found,
        told=follows.told,
        announced=announced_mean(follows),
        verdict=verdict_of(net_of(found[plan.grid])),
    )


def lived_or_kept(plan: SeasonPlanned, server: str) -> SeasonLived:
    """Live through a season, or read what is kept of it."""
    return kept_or_made(kept_at("season", plan), SeasonLived, lambda: live_through(plan, server))


def _played(
    pool: ProcessPoolExecutor,
    plan: SeasonPlanned,
    house: SeasonLived,
    worth_of: SeasonLived,
    grid: Grid,
    count: int,
) -> list[TrialNight]:
    """Play the dates held out under what a house ended with, counted by the other's values."""
    pieces = pieces_of(plan, house, worth_of.rules.decisions, grid, count)
    return [night for piece in pool.map(run_held_out, pieces) for night in piece]
