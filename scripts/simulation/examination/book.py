"""Every acknowledged reservation is in the book once, as it was last acknowledged."""

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

# From which state to which, one version on: by a person, by an undo, or by a job.
STEPS = {
    "requested": {"requested", "booked", "declined", "cancelled"},
    "booked": {"booked", "arrived", "seated", "cancelled", "no_show", "walked"},
    "arrived": {"arrived", "booked", "seated", "cancelled", "no_show", "walked"},
    "seated": {"seated", "arrived", "booked", "no_show", "finished"},
    "no_show": {"arrived", "seated", "booked"},
    "finished": {"seated"},
    "walked": {"arrived", "booked"},
    "cancelled": {"arrived"},
    "declined": set(),
}
# Two enquiries of one guest may stand until a person answers them.
COMING = ("booked", "arrived", "seated")
# What may have happened without anybody being told: the jobs.
JOB_STEPS = {
    "booked": {"no_show"},
    "requested": {"declined"},
    "arrived": {"walked"},
    "seated": {"finished"},
}


def check_reservations(
    accounts: Mapping[str, Account], final: Snapshot, journal: Journal, findings: Findings
) -> None:
    """Each acknowledged reservation exists once, with what was last acknowledged of it."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in final["reservation"]:
        rows[row["reservation_id"]].append(row)
    for account in accounts.values():
        found = rows[account.reservation_id]
        findings.look(
            "acknowledged reservation exists once",
            holds=len(found) == 1,
            evidence=f"{account.reservation_id}: {len(found)} rows, told {shown(account.last)}",
        )
        if found:
            check_row(account, found[0], findings)
    check_nobody_else(accounts, final, journal, findings)


def check_row(account: Account, row: Row, findings: Findings) -> None:
    """A row says what was last told, but for what jobs do by themselves."""
    last = account.last
    about = f"{account.reservation_id}: told {shown(last)}, row says {shown_row(row)}"
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
    """The book holds no reservation that nobody was told of."""
    open_calls = unanswered(journal)
    strangers = [r for r in final["reservation"] if r["reservation_id"] not in accounts]
    findings.look(
        "no reservation that nobody was told of",
        holds=len(strangers) <= open_calls,
        evidence=f"{len(strangers)} such rows, {open_calls} calls never answered: "
        f"{[shown_row(row) for row in strangers[:5]]}",
    )


def unanswered(journal: Journal) -> int:
    """How many calls that make reservations never got any answer, however often sent."""
    sent = {e.key for e in journal.exchanges if e.method == "POST" and e.last == "reservations"}
    heard = {e.key for e in journal.exchanges if e.fate == "answered"}
    return len(sent - heard)


def check_house_rules(accounts: Mapping[str, Account], final: Snapshot, findings: Findings) -> None:
    """Each booking over the API has the row that says which rules were accepted."""
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
    """From version to version a reservation takes only steps there are."""
    rows = {row["reservation_id"]: row for row in final["reservation"]}
    for account in accounts.values():
        told: dict[int, View] = {}
        for view in account.views:
            known = told.setdefault(view.version, view)
            findings.look(
                "a version is told alike",
                holds=known.told == view.told,
                evidence=f"{view.reservation_id}: {shown(known)} and {shown(view)}",
            )
        steps = [(version, view.state) for version, view in sorted(told.items())]
        if row := rows.get(account.reservation_id):
            steps += [(row["version"], row["state"])] if row["version"] > steps[-1][0] else []
        for (old, before), (new, after) in pairwise(steps):
            findings.look(
                "every step is legal",
                holds=reaches(STEPS, before, after, new - old),
                evidence=f"{account.reservation_id}: {before} v{old} to {after} v{new}",
            )


def reaches(steps: Mapping[str, set[str]], start: str, end: str, at_most: int = 3) -> bool:
    """Whether `end` can follow `start` within so many steps."""
    reached, seen = {start}, {start} if steps is JOB_STEPS else set[str]()
    for _ in range(at_most):
        reached = {to for state in reached for to in steps.get(state, ())}
        seen |= reached
    return end in seen


def check_pacing(
    accounts: Mapping[str, Account], hours: Hours, at: Snapshot, findings: Findings
) -> None:
    """In no quarter of an hour start more covers than the file allows, staff's overrules aside."""
    covers: Counter[datetime] = Counter()
    for account in accounts.values():
        booked, now = account.booked_until(at.moment), account.until(at.moment)
        live = now is not None and now.state in {"booked", "arrived", "seated", "finished"}
        if booked and live and not account.overruled and in_period(hours, booked.starts):
            covers[quarter_of(booked.starts)] += booked.party
    for quarter, starting in covers.items():
        allowed = hours.covers_allowed(quarter)
        findings.look(
            "pacing kept",
            holds=starting <= allowed,
            evidence=f"{quarter}: {starting} covers acknowledged, {allowed} allowed",
        )


def check_duplicates(
    accounts: Mapping[str, Account], house: WrittenHouse, at: Snapshot, findings: Findings
) -> None:
    """No guest has two live reservations that overlap, unless a person said so."""
    rows = {row["reservation_id"]: row for row in at["reservation"]}
    by_phone: defaultdict[str, list[Account]] = defaultdict(list)
    for account in accounts.values():
        row = rows.get(account.reservation_id)
        if account.phone and row and row["state"] in COMING and not account.overruled:
            by_phone[account.phone].append(account)
    for phone, several in by_phone.items():
        for one, other in combinations(several, 2):
            holds = not meet(house, one.until(at.moment), other.until(at.moment))
            findings.look(
                "no guest twice at once",
                holds=holds,
                evidence=f"{phone}: {one.reservation_id} and {other.reservation_id}",
            )
        findings.looked["no guest twice at once"] += 1


def meet(house: WrittenHouse, one: View | None, other: View | None) -> bool:
    """Whether two reservations keep their tables at the same time."""
    if one is None or other is None:
        return False
    ends = one.starts + house.turn(one.party), other.starts + house.turn(other.party)
    return one.starts < ends[1] and other.starts < ends[0]


def check_no_shows(
    accounts: Mapping[str, Account], house: WrittenHouse, findings: Findings
) -> None:
    """Nobody is counted as a no-show before the grace is over, and whoever comes late is let in."""
    for account in accounts.values():
        given_up = {v.exchange.intent for v in account.views if v.exchange.last == "no-show"}
        for view in account.views:
            if view.state == "no_show" and not given_up:
                findings.look(
                    "no-show only after the grace",
                    holds=view.exchange.ended >= view.starts + house.grace,
                    evidence=f"{shown(view)} told at {view.exchange.ended}",
                )


def check_late_parties(journal: Journal, findings: Findings) -> None:
    """A party that came was noted as here, however late."""
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


def shown(view: View) -> str:
    """A view in a few words."""
    return f"{view.state} v{view.version}, {view.party} at {view.starts:%d %H:%M}Z"


def shown_row(row: Row) -> str:
    """A row in a few words."""
    return f"{row['state']} v{row['version']}, {row['party_size']} at {row['starts']:%d %H:%M}Z"


def spans(rows: Iterable[Row]) -> list[tuple[datetime, datetime]]:
    """From when to when."""
    far = timedelta(days=3650)
    return [(row["from_at"], row["to_at"] or row["from_at"] + far) for row in rows]
