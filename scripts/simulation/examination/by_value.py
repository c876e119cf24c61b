"""Decisions by value: the numbers in each explanation are consistent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Row, Snapshot

CHANCES = ("overload", "risk", "ceiling")
MOST_DRIVERS = 5
ROUNDING = 2


def check_explained(final: Snapshot, findings: Findings) -> None:
    """The explanations of acceptances and refusals add up and match the decision."""
    known = {row["reservation_id"] for row in final["reservation"]}
    for row in (*final["reservation"], *final["turnaway"]):
        if row["explained"]:
            wrong = wrong_in(row["explained"], known)
            findings.look(
                "what an answer rested on adds up",
                holds=not wrong,
                evidence=f"{about(row)}: {wrong}: {row['explained']}",
            )
    for row in final["turnaway"]:
        check_refusal(row, findings)


def overruled(row: Row) -> bool:
    """Whether staff booked the party against a refusal."""
    return bool(row["overruled"] or row["overruled_why"])


def granted_to(at: Snapshot) -> set[str]:
    """The ids of what held tables were granted to, at the host's discretion."""
    ended = [row["ended_for"] for row in at["held_table"] if row["state"] == "granted"]
    return {each["id"] for each in ended if each}


def check_given(at: Snapshot, findings: Findings) -> None:
    """New reservations accepted by value have a net value >= 0.

    Confirmed slot holds and granted held tables are excepted.
    """
    granted = granted_to(at)
    for row in at["reservation"]:
        fresh = row["version"] == 1 and not overruled(row) and row["slot_hold_id"] is None
        fresh = fresh and str(row["reservation_id"]) not in granted
        if fresh and row["explained"]:
            findings.look(
                "given by value is worth something",
                holds=row["explained"]["value"] >= -ROUNDING,
                evidence=f"{about(row)}: {row['explained']}",
            )


def check_refusal(row: Row, findings: Findings) -> None:
    """A refusal for price or risk has an explanation with such a value or risk."""
    explained = row["explained"]
    if row["code"] == "BID_PRICE":
        findings.look(
            "refused for the price is worth nothing",
            holds=bool(explained) and explained["value"] <= ROUNDING,
            evidence=f"{about(row)}: {explained}",
        )
    if row["code"] == "RISK_OVER_CEILING" and explained:
        findings.look(
            "refused for the risk is over the ceiling",
            holds=explained["risk"] > explained["ceiling"],
            evidence=f"{about(row)}: {explained}",
        )


def wrong_in(explained: dict[str, Any], known: set[str]) -> str:
    """What is inconsistent in an explanation; empty when nothing is."""
    if (
        abs(
            explained["revenue"]
            - explained["risk_cost"]
            - explained["displaced_value"]
            - explained["value"]
        )
        > ROUNDING
    ):
        return "the value is not revenue less cost less displacement"
    if not all(0.0 <= explained[name] <= 1.0 for name in CHANCES):
        return "a chance outside 0 to 1"
    if len(explained["drivers"]) > MOST_DRIVERS:
        return "too many drivers"
    strangers = {driver["reservation_id"] for driver in explained["drivers"]} - known
    return f"drivers nobody knows: {sorted(strangers)}" if strangers else ""


def about(row: Row) -> str:
    """Id and party size, as evidence."""
    return f"{row.get('reservation_id') or row.get('turnaway_id')} for {row['party_size']}"
