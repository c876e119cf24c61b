"""The report of `scripts/bench showup`, as data and as a table for the console."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotation

from msgspec import Struct
from rich.table import Table

MIN_RATIO, MAX_RATIO = 0.9, 1.1
"""Limits of the predicted total as a share of the actual one."""


class TargetResult(Struct, frozen=True, kw_only=True):
    """One target on the test rows: mean log-losses, totals, and their ratio by month.

    `loss_constant`: of predicting the training rate for everybody; `loss_rolling_constant`: the
    rate of the weeks before.
    """

    target: str
    train: int
    test: int
    rate_train: float
    rate_test: float
    loss: float
    loss_constant: float
    loss_rolling_constant: float
    predicted: float
    actual: int
    by_month: dict[str, float]
    auc: float

    @property
    def ratio(self) -> float:
        """Predicted over actual."""
        return self.predicted / max(1, self.actual)

    @property
    def reached(self) -> bool:
        """Whether the loss is below the constant's and the total within the limits."""
        return self.loss < self.loss_constant and MIN_RATIO <= self.ratio <= MAX_RATIO


class Report(Struct, frozen=True, kw_only=True):
    """All targets of one file."""

    split: date
    weeks: int
    rows: int
    targets: tuple[TargetResult, ...]


def table(report: Report) -> Table:
    """Return the table: a column a target."""
    shown = Table(
        title=f"Who does not come: {report.rows} bookings, fitted on arrivals before"
        f" {report.split.isoformat()}, judged on those after",
        caption=f"The rate is moved weekly to that of the {report.weeks} weeks before."
        " Hotels, not restaurants.",
    )
    shown.add_column("")
    for each in report.targets:
        shown.add_column(each.target, justify="right")
    rows = zip(*(_answers(each) for each in report.targets), strict=True)
    for asked, answers in zip(_QUESTIONS, rows, strict=True):
        shown.add_row(asked, *answers)
    return shown


_QUESTIONS = (
    "bookings fitted / judged",
    "did not come, fitted / judged",
    "log-loss of the model",
    "bar: under the constant's",
    "  the constant, moved weekly too",
    "predicted / actual, in all",
    "bar: between 0.9 and 1.1",
    "  month by month",
    "AUC (ranking; not chased)",
)


def _answers(each: TargetResult) -> tuple[str, ...]:
    months = " ".join(f"{ratio:.2f}" for ratio in each.by_month.values())
    return (
        f"{each.train} / {each.test}",
        f"{each.rate_train:.2%} / {each.rate_test:.2%}",
        f"{each.loss:.5f}",
        f"{_against(each.loss, each.loss_constant)}, {_outcome(each.loss < each.loss_constant)}",
        _against(each.loss, each.loss_rolling_constant),
        f"{each.predicted:.1f} / {each.actual}",
        f"{each.ratio:.3f}, {_outcome(MIN_RATIO <= each.ratio <= MAX_RATIO)}",
        months,
        f"{each.auc:.3f}",
    )


def _against(loss: float, constant: float) -> str:
    return f"{constant:.5f} ({loss / constant - 1:+.1%})"


def _outcome(reached: bool) -> str:  # noqa: FBT001 - a bar is reached or not
    return "reached" if reached else "missed"
