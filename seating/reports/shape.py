"""What a report is: cases, a key they are grouped by, columns over them, a picture."""

from typing import Final, Literal

from msgspec import Struct

from policies.reports.figures import FigureKind

How = Literal["cases", "sum", "share", "mean", "median", "most", "ratio", "nightly"]
"""`cases`: how many; `most`: four in five are at most so; `ratio`: of two sums; `nightly`: a sum a
service date."""

Labels = Literal[
    "text", "channel", "code", "state", "person", "client", "item", "cause", "weekday", "date",
    "time", "rescue", "pattern", "answer", "named", "lead", "band", "tenth",
    "table",
]  # fmt: skip
"""How a key is said: `text` as it stands, `named` by the name of its cases, others by words."""

Group = Literal["house", "refusals", "promises", "giving", "guests"]
GROUPS: Final[tuple[Group, ...]] = ("house", "refusals", "promises", "giving", "guests")

PictureKind = Literal["bars", "stack", "shares", "line"]


class Column(Struct, frozen=True, kw_only=True):
    """One column. `where`: the flag of the cases counted, empty for all.

    `within`: the flag of the cases that a share is of. `measure`: the number that is summed or
    averaged; cases without it do not count. `per`: the number by whose sum a ratio divides.
    `anew`: every row counts the same guests anew, so that there is nothing to tell of all rows.
    """

    key: str
    how: How = "cases"
    kind: FigureKind = "count"
    where: str = ""
    within: str = ""
    measure: str = ""
    per: str = ""
    anew: bool = False


class ReportPicture(Struct, frozen=True, kw_only=True):
    """The picture of a report: which columns it shows, over the rows."""

    kind: PictureKind
    columns: tuple[str, ...]


class Report(Struct, frozen=True, kw_only=True):
    """One report.

    `cases`: a statement (see seating/reports/evenings.py) of rows with `id`, `what`,
    `service_date`, `at`, `party_size`, `name`, `state`, `note`, `figure` and the flags and numbers
    that columns name. `by`, `order`: SQL of the key and of its place, over these; `only`: which of
    them. `figure`: what `figure` of a case is. `observation`: which of DESIGN.md's table it
    answers, empty for what every house expects.
    """

    key: str
    group: Group
    cases: str
    by: str
    columns: tuple[Column, ...]
    picture: ReportPicture
    labels: Labels = "text"
    order: str = "null"
    only: str = "true"
    figure: FigureKind | None = None
    observation: str = ""


def counted(key: str, where: str = "") -> Column:
    """Return a column that counts cases."""
    return Column(key=key, where=where)


def summed(key: str, measure: str, kind: FigureKind = "count", where: str = "") -> Column:
    """Return a column that sums a number of its cases."""
    return Column(key=key, how="sum", kind=kind, measure=measure, where=where)


def shared(key: str, where: str, within: str = "") -> Column:
    """Return a column with the share of cases `within` that are `where`."""
    return Column(key=key, how="share", kind="share", where=where, within=within)


def averaged(
    key: str, measure: str, kind: FigureKind = "minutes", how: How = "mean", where: str = ""
) -> Column:
    """Return a column with the mean (or median, or four-fifths mark) of a number of its cases."""
    return Column(key=key, how=how, kind=kind, measure=measure, where=where)


def bars(*columns: str, kind: PictureKind = "bars") -> ReportPicture:
    """Return a picture of these columns."""
    return ReportPicture(kind=kind, columns=columns)


COVERS: Final = summed("covers", "party_size")
