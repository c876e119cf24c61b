"""`scripts/bench evenings`: evenings over HTTP in one house, with discretion on, and their sums.

The house learns from each evening before the next, as a house does. Violations, told / happened,
how true what was told was, and walked parties by size: of all evenings, and told / happened of the
first, before which there was nothing to learn from. What is played is kept in the file of tallies,
so that a change of the learning is seen on evenings played before; a house that was stopped begins
anew. With `--fresh` each evening is the first of a house of its
own, and a stopped run goes on with the next seed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console

from policies.forecast.risk_calibration import UNLEARNED, PromiseOutcome, learn_evening
from scripts.benchmark.minutes.calibration import calibration_of
from scripts.simulation.evening_tally import (
    EveningTally,
    read_tallies,
    summed,
    tally_lines,
    told_lines,
)
from scripts.simulation.report import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policies.forecast.risk_calibration import RiskCalibration
    from scripts.simulation.evening_tally import Lines, PromiseTally

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str]) -> int:
    """Play what is missing and print the sums; 1 after a violation or a run that broke off."""
    options = parse(arguments)
    played = read_tallies(options.tallies)
    broke_off = False
    if not options.fresh and len(played) < options.count:
        options.tallies.unlink(missing_ok=True)
        played = []
    if len(played) < options.count:
        command = evening_command(options, options.seed + len(played))
        broke_off = subprocess.run(command, check=False, cwd=ROOT).returncode not in {0, 1}
    found = read_tallies(options.tallies)[: options.count]
    total = summed(found)
    Console().print(table(title_of(total), [*tally_lines(total), *truth_lines(total)]))
    if not options.fresh and found:
        Console().print(table("The first of them", tally_lines(found[0])))
        Console().print(table("By what is learned of them today", told_lines(relearned(found))))
    return 1 if broke_off or total.violations or len(found) < options.count else 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench evenings", description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1, help="of the first evening")
    parser.add_argument("--house", default="60")
    parser.add_argument("--requests", type=int, default=220)
    parser.add_argument("--walkins", type=int, default=60)
    parser.add_argument("--fresh", action="store_true", help="a house of its own each evening")
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
    load += "-fresh" if options.fresh else ""
    return ROOT / ".data" / "bench" / "evenings" / f"{commit or 'unknown'}-{load}.jsonl"


def evening_command(options: argparse.Namespace, first: int) -> list[str]:
    """Return the command that plays the evenings from seed `first` on."""
    last = options.seed + options.count - 1
    return [
        sys.executable, "-m", "scripts.simulation", "--house", options.house, "--seeds",
        f"{first}-{last}", "--requests", str(options.requests), "--walkins",
        str(options.walkins), "--speed", "max", "--brief", "--tallies", str(options.tallies),
        *(() if options.fresh else ("--one-house",)),
    ]  # fmt: skip


def relearned(evenings: Sequence[EveningTally]) -> EveningTally:
    """Return what a house would have told that learned from these evenings by today's code.

    Of parties that came. What was decided stays; what the look-ahead told is told again.
    """
    known, total = UNLEARNED, EveningTally()
    for evening in evenings:
        came = [each for each in evening.promises if each.came]
        outcomes = [_outcome(each, each.raw) for each in came if each.raw]
        for each in came:
            own, anybody, walked = told_again(known, each)
            total.own_wait.add(own, each.waited)
            total.any_wait.add(anybody, each.any_waited)
            total.walked.add(walked, each.lost)
        known = learn_evening(known, outcomes)
    return total


def told_again(known: RiskCalibration, promise: PromiseTally) -> tuple[float, float, float]:
    """Return own_wait, any_wait and walked as told by a house that knows this."""
    if promise.raw is None:
        return promise.own_wait, promise.any_wait, promise.walked_expected
    own, anybody, walked = promise.raw
    waits = known.own_wait.calibrated(own)
    return waits, max(waits, known.any_wait.calibrated(anybody)), known.walked(own, walked)


def _outcome(promise: PromiseTally, raw: tuple[float, float, float]) -> PromiseOutcome:
    own, anybody, walked = raw
    return PromiseOutcome(
        own_wait=own,
        any_wait=anybody,
        walked=walked,
        waited=promise.waited,
        any_waited=promise.any_waited,
        left=promise.lost,
    )


def truth_lines(total: EveningTally) -> Lines:
    """Return how true the risks told of parties that came were: calibration error and AUC."""
    came = [each for each in total.promises if each.came]
    judged = {
        "own_wait": [(each.own_wait, each.waited) for each in came],
        "any_wait": [(each.any_wait, each.any_waited) for each in came],
    }
    lines: Lines = []
    for name, events in judged.items():
        told, happened = (np.array([each[part] for each in events]) for part in (0, 1))
        found = calibration_of(told.astype(np.float64), happened.astype(bool))
        lines.append((f"{name} calibration error, AUC", f"{found.error:.3f}, {found.auc:.2f}"))
        curve = " ".join(f"{each.told:.3f}/{each.happened:.3f}" for each in found.bins)
        lines.append((f"{name} told/happened by tenths", curve))
    return lines


def title_of(total: EveningTally) -> str:
    """Return the title of the sums."""
    mean = total.seconds / total.evenings if total.evenings else 0.0
    return f"{total.evenings} evenings, {total.violations} violations, {mean:.0f} s an evening"
