"""One reservation per idempotency key and per slot hold, and holds expire on time."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.simulation.examination.accounts import Account
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Snapshot
    from scripts.simulation.journal import Exchange, Journal


def check_keys(accounts: Mapping[str, Account], findings: Findings) -> None:
    """One reservation per key and per slot hold."""
    by_key: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    by_hold: defaultdict[str, set[str]] = defaultdict(set)
    for account in accounts.values():
        for exchange in account.made:
            by_key[exchange.actor, exchange.key].add(account.reservation_id)
            if held := exchange.body.get("slot_hold_id"):
                by_hold[held].add(account.reservation_id)
    for (actor, key), made in by_key.items():
        findings.look(
            "one reservation a key", holds=len(made) == 1, evidence=f"{actor} {key}: {made}"
        )
    for held, made in by_hold.items():
        findings.look(
            "one reservation a slot hold", holds=len(made) == 1, evidence=f"{held}: {made}"
        )


def check_holds(journal: Journal, final: Snapshot, findings: Findings) -> None:
    """A slot hold is confirmed at most once, and only before it expires."""
    expires: dict[str, datetime] = {}
    for exchange in journal.exchanges:
        if exchange.acknowledged and exchange.method == "POST" and exchange.last == "slot-holds":
            expires[exchange.answer["id"]] = datetime.fromisoformat(exchange.answer["expires_at"])
    for exchange in journal.exchanges:
        held = exchange.body.get("slot_hold_id") if isinstance(exchange.body, dict) else None
        if held in expires and exchange.fate == "answered":
            check_confirmation(exchange, expires[held], findings)
    used = Counter(row["slot_hold_id"] for row in final["reservation"] if row["slot_hold_id"])
    for held, times in used.items():
        findings.look(
            "one reservation a slot hold", holds=times == 1, evidence=f"{held}: {times} rows"
        )


def check_confirmation(exchange: Exchange, expires: datetime, findings: Findings) -> None:
    """Compare an attempt to confirm with the hold's expiry."""
    about = f"{exchange.body['slot_hold_id']} expires {expires}, asked {exchange.at}"
    if exchange.acknowledged and exchange.why == "first":
        holds = exchange.at < expires
        findings.look("no hold confirmed after its time", holds=holds, evidence=about)
    elif exchange.code == "HOLD_EXPIRED":
        holds = exchange.ended >= expires
        findings.look("no hold expired before its time", holds=holds, evidence=about)
