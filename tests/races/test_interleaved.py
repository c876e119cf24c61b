"""A hundred random commands by eight workers leave a book that holds together."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from msgspec.structs import replace

from policies.house.room import Needs
from seating.book.in_force import house_of
from seating.booking.changing import Change, cancel, change
from seating.booking.making import BookingResult, create_reservation
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, give_back_hold, hold_slot
from seating.db import open_pool, run
from seating.errors import MaitredError
from tests.races.conftest import RECOUNT, together
from tests.support.house import CLOCK, VENUE, at, house_text, new_site, open_house, order, site

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from policies.house.house import House
    from seating.book.reservations import Booker
    from seating.db import Connection, Pool

WORKERS, COMMANDS = 8, 100
ROOM = house_text(2, 2, 4, 4, 6, joins=[("1", "2"), ("3", "4")], terrace=1)
LIVE = """
select reservation_id as id, party_size, starts, ends, needs::text, kind, exposed from reservation
where state in ('booked', 'arrived')
union all
select slot_hold_id, party_size, starts, ends, needs::text, 'physical', false from slot_hold
where state = 'held'
"""
PLANNED = "select subject_id, table_id, starts, ends from intention"


class Site:
    """A booking site that asks for anything, and knows what it holds."""

    def __init__(self, pool: Pool, booker: Booker, seed: int) -> None:
        self.pool, self.booker, self.dice = pool, booker, random.Random(seed)
        self.held: list[ClientSlotHold] = []
        self.reservations: list[UUID] = []
        self.yes = 0

    async def act(self) -> None:
        """One command; a "no" or an error of the caller's is an answer too."""
        commands: list[Callable[[Connection], Awaitable[Any]]] = [
            self.create,
            self.create,
            self.hold,
            self.confirm,
            self.give_back,
            self.change,
            self.cancel,
        ]
        try:
            self.keep(await run(self.pool, self.dice.choice(commands)))
        except MaitredError:
            return

    def keep(self, done: object) -> None:
        self.yes += isinstance(done, BookingResult | ClientSlotHold)
        if isinstance(done, BookingResult):
            self.reservations.append(done.reservation.reservation_id)
        if isinstance(done, ClientSlotHold):
            self.held.append(done)

    async def create(self, conn: Connection) -> object:
        wish = order(self.dice.randrange(60), starts=self.when(), party_size=self.size())
        return await create_reservation(
            conn, VENUE, replace(wish, needs=self.needs()), self.booker, CLOCK
        )

    async def hold(self, conn: Connection) -> object:
        wish = HoldRequest(party_size=self.size(), starts=self.when(), needs=self.needs())
        return await hold_slot(conn, VENUE, wish, self.booker, CLOCK)

    async def confirm(self, conn: Connection) -> object:
        if not self.held:
            return None
        held = self.dice.choice(self.held)
        wish = order(self.dice.randrange(60, 90), starts=held.starts, party_size=held.party_size)
        wish = replace(wish, slot_hold_id=held.slot_hold_id)
        return await create_reservation(conn, VENUE, wish, self.booker, CLOCK)

    async def give_back(self, conn: Connection) -> object:
        if self.held:
            held = self.dice.choice(self.held)
            await give_back_hold(conn, VENUE, held.slot_hold_id, self.booker, CLOCK)
        return None

    async def change(self, conn: Connection) -> object:
        if not self.reservations:
            return None
        wish = Change(starts=self.when(), party_size=self.size())
        chosen = self.dice.choice(self.reservations)
        return await change(conn, VENUE, chosen, wish, self.booker, CLOCK, version=None)

    async def cancel(self, conn: Connection) -> object:
        if self.reservations and self.dice.random() < 0.5:
            chosen = self.dice.choice(self.reservations)
            await cancel(conn, VENUE, chosen, "why not", self.booker, CLOCK)
        return None

    def when(self) -> Any:  # noqa: ANN401 - an instant
        return at(24 * self.dice.randrange(2) + self.dice.randrange(-4, 12) / 4)

    def size(self) -> int:
        return self.dice.choice([1, 2, 2, 2, 3, 4, 4, 5, 6])

    def needs(self) -> Needs:
        return self.dice.choice([Needs(), Needs(), Needs(area="room"), Needs(area="terrace")])


@pytest.mark.parametrize("seed", range(3))
async def test_every_promise_keeps_a_place(database: str, pool: Pool, seed: int) -> None:
    await open_house(pool, ROOM)
    booker = site((await new_site(pool))[0])
    pools = [await open_pool(database, min_size=4), await open_pool(database, min_size=4)]
    workers = [Site(pools[n % 2], booker, 100 * seed + n) for n in range(WORKERS)]

    async def work(worker: Site) -> None:
        for _ in range(COMMANDS // WORKERS + 1):
            await worker.act()

    outcomes = await together(work(worker) for worker in workers)
    for each in pools:
        await each.close()
    assert outcomes == [None] * WORKERS
    assert sum(worker.yes for worker in workers) > 15
    await check_book(pool)


async def check_book(pool: Pool) -> None:
    async with pool.acquire() as conn:
        house = (await house_of(conn, VENUE)).house
        live, planned = await conn.fetch(LIVE), await conn.fetch(PLANNED)
        assert await conn.fetch(RECOUNT) == []
    tables: dict[UUID, set[str]] = defaultdict(set)
    for row in planned:
        tables[row["subject_id"]].add(row["table_id"])
    assert set(tables) == {row["id"] for row in live}
    for row in live:
        assert row["kind"] == "physical"
        assert not row["exposed"]
        assert seats(house, tables[row["id"]], row["needs"]) >= row["party_size"]
    for one, other in combinations(live, 2):
        if one["starts"] < other["ends"] and other["starts"] < one["ends"]:
            assert not tables[one["id"]] & tables[other["id"]]


def seats(house: House, names: set[str], needs: str) -> int:
    """How many sit there: a table of the house or a join it declares, within the area asked for."""
    area = msgspec.json.decode(needs).get("area")
    chosen = [table for table in house.tables if table.id in names]
    assert len(chosen) == len(names)
    assert area is None or {table.area for table in chosen} == {area}
    if len(chosen) == 1:
        return chosen[0].seats_max
    joins = {frozenset(join.tables): join.seats_max for join in house.joins}
    return joins[frozenset(names)]
