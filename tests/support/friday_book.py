"""The Friday's book as it stands at some minute: who is promised, sits, has gone, and where.

A night of two hundred orders takes the service half a minute; so what came before that minute is
worked out here, by the same rules (no table twice, a fact is a fact), and written at once. The
database holds its invariants against it as against any command.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Promise, Seating
from policies.house.calendar import turn_minutes
from policies.house.room import Needs
from seating.book.write import Acknowledgement, NewReservation, WriteSet
from tests.support.friday_parties import guest_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from random import Random

    from policies.house.calendar import Period
    from policies.house.house import House
    from tests.support.friday_parties import Party

SHUT = frozenset({"garden"})


@dataclass
class Book:
    """Everything until `now`; `free_at`: when a table is free again, by its id."""

    house: House
    period: Period
    now: datetime
    dice: Random
    free_at: dict[str, datetime] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    seatings: list[Seating] = field(default_factory=list)
    parties: dict[UUID, Party] = field(default_factory=dict)
    beyond: int = 3

    def enter(self, parties: Iterable[Party], count: int) -> None:
        """Take so many of these parties into the book, in the order of their times."""
        asked = sorted(parties, key=lambda party: party.starts)
        taken = 0
        for party in asked:
            taken += self._take(party)
            if taken == count:
                return

    def _take(self, party: Party) -> bool:
        """Take a party in; False: there is no table for it."""
        key = UUID(int=self.dice.getrandbits(128), version=4)
        starts = self.period.opens + timedelta(minutes=party.starts)
        promise = Promise(
            reservation_id=key,
            period_id=self.period.period_id,
            state="booked",
            party_size=party.size,
            starts=starts,
            ends=starts + timedelta(minutes=turn_minutes(self.house, party.size, self.period)),
            needs=Needs(area=party.area),
            guest_id=guest_id(party),
            channel=party.channel,
            name=party.name,
            made_at=self.period.opens - timedelta(days=1),
            lateness_known=True,
        )
        done = self._placed(promise, party)
        if done is None:
            return False
        self.promises.append(done)
        self.parties[key] = party
        return True

    def _placed(self, promise: Promise, party: Party) -> Promise | None:
        never = party.comes is None and promise.starts + timedelta(minutes=20) < self.now
        if party.asks or party.cancels or never:
            state = "requested" if party.asks else "cancelled" if party.cancels else "no_show"
            return replace(promise, state=state, late_at=promise.starts if never else None)
        here = promise.starts + timedelta(minutes=party.comes or 0)
        tables = self._tables(promise)
        if tables is None:
            return self._beyond(promise, here)
        if party.comes is not None and here <= self.now:
            return self._came(promise, party, here, tables)
        self._occupy(tables, promise.ends)
        return replace(promise, tables=tables)

    def _beyond(self, promise: Promise, here: datetime) -> Promise | None:
        """It has no table, and was promised one all the same, if it is one of the first few."""
        if not self.beyond or here < self.now:
            return None
        self.beyond -= 1
        return replace(promise, kind="overbooked")

    def _came(
        self, promise: Promise, party: Party, here: datetime, tables: tuple[str, ...]
    ) -> Promise:
        """It came: it waits for the rest, or sits where its plan was, or has gone."""
        here = max(here, self.period.opens)
        come = replace(promise, arrived=party.first, arrived_at=here)
        sat = max(here + timedelta(minutes=self.dice.choice((0, 1, 2, 4))), self._free(tables))
        if (party.first < party.size and sat + timedelta(minutes=25) > self.now) or sat >= self.now:
            self._occupy(tables, promise.ends)
            return replace(come, state="arrived", tables=tables)
        turn = promise.ends - promise.starts
        gone = sat + turn * party.stays
        self._occupy(tables, gone if gone <= self.now else max(sat + turn, self.now))
        self.seatings.append(
            Seating(
                seating_id=UUID(int=self.dice.getrandbits(128), version=4),
                period_id=promise.period_id,
                state="cleared"
                if gone <= self.now
                else "check_down"
                if gone - timedelta(minutes=12) <= self.now
                else "seated",
                party_size=promise.party_size,
                tables=tables,
                seated_at=sat,
                counted_at=promise.starts,
                expected_end=sat + turn,
                reservation_id=promise.reservation_id,
                name=promise.name,
                cleared_at=gone if gone <= self.now else None,
            )
        )
        state = "finished" if gone <= self.now else "seated"
        return replace(come, state=state, arrived=promise.party_size)

    def _tables(self, promise: Promise) -> tuple[str, ...] | None:
        """The smallest table, or else join, that is free by then and is meant for such a party."""
        size, area = promise.party_size, promise.needs.area
        single = [
            (each.seats_max, (each.id,))
            for each in self.house.tables
            if each.seats_min <= size <= each.seats_max
            and each.area not in SHUT
            and (each.area == area or (area is None and each.area != "bar") or size == 1)
        ]
        joined = [(each.seats_max + 20, each.tables) for each in self.house.joins]
        joined = [each for each in joined if size <= each[0] - 20 <= size + 3 and area is None]
        for _, tables in sorted(single, key=lambda each: each[0]) + sorted(joined):
            if self._free(tables) <= promise.starts:
                return tables
        return None

    def _free(self, tables: tuple[str, ...]) -> datetime:
        return max(self.free_at.get(each, self.period.opens) for each in tables)

    def _occupy(self, tables: tuple[str, ...], until: datetime) -> None:
        self.free_at |= dict.fromkeys(tables, until)

    def write_set(self) -> WriteSet:
        """All of it as one write."""
        return WriteSet(
            changes=Changes(promises=tuple(self.promises), seatings=tuple(self.seatings)),
            created={
                promise.reservation_id: NewReservation(
                    code=f"{number:06X}",
                    channel=promise.channel or "phone",
                    staff_id="anna" if promise.channel != "guest" else None,
                    notes=self.parties[promise.reservation_id].notes,
                    special_request=self.parties[promise.reservation_id].special_request,
                )
                for number, promise in enumerate(self.promises, 0xA100)
            },
            acknowledged=tuple(
                Acknowledgement(
                    reservation_id=promise.reservation_id,
                    rules_version=3,
                    rule_keys=("late", "cancel"),
                    channel="phone",
                    read_by="anna",
                )
                for promise in self.promises
                if promise.channel == "phone"
            ),
        )
