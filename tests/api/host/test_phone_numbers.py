"""Phone numbers at the stand: national forms, numbers that are not whole, extensions, search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import booked, done, show, wish

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


def guest(phone: str) -> dict[str, str]:
    return {"name": "Ada", "phone": phone}


async def found(host: httpx.AsyncClient, sought: str) -> list[str]:
    answer = await host.get("/host/guests", params={"q": sought})
    assert answer.status_code == 200, answer.text
    return [each["phone"] for each in answer.json()]


async def give_the_house(pool: Pool, phone: str) -> None:
    """A house published before its own number was checked."""
    changed = "jsonb_set(house::jsonb, '{venue,phone}', to_jsonb($1::text))"
    await pool.execute(f"update house set house = {changed}, checksum = $1", phone)


async def test_a_national_number_is_of_the_venues_country(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await give_the_house(pool, "030 1234")
    await booked(host, guest=guest("030 23125024"))
    await give_the_house(pool, "+49 30 23125024")
    for sought in ("030 23125024", "0049 30 23125024", "+49 30 23125024", "5024", "23125024"):
        assert await found(host, sought) == ["+493023125024"], sought
    assert await found(host, "030 23125025") == []


async def test_a_number_that_is_not_whole_is_refused_at_every_place_of_the_stand(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    turnaway: dict[str, Any] = {"party_size": 2, "code": "NO_TABLE_FITS", "kind": "denial"}
    for phone in ("1234", "80 ", "110", "+49301234567890123", "+1 555-0100"):
        for path, body, pointer in (
            ("/host/reservations", wish(guest=guest(phone)), "/guest/phone"),
            ("/host/turnaways", turnaway | {"id": str(uuid4()), "phone": phone}, "/phone"),
        ):
            answer = await host.post(path, json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, "INVALID"), path
            assert answer.json()["errors"][0]["pointer"] == pointer
    assert await pool.fetchval("select count(*) from guest") == 0


async def test_what_a_host_types_at_the_door_stays_where_it_is_no_number(
    host: httpx.AsyncClient,
) -> None:
    await done(host, "wait", party_size=2, phone="1234")
    (waiting,) = (await show(host))["waiting"]
    assert waiting["phone"] == "1234"


async def test_two_extensions_of_one_house_are_two_guests(host: httpx.AsyncClient) -> None:
    first = await booked(host, guest=guest("+49 30 23125024 ext 204"))
    other = await booked(host, guest=guest("+49 30 23125024 ext 311"))
    again = await host.post("/host/reservations", json=wish(guest=guest("030 23125024 ext 204")))
    assert first["guest_id"] != other["guest_id"]
    assert (again.status_code, again.json()["code"]) == (409, "DUPLICATE")
    assert await found(host, "+49 30 23125024 ext 311") == ["+493023125024;ext=311"]
    both = {"+493023125024;ext=204", "+493023125024;ext=311"}
    assert set(await found(host, "030 23125024")) == set(await found(host, "5024")) == both


async def test_a_party_that_leaves_the_list_is_known_by_its_extension(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, guest=guest("+49 30 23125024 ext 204"))
    await done(host, "wait", party_size=2, name="Ada", phone="030 23125024 ext 204")
    (waiting,) = (await show(host))["waiting"]
    assert waiting["phone"] == "+493023125024;ext=204"
    await done(host, "leave", wait_id=waiting["wait_id"], version=waiting["version"])
    (row,) = await pool.fetch("select guest_id::text, phone from turnaway")
    assert tuple(row) == (made["guest_id"], "+493023125024;ext=204")
