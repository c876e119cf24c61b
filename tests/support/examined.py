"""An evening written by hand for tests of the examination: one booking told, its row and plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from scripts.simulation.examination.rows import TABLES, Row, Snapshot
from scripts.simulation.journal import Exchange, Journal
from scripts.simulation.written_house import read_house

if TYPE_CHECKING:
    from scripts.simulation.examination.findings import Findings

GARDEN = read_house("garden")
SITE = f"/v1/venues/{GARDEN.venue}"
DESK = "/host/reservations"
(DINNER,) = GARDEN.hours_of(date(2027, 6, 11))
SEVEN = DINNER.opens + timedelta(minutes=90)
NEEDS = {"area": None, "step_free": False, "quiet": False, "high_chairs": 0}


@dataclass
class Book:
    """What was told (`journal`) and what is written (`rows`)."""

    journal: Journal = field(default_factory=Journal)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    @property
    def at(self) -> Snapshot:
        """The rows, an hour before the doors open."""
        now = DINNER.opens - timedelta(hours=1)
        return Snapshot(at=now, read_at=now, moment=self.journal.moments, tables=self.rows)

    def say(self, path: str, answer: Any, body: Any = None, method: str = "POST") -> Exchange:  # noqa: ANN401
        """A call that was answered, two days before."""
        told: dict[str, Any] = {"method": method, "status": 200, "why": "first", "fate": "answered"}
        when = DINNER.opens - timedelta(days=2)
        exchange = Exchange(
            path=path, answer=answer, body=body or {}, sent=0, at=when, done_at=when, process=0,
            actor="a test", key=None, intent=0, **told,
        )  # fmt: skip
        self.journal.open(exchange)
        self.journal.close(exchange)
        return exchange

    def books(self, name: str, *tables: str, **more: Any) -> Row:  # noqa: ANN401
        """A reservation that was told and is written, with its plan; returns its row."""
        row: Row = {
            "reservation_id": name, "guest_id": f"guest {name}", "period_id": DINNER.period_id,
            "channel": "partner", "state": "booked", "version": 1, "party_size": 2,
            "starts": SEVEN, "ends": SEVEN + timedelta(minutes=105), "kind": "physical",
            "fixed": False, "needs": dict(NEEDS), "preferences": None, "tags": [],
            "guest_tags": [], **more,
        }  # fmt: skip
        self.rows["reservation"].append(row)
        for table in tables:
            self.plans(row, table)
        self.say(DESK, told(row))
        return row

    def plans(self, row: Row, table: str) -> None:
        """A table in the plan."""
        span = {name: row[name] for name in ("starts", "ends")}
        about = {"subject_id": row["reservation_id"], "kind": "reservation", "table_id": table}
        self.rows["intention"].append(about | span)


def told(row: Row, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A reservation as the stand is told it."""
    names = ("reservation_id", "version", "state", "party_size")
    return {name: row[name] for name in names} | {"starts": row["starts"].isoformat()} | more


def broken(findings: Findings) -> set[str]:
    """The rules found broken."""
    return {violation.rule for violation in findings.violations}
