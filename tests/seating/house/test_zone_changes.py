"""A law moves the clocks of a zone: what was promised keeps its local time, the instants follow."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from policies.house.zones import zone_named
from seating.book.reservations import period_of
from seating.booking.changing import Change, change
from seating.booking.slot_holds import ClientSlotHold, HoldRequest, hold_slot
from seating.db import run, transaction
from seating.house.loading import load_house
from seating.house.zone_changes import keep_local_times
from tests.support.house import (
    CLOCK,
    HOST,
    VENUE,
    booked,
    house_text,
    new_site,
    open_house,
    order,
    site,
)
from tests.support.stand import promise, reserve
from tests.support.zone_data import pinned_to, zone_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policies.book.picture import Promise
    from seating.db import Pool

OPENS = datetime(2027, 3, 4, 1, 0, tzinfo=UTC)
"""18:00 on 3 March by the old rules; by the new ones an hour earlier."""
HOUR = timedelta(hours=1)
SEVEN = OPENS + HOUR
BERLIN_SEVEN = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)
BEFORE, AFTER = "MST7MDT,M3.2.0,M11.1.0", "CST6"
NEW_HELD = """
with held as (
    insert into held_table (venue_id, held_id, period_id, window_name, state, seats, starts, ends,
                            release_at, rung, made_at)
    values ($1, $2, '2027-03-03.dinner', 'peak', 'held', 2, $3, $4, $5, 0, $5))
insert into intention values ($1, $2, '2', 'held', 0, $3, $4)
"""
NEW_BLOCK = """
with block as (
    insert into block (venue_id, block_id, table_id, starts, ends, reason)
    values ($1, $2, '3', $3, $4, 'paint'))
insert into intention values ($1, $2, '3', 'block', 0, $3, $4)
"""
NEW_LEVER = """
insert into lever (venue_id, lever_id, action_id, kind, engaged, from_date, until_date, until,
                   pulled_at, covers)
values ($1, $2, $2, 'pace', true, '2027-03-03', '2027-03-03', $3, $3, 500)
"""
PLANNED = "select starts, ends from intention where subject_id = $1"


class Laws:
    """A folder of zone data, and the law of the day in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.say(BEFORE)

    def say(self, rule: str) -> None:
        zone_folder(self.folder, America__Edmonton=rule)
        zone_named.cache_clear()


@pytest.fixture
def laws(tmp_path: Path) -> Iterator[Laws]:
    with pinned_to(tmp_path):
        yield Laws(tmp_path)


async def edmonton(pool: Pool, *seats: int) -> None:
    await open_house(pool, house_text(*seats).replace("Europe/Berlin", "America/Edmonton"))


def wall(instant: datetime) -> str:
    return f"{instant.astimezone(zone_named('America/Edmonton')):%d %H:%M}"


async def opening(pool: Pool, of: Promise) -> datetime:
    async with transaction(pool) as conn:
        return (await period_of(conn, VENUE, of.reservation_id)).opens


async def planned(pool: Pool, subject: UUID) -> tuple[datetime, datetime]:
    row = await pool.fetchrow(PLANNED, subject)
    assert row is not None
    return row["starts"], row["ends"]


async def records(pool: Pool) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch("select * from zone_change order by became")]


async def test_a_promise_and_its_period_keep_their_local_times(pool: Pool, laws: Laws) -> None:
    await edmonton(pool, 2, 2, 4)
    before = await reserve(pool, 1, starts=SEVEN)
    laws.say(AFTER)
    assert wall(before.starts) == "03 20:00"
    assert await keep_local_times(pool, CLOCK) == 2
    after = await promise(pool, before.reservation_id)
    assert (wall(after.starts), after.tables, after.exposed) == ("03 19:00", before.tables, False)
    assert (after.starts, after.ends) == (before.starts - HOUR, before.ends - HOUR)
    assert await opening(pool, after) == OPENS - HOUR
    assert await planned(pool, after.reservation_id) == (after.starts, after.ends)


async def test_what_was_moved_is_recorded_and_moved_once(pool: Pool, laws: Laws) -> None:
    await edmonton(pool, 2)
    before = await reserve(pool, 1, starts=SEVEN)
    laws.say(AFTER)
    starting = [keep_local_times(pool, CLOCK) for _ in range(3)]  # as many processes
    assert sorted(await asyncio.gather(*starting)) == [0, 0, 2]
    period, party = await records(pool)
    assert (period["kind"], period["subject"]) == ("period", "2027-03-03.dinner")
    assert (period["was"], period["became"]) == (OPENS, OPENS - HOUR)
    assert (party["kind"], party["subject"]) == ("reservation", str(before.reservation_id))
    assert (party["was"], party["became"]) == (SEVEN, SEVEN - HOUR)
    assert str(party["local_time"]) == "2027-03-03 19:00:00"
    assert (party["zone"], party["rules"][:7]) == ("America/Edmonton", "tzdata ")


async def test_rules_that_say_the_same_move_nothing(pool: Pool, laws: Laws) -> None:
    await edmonton(pool, 2)
    before = await reserve(pool, 1, starts=SEVEN)
    laws.say("MST7")  # the same on that evening
    assert await keep_local_times(pool, CLOCK) == 0
    assert await promise(pool, before.reservation_id) == before
    assert await records(pool) == []


async def test_held_tables_slot_holds_blocks_and_levers_follow(pool: Pool, laws: Laws) -> None:
    await edmonton(pool, 2, 2, 2)
    held, block = uuid4(), uuid4()
    await reserve(pool, 1, starts=OPENS)
    await pool.execute(NEW_HELD, VENUE, held, SEVEN, SEVEN + HOUR, OPENS)
    await pool.execute(NEW_BLOCK, VENUE, block, OPENS, SEVEN)
    await pool.execute(NEW_LEVER, VENUE, uuid4(), SEVEN)
    client, _ = await new_site(pool)
    wish = HoldRequest(party_size=2, starts=SEVEN + 2 * HOUR)
    kept = await run(pool, lambda conn: hold_slot(conn, VENUE, wish, site(client), CLOCK))
    assert isinstance(kept, ClientSlotHold)
    laws.say(AFTER)
    assert await keep_local_times(pool, CLOCK) == 2
    assert await planned(pool, held) == (SEVEN - HOUR, SEVEN)
    assert await planned(pool, block) == (OPENS - HOUR, SEVEN - HOUR)
    assert await planned(pool, kept.slot_hold_id) == (kept.starts - HOUR, kept.ends - HOUR)
    assert await pool.fetchval("select release_at from held_table") == OPENS - HOUR
    assert await pool.fetchval("select ends from block") == SEVEN - HOUR
    assert await pool.fetchval("select until from lever") == SEVEN - HOUR
    assert await pool.fetchval("select starts from slot_hold") == kept.starts - HOUR


async def test_parties_one_after_the_other_pass_each_other(pool: Pool, laws: Laws) -> None:
    """Also two of one guest: neither plan nor the rule on duplicates is in the way."""
    await edmonton(pool, 2)
    turns = [await reserve(pool, 1, starts=OPENS + n * timedelta(minutes=90)) for n in range(3)]
    laws.say("PST8")  # an hour later: each first meets the next
    assert await keep_local_times(pool, CLOCK) == 4
    after = [await promise(pool, each.reservation_id) for each in turns]
    assert [each.starts for each in after] == [each.starts + HOUR for each in turns]
    assert [each.tables for each in after] == [("1",)] * 3
    assert not any(each.duplicate_allowed or each.exposed for each in after)


async def test_a_promise_of_older_code_moves_with_its_period(pool: Pool, laws: Laws) -> None:
    await edmonton(pool, 2)
    before = await reserve(pool, 1, starts=SEVEN)
    await pool.execute("update reservation set local_start = null")
    laws.say(AFTER)
    assert await keep_local_times(pool, CLOCK) == 2
    after = await promise(pool, before.reservation_id)
    assert wall(after.starts) == "03 19:00"
    assert str(await pool.fetchval("select local_start from reservation")) == "2027-03-03 19:00:00"


async def test_a_local_time_not_stored_yet_is_noted_at_the_next_start(
    pool: Pool, laws: Laws
) -> None:
    await edmonton(pool, 2)
    before = await reserve(pool, 1, starts=SEVEN)
    await pool.execute("update reservation set local_start = null")
    assert await keep_local_times(pool, CLOCK) == 0
    assert str(await pool.fetchval("select local_start from reservation")) == "2027-03-03 19:00:00"
    laws.say(AFTER)
    await keep_local_times(pool, CLOCK)
    assert (await promise(pool, before.reservation_id)).version == before.version + 1


async def test_a_local_time_is_written_where_its_instant_is_and_only_then(
    pool: Pool, laws: Laws
) -> None:
    await edmonton(pool, 2)
    before = await reserve(pool, 1, starts=SEVEN)

    async def ask(**wish: Any) -> str:  # noqa: ANN401
        key, one = before.reservation_id, Change(**wish)
        await run(pool, lambda conn: change(conn, VENUE, key, one, HOST, CLOCK, version=None))
        return str(await pool.fetchval("select local_start from reservation"))

    assert await ask(starts=SEVEN + HOUR) == "2027-03-03 20:00:00"
    laws.say(AFTER)
    assert await ask(notes="by the window") == "2027-03-03 20:00:00"


@pytest.mark.parametrize(("seats", "exposed"), [((2, 2), 0), ((2,), 1)])
async def test_an_hour_lost_to_a_law_is_planned_anew(
    pool: Pool, laws: Laws, seats: tuple[int, ...], exposed: int
) -> None:
    """Clocks were to go back at 20:00; now 20:00 comes an hour sooner, into the turn before."""
    laws.say("AAA8BBB7,J1/0,J62/20")
    await edmonton(pool, *seats)
    first = await reserve(pool, 1, starts=SEVEN)  # 19:00, which comes twice
    second = await reserve(pool, 2, starts=OPENS + 3 * HOUR)  # 20:00
    assert (wall(first.starts), wall(second.starts)) == ("03 19:00", "03 20:00")
    await pool.execute("update intention set table_id = '1'")
    laws.say("BBB7")
    assert await keep_local_times(pool, CLOCK) == 2
    after = [await promise(pool, each.reservation_id) for each in (first, second)]
    assert [wall(each.starts) for each in after] == ["03 19:00", "03 20:00"]
    assert after[0].starts == first.starts
    assert sum(each.exposed for each in after) == exposed
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == exposed


async def test_a_site_is_sent_the_new_instant_and_that_the_local_time_is_the_same(
    pool: Pool, laws: Laws
) -> None:
    await edmonton(pool, 2)
    client, _ = await new_site(pool)
    made = await booked(pool, order(1, starts=SEVEN), site(client))
    laws.say(AFTER)
    await keep_local_times(pool, CLOCK)
    row = await pool.fetchrow(
        "select subject, version, data::text from outbox where event = 'reservation.changed'"
    )
    assert row is not None
    data = json.loads(row["data"])
    assert (row["subject"], row["version"]) == (str(made.reservation.reservation_id), 2)
    assert (data["types"], data["same_local_time"]) == (["reservation.changed"], True)
    assert datetime.fromisoformat(data["start"]) == SEVEN - HOUR


async def test_a_house_file_with_another_zone_keeps_local_times_too(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))  # in Berlin
    before = await reserve(pool, 1, starts=BERLIN_SEVEN)
    last = await reserve(pool, 2, starts=BERLIN_SEVEN + 3 * HOUR)  # at the last seating
    await load_house(pool, house_text(2, 2).replace("Europe/Berlin", "Europe/Lisbon"), CLOCK)
    after = [await promise(pool, each.reservation_id) for each in (before, last)]
    assert [each.starts for each in after] == [before.starts + HOUR, last.starts + HOUR]
    assert [each.tables for each in after] == [before.tables, last.tables]
    assert await opening(pool, before) == BERLIN_SEVEN
    assert await keep_local_times(pool, CLOCK) == 0
