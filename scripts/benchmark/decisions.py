"""`scripts/bench decisions`: the decisions judged in the minute world.

With `--lab` on the five-minute grid instead, for tuning. Results are cached in pieces under
`.data/bench/`: a stopped run continues, a repeated one only reads; any change of the policies
starts anew.
"""

import argparse
from pathlib import Path

import msgspec
from msgspec import Struct
from rich.console import Console

from policies.lab.nights import LOADS
from scripts.benchmark.bars import Bar, bars
from scripts.benchmark.figures import TUNING_SEED, BenchmarkNights, RowFigures, pieces_of
from scripts.benchmark.minutes import command as minutes
from scripts.benchmark.report import print_report
from scripts.benchmark.rows import POLICY_ROWS, REFERENCE_ROWS, ROWS, Row
from scripts.benchmark.speed import Speed, measure_speed
from scripts.benchmark.workers import play_pieces

FULL_NIGHTS, QUICK_NIGHTS = 60, 3
"""Nights a load."""

TIMED_NIGHTS = 5
"""Nights on which decisions are timed."""

MIN_WIDTH = 112
"""Least width of the printed tables, characters."""

QUICK_ROWS = tuple(row.name for row in POLICY_ROWS if row.name != "flat-door")


class Report(Struct, frozen=True):
    """Everything that is printed, for `--json`."""

    first_seed: int
    nights: int
    loads: tuple[tuple[float, float], ...]
    lines: list[RowFigures]
    bars: list[Bar]
    speed: Speed | None


def main(arguments: list[str]) -> int:
    """Play, print, and write the JSON; returns 0 even when bars are missed."""
    if "--lab" not in arguments:
        return minutes.main(arguments)
    options = parse(arguments)
    report = measure(options)
    console = Console()
    console.width = max(console.width, MIN_WIDTH)
    print_report(console, report.lines, report.bars, report.speed)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line; `rows` become Rows, `loads` indices into LOADS."""
    parser = argparse.ArgumentParser(prog="scripts/bench decisions", description=__doc__)
    parser.add_argument(
        "--nights", type=int, help=f"a load ({FULL_NIGHTS}; {QUICK_NIGHTS} with --quick)"
    )
    parser.add_argument("--loads", nargs="+", type=load_of, help="requests expected: 140 220 300")
    parser.add_argument("--rows", nargs="+", choices=sorted(ROWS), metavar="ROW")
    parser.add_argument("--quick", action="store_true", help="few nights, the main rows")
    parser.add_argument("--tune", action="store_true", help="on the nights kept for tuning")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything here")
    parser.add_argument("--workers", type=int, default=2, help="processes that play")
    parser.add_argument("--no-speed", action="store_true", help="time no decisions")
    parser.add_argument("--lab", action="store_true", help="the five-minute lab, for tuning")
    options = parser.parse_args(arguments)
    options.nights = options.nights or (QUICK_NIGHTS if options.quick else FULL_NIGHTS)
    options.loads = options.loads or list(range(len(LOADS)))
    options.no_speed = options.no_speed or bool(options.rows)
    options.rows = rows_of(options.rows or (QUICK_ROWS if options.quick else tuple(ROWS)))
    return options


def load_of(word: str) -> int:
    """Return the index of the load with so many requests; raises ArgumentTypeError."""
    requests = [f"{load[0]:.0f}" for load in LOADS]
    if word not in requests:
        raise argparse.ArgumentTypeError(f"{word} is none of {', '.join(requests)}")
    return requests.index(word)


def rows_of(names: list[str] | tuple[str, ...]) -> list[Row]:
    """Return the named rows and the reference rows, in the order of ROWS."""
    return [row for row in ROWS.values() if row.name in {*names, *REFERENCE_ROWS}]


def measure(options: argparse.Namespace) -> Report:
    """Play the nights and return the report."""
    first = TUNING_SEED + 1 if options.tune else 1
    found = BenchmarkNights()
    for after in (False, True):
        pieces = [
            piece
            for load in options.loads
            for row in options.rows
            if (row.like is not None) == after
            for piece in pieces_of(row, load, options.nights, first, _only_policy(found, row, load))
        ]
        found.add(play_pieces(pieces, options.workers))
    lines = found.lines()
    timed = (
        None
        if options.no_speed
        else measure_speed(1 if options.quick else TIMED_NIGHTS, TUNING_SEED)
    )
    return Report(first, options.nights, LOADS, lines, bars(lines, timed), timed)


def _only_policy(found: BenchmarkNights, row: Row, load: int) -> str | None:
    return None if row.like is None else found.rule(row.like, load)
