"""Held tables: ended once and in time. Overbooked promises: within caps and risk ceiling."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scripts.simulation.examination.accounts import accounts_of
from scripts.simulation.examination.limits import allowed, limits_of
from scripts.simulation.examination.seating_fit import PartyToSeat, suits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scripts.simulation.examination.accounts import Account
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.limits import Limits
    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.journal import Exchange, Journal
    from scripts.simulation.written_house import Hours, WrittenHouse

ENDED = ("granted", "released", "cancelled")
BY_JOB, BY_WHOEVER, BY_HAND = "by a job", "by whoever met it", "by hand"
SLACK = timedelta(minutes=1)


def swept_at(journal: Journal) -> list[datetime]:
    """When POST /demo/clock ran the jobs."""
    return [
        datetime.fromisoformat(exchange.body["to"])
        for exchange in journal.exchanges
        if exchange.path == "/demo/clock"
        and exchange.writes
        and exchange.body["sweep"]
        and exchange.acknowledged
    ]


def check_held(journal: Journal, final: Snapshot, findings: Findings) -> None:
    """Each held table ends once, as its row says and in time, and is granted with a reason."""
    events = held_events(final)
    given = grants(journal)
    busy = sorted({*swept_at(journal), *written_at(final)})
    for row in final["held_table"]:
        own = events[row["held_id"]]
        check_ended_once(row, own, findings)
        if row["state"] == "granted":
            said = row["held_id"] in given
            why = row["reason"] and row["ended_by"] and said
            about = (
                f"{held_text(row)}: {row['reason']!r} by {row['ended_by']}, said by a host: {said}"
            )
            findings.look("no table granted without a reason", holds=bool(why), evidence=about)
        if row["state"] == "released" and row["ended_by"] is None:
            check_in_time(row, own, busy, findings)


def held_events(final: Snapshot) -> defaultdict[str, list[Row]]:
    """The outbox events of each held table, in order."""
    events: defaultdict[str, list[Row]] = defaultdict(list)
    for row in final["outbox"]:
        if row["event"].startswith("held_table."):
            events[row["subject"]].append(row)
    return events


def check_ended_once(row: Row, own_events: Sequence[Row], findings: Findings) -> None:
    """It ends once, or again after an undo that held it anew at a later version.

    An undo that finds no table for it holds and ends it in one change: one version is skipped.
    """
    last: Row | None = None
    for event in own_events:
        again = last is not None and is_end(last) and is_end(event)
        again = again and last is not None and event["version"] != last["version"] + 2
        older = last is not None and event["version"] < last["version"]
        revived = last is not None and is_end(last) and event["version"] <= last["version"]
        findings.look(
            "a held table ends once",
            holds=not (again or older or revived),
            evidence=f"{held_text(row)}: {[(own['event'], own['version']) for own in own_events]}",
        )
        last = event
    state = last["event"].partition(".")[2] if last else None
    state = "held" if state == "starts_later" else state
    same = state == row["state"] and (row["state"] == "held") == (row["ended_at"] is None)
    findings.look(
        "a held table is as it was announced",
        holds=same,
        evidence=f"{held_text(row)}, ended {row['ended_at']}, announced as {state}",
    )


def check_in_time(
    row: Row, own_events: Sequence[Row], busy: Sequence[datetime], findings: Findings
) -> None:
    """No job run and no write in the period after its release time left it held."""
    due = max(row["release_at"], held_since(own_events, row["version"] - 1) or row["release_at"])
    passed = [at for at in busy if due <= at < row["ended_at"] - SLACK]
    findings.look(
        "a held table is given back when it is due",
        holds=row["ended_at"] >= due and not passed,
        evidence=f"{held_text(row)} due {due}, ended {row['ended_at']}, passed at {passed[:3]}",
    )


def held_since(own_events: Iterable[Row], version: int) -> datetime | None:
    """When this version was first announced."""
    return next((each["at"] for each in own_events if each["version"] == version), None)


def written_at(final: Snapshot) -> set[datetime]:
    """When seatings and waitlist entries of periods with held tables were written."""
    periods = {row["period_id"] for row in final["held_table"]}
    subjects = {
        row[key]
        for table, key in (("seating", "seating_id"), ("wait_entry", "wait_id"))
        for row in final[table]
        if row["period_id"] in periods
    }
    return {row["at"] for row in final["outbox"] if row["subject"] in subjects}


def grants(journal: Journal) -> set[str]:
    """The held tables granted by an acknowledged command with a reason."""
    found: set[str] = set()
    for exchange in journal.acknowledged():
        body = exchange.body if isinstance(exchange.body, dict) else {}
        command_answer = exchange.answer.get("result") if exchange.rescues else None
        given = (command_answer or {}).get("removed_held", ())
        rescued = [{"held_id": each, "reason": body.get("reason")} for each in given]
        for grant in (body, body.get("grant") or {}, *rescued):
            if grant.get("held_id") and grant.get("reason"):
                found.add(grant["held_id"])
    return found


def released_by(row: Row, swept: Iterable[datetime]) -> str:
    """What released a held table: a person, a job, or another request."""
    if row["ended_by"]:
        return BY_HAND
    return BY_JOB if row["ended_at"] in swept else BY_WHOEVER


def check_held_places(house: WrittenHouse, hours: Hours, at: Snapshot, findings: Findings) -> None:
    """Every held table is planned at suitable tables; ended ones are planned nowhere."""
    planned: defaultdict[str, list[Row]] = defaultdict(list)
    for row in at["intention"]:
        planned[row["subject_id"]].append(row)
    opened = {hold["held_id"] for hold in at["slot_hold"] if hold["state"] == "held"}
    for row in at["held_table"]:
        if row["period_id"] != hours.period_id or row["state"] != "held":
            findings.look(
                "what is not held any more keeps no table",
                holds=row["state"] == "held" or not planned[row["held_id"]],
                evidence=f"{held_text(row)}: {planned[row['held_id']]}",
            )
            continue
        if row["held_id"] in opened:
            continue
        tables = frozenset(each["table_id"] for each in planned[row["held_id"]])
        wrong = (
            suits(house, tables, PartyToSeat(row["seats"], row["needs"])) if tables else "no table"
        )
        findings.look(
            "a held table has a place",
            holds=not wrong or row["release_at"] <= at.at,
            evidence=f"{held_text(row)} at {sorted(tables)}: {wrong}",
        )


def check_overbooked(
    accounts: Mapping[str, Account],
    journal: Journal,
    hours: Hours,
    at: Snapshot,
    findings: Findings,
) -> None:
    """Overbooked promises in the rows: within the caps, each risk under the ceiling."""
    limits = allowed(limits_of(journal, hours), at.moment, at.moment)
    rows = [
        row
        for row in at["reservation"]
        if is_overbooked(row) and row["period_id"] == hours.period_id
    ]
    live = [row for row in rows if row["state"] in {"booked", "arrived"}]
    sizes = [covers_promised(row, accounts, at.moment) for row in live]
    sizes += [
        row["party_size"]
        for row in at["slot_hold"]
        if row["kind"] == "overbooked" and row["state"] == "held" and row["expires_at"] > at.at
    ]
    check_caps(sizes, limits, f"{at.at:%d %H:%M}Z in the rows", findings)
    for row in (*rows, *(hold for hold in at["slot_hold"] if hold["kind"] == "overbooked")):
        risk = row["risk"] or {}
        under = risk.get("probability", 1.0) <= limits.ceiling
        findings.look(
            "beyond the room with a risk under the ceiling",
            holds=under,
            evidence=f"{row['starts']:%d %H:%M}Z for {row['party_size']}: {risk}, "
            f"{limits.ceiling} allowed",
        )


def check_overbooked_shown(journal: Journal, hours: Hours, findings: Findings) -> None:
    """Overbooked promises shown on /host/tonight: within the caps."""
    published, accounts = limits_of(journal, hours), accounts_of(journal)
    for exchange in journal.acknowledged():
        if not exchange.path.startswith("/host/tonight") or not shows(exchange, hours):
            continue
        received = exchange.received or exchange.sent
        told = [each for each in exchange.answer["overbooked"] if not each["overruled"]]
        sizes = [covers_promised(each, accounts, received) for each in told]
        limits = allowed(published, exchange.sent, received)
        check_caps(sizes, limits, f"told at {exchange.at:%d %H:%M}Z", findings)


def covers_promised(promise: Row, accounts: Mapping[str, Account], moment: int) -> int:
    """The covers that were promised: no cap refuses guests who come with more than they booked."""
    size: int = promise["party_size"]
    account = accounts.get(str(promise.get("reservation_id")))
    booked = account.booked_until(moment) if account else None
    return size if booked is None else min(size, booked.party)


def check_caps(sizes: Sequence[int], limits: Limits, about: str, findings: Findings) -> None:
    """Check parties and covers against the caps."""
    findings.look(
        "beyond the room within the caps",
        holds=len(sizes) <= limits.parties and sum(sizes) <= limits.covers,
        evidence=f"{about}: parties of {sorted(sizes)}, {limits.parties} and {limits.covers} covers"
        " allowed",
    )


def shows(exchange: Exchange, hours: Hours) -> bool:
    """Whether the answer is about this period."""
    return bool(exchange.answer["period"]["period_id"] == hours.period_id)


def is_overbooked(row: Row) -> bool:
    """Whether the engine overbooked; promises overruled by staff are excluded."""
    return row["kind"] == "overbooked" and not row["overruled"]


def is_end(event: Row) -> bool:
    """Whether the event ends a held table."""
    return event["event"].partition(".")[2] in ENDED


def held_text(row: Row) -> str:
    """A held table as text."""
    return f"{row['held_id']} of {row['window_name']}, {row['state']}, rung {row['rung']}"
