"""The command line of `scripts/evening`."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.simulation.history.command import add_history

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/evening", description="Play an evening.")
    parser.add_argument("--house", default="60", help="60, bistro, garden or a TOML file")
    parser.add_argument("--requests", type=int, default=220)
    parser.add_argument("--walkins", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", help="several evenings in a row, such as 1-20")
    parser.add_argument(
        "--one-house",
        action="store_true",
        help="the evenings of --seeds in one house, every fifth week, which learns from each",
    )
    parser.add_argument("--speed", type=speed, default=None, help="max, or seconds per second")
    parser.add_argument("--url", nargs="+", help="api processes that run already")
    parser.add_argument("--logins", type=Path, help="with --url: the file of logins to use")
    parser.add_argument("--dsn", help="with --url: the database, to examine its rows")
    parser.add_argument("--date", type=date.fromisoformat, default=None)
    parser.add_argument("--until", help="stop at this local time, such as 19:40")
    parser.add_argument("--since", type=datetime.fromisoformat, help="where the clock starts")
    parser.add_argument("--then-rate", type=float, help="let the clock run on at this rate")
    parser.add_argument(
        "--endless",
        action="store_true",
        help="with --url: evening after evening, each fast to its middle, then at --then-rate",
    )
    parser.add_argument("--brief", action="store_true", help="one line instead of tables")
    parser.add_argument("--smooth", action="store_true", help="no answer gets lost on its way")
    parser.add_argument(
        "--no-discretion",
        dest="discretion",
        action="store_false",
        help="no held tables, no overbooking, no gestures",
    )
    parser.add_argument(
        "--no-ledger",
        dest="by_value",
        action="store_false",
        help="tables go to whoever asks first, overbooking by a fixed show rate",
    )
    parser.add_argument(
        "--kill",
        type=int,
        nargs="?",
        default=0,
        const=2,
        metavar="N",
        help="kill -9 so often: api processes, PostgreSQL, jobs, at random moments (2)",
    )
    parser.add_argument("--keep", type=Path, help="with --kill: data of evenings with violations")
    parser.add_argument(
        "--stand",
        action="store_true",
        help="a stand in a browser follows it: is its floor the database's, table by table?",
    )
    parser.add_argument("--journal", type=Path, help="also write every exchange here, a line each")
    parser.add_argument("--tallies", type=Path, help="append what was promised and happened here")
    parser.add_argument("--log", type=Path, help="what the api processes print goes here")
    parser.add_argument("--step", type=int, default=2, help="minutes of a step on the night")
    add_history(parser)
    return parser.parse_args(arguments)


def speed(word: str) -> float | None:
    """`max`, or a number."""
    return None if word == "max" else float(word)


def seeds_of(options: argparse.Namespace) -> Iterator[int]:
    """The seeds: one, or a range."""
    first, _, last = (options.seeds or str(options.seed)).partition("-")
    yield from range(int(first), int(last or first) + 1)
