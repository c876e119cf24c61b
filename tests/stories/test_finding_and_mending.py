"""A host finds and mends a booking: who calls back is found, understood, and never booked twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.conftest import client_of
from tests.api.host.conftest import booked
from tests.support.house import at, phone

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar


async def found(host: httpx.AsyncClient, **sought: str) -> list[dict[str, Any]]:
    answer = await host.get("/host/reservations/search", params=sought)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def mended(host: httpx.AsyncClient, entry: dict[str, Any], **to: Any) -> httpx.Response:  # noqa: ANN401
    body = {"id": str(uuid4()), "version": entry["version"]} | to
    return await host.patch(f"/host/reservations/{entry['reservation_id']}", json=body)


async def test_a_host_finds_and_mends_a_booking(
    app: Litestar, marina: httpx.AsyncClient, oleg: httpx.AsyncClient
) -> None:
    later = at(26).isoformat()
    guest = {"name": "Zoe Muller Garcia", "phone": phone(8)}
    await booked(marina, 1, starts=later, party_size=4, needs={"area": "terrace"})
    made = await booked(marina, starts=later, guest=guest)

    # She calls back, and another colleague answers: a part of the name is enough.
    (entry,) = await found(oleg, name="garcía ZOË")
    assert (entry["reservation_id"], entry["phone"]) == (made["reservation_id"], phone(8))
    assert await found(oleg, phone=phone(8)[-4:]) == [entry]
    assert await found(oleg, code=entry["code"].lower()) == [entry]

    # Her name has its accents, the number was heard wrongly, her mother comes along.
    words = {"name": "Zoë Müller-García", "phone": phone(9), "tags": ["birthday"]}
    answer = await mended(oleg, entry, **words, needs={"step_free": False, "high_chairs": 1})
    entry = answer.json()
    assert (answer.status_code, entry["name"]) == (200, "Zoë Müller-García"), answer.text
    assert (entry["phone"], entry["tags"]) == (phone(9), ["birthday"])
    assert entry["needs"]["high_chairs"] == 1
    assert await found(oleg, phone=phone(8)) == []

    # The terrace is full: she hears so, and keeps the table she has.
    refused = await mended(oleg, entry, needs={"area": "terrace"})
    assert (refused.status_code, refused.json()["code"]) == (409, "NO_TABLE_FITS")
    assert refused.json()["alternatives"]
    (still,) = await found(oleg, name="zoe")
    assert (still["tables"], still["version"]) == (entry["tables"], entry["version"])

    # A link for her, by text. She cancels there, thinks better of it, and calls again.
    path = f"/host/reservations/{entry['reservation_id']}"
    link = (await oleg.post(f"{path}/guest-link", json={"id": str(uuid4())})).json()
    page = link["url"].removeprefix("https://maitred.test")
    async with client_of(app) as zoe:
        assert "Zoë Müller-García" in (await zoe.get(page)).text
        assert (await zoe.post(f"{page}/cancel")).status_code == 303
        (gone,) = await found(oleg, name="zoe", state="cancelled")
        body = {"id": str(uuid4()), "version": gone["version"]}
        back = await marina.post(f"{path}/reinstate", json=body)
        assert (back.status_code, back.json()["state"]) == (200, "booked"), back.text
        again = await marina.post(f"{path}/reinstate", json=body)
        assert again.text == back.text

    # She was written down twice, under her old number too: one guest from now on.
    await booked(marina, starts=at(98).isoformat(), guest={"name": "Zoe Muller", "phone": phone(8)})
    one, two = (await oleg.get("/host/guests", params={"q": "zoe"})).json()
    pair = {"id": str(uuid4()), "kept_id": one["guest_id"], "gone_id": two["guest_id"]}
    merged = await oleg.post("/host/guests/merge", json=pair)
    assert (merged.status_code, merged.json()["moved"]) == (200, 1), merged.text
    assert len(await found(oleg, phone=phone(8))) == len(await found(oleg, phone=phone(9))) == 2
