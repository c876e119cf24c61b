"""The Friday until 19:42: who comes, sits, stays too long and goes, in the right order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from policies.floor import orders
from seating.book.actions import ActionAuthor
from seating.clock import set_clock
from seating.db import run
from seating.errors import MaitredError
from seating.floor.orders import execute_command
from tests.support.house import CLOCK, VENUE

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime
    from random import Random

    from policies.book.picture import Promise, Seating
    from policies.floor.orders import Order
    from seating.db import Connection, Pool
    from seating.floor.answers import CommandResult
    from tests.support.friday_parties import Party

    Step = Callable[[], Coroutine[None, None, None]]

HOSTS = tuple(ActionAuthor(staff_id=name, actor="host") for name in ("marat", "sofia", "dasha"))
PLANNED = """
select r.version, array(select i.table_id from intention i where i.venue_id = $1
    and i.subject_id = r.reservation_id order by i.place) as tables
from reservation r where r.venue_id = $1 and r.reservation_id = $2
"""
SITS = """
select seating_id, version, expected_end, seated_at from seating
where venue_id = $1 and reservation_id = $2 and state <> 'cleared'
"""


@dataclass
class Evening:
    """The evening from `begins` to `until`; minutes are counted from `opens`."""

    pool: Pool
    dice: Random
    opens: datetime
    begins: datetime
    until: datetime
    steps: list[tuple[datetime, int, Step]] = field(default_factory=list)
    order_of_steps: count[int] = field(default_factory=count)

    def at(self, minutes: float, step: Step) -> None:
        """Do a step so many minutes after opening, if that is before the end."""
        when = self.opens + timedelta(minutes=minutes)
        if when <= self.until:
            heappush(self.steps, (max(when, self.begins), next(self.order_of_steps), step))

    def expect(self, party: Party, promise: Promise) -> None:
        """A party that may come; one that is here is to be seated."""
        key = promise.reservation_id
        if promise.state == "arrived" and promise.arrived == promise.party_size:
            self.at(0, lambda: self.seat(party, key, 6))
        elif promise.state == "booked" and party.comes is not None:
            self.at(party.starts + party.comes, lambda: self.arrive(party, key))

    def goes_on(self, seating: Seating, party: Party) -> None:
        """A party that sits will ask for its check, and leave."""
        sat = (seating.seated_at - self.opens).total_seconds() / 60
        turn = (seating.expected_end - seating.seated_at).total_seconds() / 60
        reservation_id = seating.reservation_id
        assert reservation_id is not None
        if seating.state == "seated":
            self.at(sat + turn * party.stays - 12, lambda: self.serve(reservation_id))
        self.at(sat + turn * party.stays, lambda: self.clear(reservation_id))

    async def play(self) -> None:
        """Take the steps in order, each at its minute; then it is the end."""
        while self.steps:
            when, _, step = heappop(self.steps)
            await self.move_clock(when)
            await step()
        await self.move_clock(self.until)

    async def move_clock(self, to: datetime) -> None:
        """It is this time now, and time stands still."""
        await run(self.pool, lambda conn: set_clock(conn, to, 0.0))
        self.now = to

    async def arrive(self, party: Party, reservation_id: UUID) -> None:
        """Some or all of the party are here, and are to be seated soon."""
        row = await self.pool.fetchrow(PLANNED, VENUE, reservation_id)
        assert row is not None
        told = await self.tell(
            orders.Arrive(
                id=uuid4(),
                reservation_id=reservation_id,
                version=row["version"],
                arrived=party.first,
            )
        )
        if told and party.first == party.size:
            self.later(
                self.dice.choice((0, 0, 1, 2, 5)), lambda: self.seat(party, reservation_id, 6)
            )

    async def seat(self, party: Party, reservation_id: UUID, tries: int) -> None:
        """Seat it where it is planned; while somebody still sits there, try again soon."""
        row = await self.pool.fetchrow(PLANNED, VENUE, reservation_id)
        assert row is not None
        told = row["tables"] and await self.tell(
            orders.Seat(
                id=uuid4(),
                tables=tuple(row["tables"]),
                reservation_id=reservation_id,
                version=row["version"],
            )
        )
        if told:
            seating = told.seatings[0]
            stay = (seating.expected_end - seating.seated_at).total_seconds() / 60 * party.stays
            self.later(stay - 12, lambda: self.serve(reservation_id))
            self.later(stay, lambda: self.clear(reservation_id))
        elif tries:
            self.later(4, lambda: self.seat(party, reservation_id, tries - 1))

    async def serve(self, reservation_id: UUID) -> None:
        """The check is down."""
        row = await self.pool.fetchrow(SITS, VENUE, reservation_id)
        if row is not None:
            about = {"seating_id": row["seating_id"], "version": row["version"]}
            await self.tell(orders.Serve(id=uuid4(), check_down=True, **about))

    async def clear(self, reservation_id: UUID) -> None:
        """They have gone."""
        row = await self.pool.fetchrow(SITS, VENUE, reservation_id)
        if row is not None:
            about = {"seating_id": row["seating_id"], "version": row["version"]}
            await self.tell(orders.Clear(id=uuid4(), **about))

    def later(self, minutes: float, step: Step) -> None:
        """Do a step so many minutes from now."""
        self.at((self.now - self.opens).total_seconds() / 60 + minutes, step)

    async def tell(self, wish: Order) -> CommandResult | None:
        """Give an order as one of the hosts; None when it is refused."""
        who = self.dice.choice(HOSTS)

        async def order(conn: Connection) -> CommandResult:
            return await execute_command(conn, VENUE, wish, who, CLOCK)

        try:
            return await run(self.pool, order)
        except MaitredError:
            return None
