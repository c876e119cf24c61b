"""Gestures and purses: each charged once, no purse overdrawn; and nothing of it for strangers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.journal import Exchange, Journal

# Whatever ends here has its money back; what is only suggested was never charged.
FREE = {"declined", "voided", "expired", "suggested"}
# What happens to a gesture without anybody being told: it runs out, its period closes, or what was
# suggested is put aside because another was chosen.
BY_ITSELF = {
    ("suggested", "voided"),
    ("suggested", "expired"),
    ("offered", "expired"),
    ("accepted", "expired"),
}
GIVING = ("/host/gestures/", "/manage/approvals/")
TELLTALE = re.compile(
    r"held|overbook|risk|gesture|purse|explained|displaced|bid_price|suggest", re.IGNORECASE
)


def check_purses(at: Snapshot, findings: Findings) -> None:
    """What a purse has spent is what was given out of it, and never more than granted."""
    given: Counter[tuple[str, str]] = Counter()
    for row in at["gesture"]:
        if row["state"] not in FREE:
            owner = row["owner"] or f"person:{row['offered_by']}"
            for each in {owner, "venue"}:
                given[row["period_id"], each] += row["cost"]
    for row in at["purse"]:
        spent = given.pop((row["period_id"], row["owner"]), 0)
        findings.look(
            "a purse has spent what was given",
            holds=spent == row["spent"],
            evidence=f"{row['owner']}: {spent} given, {row['spent']} spent",
        )
        findings.look(
            "no purse beyond what it was granted",
            holds=0 <= max(row["spent"], spent) <= row["granted"],
            evidence=f"{row['owner']}: {spent} given of {row['granted']}",
        )
    findings.look("a purse has spent what was given", holds=not given, evidence=f"{given}")


def check_gestures(journal: Journal, final: Snapshot, findings: Findings) -> None:
    """Every gesture told of is in the book once, as it was last told; and no other is."""
    told = told_gestures(journal)
    rows: dict[str, list[Row]] = {}
    for row in final["gesture"]:
        rows.setdefault(row["gesture_id"], []).append(row)
    for key, known in told.items():
        found = rows.pop(key, [])
        once = [(row["item"], row["cost"]) for row in found] == [(known["item"], known["cost"])]
        findings.look(
            "a gesture is charged once", holds=once, evidence=f"{key}: {len(found)} rows of {known}"
        )
        for row in found:
            findings.look(
                "a gesture is as it was last told",
                holds=agrees(known, row),
                evidence=f"{key}: told {known['state']} v{known['version']}, "
                f"row says {row['state']} v{row['version']}",
            )
    findings.look(
        "no gesture that nobody was told of", holds=not rows, evidence=f"{list(rows)[:5]}"
    )


def agrees(known: dict[str, Any], row: Row) -> bool:
    """Whether a row says what was told, or what happened by itself since."""
    if row["version"] == known["version"]:
        return bool(row["state"] == known["state"])
    by_itself = (known["state"], row["state"]) in BY_ITSELF
    return bool(row["version"] == known["version"] + 1) and by_itself


def told_gestures(journal: Journal) -> dict[str, dict[str, Any]]:
    """The latest version told of each gesture."""
    told: dict[str, dict[str, Any]] = {}
    for exchange in journal.acknowledged():
        if exchange.method == "POST" and exchange.path.startswith(GIVING):
            for gesture in gestures_in(exchange.answer):
                key = gesture["gesture_id"]
                if key not in told or told[key]["version"] < gesture["version"]:
                    told[key] = gesture
    return told


def gestures_in(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The gestures an answer tells of: itself, what was suggested, what a manager's yes gave."""
    if "gesture_id" in answer:
        return [answer]
    if answer.get("gesture"):
        return [answer["gesture"]]
    found: list[dict[str, Any]] = answer.get("suggestions", [])
    return found


def check_purses_told(journal: Journal, findings: Findings) -> None:
    """No tablet was shown a purse that had given more than it held."""
    for exchange in journal.acknowledged():
        if exchange.method == "GET" and exchange.path == "/host/gestures":
            for purse in (exchange.answer["person"], exchange.answer["venue"]):
                findings.look(
                    "no purse beyond what it was granted",
                    holds=0 <= purse["spent"] <= purse["granted"],
                    evidence=f"told at {exchange.at}: {purse}",
                )


def check_silence(journal: Journal, findings: Findings) -> None:
    """A booking site is told nothing of what the house keeps, risks or gives away."""
    for exchange in journal.exchanges:
        if exchange.path.startswith("/v1/") and exchange.fate in {"answered", "lost"}:
            slips = [word for word in words_in(exchange.answer) if tells(exchange, word)]
            findings.look(
                "booking sites hear nothing of discretion",
                holds=not slips,
                evidence=f"{exchange.method} {exchange.path}: {slips[:3]}",
            )


def tells(exchange: Exchange, word: str) -> bool:
    """Whether a word gives it away; a slot hold's state is its own."""
    own = word == "held" and "/slot-holds" in exchange.path
    return bool(TELLTALE.search(word)) and not own


def words_in(answer: object) -> Iterator[str]:
    """Every key and every text of an answer."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield str(key)
            yield from words_in(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from words_in(value)
    elif isinstance(answer, str):
        yield answer
