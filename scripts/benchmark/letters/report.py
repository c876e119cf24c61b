"""What the bench prints: what was proposed when and announced, and what following it brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from policies.lab.trial.figures import Figure, FigureName, figures_of
from policies.numeric.intervals import MeanInterval, student_interval
from scripts.benchmark.report import plain_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from policies.lab.trial.playing import Grid, TrialNight
    from scripts.benchmark.letters.house import Announcing
    from scripts.benchmark.letters.season import SeasonLived

ROWS: Final[dict[FigureName, str]] = {
    "net": "net an evening",
    "guests": "guests",
    "walked": "walked parties",
    "waited": "promised parties over ten minutes",
    "refused": "requests refused",
    "walk_ins": "walk-ins given a table, %",
}
MONEY = 100.0

Verdict = Literal["beats", "cannot say", "loses"]


class Judged(Struct, frozen=True, kw_only=True):
    """The houses on one set of evenings: figures of following beside standing still."""

    title: str
    figures: tuple[Figure, ...]


class LetterReport(Struct, frozen=True, kw_only=True):
    """All that was found, for `--json`. `announced`: the sum of the means of what was followed."""

    season: Judged
    held_out: dict[Grid, Judged]
    told: list[Announcing]
    announced: MeanInterval
    verdict: Verdict


def judged(title: str, follows: Sequence[TrialNight], stands: Sequence[TrialNight]) -> Judged:
    """Return the figures of two houses on the same evenings."""
    return Judged(title=title, figures=figures_of(list(zip(follows, stands, strict=True))))


def net_of(found: Judged) -> MeanInterval:
    """Return the difference of the net, in minor units an evening."""
    return next(each.difference for each in found.figures if each.name == "net")


def verdict_of(net: MeanInterval) -> Verdict:
    """Return what the held-out evenings say of following."""
    if net.low is None or net.high is None:
        return "cannot say"
    return "beats" if net.low > 0.0 else "loses" if net.high < 0.0 else "cannot say"


def announced_mean(lived: SeasonLived) -> MeanInterval:
    """Return what the letters announced of all that they kept, on average over letters."""
    return student_interval([each.net for each in lived.sums if each.net is not None])


def figures_table(found: Judged) -> Table:
    """Return the table of both houses."""
    heads = ("follows", "stands still", "difference", "95 %")
    table = plain_table(found.title, "an evening", heads)
    for figure in found.figures:
        if figure.name in ROWS and figure.draft is not None and figure.in_force is not None:
            unit = MONEY if figure.name == "net" else 1.0
            table.add_row(
                ROWS[figure.name],
                f"{figure.draft / unit:,.2f}",
                f"{figure.in_force / unit:,.2f}",
                f"{(figure.difference.mean or 0.0) / unit:+,.2f}",
                _interval(figure.difference, unit),
            )
    return table


def told_table(told: Sequence[Announcing]) -> Table:
    """Return what was proposed when, at its first and last day of the same words."""
    heads = ("first", "last", "days", "an evening", "95 %", "says", "followed")
    table = plain_table("what the letters proposed", "proposal", heads)
    groups: dict[tuple[str, str], list[Announcing]] = {}
    for each in told:
        groups.setdefault((each.said, each.standing), []).append(each)
    for (said, standing), same in groups.items():
        last = same[-1]
        interval = MeanInterval(of=0, mean=last.net, low=last.low, high=last.high)
        mean = "" if last.net is None else f"{last.net / MONEY:+,.2f}"
        table.add_row(
            said,
            same[0].day,
            last.day,
            str(len(same)),
            mean,
            _interval(interval, MONEY),
            standing,
            str(sum(each.followed for each in same)),
        )
    return table


def sentences(report: LetterReport) -> list[str]:
    """Return the verdict in words."""
    found = {grid: net_of(each) for grid, each in report.held_out.items()}
    lines = [
        f"held out, {grid} grid: {_money(net.mean)} an evening ({_interval(net, MONEY)})"
        for grid, net in found.items()
    ]
    announced = report.announced
    if announced.mean is not None:
        lines.append(f"announced on average: {_money(announced.mean)} over {announced.of} letters")
    lines.append(f"following the letters {report.verdict}")
    return lines


def _money(minor: float | None) -> str:
    return "" if minor is None else f"{minor / MONEY:+,.2f}"


def _interval(found: MeanInterval, unit: float) -> str:
    if found.low is None or found.high is None:
        return ""
    return f"{found.low / unit:+,.2f} to {found.high / unit:+,.2f}"
