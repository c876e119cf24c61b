"""A figure of a report: its value, the cases it rests on, its interval, and how it is said."""

from collections.abc import Sequence
from math import sqrt
from typing import Final, Literal

from msgspec import Struct

from policies.numeric.intervals import student_quantile, wilson_interval
from policies.words.message import Message, Money, Param, message

FigureKind = Literal["count", "share", "minutes", "money", "number"]
"""`share`: 0 to 1; `money`: minor units of the venue's currency; `number`: one decimal is said."""

FEW: Final = 10
"""Cases below which a share or a mean is too few to say more than the cases (assumption)."""


class ReportFigure(Struct, frozen=True, kw_only=True):
    """One figure. `value`: None where there is no case to take it from.

    `of`: the cases that a share or a mean is taken over, None for a count or a sum. `cases`: those
    of the first number of a share. `low`, `high`: the 95 % interval, None where there is none or
    `of` is below `FEW`.
    """

    value: float | None
    cases: int | None = None
    of: int | None = None
    low: float | None = None
    high: float | None = None


def share_figure(count: int, of: int) -> ReportFigure:
    """Return the share with Wilson's interval."""
    if not of:
        return ReportFigure(value=None, cases=0, of=0)
    found = wilson_interval(count, of)
    if of < FEW:
        return ReportFigure(value=found.share, cases=count, of=of)
    return ReportFigure(value=found.share, cases=count, of=of, low=found.low, high=found.high)


def mean_figure(mean: float | None, deviation: float | None, of: int) -> ReportFigure:
    """Return a mean with Student's interval; `deviation`: of the sample, None below two cases."""
    if mean is None or deviation is None or of < FEW:
        return ReportFigure(value=mean, of=of)
    half = student_quantile(of - 1) * deviation / sqrt(of)
    return ReportFigure(value=mean, of=of, low=mean - half, high=mean + half)


def told(figure: ReportFigure, kind: FigureKind, currency: str, *, inside: bool = False) -> Param:
    """Return a figure as a sentence has it: a share with its interval, or as the cases it is.

    `inside`: it stands in brackets, and has none of its own.
    """
    value = figure.value
    if value is None:
        return message("report-none")
    match kind:
        case "share":
            return _share_told(figure, value, inside=inside)
        case "money":
            return Money(round(value), currency)
        case "number":
            said = round(value, 1)
            return int(said) if said.is_integer() else said
        case "minutes":
            return message("report-minutes", minutes=round(value))
        case "count":
            return round(value)


def _share_told(figure: ReportFigure, value: float, *, inside: bool) -> Message:
    if figure.low is not None and figure.high is not None:
        return _with_interval(value, figure.low, figure.high, inside=inside)
    count, of = figure.cases, figure.of or 0
    if count is None:
        said = message("report-share-alone", share=_percent(value, 0))
        return said if inside else message("report-mean-few", share=_percent(value, 0))
    if inside:
        return message("report-share-few-inside", count=count, of=of)
    return message("report-share-few", count=count, of=of)


def _with_interval(value: float, low: float, high: float, *, inside: bool) -> Message:
    digits = _digits(low, high)
    share, least, most = (_percent(each, digits) for each in (value, low, high))
    if least == most:
        return message("report-share-alone", share=share)
    if inside:
        return message("report-share-inside", share=share, low=least, high=most)
    return message("report-share", share=share, low=least, high=most)


def _digits(low: float, high: float) -> int:
    """Return how many digits of a per cent tell the ends of an interval apart: one at most."""
    return int(_percent(low, 0) == _percent(high, 0))


def _percent(share: float, digits: int) -> float | int:
    return round(100 * share, digits) if digits else round(100 * share)


def enough(figure: ReportFigure) -> bool:
    """Tell whether a figure rests on enough cases to be called the largest of its column."""
    return figure.value is not None and (figure.of is None or figure.of >= FEW)


def rows_in_order(
    rows: Sequence[tuple[float | None, float, str]],
) -> list[int]:
    """Return the places of rows (order or None, first figure, label) as a report lists them.

    By their order where they have one (times, sizes, dates), else the largest first.
    """
    return sorted(
        range(len(rows)),
        key=lambda at: (
            rows[at][0] is None,
            rows[at][0] or 0.0,
            -rows[at][1],
            rows[at][2],
        ),
    )
