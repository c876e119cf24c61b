"""Bad input for what looks ahead, finds and mends: where, a sentence in two languages, no rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.host.conftest import booked, done, wish
from tests.support.house import at

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

SATURDAY = "2027-03-06"
NOBODY = str(uuid4())
LONG = "x" * 10_000
MANY = ["patio"] * 10_000
END = "9999-12-31"
SLOTS = f"/host/availability?date={SATURDAY}&party_size=2"

ROWS = """
select (select count(*) from lever) as levers, (select count(*) from service_note) as notes,
       (select count(*) from action) as actions, (select count(*) from guest) as guests,
       (select count(*) from reservation) as reservations, (select count(*) from outbox) as told,
       (select coalesce(sum(version), 0) from reservation) as versions,
       (select string_agg(guest::text, ' ' order by guest_id) from guest) as records,
       (select count(*) from period) as periods, (select count(*) from turnaway) as turnaways
"""

Row = tuple[str, str, dict[str, Any] | list[Any] | None, int, str]
"""Method, path, body, status, where the first mistake is ("-": the whole is meant)."""

LEVERS: list[Row] = [
    ("POST", "/host/orders/levers", {"online_paused": True} | wrong, status, where)
    for wrong, status, where in (
        ({"online_paused": "yes"}, 400, "/online_paused"),
        ({"colour": "red"}, 400, "/colour"),
        ({"service_date": "1900-01-01"}, 422, "/service_date"),
        ({"service_date": END}, 422, "/service_date"),
        ({"service_date": "2027-02-30"}, 400, "/service_date"),
        ({"from_date": END, "until_date": END}, 422, "/until_date"),
        ({"from_date": SATURDAY, "until_date": "2027-03-05"}, 422, "/until_date"),
        ({"from_date": SATURDAY, "until_date": END}, 422, "/until_date"),
        ({"from_date": "1900-01-01", "until_date": SATURDAY}, 422, "/until_date"),
        ({"until_date": SATURDAY}, 422, "/until_date"),
        ({"until": "9999-12-31T23:59:59-14:00"}, 422, "/until"),
        ({"until": "0001-01-01T00:00:00+14:00"}, 422, "/until"),
        ({"service_date": SATURDAY, "until": "9999-12-31T23:59:59-14:00"}, 422, "/until"),
        ({"service_date": SATURDAY, "until": "0001-01-01T00:00:00+14:00"}, 422, "/until"),
        ({"service_date": SATURDAY, "until": "1900-01-01T00:00:00Z"}, 422, "/until"),
        ({"service_date": SATURDAY, "period": "Dinner!"}, 400, "/period"),
        ({"service_date": SATURDAY, "periods": ["dinner"]}, 422, "/periods"),
        ({"from_date": SATURDAY, "until_date": SATURDAY, "period": "dinner"}, 422, "/period"),
        ({"from_date": SATURDAY, "until_date": SATURDAY, "periods": ["x"]}, 422, "/periods/0"),
        ({"from_date": SATURDAY, "until_date": SATURDAY, "periods": MANY}, 400, "/periods"),
        ({"areas_shut": MANY}, 400, "/areas_shut"),
        ({"areas_shut": ["cellar"]}, 422, "/areas_shut"),
        ({"areas_open": ["cellar"], "service_date": SATURDAY}, 422, "/areas_open"),
        ({"areas_shut": ["a\u0000"], "service_date": SATURDAY}, 400, "/areas_shut/0"),
        ({"pace": 1001}, 400, "/pace"),
        ({"pace": 1.5}, 400, "/pace"),
        ({"reason": LONG, "service_date": SATURDAY}, 400, "/reason"),
        ({"reason": "\u0000", "service_date": SATURDAY}, 400, "/reason"),
        ({"anyway": ["WHATEVER"]}, 400, "/anyway/0"),
        ({"anyway": ["AREA_SHUT"] * 10_000}, 400, "/anyway"),
        ({"dry_run": "perhaps"}, 400, "/dry_run"),
        ({"id": "7"}, 400, "/id"),
        ({"online_paused": None, "service_date": SATURDAY}, 422, "-"),
        ({"service_date": SATURDAY, "close_early": True}, 422, "/close_early"),
    )
]

NOTES: list[Row] = [
    ("POST", "/host/notes", {"service_date": SATURDAY, "text": "x"} | wrong, status, where)
    for wrong, status, where in (
        ({"text": 7}, 400, "/text"),
        ({"text": LONG}, 400, "/text"),
        ({"text": "\u0000"}, 400, "/text"),
        ({"text": "\u2028"}, 400, "/text"),
        ({"service_date": "1900-01-01"}, 422, "/service_date"),
        ({"service_date": END}, 422, "/service_date"),
        ({"period": "Dinner!"}, 400, "/period"),
        ({"id": None}, 400, "/id"),
        ({"reason": LONG}, 400, "/reason"),
        ({"reason": "\u0000"}, 400, "/reason"),
    )
] + [
    ("POST", "/host/notes", [], 400, "-"),
    ("POST", "/host/notes", None, 400, "-"),
    ("POST", f"/host/notes/{NOBODY}/change", {"version": 1, "text": "x"}, 404, "/note_id"),
    ("POST", f"/host/notes/{NOBODY}/change", {"version": 0, "text": "x"}, 400, "/version"),
    ("POST", f"/host/notes/{NOBODY}/delete", {"version": 1}, 404, "/note_id"),
    ("POST", f"/host/notes/{NOBODY}/delete", {"version": 2**40}, 400, "/version"),
    ("POST", "/host/notes/{note}/change", {"version": 2, "text": "x"}, 409, "/version"),
    ("POST", "/host/notes/{note}/change", {"version": 1, "text": " "}, 422, "/text"),
    ("POST", "/host/notes/{note}/delete", {"version": 2}, 409, "/version"),
    ("POST", "/host/notes/{note}/delete", {"version": 1, "text": "x"}, 400, "/text"),
    ("POST", "/host/notes/{foreign_note}/change", {"version": 1, "text": "x"}, 404, "/note_id"),
    ("POST", "/host/notes/seven/delete", {"version": 1}, 404, "-"),
]

QUERIES: list[Row] = [
    ("GET", path, None, status, where)
    for path, status, where in (
        (f"{SLOTS}&duration_minutes=17", 400, "/duration_minutes"),
        (f"{SLOTS}&duration_minutes=10", 400, "/duration_minutes"),
        (f"{SLOTS}&preferred_area=cellar", 422, "/preferred_area"),
        (f"{SLOTS}&preferred_area={'x' * 41}", 400, "/preferred_area"),
        (f"{SLOTS}&guest_id=me", 400, "/guest_id"),
        (f"{SLOTS}&guest_id={NOBODY}", 404, "/guest_id"),
        (SLOTS + "&guest_id={foreign}", 404, "/guest_id"),
        (f"{SLOTS}&reservation_id={NOBODY}", 404, "-"),
        ("/host/days?days=1.5", 400, "/days"),
        ("/host/days?from=1900-01-01", 422, "/from"),
        (f"/host/days?from={END}", 422, "/from"),
        ("/host/days?from=2027-03-03&from=2027-03-04", 400, "/from"),
        (f"/host/notes?from={END}&days=92", 422, "/from"),
        ("/host/levers?from=2027-03-03", 400, "/from"),
        ("/host/reservations/search?name=x", 400, "/name"),
        (f"/host/reservations/search?name={'x' * 101}", 400, "/name"),
        ("/host/reservations/search?name=%00%00", 422, "-"),
        ("/host/reservations/search?phone=1", 400, "/phone"),
        ("/host/reservations/search?code=1", 400, "/code"),
        ("/host/reservations/search?state=gone", 400, "/state"),
        ("/host/reservations/search?from_date=soon", 400, "/from_date"),
        ("/host/reservations/search?from_date=2027-03-04&to_date=2027-03-03", 400, "/to_date"),
        ("/host/reservations/search?cursor=abc", 400, "/cursor"),
        ("/host/reservations/search?limit=0", 400, "/limit"),
        ("/host/reservations/search?nam=Ada", 400, "/nam"),
        ("/host/reservations/search?tag=", 400, "/tag"),
        ("/host/reservations/search?" + "&".join(["tag=x"] * 21), 400, "/tag"),
        (f"/manage/held-tables?from=1900-01-01&to={END}", 422, "/to"),
        ("/manage/held-tables?from=2027-03-04&to=2027-03-03", 422, "/to"),
        ("/manage/held-tables?from=2027-03-04", 400, "/to"),
        ("/manage/held-tables?from=x&to=y", 400, "/from"),
    )
]

GUESTS: list[Row] = [
    ("PATCH", "/host/guests/{guest}", wrong, status, where)
    for wrong, status, where in (
        ({"name": ""}, 400, "/name"),
        ({"name": "  "}, 400, "/name"),
        ({"name": LONG}, 400, "/name"),
        ({"name": 7}, 400, "/name"),
        ({"phone": "abc"}, 422, "/phone"),
        ({"phone": "+49"}, 422, "/phone"),
        ({"tags": ["x"] * 10_000}, 400, "/tags"),
        ({"tags": [""]}, 400, "/tags/0"),
        ({"tags": ["\u0000"]}, 400, "/tags/0"),
        ({"tags": "regular"}, 400, "/tags"),
        ({"notes": LONG}, 400, "/notes"),
        ({"allergies": "\u0000"}, 400, "/allergies"),
        ({"email": "x" * 201}, 400, "/email"),
        ({"guest_id": NOBODY}, 400, "/guest_id"),
    )
] + [
    ("PATCH", f"/host/guests/{NOBODY}", {"name": "Ada"}, 404, "-"),
    ("PATCH", "/host/guests/{foreign}", {"name": "Ada"}, 404, "-"),
    ("PATCH", "/host/guests/seven", {"name": "Ada"}, 404, "-"),
    ("POST", "/host/guests/merge", {"kept_id": "{guest}", "gone_id": "{guest}"}, 422, "/gone_id"),
    ("POST", "/host/guests/merge", {"kept_id": "{guest}", "gone_id": NOBODY}, 404, "/gone_id"),
    ("POST", "/host/guests/merge", {"kept_id": NOBODY, "gone_id": "{guest}"}, 404, "/kept_id"),
    ("POST", "/host/guests/merge", {"kept_id": "{guest}", "gone_id": "{foreign}"}, 404, "/gone_id"),
    ("POST", "/host/guests/merge", {"kept_id": "{guest}"}, 400, "/gone_id"),
    ("POST", "/host/guests/merge", {"kept_id": [], "gone_id": "{guest}"}, 400, "/kept_id"),
]

MENDING: list[Row] = [
    ("PATCH", "/host/reservations/{booking}", {"version": 1} | wrong, status, where)
    for wrong, status, where in (
        ({"version": 7, "notes": "x"}, 409, "/version"),
        ({"version": 0}, 400, "/version"),
        ({"starts": "2027-03-03T19:00:00"}, 400, "/starts"),
        ({"starts": "9999-12-31T23:59:59-14:00"}, 422, "-"),
        ({"starts": "0001-01-01T00:00:00+14:00"}, 422, "-"),
        ({"party_size": 0}, 400, "/party_size"),
        ({"duration_minutes": 7}, 400, "/duration_minutes"),
        ({"duration_minutes": 10_000}, 400, "/duration_minutes"),
        ({"duration_minutes": "long"}, 400, "/duration_minutes"),
        ({"preferences": {"area": "cellar"}}, 422, "/preferences/area"),
        ({"preferences": {"colour": "red"}}, 400, "/preferences/colour"),
        ({"preferences": []}, 400, "/preferences"),
        ({"name": ""}, 400, "/name"),
        ({"name": "  "}, 400, "/name"),
        ({"phone": "abc"}, 422, "/phone"),
        ({"email": ""}, 400, "/email"),
        ({"needs": {"aera": "terrace"}}, 400, "/needs/aera"),
        ({"needs": {"area": "cellar"}}, 422, "/needs/area"),
        ({"needs": {"high_chairs": -1}}, 400, "/needs/high_chairs"),
        ({"tables": ["99"]}, 422, "/tables"),
        ({"tables": ["1", "1"]}, 422, "/tables"),
        ({"tables": ["1"] * 10_000}, 400, "/tables"),
        ({"tables": ["\u0000"]}, 400, "/tables/0"),
        ({"tags": ["x" * 41]}, 400, "/tags/0"),
        ({"tags": {}}, 400, "/tags"),
        ({"overrule": "x"}, 400, "/overrule"),
        ({"anyway": ["WHATEVER"]}, 400, "/anyway/0"),
        ({"dry_run": 1}, 400, "/dry_run"),
        ({"colour": "red"}, 400, "/colour"),
    )
] + [
    ("PATCH", f"/host/reservations/{NOBODY}", {"version": 1, "notes": "x"}, 404, "-"),
    ("POST", f"/host/reservations/{NOBODY}/reinstate", {"version": 1}, 404, "-"),
    ("POST", "/host/reservations/{booking}/reinstate", {"version": 1}, 409, "-"),
    ("POST", "/host/reservations/{booking}/reinstate", {"version": "1"}, 400, "/version"),
    ("POST", "/host/reservations/{booking}/reinstate", {}, 400, "/version"),
    ("POST", f"/host/reservations/{NOBODY}/guest-link", {}, 404, "-"),
    ("POST", "/host/reservations/{booking}/guest-link", {"url": "x"}, 400, "/url"),
    ("POST", "/host/reservations/{booking}/guest-link", {"id": 1}, 400, "/id"),
    ("POST", "/host/reservations", wish(8, duration_minutes=14), 400, "/duration_minutes"),
    ("POST", "/host/reservations", wish(8, preferences={"area": "cellar"}), 422,
     "/preferences/area"),
    ("POST", "/host/reservations", wish(8, preferences={"area": 7}), 400, "/preferences/area"),
    ("POST", "/host/reservations", wish(8, tables=[]), 400, "/tables"),
    ("POST", "/host/reservations", wish(8, anyway="all"), 400, "/anyway"),
    ("POST", "/host/orders/approve", {"reservation_id": "{booking}", "version": 1, "tables": []},
     400, "/tables"),
    ("POST", "/host/orders/assign", {"reservation_id": "{booking}", "version": 1,
     "tables": ["99"]}, 422, "/tables"),
]  # fmt: skip

FOREIGN = """
with venue as (
    insert into venue (venue_id, name, house_version) values ('elsewhere', 'Elsewhere', 1)),
house as (
    insert into house (venue_id, version, checksum, house) values ('elsewhere', 1, '', '{}')),
note as (
    insert into service_note (venue_id, note_id, service_date, text, written_at)
    values ('elsewhere', $2, '2027-03-06', 'x', now()))
insert into guest (venue_id, guest_id, name, created_at) values ('elsewhere', $1, 'Ada', now())
"""


@pytest.fixture
async def ids(host: httpx.AsyncClient, pool: Pool) -> dict[str, str]:
    made = await booked(host, 1, starts=at(24).isoformat())
    (guest,) = (await host.get("/host/guests?q=Guest")).json()
    note = {"id": str(uuid4()), "service_date": SATURDAY, "text": "No oysters"}
    assert (await host.post("/host/notes", json=note)).status_code == 200
    foreign, foreign_note = uuid4(), uuid4()
    await pool.execute(FOREIGN, foreign, foreign_note)
    return {
        "booking": made["reservation_id"],
        "guest": guest["guest_id"],
        "note": note["id"],
        "foreign": str(foreign),
        "foreign_note": str(foreign_note),
    }


async def asked(
    client: httpx.AsyncClient, row: Row, ids: dict[str, str], language: str
) -> httpx.Response:
    method, path, body, *_ = row
    filled = re.sub(r"\{(\w+)\}", lambda found: ids[found[1]], path)
    if method == "GET":
        return await client.get(filled, headers={"Accept-Language": language})
    if isinstance(body, dict):
        body = {"id": str(uuid4())} | {
            key: ids.get(value.strip("{}"), value) if isinstance(value, str) else value
            for key, value in body.items()
        }
    return await client.request(method, filled, json=body, headers={"Accept-Language": language})


def wrong_with(answer: httpx.Response, row: Row, language: str) -> str | None:
    *_, status, where = row
    told = answer.json()
    if answer.status_code != status:
        return f"{answer.status_code} {answer.text}"
    errors = told.get("errors") or []
    if where != "-" and (not errors or errors[0].get("pointer") != where):
        return f"at {where}? {answer.text}"
    for said in [told["detail"], *(each["detail"] for each in errors)]:
        if (
            not said
            or said[-1] not in ".!?"
            or (language == "ru") != bool(re.search("[а-я]", said))
        ):
            return f"in {language}? {said}"
    return None


@pytest.mark.parametrize("rows", [LEVERS, NOTES, QUERIES, GUESTS, MENDING])
async def test_bad_input_is_told_where_and_how_to_mend_it_and_nothing_is_stored(
    manager: httpx.AsyncClient, pool: Pool, ids: dict[str, str], rows: list[Row]
) -> None:
    before = await pool.fetchrow(ROWS)
    found = []
    for row in rows:
        for language in ("en", "ru"):
            answer = await asked(manager, row, ids, language)
            wrong = wrong_with(answer, row, language)
            found += [f"{row[0]} {row[1]} {str(row[2])[:120]}: {wrong}"[:700]] if wrong else []
    assert not found, "\n".join(found)
    for far in ("manage/held-tables?from={0}&to={0}", "host/reservations?date={0}"):
        assert (await manager.get("/" + far.format(END))).status_code == 200
    assert await pool.fetchrow(ROWS) == before


async def test_an_id_used_for_something_else_is_refused(
    manager: httpx.AsyncClient, pool: Pool
) -> None:
    used = str(uuid4())
    body = {"id": used, "service_date": SATURDAY, "text": "No oysters"}
    assert (await manager.post("/host/notes", json=body)).status_code == 200
    await done(manager, "levers", online_paused=True, service_date=SATURDAY)
    before = await pool.fetchrow(ROWS)
    lever = {"id": used, "online_paused": True, "service_date": SATURDAY}
    for path, other in (
        ("/host/notes", body | {"text": "No mussels"}),
        ("/host/orders/levers", lever),
    ):
        answer = await manager.post(path, json=other)
        assert (answer.status_code, answer.json()["code"]) == (409, "ID_REUSED"), answer.text
    assert await pool.fetchrow(ROWS) == before
