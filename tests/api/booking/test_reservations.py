"""Booking, reading, changing and cancelling, as a booking site meets it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.api.booking.conftest import BASE, book, key, made, wish
from tests.support.house import NOON, SEVEN, VENUE, at, move_clock, rewrite_house

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

INSIDE = {"tables", "kind", "overruled", "exposed", "fixed", "period_id", "overbooked", "staff_id"}


async def test_a_table_is_booked_and_read_back(partner: httpx.AsyncClient) -> None:
    answer = await book(partner, partner_reference="abc", notes="By the window")
    body = answer.json()
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"v1"'
    assert body["status"] == "booked"
    assert body["start"] == "2027-03-03T19:00:00+01:00"
    assert body["cancel_until"] == "2027-03-03T17:00:00+01:00"
    again = await partner.get(answer.headers["location"])
    assert again.status_code == 200
    once = {"manage_url", "preferences_met"}
    assert again.json() == {key: body[key] for key in body if key not in once}
    assert again.headers["etag"] == '"v1"'


async def test_nothing_of_the_plan_shows(partner: httpx.AsyncClient) -> None:
    assert not set(await made(partner)) & INSIDE


async def test_a_full_room_is_a_no_with_alternatives_by_the_venues_clock(
    partner: httpx.AsyncClient,
) -> None:
    for number in range(2):
        await made(partner, number, party_size=5 - number, area="room")
    answer = await book(partner, 9, party_size=5, area="room")
    said = answer.json()
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert (said["code"], said["reason"]) == ("SLOT_UNAVAILABLE", "NO_TABLE_FITS")
    assert said["alternatives"][0].endswith("+01:00")


async def test_a_no_is_logged_as_a_turnaway(partner: httpx.AsyncClient, pool: Pool) -> None:
    await made(partner, 1, party_size=6)
    assert (await book(partner, party_size=6)).status_code == 409
    row = await pool.fetchrow("select code, channel, party_size, client_id from turnaway")
    assert row is not None
    assert (row["code"], row["channel"], row["party_size"]) == ("NO_TABLE_FITS", "partner", 6)
    assert row["client_id"] is not None


async def test_a_full_kitchen_does_not_tell_how_many_come(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    pacing = "update house set house = jsonb_set(house, '{periods,0,pacing}', '3')"
    await pool.execute(pacing + ", checksum = 'slow'")
    await made(partner, 1)
    answer = await book(partner, 2)
    assert (answer.status_code, answer.json()["reason"]) == (409, "PACING_FULL")
    assert not set("0123456789") & set(answer.json()["detail"])


async def test_house_rules_have_to_be_accepted(partner: httpx.AsyncClient, pool: Pool) -> None:
    for version in (None, 2):
        answer = await book(partner, version or 0, accepted_house_rules=version)
        assert (answer.status_code, answer.json()["code"]) == (422, "HOUSE_RULES_NOT_ACCEPTED")
    await made(partner, 5)
    row = await pool.fetchrow("select rules_version, channel, read_by from acknowledgement")
    assert row is not None
    assert tuple(row) == (3, "partner", None)


async def test_the_same_guest_at_once_is_a_duplicate_and_learns_no_more(
    partner: httpx.AsyncClient,
) -> None:
    await made(partner)
    wished = wish(start=(SEVEN + timedelta(minutes=30)).isoformat())
    answer = await book(partner, 1, **wished)
    assert (answer.status_code, answer.json()["code"]) == (409, "DUPLICATE_RESERVATION")
    assert "alternatives" not in answer.json()


async def test_a_wish_sent_again_under_another_key_is_told_by_its_reference(
    partner: httpx.AsyncClient,
) -> None:
    sent = {"guest": {"name": "Nobody"}, "partner_reference": "order-7"}
    first = await made(partner, 0, **sent)
    again = await book(partner, 1, **sent)
    assert (again.status_code, again.json()["code"]) == (409, "DUPLICATE_RESERVATION")
    assert first["id"] in again.json()["detail"]
    assert again.json()["errors"][0]["pointer"] == "/partner_reference"


async def test_a_concierge_books_two_guests_at_one_time_with_one_phone(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    ada, alan, grace = (
        {"guest": {"name": name, "phone": "+493023125024"}}
        for name in ("Ada Lovelace", "Alan Turing", "Grace Hopper")
    )
    await made(partner, 0, **ada)
    await made(partner, 1, **alan)
    again = await book(partner, 2, **ada)
    assert (again.status_code, again.json()["code"]) == (409, "DUPLICATE_RESERVATION")
    later = await made(partner, 3, **grace, start=(SEVEN + timedelta(hours=3)).isoformat())
    path = f"{BASE}/reservations/{later['id']}"
    moved = await partner.patch(
        path, json={"start": SEVEN.isoformat()}, headers={"If-Match": '"v1"'}
    )
    assert moved.status_code == 200, moved.text
    enquiry = wish(4, guest={"name": "Tim", "phone": "+493023125024"}, party_size=40)
    answer = await partner.post(f"{BASE}/enquiries", json=enquiry, headers=key("enquiry"))
    assert answer.status_code == 202, answer.text
    marked = await pool.fetch("select name from reservation where duplicate_allowed order by name")
    assert [row["name"] for row in marked] == ["Alan Turing", "Grace Hopper"]


async def test_another_sites_reservation_does_not_exist(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}"
    answers = [
        await stranger.get(path),
        await stranger.patch(path, json={"party_size": 1}, headers={"If-Match": '"v1"'}),
        await stranger.post(f"{path}/cancel", json={}, headers=key("c")),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (await stranger.get(f"{BASE}/reservations")).json()["items"] == []
    assert (await partner.get(path)).json()["version"] == 1


async def test_a_change_needs_the_version_seen(partner: httpx.AsyncClient) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}"
    seen = {"If-Match": '"v1"'}
    assert (await partner.patch(path, json={"party_size": 3})).status_code == 428
    changed = await partner.patch(path, json={"party_size": 3}, headers=seen)
    assert (changed.status_code, changed.headers["etag"]) == (200, '"v2"')
    assert changed.json()["party_size"] == 3
    for stale in ('"v1"', 'W/"v2"', "v2", '"x"'):
        answer = await partner.patch(path, json={"notes": "x"}, headers={"If-Match": stale})
        assert (answer.status_code, answer.json()["code"]) == (412, "STALE")
    any_ = await partner.patch(path, json={"notes": "x"}, headers={"If-Match": "*"})
    assert (any_.status_code, any_.json()["notes"]) == (200, "x")


async def test_a_change_that_does_not_fit_leaves_the_old_promise(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    await made(partner, 1, party_size=6)
    path = f"{BASE}/reservations/{(await made(partner, 2))['id']}"
    before = (await partner.get(path)).content
    answer = await partner.patch(path, json={"party_size": 6}, headers={"If-Match": '"v1"'})
    assert (answer.status_code, answer.json()["code"]) == (409, "SLOT_UNAVAILABLE")
    assert (await partner.get(path)).content == before
    assert await pool.fetchval("select count(*) from turnaway") == 1


async def test_a_move_to_another_date_takes_the_promise_along(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}"
    later = {"start": (SEVEN + timedelta(days=1)).isoformat()}
    answer = await partner.patch(path, json=later, headers={"If-Match": '"v1"'})
    assert answer.json()["start"] == "2027-03-04T19:00:00+01:00"
    rows = await pool.fetch("select service_date, physical_parties from period order by 1")
    assert [row["physical_parties"] for row in rows] == [0, 1]


async def test_cancelling_twice_is_answered_the_same(partner: httpx.AsyncClient) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}/cancel"
    first = await partner.post(path, json={"reason": "Ill"}, headers=key("1"))
    again = await partner.post(path, json={}, headers=key("2"))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["status"] == "cancelled"
    assert first.json()["cancelled_because"] == "Ill"
    assert first.content == again.content


async def test_cancelling_late_or_a_party_that_is_here_is_refused(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}"
    await move_clock(pool, SEVEN - timedelta(hours=1))
    late = await partner.post(f"{path}/cancel", json={}, headers=key("1"))
    assert (late.status_code, late.json()["code"]) == (409, "OUTSIDE_CANCELLATION_WINDOW")
    await pool.execute("update reservation set state = 'seated'")
    here = await partner.post(f"{path}/cancel", json={}, headers=key("2"))
    assert (here.status_code, here.json()["code"]) == (409, "ALREADY_SEATED")
    moved = await partner.patch(path, json={"party_size": 1}, headers={"If-Match": '"v1"'})
    assert (moved.status_code, moved.json()["code"]) == (409, "NOT_CHANGEABLE")


async def test_a_party_that_did_not_come_cannot_be_cancelled(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}"
    await move_clock(pool, SEVEN + timedelta(hours=1))
    answer = await partner.post(f"{path}/cancel", json={}, headers=key("1"))
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_CHANGEABLE")


async def test_a_list_is_read_in_pages(partner: httpx.AsyncClient, pool: Pool) -> None:
    for number in range(3):
        await made(partner, number, partner_reference=f"r{number}")
        await move_clock(pool, NOON + timedelta(minutes=number + 1))
    first = (await partner.get(f"{BASE}/reservations", params={"limit": 2})).json()
    rest = (
        await partner.get(f"{BASE}/reservations", params={"cursor": first["next_cursor"]})
    ).json()
    names = [item["guest"]["name"] for item in first["items"] + rest["items"]]
    assert names == ["Guest 0", "Guest 1", "Guest 2"]
    assert rest["next_cursor"] is None


async def test_a_list_is_read_by_reference_and_since_a_change(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    await made(partner, 0, partner_reference="a")
    await move_clock(pool, NOON + timedelta(minutes=5))
    await made(partner, 1, partner_reference="b")
    for params in ({"partner_reference": "b"}, {"updated_since": "2027-03-03T13:05:00+01:00"}):
        items = (await partner.get(f"{BASE}/reservations", params=params)).json()["items"]
        assert [item["partner_reference"] for item in items] == ["b"]


async def test_a_move_to_where_a_person_confirms_asks(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}"
    await rewrite_house(pool, "{periods,0,needs_approval}", value=True)
    moved = await partner.patch(
        path, json={"start": at(1).isoformat()}, headers={"If-Match": '"v1"'}
    )
    assert (moved.status_code, moved.json()["status"]) == (200, "requested")


async def test_past_the_cutoff_a_move_away_is_refused_as_cancelling_is(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}"
    await move_clock(pool, at(-1))
    away = {"start": at(24 * 30).isoformat()}
    moved = await partner.patch(path, json=away, headers={"If-Match": '"v1"'})
    assert (moved.status_code, moved.json()["code"]) == (409, "OUTSIDE_CANCELLATION_WINDOW")


async def test_a_guest_without_a_phone_number_is_not_kept(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    await made(partner, guest={"name": "Nobody"})
    assert await pool.fetchval("select count(*) from guest") == 0
    assert await pool.fetchval("select count(*) from reservation") == 1


async def test_a_guarantee_is_kept_as_it_is(partner: httpx.AsyncClient) -> None:
    guarantee = {"kind": "card", "external_ref": "pi_7"}
    assert (await made(partner, guarantee=guarantee))["guarantee"] == guarantee


async def test_a_house_that_asks_a_person_keeps_a_request(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    text = "update house set house = jsonb_set(house, '{periods,0,needs_approval}', 'true')"
    await pool.execute(text + ", checksum = 'asks'")
    assert (await made(partner))["status"] == "requested"
    assert await pool.fetchval("select count(*) from intention where venue_id = $1", VENUE) == 0
