"""What a host did although asked: nothing likely to be a mistake is done unless they said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.journal import Exchange, Journal
    from scripts.simulation.written_house import WrittenHouse

TOO_FEW = "TOO_FEW_SEATS"
SEATING = ("seat", "move", "split")


def check_anyway(journal: Journal, house: WrittenHouse, findings: Findings) -> None:
    """Every warning that asks was accepted by the order, and no party sits short of chairs else."""
    for exchange in journal.acknowledged():
        if not exchange.writes or not isinstance(exchange.answer, dict):
            continue
        accepted = (exchange.body or {}).get("anyway", ())
        for warning in exchange.answer.get("warnings", ()):
            if warning["asks"]:
                findings.look(
                    "asked before it was done",
                    holds=warning["code"] in accepted,
                    evidence=f"{exchange.path}: {warning['code']}, accepted {accepted}",
                )
        if exchange.path.startswith("/host/orders/") and exchange.last in SEATING:
            for seating in seated_by(exchange, house):
                short = seating["party_size"] - chairs_for(house, seating["tables"])
                findings.look(
                    "no party short of chairs unless a host said so",
                    holds=short <= 0 or TOO_FEW in accepted,
                    evidence=f"{exchange.path}: {seating['party_size']} at {seating['tables']}",
                )


def seated_by(exchange: Exchange, house: WrittenHouse) -> Iterator[dict[str, Any]]:
    """The seating that the order puts at tables it names, if the house file has those."""
    moved = exchange.body.get("seating_id") if exchange.last == "move" else exchange.body["id"]
    for seating in exchange.answer.get("seatings", ()):
        known = house.tables.keys() >= set(seating["tables"])
        if known and seating["seating_id"] == moved and seating["state"] != "cleared":
            yield seating


def chairs_for(house: WrittenHouse, tables: list[str]) -> int:
    """The guests for whom there is a chair: the seats, and one chair more at each but a stool."""
    seats = house.seats_at(frozenset(tables))
    if seats is None:
        seats = sum(house.tables[name].seats for name in tables)
    return seats + sum(house.tables[name].seats > 1 for name in tables)
