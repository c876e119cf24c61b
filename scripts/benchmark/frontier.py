"""`scripts/bench frontier`: what each position of the manager's knob brings and costs.

Nights for tuning in the minute world, at three loads, every request and every party through the
service's own path under the rules of each position; nights are paired with the usual position's.
The frontier goes into the package (policies/value/frontier/frontier.json), from where managers are
shown it. Nights are kept in `.data/bench`: a stopped run goes on from there.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec.structs import replace
from rich.console import Console

from policies.lab.compare import paired_gain
from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.nights import LOADS
from policies.value.frontier.frontier import (
    FRONTIER,
    Frontier,
    FrontierLoad,
    FrontierPoint,
    NightMean,
    night_mean,
    share_of,
)
from policies.value.frontier.positions import POSITIONS, USUAL, KnobPosition, PositionName
from scripts.benchmark.minutes.player import Player
from scripts.benchmark.minutes.playing import setting_of
from scripts.benchmark.minutes.row import MinuteRow, ServiceRules
from scripts.benchmark.report import plain_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.table import Table

    from policies.house.rules import Rules
    from policies.numeric.compiled import Floats
    from scripts.benchmark.minutes.night import MinuteNight

FIRST_SEED, NIGHTS = 1_000_301, 12
"""The first of the nights, and nights a load; the positions were chosen on others."""

MIN_WIDTH = 120
HEADS = (
    "net, % of usual",
    "walked\na night",
    "waiting\na night",
    "walked\n%",
    "waiting\n%",
    "booked",
)


def main(arguments: list[str]) -> int:
    """Play the positions, print them, and write the frontier into the package."""
    parser = argparse.ArgumentParser(prog="scripts/bench frontier", description=__doc__)
    parser.add_argument("--nights", type=int, default=NIGHTS, help=f"a load ({NIGHTS})")
    parser.add_argument("--workers", type=int, default=2, help="processes that play")
    parser.add_argument("--json", type=Path, metavar="FILE", default=FRONTIER)
    options = parser.parse_args(arguments)
    found = measured(options.nights, options.workers)
    console = Console()
    console.width = max(console.width, MIN_WIDTH)
    for load in found.loads:
        console.print(points_table(load))
    options.json.write_bytes(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    return 0


def measured(nights: int, workers: int) -> Frontier:
    """Return the frontier at every load."""
    seeds = range(FIRST_SEED, FIRST_SEED + nights)
    rows = {each.name: row_of(each) for each in POSITIONS}
    rules = {each.name: ServiceRules(rules=rules_at(each)) for each in POSITIONS}
    loads = []
    with Player(workers) as player:
        player.expect((row, nights) for _ in LOADS for row in rows.values())
        for load, (requests, walk_ins) in enumerate(LOADS):
            played = {
                name: player.play(row, rules[name], load, seeds) for name, row in rows.items()
            }
            points = points_of(played)
            loads.append(FrontierLoad(requests=requests, walk_ins=walk_ins, points=points))
    return Frontier(
        command="scripts/bench frontier",
        first_seed=FIRST_SEED,
        nights=nights,
        tables=len(setting_of("", 0).house.tables),
        loads=tuple(loads),
    )


def rules_at(position: KnobPosition) -> Rules:
    """Return the benchmark's rules with the knob at a position."""
    values = position.settings.patch()
    return replace(
        BENCHMARK_RULES,
        decisions=replace(BENCHMARK_RULES.decisions, **values["decisions"]),
        overbooking=replace(BENCHMARK_RULES.overbooking, **values["overbooking"]),
    )


def row_of(position: KnobPosition) -> MinuteRow:
    """Return the row that plays a position."""
    accept = ServiceRules(rules=rules_at(position))
    name = f"knob-{position.name.replace('_', '-')}"
    return MinuteRow(name=name, title=position.name, accept=accept, door="service")


def points_of(
    played: Mapping[PositionName, Sequence[MinuteNight]],
) -> tuple[FrontierPoint, ...]:
    """Return the points of a load from each position's nights, all of the same seeds in order."""
    usual = np.array([night.net for night in played[USUAL]])
    return tuple(_point(each, played[each.name], usual) for each in POSITIONS)


def _point(position: KnobPosition, nights: Sequence[MinuteNight], usual: Floats) -> FrontierPoint:
    gain = paired_gain(np.array([night.net for night in nights]), usual)
    walked = [night.walked_parties for night in nights]
    waiting = [night.waited for night in nights]
    booked = [sum(night.booked) for night in nights]
    return FrontierPoint(
        position=position,
        net=_rounded(NightMean(mean=gain.percent, error=gain.error), 2),
        walked=_rounded(night_mean(walked), 2),
        waiting=_rounded(night_mean(waiting), 2),
        booked=round(night_mean(booked).mean, 1),
        walked_share=_rounded(share_of(walked, booked), 5),
        waiting_share=_rounded(share_of(waiting, booked), 5),
    )


def _rounded(found: NightMean, digits: int) -> NightMean:
    error = None if found.error is None else round(found.error, digits)
    return NightMean(mean=round(found.mean, digits), error=error)


def points_table(load: FrontierLoad) -> Table:
    """Return the table of a load."""
    title = f"{load.requests:.0f} requests and {load.walk_ins:.0f} walk-ins expected"
    table = plain_table(title, "the knob at", HEADS)
    for point in load.points:
        table.add_row(
            point.position.name,
            _told(point.net, "+.1f"),
            _told(point.walked, ".2f"),
            _told(point.waiting, ".1f"),
            _told(_hundredfold(point.walked_share), ".2f"),
            _told(_hundredfold(point.waiting_share), ".1f"),
            f"{point.booked:.0f}",
        )
    return table


def _hundredfold(share: NightMean) -> NightMean:
    error = None if share.error is None else 100.0 * share.error
    return NightMean(mean=100.0 * share.mean, error=error)


def _told(found: NightMean, form: str) -> str:
    error = "" if found.error is None else f" ± {found.error:{form.lstrip('+')}}"
    return f"{found.mean:{form}}{error}"
