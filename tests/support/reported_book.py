"""Evenings that are over with everything reports count, rolled by seeded dice and told in full."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tests.support.house import DATE, SEVEN, VENUE

if TYPE_CHECKING:
    from datetime import date

    from seating.db import Pool

Row = dict[str, Any]
CHANNELS = ("phone", "partner", "guest", "desk")
STATES = ("finished",) * 7 + ("no_show", "cancelled", "walked")
CODES = ("NO_TABLE_FITS", "PACING_FULL", "HELD_BACK")
STAFF = ("jonas", "sofia", "marat")
AT_ONCE = 500
TODAY = datetime.fromisoformat(DATE).date()


@dataclass
class Book:
    """What was put into the database, by table: the rows as dictionaries."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, **row: Any) -> Row:  # noqa: ANN401 - whatever a column holds
        self.rows.setdefault(table, []).append(row)
        return row

    def all(self, table: str) -> list[Row]:
        """All rows of a table."""
        return self.rows.get(table, [])

    def of(self, table: str, **wanted: object) -> list[Row]:
        """The rows of a table with these values."""
        return [
            row
            for row in self.all(table)
            if all(row[key] == value for key, value in wanted.items())
        ]

    def on(self, row: Row) -> date:
        """The service date of whatever belongs to a period."""
        return TODAY - timedelta(days=int(row["period_id"].removeprefix("past-")))


class _Writer:
    def __init__(self, seed: int, nights: int, parties: int) -> None:
        self.dice, self.book = Random(seed), Book()
        for night in range(nights, 0, -1):
            self._night(night, parties)

    def _id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def _night(self, night: int, parties: int) -> None:
        opens = SEVEN - timedelta(days=night, hours=1)
        period = f"past-{night}"
        self.book.add(
            "period", period_id=period, service_date=TODAY - timedelta(days=night), name="dinner",
            opens=opens, last_seating=opens + timedelta(hours=4),
            closes=opens + timedelta(hours=6), house_version=1,
            closed_at=opens + timedelta(hours=6),
        )  # fmt: skip
        for _ in range(parties):
            starts = opens + timedelta(minutes=15 * self.dice.randrange(16))
            self._reservation(period, starts)
            if self.dice.random() < 0.4:
                self._walk_in(period, starts)
            if self.dice.random() < 0.3:
                self._turnaway(period, starts)
        self._held(period, opens)
        self._asked(period, opens)

    def _reservation(self, period: str, starts: datetime) -> None:
        state, size = self.dice.choice(STATES), self.dice.randint(1, 7)
        beyond = self.dice.random() < 0.2
        told = {"any_wait": 0.2, "own_wait": self.dice.choice((0.01, 0.03, 0.2)), "bound": 0.2}
        risk = {"probability": 0.1, "tolerance_minutes": 10, "told": told} if beyond else None
        number = len(self.book.all("reservation"))
        guest = self._guest() if self.dice.random() < 0.5 else None
        row = self.book.add(
            "reservation", reservation_id=self._id(), period_id=period, code=f"R{number}",
            state=state, party_size=size, starts=starts, ends=starts + timedelta(hours=2),
            arrived_at=starts if state == "finished" else None,
            kind="overbooked" if beyond else "physical", risk=risk,
            channel=self.dice.choice(CHANNELS), guest_id=guest, name=f"Guest {number}",
            duplicate_allowed=True, created_at=starts - timedelta(days=self.dice.randrange(10)),
            updated_at=starts, tags=self.dice.choice(([], ["birthday"])),
            special_request=self.dice.choice(("", "a quiet table")),
            referral_code=self.dice.choice((None, "OPERA")),
        )  # fmt: skip
        if self.dice.random() < 0.6:
            self.book.add(
                "acknowledgement", reservation_id=row["reservation_id"], rules_version=3,
                channel="phone", read_by="jonas", at=row["created_at"],
            )  # fmt: skip
        if state == "finished":
            late = timedelta(minutes=self.dice.choice((0, 0, 5, 25)))
            self._seating(row, starts + late)
            if self.dice.random() < 0.4:
                self._gesture(row, starts)

    def _walk_in(self, period: str, at: datetime) -> None:
        waits = self.dice.random() < 0.5
        party: Row = {"period_id": period, "party_size": self.dice.randint(1, 4), "name": ""}
        if waits:
            state = self.dice.choice(("seated", "seated", "left", "turned_away"))
            waited = timedelta(minutes=self.dice.randint(2, 50))
            party = self.book.add(
                "wait_entry", wait_id=self._id(), state=state, channel="walk_in",
                quoted_minutes=self.dice.choice((10, 25, 40)), joined_at=at,
                ended_at=at + waited, **party,
            )  # fmt: skip
            if state != "seated":
                return
            at += waited
        self._seating(party, at)

    def _seating(self, party: Row, at: datetime) -> None:
        stay = timedelta(minutes=self.dice.randint(40, 150))
        row = self.book.add(
            "seating", seating_id=self._id(), period_id=party["period_id"], state="cleared",
            party_size=party["party_size"], name=party["name"],
            reservation_id=party.get("reservation_id"), wait_id=party.get("wait_id"),
            seated_at=at, expected_end=at + stay, counted_at=at, cleared_at=at + stay,
        )  # fmt: skip
        self.book.add(
            "seating_table", table_id=str(self.dice.randint(1, 3)), seating_id=row["seating_id"],
            place=0, from_at=at, to_at=at + stay,
        )  # fmt: skip
        self.book.add(
            "action", action_id=row["seating_id"], period_id=party["period_id"], kind="Seat",
            staff_id=self.dice.choice(STAFF), at=at,
        )  # fmt: skip
        if self.dice.random() < 0.7:
            total = self.dice.randint(20, 90) * 100 * party["party_size"]
            self.book.add(
                "till_check", check_id=f"C{len(self.book.all('till_check'))}", state="closed",
                period_id=party["period_id"], seating_id=row["seating_id"],
                covers=party["party_size"], total=total, tip=total // 20, opened_at=at,
                closed_at=at + stay, sequence=1,
            )  # fmt: skip

    def _gesture(self, party: Row, at: datetime) -> None:
        state = self.dice.choice(("delivered", "delivered", "accepted", "declined", "expired"))
        kind = self.dice.choice(("item", "item", "refund", "claim", "spend_linked"))
        complaint = None
        if kind == "refund":
            complaint = self.book.add(
                "complaint", complaint_id=self._id(), period_id=party["period_id"],
                party_id=party["reservation_id"], party_name=party["name"], about="cold soup",
                noted_by=self.dice.choice(STAFF), at=at,
            )  # fmt: skip
        self.book.add(
            "gesture", gesture_id=self._id(), period_id=party["period_id"], state=state,
            item=self.dice.choice(("cake", "glass")), kind=kind,
            cost=self.dice.randint(3, 20) * 100,
            due="bill", carrier="floor", reservation_id=party["reservation_id"],
            party_id=party["reservation_id"], guest_id=party["guest_id"],
            party_name=party["name"], line="because it is you", reason="long wait",
            offered_by=self.dice.choice(STAFF), offered_at=at, expires_at=at + timedelta(hours=1),
            answered_at=at,
            delivered_at=at + timedelta(minutes=9) if state == "delivered" else None,
            cause=self.dice.choice(("own_wish", "long_wait")), units=2,
            amends=kind in {"refund", "claim"}, encore=self.dice.random() < 0.2,
            complaint_id=complaint and complaint["complaint_id"],
        )  # fmt: skip

    def _turnaway(self, period: str, asked_for: datetime) -> None:
        how = self.dice.choice((None, None, "table", "partner"))
        row = self.book.add(
            "turnaway", turnaway_id=self._id(), service_date=asked_for.date(), period_id=period,
            at=asked_for, channel=self.dice.choice(("walk_in", "phone")),
            code=self.dice.choice(CODES), detail="full",
            kind=self.dice.choice(("denial", "regret")),
            party_size=self.dice.randint(1, 8), asked_for=asked_for, name="",
            recovered_how=how, recovered_at=asked_for if how == "table" else None,
        )  # fmt: skip
        rescue = self.book.add(
            "rescue", rescue_id=self._id(), period_id=period, turnaway_id=row["turnaway_id"],
            party_size=row["party_size"], staff_id="jonas", listed_at=asked_for,
        )  # fmt: skip
        for place, kind in enumerate(("table", "partner")):
            taken = how == kind
            body = {"neighbour": {"key": "osteria", "name": "Osteria"}} if kind == "partner" else {}
            self.book.add(
                "rescue_option", option_id=self._id(), rescue_id=rescue["rescue_id"], place=place,
                kind=kind, state="taken" if taken else "listed", body=body,
                result_id=self._id() if taken else None,
                ended_at=asked_for if taken else None,
            )  # fmt: skip
        if self.dice.random() < 0.5:
            self.book.add(
                "answer_given", action_id=self._id(), turnaway_id=row["turnaway_id"],
                code=row["code"], answer="bar", staff_id="jonas", at=asked_for,
            )  # fmt: skip
        if self.dice.random() < 0.3:
            taken_at = asked_for + timedelta(minutes=2) if self.dice.random() < 0.5 else None
            self.book.add(
                "alert", alert_id=self._id(), period_id=period, turnaway_id=row["turnaway_id"],
                to_staff="sofia", from_staff="jonas", line="they wait by the door",
                raised_at=asked_for, taken_at=taken_at,
            )  # fmt: skip
        self.book.add(
            "search_in_vain", period_id=period, party_size=row["party_size"], hour=asked_for,
            channel="partner", code=row["code"], counter_id=self._id(),
            service_date=row["service_date"], searches=self.dice.randint(1, 5),
        )  # fmt: skip

    def _held(self, period: str, opens: datetime) -> None:
        for _ in range(2):
            state = self.dice.choice(("granted", "released", "cancelled"))
            sat = self.book.of("seating", period_id=period)
            ended = {"kind": "seating", "id": str(sat[0]["seating_id"])} if sat else None
            self.book.add(
                "held_table", held_id=self._id(), period_id=period, window_name="peak",
                state=state, seats=2, starts=opens + timedelta(hours=1),
                ends=opens + timedelta(hours=3), release_at=opens + timedelta(minutes=45), rung=0,
                made_at=opens - timedelta(hours=5), ended_at=opens + timedelta(minutes=50),
                ended_by=self.dice.choice((None, "jonas")),
                ended_for=ended if state == "granted" else None, first_displaced=3000,
                last_displaced=1000,
            )  # fmt: skip

    def _asked(self, period: str, opens: datetime) -> None:
        state = self.dice.choice(("approved", "refused", "expired"))
        self.book.add(
            "approval", approval_id=self._id(), period_id=period, state=state, wish={},
            kind="item", cost=4000, beyond={}, party_name="Guest", asked_by="jonas",
            asked_at=opens, expires_at=opens + timedelta(minutes=10),
            answered_by="marat", answered_at=opens + timedelta(minutes=3),
        )  # fmt: skip

    def _guest(self) -> UUID:
        known = self.book.all("guest")
        if known and self.dice.random() < 0.6:
            guest: UUID = self.dice.choice(known)["guest_id"]
            return guest
        number = len(known)
        made = self.book.add(
            "guest", guest_id=self._id(), name=f"Guest {number}", tags=["regular"],
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        return UUID(str(made["guest_id"]))


ORDER = (
    "period", "guest", "reservation", "acknowledgement", "wait_entry", "seating", "seating_table",
    "action", "till_check", "complaint", "gesture", "turnaway", "rescue", "rescue_option",
    "answer_given", "alert", "search_in_vain", "held_table", "approval",
)  # fmt: skip


async def reported_book(pool: Pool, *, seed: int = 7, nights: int = 12, parties: int = 9) -> Book:
    """Put as many evenings before the test's Wednesday into the book; return what they hold."""
    book = _Writer(seed, nights, parties).book
    for name in STAFF:
        await pool.execute(
            "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $2, 'host')"
            " on conflict do nothing",
            VENUE,
            name,
        )
    for table in ORDER:
        rows = book.all(table)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            statement = _insert(table, list(some[0]))
            await pool.execute(statement, VENUE, json.dumps(some, default=str))
    return book


def _insert(table: str, columns: list[str]) -> str:
    names = ", ".join(columns)
    return (
        f"insert into {table} (venue_id, {names}) select $1, {names}"
        f" from jsonb_populate_recordset(null::{table}, $2::jsonb)"
    )
