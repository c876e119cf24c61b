"""`scripts/bench evenings`: evenings over HTTP in sequence, with discretion on, and their sums.

Violations, told / happened and walked parties by size over all of them. What is played is kept in
the file of tallies: a stopped run goes on with the next seed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from scripts.simulation.evening_tally import read_tallies, summed, tally_lines
from scripts.simulation.report import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.simulation.evening_tally import EveningTally

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str]) -> int:
    """Play what is missing and print the sums; 1 after a violation or a run that broke off."""
    options = parse(arguments)
    played = read_tallies(options.tallies)
    broke_off = False
    if len(played) < options.count:
        command = evening_command(options, options.seed + len(played))
        broke_off = subprocess.run(command, check=False, cwd=ROOT).returncode not in {0, 1}
    found = read_tallies(options.tallies)[: options.count]
    total = summed(found)
    Console().print(table(title_of(total), tally_lines(total)))
    return 1 if broke_off or total.violations or len(found) < options.count else 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench evenings", description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1, help="of the first evening")
    parser.add_argument("--house", default="60")
    parser.add_argument("--requests", type=int, default=220)
    parser.add_argument("--walkins", type=int, default=60)
    parser.add_argument("--tallies", type=Path, help="the file of what was played")
    options = parser.parse_args(arguments)
    options.tallies = (options.tallies or default_file(options)).absolute()
    options.tallies.parent.mkdir(parents=True, exist_ok=True)
    return options


def default_file(options: argparse.Namespace) -> Path:
    """Return the file of the tallies of such evenings: a commit and a load have their own."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    commit = told.stdout.strip()
    load = f"{options.house}-{options.requests}-{options.walkins}-{options.seed}"
    return ROOT / ".data" / "bench" / "evenings" / f"{commit or 'unknown'}-{load}.jsonl"


def evening_command(options: argparse.Namespace, first: int) -> list[str]:
    """Return the command that plays the evenings from seed `first` on."""
    last = options.seed + options.count - 1
    return [
        sys.executable, "-m", "scripts.simulation", "--house", options.house, "--seeds",
        f"{first}-{last}", "--requests", str(options.requests), "--walkins",
        str(options.walkins), "--speed", "max", "--brief", "--tallies", str(options.tallies),
    ]  # fmt: skip


def title_of(total: EveningTally) -> str:
    """Return the title of the sums."""
    mean = total.seconds / total.evenings if total.evenings else 0.0
    return f"{total.evenings} evenings, {total.violations} violations, {mean:.0f} s an evening"
