"""Servers, the kitchen and those who look on: what they may do at the stand, and what they see."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, get_origin

import pytest
from litestar import Response

from api.app import create_app
from api.host.roles.table import HOSTS, NEEDED, ONESELF, by_rights, right_of
from api.openapi import components
from api.openapi.screens import routes_of
from api.settings import Settings
from policies.access.rights import RIGHTS, has_right, hidden_from
from seating.db import transaction
from tests.api.conftest import NEW_STAFF, staff_client
from tests.api.host.conftest import booked, done, show, tap
from tests.support.house import VENUE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from api.openapi.screens import Route
    from policies.house.house import Role
    from seating.db import Pool

LOW: tuple[Role, ...] = ("viewer", "kitchen", "server")
FEW = "Это могут хостес и менеджеры. Обратитесь к ним."


@pytest.fixture
async def people(app: Litestar, pool: Pool) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    async with AsyncExitStack() as open_:
        async with transaction(pool) as conn:
            for role in LOW:
                await conn.execute(NEW_STAFF, VENUE, role)
        yield {
            role: await open_.enter_async_context(staff_client(app, role))
            for role in (*LOW, "host")
        }


@pytest.fixture(scope="module")
def routes() -> dict[str, Route]:
    app = create_app(Settings(database_url="postgresql://nowhere/none"))
    return {
        f"{each.method.upper()} {each.path}": each
        for each in routes_of(app)
        if by_rights in each.handler.resolve_guards()
    }


def test_every_route_of_the_stand_says_what_it_takes(routes: dict[str, Route]) -> None:
    assert routes.keys() == {*ONESELF, *NEEDED, *HOSTS}
    assert len(routes) == len(ONESELF) + len(NEEDED) + len(HOSTS)


def test_nothing_hidden_is_in_an_answer_that_is_sent_as_it_is(routes: dict[str, Route]) -> None:
    for name, route in routes.items():
        right = right_of(*name.split(" "))
        for role in LOW:
            if right is None or not has_right(role, right) or route.answer is None:
                continue
            if get_origin(route.handler.parsed_fn_signature.return_type.annotation) is Response:
                structs = components.structs_in([route.answer]).values()
                fields = {field.encode_name for each in structs for field in each.fields}
                assert not fields & hidden_from(role), (name, role)


async def test_each_role_does_what_is_its_own_and_nothing_else(
    people: dict[str, httpx.AsyncClient],
) -> None:
    host, server = people["host"], people["server"]
    sat = await done(host, "seat", tables=["1"], party_size=2)
    (seating,) = sat["seatings"]
    which = {"seating_id": seating["seating_id"], "version": seating["version"]}
    for role in LOW:
        people[role].headers["Accept-Language"] = "ru"
        refused = await tap(people[role], "seat", tables=["2"], party_size=2)
        assert (refused.status_code, refused.json()["detail"]) == (403, FEW), role
        me = (await people[role].get("/host/me")).json()
        assert (me["role"], tuple(me["may"])) == (role, RIGHTS[role])
    for role in ("viewer", "kitchen"):
        refused = await tap(people[role], "serve", **which, check_down=True)
        assert refused.json()["params"] == {"role": "server"}
    served = await done(server, "serve", **which, check_down=True)

    undone = await tap(server, "undo", action_id=sat["action_id"])
    assert (undone.status_code, undone.json()["params"]) == (403, {"role": "host"})
    await done(server, "undo", action_id=served["action_id"])
    assert (await show(host))["seatings"][0]["state"] == "seated"


async def test_telephones_are_for_hosts_and_remarks_for_whoever_serves(
    people: dict[str, httpx.AsyncClient], pool: Pool
) -> None:
    made = await booked(people["host"], 7)
    await pool.execute("update guest set notes = 'likes the corner', allergies = 'nuts'")
    for role, client in people.items():
        (party,) = (await show(client))["reservations"]
        assert (party["name"], party["allergies"]) == ("Guest 7", "nuts")
        assert bool(party["phone"]) == (role == "host"), role
        assert bool(party["guest_notes"]) == (role in {"host", "server"}), role
        book = await client.get(f"/host/reservations/{made['reservation_id']}")
        assert book.status_code == (200 if role == "host" else 403)
