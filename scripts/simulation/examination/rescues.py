"""Rescue options: opened ones could be taken for two minutes, unless a named fact intervened."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from scripts.simulation.examination.answers import undone_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Snapshot
    from scripts.simulation.journal import Exchange, Journal

FACTS = frozenset({"seated", "blocked", "area_shut"})
# Commands that make facts (occupied or blocked tables), which displace promises.
MAKE_FACTS = frozenset(
    {"seat", "move", "swap", "split", "merge", "extend", "block", "levers", "undo", "take"}
)
KEPT = "what was opened is not refused within its two minutes"


def check_rescues(journal: Journal, final: Snapshot, findings: Findings) -> None:
    """Check all opened, taken and lapsed options."""
    check_taking(journal, findings)
    check_options(journal, final, findings)


def check_taking(journal: Journal, findings: Findings) -> None:
    """Compare each attempt to take an option with its lock."""
    opened: dict[str, Exchange] = {}
    writes = [each for each in journal.exchanges if each.writes]
    for exchange in journal.exchanges:
        option = exchange.path.rpartition("/")[0]
        if exchange.last == "open" and exchange.acknowledged and "/options/" in option:
            opened.setdefault(option, exchange)
            findings.notes["options opened"] += 1
        elif exchange.rescues and exchange.fate == "answered" and option in opened:
            check_taken(exchange, opened[option], writes, findings)


def check_taken(
    taking: Exchange, opened: Exchange, writes: Sequence[Exchange], findings: Findings
) -> None:
    """The attempt succeeded, or was refused by a named fact, or came too late."""
    until = datetime.fromisoformat(opened.answer["until"])
    about = f"{taking.path} at {taking.at}, opened until {until}: {taking.status} {taking.answer}"
    if taking.code == "OPTION_LAPSED":
        findings.look("no option lapses early", holds=taking.ended >= until, evidence=about[:400])
        return
    named = taking.code == "ROOM_CHANGED" and names_fact(taking, opened, writes)
    findings.notes["opened options overridden by a fact"] += named
    findings.look(KEPT, holds=taking.acknowledged or named, evidence=about[:400])


def names_fact(taking: Exchange, opened: Exchange, writes: Sequence[Exchange]) -> bool:
    """Whether the refusal names a fact, or a promise that a fact displaced meanwhile."""
    kind = (taking.answer.get("now") or {}).get("kind")
    pushed = kind == "promised" and any(
        other.last in MAKE_FACTS
        and other.sent <= (taking.received or 0)
        and (other.received is None or other.received >= opened.sent)
        for other in writes
    )
    return kind in FACTS or pushed


def check_options(journal: Journal, final: Snapshot, findings: Findings) -> None:
    """Taken options are in the rows with their result, at most one per rescue."""
    rows = {row["option_id"]: row for row in final["rescue_option"]}
    undone = undone_ids(journal)
    for exchange in journal.acknowledged():
        if not exchange.rescues or exchange.key in undone:
            continue
        row = rows.get(exchange.answer["option_id"])
        same = row is not None and (row["state"], row["result_id"]) == ("taken", exchange.key)
        findings.look(
            "an option taken is on record", holds=same, evidence=f"{exchange.key}: {row}"[:400]
        )
    ways = Counter(row["rescue_id"] for row in rows.values() if row["state"] == "taken")
    for rescue, times in ways.items():
        findings.look(
            "one way out for a party", holds=times == 1, evidence=f"{rescue}: {times} taken"
        )
