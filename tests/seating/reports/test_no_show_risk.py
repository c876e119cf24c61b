"""Chances of a no-show, as they were believed before each evening, against what happened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from policies.forecast.forecast import Forecast
from policies.forecast.miss_odds import MissOdds, miss_chance
from policies.house.channels import STAFF
from tests.support.house import VENUE
from tests.support.reported_book import TODAY
from tests.support.reports import behind, told, totals

if TYPE_CHECKING:
    from datetime import date

    from seating.db import Pool
    from tests.support.reported_book import Book, Row

LESSON = """
insert into lesson (venue_id, service_date, made_at) values ($1, $2, now()) on conflict do nothing
"""
BELIEF = """
insert into belief (venue_id, period_name, weekday, service_date, forecast, nights)
values ($1, 'dinner', $2, $3, $4::jsonb, 3)
"""
RESOLVED = ("finished", "walked", "no_show")
ODDS = MissOdds(
    level=-2.2,
    lead=0.35,
    soon=-0.4,
    sizes=(0.6, 0.1, -0.1, -0.3),
    hour=0.15,
    hour_squared=-0.04,
    channels={"partner": 0.3, "phone": -0.5},
)
LEARNED = TODAY - timedelta(days=8)
"""The date of the lesson: the evenings after it had one before them."""


async def believe(pool: Pool, day: date, forecast: Forecast) -> None:
    await pool.execute(LESSON, VENUE, day)
    for weekday in range(1, 8):
        text = msgspec.json.encode(forecast).decode()
        await pool.execute(BELIEF, VENUE, weekday, day, text)


def chance(book: Book, row: Row) -> float:
    opens = book.of("period", period_id=row["period_id"])[0]["opens"]
    return miss_chance(
        ODDS,
        row["channel"],
        party_size=row["party_size"],
        lead_days=(row["starts"] - row["created_at"]) / timedelta(days=1),
        hours=(row["starts"] - opens) / timedelta(hours=1),
    )


def resolved(book: Book) -> list[Row]:
    return [row for row in book.of("reservation") if row["state"] in RESOLVED]


async def test_each_booking_is_told_the_chance_that_the_decisions_reckoned_with(
    pool: Pool, book: Book
) -> None:
    await believe(pool, LEARNED, Forecast(missed=ODDS))
    await believe(pool, TODAY, Forecast(no_show_online=1.0, no_show_phone=1.0))
    wanted = {
        row["reservation_id"]: pytest.approx(chance(book, row), abs=1e-9)
        for row in resolved(book)
        if book.on(row) > LEARNED
    }
    cases = await behind(pool, "no-show-risk", "believed_mean")
    assert {case.id: case.figure for case in cases.shown} == wanted
    assert len({round(case.figure or 0.0, 6) for case in cases.shown}) > 20
    report = totals(await told(pool, "no-show-risk"))
    missed = [row for row in resolved(book) if row["state"] == "no_show"]
    assert report["missed"] == len(missed)
    assert report["missed_told"] == len([row for row in missed if book.on(row) > LEARNED])
    assert report["believed_mean"] == pytest.approx((report["expected_misses"] or 0) / len(wanted))


async def test_the_tenths_go_from_the_least_likely_and_those_of_no_lesson_stand_apart(
    pool: Pool, book: Book
) -> None:
    await believe(pool, LEARNED, Forecast(missed=ODDS))
    report = await told(pool, "no-show-risk")
    assert [row.key for row in report.rows] == [*map(str, range(1, 11)), "unknown"]
    chances = [row.figures[5].value for row in report.rows[:10]]
    assert chances == sorted(chances, key=lambda each: each or 0.0)
    counts = [row.figures[0].value or 0 for row in report.rows[:10]]
    assert max(counts) - min(counts) <= 1
    shares = [row.figures[6] for row in report.rows]
    assert all((each.low is not None) == ((each.of or 0) >= 10) for each in shares)
    before = [row for row in resolved(book) if book.on(row) <= LEARNED]
    assert report.rows[10].figures[0].value == len(before)


async def test_before_a_model_is_fitted_the_chance_is_that_of_the_channel(
    pool: Pool, book: Book
) -> None:
    await believe(pool, LEARNED, Forecast(no_show_online=0.125, no_show_phone=0.0625))
    cases = await behind(pool, "no-show-risk", "believed_mean")
    channel = {row["reservation_id"]: row["channel"] for row in book.of("reservation")}
    wanted = {each: 0.0625 if of in STAFF else 0.125 for each, of in channel.items()}
    assert {case.figure for case in cases.shown} == {0.0625, 0.125}
    assert all(case.figure == wanted[case.id] for case in cases.shown)
