"""What a report is asked: dates, a weekday, a period, a language; what there is not is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from seating.errors import Invalid, NotFound
from seating.reports.asking import Asked
from tests.support.house import VENUE, house_text, open_house
from tests.support.recounted import covers, visits
from tests.support.reported_book import TODAY
from tests.support.reports import ASKED, behind, told, totals

if TYPE_CHECKING:
    from seating.db import Pool
    from tests.support.reported_book import Book

TODAY_AT_SIX = {
    "2026-10-23": datetime(2026, 10, 23, 16, 0, tzinfo=UTC),
    "2026-10-26": datetime(2026, 10, 26, 17, 0, tzinfo=UTC),
}
"""Six in Berlin, before and after its clocks were set back."""
PULL = """
insert into lever (venue_id, lever_id, action_id, kind, engaged, from_date, until_date, periods,
                   pulled_at)
values ($1, gen_random_uuid(), gen_random_uuid(), $2, $3, $4, $4, $5, now())
"""


async def test_dates_a_weekday_and_a_period_narrow_a_report(pool: Pool, book: Book) -> None:
    day = TODAY - timedelta(days=3)
    one = await told(pool, "covers-day", Asked(first=day, last=day))
    assert [row.key for row in one.rows] == [str(day)]
    assert totals(one)["covers"] == covers([row for row in visits(book) if book.on(row) == day])
    weekday = day.isoweekday()
    few = await told(pool, "covers-day", Asked(first=ASKED.first, last=ASKED.last, weekday=weekday))
    days = {row["service_date"] for row in book.of("period")}
    same = {str(each) for each in days if each.isoweekday() == weekday}
    assert {row.key for row in few.rows} == same
    assert few.nights == len(same)
    none = await told(pool, "turnaways", Asked(first=day, last=day, period="lunch"))
    assert (none.cases, none.rows) == (0, ())
    with pytest.raises(Invalid, match="Monday"):
        await told(pool, "covers-day", Asked(first=day, last=day, weekday=8))


async def test_times_are_those_of_the_venues_clocks_on_both_sides_of_a_change(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    for day in ("2026-10-23", "2026-10-26"):
        await pool.execute(
            "insert into period (venue_id, period_id, service_date, name, opens, last_seating,"
            " closes, house_version) values ($1, $2, $2::text::date, 'dinner', $3::timestamptz,"
            " $3 + interval '4 hours', $3 + interval '6 hours', 1)",
            VENUE,
            day,
            TODAY_AT_SIX[day],
        )
        await pool.execute(
            "insert into seating (venue_id, seating_id, period_id, state, party_size, seated_at,"
            " expected_end, counted_at)"
            " values ($1, gen_random_uuid(), $2, 'seated', 2, $3, $3, $3)",
            VENUE,
            day,
            TODAY_AT_SIX[day] + timedelta(minutes=50),
        )
    first, last = (date.fromisoformat(day) for day in TODAY_AT_SIX)
    report = await told(pool, "covers-time", Asked(first=first, last=last))
    assert [(row.label, row.figures[0].value) for row in report.rows] == [("18:45", 2)]


async def test_a_share_of_few_cases_is_told_as_the_cases_it_is(pool: Pool, book: Book) -> None:
    day = ASKED.last
    few = await told(pool, "bookings", Asked(first=day, last=day))
    share = few.total[4]
    assert few.cases == len([row for row in book.of("reservation") if book.on(row) == day]) < 10
    assert share.value is not None
    assert (share.low, share.high) == (None, None)
    assert "too few to say more" in few.says
    many = await told(pool, "bookings")
    assert many.total[4].low is not None


async def test_levers_that_were_pulled_on_its_days_are_noted_where_they_move_the_figures(
    pool: Pool,
    book: Book,  # noqa: ARG001 - there are evenings
) -> None:
    for kind, engaged, back, periods in (
        ("online_paused", True, 3, []),
        ("online_paused", True, 5, ["dinner"]),
        ("online_paused", True, 5, []),
        ("close_early", True, 2, []),
        ("pace", True, 4, ["lunch"]),
        ("last_orders", False, 4, []),
        ("seating_stopped", True, 30, []),
    ):
        day = TODAY - timedelta(days=back)
        await pool.execute(PULL, VENUE, kind, engaged, day, periods)
    noted = (await told(pool, "turnaways")).notes
    assert noted == ("Levers pulled: online booking paused on 2 days and closed early on one day.",)
    assert (await told(pool, "gestures")).notes == ()
    one = TODAY - timedelta(days=2)
    assert (await told(pool, "turnaways", Asked(first=one, last=one))).notes == (
        "Levers pulled: closed early on one day.",
    )


async def test_a_report_is_told_in_the_language_asked_for(pool: Pool, book: Book) -> None:
    asked = Asked(first=ASKED.first, last=ASKED.last, language="ru")
    report = await told(pool, "turnaways", asked)
    assert report.title == "Отказы по причинам"
    assert f"Отказали {len(book.of('turnaway'))} компаниям" in report.says
    assert "Нет подходящего стола" in {row.label for row in report.rows}


async def test_what_there_is_not_is_said(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    with pytest.raises(NotFound, match="weather"):
        await told(pool, "weather")
    with pytest.raises(NotFound, match="no column"):
        await behind(pool, "bookings", "sunshine")
    empty = await told(pool, "bookings")
    assert empty.says == "No service in these days yet."
    assert empty.rows == ()
