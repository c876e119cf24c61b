"""Correcting a guest's record, and merging two records of one person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import booked, done, wish
from tests.support.house import SEVEN, VENUE, at, phone

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

GIVEN = """
insert into gesture (venue_id, gesture_id, period_id, reservation_id, guest_id, item, state, cost,
                     due, carrier, line, reason, offered_by, offered_at, expires_at, again_from,
                     party_name)
values ($1, gen_random_uuid(), $2, $6, $3, 'cake', 'delivered', 100, 'with_bill',
        'floor', 'x', 'because', 'host', $4, $5, $5, 'x')
"""


async def merged(client: httpx.AsyncClient, kept: Any, gone: Any, **more: Any) -> httpx.Response:  # noqa: ANN401
    body = {"id": str(uuid4()), "kept_id": str(kept), "gone_id": str(gone)} | more
    return await client.post("/host/guests/merge", json=body)


async def found(client: httpx.AsyncClient, text: str) -> list[dict[str, Any]]:
    guests: list[dict[str, Any]] = (await client.get("/host/guests", params={"q": text})).json()
    return guests


async def corrected(client: httpx.AsyncClient, guest_id: str, **to: Any) -> httpx.Response:  # noqa: ANN401
    return await client.patch(f"/host/guests/{guest_id}", json={"id": str(uuid4())} | to)


def refused(answer: httpx.Response, status: int, pointer: str) -> None:
    """The answer names one wrong field, with a sentence."""
    assert answer.status_code == status, answer.text
    (error,) = answer.json()["errors"]
    assert error["pointer"].startswith(pointer)
    assert error["detail"]


async def test_a_record_is_corrected_once_and_on_record(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, 1)
    body = {
        "id": str(uuid4()),
        "name": "Ada",
        "phone": "030 23125099",
        "email": "ada@x.example",
        "locale": "ru",
        "tags": ["member"],
    }
    path = f"/host/guests/{made['guest_id']}"
    answers = [await host.patch(path, json=body) for _ in range(2)]
    assert answers[0].text == answers[1].text
    guest = answers[0].json()
    told = (guest["name"], guest["phone"], guest["email"], guest["locale"], guest["tags"])
    assert told == ("Ada", "+493023125099", "ada@x.example", "ru", ["member"])
    assert (await corrected(host, made["guest_id"], email="")).json()["email"] is None
    rows = await pool.fetch("select staff_id from action where kind = 'CorrectGuest'")
    assert [row["staff_id"] for row in rows] == ["host", "host"]
    (entry,) = (await host.get("/host/reservations/search?phone=5099")).json()["items"]
    assert (entry["name"], entry["guest_tags"]) == ("Guest 1", ["member"])


async def test_a_number_of_another_guest_is_refused_with_that_guest(
    host: httpx.AsyncClient,
) -> None:
    made, other = await booked(host, 1), await booked(host, 2)
    answer = await corrected(host, made["guest_id"], phone=phone(2), name="Ada")
    said = answer.json()
    assert (answer.status_code, said["errors"][0]["pointer"]) == (422, "/phone")
    assert "merge the two records" in said["detail"]
    assert said["now"]["guest_id"] == other["guest_id"]
    assert [guest["name"] for guest in await found(host, "guest")] == ["Guest 1", "Guest 2"]


async def test_everything_of_the_other_goes_to_the_one_kept(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    kept, gone = await booked(host, 1), await booked(host, 2)
    waits = await host.post(
        "/host/orders/wait", json={"id": str(uuid4()), "party_size": 2, "phone": phone(2)}
    )
    assert waits.status_code == 200
    for number in (1, 2):
        full = wish(number, starts=at(1).isoformat(), party_size=40)
        assert (await host.post("/host/reservations", json=full)).status_code == 409
    for made, hours in ((kept, 0), (gone, 1)):
        until = SEVEN + timedelta(days=30 - hours)
        given = (made["period_id"], made["guest_id"], at(hours), until, made["reservation_id"])
        await pool.execute(GIVEN, VENUE, *given)
    about = {"reservation_id": gone["reservation_id"], "version": 1}
    await done(host, "seat", **about, tables=["2"])
    await corrected(host, kept["guest_id"], notes="by the window", tags=["regular"])
    more = {"notes": "likes corners", "allergies": "nuts", "email": "two@x.example"}
    await corrected(host, gone["guest_id"], **more, consent=True, tags=["member", "regular"])

    body = {"id": str(uuid4())}
    answers = [await merged(host, kept["guest_id"], gone["guest_id"], **body) for _ in range(2)]
    assert answers[0].status_code == 200, answers[0].text
    assert answers[0].text == answers[1].text
    guest, told = answers[0].json()["guest"], answers[0].json()
    assert (told["moved"], told["same_hours"]) == (1, [gone["reservation_id"]])
    assert (guest["name"], guest["phone"], guest["email"]) == ("Guest 1", phone(1), more["email"])
    assert (guest["notes"], guest["allergies"]) == ("by the window\nlikes corners", "nuts")
    assert guest["tags"] == ["regular", "member"]
    for table in ("reservation", "wait_entry", "turnaway", "gesture"):
        count = f"select count(*) from {table} where guest_id = $1"
        assert await pool.fetchval(count, gone["guest_id"]) == 0, table
        assert await pool.fetchval(count, guest["guest_id"]) > 0, table
    (action,) = await pool.fetch("select staff_id from action where kind = 'MergeGuests'")
    assert action["staff_id"] == "host"
    entry = (await host.get(f"/host/reservations/{gone['reservation_id']}")).json()
    assert (entry["guest_id"], entry["state"], entry["version"]) == (guest["guest_id"], "seated", 3)


async def test_the_other_s_id_and_number_lead_to_the_one_kept(host: httpx.AsyncClient) -> None:
    kept, gone = await booked(host, 1), await booked(host, 2)
    third = await booked(host, 3, starts=at(50).isoformat())
    await merged(host, kept["guest_id"], gone["guest_id"])
    assert (await corrected(host, gone["guest_id"], notes="x")).json()["guest_id"] == kept[
        "guest_id"
    ]
    await merged(host, third["guest_id"], kept["guest_id"])
    for number in (1, 2, 3):
        (guest,) = await found(host, phone(number))
        assert guest["guest_id"] == third["guest_id"]
    assert [guest["name"] for guest in await found(host, "guest")] == ["Guest 3"]
    again = await booked(host, 2, starts=at(75).isoformat())
    assert (again["guest_id"], again["phone"]) == (third["guest_id"], phone(3))
    same = {"name": "Guest 2", "phone": phone(1)}
    twice = await host.post("/host/reservations", json=wish(starts=at(75).isoformat(), guest=same))
    assert (twice.status_code, twice.json()["code"]) == (409, "DUPLICATE")
    own = await corrected(host, third["guest_id"], phone=phone(2))
    assert (own.status_code, own.json()["phone"]) == (200, phone(2))


async def test_who_had_no_number_is_known_by_the_other_s(host: httpx.AsyncClient) -> None:
    made = await booked(host, guest={"name": "Ada"})
    path = f"/host/reservations/{made['reservation_id']}"
    body = {"id": str(uuid4()), "version": 1, "email": "ada@x.example"}
    ada = (await host.patch(path, json=body)).json()["guest_id"]
    gone = await booked(host, 2)
    guest = (await merged(host, ada, gone["guest_id"])).json()["guest"]
    assert (guest["guest_id"], guest["phone"]) == (ada, phone(2))
    assert (await booked(host, 2, starts=at(26).isoformat()))["guest_id"] == ada


async def test_a_wrong_merge_or_correction_is_told_where_and_nothing_is_stored(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    kept, gone = await booked(host, 1), await booked(host, 2)
    pair = (kept["guest_id"], gone["guest_id"])
    merges: list[tuple[dict[str, Any], int, str]] = [
        ({"gone_id": kept["guest_id"]}, 422, "/gone_id"),
        ({"gone_id": str(uuid4())}, 404, "/gone_id"),
        ({"kept_id": str(uuid4())}, 404, "/kept_id"),
        ({"kept_id": "x"}, 400, "/kept_id"),
        ({"both": True}, 400, ""),
    ]
    corrections: list[tuple[dict[str, Any], int, str]] = [
        ({"name": ""}, 400, "/name"),
        ({"phone": "1234"}, 422, "/phone"),
        ({"tags": [1]}, 400, "/tags"),
        ({"surname": "x"}, 400, ""),
    ]
    for body, status, pointer in merges:
        refused(await merged(host, *pair, **body), status, pointer)
    for body, status, pointer in corrections:
        refused(await corrected(host, pair[0], **body), status, pointer)
    assert await pool.fetchval("select count(merged_into) from guest") == 0
    assert await pool.fetchval("select count(*) from action where kind <> 'Reserve'") == 0


async def test_allergies_are_kept_only_with_the_guest_s_consent_and_go_with_it(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    guest = (await booked(host, 1))["guest_id"]
    unasked = await corrected(host, guest, allergies="nuts")
    refused(unasked, 422, "/consent")
    assert "consent: true" in unasked.json()["detail"]
    refused(await corrected(host, guest, allergies="nuts", consent=False), 422, "/consent")
    assert await pool.fetchval("select allergies from guest") == ""
    agreed = (await corrected(host, guest, allergies="nuts", consent=True)).json()
    assert (agreed["allergies"], agreed["health_consent_at"]) == ("nuts", "2027-03-03T18:00:00Z")
    (row,) = await pool.fetch("select health_consent_how, health_consent_by from guest")
    assert tuple(row) == ("desk", "host")
    later = await corrected(host, guest, allergies="nuts and eggs")
    assert later.json()["allergies"] == "nuts and eggs"
    withdrawn = (await corrected(host, guest, consent=False)).json()
    assert (withdrawn["allergies"], withdrawn["health_consent_at"]) == ("", None)
