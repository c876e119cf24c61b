"""A locked tablet shows tables, times and sizes by its own right, and of nobody who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.conftest import PIN, client_of
from tests.api.host.conftest import booked, done

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

GUEST = {"name": "Vera Lindqvist", "phone": "+4930123456789"}
GEOMETRY = ("areas", "tables", "walls")


def texts(part: Any) -> set[str]:  # noqa: ANN401 - any JSON
    """Every text of an answer."""
    if isinstance(part, dict):
        return set().union(*(texts(each) for each in part.values()), part.keys())
    if isinstance(part, list):
        return set().union(*(texts(each) for each in part))
    return {part} if isinstance(part, str) else set()


async def test_a_locked_stand_shows_no_name_number_note_or_allergy(
    app: Litestar, host: httpx.AsyncClient
) -> None:
    await booked(host, guest=GUEST, party_size=4, special_request="allergic to peanuts")
    await done(host, "seat", tables=["1"], party_size=2, name="Olga")
    await done(host, "wait", name="Mirko", phone=GUEST["phone"], party_size=3)
    house = (await host.get("/host/house")).json()
    assert (await host.post("/host/session/lock")).status_code == 204
    assert (await host.get("/host/tonight")).status_code == 401
    answer = await host.get("/host/locked")
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    room = shown.pop("room")
    assert {each: room[each] for each in GEOMETRY} == {each: house[each] for each in GEOMETRY}
    assert texts({each: room[each] for each in set(room) - set(GEOMETRY)}) == {
        *("name", "zone", "locale"),
        *(house["venue"][each] for each in ("name", "zone", "locale")),
    }
    assert shown.pop("service") == "dinner"
    (seated,), (expected,) = shown["seated"], shown["expected"]
    assert (seated["tables"], seated["party_size"]) == (["1"], 2)
    assert (expected["party_size"], len(expected["tables"])) == (4, 1)
    assert shown["waiting"] == 1
    instants = {
        shown["now"],
        *(each[end] for each in (seated, expected) for end in ("starts", "ends")),
    }
    fields = {
        "now",
        "clock_rate",
        "seated",
        "expected",
        "waiting",
        "tables",
        "party_size",
        "starts",
        "ends",
    }
    assert texts(shown) == fields | instants | {*seated["tables"], *expected["tables"]}

    answer = await host.post("/host/login", json={"staff_id": "host", "pin": PIN})
    assert answer.status_code == 200
    assert (await host.get("/host/tonight")).status_code == 200
    async with client_of(app) as anybody:
        assert (await anybody.get("/host/locked")).status_code == 401
