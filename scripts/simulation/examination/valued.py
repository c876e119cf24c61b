"""Answers by value keep to their own numbers, as far as can be told from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Row, Snapshot

CHANCES = ("overload", "risk", "ceiling")
MOST_DRIVERS = 5
ROUNDING = 2


def check_explained(final: Snapshot, findings: Findings) -> None:
    """What an answer rested on adds up, and is what the answer says."""
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
    """Tell whether a person booked the party against the engine, whatever became of it since."""
    return bool(row["overruled"] or row["overruled_why"])


def check_given(at: Snapshot, findings: Findings) -> None:
    """What was just given by value is worth something; a place promised for a while is kept."""
    for row in at["reservation"]:
        fresh = row["version"] == 1 and not overruled(row) and row["slot_hold_id"] is None
        if fresh and row["explained"]:
            findings.look(
                "given by value is worth something",
                holds=row["explained"]["value"] >= -ROUNDING,
                evidence=f"{about(row)}: {row['explained']}",
            )


def check_refusal(row: Row, findings: Findings) -> None:
    """A "no" for its price or its risk has a price or a risk that says so."""
    told = row["explained"]
    if row["code"] == "BID_PRICE":
        findings.look(
            "refused for the price is worth nothing",
            holds=bool(told) and told["value"] <= ROUNDING,
            evidence=f"{about(row)}: {told}",
        )
    if row["code"] == "RISK_OVER_CEILING" and told:
        findings.look(
            "refused for the risk is over the ceiling",
            holds=told["risk"] > told["ceiling"],
            evidence=f"{about(row)}: {told}",
        )


def wrong_in(told: dict[str, Any], known: set[str]) -> str:
    """What does not add up, nothing when all does."""
    if abs(told["revenue"] - told["risk_cost"] - told["displaced"] - told["value"]) > ROUNDING:
        return "the value is not revenue less cost less displacement"
    if not all(0.0 <= told[name] <= 1.0 for name in CHANCES):
        return "a chance outside 0 to 1"
    if len(told["drivers"]) > MOST_DRIVERS:
        return "too many drivers"
    strangers = {driver["reservation_id"] for driver in told["drivers"]} - known
    return f"drivers nobody knows: {sorted(strangers)}" if strangers else ""


def about(row: Row) -> str:
    """Whom it is about."""
    return f"{row.get('reservation_id') or row.get('turnaway_id')} for {row['party_size']}"
