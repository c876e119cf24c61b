"""`scripts/bench pairs`: whether a yes at one process is a yes at the other.

Random parties look a slot up at one api process and book it at another, as Google and over /v1,
with tables held back and overbooking on; evenings fill up, and some bookings are called off again.
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
from scripts.benchmark.pairing import Told, paired, stage_of
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
    """Play the pairs and print what came out; 1 when a word was not kept."""
    parser = argparse.ArgumentParser(prog="scripts/bench pairs", description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--house", default="60", help="60, bistro or a TOML file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by-value", action="store_true", help="decide by value too")
    options = parser.parse_args(arguments)
    compile_kernels()
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        told = runner.run(played(options))
    print("\n".join(lines_of(told, by_value=options.by_value)))
    return 0 if told.kept else 1


async def played(options: argparse.Namespace) -> Told:
    """Start PostgreSQL and two processes, and play."""
    house = read_house(options.house)
    hidden = not sys.stderr.isatty()
    with embedded.scratch() as server, Progress(*COLUMNS, transient=True, disable=hidden) as bar:
        task = bar.add_task("starting", total=options.pairs)

        def tell(told: Told) -> None:
            full = f"{told.asked[False]} noes, {told.broken.total()} broken"
            bar.update(task, completed=told.done, description=full)

        async with serving(server, house.text, 2, jobs=False) as servers:
            by_value = options.by_value
            stage = await stage_of(
                servers.dsn, servers.urls, house, by_value=by_value, evenings=EVENINGS
            )
            return await paired(stage, options.pairs, options.seed, tell, by_value=by_value)


def lines_of(told: Told, *, by_value: bool) -> list[str]:
    """What came out, a line each."""
    doors = " and ".join(f"{count} {name}" for name, count in sorted(told.pairs.items()))
    value = "by value" if by_value else "to whoever asks first"
    beyond = f"{told.overbooked} beyond the room, {told.cancelled} cancelled"
    broken = ", ".join(f"{count} {cause}" for cause, count in told.broken.most_common())
    return [
        f"{told.done} pairs ({doors}), look-up and booking at different processes, sold {value}",
        f"look-ups: {told.asked[True]} yes, {told.asked[False]} no; {times(told.look_ups)}",
        f"bookings: {times(told.bookings)}; {beyond}",
        f"whole evenings of {told.page_slots} slots: {times(told.pages)}",
        f"after a yes: {told.done - told.broken.total()} kept, {broken or '0 refused'}",
        f"after a no: {told.noes[False]} refused, {told.noes[True]} made",
    ]


def times(seconds: list[float]) -> str:
    """How long they took."""
    p50, p99, most = np.quantile(1000 * np.array(seconds or [0.0]), (0.5, 0.99, 1.0))
    return f"{p50:.0f} ms p50, {p99:.0f} ms p99, {most:.0f} ms at most"
