"""The command line of the bench in the minute world: plays, prints bars and tables, writes JSON."""

import argparse
from pathlib import Path

import msgspec
from msgspec import Struct
from rich.console import Console

from policies.lab.nights import LOADS
from policies.lab.rivals import FlatRule
from scripts.benchmark.bars import Bar, speed_bars
from scripts.benchmark.minutes.bars import minute_bars
from scripts.benchmark.minutes.figures import MinuteFigures, Nights, figures_of
from scripts.benchmark.minutes.flat_search import rule_name
from scripts.benchmark.minutes.player import Player
from scripts.benchmark.minutes.report import print_minute_report
from scripts.benchmark.minutes.row import MinuteRow, Rule
from scripts.benchmark.minutes.rows import MINUTE_ROWS, QUICK_ROWS, is_flat, with_what_they_need
from scripts.benchmark.speed import Speed, measure_speed

REPORT_SEED, TUNING_SEED = 5_000_001, 1_000_001
"""First seeds of the nights that are reported and of those everything is tuned on."""

NIGHTS, STRESS_NIGHTS, QUICK_NIGHTS = 60, 40, 3
FLAT_TIMES = 10 / 3
"""Nights of a plain flat rule, times the others': 200 where they are 60."""

STRESS_LOAD = 1
TIMED_NIGHTS = 5
"""Nights on which decisions are timed."""

MIN_WIDTH = 120


class MinuteReport(Struct, frozen=True):
    """Everything that is printed, for `--json`."""

    first_seed: int
    nights: int
    lines: list[MinuteFigures]
    bars: list[Bar]
    speed: Speed | None


def main(arguments: list[str]) -> int:
    """Play, print, and write the JSON; returns 0 even when bars are missed."""
    options = parse(arguments)
    lines = measure(options)
    timed = measure_speed(TIMED_NIGHTS, TUNING_SEED) if options.speed else None
    bars = sorted(
        [*minute_bars(lines), *(speed_bars(timed) if timed else ())], key=lambda bar: bar.held
    )
    report = MinuteReport(options.seeds_from, options.nights, lines, bars, timed)
    console = Console()
    console.width = max(console.width, MIN_WIDTH)
    print_minute_report(console, report.lines, report.bars, report.speed)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line; `rows` become rows, `loads` indices into LOADS."""
    parser = argparse.ArgumentParser(prog="scripts/bench decisions", description=__doc__)
    parser.add_argument("--nights", type=int, help=f"a load ({NIGHTS}; {QUICK_NIGHTS} if quick)")
    parser.add_argument("--seeds-from", type=int, help=f"the first seed ({REPORT_SEED})")
    parser.add_argument("--tune", action="store_true", help=f"seeds from {TUNING_SEED} on")
    requests = [f"{load[0]:.0f}" for load in LOADS]
    parser.add_argument("--loads", nargs="+", choices=requests, default=requests)
    parser.add_argument("--rows", nargs="+", choices=sorted(MINUTE_ROWS))
    parser.add_argument("--quick", action="store_true", help="few nights, the main rows")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything here")
    parser.add_argument("--workers", type=int, default=2, help="processes that play")
    options = parser.parse_args(arguments)
    options.nights = options.nights or (QUICK_NIGHTS if options.quick else NIGHTS)
    options.seeds_from = options.seeds_from or (
        TUNING_SEED if options.tune or options.quick else REPORT_SEED
    )
    options.speed = not (options.rows or options.quick)
    options.rows = options.rows or (QUICK_ROWS if options.quick else list(MINUTE_ROWS))
    options.loads = [requests.index(word) for word in options.loads]
    options.rows = with_what_they_need(options.rows)
    return options


def measure(options: argparse.Namespace) -> list[MinuteFigures]:
    """Play the nights and return the figures."""
    lines: list[MinuteFigures] = []
    tables = [
        (load, [row for row in options.rows if row.stress == stress])
        for load in options.loads
        for stress in dict.fromkeys(row.stress for row in options.rows)
        if not stress or load == STRESS_LOAD
    ]
    with Player(options.workers) as player:
        player.expect((row, len(_seeds(row, options))) for _, rows in tables for row in rows)
        for load, rows in tables:
            lines += _table(player, rows, load, options)
    return lines


def _table(
    player: Player, rows: list[MinuteRow], load: int, options: argparse.Namespace
) -> list[MinuteFigures]:
    """Return the figures of the rows of one load and kind of night; flat rows come first."""
    rules: dict[str, Rule] = {}
    played: dict[str, Nights] = {}
    for row in rows:
        seeds = _seeds(row, options)
        rules[row.name] = _rule(player, row, rules, load, seeds)
        played[row.name] = player.play(row, rules[row.name], load, seeds)
    plain = {_plain(row): played[row.name] for row in rows}
    return [
        figures_of(
            (row.name, row.title, load, row.stress, _told(rules[row.name])),
            played[row.name],
            {name: nights for name, nights in plain.items() if name != _plain(row)},
        )
        for row in rows
    ]


def _plain(row: MinuteRow) -> str:
    """Return the row's name without its stress."""
    return row.name.removesuffix(f"-{row.stress}") if row.stress else row.name


def _rule(player: Player, row: MinuteRow, rules: dict[str, Rule], load: int, seeds: range) -> Rule:
    if row.accept is not None:
        return row.accept
    return player.search_flat(row, load, seeds) if is_flat(row) else rules[row.like]


def _seeds(row: MinuteRow, options: argparse.Namespace) -> range:
    nights = options.nights
    if row.stress:
        nights = min(nights, STRESS_NIGHTS)
    elif is_flat(row):
        nights = round(nights * FLAT_TIMES)
    return range(options.seeds_from, options.seeds_from + nights)


def _told(rule: Rule) -> str:
    return rule_name(rule) if isinstance(rule, FlatRule) else ""
