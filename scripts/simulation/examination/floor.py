"""Seatings: no table with two parties at once, in the rows and in the acknowledged commands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from scripts.simulation.examination.book import spans

if TYPE_CHECKING:
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.journal import Exchange, Journal
    from scripts.simulation.written_house import Hours, WrittenHouse

RULE = "no table with two parties at once"
OPEN_STATES = ("requested", "booked", "arrived", "seated")


def check_rows(final: Snapshot, findings: Findings) -> None:
    """No two stays at a table overlap in the rows."""
    stays: defaultdict[str, list[Row]] = defaultdict(list)
    for row in final["seating_table"]:
        stays[row["table_id"]].append(row)
    for table, rows in stays.items():
        for one, other in pairwise(sorted(spans(rows))):
            findings.look(
                RULE, holds=one[1] <= other[0], evidence=f"{table}: {one} and {other} in the rows"
            )


def check_answers(journal: Journal, final: Snapshot, findings: Findings) -> None:
    """Replay the acknowledged commands; the final rows agree with them."""
    commands = acknowledged_commands(journal)
    sitting: dict[str, dict[str, object]] = {}
    latest: dict[str, dict[str, object]] = {}
    for exchange in commands:
        if exchange.last == "undo":
            sitting.pop(exchange.body["action_id"], None)
            latest.pop(exchange.body["action_id"], None)
        for seating in exchange.answer.get("seatings", ()):
            latest[seating["seating_id"]] = sitting[seating["seating_id"]] = seating
            if seating["state"] == "cleared":
                del sitting[seating["seating_id"]]
        check_tables(exchange, sitting, findings)
    rows = {row["seating_id"]: row for row in final["seating"]}
    for key, seating in latest.items():
        row = rows.get(key)
        findings.look(
            "guests at the table as acknowledged",
            holds=row is not None and row["party_size"] == seating["party_size"],
            evidence=f"{key}: told {seating['party_size']}, row {row and row['party_size']}",
        )


def acknowledged_commands(journal: Journal) -> list[Exchange]:
    """The acknowledged commands, each once, ordered by period version."""
    once: dict[str, Exchange] = {}
    for each in journal.acknowledged():
        answer = each.answer if isinstance(each.answer, dict) else {}
        rescued = isinstance(answer.get("result"), dict)
        exchange = replace(each, answer=answer["result"]) if rescued else each
        if rescued or "period_version" in answer:
            once.setdefault(str(exchange.key), exchange)
    return sorted(once.values(), key=lambda exchange: exchange.answer["period_version"])


def check_tables(
    exchange: Exchange, sitting: dict[str, dict[str, object]], findings: Findings
) -> None:
    """After a command, every table has at most one party."""
    where: dict[str, str] = {}
    for key, seating in sitting.items():
        for table in list(seating["tables"]):  # type: ignore[call-overload]
            findings.look(
                RULE,
                holds=table not in where,
                evidence=f"{exchange.last} {exchange.key} at {exchange.at}: "
                f"{table} has {where.get(table)} and {key}",
            )
            where[table] = key


def check_closed(hours: Hours, final: Snapshot, findings: Findings) -> None:
    """After the close nothing of the period is left open."""
    left = [
        *(f"period {p['period_id']}" for p in final["period"] if open_period(p, hours)),
        *(
            f"reservation {r['reservation_id']} {r['state']}"
            for r in final["reservation"]
            if r["period_id"] == hours.period_id and r["state"] in OPEN_STATES
        ),
        *(f"seating {s['seating_id']}" for s in final["seating"] if s["cleared_at"] is None),
        *(f"stay at {s['table_id']}" for s in final["seating_table"] if s["to_at"] is None),
        *(f"slot hold {h['slot_hold_id']}" for h in final["slot_hold"] if h["state"] == "held"),
        *(
            f"waiting {w['wait_id']}"
            for w in final["wait_entry"]
            if w["state"] in {"waiting", "notified"}
        ),
    ]
    findings.look("nothing left open after the close", holds=not left, evidence="; ".join(left))


def use_of_tables(final: Snapshot, house: WrittenHouse, hours: Hours) -> float:
    """Occupied table hours divided by tables times opening hours."""
    used = timedelta()
    for start, end in spans(final["seating_table"]):
        used += max(min(end, hours.closes) - max(start, hours.opens), timedelta())
    return used / ((hours.closes - hours.opens) * len(house.tables))


def open_period(row: Row, hours: Hours) -> bool:
    """Whether this is the row of the period, still open."""
    return row["period_id"] == hours.period_id and row["closed_at"] is None
