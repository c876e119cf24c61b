"""The kept history of a house: lines compressed in `<house>.rows.xz` beside this module.

The first line tells the house, the dates and the clients; then a line of a table's name and columns
begins the rows of that table, each a line of COPY.
"""

from __future__ import annotations

import json
import lzma
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seating.access.clients import Scope

FOLDER = Path(__file__).resolve().parent
SUFFIX = ".rows.xz"
TABLE = "table "


@dataclass(frozen=True, kw_only=True)
class Client:
    """A client whose rows refer to it by `stand_in`: its name, and what it may do."""

    stand_in: str
    name: str
    scopes: Sequence[Scope]


@dataclass(frozen=True, kw_only=True)
class TableRows:
    """The rows of a table, each a line of COPY with relative dates."""

    table: str
    columns: Sequence[str]
    lines: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class History:
    """What one house lived through, up to the service date `last` and the instant `until`.

    `until` is relative, as are the dates of the rows; `last` tells its weekday.
    """

    venue: str
    last: date
    until: str
    clients: Sequence[Client]
    tables: Sequence[TableRows] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The rows of all tables."""
        return sum(len(each.lines) for each in self.tables)

    @property
    def evenings(self) -> int:
        """How many service dates were played."""
        (periods,) = [each for each in self.tables if each.table == "period"]
        place = list(periods.columns).index("service_date")
        return len({line.split("\t")[place] for line in periods.lines})


def file_of(house: str) -> Path:
    """Where the history of a shipped house is, if it has one."""
    return FOLDER / f"{house}{SUFFIX}"


def write_history(file: Path, history: History) -> int:
    """Write a history compressed; returns its bytes."""
    about = asdict(history) | {"tables": None, "last": history.last.isoformat()}
    lines = [json.dumps(about)]
    for each in history.tables:
        lines.append(f"{TABLE}{each.table} {' '.join(each.columns)}")
        lines += each.lines
    packed = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    file.write_bytes(packed)
    return len(packed)


def read_history(file: Path) -> History:
    """Read a history. Raises OSError, lzma.LZMAError, ValueError."""
    first, *lines = lzma.decompress(file.read_bytes()).decode().split("\n")
    about = json.loads(first)
    return History(
        venue=about["venue"],
        last=date.fromisoformat(about["last"]),
        until=about["until"],
        clients=[Client(**each) for each in about["clients"]],
        tables=list(tables_in(lines)),
    )


def tables_in(lines: Sequence[str]) -> Iterator[TableRows]:
    """The tables in lines after the first."""
    starts = [at for at, line in enumerate(lines) if line.startswith(TABLE)]
    for at, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        _, table, *columns = lines[at].split(" ")
        yield TableRows(table=table, columns=columns, lines=lines[at + 1 : end])


def last_before(history: History, today: date) -> date:
    """The latest date before `today` on the weekday of the history's last one."""
    return date.fromordinal(
        today.toordinal() - 1 - (today.toordinal() - 1 - history.last.toordinal()) % 7
    )


def as_postgres(instant: datetime) -> str:
    """An instant in UTC as PostgreSQL writes it, to be made relative."""
    return f"{instant:%Y-%m-%d %H:%M:%S}+00"
