"""Reservations: each exists once, as last acknowledged; legal states, pacing, no duplicates."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from scripts.simulation.written_house import quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scripts.simulation.examination.accounts import Account, View
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.journal import Exchange, Journal
    from scripts.simulation.written_house import Hours, WrittenHouse

# Legal state changes from one version to the next, by staff, guests, undo or jobs.
STEPS = {
    "requested": {"requested", "booked", "declined", "cancelled"},
    "booked": {"requested", "booked", "arrived", "seated", "cancelled", "no_show", "walked"},
    "arrived": {"arrived", "booked", "seated", "cancelled", "no_show", "walked"},
    "seated": {"seated", "arrived", "booked", "no_show", "finished"},
    "no_show": {"arrived", "seated", "booked"},
    "finished": {"seated"},
    "walked": {"arrived", "booked"},
    "cancelled": {"arrived"},
    "declined": set(),
}
# Further ones of a reservation that staff booked again.
REINSTATED = {
    "cancelled": STEPS["cancelled"] | {"booked", "requested"},
    "walked": STEPS["walked"] | {"booked"},
    "declined": STEPS["declined"] | {"booked", "requested"},
}
# Without "requested": one guest may have two open enquiries.
COMING = ("booked", "arrived", "seated")
# State changes by jobs, which no answer acknowledges.
JOB_STEPS = {
    "booked": {"no_show"},
    "requested": {"declined"},
    "arrived": {"walked"},
    "seated": {"finished"},
}


def check_reservations(
    accounts: Mapping[str, Account], final: Snapshot, journal: Journal, findings: Findings
) -> None:
    """Each acknowledged reservation exists once, as last acknowledged."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in final["reservation"]:
        rows[row["reservation_id"]].append(row)
    for account in accounts.values():
        found = rows[account.reservation_id]
        findings.look(
            "acknowledged reservation exists once",
            holds=len(found) == 1,
            evidence=f"{account.reservation_id}: {len(found)} rows, told {view_text(account.last)}",
        )
        if found:
            check_row(account, found[0], findings)
    check_nobody_else(accounts, final, journal, findings)


def check_row(account: Account, row: Row, findings: Findings) -> None:
    """A row is as last acknowledged, except for state changes by jobs."""
    last = account.last
    about = f"{account.reservation_id}: told {view_text(last)}, row says {row_text(row)}"
    same = (row["party_size"], row["starts"]) == (last.party, last.starts)
    findings.look("size and time as last acknowledged", holds=same, evidence=about)
    if last.state == "cancelled":
        findings.look(
            "cancelled stays cancelled", holds=row["state"] == "cancelled", evidence=about
        )
    elif row["version"] == last.version:
        findings.look("state as acknowledged", holds=row["state"] == last.state, evidence=about)
    else:
        later = row["version"] > last.version and reaches(JOB_STEPS, last.state, row["state"])
        findings.look("state as acknowledged", holds=later, evidence=about)


def check_nobody_else(
    accounts: Mapping[str, Account], final: Snapshot, journal: Journal, findings: Findings
) -> None:
    """There are no reservations without an acknowledgement, except for unanswered calls."""
    open_calls = unanswered(journal)
    strangers = [r for r in final["reservation"] if r["reservation_id"] not in accounts]
    findings.look(
        "no reservation that nobody was told of",
        holds=len(strangers) <= open_calls,
        evidence=f"{len(strangers)} such rows, {open_calls} calls never answered: "
        f"{[row_text(row) for row in strangers[:5]]}",
    )


def unanswered(journal: Journal) -> int:
    """The number of calls that make reservations and never got an answer."""
    sent = {e.key for e in journal.exchanges if e.method == "POST" and e.last == "reservations"}
    heard = {e.key for e in journal.exchanges if e.fate == "answered"}
    return len(sent - heard)


def check_house_rules(accounts: Mapping[str, Account], final: Snapshot, findings: Findings) -> None:
    """Each booking on /v1 with accepted house rules has its acknowledgement row."""
    kept = {(r["reservation_id"], r["rules_version"]) for r in final["acknowledgement"]}
    for account in accounts.values():
        for exchange in account.made:
            version = exchange.body.get("accepted_house_rules")
            if version is not None and exchange.path.startswith("/v1/"):
                findings.look(
                    "house rules acknowledged",
                    holds=(account.reservation_id, version) in kept,
                    evidence=f"{account.reservation_id}: no row for version {version}",
                )


def check_states(accounts: Mapping[str, Account], final: Snapshot, findings: Findings) -> None:
    """Every state change between versions is legal, and a version is always answered alike."""
    rows = {row["reservation_id"]: row for row in final["reservation"]}
    for account in accounts.values():
        by_version: dict[int, View] = {}
        for view in account.views:
            known = by_version.setdefault(view.version, view)
            findings.look(
                "a version is told alike",
                holds=known.content == view.content,
                evidence=f"{view.reservation_id}: {view_text(known)} and {view_text(view)}",
            )
        steps = [(version, view.state) for version, view in sorted(by_version.items())]
        if row := rows.get(account.reservation_id):
            steps += [(row["version"], row["state"])] if row["version"] > steps[-1][0] else []
        for (old, before), (new, after) in pairwise(steps):
            legal = STEPS | REINSTATED if account.reinstated else STEPS
            findings.look(
                "every step is legal",
                holds=reaches(legal, before, after, new - old),
                evidence=f"{account.reservation_id}: {before} v{old} to {after} v{new}",
            )


def reaches(steps: Mapping[str, set[str]], start: str, end: str, at_most: int = 3) -> bool:
    """Whether `end` can follow `start` within `at_most` steps."""
    reached, seen = {start}, {start} if steps is JOB_STEPS else set[str]()
    for _ in range(at_most):
        reached = {to for state in reached for to in steps.get(state, ())}
        seen |= reached
    return end in seen


def check_pacing(
    accounts: Mapping[str, Account], hours: Hours, at: Snapshot, findings: Findings
) -> None:
    """The covers starting in each 15 minutes are within the pacing, overruled ones excluded.

    A single party may be larger than the pacing, where it allows any at all.
    """
    covers: Counter[datetime] = Counter()
    parties: Counter[datetime] = Counter()
    for account in accounts.values():
        booked, now = account.booked_until(at.moment), account.until(at.moment)
        live = now is not None and now.state in {"booked", "arrived", "seated", "finished"}
        if booked and live and not account.overruled and in_period(hours, booked.starts):
            covers[quarter_of(booked.starts)] += booked.party
            parties[quarter_of(booked.starts)] += 1
    for quarter, starting in covers.items():
        allowed = hours.covers_allowed(quarter)
        findings.look(
            "pacing kept",
            holds=starting <= allowed or (parties[quarter] == 1 and allowed > 0),
            evidence=f"{quarter}: {starting} covers acknowledged, {allowed} allowed",
        )


def check_duplicates(
    accounts: Mapping[str, Account], house: WrittenHouse, at: Snapshot, findings: Findings
) -> None:
    """No guest has two live reservations by one way that overlap, overruled ones excluded.

    By two ways (two sites, a site and the house) both stand, and the host is told.
    """
    rows = {row["reservation_id"]: row for row in at["reservation"]}
    by_phone: defaultdict[str, list[Account]] = defaultdict(list)
    for account in accounts.values():
        row = rows.get(account.reservation_id)
        if account.phone and row and row["state"] in COMING and not account.overruled:
            by_phone[account.phone].append(account)
    for phone, several in by_phone.items():
        for one, other in combinations(several, 2):
            ways = {rows[each.reservation_id].get("client_id") for each in (one, other)}
            if len(ways) > 1:
                continue
            holds = not overlap(house, one, other, at.moment)
            findings.look(
                "no guest twice at once",
                holds=holds,
                evidence=f"{phone}: {one.reservation_id} and {other.reservation_id}",
            )
        findings.looked["no guest twice at once"] += 1


def overlap(house: WrittenHouse, one: Account, other: Account, moment: int) -> bool:
    """Whether the turns of two reservations overlap."""
    turns = []
    for account in (one, other):
        view = account.until(moment)
        if view is None:
            return False
        stay = account.stay_until(moment) or house.turn(view.party)
        turns.append((view.starts, view.starts + stay))
    return turns[0][0] < turns[1][1] and turns[1][0] < turns[0][1]


def check_no_shows(
    accounts: Mapping[str, Account], house: WrittenHouse, findings: Findings
) -> None:
    """No party becomes a no-show before its grace is over, unless marked by a host."""
    for account in accounts.values():
        given_up = {v.exchange.intent for v in account.views if v.exchange.last == "no-show"}
        for view in account.views:
            if view.state == "no_show" and not given_up:
                findings.look(
                    "no-show only after the grace",
                    holds=view.exchange.ended >= view.starts + house.grace,
                    evidence=f"{view_text(view)} told at {view.exchange.ended}",
                )


def check_late_parties(journal: Journal, findings: Findings) -> None:
    """Every party that came was marked as arrived, however late."""
    refused: dict[str, Exchange] = {}
    for exchange in journal.exchanges:
        if exchange.last == "arrive" and exchange.fate == "answered":
            about = exchange.body["reservation_id"]
            if exchange.acknowledged:
                refused.pop(about, None)
                findings.looked["whoever comes is let in"] += 1
            else:
                refused[about] = exchange
    for about, exchange in refused.items():
        findings.look(
            "whoever comes is let in",
            holds=False,
            evidence=f"{about} at {exchange.at}: {exchange.status} {exchange.answer}",
        )


def in_period(hours: Hours, starts: datetime) -> bool:
    """Whether a start belongs to the evening."""
    return hours.opens <= starts <= hours.last_seating


def view_text(view: View) -> str:
    """A view as text."""
    return f"{view.state} v{view.version}, {view.party} at {view.starts:%d %H:%M}Z"


def row_text(row: Row) -> str:
    """A row as text."""
    return f"{row['state']} v{row['version']}, {row['party_size']} at {row['starts']:%d %H:%M}Z"


def spans(rows: Iterable[Row]) -> list[tuple[datetime, datetime]]:
    """The time spans of rows; an open end is far in the future."""
    far = timedelta(days=3650)
    return [(row["from_at"], row["to_at"] or row["from_at"] + far) for row in rows]
