"""`scripts/bench decisions`: what the decisions are worth on synthetic nights of sixty tables.

Nights are played in pieces that are kept under `.data/bench/`, so that a run that was stopped goes
on where it was, and a second one only reads. A changed policy begins anew.
"""

import argparse
from pathlib import Path

import msgspec
from msgspec import Struct
from rich.console import Console

from policies.lab.nights import LOADS
from scripts.benchmark.bars import Bar, bars
from scripts.benchmark.figures import TUNING, Line, Played, pieces_of
from scripts.benchmark.report import show
from scripts.benchmark.rows import ALWAYS, COMPARED, ROWS, Row
from scripts.benchmark.speed import Speed, speed
from scripts.benchmark.working import played

FULL, QUICK = 60, 3
"""Nights a load."""

TIMED = 5
"""Nights on which decisions are timed."""

NARROWEST = 112
"""Columns of text that the tables need."""

QUICK_ROWS = tuple(row.name for row in COMPARED if row.name != "flat-door")


class Report(Struct, frozen=True):
    """Everything that is printed, for `--json`; Struct fields say what they are."""

    first_seed: int
    nights: int
    loads: tuple[tuple[float, float], ...]
    lines: list[Line]
    bars: list[Bar]
    speed: Speed | None


def main(arguments: list[str]) -> int:
    """Play, tell, and write the JSON; a missed bar is told, it is no failure."""
    options = parse(arguments)
    report = measured(options)
    console = Console()
    console.width = max(console.width, NARROWEST)
    show(console, report.lines, report.bars, report.speed)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; `rows` and `loads` come out as names and places in LOADS."""
    parser = argparse.ArgumentParser(prog="scripts/bench decisions", description=__doc__)
    parser.add_argument("--nights", type=int, help=f"a load ({FULL}; {QUICK} with --quick)")
    parser.add_argument("--loads", nargs="+", type=load_of, help="requests expected: 140 220 300")
    parser.add_argument("--rows", nargs="+", choices=sorted(ROWS), metavar="ROW")
    parser.add_argument("--quick", action="store_true", help="few nights, the main rows")
    parser.add_argument("--tune", action="store_true", help="on the nights kept for tuning")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything here")
    parser.add_argument("--workers", type=int, default=2, help="processes that play")
    parser.add_argument("--no-speed", action="store_true", help="time no decisions")
    options = parser.parse_args(arguments)
    options.nights = options.nights or (QUICK if options.quick else FULL)
    options.loads = options.loads or list(range(len(LOADS)))
    options.no_speed = options.no_speed or bool(options.rows)
    options.rows = rows_of(options.rows or (QUICK_ROWS if options.quick else tuple(ROWS)))
    return options


def load_of(word: str) -> int:
    """Return the place of a load told by its requests; raises ArgumentTypeError."""
    requests = [f"{load[0]:.0f}" for load in LOADS]
    if word not in requests:
        raise argparse.ArgumentTypeError(f"{word} is none of {', '.join(requests)}")
    return requests.index(word)


def rows_of(names: list[str] | tuple[str, ...]) -> list[Row]:
    """Return the named rows, with those that everything is told against, in the table's order."""
    return [row for row in ROWS.values() if row.name in {*names, *ALWAYS}]


def measured(options: argparse.Namespace) -> Report:
    """Play the nights and return what came of them."""
    first = TUNING + 1 if options.tune else 1
    found = Played()
    for after in (False, True):
        pieces = [
            piece
            for load in options.loads
            for row in options.rows
            if (row.like is not None) == after
            for piece in pieces_of(row, load, options.nights, first, _only(found, row, load))
        ]
        found.add(played(pieces, options.workers))
    lines = found.lines()
    timed = None if options.no_speed else speed(1 if options.quick else TIMED, TUNING)
    return Report(first, options.nights, LOADS, lines, bars(lines, timed), timed)


def _only(found: Played, row: Row, load: int) -> str | None:
    return None if row.like is None else found.rule(row.like, load)
