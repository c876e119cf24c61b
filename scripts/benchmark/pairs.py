"""`scripts/bench pairs`: whether a booking at one api process agrees with a look-up at another.

Random parties look a slot up and book it by Google's interface and at /v1, with held tables and
overbooking; evenings fill up, and some bookings are cancelled again.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

import numpy as np
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from scripts import embedded
from scripts.app_server import fast_loop
from scripts.benchmark.pairing import PairResults, play_pairs, prepare
from scripts.kernel_cache import compile_kernels
from scripts.simulation.servers import serving
from scripts.simulation.written_house import read_house

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("{task.completed:.0f}/{task.total:.0f} pairs"),
    TimeElapsedColumn(),
    TimeRemainingColumn(),
)
EVENINGS = 6


def main(arguments: Sequence[str]) -> int:
    """Play the pairs and print the results; 1 when a booking contradicted its look-up."""
    parser = argparse.ArgumentParser(prog="scripts/bench pairs", description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--house", default="60", help="60, bistro or a TOML file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by-value", action="store_true", help="decide by value too")
    options = parser.parse_args(arguments)
    compile_kernels()
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        results = runner.run(play(options))
    print("\n".join(summary_lines(results, by_value=options.by_value)))
    return 0 if results.consistent else 1


async def play(options: argparse.Namespace) -> PairResults:
    """Start PostgreSQL and two api processes, and play."""
    house = read_house(options.house)
    hidden = not sys.stderr.isatty()
    with embedded.scratch() as server, Progress(*COLUMNS, transient=True, disable=hidden) as bar:
        task = bar.add_task("starting", total=options.pairs)

        def report(results: PairResults) -> None:
            full = f"{results.asked[False]} noes, {results.broken.total()} broken"
            bar.update(task, completed=results.done, description=full)

        async with serving(server, house.text, 2, jobs=False) as servers:
            by_value = options.by_value
            setup = await prepare(
                servers.dsn, servers.urls, house, by_value=by_value, evenings=EVENINGS
            )
            return await play_pairs(setup, options.pairs, options.seed, report, by_value=by_value)


def summary_lines(results: PairResults, *, by_value: bool) -> list[str]:
    """Return the results as lines of text."""
    doors = " and ".join(f"{count} {name}" for name, count in sorted(results.pairs.items()))
    value = "by value" if by_value else "to whoever asks first"
    beyond = f"{results.overbooked} beyond the room, {results.cancelled} cancelled"
    broken = ", ".join(f"{count} {cause}" for cause, count in results.broken.most_common())
    look_ups = latency_text(results.look_ups)
    return [
        f"{results.done} pairs ({doors}), look-up and booking at different processes, sold {value}",
        f"look-ups: {results.asked[True]} yes, {results.asked[False]} no; {look_ups}",
        f"bookings: {latency_text(results.bookings)}; {beyond}",
        f"whole evenings of {results.page_slots} slots: {latency_text(results.pages)}",
        f"after a yes: {results.done - results.broken.total()} kept, {broken or '0 refused'}",
        f"after a no: {results.noes[False]} refused, {results.noes[True]} made",
    ]


def latency_text(seconds: list[float]) -> str:
    """Return latencies as text."""
    p50, p99, most = np.quantile(1000 * np.array(seconds or [0.0]), (0.5, 0.99, 1.0))
    return f"{p50:.0f} ms p50, {p99:.0f} ms p99, {most:.0f} ms at most"
