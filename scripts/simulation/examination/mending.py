"""What a host did ahead: needs and stays mended, members marked, the pace of a date lowered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from scripts.simulation.written_house import quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scripts.simulation.examination.accounts import Account, View
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Snapshot
    from scripts.simulation.journal import Exchange, Journal
    from scripts.simulation.written_house import Hours, WrittenHouse

PLANNED = ("booked", "arrived")


def check_mended(accounts: Mapping[str, Account], at: Snapshot, findings: Findings) -> None:
    """The needs and the stay of a promise are those that a host was last told are written."""
    rows = {row["reservation_id"]: row for row in at["reservation"]}
    for key, account in accounts.items():
        row = rows.get(key)
        if row is None or row["state"] not in PLANNED:
            continue
        for _, needs in account.needs[-1:]:
            wrong = {
                name: row["needs"].get(name) for name in row["needs"] if differs(row, needs, name)
            }
            findings.look(
                "needs are as mended",
                holds=not wrong,
                evidence=f"{key}: sent {needs}, kept {wrong}",
            )
        if stay := account.stay_until(at.moment):
            findings.look(
                "a stay is as mended",
                holds=row["ends"] - row["starts"] == stay,
                evidence=f"{key}: {stay} told, row from {row['starts']} to {row['ends']}",
            )


def differs(row: Mapping[str, Any], needs: Mapping[str, object], name: str) -> bool:
    """Whether a need is written otherwise than it was sent; what is not sent is not needed."""
    return bool((row["needs"].get(name) or None) != (needs.get(name) or None))


def check_members(
    accounts: Mapping[str, Account],
    journal: Journal,
    house: WrittenHouse,
    hours: Hours,
    at: Snapshot,
    findings: Findings,
) -> None:
    """At a table kept for members is planned only who staff marked as one, by what was told."""
    marked = set(told_tags(journal, at.moment))
    rows = {row["reservation_id"]: row for row in at["reservation"]}
    for plan in at["intention"]:
        rule = (
            house.access_of(plan["table_id"], hours) if plan["table_id"] in house.tables else None
        )
        row, account = rows.get(plan["subject_id"]), accounts.get(plan["subject_id"])
        if rule is None or rule["to"] != "members" or row is None or account is None:
            continue
        if row["period_id"] != hours.period_id or account.overruled or row["fixed"]:
            continue
        keys = (str(row["reservation_id"]), str(row["guest_id"]))
        findings.look(
            "a members' table is a member's",
            holds=any((key, tag) in marked for key in keys for tag in rule["tags"]),
            evidence=f"{row['reservation_id']} at {plan['table_id']}: nobody was marked",
        )


def told_tags(journal: Journal, moment: int) -> Iterator[tuple[str, str]]:
    """The id of each guest or reservation that staff marked, and the tag."""
    for exchange in journal.acknowledged():
        known = exchange.path.startswith(("/host/guests/", "/host/reservations/"))
        if exchange.method == "PATCH" and known and (exchange.received or 0) <= moment:
            for tag in exchange.body.get("tags", ()):
                yield exchange.last, tag


def check_pace_lowered(
    accounts: Mapping[str, Account], journal: Journal, hours: Hours, findings: Findings
) -> None:
    """While a pace is lowered for the evening, nobody is booked beyond it before its end.

    Counted are the parties that were surely there: told before the call was sent, and after it.
    """
    for lever in journal.acknowledged():
        if not lowers(lever, hours):
            continue
        until = datetime.fromisoformat(lever.body["until"])
        for account in accounts.values():
            made = first_view(account)
            if made is None or account.overruled or made.starts >= until:
                continue
            if made.exchange.sent < (lever.received or 0) or made.exchange.ended >= until:
                continue
            there = sum(
                surely_there(other, made) for other in accounts.values() if other is not account
            )
            findings.look(
                "a pace lowered ahead holds",
                holds=there == 0 or there + made.party <= lever.body["pace"],
                evidence=f"{made.reservation_id}: {made.party} at {made.starts}, {there} there, "
                f"pace {lever.body['pace']}",
            )


def lowers(exchange: Exchange, hours: Hours) -> bool:
    """Whether an order sets the pace of the evening, until a time."""
    body = exchange.body if isinstance(exchange.body, dict) else {}
    ours = (body.get("service_date"), body.get("period")) == (hours.day.isoformat(), hours.name)
    return exchange.last == "levers" and ours and {"pace", "until"} <= body.keys()


def first_view(account: Account) -> View | None:
    """How a booking was told to who made it; None of an enquiry, and of what a rescue booked."""
    views = [view for view in account.views if view.exchange in account.made]
    first = min(views, key=lambda view: view.exchange.sent, default=None)
    booked = first is not None and first.state == "booked" and not first.exchange.rescues
    return first if booked else None


def surely_there(other: Account, made: View) -> int:
    """The guests of another reservation that started in its 15 minutes all through the call."""
    before, after = other.until(made.exchange.sent), other.until(made.exchange.received or 0)
    if before is None or after is None or other.overruled or other.unheard:
        return 0
    both = [
        view.party
        for view in (before, after)
        if view.state in {"booked", "arrived", "seated"}
        and quarter_of(view.starts) == quarter_of(made.starts)
    ]
    return min(both) if len(both) == 2 else 0
