"""Who sat down, as every report and the letter tell it: each party once, with its own guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policies.floor import orders
from seating.db import run
from seating.gestures.report import gesture_report
from seating.letter.evening import read_evening
from seating.reports.asking import Asked
from tests.support.house import SEVEN, VENUE, at, house_text, move_clock, open_house
from tests.support.reports import told, totals
from tests.support.stand import about, into, of, reserve, tell, walk_in

if TYPE_CHECKING:
    from policies.book.picture import Seating
    from seating.db import Pool

TONIGHT = Asked(first=SEVEN.date(), last=SEVEN.date())
AT_TABLES = """
select sum(party_size)::int from seating where venue_id = $1 and merged_into is null
"""


@pytest.fixture(autouse=True)
async def evening(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 4, 4, 4, 4, 4))
    await move_clock(pool, SEVEN)


async def sat(pool: Pool, table: str, size: int) -> Seating:
    coming = await reserve(pool, size, party_size=size)
    return (await tell(pool, orders.Seat(**about(coming), tables=(table,)))).seatings[0]


async def test_parties_that_joined_are_counted_each_with_its_own_guests(pool: Pool) -> None:
    promised = await sat(pool, "1", 2)
    three = await sat(pool, "3", 3)
    host = await walk_in(pool, "4", size=4)
    await move_clock(pool, at(0.2))
    joins = await walk_in(pool, "2")
    await tell(pool, orders.Merge(**of(joins), **into(promised)))
    await tell(pool, orders.Merge(**of(three), **into(host)))
    await move_clock(pool, at(0.4))
    whole = await walk_in(pool, "5", "6", size=4)
    parted = await tell(pool, orders.Split(**of(whole), party_size=1, tables=("6",)))
    rest, part = parted.seatings
    await tell(pool, orders.Merge(**of(part), **into(rest)))

    at_tables = await pool.fetchval(AT_TABLES, VENUE)
    assert at_tables == 2 + 2 + 3 + 4 + 4
    report = await told(pool, "covers-channel", TONIGHT)
    by_channel = {row.key: [each.value for each in row.figures[:2]] for row in report.rows}
    assert by_channel == {"phone": [2.0, 5.0], "walk_in": [3.0, 10.0]}
    found = totals(report)
    letter = await run(pool, lambda conn: read_evening(conn, VENUE, SEVEN.date()))
    assert (found["parties"], found["covers"]) == (letter.parties, letter.covers) == (5, at_tables)
    assert letter.from_the_door == 3
    given = await run(pool, lambda conn: gesture_report(conn, VENUE, SEVEN.date(), SEVEN.date()))
    ways = [each for each in given.received if each.by == "channel"]
    assert {each.key: each.received.of for each in ways} == {"phone": 2, "walk_in": 3}
