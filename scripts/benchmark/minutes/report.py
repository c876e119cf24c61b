"""The tables of the minute world for the console: rows, reliability as numbers, bars."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import isnan

from rich.console import Console
from rich.table import Table

from policies.lab.compare import PairedGain
from policies.lab.nights import LOADS
from scripts.benchmark.bars import Bar
from scripts.benchmark.minutes.calibration import Calibration
from scripts.benchmark.minutes.figures import MeanError, MinuteFigures
from scripts.benchmark.report import bars_table, plain_table, speed_table
from scripts.benchmark.speed import Speed

MONEY = ("nights", "net", "over flat", "over flat with\nour door", "walked told\n/ happened")
GUESTS = ("walked", "less flat's", "1-2", "3-4", "5-8", "waited", "times\nflat's")
TRUTH = ("promises", "told /\nhappened", "calibration\nerror", "AUC")
BINS_A_LINE = 5
RELIABILITY = ("told, and the share that happened, in ten bins of equal count",)
NOTES = (
    "Net a night: 50 a cover, less 100 a cover walked and 10 a cover kept waiting over 10 minutes.",
    "1-2, 3-4, 5-8: share of the booked parties of that size that walked, in 1,000.",
    "After ±: standard errors; differences are paired night by night.",
    "Told: as a house does that learns from these nights, each from those before.",
    "On the first evening: by the model that every house starts from, learned on other nights.",
    "The flat rule is the best of its grid in hindsight, on these very nights.",
)


def print_minute_report(
    console: Console, lines: Sequence[MinuteFigures], bars: list[Bar], speed: Speed | None
) -> None:
    """Print bars, missed ones first, then the tables."""
    if bars:
        console.print(bars_table(bars))
    for (load, stress), found in groupby(lines, key=lambda line: (line.load, line.stress)):
        for table in rows_tables(load, stress, list(found)):
            console.print(table)
    if any(line.own or line.any for line in lines):
        for table in truth_tables(lines):
            console.print(table)
    if speed:
        console.print(speed_table(speed))
    for note in NOTES:
        console.print(note, style="dim")


def rows_tables(load: int, stress: str, lines: Sequence[MinuteFigures]) -> tuple[Table, Table]:
    """Return the tables of money and of guests of one load and kind of night."""
    requests, walk_ins = LOADS[load]
    title = f"{requests:.0f} requests and {walk_ins:.0f} walk-ins expected {stress}".rstrip()
    money = plain_table(title, "how the house decides", MONEY)
    guests = plain_table(f"{title}: guests", "how the house decides", GUESTS)
    for line in lines:
        rule = f" ({line.rule})" if line.rule else ""
        money.add_row(f"{line.title}{rule}", *_money(line))
        guests.add_row(line.title, *_guests(line))
    return money, guests


def truth_tables(lines: Iterable[MinuteFigures]) -> tuple[Table, Table]:
    """Return the tables of told probabilities against what happened: figures, and curves."""
    truth = plain_table("Told and happened", "row, requests", TRUTH)
    reliability = plain_table("Reliability curves", "row, requests", RELIABILITY)
    for line in lines:
        for name, found in (
            ("own_wait", line.own),
            ("own_wait, on the first evening", line.first_own),
            ("any_wait", line.any),
            ("any_wait, on the first evening", line.first_any),
        ):
            if found is not None:
                title = f"{line.row}, {LOADS[line.load][0]:.0f}: {name}"
                truth.add_row(title, *_truth(found))
                reliability.add_row(title, _curve(found))
    return truth, reliability


def _truth(found: Calibration) -> list[str]:
    numbers = [_number(found.ratio, 2), _number(found.error, 3), _number(found.auc, 2)]
    return [str(found.count), *numbers]


def _curve(found: Calibration) -> str:
    bins = [f"{each.told:.3f}:{each.happened:.3f}" for each in found.bins]
    return "\n".join(" ".join(bins[first : first + BINS_A_LINE]) for first in (0, BINS_A_LINE))


def _money(line: MinuteFigures) -> list[str]:
    return [
        str(line.nights),
        f"{line.net:,.0f}",
        _gain(line.over_flat),
        _gain(line.over_flat_door),
        _number(line.told_over_walked, 2),
    ]


def _guests(line: MinuteFigures) -> list[str]:
    return [
        _mean(line.walked),
        _mean(line.walked_against_flat),
        *(_number(1000.0 * line.walked_share(band), 1) for band in range(3)),
        f"{line.waited:.1f}",
        _number(line.waited_times_flat, 2),
    ]


def _gain(found: PairedGain | None) -> str:
    return f"{found.percent:+.1f} ± {found.error:.1f} %" if found else ""


def _mean(found: MeanError | None) -> str:
    return f"{found.mean:.2f} ± {found.error:.2f}" if found else ""


def _number(value: float, digits: int) -> str:
    return "-" if isnan(value) else f"{value:.{digits}f}"
