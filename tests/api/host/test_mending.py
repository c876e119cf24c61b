"""Mending a reservation: its words, its guest, its needs and tables; a link for its guest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.booking import conftest as site
from tests.api.conftest import client_of
from tests.api.host.conftest import booked, done, show
from tests.support.house import VENUE, at, move_clock, phone, rewrite_house

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

LATER = at(25).isoformat()
TOLD = "select data::text from outbox where subject = $1 and data is not null order by seq"


def utc(hours: float) -> str:
    """So many hours after seven, as answers say it."""
    return at(hours).isoformat().replace("+00:00", "Z")


async def patched(client: httpx.AsyncClient, made: dict[str, Any], **to: Any) -> httpx.Response:  # noqa: ANN401
    body = {"id": str(uuid4()), "version": made["version"]} | to
    return await client.patch(f"/host/reservations/{made['reservation_id']}", json=body)


async def mended(client: httpx.AsyncClient, made: dict[str, Any], **to: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = await patched(client, made, **to)
    assert answer.status_code == 200, answer.text
    entry: dict[str, Any] = answer.json()
    return entry


async def read(client: httpx.AsyncClient, made: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = (
        await client.get(f"/host/reservations/{made['reservation_id']}")
    ).json()
    return entry


# Words and guest


async def test_words_are_mended_at_any_time_of_the_visit(
    host: httpx.AsyncClient, app: Litestar
) -> None:
    made = await booked(host)
    made = await mended(host, made, name="Ada", tags=["birthday"])
    about = {"reservation_id": made["reservation_id"]}
    seated = await done(host, "seat", **about, version=made["version"], tables=["3"])
    version = seated["reservations"][0]["version"]
    made = await mended(host, made | {"version": version}, name="Ada Lovelace", phone=phone(1))
    (seating,) = (await show(host))["seatings"]
    assert (seating["name"], made["phone"], made["state"]) == ("Ada Lovelace", phone(1), "seated")
    place = {"seating_id": seating["seating_id"], "version": seating["version"]}
    await done(host, "clear", **place)
    made = await read(host, made)
    await move_clock(app.state.pool, at(40))
    made = await mended(host, made, name="Countess Lovelace", notes="Left her hat")
    assert (made["state"], made["name"], made["notes"]) == (
        "finished", "Countess Lovelace", "Left her hat",
    )  # fmt: skip
    answer = await patched(host, made, needs={"quiet": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_CHANGEABLE")


async def test_a_number_heard_wrongly_is_mended_in_place(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, 1)
    entry = await mended(host, made, phone=phone(2).replace("+49", "0"), email="g1@x.example")
    assert (entry["guest_id"], entry["phone"]) == (made["guest_id"], phone(2))
    assert entry["email"] == "g1@x.example"
    assert await pool.fetchval("select count(*) from guest") == 1


async def test_a_number_that_is_somebody_else_s_makes_it_theirs_and_their_record_stays(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    other = await booked(host, 2, starts=LATER)
    path = f"/host/guests/{other['guest_id']}"
    record = (
        await host.patch(path, json={"email": "two@x.example", "notes": "by the door"})
    ).json()
    await booked(host, 1, starts=LATER)
    made = await booked(host, 1)
    entry = await mended(host, made, phone=phone(2))
    assert entry["guest_id"] == other["guest_id"]
    assert entry["name"] == "Guest 1"
    (after,) = (await host.get("/host/guests", params={"q": phone(2)})).json()
    assert after == record
    unknown = await mended(host, entry, phone=phone(3))
    assert unknown["guest_id"] not in {made["guest_id"], other["guest_id"]}
    assert await pool.fetchval("select count(*) from guest") == 3


async def test_one_guest_twice_in_the_same_hours_is_refused_as_at_making(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await booked(host, 2)
    made = await booked(host, 1, guest={"name": "Guest 2"})
    refused = await patched(host, made, phone=phone(2), name="Guest 2", email="new@x.example")
    assert (refused.status_code, refused.json()["code"]) == (409, "DUPLICATE")
    assert (await read(host, made))["version"] == made["version"]
    assert await pool.fetchval("select count(email) from guest") == 0
    fewer = await patched(host, made, phone=phone(2), name="Guest 2", party_size=1)
    assert (fewer.status_code, fewer.json()["code"]) == (409, "DUPLICATE")
    twice = await mended(host, made, phone=phone(2), overrule="two tables for one family")
    assert twice["phone"] == phone(2)
    other_name = await booked(host, 3)
    one = await mended(host, other_name, phone=phone(2), party_size=1)
    assert (one["phone"], one["party_size"]) == (phone(2), 1)


async def test_a_booking_without_a_number_gets_one_and_an_address(host: httpx.AsyncClient) -> None:
    made = await booked(host, guest={"name": "Ada"})
    assert made["guest_id"] is None
    made = await mended(host, made, email="ada@x.example")
    assert (made["email"], made["phone"]) == ("ada@x.example", None)
    assert (await mended(host, made, phone=phone(4)))["email"] == "ada@x.example"


async def test_a_site_and_the_guest_s_page_are_told_of_a_name_and_not_of_a_tag(
    app: Litestar, host: httpx.AsyncClient, pool: Pool
) -> None:
    async with site.site_client(app) as partner:
        made = await site.made(partner, start=at(1).isoformat())
        ours = {"reservation_id": made["id"], "version": 1}
        ours = await mended(host, ours, tags=["press"], phone=phone(77))
        path = f"{site.BASE}/reservations/{made['id']}"
        assert (await partner.get(path)).headers["etag"] == '"v1"'
        await mended(host, ours, name="Ada", needs={"high_chairs": 1})
        seen = await partner.get(path)
        assert (seen.headers["etag"], seen.json()["guest"]["name"]) == ('"v2"', "Ada")
        assert seen.json()["needs"]["high_chairs"] == 1
    told = [json.loads(row["data"])["types"] for row in await pool.fetch(TOLD, made["id"])]
    assert told == [["reservation.confirmed"], ["reservation.changed"]]
    async with client_of(app) as guest:
        page = await guest.get(made["manage_url"].removeprefix("https://maitred.test"))
        assert "Ada" in page.text


# Needs and tables


async def test_needs_are_judged_by_the_room_and_the_promise_stands_where_it_has_none(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host, starts=LATER)
    outside = await mended(host, made, needs={"area": "terrace"})
    assert (outside["tables"], outside["needs"]["area"]) == (["5"], "terrace")
    other = await booked(host, 1, starts=LATER)
    refused = await patched(host, other, needs={"area": "terrace"}, name="Another name")
    said = refused.json()
    assert (refused.status_code, said["code"]) == (409, "NO_TABLE_FITS")
    assert said["alternatives"]
    assert (await read(host, other)).items() <= other.items()
    chair = await mended(host, outside, needs={"area": "terrace", "high_chairs": 1})
    assert chair["tables"] == ["5"]
    refused = await patched(host, other, needs={"high_chairs": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "NEEDS_NOT_MET")
    inside = await mended(host, chair, needs={})
    assert (inside["tables"], inside["needs"]["area"]) == (["5"], None)


async def test_a_party_that_is_here_still_gets_a_table_that_suits_it(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    about = {"reservation_id": made["reservation_id"], "version": made["version"]}
    arrived = await done(host, "arrive", **about, arrived=2)
    made |= {"version": arrived["reservations"][0]["version"]}
    outside = await mended(host, made, needs={"area": "terrace"})
    assert (outside["state"], outside["tables"]) == ("arrived", ["5"])
    moved = await patched(host, outside, starts=LATER)
    assert (moved.status_code, moved.json()["code"]) == (409, "NOT_CHANGEABLE")


async def test_tables_are_promised_taken_and_given_up_by_name(host: httpx.AsyncClient) -> None:
    made = await booked(host, starts=LATER)
    other = await booked(host, 1, starts=LATER, tables=["3"])
    fixed = await mended(host, made, tables=["4"])
    assert (fixed["tables"], fixed["fixed"]) == (["4"], True)
    for tables, code in ((["3"], "NO_TABLE_FITS"), (["5"], None), (["1"], None)):
        answer = await patched(host, fixed, tables=tables)
        assert answer.json().get("code") in {code, other["code"], fixed["code"]}
        fixed = answer.json() if code is None else fixed
    assert (await read(host, other))["tables"] == ["3"]
    later = at(26.5).isoformat()
    both = await mended(host, fixed, starts=later, party_size=4, tables=["4"])
    assert (both["tables"], both["fixed"], both["party_size"]) == (["4"], True, 4)
    both = await mended(host, both, needs={"high_chairs": 1})
    assert (both["tables"], both["fixed"]) == (["4"], True)
    small = await patched(host, both, tables=["1"])
    said = small.json()
    assert "Table 1 is too small for 4 guests" in said["detail"]
    # No other start makes it larger, and nobody is turned away: the booking stands.
    assert not {"alternatives", "turnaway_id", "answers"} & said.keys()
    large = await patched(host, both, party_size=20)
    assert "largest table or join seats 6" in large.json()["detail"]
    free = await mended(host, both, tables=[])
    assert free["warnings"] == [], "that was asked for, and the plan leaves it there"
    assert (free["tables"], free["fixed"], free["lost_tables"]) == (["4"], False, ["4"])


async def test_who_was_given_a_small_table_anyway_is_not_asked_about_again(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host, party_size=4)
    anyway = {"overrule": "they insist", "anyway": ["TOO_FEW_SEATS"]}
    made = await mended(host, made, tables=["1"], **anyway)
    assert [each["code"] for each in made["warnings"]] == ["TOO_FEW_SEATS"]
    made = await mended(host, made, name="Ada", needs={"high_chairs": 1})
    assert (made["tables"], made["warnings"]) == (["1"], [])
    more = await patched(host, made, tables=["1"], needs={}, overrule="squeezed", party_size=5)
    assert (more.status_code, more.json()["code"]) == (409, "NEEDS_ANYWAY")


async def test_fewer_guests_and_another_area_are_one_change(host: httpx.AsyncClient) -> None:
    made = await booked(host, starts=LATER, party_size=4)
    entry = await mended(host, made, party_size=2, needs={"area": "terrace"})
    assert (entry["party_size"], entry["tables"]) == (2, ["5"])


async def test_a_stay_is_changed_in_one_with_tables_needs_or_wishes(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host, starts=LATER, duration_minutes=120)
    beside: list[dict[str, Any]]
    beside = [{"tables": ["4"]}, {"tables": []}, {"needs": {"area": "terrace"}}]
    for also in beside:
        short = await mended(host, made, duration_minutes=60, dry_run=True, **also)
        assert (short["duration_minutes"], short["ends"]) == (60, utc(26)), also
        usual = await mended(host, made, duration_minutes="usual", dry_run=True, **also)
        assert (usual["duration_minutes"], usual["ends"]) == (None, utc(26.5)), also
    liked = await mended(host, made, needs={}, preferences={"area": "terrace"})
    assert (liked["tables"], liked["preferences_met"]) == (["5"], True)


async def test_another_area_has_its_own_turn_time_and_a_change_of_the_house_none(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    turns = [{"party_max": 2, "minutes": 90}, {"party_max": 50, "minutes": 120}]
    outside = [{"party_max": 2, "minutes": 150, "areas": ["terrace"]}]
    await rewrite_house(pool, "{turn_times}", turns + outside)
    made = await booked(host, starts=LATER)
    for there in ({"needs": {"area": "terrace"}}, {"tables": ["5"]}):
        longer = await mended(host, made, dry_run=True, **there)
        assert (longer["tables"], longer["ends"]) == (["5"], utc(27.5))
    longer = await mended(host, made, needs={"area": "terrace"})
    assert (await mended(host, longer, needs={}, dry_run=True))["ends"] == utc(26.5)
    kept = await mended(host, longer, duration_minutes=60, needs={"area": "terrace"})
    assert kept["ends"] == utc(26)
    other = await booked(host, 1, starts=LATER)
    await rewrite_house(pool, "{turn_times}", [{"party_max": 50, "minutes": 30}])
    assert (await mended(host, other, tables=["3"]))["ends"] == utc(26.5)


async def test_a_table_kept_by_a_rule_goes_by_who_the_booking_is_for_after_the_change(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    rule = {"name": "Regulars at 3", "to": "members", "tables": ["3"], "tags": ["regular"]}
    await rewrite_house(pool, "{access}", [rule])
    regular = await booked(host, 2, starts=at(50).isoformat())
    await host.patch(f"/host/guests/{regular['guest_id']}", json={"tags": ["regular"]})
    made = await booked(host, starts=LATER)
    kept = (await patched(host, made, tables=["3"])).json()
    assert (kept["code"], "alternatives" in kept) == ("AREA_NOT_BOOKABLE", False)
    assert kept["detail"].startswith("Table 3 is kept for others: Regulars at 3.")
    for known in ({"tags": ["regular"]}, {"phone": phone(2)}):
        assert (await mended(host, made, tables=["3"], dry_run=True, **known))["fixed"]
    for starts in (LATER, at(26).isoformat()):
        given = {"tables": ["3"], "starts": starts, "overrule": "an old friend", "dry_run": True}
        answer = await patched(host, made, **given)
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED"), starts
        assert (await mended(manager, made, **given))["tables"] == ["3"]


async def test_an_area_that_the_house_has_given_up_can_be_dropped(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, starts=LATER, needs={"area": "terrace"})
    await rewrite_house(pool, "{areas}", [{"id": "room", "name": "Room"}])
    await rewrite_house(pool, "{tables,4,area}", "room")
    answer = await patched(host, made, needs={"area": "terrace", "quiet": True})
    assert answer.json()["errors"][0]["pointer"] == "/needs/area"
    entry = await mended(host, made, needs={})
    assert entry["needs"]["area"] is None


# Replies and mistakes


async def test_a_change_sent_again_happens_once(host: httpx.AsyncClient, pool: Pool) -> None:
    made = await booked(host)
    body = {"id": str(uuid4()), "version": 1, "name": "Ada", "tables": ["2"]}
    path = f"/host/reservations/{made['reservation_id']}"
    answers = [await host.patch(path, json=body) for _ in range(2)]
    assert answers[0].text == answers[1].text
    assert answers[0].json()["version"] == 2
    stale = await host.patch(path, json=body | {"id": str(uuid4())})
    assert (stale.status_code, stale.json()["now"]["name"]) == (409, "Ada")
    kinds = await pool.fetch("select kind, staff_id from action where kind = 'Alter'")
    assert [tuple(row) for row in kinds] == [("Alter", "host")]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "/name"),
    ({"phone": "nonsense"}, "/phone"),
    ({"needs": {"area": "roof"}}, "/needs/area"),
    ({"needs": {"high_chairs": -1}}, "/needs/high_chairs"),
    ({"tables": ["99"]}, "/tables"),
    ({"tables": ["1", "1"]}, "/tables"),
    ({"tags": [""]}, "/tags/0"),
    ({"surname": "x"}, ""),
]


async def test_a_wrong_change_is_told_where_and_nothing_is_stored(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host)
    for wrong, pointer in WRONG:
        answer = await patched(host, made, **wrong)
        assert answer.status_code in {400, 422}, answer.text
        (error,) = answer.json()["errors"]
        assert error["pointer"].startswith(pointer)
        assert error["detail"]
    others = "select count(*) from action where kind not in ('Reserve', 'PairDevice')"
    assert await pool.fetchval(others) == 0
    assert (await read(host, made)).items() <= made.items()


async def test_a_request_has_no_table_to_name_yet(app: Litestar, host: httpx.AsyncClient) -> None:
    async with site.site_client(app) as partner:
        wish = site.wish(party_size=12, start=LATER)
        sent = await partner.post(f"{site.BASE}/enquiries", json=wish, headers=site.key())
    ours = {"reservation_id": sent.json()["id"], "version": 1}
    answer = await patched(host, ours, tables=["3"])
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (409, "/tables")
    entry = await mended(host, ours, needs={"area": "terrace"}, name="Ada")
    assert (entry["state"], entry["needs"]["area"], entry["name"]) == (
        "requested",
        "terrace",
        "Ada",
    )


# A link for the guest


async def test_each_link_leads_to_the_page_and_none_is_kept(
    app: Litestar, host: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, starts=LATER)
    path = f"/host/reservations/{made['reservation_id']}/guest-link"
    body = {"id": str(uuid4())}
    links = [(await host.post(path, json=body)).json() for _ in range(2)]
    tokens = [link["url"].rsplit("/", 1)[1] for link in links]
    assert len(set(tokens)) == 2
    async with client_of(app) as guest:
        for token in tokens:
            assert made["code"] in (await guest.get(f"/r/{token}")).text
    kept = await pool.fetch("select kind, answer::text from action where kind = 'LinkForGuest'")
    assert len(kept) == 1
    for table in ("action", "guest_link", "outbox"):
        rows = await pool.fetch(f"select t::text from {table} t where venue_id = $1", VENUE)
        assert not any(token in row[0] for token in tokens for row in rows)


async def test_a_link_is_for_a_booking_of_the_house_not_long_past(
    app: Litestar, host: httpx.AsyncClient
) -> None:
    made = await booked(host)
    body = {"id": str(uuid4())}
    nowhere = await host.post(f"/host/reservations/{uuid4()}/guest-link", json=body)
    assert nowhere.status_code == 404
    wrong = await host.post(f"/host/reservations/{uuid4()}/guest-link", json={"id": "1"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/id")
    await move_clock(app.state.pool, at(24 * 100))
    path = f"/host/reservations/{made['reservation_id']}/guest-link"
    late = await host.post(path, json=body)
    assert (late.status_code, late.json()["detail"]) == (
        409, "The guest's page closes 90 days after the visit.",
    )  # fmt: skip
