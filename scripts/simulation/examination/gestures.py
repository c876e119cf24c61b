"""Gestures are charged once, purses are not overdrawn, and /v1 discloses nothing of either."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.journal import Exchange, Journal

# States that charge no purse: refunded, or never charged.
FREE = {"declined", "voided", "expired", "suggested"}
# State changes that no answer acknowledges: expiry, closing of the period, and suggestions voided
# because another one was chosen.
BY_ITSELF = {
    ("suggested", "voided"),
    ("suggested", "expired"),
    ("offered", "expired"),
    ("accepted", "expired"),
}
GIVING = ("/host/gestures/", "/manage/approvals/")
DISCLOSING = re.compile(
    r"held|overbook|risk|gesture|purse|explained|displaced|bid_price|suggest", re.IGNORECASE
)
LINK_TOKEN = re.compile(r"(?<=/[rw]/)\S+")


def check_purses(at: Snapshot, findings: Findings) -> None:
    """A purse has spent the sum of its charged gestures, and at most what was granted."""
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
    """Every acknowledged gesture has one row, as last acknowledged; there are no others."""
    acknowledged = acknowledged_gestures(journal)
    rows: dict[str, list[Row]] = {}
    for row in final["gesture"]:
        rows.setdefault(row["gesture_id"], []).append(row)
    for key, known in acknowledged.items():
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
    """Whether a row is as acknowledged, or one change of BY_ITSELF later."""
    if row["version"] == known["version"]:
        return bool(row["state"] == known["state"])
    by_itself = (known["state"], row["state"]) in BY_ITSELF
    return bool(row["version"] == known["version"] + 1) and by_itself


def acknowledged_gestures(journal: Journal) -> dict[str, dict[str, Any]]:
    """The latest acknowledged version of each gesture."""
    latest: dict[str, dict[str, Any]] = {}
    for exchange in journal.acknowledged():
        if exchange.method == "POST" and exchange.path.startswith(GIVING):
            for gesture in gestures_in(exchange.answer):
                key = gesture["gesture_id"]
                if key not in latest or latest[key]["version"] < gesture["version"]:
                    latest[key] = gesture
    return latest


def gestures_in(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The gestures in an answer: itself, suggestions, or the one an approval made."""
    if "gesture_id" in answer:
        return [answer]
    if answer.get("gesture"):
        return [answer["gesture"]]
    found: list[dict[str, Any]] = answer.get("suggestions", [])
    return found


def check_purses_shown(journal: Journal, findings: Findings) -> None:
    """No purse shown on a tablet had spent more than was granted."""
    for exchange in journal.acknowledged():
        if exchange.method == "GET" and exchange.path == "/host/gestures":
            for purse in (exchange.answer["person"], exchange.answer["venue"]):
                findings.look(
                    "no purse beyond what it was granted",
                    holds=0 <= purse["spent"] <= purse["granted"],
                    evidence=f"told at {exchange.at}: {purse}",
                )


def check_no_disclosure(journal: Journal, findings: Findings) -> None:
    """Answers of /v1 disclose nothing of held tables, risk, value and gestures."""
    for exchange in journal.exchanges:
        if exchange.path.startswith("/v1/") and exchange.fate in {"answered", "lost"}:
            slips = [word for word in words_in(exchange.answer) if discloses(exchange, word)]
            findings.look(
                "booking sites hear nothing of discretion",
                holds=not slips,
                evidence=f"{exchange.method} {exchange.path}: {slips[:3]}",
            )


def discloses(exchange: Exchange, word: str) -> bool:
    """Whether a word discloses something; the state "held" of a slot hold does not."""
    own = word == "held" and "/slot-holds" in exchange.path
    # A guest's link ends in random letters, which may spell any of these words.
    return bool(DISCLOSING.search(LINK_TOKEN.sub("", word))) and not own


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
