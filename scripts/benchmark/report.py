"""The benchmark's report as tables for the console."""

from collections.abc import Iterable
from itertools import groupby
from math import isnan

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from policies.lab.compare import PairedGain
from policies.lab.nights import LOADS
from scripts.benchmark.bars import Bar
from scripts.benchmark.figures import RowFigures
from scripts.benchmark.rows import ABLATION_ROWS, BELIEF_ROWS, POLICY_ROWS, Row
from scripts.benchmark.speed import Speed

MONEY = (
    "Net a night: 50 a cover, less 100 a cover walked and 10 a cover kept waiting over 10 minutes."
)
ENQUIRIES = "Groups above the largest join (8) are enquiries for a person, and not in these nights."
HINDSIGHT = "Flat, levelling and newsvendor rules are the best of their grids on these very nights."
WAITING = (
    "Walked parties and parties kept waiting (over 10 minutes) are a night's; other time: bookings "
    "not at the time wished; moved: guests given another time although their wish was free."
)
BOUNDS = (
    "The clairvoyant knows who comes, when and for how long, and may give flexible guests any time "
    "within half an hour; the fixed one gives nobody another time (no bound on rules that do)."
)
PAIRED = "After ±: the standard error of the difference, night by night."
COLUMNS = (
    "net",
    "over flat",
    "of clair-\nvoyant",
    "of fixed\none",
    "walked\nparties",
    "kept\nwaiting",
    "other\ntime",
    "moved",
)
SECTIONS = (
    ("what was compared", POLICY_ROWS),
    ("ours, with one thing taken away", ABLATION_ROWS),
    ("ours, believing what is not so", BELIEF_ROWS),
)


def print_report(
    console: Console, lines: list[RowFigures], bars: list[Bar], speed: Speed | None
) -> None:
    """Print all tables and notes."""
    for load, found in groupby(lines, key=lambda line: line.load):
        console.print(comparison_table(load, list(found)))
    for note in (MONEY, WAITING, PAIRED, HINDSIGHT, BOUNDS, ENQUIRIES):
        console.print(note, style="dim")
    if speed:
        console.print(speed_table(speed))
    if bars:
        console.print(bars_table(bars))


def comparison_table(load: int, lines: list[RowFigures]) -> Table:
    """Return the table of one load."""
    requests, walk_ins = LOADS[load]
    nights = max(line.nights for line in lines)
    title = f"{requests:.0f} requests and {walk_ins:.0f} walk-ins expected, {nights} nights"
    table = plain_table(title, "how the house decides", COLUMNS)
    for _, rows in SECTIONS:
        _section(table, [line for line in lines if line.name in _names(rows)])
    return table


def speed_table(speed: Speed) -> Table:
    """Return the table of latencies."""
    names = ("timed", "half within", "99 of 100 within", "of the core's own time")
    table = plain_table("How long a decision takes, one core", "decision", names)
    for title, times in (
        ("one start judged for a booking", speed.judged),
        ("one request answered, with other times", speed.answered),
        ("one party at the door looked ahead for", speed.looked_ahead),
    ):
        figures = (f"{spent:.2f} ms" for spent in (times.p50, times.p99, times.own_p99))
        table.add_row(title, str(times.count), *figures)
    return table


def bars_table(bars: list[Bar]) -> Table:
    """Return the table of bars: target, figure reached, margin."""
    title = f"Bars: {sum(bar.held for bar in bars)} of {len(bars)} held"
    table = plain_table(title, "what", ("bar", "aim", "reached", "by", ""))
    for bar in bars:
        held = "[green]held[/]" if bar.held else "[red]not held[/]"
        error = "" if bar.error is None else f" ± {_number(bar.error, bar)}"
        reached = f"{_number(bar.reached, bar)}{error} {bar.unit}".rstrip()
        aim = "" if bar.aim is None else f"{bar.aim:g}"
        table.add_row(bar.title, _limits(bar), aim, reached, _signed(bar.by, bar), held)
    return table


def plain_table(title: str, first: str, columns: Iterable[str]) -> Table:
    """Return an empty table whose first column is words and the others are figures."""
    table = Table(title=title, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(first, min_width=24)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _section(table: Table, lines: list[RowFigures]) -> None:
    for line in lines:
        rule = f" ({line.rule})" if line.rule else ""
        table.add_row(
            f"{line.title}{rule}",
            f"{line.net:,.0f}",
            _gain(line.over_flat),
            f"{line.of_bound:.3f}",
            f"{line.of_unmoved:.3f}",
            *(_figures(line) if line.booked else [""] * 4),
        )
    table.add_section()


def _figures(line: RowFigures) -> list[str]:
    moved = f"{line.moved:.0%}" if line.moved > 0.0 else "-"
    return [f"{line.walked:.2f}", f"{line.late:.1f}", f"{line.elsewhere:.0%}", moved]


def _gain(found: PairedGain | None) -> str:
    return f"{found.percent:+.1f} ± {found.error:.1f} %" if found else ""


def _names(rows: Iterable[Row]) -> set[str]:
    return {row.name for row in rows}


def _limits(bar: Bar) -> str:
    if bar.least is None or bar.most is None:
        limit, word = (bar.most, "at most") if bar.least is None else (bar.least, "at least")
        return f"{word} {limit:g} {bar.unit}".rstrip()
    return f"{bar.least:g} to {bar.most:g} {bar.unit}".rstrip()


def _number(value: float, bar: Bar) -> str:
    return "-" if isnan(value) else f"{value:.1f}" if bar.unit == "%" else f"{value:.3f}"


def _signed(value: float, bar: Bar) -> str:
    return f"{value:+.1f}" if bar.unit == "%" else f"{value:+.3f}"
