"""Tablets are paired, people come and go by PIN, and only so many wrong guesses are looked at."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from seating.clock import wall_now
from seating.privacy.retention import remove_aged
from tests.api.conftest import PIN, VENUE, client_of, device_token, staff_client

DEVICE, SESSION = "__Host-maitred_device", "__Host-maitred_session"

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar


@pytest.fixture
async def tablet(app: Litestar, manager: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """A paired tablet at the PIN screen; host and manager have PINs."""
    await manager.put("/manage/staff/host/pin", json={"pin": PIN})
    token = await device_token(app.state.pool)
    async with client_of(app, cookies={DEVICE: token}) as client:
        yield client


async def log_in(tablet: httpx.AsyncClient, staff_id: str, pin: str = PIN) -> httpx.Response:
    answer = await tablet.post("/host/login", json={"staff_id": staff_id, "pin": pin})
    if answer.status_code == 200:
        tablet.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    return answer


async def told(tablet: httpx.AsyncClient) -> tuple[str, str]:
    """What a screen is told whose session is over: code and sentence."""
    answer = await tablet.get("/host/me")
    assert answer.status_code == 401
    return answer.json()["code"], answer.json()["detail"]


async def test_a_tablet_is_paired_by_a_managers_code_and_used(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    made = (await manager.post("/manage/pairing-codes")).json()
    typed = f"{made['code'][:4]}-{made['code'][4:]}".lower()
    async with client_of(app) as tablet:
        pairing = {"venue": VENUE, "code": typed, "device_name": "Door"}
        answer = await tablet.post("/host/pair", json=pairing)
        assert answer.status_code == 204
        cookie = answer.headers["set-cookie"].lower()
        assert all(flag in cookie for flag in ("httponly", "secure", "samesite=lax"))
        names = [each["staff_id"] for each in (await tablet.get("/host/staff")).json()]
        assert names == ["manager"]  # the one with a PIN
        assert (await tablet.post("/host/pair", json=pairing)).status_code == 401


async def test_a_tablet_paired_anew_in_a_session_is_no_thief(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    async with client_of(app) as tablet:
        for _ in range(2):
            code = (await manager.post("/manage/pairing-codes")).json()["code"]
            pairing = {"venue": VENUE, "code": code, "device_name": "Door"}
            assert (await tablet.post("/host/pair", json=pairing)).status_code == 204
            assert await told(tablet) == ("UNAUTHENTICATED", "Log in, or send a bearer token.")
            assert (await log_in(tablet, "manager")).status_code == 200
    kinds = await app.state.pool.fetch("select kind from security_event")
    assert "SessionAtOtherTablet" not in {row["kind"] for row in kinds}


async def test_an_old_code_pairs_nothing(app: Litestar, manager: httpx.AsyncClient) -> None:
    made = (await manager.post("/manage/pairing-codes")).json()
    await app.state.pool.execute("update pairing set expires_at = now()")
    async with client_of(app) as tablet:
        pairing = {"venue": VENUE, "code": made["code"], "device_name": "Door"}
        assert (await tablet.post("/host/pair", json=pairing)).status_code == 401


async def test_a_code_for_another_house_says_so_as_it_says_that_it_is_mistyped(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    made = (await manager.post("/manage/pairing-codes")).json()
    told = []
    async with client_of(app) as tablet:
        for wrong in ({"venue": "elsewhere"}, {"code": "AAAAAAAA"}):
            pairing = {"venue": VENUE, "code": made["code"], "device_name": "Door"} | wrong
            answer = await tablet.post("/host/pair", json=pairing)
            told.append((answer.status_code, answer.json()["detail"]))
    assert told[0] == told[1]
    assert told[0][0] == 401
    assert "made for another house" in told[0][1]


async def pairing_of(manager: httpx.AsyncClient) -> dict[str, str]:
    made = (await manager.post("/manage/pairing-codes")).json()
    return {"venue": VENUE, "code": made["code"], "device_name": "Door"}


async def paired_as(app: Litestar, pairing: dict[str, str]) -> str | None:
    """The token of a tablet that pairs; None where it is refused."""
    async with client_of(app) as client:
        answer = await client.post("/host/pair", json=pairing)
    assert answer.status_code in {204, 401}
    return answer.cookies.get(DEVICE) if answer.status_code == 204 else None


async def comes_back(app: Litestar, token: str | None) -> bool:
    """Whether a tablet with this token is let to the PIN screen."""
    async with client_of(app, cookies={DEVICE: token or ""}) as client:
        return (await client.get("/host/staff")).status_code == 200


async def test_a_code_pairs_one_tablet_however_many_try_it_at_once(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    pairing = await pairing_of(manager)
    tokens = await asyncio.gather(*(paired_as(app, pairing) for _ in range(8)))
    back = await asyncio.gather(*(comes_back(app, token) for token in tokens))
    assert sorted(back) == [*[False] * 7, True]
    assert len((await manager.get("/manage/devices")).json()) == 2  # the manager's, and one more
    assert await paired_as(app, pairing) is None


async def test_a_code_is_good_until_its_tablet_came_back_with_the_cookie(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    pairing = await pairing_of(manager)
    lost = await paired_as(app, pairing)
    kept = await paired_as(app, pairing | {"device_name": "Terrace"})
    assert kept is not None
    assert not await comes_back(app, lost)
    assert await comes_back(app, kept)
    assert await paired_as(app, pairing) is None
    assert await comes_back(app, kept)
    devices = (await manager.get("/manage/devices")).json()
    assert [each["name"] for each in devices if each["seen_at"]] == ["Terrace"]


async def test_a_tablet_that_comes_back_while_its_code_is_tried_again_is_one(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    for _ in range(4):
        pairing = await pairing_of(manager)
        first = await paired_as(app, pairing)
        was_let_in, again = await asyncio.gather(comes_back(app, first), paired_as(app, pairing))
        assert was_let_in is (again is None)
        assert await comes_back(app, first if was_let_in else again)


async def test_a_tablet_revoked_before_it_came_back_is_not_paired_again(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    pairing = await pairing_of(manager)
    await paired_as(app, pairing)
    (door,) = [
        each for each in (await manager.get("/manage/devices")).json() if each["name"] == "Door"
    ]
    await manager.delete(f"/manage/devices/{door['device_id']}")
    assert await paired_as(app, pairing) is None


async def test_guessing_codes_is_stopped(anybody: httpx.AsyncClient) -> None:
    pairing = {"venue": VENUE, "code": "AAAAAAAA", "device_name": "Door"}
    answers = [await anybody.post("/host/pair", json=pairing) for _ in range(11)]
    assert [each.status_code for each in answers] == [*[401] * 10, 429]
    assert "Wait a minute" in answers[-1].json()["detail"]
    assert answers[-1].headers["Retry-After"] == "60"


async def test_a_pin_opens_a_session_and_logout_ends_it(tablet: httpx.AsyncClient) -> None:
    me = (await log_in(tablet, "host")).json()
    assert (me["staff_id"], me["role"]) == ("host", "host")
    session = tablet.cookies[SESSION]
    assert (await tablet.post("/host/logout")).status_code == 204
    tablet.cookies.set(SESSION, session)
    assert await told(tablet) == ("SESSION_ENDED", "You have logged out. Log in again.")


async def test_the_next_pin_ends_the_session_before(tablet: httpx.AsyncClient) -> None:
    await log_in(tablet, "host")
    first = tablet.cookies[SESSION]
    await log_in(tablet, "manager")
    assert (await tablet.get("/host/me")).json()["staff_id"] == "manager"
    tablet.cookies = {SESSION: first}
    assert (await told(tablet))[1].startswith("Somebody else has logged in at this tablet")


async def test_unknown_people_and_wrong_pins_look_the_same(tablet: httpx.AsyncClient) -> None:
    answers = [await log_in(tablet, *who) for who in (("nobody", PIN), ("host", "0000"))]
    assert [each.status_code for each in answers] == [401, 401]
    assert answers[0].content == answers[1].content


async def test_a_person_without_a_pin_cannot_log_in(tablet: httpx.AsyncClient) -> None:
    assert (await log_in(tablet, "owner", "0000")).status_code == 401


async def test_a_revoked_tablet_is_out_at_once(
    tablet: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    device = (await log_in(tablet, "host")).json()["device_id"]
    assert (await manager.delete(f"/manage/devices/{device}")).status_code == 204
    assert (await told(tablet))[1] == "This tablet is no longer paired. Ask a manager for a code."
    assert (await tablet.get("/host/staff")).status_code == 401
    assert (await manager.delete(f"/manage/devices/{device}")).status_code == 404


async def test_a_renamed_tablet_is_listed_so(manager: httpx.AsyncClient) -> None:
    (device,) = (await manager.get("/manage/devices")).json()
    path = f"/manage/devices/{device['device_id']}"
    assert (await manager.patch(path, json={"name": "Terrace"})).status_code == 204
    (device,) = (await manager.get("/manage/devices")).json()
    assert device["name"] == "Terrace"
    assert "token_hash" not in device


async def test_somebody_new_gets_a_pin_and_leaves_again(
    manager: httpx.AsyncClient, tablet: httpx.AsyncClient
) -> None:
    new = {"staff_id": "ana", "name": "Ana", "role": "host", "pin": "13579"}
    assert (await manager.post("/manage/staff", json=new)).status_code == 204
    assert (await manager.post("/manage/staff", json=new)).json()["errors"] == [
        {
            "pointer": "/staff_id",
            "detail": "Somebody on the staff already has this id. Choose another.",
            "message": "person-id-taken",
        }
    ]
    assert (await log_in(tablet, "ana", "13579")).status_code == 200
    assert (await manager.delete("/manage/staff/ana")).status_code == 204
    assert await told(tablet) == ("SESSION_ENDED", "Your account is closed. Ask a manager.")
    assert (await log_in(tablet, "ana", "13579")).status_code == 401


async def test_somebody_who_left_is_taken_back_under_the_same_id(
    owner: httpx.AsyncClient, manager: httpx.AsyncClient, tablet: httpx.AsyncClient
) -> None:
    ana = {"staff_id": "ana", "name": "Ana", "role": "host", "pin": "13579"}
    await manager.post("/manage/staff", json=ana)
    await manager.delete("/manage/staff/ana")
    back = ana | {"name": "Ana Lima", "pin": "24680"}
    assert (await manager.post("/manage/staff", json=back)).status_code == 204
    assert (await log_in(tablet, "ana", "13579")).status_code == 401
    assert (await log_in(tablet, "ana", "24680")).json()["name"] == "Ana Lima"
    assert (await manager.post("/manage/staff", json=back)).status_code == 422

    boss = {"staff_id": "boss", "name": "Boss", "role": "manager", "pin": "135790"}
    await owner.post("/manage/staff", json=boss)
    await owner.delete("/manage/staff/boss")
    as_host = boss | {"role": "host"}
    assert (await manager.post("/manage/staff", json=as_host)).status_code == 403


async def test_a_new_pin_ends_open_sessions(
    manager: httpx.AsyncClient, tablet: httpx.AsyncClient
) -> None:
    await log_in(tablet, "host")
    changed = await manager.put("/manage/staff/host/pin", json={"pin": "84739"})
    assert changed.json() == {"staff_id": "host", "sessions_ended": 1}
    assert await told(tablet) == ("SESSION_ENDED", "You have a new PIN. Log in with it.")


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "", "१२३४"])
async def test_a_pin_is_four_to_eight_digits(manager: httpx.AsyncClient, pin: str) -> None:
    answer = await manager.put("/manage/staff/host/pin", json={"pin": pin})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/pin")


async def test_a_manager_does_not_make_or_change_managers(manager: httpx.AsyncClient) -> None:
    new = {"staff_id": "eve", "name": "Eve", "role": "manager", "pin": "739164"}
    answers = [
        await manager.post("/manage/staff", json=new),
        await manager.put("/manage/staff/owner/pin", json={"pin": "739164"}),
        await manager.put("/manage/staff/owner/name", json={"name": "Eve"}),
        await manager.put("/manage/staff/host/role", json={"role": "owner"}),
        await manager.put("/manage/staff/owner/role", json={"role": "host"}),
        await manager.delete("/manage/staff/owner"),
    ]
    assert [each.status_code for each in answers] == [403] * 6


async def test_servers_and_the_kitchen_are_people_whom_a_manager_hires(
    manager: httpx.AsyncClient, tablet: httpx.AsyncClient
) -> None:
    yuri = {"staff_id": "yuri", "name": "Yuri", "role": "kitchen", "pin": "2580"}
    assert (await manager.post("/manage/staff", json=yuri)).status_code == 204
    me = (await log_in(tablet, "yuri", "2580")).json()
    assert (me["role"], me["may"]) == ("kitchen", ["look", "deliver"])
    assert (
        await manager.put("/manage/staff/yuri/role", json={"role": "server"})
    ).status_code == 204
    assert "serve" in (await tablet.get("/host/me")).json()["may"]
    nobody = await manager.put("/manage/staff/yuri/role", json={"role": "chef"})
    assert nobody.status_code == 400


async def test_a_name_is_changed_by_oneself_or_by_whoever_may_change_the_person(
    manager: httpx.AsyncClient, owner: httpx.AsyncClient
) -> None:
    """The owner of a new house is called Owner until somebody says who that is."""
    for by, person in ((owner, "owner"), (manager, "manager"), (manager, "host")):
        answer = await by.put(f"/manage/staff/{person}/name", json={"name": "Vera Lind"})
        assert answer.status_code == 204, answer.text
    people = (await owner.get("/manage/staff")).json()
    assert {each["name"] for each in people} == {"Vera Lind"}
    assert (await owner.get("/host/me")).json()["name"] == "Vera Lind"
    nobody = await owner.put("/manage/staff/nobody/name", json={"name": "Vera"})
    empty = await owner.put("/manage/staff/owner/name", json={"name": ""})
    assert (nobody.status_code, empty.status_code) == (404, 400)


async def test_every_change_of_staff_and_tablets_is_in_the_audit(
    app: Litestar, owner: httpx.AsyncClient
) -> None:
    new = {"staff_id": "ana", "name": "Ana", "role": "host", "pin": "13579"}
    await owner.post("/manage/staff", json=new)
    await owner.put("/manage/staff/ana/name", json={"name": "Ana Sol"})
    await owner.put("/manage/staff/ana/role", json={"role": "manager"})
    await owner.delete("/manage/staff/ana")
    (device,) = (await owner.get("/manage/devices")).json()
    await owner.delete(f"/manage/devices/{device['device_id']}")
    rows = await app.state.pool.fetch("""
        select kind, device_id, facts::text from security_event where staff_id = 'owner' order by at
    """)
    assert [row["kind"] for row in rows] == [
        "AddPerson", "ChangePin", "ChangeName", "ChangeRole", "RemovePerson", "RevokeDevice",
    ]  # fmt: skip
    assert {str(row["device_id"]) for row in rows} == {device["device_id"]}
    assert json.loads(rows[2]["facts"]) == {"staff_id": "ana", "name": "Ana Sol", "before": "Ana"}
    assert json.loads(rows[3]["facts"]) == {"staff_id": "ana", "role": "manager", "before": "host"}


async def test_a_role_counts_from_the_next_tap_on(
    app: Litestar, owner: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    assert (await manager.get("/manage/staff")).status_code == 200
    await owner.put("/manage/staff/manager/role", json={"role": "host"})
    assert (await manager.get("/manage/staff")).status_code == 403
    assert app.state.pool.get_size() <= 4


async def test_the_last_owner_stays(owner: httpx.AsyncClient) -> None:
    assert (await owner.delete("/manage/staff/owner")).status_code == 422
    demoted = await owner.put("/manage/staff/owner/role", json={"role": "host"})
    assert demoted.status_code == 422
    await owner.put("/manage/staff/manager/role", json={"role": "owner"})
    assert (await owner.delete("/manage/staff/owner")).status_code == 204


async def test_two_owners_who_leave_at_once_do_not_both_leave(app: Litestar) -> None:
    async with staff_client(app, "owner") as first:
        await first.put("/manage/staff/manager/role", json={"role": "owner"})
        async with staff_client(app, "manager") as second:
            answers = await asyncio.gather(
                first.delete("/manage/staff/owner"), second.delete("/manage/staff/manager")
            )
    assert sorted(each.status_code for each in answers) == [204, 422]


async def test_a_session_ends_with_its_time(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await app.state.pool.execute(
        "update session set expires_at = $1 where staff_id = 'host'", wall_now() - timedelta(days=2)
    )
    assert (await host.get("/host/me")).status_code == 401
    assert (await remove_aged(app.state.pool, app.state.clock))["sessions"] == 1
    assert (await manager.get("/host/me")).status_code == 200
