"""What a house has in its book of a date: promises while it is open, everything once it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid5

import msgspec

from policies.house.grid import GRID
from policies.house.room import room_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from policies.book.picture import HeldTable
    from scripts.benchmark.letters.evening import LivedEvening, OpenDate
    from seating.db import Connection

FORGET = "delete from reservation where venue_id = $1 and period_id = $2"
FORGET_NOES = "delete from turnaway where venue_id = $1 and period_id = $2"
CLOSE = "update period set closed_at = $3 where venue_id = $1 and period_id = $2"
AFTER = timedelta(minutes=10)
"""The book of a date is closed so long after its last party has left."""

Row = dict[str, Any]


async def keep_promises(conn: Connection, venue_id: str, date: OpenDate) -> None:
    """Write who is promised a table on a date, and who was refused, in place of what was there."""
    await conn.execute(FORGET, venue_id, date.period.period_id)
    await conn.execute(FORGET_NOES, venue_id, date.period.period_id)
    await _copy(conn, venue_id, "reservation", list(_reservations(date)))
    await _copy(conn, venue_id, "turnaway", list(_refusals(date)))


async def keep_evening(
    conn: Connection, venue_id: str, date: OpenDate, lived: LivedEvening
) -> datetime:
    """Write what became of everybody; returns when the book was closed."""
    book = _Book(date, lived)
    await conn.execute(FORGET, venue_id, date.period.period_id)
    await conn.execute(FORGET_NOES, venue_id, date.period.period_id)
    for table, rows in (
        ("reservation", book.reservations()),
        ("turnaway", list(_refusals(date))),
        ("wait_entry", book.waits()),
        ("seating", book.seatings()),
        ("seating_table", book.tables()),
        ("held_table", [_held(each) for each in lived.desk.book.held_ended]),
    ):
        await _copy(conn, venue_id, table, rows)
    last = max((row["cleared_at"] for row in book.seatings()), default=date.period.closes)
    closed = max(last, date.period.closes) + AFTER
    await conn.execute(CLOSE, venue_id, date.period.period_id, closed)
    return closed


async def _copy(conn: Connection, venue_id: str, table: str, rows: Sequence[Row]) -> None:
    if rows:
        columns = list(rows[0])
        await conn.copy_records_to_table(
            table,
            records=[(venue_id, *(row[name] for name in columns)) for row in rows],
            columns=["venue_id", *columns],
        )


def _reservations(date: OpenDate) -> Iterator[Row]:
    """Yield the accepted requests as they stand while the date is open."""
    desk, requests = date.desk, date.night.night.requests
    alive = {each.reservation_id for each in desk.book.picture.promises}
    for number, accepted in desk.accepted.items():
        answer, reservation_id = accepted.answer, desk.book.new_id(1, number)
        made = desk.book.asked(float(requests.asked[number]))
        yield {
            "reservation_id": reservation_id,
            "period_id": date.period.period_id,
            "code": f"{date.period.service_date:%y%m%d}-{number}",
            "state": "booked" if reservation_id in alive else "cancelled",
            "party_size": int(requests.size[number]),
            "arrived": 0,
            "arrived_at": None,
            "starts": answer.starts,
            "ends": answer.ends,
            "kind": answer.kind,
            "channel": _channel(date, number),
            "name": f"Guest {number}",
            "risk": _json(answer.risk),
            "explained": _json(answer.explained),
            "created_at": made,
            "updated_at": made,
        }


def _refusals(date: OpenDate) -> Iterator[Row]:
    desk, requests = date.desk, date.night.night.requests
    for number, no in desk.refusals.items():
        wish = int(requests.wish[number]) * GRID
        yield {
            "turnaway_id": desk.book.new_id(4, number),
            "service_date": date.period.service_date,
            "period_id": date.period.period_id,
            "at": desk.book.asked(float(requests.asked[number])),
            "channel": _channel(date, number),
            "code": no.code,
            "detail": "",
            "kind": "denial",
            "party_size": int(requests.size[number]),
            "asked_for": desk.book.opens + wish,
        }


def _channel(date: OpenDate, number: int) -> str:
    return "phone" if date.night.night.requests.phone[number] else "partner"


def _json(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _held(held: HeldTable) -> Row:
    return {
        "held_id": held.held_id,
        "period_id": held.period_id,
        "window_name": held.window,
        "state": held.state,
        "seats": held.seats,
        "starts": held.starts,
        "ends": held.ends,
        "release_at": held.release_at,
        "rung": held.rung,
        "made_at": held.starts - timedelta(days=1),
        "ended_at": held.ended_at,
        "ended_by": held.ended_by,
        "reason": held.reason,
    }


class _Book:
    """An evening that is over, party by party."""

    def __init__(self, date: OpenDate, lived: LivedEvening) -> None:
        self.date, self.outcome = date, lived.opened.outcome
        self.floor, self.sat_at = lived.opened.host.floor, lived.opened.host.tables
        self.minute = lived.desk.book.minute
        self.new_id = lived.desk.book.new_id
        self.reset = date.setting.believed.reset_minutes
        self.names = {place: name for name, place in room_of(date.setting.house).index.items()}

    def reservations(self) -> list[Row]:
        """Every accepted request with what became of it."""
        outcome = self.outcome
        place = {int(number): at for at, number in enumerate(outcome.number)}
        found = []
        for number, row in zip(self.date.desk.accepted, _reservations(self.date), strict=True):
            at = place.get(number)
            if row["state"] == "booked" and at is not None:
                arrived = int(outcome.arrived[at])
                row["state"] = self._fate(at)
                row["arrived"] = row["party_size"] if arrived >= 0 else 0
                row["arrived_at"] = self.minute(arrived) if arrived >= 0 else None
            found.append(row)
        return found

    def waits(self) -> list[Row]:
        """Those without a promise who did not sit at once."""
        return [row for party in self._came_in() if (row := self._wait(party)) is not None]

    def seatings(self) -> list[Row]:
        """Everybody who sat."""
        return [self._seating(party) for party in self._sat()]

    def tables(self) -> list[Row]:
        """Where they sat."""
        return [
            {
                "table_id": self.names[table],
                "seating_id": self._seating_id(party),
                "place": place,
                "from_at": self._from(party),
                "to_at": self._until(party),
            }
            for party in self._sat()
            for place, table in enumerate(self.sat_at[party])
        ]

    def _fate(self, at: int) -> str:
        if self.outcome.arrived[at] < 0:
            return "no_show"
        return "walked" if self.outcome.walked[at] else "finished"

    def _sat(self) -> list[int]:
        return [party for party in self.sat_at if self.floor.seated[party] >= 0]

    def _came_in(self) -> list[int]:
        parties = self.floor.parties
        return [
            party
            for party in range(len(parties.size))
            if parties.walk_in[party] >= 0 and parties.arrives[party] >= 0
        ]

    def _wait(self, party: int) -> Row | None:
        parties, seated = self.floor.parties, int(self.floor.seated[party])
        came = int(parties.arrives[party])
        if seated == came:
            return None
        ended = seated if seated >= 0 else max(came, int(parties.leaves[party]))
        return {
            "wait_id": self._wait_id(party),
            "period_id": self.date.period.period_id,
            "state": "seated" if seated >= 0 else "left",
            "party_size": int(parties.size[party]),
            "joined_at": self.minute(came),
            "ended_at": self.minute(ended),
        }

    def _seating(self, party: int) -> Row:
        parties, waits = self.floor.parties, self._waited(party)
        until = self._until(party)
        return {
            "seating_id": self._seating_id(party),
            "period_id": self.date.period.period_id,
            "state": "cleared",
            "party_size": int(parties.size[party]),
            "reservation_id": self._reservation_id(party),
            "wait_id": self._wait_id(party) if waits else None,
            "seated_at": self._from(party),
            "expected_end": until,
            "counted_at": self._from(party),
            "cleared_at": until,
        }

    def _waited(self, party: int) -> bool:
        parties = self.floor.parties
        return bool(
            parties.walk_in[party] >= 0 and self.floor.seated[party] > parties.arrives[party]
        )

    def _reservation_id(self, party: int) -> UUID | None:
        booking = int(self.floor.parties.booking[party])
        return None if booking < 0 else self.new_id(1, int(self.outcome.number[booking]))

    def _seating_id(self, party: int) -> UUID:
        return uuid5(self.new_id(5, party), "seating")

    def _wait_id(self, party: int) -> UUID:
        return uuid5(self.new_id(6, party), "wait")

    def _from(self, party: int) -> datetime:
        return self.minute(int(self.floor.seated[party]))

    def _until(self, party: int) -> datetime:
        stay = int(self.floor.parties.stay[party]) - round(self.reset)
        return self._from(party) + timedelta(minutes=max(1, stay))
