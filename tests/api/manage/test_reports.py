"""A manager reads reports, opens what is behind a figure and takes a report along as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seating.reports.registry import REPORTS
from tests.api.conftest import host, manager
from tests.support.reported_book import TODAY, reported_book

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

__all__ = ["host", "manager"]

DATES = {"from": "2027-02-01", "to": str(TODAY)}
RUSSIAN = {"Accept-Language": "ru"}


async def test_a_manager_reads_a_report_down_to_its_reservations_and_a_host_does_not(
    pool: Pool, manager: httpx.AsyncClient, host: httpx.AsyncClient
) -> None:
    book = await reported_book(pool, nights=3, parties=6)
    listed = (await manager.get("/manage/reports", headers=RUSSIAN)).json()
    assert [each["key"] for each in listed["reports"]] == list(REPORTS)
    assert listed["groups"]["refusals"] == "Отказы"
    report = (await manager.get("/manage/reports/bookings", params=DATES)).json()
    booked = book.of("reservation", channel="phone")
    row = next(each for each in report["rows"] if each["key"] == "phone")
    assert (row["label"], row["figures"][0]["value"]) == ("Phone", len(booked))
    asked = DATES | {"column": "booked", "row": "phone"}
    behind = (await manager.get("/manage/reports/bookings/behind", params=asked)).json()
    assert {each["id"] for each in behind["shown"]} == {
        str(each["reservation_id"]) for each in booked
    }
    assert {each["name"] for each in behind["shown"]} == {each["name"] for each in booked}
    paths = {
        "": {},
        "/bookings": DATES,
        "/bookings/csv": DATES,
        "/bookings/behind": asked,
        "/claims-guest": DATES,
    }
    for path, query in paths.items():
        answer = await host.get(f"/manage/reports{path}", params=query)
        assert answer.status_code == 403, path


async def test_a_report_as_csv_has_a_name_with_its_dates(
    pool: Pool, manager: httpx.AsyncClient
) -> None:
    await reported_book(pool, nights=2, parties=4)
    sent = await manager.get("/manage/reports/covers-day/csv", params=DATES, headers=RUSSIAN)
    assert sent.headers["content-type"] == "text/csv; charset=utf-8"
    name = f'attachment; filename="covers-day_2027-02-01_{TODAY}.csv"'
    assert sent.headers["content-disposition"] == name
    lines = sent.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Дата,Компании,Гости,Гостей в компании,Без брони"
    assert lines[1].startswith("2027-03-01,")


async def test_what_cannot_be_asked_is_refused_by_name(manager: httpx.AsyncClient) -> None:
    unknown = await manager.get("/manage/reports/weather", params=DATES)
    assert (unknown.status_code, unknown.json()["message"]) == (404, "no-such-report")
    column = {"column": "sunshine"}
    behind = await manager.get("/manage/reports/bookings/behind", params=DATES | column)
    assert (behind.status_code, behind.json()["params"]["column"]) == (404, "sunshine")
    for wrong in ({"weekday": "8"}, {"to": "2020-01-01"}, {"period": "x" * 50}):
        answer = await manager.get("/manage/reports/bookings", params=DATES | wrong)
        assert answer.status_code in {400, 422}, wrong
