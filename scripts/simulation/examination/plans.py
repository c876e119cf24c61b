"""Every live promise has a table: checks the stored plan, and the fit at each quarter hour."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from scripts.simulation.examination.access import by_request, may_have, was_asked
from scripts.simulation.examination.seating_fit import (
    PartyToSeat,
    TooHardError,
    fit_together,
    seats_of,
    suits,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.simulation.examination.accounts import Account
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.written_house import Hours, WrittenHouse

QUARTER = timedelta(minutes=15)
NEARLY_OVER, STRETCHED = timedelta(minutes=5), timedelta(minutes=15)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class LivePromise:
    """A binding promise: acknowledged, not overruled, not past its grace.

    `named`: staff fixed its tables, which then need not be a join of the house file.
    """

    account: Account
    starts: datetime
    ends: datetime
    wanted: PartyToSeat
    planned: frozenset[str]
    rows: Sequence[Row]
    named: bool = False

    @property
    def shown(self) -> str:
        """As text."""
        return (
            f"{self.account.reservation_id}: {self.wanted.size} at "
            f"{self.starts.astimezone(UTC):%d %H:%M}Z, "
            f"{dict(self.wanted.needs)}, planned at {sorted(self.planned)}"
        )


def check_plans(
    accounts: Mapping[str, Account],
    house: WrittenHouse,
    hours: Hours,
    at: Snapshot,
    findings: Findings,
) -> None:
    """All live promises have tables, except where tables were lost after the promise."""
    live = live_promises(accounts, house, hours, at)
    taken = taken_spans(house, hours, at, at.at)
    by_now = taken_spans(house, hours, at, at.read_at)
    lost = room_lost(at)
    for promise in live:
        if promise.planned:
            check_witness(promise, house, taken, findings)
            continue
        findings.notes["promises without a table (room lost)"] += int(lost)
        free = free_seats(promise, house, hours, by_now, at)
        findings.look(
            "every promise has a table",
            holds=lost and not free,
            evidence=f"{at.at:%d %H:%M}Z {promise.shown}; free for it: {free[:3]}",
        )
    check_overlaps(at, findings)
    if not lost:
        check_instants(live, house, hours, at, findings)


def live_promises(
    accounts: Mapping[str, Account], house: WrittenHouse, hours: Hours, at: Snapshot
) -> list[LivePromise]:
    """The physical promises that bind at the moment of the rows; overbooked ones are excluded.

    Empty once the period is closed.
    """
    if any(row["closed_at"] for row in at["period"] if row["period_id"] == hours.period_id):
        return []
    plans: defaultdict[str, list[Row]] = defaultdict(list)
    for row in at["intention"]:
        plans[row["subject_id"]].append(row)
    rows = {row["reservation_id"]: row for row in at["reservation"]}
    # While a rescue option is opened, its party's table is held by a slot hold.
    opened = {hold["reservation_id"] for hold in at["slot_hold"] if hold["state"] == "held"}
    found = []
    for key, account in accounts.items():
        view = account.until(at.moment)
        if view is None or not hours.opens <= view.starts <= hours.last_seating:
            continue
        gone = view.state == "booked" and view.starts + house.grace <= at.at
        beyond = key in rows and (rows[key]["kind"] == "overbooked" or key in opened)
        if view.state not in {"booked", "arrived"} or gone or account.overruled or beyond:
            continue
        starts, party = view.starts, view.party
        if account.unheard and key in rows:
            starts, party = rows[key]["starts"], rows[key]["party_size"]
        found.append(
            LivePromise(
                account=account,
                starts=starts,
                ends=starts + (account.stay_until(at.moment) or house.turn(party, hours)),
                wanted=PartyToSeat(party, rows[key]["needs"] if key in rows else {}),
                planned=frozenset(row["table_id"] for row in plans[key]),
                rows=plans[key],
                named=key in rows and bool(rows[key]["fixed"]),
            )
        )
    return found


def check_witness(
    promise: LivePromise, house: WrittenHouse, taken: Mapping[str, list[Span]], findings: Findings
) -> None:
    """The planned tables exist, suit the party, and are free for the whole turn."""
    wrong = suits(house, promise.planned, promise.wanted, named=promise.named)
    findings.look(
        "planned tables suit the party", holds=not wrong, evidence=f"{promise.shown}: {wrong}"
    )
    for row in promise.rows:
        whole = row["starts"] <= promise.starts and row["ends"] >= promise.ends
        findings.look(
            "planned for the whole turn",
            holds=whole,
            evidence=f"{promise.shown} from {row['starts']} to {row['ends']}",
        )
    clash = [
        f"{table} {span[0]:%H:%M}-{span[1]:%H:%M}Z"
        for table in promise.planned
        for span in taken.get(table, ())
        if span[0] < promise.ends and promise.starts < span[1]
    ]
    findings.look(
        "planned tables are free then", holds=not clash, evidence=f"{promise.shown}: {clash}"
    )


def taken_spans(
    house: WrittenHouse, hours: Hours, at: Snapshot, now: datetime
) -> dict[str, list[Span]]:
    """The spans in which tables are occupied, blocked, shut or bought out.

    The span of a party that overstays is extended with `now`.
    """
    taken: defaultdict[str, list[Span]] = defaultdict(list)
    sitting = {row["seating_id"]: row for row in at["seating"] if row["cleared_at"] is None}
    for row in at["seating_table"]:
        if row["to_at"] is None and (seating := sitting.get(row["seating_id"])):
            taken[row["table_id"]].append((seating["seated_at"], end_of(seating, now)))
    for row in at["block"]:
        if row["lifted_at"] is None:
            taken[row["table_id"]].append((row["starts"], row["ends"]))
    shut = areas_shut(at, hours.period_id)
    for table in house.tables.values():
        if table.area in shut:
            taken[table.name].append((at.at, shut[table.area] or hours.closes))
    for starts, ends, tables in house.bought_out():
        for name in tables:
            taken[name].append((starts, ends))
    return taken


def areas_shut(at: Snapshot, period_id: str) -> dict[str, datetime | None]:
    """The areas shut in a period, and until when: by its row, then its levers in their order."""
    day, _, name = period_id.partition(".")
    rows = [row for row in at["period"] if row["period_id"] == period_id]
    shut: dict[str, datetime | None] = {area: None for row in rows for area in row["areas_shut"]}
    for lever in at["lever"]:
        ours = str(lever["from_date"]) <= day <= str(lever["until_date"])
        named = not lever["periods"] or name in lever["periods"]
        over = lever["lifted_at"] is not None or (lever["until"] and lever["until"] <= at.at)
        if lever["area"] and ours and named and not over:
            shut.pop(lever["area"], None)
            shut |= {lever["area"]: lever["until"]} if lever["engaged"] else {}
    return shut


def end_of(seating: Row, now: datetime) -> datetime:
    """The expected end of a seating, stretched when it is nearly over or past."""
    expected: datetime = seating["expected_end"]
    return expected if expected > now + NEARLY_OVER else now + STRETCHED


def room_lost(at: Snapshot) -> bool:
    """Whether seatings, blocks or shut areas take tables from promises."""
    sitting = any(row["cleared_at"] is None for row in at["seating"])
    blocked = any(row["lifted_at"] is None and row["ends"] > at.at for row in at["block"])
    return sitting or blocked or any(areas_shut(at, row["period_id"]) for row in at["period"])


def free_seats(
    promise: LivePromise,
    house: WrittenHouse,
    hours: Hours,
    taken: Mapping[str, list[Span]],
    at: Snapshot,
) -> list[list[str]]:
    """The places a promise without a table may have, with no other promise moved.

    Held tables, calls and opened rescue options count as free: they give way to a promise.
    """
    busy = {
        name
        for name, spans in taken.items()
        if any(span[0] < promise.ends and promise.starts < span[1] for span in spans)
    }
    for row in at["intention"]:
        meets = row["starts"] < promise.ends and promise.starts < row["ends"]
        if meets and row["kind"] not in {"held", "rescue", "call"}:
            busy.add(row["table_id"])
    row = next(
        (
            each
            for each in at["reservation"]
            if each["reservation_id"] == promise.account.reservation_id
        ),
        {},
    )
    open_to = open_to_it(promise, house, hours, row)
    return [sorted(seats) for seats in seats_of(house, open_to - busy, promise.wanted)]


def open_to_it(promise: LivePromise, house: WrittenHouse, hours: Hours, row: Row) -> frozenset[str]:
    """The tables a plan may give it; those by request only where no other would ever do."""
    asked = was_asked(promise.account)
    open_to = frozenset(
        name for name in house.tables if row and may_have(house, hours, name, row, asked=asked)
    )
    at_once = open_to - by_request(house, hours)
    return at_once if seats_of(house, at_once, promise.wanted) else open_to


def check_overlaps(at: Snapshot, findings: Findings) -> None:
    """No two intentions overlap on a table."""
    by_table: defaultdict[str, list[Row]] = defaultdict(list)
    for row in at["intention"]:
        by_table[row["table_id"]].append(row)
    for table, rows in by_table.items():
        rows.sort(key=lambda row: row["starts"])
        for one, other in pairwise(rows):
            findings.look(
                "no table meant for two at once",
                holds=one["ends"] <= other["starts"],
                evidence=f"{table}: {one['subject_id']} and {other['subject_id']}",
            )


def check_instants(
    live: Sequence[LivePromise], house: WrittenHouse, hours: Hours, at: Snapshot, findings: Findings
) -> None:
    """At every quarter hour all live promises fit into the empty room.

    Parties with fixed tables get those.
    """
    out = {name for _, _, tables in house.bought_out_on(hours) for name in tables}
    room = frozenset(house.tables) - out
    instant = max(hours.opens, at.at)
    while instant < hours.closes:
        there = [promise for promise in live if promise.starts <= instant < promise.ends]
        parties = [promise.wanted for promise in there if not promise.named]
        named = [promise.planned for promise in there if promise.named]
        try:
            holds = fit_together(house, room.difference(*named), parties)
        except TooHardError:
            findings.notes["instants not decided"] += 1
        else:
            sizes = sorted(party.size for party in parties)
            findings.look(
                "the promises fit the room",
                holds=holds,
                evidence=f"{instant:%d %H:%M}Z: parties of {sizes}",
            )
        instant += QUARTER
