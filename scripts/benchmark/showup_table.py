"""What `scripts/bench showup` found, as figures and as a table a manager could read."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotation

from msgspec import Struct
from rich.table import Table

LOWEST, HIGHEST = 0.9, 1.1
"""Between them the predicted total may lie, as a share of the actual one."""


class Judged(Struct, frozen=True, kw_only=True):
    """One target on the test rows: losses a booking, totals, and the ratio month by month.

    `loss_constant` predicts the training rows' rate for everybody, `loss_rolling_constant` that of
    the weeks before.
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
        """Whether both bars are: the loss under the constant's, the total right within a tenth."""
        return self.loss < self.loss_constant and LOWEST <= self.ratio <= HIGHEST


class Report(Struct, frozen=True, kw_only=True):
    """All targets of one file."""

    split: date
    weeks: int
    rows: int
    targets: tuple[Judged, ...]


def table(report: Report) -> Table:
    """Return a row a question, an answer a target."""
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


def _answers(each: Judged) -> tuple[str, ...]:
    months = " ".join(f"{ratio:.2f}" for ratio in each.by_month.values())
    return (
        f"{each.train} / {each.test}",
        f"{each.rate_train:.2%} / {each.rate_test:.2%}",
        f"{each.loss:.5f}",
        f"{_against(each.loss, each.loss_constant)}, {_said(each.loss < each.loss_constant)}",
        _against(each.loss, each.loss_rolling_constant),
        f"{each.predicted:.1f} / {each.actual}",
        f"{each.ratio:.3f}, {_said(LOWEST <= each.ratio <= HIGHEST)}",
        months,
        f"{each.auc:.3f}",
    )


def _against(loss: float, constant: float) -> str:
    return f"{constant:.5f} ({loss / constant - 1:+.1%})"


def _said(reached: bool) -> str:  # noqa: FBT001 - a bar is reached or not
    return "reached" if reached else "missed"
