"""Sessions: good at their own tablet, while somebody touches it, and listed and ended by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.app import create_app
from api.http.access import BACKGROUND_HEADER, confirmed
from api.settings import Settings
from seating.access.sessions import end_idle_sessions
from tests.api.conftest import (
    ELSEWHERE,
    PIN,
    VENUE,
    client_of,
    device_token,
    session_token,
    staff_client,
)

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from tests.support.webhooks import Watch

# What asks for the PIN again. A route leaves this list only with a reason.
OF_CONSEQUENCE = {
    ("POST", "/manage/staff"),
    ("PUT", "/manage/staff/{staff_id:str}/pin"),
    ("PUT", "/manage/staff/{staff_id:str}/role"),
    ("DELETE", "/manage/staff/{staff_id:str}"),
    ("POST", "/manage/pairing-codes"),
    ("POST", "/manage/devices/{device_id:uuid}/unlock"),
    ("DELETE", "/manage/devices/{device_id:uuid}"),
    ("POST", "/manage/clients"),
    ("PUT", "/manage/clients/{client_id:str}/grant"),
    ("DELETE", "/manage/clients/{client_id:str}/grant"),
    ("POST", "/manage/clients/{client_id:str}/disable"),
    ("POST", "/manage/house/drafts/{version:int}/publish"),
    ("GET", "/manage/house/export"),
    ("POST", "/manage/rules/{version:int}/publish"),
}


async def ended(client: httpx.AsyncClient) -> str:
    """What a screen is told whose session has ended."""
    answer = await client.get("/host/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "SESSION_ENDED")
    return str(answer.json()["message"])


async def test_a_session_is_good_with_its_own_tablets_cookie_only(app: Litestar) -> None:
    pool = app.state.pool
    for stolen in ("", await device_token(pool, name="thief"), await device_token(pool, ELSEWHERE)):
        device, session = await session_token(pool, "owner")
        for tablet, open_ in ((device, True), (stolen, False), (device, False)):
            cookies = {"__Host-maitred_device": tablet, "__Host-maitred_session": session}
            async with client_of(app, cookies=cookies) as client:
                if open_:
                    assert (await client.get("/host/me")).status_code == 200
                else:  # the session has ended for its own tablet too: its token is known
                    assert await ended(client) == "session-other-tablet"
    rows = await pool.fetch("select kind from security_event where kind = 'SessionAtOtherTablet'")
    assert len(rows) == 3


async def test_what_has_consequences_asks_for_the_pin_again(app: Litestar, watch: Watch) -> None:
    async with staff_client(app, "manager") as manager:
        watch.on(minutes=5)
        assert (await manager.post("/manage/pairing-codes")).status_code == 201
        watch.on(seconds=1)
        refused = await manager.post("/manage/pairing-codes")
        assert (refused.status_code, refused.json()["code"]) == (403, "PIN_NEEDED")
        assert (await manager.get("/manage/staff")).status_code == 200
        for pin, status in (("97531", 401), (PIN, 204)):
            answer = await manager.post("/host/session/confirm", json={"pin": pin})
            assert answer.status_code == status
        assert (await manager.post("/manage/pairing-codes")).status_code == 201
        watch.on(hours=-1)
        assert (await manager.get("/host/me")).status_code == 200  # set back: not locked out
        assert (await manager.post("/manage/pairing-codes")).json()["code"] == "PIN_NEEDED"


def test_the_routes_of_consequence_are_guarded() -> None:
    app = create_app(Settings(database_url="postgresql://nowhere/none"))
    guarded = {
        (str(method), route.path)
        for route in app.routes
        for method, (handler, _) in getattr(route, "route_handler_map", {}).items()
        if confirmed in handler.resolve_guards()
    }
    assert guarded >= OF_CONSEQUENCE


async def seen_at(app: Litestar) -> Any:  # noqa: ANN401 - of asyncpg
    return await app.state.pool.fetchval("select seen_at from session where staff_id = 'host'")


async def test_a_tablet_that_nobody_touches_locks_itself(app: Litestar, watch: Watch) -> None:
    async with staff_client(app, "host") as host:
        begun = await seen_at(app)
        watch.on(seconds=59)
        await host.get("/host/me")
        assert await seen_at(app) == begun  # written once a minute at most
        watch.on(minutes=10)
        await host.get("/host/me", headers={BACKGROUND_HEADER: "1"})
        assert await seen_at(app) == begun
        await host.get("/host/me")
        assert await seen_at(app) == watch.at
        watch.on(minutes=15)
        assert await ended(host) == "session-idle"
        assert await end_idle_sessions(app.state.pool, app.state.clock) == 1
        assert await end_idle_sessions(app.state.pool, app.state.clock) == 0
        assert await ended(host) == "session-idle"


async def test_a_tablet_is_locked_by_hand_and_opened_by_pin(app: Litestar) -> None:
    async with staff_client(app, "host") as host:
        session = host.cookies["__Host-maitred_session"]
        assert (await host.post("/host/session/lock")).status_code == 204
        host.cookies.set("__Host-maitred_session", session)
        assert await ended(host) == "session-locked"
        answer = await host.post("/host/login", json={"staff_id": "host", "pin": PIN})
        assert answer.status_code == 200


async def test_sessions_are_listed_and_ended_by_their_owner_and_by_whoever_may_change_them(
    app: Litestar,
) -> None:
    async with (
        staff_client(app, "host") as host,
        staff_client(app, "host") as other,
        staff_client(app, "manager") as manager,
        staff_client(app, "owner") as owner,
    ):
        mine = (await host.get("/host/sessions")).json()
        assert {each["staff_id"] for each in mine} == {"host"}
        assert sorted(each["this_one"] for each in mine) == [False, True]
        assert {each["device"] for each in mine} == {"tablet"}
        theirs = (await manager.get("/manage/sessions")).json()
        assert sorted(each["staff_id"] for each in theirs) == ["host", "host", "manager"]
        everybody = (await owner.get("/manage/sessions")).json()
        (of_owner,) = [each["session_id"] for each in everybody if each["staff_id"] == "owner"]
        for client, path in ((host, "/host"), (manager, "/manage")):
            refused = await client.delete(f"{path}/sessions/{of_owner}")
            assert refused.status_code == 404
        assert (await host.delete("/host/sessions")).status_code == 204
        assert await ended(other) == "session-ended-elsewhere"
        (own,) = (await host.get("/host/sessions")).json()
        path = f"/manage/sessions/{own['session_id']}"
        assert (await manager.delete(path)).status_code == 204
        assert await ended(host) == "session-ended-elsewhere"
        assert (await manager.delete(path)).status_code == 404
    kinds = "select array_agg(staff_id order by at) from security_event where kind = 'EndSession'"
    assert await app.state.pool.fetchval(kinds) == ["host", "manager"]


async def test_a_pairing_code_of_a_clock_that_was_ahead_is_none(
    app: Litestar, watch: Watch
) -> None:
    async with staff_client(app, "manager") as manager:
        code = (await manager.post("/manage/pairing-codes")).json()["code"]
    watch.on(minutes=-30)
    async with client_of(app) as tablet:
        pairing = {"venue": VENUE, "code": code, "device_name": "Door"}
        assert (await tablet.post("/host/pair", json=pairing)).status_code == 401
        watch.on(minutes=25)
        assert (await tablet.post("/host/pair", json=pairing)).status_code == 204
