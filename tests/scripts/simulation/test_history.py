"""The history that the demo begins with: dates that move along, rows that fit today's schema."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from scripts.demo import HOUSE
from scripts.simulation.history.copying import history_of, load_history
from scripts.simulation.history.kept import (
    History,
    TableRows,
    as_postgres,
    file_of,
    last_before,
    read_history,
    write_history,
)
from scripts.simulation.history.rows import Dates, OddInstantError
from scripts.simulation.history.season import SeasonPlan
from scripts.simulation.history.tables import EMPTIED, KEPT, LEFT_OUT
from scripts.simulation.written_house import read_house
from seating.clock import MovableClock
from seating.door.journal import read_journal
from seating.house.loading import load_house
from tests.support.database import owner_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from seating.db import Pool

BERLIN = ZoneInfo("Europe/Berlin")
SUMMER, WINTER = date(2026, 9, 27), date(2026, 12, 6)
HOUSE_READ = read_house(HOUSE)
MOST_BYTES = 3_000_000
LEAST_EVENINGS = 90
"""What a full run keeps: a quarter of a year."""

OF_A_VENUE = """
select table_name::text from information_schema.columns
where column_name = 'venue_id' and table_schema = 'public'
"""
COLUMNS = """
select table_name || '.' || column_name from information_schema.columns
where table_schema = 'public'
"""
PERIODS = "select service_date, closed_at is not null as closed from period where venue_id = $1"
UNKEPT = """
select count(*) from reservation r where r.venue_id = $1 and r.state = 'finished'
  and not exists (select from seating s where s.venue_id = $1
                  and s.reservation_id = r.reservation_id and s.period_id = r.period_id)
"""
LATEST = """
select greatest(
    (select max(updated_at) from reservation where venue_id = $1),
    (select max(cleared_at) from seating where venue_id = $1),
    (select max(at) from action where venue_id = $1),
    (select max(at) from turnaway where venue_id = $1))
"""
STRANGERS = """
select count(*) from reservation r where r.venue_id = $1 and r.client_id is not null
  and not exists (select from client_venue c
                  where c.venue_id = $1 and c.client_id = r.client_id)
"""
OPEN_TO_NOBODY = "select count(*) from access_token"


def test_a_clock_on_the_wall_shows_the_same_after_the_change_of_clocks() -> None:
    line = "2026-09-26 23:30:00+00\t2026-09-26\t2026-09-26 18:00:00.25+00\t2026-09-26.dinner"
    kept = Dates(SUMMER, BERLIN).relative(line)
    assert "2026" not in kept
    moved = Dates(WINTER, BERLIN).absolute(kept)
    assert moved == (
        "2026-12-06 00:30:00+00\t2026-12-05\t2026-12-05 19:00:00.25+00\t2026-12-05.dinner"
    )
    assert Dates(SUMMER, BERLIN).absolute(kept) == line


def test_a_night_of_the_change_of_clocks_keeps_the_order_of_what_happened() -> None:
    evening = datetime(2026, 9, 26, 18, tzinfo=UTC)
    told = [as_postgres(evening + timedelta(minutes=30 * step)) for step in range(24)]
    there = Dates(date(2026, 10, 25), BERLIN)
    moved = [there.absolute(Dates(SUMMER, BERLIN).relative(each)) for each in told]
    assert moved == sorted(moved)
    assert moved[:2] == ["2026-10-24 18:00:00+00", "2026-10-24 18:30:00+00"]


@pytest.mark.parametrize(
    "written", ["2026-09-26T18:00:00Z", "2026-09-26T18:00:00+00:00", "2026-09-26T20:00:00+02:00"]
)
def test_an_instant_in_a_document_is_written_as_it_was(written: str) -> None:
    dates = Dates(SUMMER, BERLIN)
    assert dates.relative(written).startswith("@-1,")
    assert dates.absolute(dates.relative(written)) == written


def test_an_instant_of_another_zone_is_refused() -> None:
    with pytest.raises(OddInstantError, match=r"2026-09-26T18:00:00\+05:00"):
        Dates(SUMMER, BERLIN).relative('{"at": "2026-09-26T18:00:00+05:00"}')


@pytest.mark.parametrize("ahead", range(7))
def test_it_ends_on_its_weekday_in_the_week_before(ahead: int) -> None:
    history = History(venue="bistro", last=SUMMER, until="", clients=[])
    today = WINTER + timedelta(days=ahead)
    last = last_before(history, today)
    assert last.weekday() == SUMMER.weekday()
    assert timedelta(0) < today - last <= timedelta(days=7)


def test_a_season_has_only_dates_on_which_the_house_opens() -> None:
    plan = SeasonPlan(house=HOUSE_READ, last=SUMMER, dates=90)
    days = [hours.day for hours in plan.evenings]
    assert len(days) == 90
    assert days[-1] == SUMMER
    assert {day.isoweekday() for day in days} == {2, 3, 4, 5, 6, 7}


@pytest.mark.asyncio(loop_scope="session")
async def test_each_table_of_a_venue_is_history_or_left_out(schema: Pool) -> None:
    tables = {row["table_name"] for row in await schema.fetch(OF_A_VENUE)}
    assert set(KEPT) | LEFT_OUT == tables
    assert not set(KEPT) & LEFT_OUT
    columns = {row[0] for row in await schema.fetch(COLUMNS)}
    assert {f"{table}.{column}" for table, column in EMPTIED} <= columns


async def test_the_demo_begins_with_what_its_house_lived_through(database: str, pool: Pool) -> None:
    history = read_history(file_of(HOUSE))
    assert history.evenings >= LEAST_EVENINGS
    assert file_of(HOUSE).stat().st_size <= MOST_BYTES
    await load_house(pool, HOUSE_READ.text, MovableClock())
    last = await load_history(owner_of(database), history, HOUSE_READ, WINTER)
    assert last is not None
    assert last == last_before(history, WINTER)
    assert last.weekday() == history.last.weekday()
    venue = HOUSE_READ.venue
    periods = await pool.fetch(PERIODS, venue)
    assert len({row["service_date"] for row in periods}) == history.evenings
    assert {row["service_date"].isoweekday() for row in periods} == {2, 3, 4, 5, 6, 7}
    assert max(row["service_date"] for row in periods) == last
    assert all(row["closed"] for row in periods)
    for each in history.tables:
        count = f"select count(*) from {each.table} where venue_id = $1"
        assert await pool.fetchval(count, venue) == len(each.lines), each.table
    assert await pool.fetchval(UNKEPT, venue) == 0
    assert await pool.fetchval(STRANGERS, venue) == 0
    assert await pool.fetchval(OPEN_TO_NOBODY) == 0
    async with pool.acquire() as conn:
        now = await MovableClock().now(conn)
        assert now >= await conn.fetchval(LATEST, venue)
        read = await read_journal(conn, venue, last, MovableClock())
    assert read.items
    assert all(each.said for each in read.items)
    await says_the_same_again(database, history, now)
    assert await load_history(owner_of(database), history, HOUSE_READ, WINTER) is None


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    history = read_history(file_of(HOUSE))
    short = replace(
        history, tables=[replace(each, lines=each.lines[:20]) for each in history.tables]
    )
    assert write_history(tmp_path / "short", short) == (tmp_path / "short").stat().st_size
    assert read_history(tmp_path / "short") == short


async def says_the_same_again(database: str, history: History, now: datetime) -> None:
    """What was loaded is what is kept: copied out once more it is the same history."""
    moved = last_before(history, WINTER)
    again = await history_of(owner_of(database), HOUSE_READ, moved, now)
    assert again.until == history.until
    tables = {each.table: each for each in again.tables}
    for other in history.tables:
        one = tables.pop(other.table)
        assert of_columns(one, other.columns) == sorted(other.lines), one.table
    assert not any(each.lines for each in tables.values()), "later migrations have added these"


def of_columns(rows: TableRows, wanted: Sequence[str]) -> list[str]:
    """The rows with these columns alone: later migrations have added some."""
    places = [rows.columns.index(name) for name in wanted]
    cells = (line.split("\t") for line in rows.lines)
    return sorted("\t".join(each[place] for place in places) for each in cells)
