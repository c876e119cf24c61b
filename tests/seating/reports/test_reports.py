"""Every report against a book whose rows are known, each figure counted again from these."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from policies.words.catalogue import is_written
from seating.db import run
from seating.errors import Invalid, NotFound
from seating.reports.asking import Asked
from seating.reports.behind import behind_figure
from seating.reports.exporting import file_name, report_csv
from seating.reports.registry import REPORTS
from seating.reports.telling import report_told
from tests.support.house import CLOCK, VENUE, house_text, open_house
from tests.support.reported_book import TODAY, reported_book

if TYPE_CHECKING:
    from collections.abc import Callable

    from policies.reports.figures import ReportFigure
    from seating.db import Pool
    from seating.reports.behind import ReportCases
    from seating.reports.telling import ReportColumn, ReportTold
    from tests.support.reported_book import Book, Row

Counted = dict[str, float]
TODAY_AT_SIX = {
    "2026-10-23": datetime(2026, 10, 23, 16, 0, tzinfo=UTC),
    "2026-10-26": datetime(2026, 10, 26, 17, 0, tzinfo=UTC),
}
"""Six in Berlin, before and after its clocks were set back."""
ASKED = Asked(first=TODAY - timedelta(days=12), last=TODAY - timedelta(days=1))


@pytest.fixture
async def book(pool: Pool) -> Book:
    await open_house(pool, house_text(2, 2, 2, 4))
    return await reported_book(pool)


async def told(pool: Pool, key: str, asked: Asked = ASKED) -> ReportTold:
    return await run(pool, lambda conn: report_told(conn, VENUE, key, asked, CLOCK))


async def behind(
    pool: Pool, key: str, column: str, row: str | None = None, asked: Asked = ASKED
) -> ReportCases:
    return await run(pool, lambda conn: behind_figure(conn, VENUE, key, column, row, asked, CLOCK))


BY_A_PERSON = """
update reservation set risk = null, overruled_why = 'friends'
where venue_id = $1 and reservation_id = $2
"""


def totals(report: ReportTold) -> dict[str, float | None]:
    """The figures of all cases; what is told of no more than each row, added up."""
    rows = [[each.value or 0.0 for each in row.figures] for row in report.rows]
    return {
        column.key: sum(row[at] for row in rows) if of.anew else figure.value
        for at, (column, of, figure) in enumerate(
            zip(report.columns, REPORTS[report.key].columns, report.total, strict=True)
        )
    }


def visits(book: Book) -> list[Row]:
    return [*book.of("reservation", state="finished"), *book.of("seating", reservation_id=None)]


def covers(rows: list[Row]) -> int:
    return sum(row["party_size"] for row in rows)


def minutes(row: Row, since: str, until: str) -> float:
    return float((row[until] - row[since]) / timedelta(minutes=1))


def seated_at(book: Book, promise: Row) -> Row | None:
    found = book.of("seating", reservation_id=promise["reservation_id"])
    return found[0] if found else None


def waited(book: Book, promise: Row) -> float:
    sat = seated_at(book, promise)
    return (sat["seated_at"] - promise["starts"]) / timedelta(minutes=1) if sat else 0.0


def checks(book: Book) -> Counted:
    rows = book.of("till_check")
    takings, guests = sum(row["total"] for row in rows), sum(row["covers"] for row in rows)
    return {
        "checks": len(rows),
        "takings": takings,
        "per_check": takings / len(rows),
        "per_guest": takings / guests,
    }


def parties(book: Book) -> Counted:
    return {"parties": len(visits(book)), "covers": covers(visits(book))}


def given(book: Book) -> Counted:
    taken = [
        row["party_id"]
        for state in ("accepted", "delivered")
        for row in book.of("gesture", state=state, amends=False)
    ]
    return {"parties": len(visits(book)), "received": len(set(taken))}


def fates(book: Book) -> Counted:
    booked, missed = book.of("reservation"), book.of("reservation", state="no_show")
    cancelled = book.of("reservation", state="cancelled")
    return {
        "booked": len(booked),
        "covers": covers(booked),
        "missed": len(missed),
        "missed_share": len(missed) / (len(booked) - len(cancelled)),
        "cancelled_share": len(cancelled) / len(booked),
    }


def turned_away(book: Book) -> Counted:
    rows = book.of("turnaway")
    recovered = [row for row in rows if row["recovered_at"]]
    return {
        "parties": len(rows),
        "denied": len(book.of("turnaway", kind="denial")),
        "recovered": len(recovered),
        "recovered_share": len(recovered) / len(rows),
    }


def beyond(book: Book) -> Counted:
    rows = book.of("reservation", kind="overbooked")
    came = [row for row in rows if row["state"] in {"finished", "walked"}]
    late = [row for row in came if row["state"] == "walked" or waited(book, row) > 10]
    expected = sum(row["risk"]["told"]["own_wait"] for row in came)
    return {
        "beyond": len(rows),
        "came": len(came),
        "told_waits": expected,
        "waited_told": len(late),
        "waited_long": len(late),
    }


def gestures(book: Book) -> Counted:
    alive = [
        row for row in book.of("gesture") if row["state"] in {"offered", "accepted", "delivered"}
    ]
    return {
        "offered": len(book.of("gesture")),
        "delivered": len(book.of("gesture", state="delivered")),
        "forgotten": len(book.of("gesture", state="expired")),
        "cost": sum(row["cost"] for row in alive),
    }


def claims(book: Book) -> Counted:
    rows = book.of("gesture", kind="claim", state="delivered")
    return {"claims": len(rows), "cost": sum(row["cost"] for row in rows)}


def held(book: Book) -> Counted:
    rows = book.of("held_table")
    timely = book.of("held_table", state="released", ended_by=None)
    granted = book.of("held_table", state="granted")
    sat = {str(row["seating_id"]): row["party_size"] for row in book.of("seating")}
    used = [row for row in granted if row["ended_for"]]
    return {
        "held": len(rows),
        "released_in_time": len(timely),
        "gave_way": len(book.of("held_table", state="cancelled")),
        "used": len(used),
        "earned": sum(5000 * sat[row["ended_for"]["id"]] for row in used),
    }


def quotes(book: Book) -> Counted:
    sat = book.of("wait_entry", state="seated")
    kept = [row for row in sat if minutes(row, "joined_at", "ended_at") <= row["quoted_minutes"]]
    return {"quoted": len(sat), "kept": len(kept), "kept_share": len(kept) / len(sat)}


def waits(book: Book) -> Counted:
    rows = book.of("wait_entry")
    return {"parties": len(rows), "gave_up": len(book.of("wait_entry", state="left"))}


def promised(book: Book) -> Counted:
    walked = book.of("reservation", state="walked")
    late = [row for row in book.of("reservation", state="finished") if waited(book, row) > 10]
    return {"walked": len(walked), "waited_long": len(walked) + len(late)}


def shown(book: Book) -> Counted:
    living = [row for row in book.of("reservation") if row["state"] != "cancelled"]
    known = {row["reservation_id"] for row in book.of("acknowledgement")}
    return {
        "booked": len(living),
        "shown": len([row for row in living if row["reservation_id"] in known]),
    }


def asked_for(book: Book) -> Counted:
    wished = [row for row in book.of("reservation") if row["special_request"]]
    return {"asked_for": len(wished)}


def referred(book: Book) -> Counted:
    rows = book.of("reservation", referral_code="OPERA")
    came = [row for row in rows if row["state"] == "finished"]
    return {"booked": len(rows), "came": len(came), "came_covers": covers(came)}


def tagged(book: Book) -> Counted:
    living = [row for row in book.of("reservation") if row["state"] != "cancelled"]
    return {"booked": sum(bool(row["tags"]) + bool(row["guest_id"]) for row in living)}


def complaints(book: Book) -> Counted:
    paid = book.of("gesture", kind="refund", state="delivered")
    return {
        "complained": len(book.of("complaint")),
        "refunded": len(paid),
        "refund_median": 9.0,
        "cost": sum(row["cost"] for row in paid),
    }


def rescues(book: Book) -> Counted:
    return {
        "listed": len(book.of("rescue_option")),
        "taken": len(book.of("rescue_option", state="taken")),
    }


def partners(book: Book) -> Counted:
    return {
        "listed": len(book.of("turnaway")),
        "taken": len(book.of("turnaway", recovered_how="partner")),
    }


def answers(book: Book) -> Counted:
    said = {row["turnaway_id"] for row in book.of("answer_given")}
    sent = book.of("turnaway", recovered_how="partner")
    return {
        "answered": len(said),
        "sent_on": len([row for row in sent if row["turnaway_id"] in said]),
    }


def calls(book: Book) -> Counted:
    rows = book.of("alert")
    return {"called": len(rows), "taken": len([row for row in rows if row["taken_at"]])}


def sittings(book: Book) -> Counted:
    rows = book.of("seating")
    return {
        "sittings": len(rows),
        "covers": covers(rows),
    }


def stays(book: Book) -> Counted:
    rows = [minutes(row, "seated_at", "cleared_at") for row in cleared_in_time(book)]
    return {"stay_mean": sum(rows) / len(rows)}


def cleared_in_time(book: Book) -> list[Row]:
    ends = {row["period_id"]: row["closed_at"] for row in book.of("period")}
    return [row for row in book.of("seating") if row["cleared_at"] < ends[row["period_id"]]]


def present(book: Book) -> Counted:
    """Guests at table, seen every quarter of an hour from the opening on."""
    seen = 0
    for period in book.of("period"):
        for quarter in range(24):
            at = period["opens"] + timedelta(minutes=15 * quarter)
            seen += covers(
                [
                    row
                    for row in book.of("seating", period_id=period["period_id"])
                    if row["seated_at"] <= at < row["cleared_at"]
                ]
            )
    return {"present": seen / 12}


def asked(book: Book) -> Counted:
    states = [row["state"] for row in book.of("approval")]
    return {"asked": 12, "approved": states.count("approved"), "answer_median": 3.0}


def units(book: Book) -> Counted:
    rows = book.of("gesture", kind="spend_linked")
    return {"units": 2 * len([row for row in rows if row["state"] == "delivered"])}


def searches(book: Book) -> Counted:
    return {"searches": sum(row["searches"] for row in book.of("search_in_vain"))}


def came_again(book: Book) -> Counted:
    known = [row for row in book.of("reservation", state="finished") if row["guest_id"]]
    return {"visits": len(known), "followed": 0}


def tips(book: Book) -> Counted:
    paid = {row["seating_id"] for row in book.of("till_check")}
    return {"tipped": len(paid), "tip_share": 0.05}


COUNTED: dict[str, Callable[[Book], Counted]] = {
    "covers-channel": parties,
    "covers-time": parties,
    "covers-day": parties,
    "covers-weekday": parties,
    "stays": stays,
    "occupancy": present,
    "tables": sittings,
    "checks": checks,
    "checks-channel": checks,
    "servers": sittings,
    "received": given,
    "received-size": given,
    "bookings": fates,
    "bookings-lead": fates,
    "bookings-day": fates,
    "sites": lambda _: {"booked": 0},
    "promised-waits": promised,
    "rules-shown": shown,
    "regulars": tagged,
    "wishes": asked_for,
    "referrals-in": referred,
    "came-again": came_again,
    "turnaways": turned_away,
    "turnaways-channel": turned_away,
    "searches": searches,
    "rescues": rescues,
    "calls": calls,
    "playbook": answers,
    "partners-out": partners,
    "waitlist": waits,
    "quotes": quotes,
    "held": held,
    "overbooking": beyond,
    "told-risk": beyond,
    "gestures": gestures,
    "gestures-person": gestures,
    "gestures-cause": gestures,
    "approvals": asked,
    "complaints": complaints,
    "tips": tips,
    "spend-linked": units,
    "claims-guest": claims,
    "claims-person": claims,
}


def test_there_is_a_report_for_each_observation_that_the_book_keeps() -> None:
    told_of = {report.observation for report in REPORTS.values()}
    assert told_of - {""} == {f"R{number}" for number in range(1, 19)}


async def test_every_figure_is_what_the_rows_say(pool: Pool, book: Book) -> None:
    assert COUNTED.keys() == REPORTS.keys()
    wrong = {}
    for key, count in COUNTED.items():
        found, wanted = totals(await told(pool, key)), count(book)
        shown = {column: found[column] for column in wanted}
        if shown != pytest.approx(wanted, abs=1e-6):
            wrong[key] = shown, wanted
    assert wrong == {}


async def test_guests_seen_at_table_every_quarter_are_not_added_up(pool: Pool, book: Book) -> None:
    found = await told(pool, "occupancy")
    assert present(book)["present"]
    assert [(each.value, column.adds_up) for each, column in _in_all(found)] == [(None, False)] * 2


async def test_what_was_told_is_held_against_those_it_was_told_of(pool: Pool, book: Book) -> None:
    rows = [row for row in book.of("reservation", kind="overbooked") if row["state"] == "walked"]
    before = totals(await told(pool, "told-risk"))
    await pool.execute(BY_A_PERSON, VENUE, rows[0]["reservation_id"])
    found = await told(pool, "told-risk")
    after = totals(found)
    assert after["waited_long"] == before["waited_long"] == (before["waited_told"] or 0)
    assert after["waited_told"] == (before["waited_told"] or 0) - 1
    share = next(each for each, column in _in_all(found) if column.key == "waited_share")
    assert share.of == (after["came"] or 0) - 1


def _in_all(report: ReportTold) -> list[tuple[ReportFigure, ReportColumn]]:
    return list(zip(report.total, report.columns, strict=True))


async def test_rows_add_up_and_what_is_behind_a_figure_are_the_cases_it_counts(
    pool: Pool,
    book: Book,  # noqa: ARG001 - there is something behind
) -> None:
    wrong, words = [], set()
    for key in REPORTS:
        report = await told(pool, key)
        for at, column in enumerate(report.columns):
            total = report.total[at]
            if column.adds_up:
                summed = sum(row.figures[at].value or 0.0 for row in report.rows)
                assert summed == pytest.approx(total.value or 0.0), (key, column.key)
            places = [(None, total), *((row.key, row.figures[at]) for row in report.rows[:2])]
            for row_key, figure in places:
                cases = await behind(pool, key, column.key, row_key)
                words |= {case.state for case in cases.shown}
                if (
                    column.kind == "count"
                    and column.adds_up
                    and not REPORTS[key].columns[at].measure
                ):
                    wanted = figure.value
                else:
                    wanted = figure.cases if figure.cases is not None else figure.of
                if wanted is not None and cases.cases != wanted:
                    wrong.append((key, column.key, row_key, cases.cases, wanted))
    assert wrong == []
    assert {word for word in words if not is_written(f"report-state-{word}")} == set()


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


async def test_a_report_is_told_in_the_language_asked_for(pool: Pool, book: Book) -> None:
    asked = Asked(first=ASKED.first, last=ASKED.last, language="ru")
    report = await told(pool, "turnaways", asked)
    assert report.title == "Отказы по причинам"
    assert f"Отказали {len(book.of('turnaway'))} компаниям" in report.says
    assert "Нет подходящего стола" in {row.label for row in report.rows}


async def test_the_csv_has_numbers_and_no_formula_of_a_guests(pool: Pool, book: Book) -> None:
    name = '=HYPERLINK("http://evil")'
    guest = next(
        row["guest_id"] for row in book.of("gesture", kind="claim") if row["guest_id"] is not None
    )
    await pool.execute("update gesture set party_name = $1, state = 'delivered'"
                       " where guest_id = $2 and kind = 'claim'", name, guest)  # fmt: skip
    report = await told(pool, "claims-guest")
    text = report_csv(report, "en")
    assert text.startswith("\ufeffGuest,Claims,Cost (EUR)")
    lines = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert f"'{name}" in {line[0] for line in lines}
    cost = totals(report)["cost"]
    assert cost is not None
    assert lines[-1][0] == "All"
    assert float(lines[-1][2]) == cost / 100
    assert file_name(report) == f"claims-guest_{ASKED.first}_{ASKED.last}.csv"
    shares = list(csv.reader(StringIO(report_csv(await told(pool, "bookings"), "en"))))
    at = shares[0].index("No-shows, share")
    assert shares[0][at + 1 : at + 3] == ["No-shows, share, at least", "No-shows, share, at most"]
    assert 0 < float(shares[-1][at + 1]) < float(shares[-1][at]) < float(shares[-1][at + 2]) < 1


async def test_an_erased_guest_has_no_name_behind_a_figure(pool: Pool, book: Book) -> None:
    await pool.execute("update reservation set name = '-', special_request = ''")
    cases = await behind(pool, "bookings", "booked")
    assert {case.name for case in cases.shown} == {""}
    assert cases.cases == len(book.of("reservation"))


async def test_what_there_is_not_is_said(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    with pytest.raises(NotFound, match="weather"):
        await told(pool, "weather")
    with pytest.raises(NotFound, match="no column"):
        await behind(pool, "bookings", "sunshine")
    empty = await told(pool, "bookings")
    assert empty.says == "No service in these days yet."
    assert empty.rows == ()
