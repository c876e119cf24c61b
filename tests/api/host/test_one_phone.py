"""One phone for several people: a concierge's, or a guest's that a host knows better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.booking import conftest as site
from tests.api.host.conftest import booked, done
from tests.support.house import at

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

PHONE = "+493023125024"


def of(name: str, hours: float) -> dict[str, Any]:
    return {"guest": {"name": name, "phone": PHONE}, "starts": at(hours).isoformat()}


async def test_a_concierges_second_guest_is_booked_and_an_enquiry_approved(
    app: Litestar, host: httpx.AsyncClient
) -> None:
    await booked(host, **of("Ada Lovelace", 1))
    await booked(host, **of("Alan Turing", 1))
    enquiry = site.wish(guest={"name": "Grace Hopper", "phone": PHONE}, start=at(1).isoformat())
    async with site.site_client(app) as partner:
        answer = await partner.post(f"{site.BASE}/enquiries", json=enquiry, headers=site.key())
    assert answer.status_code == 202, answer.text
    about = {"reservation_id": answer.json()["id"], "version": 1}
    assert await done(host, "approve", **about)


async def test_a_host_may_move_a_guests_booking_onto_their_other_one(
    host: httpx.AsyncClient,
) -> None:
    await booked(host, **of("Ada Lovelace", 1))
    other = await booked(host, **of("Ada Lovelace", 3))
    path = f"/host/reservations/{other['reservation_id']}"
    body = {"id": str(uuid4()), "version": 1, "starts": at(1).isoformat()}
    refused = await host.patch(path, json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "DUPLICATE")
    body |= {"id": str(uuid4()), "overrule": "Both tables are hers"}
    moved = await host.patch(path, json=body)
    assert moved.status_code == 200, moved.text
