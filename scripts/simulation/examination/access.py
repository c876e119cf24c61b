"""Who may have which table: the house file's access rules, shares of the pace, preferences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scripts.simulation.views import options_of
from scripts.simulation.written_house import quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from scripts.simulation.examination.accounts import Account
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.journal import Exchange, Journal
    from scripts.simulation.written_house import Hours, WrittenHouse

SITES = frozenset({"partner", "google"})
STAFF = frozenset({"phone", "desk", "walk_in", "waitlist"})
PLANNED = ("booked", "arrived")
COUNTED = ("booked", "arrived", "seated", "finished")


def check_access(
    accounts: Mapping[str, Account],
    house: WrittenHouse,
    hours: Hours,
    at: Snapshot,
    findings: Findings,
) -> None:
    """No party is planned at a table that its channel may not have, unless staff said so."""
    plans: dict[str, set[str]] = {}
    for row in at["intention"]:
        plans.setdefault(row["subject_id"], set()).add(row["table_id"])
    for row in at["reservation"]:
        account = accounts.get(row["reservation_id"])
        if row["period_id"] != hours.period_id or row["state"] not in PLANNED:
            continue
        if account is None or account.overruled or row["fixed"]:
            continue
        for table in sorted(plans.get(row["reservation_id"], ())):
            findings.look(
                "planned only where its channel may be",
                holds=may_be_planned(house, hours, table, row, account),
                evidence=f"{row['reservation_id']} by {row['channel']} at {table}",
            )


def may_be_planned(
    house: WrittenHouse, hours: Hours, table: str, row: Row, account: Account
) -> bool:
    """Whether a reservation may have the table, by its channel or as staff changed it."""
    by_phone = account.by_staff and may_have(house, hours, table, row | {"channel": "phone"})
    return by_phone or may_have(house, hours, table, row, asked=was_asked(account))


def may_have(
    house: WrittenHouse, hours: Hours, table: str, row: Mapping[str, Any], *, asked: bool = False
) -> bool:
    """Whether the file's rules let this reservation have the table. `asked`: it was a request."""
    rule = house.access_of(table, hours)
    if rule is None:
        return True
    channel, tags = row["channel"], {*row.get("tags", ()), *(row.get("guest_tags") or ())}
    takes = {
        "all": True,
        "walk_ins": channel in {"walk_in", "waitlist"},
        "staff": channel in STAFF,
        "channels": channel in rule.get("channels", ()),
        "request": asked or channel in STAFF,
        "members": bool(tags & set(rule.get("tags", ()))),
        "nobody": False,
    }
    return takes[rule["to"]]


def by_request(house: WrittenHouse, hours: Hours) -> frozenset[str]:
    """The tables that a person gives, and only to who asked."""
    rules = {name: house.access_of(name, hours) for name in house.tables}
    return frozenset(name for name, rule in rules.items() if rule and rule["to"] == "request")


def was_asked(account: Account) -> bool:
    """Whether the reservation began as a request that a person answered."""
    return any(view.state == "requested" for view in account.views)


def check_offered(journal: Journal, house: WrittenHouse, hours: Hours, findings: Findings) -> None:
    """The door offers a walk-in no table that walk-ins may not have."""
    walk_in = {"channel": "walk_in"}
    for exchange, offer in offers_to_walk_ins(journal):
        closed = [
            table
            for table in offer["tables"]
            if not may_have(house, hours, table, walk_in, asked=False)
        ]
        findings.look(
            "walk-ins are offered what they may have",
            holds=not closed,
            evidence=f"{exchange.path}: {offer['kind']} at {closed}",
        )


def offers_to_walk_ins(journal: Journal) -> Iterable[tuple[Exchange, Mapping[str, list[str]]]]:
    """Every option with tables that the door was told for a party without a reservation."""
    for exchange in journal.acknowledged():
        if exchange.path.startswith("/host/door?") and "reservation_id" not in exchange.path:
            for offer in options_of(exchange.answer):
                if offer.get("tables"):
                    yield exchange, offer


def check_shares(
    accounts: Mapping[str, Account], hours: Hours, at: Snapshot, findings: Findings
) -> None:
    """What starts in 15 minutes by the channels of a limit is within it; areas are the plan's.

    An enquiry is not counted: a person answers it, whom no share of the sites binds.
    """
    rows = {row["reservation_id"]: row for row in at["reservation"]}
    for limit in hours.limits:
        if limit.areas:
            continue
        covers: Counter[datetime] = Counter()
        parties: Counter[datetime] = Counter()
        for key, account in accounts.items():
            booked = account.booked_until(at.moment)
            row = rows.get(key)
            if booked is None or row is None or account.overruled or was_asked(account):
                continue
            if row["state"] in COUNTED and counts(row, limit.channels, hours, booked.starts):
                covers[quarter_of(booked.starts)] += booked.party
                parties[quarter_of(booked.starts)] += 1
        for quarter, starting in covers.items():
            alone = parties[quarter] == 1 and limit.covers
            within = limit.covers is None or starting <= limit.covers or alone
            few = limit.parties is None or parties[quarter] <= limit.parties
            findings.look(
                "shares of the pace kept",
                holds=bool(within and few),
                evidence=f"{quarter}: {starting} covers, {parties[quarter]} parties by"
                f" {sorted(limit.channels)}, {limit.covers} / {limit.parties} allowed",
            )


def counts(row: Row, channels: frozenset[str], hours: Hours, starts: datetime) -> bool:
    """Whether a reservation of the period counts in a limit of these channels."""
    ours = not channels or row["channel"] in channels
    return ours and hours.opens <= starts <= hours.last_seating


def check_preferences(accounts: Mapping[str, Account], at: Snapshot, findings: Findings) -> None:
    """What a party would like is kept as it was sent."""
    rows = {row["reservation_id"]: row for row in at["reservation"]}
    for key, account in accounts.items():
        sent = [made.body["preferences"] for made in account.made if "preferences" in made.body]
        if sent and key in rows:
            kept = rows[key]["preferences"] or {}
            findings.look(
                "preferences kept",
                holds=all(kept.get(name) == value for name, value in sent[0].items()),
                evidence=f"{key}: sent {sent[0]}, kept {kept}",
            )
