"""PINs: wrong ones lock a tablet and nobody's account, first ones are changed, none is readable."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from msgspec.structs import replace

from api.settings import Settings, SettingsError, pepper_of
from seating.access import credentials, pins
from seating.db import transaction
from seating.errors import TooManyRequests
from seating.webhooks.sealed_secrets import new_key
from tests.api.conftest import PIN, VENUE, client_of, device_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    import httpx
    from litestar import Litestar

    from seating.db import Pool
    from tests.support.webhooks import Watch

WRONG = "97531"
KEY = new_key()


@pytest.fixture
def settings(database: str) -> Settings:
    return Settings(database_url=database, jobs="none", pool_min=1, pool_max=4, secrets_key=KEY)


@pytest.fixture(autouse=True)
def hasher(monkeypatch: pytest.MonkeyPatch) -> PasswordHasher:
    """Argon2id as it is, but quick."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(credentials, "HASHER", quick)
    monkeypatch.setattr(credentials, "_decoy", lambda: quick.hash("nobody's"))
    return quick


@pytest.fixture
async def tablets(app: Litestar, hasher: PasswordHasher) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Two paired tablets at the PIN screen; everybody has a PIN."""
    await app.state.pool.execute("update staff set pin_hash = $1", hasher.hash(PIN))
    tokens = [await device_token(app.state.pool, name=name) for name in ("Bar", "Door")]
    one, two = (client_of(app, cookies={"__Host-maitred_device": token}) for token in tokens)
    async with one, two:
        yield [one, two]


async def log_in(tablet: httpx.AsyncClient, staff_id: str, pin: str = PIN) -> httpx.Response:
    answer = await tablet.post("/host/login", json={"staff_id": staff_id, "pin": pin})
    if answer.status_code == 200:
        tablet.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    return answer


async def guess(tablet: httpx.AsyncClient, watch: Watch, *people: str) -> list[int]:
    """Wrong PINs for these people, each when the pause before is over."""
    answers = []
    for person in people:
        answers.append((await log_in(tablet, person, WRONG)).status_code)
        watch.on(seconds=21)
    return answers


async def recorded(pool: Pool) -> list[str]:
    rows = await pool.fetch(
        "select kind from security_event where kind not like '%Pair%' order by at"
    )
    return [row["kind"] for row in rows]


async def test_six_wrong_pins_lock_the_tablet_whoever_they_were_for_and_nobody_elsewhere(
    app: Litestar, tablets: list[httpx.AsyncClient], watch: Watch
) -> None:
    bar, door = tablets
    assert await guess(bar, watch, "host", "nobody") == [401] * 2
    third = await log_in(bar, "manager", WRONG)
    assert (third.status_code, third.json()["code"]) == (401, "WRONG_PIN")
    assert third.json()["detail"] == "This PIN is wrong. Try again in 5 seconds."
    pause = await log_in(bar, "host")  # the right one: it is not called wrong
    assert (pause.status_code, pause.headers["Retry-After"]) == (429, "5")
    assert pause.json()["detail"].startswith("This PIN was not looked at, because those before")
    watch.on(seconds=21)
    assert await guess(bar, watch, "owner", "nobody") == [401] * 2
    sixth = await log_in(bar, "host", WRONG)
    locked = await log_in(bar, "owner")
    assert (locked.status_code, locked.json()["code"]) == (429, "LOCKED")
    assert "opens again in 5 minutes; a manager can unlock it" in locked.json()["detail"]
    assert (sixth.status_code, sixth.json()["detail"]) == (401, locked.json()["detail"])
    for person in ("host", "owner", "manager"):
        assert (await log_in(door, person)).status_code == 200

    listed = {each["name"]: each for each in (await door.get("/manage/devices")).json()}
    assert (listed["Bar"]["wrong_pins"], listed["Door"]["wrong_pins"]) == (6, 0)
    assert listed["Bar"]["locked_until"] is not None
    assert listed["Door"]["locked_until"] is None
    path = f"/manage/devices/{listed['Bar']['device_id']}/unlock"
    assert (await door.post(path)).status_code == 204
    assert (await log_in(bar, "host")).status_code == 200
    by_itself = f"/manage/devices/{listed['Door']['device_id']}/unlock"
    assert (await door.post(by_itself)).json()["message"] == "unlock-from-another-tablet"
    assert await recorded(app.state.pool) == [
        *["WrongPin"] * 5, "TabletLocked", *["LogIn"] * 3, "UnlockTablet", "LogIn",
        "RefusedAccess",
    ]  # fmt: skip


async def test_the_lock_ends_by_itself_and_a_right_pin_resets_the_count(
    tablets: list[httpx.AsyncClient], watch: Watch
) -> None:
    bar = tablets[0]
    await guess(bar, watch, *["host"] * 6)
    assert (await log_in(bar, "host")).status_code == 429
    watch.on(minutes=5)
    assert (await log_in(bar, "host")).status_code == 200
    for _ in range(3):  # from the beginning each time: no pause, no lock
        answers = [await log_in(bar, "host", pin) for pin in (WRONG, WRONG, PIN)]
        assert [each.status_code for each in answers] == [401, 401, 200]


async def test_a_clock_set_back_locks_nobody_out(
    tablets: list[httpx.AsyncClient], watch: Watch
) -> None:
    bar = tablets[0]
    await guess(bar, watch, *["host"] * 6)
    watch.on(days=-1)
    assert (await log_in(bar, "host")).status_code == 200
    watch.on(days=-1)
    assert (await bar.get("/host/me")).status_code == 401  # its session would last for days
    assert (await log_in(bar, "host")).status_code == 200


async def test_of_many_wrong_pins_at_once_three_are_looked_at(
    tablets: list[httpx.AsyncClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "ASKING_PER_TABLET", 20)
    answers = await asyncio.gather(*(log_in(tablets[0], "host", f"{n:04}") for n in range(9)))
    assert sorted(each.status_code for each in answers) == [*[401] * 3, *[429] * 6]


async def test_a_tablet_in_a_loop_waits_for_itself_and_delays_no_other() -> None:
    bar, door = uuid4(), uuid4()
    order: list[str] = []
    free = asyncio.Event()

    async def ask(device: UUID, name: str, until: asyncio.Event | None = None) -> None:
        async with pins.TURNS.turn(device):
            order.append(name)
            if until:
                await until.wait()

    loop = [asyncio.create_task(ask(bar, f"bar {n}", free)) for n in range(4)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyRequests, match="faster than they can be compared"):
        await ask(bar, "one too many")
    await ask(door, "door")
    free.set()
    await asyncio.gather(*loop)
    assert order == ["bar 0", "door", "bar 1", "bar 2", "bar 3"]
    await ask(bar, "bar again")
    assert not pins.TURNS._asking


async def test_an_unknown_person_costs_a_comparison_too(
    tablets: list[httpx.AsyncClient], hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    class Counting:
        def verify(self, kept: str, pin: str) -> bool:
            compared.append(kept)
            return hasher.verify(kept, pin)

        hash = staticmethod(hasher.hash)

    monkeypatch.setattr(credentials, "HASHER", Counting())
    assert (await log_in(tablets[0], "nobody")).status_code == 401
    assert (await log_in(tablets[0], "host", WRONG)).status_code == 401
    assert len(compared) == 2


async def test_guesses_over_many_tablets_do_not_lock_the_owner_out_of_their_own(
    app: Litestar, tablets: list[httpx.AsyncClient], watch: Watch
) -> None:
    bar, door = tablets
    assert (await log_in(door, "owner")).status_code == 200
    await app.state.pool.execute("update staff set failures = 19, failed_at = $1", watch.at)
    assert await guess(bar, watch, "owner") == [401]
    barred = await log_in(bar, "owner")
    assert (barred.status_code, barred.json()["message"]) == (429, "pin-locked")
    assert barred.headers["Retry-After"] == str(3600 - 21)
    assert (await log_in(door, "owner")).status_code == 200
    assert (await log_in(bar, "host")).status_code == 200  # others are not concerned
    assert "PersonLocked" in await recorded(app.state.pool)

    # At the owner's own tablet guesses are bounded by a count of their own.
    await app.state.pool.execute("update known_login set failures = 19, failed_at = $1", watch.at)
    assert await guess(door, watch, "owner") == [401]
    assert (await log_in(door, "owner")).json()["message"] == "pin-locked"
    watch.on(hours=1)
    assert (await log_in(door, "owner")).status_code == 200
    assert (await log_in(bar, "owner")).status_code == 200


async def test_a_backup_tells_no_pin_and_an_old_hash_is_mixed_at_the_next_login(
    app: Litestar, tablets: list[httpx.AsyncClient], hasher: PasswordHasher
) -> None:
    pool, door = app.state.pool, tablets[1]
    kept = "select pin_hash from staff where venue_id = $1 and staff_id = 'host'"
    assert hasher.verify(await pool.fetchval(kept, VENUE), PIN)
    assert (await log_in(door, "host")).status_code == 200
    mixed = await pool.fetchval(kept, VENUE)
    name, dollar, rest = mixed.partition("$")
    assert name == app.state.pepper.newest
    with pytest.raises(VerificationError):
        hasher.verify(dollar + rest, PIN)
    assert (await log_in(door, "host", WRONG)).status_code == 401
    assert (await log_in(door, "host")).status_code == 200
    assert await pool.fetchval(kept, VENUE) == mixed

    rotated = replace(app.state.settings, secrets_key=f"{new_key()},{KEY}")
    app.state.pepper = pepper_of(rotated)
    assert (await log_in(door, "host")).status_code == 200
    anew = await pool.fetchval(kept, VENUE)
    assert anew.startswith(app.state.pepper.newest)

    app.state.pepper = pepper_of(replace(rotated, secrets_key=KEY))
    lost = await log_in(door, "host")
    assert (lost.status_code, lost.json()["message"]) == (401, "pin-key-lost")
    assert "`scripts/serve owner`" in lost.json()["detail"]


def test_production_does_not_start_without_the_key_that_pins_are_kept_with() -> None:
    with pytest.raises(SettingsError, match="MAITRED_PRODUCTION needs MAITRED_KEY_FILE"):
        Settings(database_url="any", public_url="https://maitred.example", production=True)
    assert Settings(
        database_url="any", public_url="https://maitred.example", production=True, secrets_key=KEY
    ).production


async def test_a_pin_set_by_somebody_else_opens_the_setting_of_ones_own_and_nothing_else(
    app: Litestar, tablets: list[httpx.AsyncClient]
) -> None:
    bar, door = tablets
    await log_in(door, "manager")
    assert (await door.put("/manage/staff/host/pin", json={"pin": "1357"})).status_code == 200
    assert (await log_in(bar, "host", "1357")).json()["must_change_pin"] is True
    for path in ("/host/tonight", "/host/sessions", "/manage/staff"):
        refused = await bar.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "NEW_PIN_NEEDED")
    for old, new, status, told in (
        ("1357", "1234", 422, "pin-too-easy"),
        ("1357", "1357", 422, "pin-is-the-old-one"),
        ("9182", "8642", 401, "wrong-pin"),
    ):
        answer = await bar.put("/host/pin", json={"old_pin": old, "pin": new})
        assert (answer.status_code, answer.json()["message"]) == (status, told)
    assert answer.json()["code"] == "WRONG_PIN"  # and not that nobody is logged in
    answer = await bar.put("/host/pin", json={"old_pin": "1357", "pin": "8642"})
    assert (answer.status_code, answer.json()) == (200, {"sessions_ended": 0})
    assert (await bar.get("/host/sessions")).status_code == 200
    assert (await log_in(bar, "host", "1357")).status_code == 401
    assert (await log_in(bar, "host", "8642")).json()["must_change_pin"] is False
    told = await app.state.pool.fetch("""
        select answer::text from action union all select facts::text from security_event
    """)
    assert not any("8642" in row["answer"] or "1357" in row["answer"] for row in told)


async def test_ones_own_pin_is_changed_by_the_old_one_only(
    tablets: list[httpx.AsyncClient],
) -> None:
    bar, door = tablets
    await log_in(door, "manager")
    await log_in(bar, "manager")
    direct = await door.put("/manage/staff/manager/pin", json={"pin": "739164"})
    assert (direct.status_code, direct.json()["message"]) == (422, "own-pin-by-the-old-one")
    short = await door.put("/host/pin", json={"old_pin": PIN, "pin": "8642"})
    assert short.json()["errors"][0]["pointer"] == "/pin"
    answer = await door.put("/host/pin", json={"old_pin": PIN, "pin": "739164"})
    assert answer.json() == {"sessions_ended": 1}
    assert (await door.get("/host/me")).status_code == 200
    assert (await bar.get("/host/me")).json()["detail"] == "You have a new PIN. Log in with it."


async def test_a_first_pin_waits_two_weeks_for_its_person(
    tablets: list[httpx.AsyncClient], watch: Watch
) -> None:
    bar, door = tablets
    await log_in(door, "owner")
    await door.put("/manage/staff/host/pin", json={"pin": "1357"})
    watch.on(days=13, hours=23)
    assert (await log_in(bar, "host", "1357")).status_code == 200
    watch.on(hours=1)
    late = await log_in(bar, "host", "1357")
    assert (late.status_code, late.json()["message"]) == (401, "first-pin-too-old")


async def test_a_host_who_becomes_a_manager_chooses_a_longer_pin_first(
    tablets: list[httpx.AsyncClient],
) -> None:
    bar, door = tablets
    await log_in(door, "owner")
    await log_in(bar, "host")
    await door.put("/manage/staff/host/role", json={"role": "manager"})
    assert (await bar.get("/manage/staff")).json()["code"] == "NEW_PIN_NEEDED"
    own = {"old_pin": PIN, "pin": "284615"}
    assert (await bar.put("/host/pin", json=own)).status_code == 200
    assert (await bar.get("/manage/staff")).status_code == 200


async def test_a_pin_set_anew_while_the_old_one_is_compared_opens_nothing(
    app: Litestar, tablets: list[httpx.AsyncClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = pins.compare

    async def slow(pool: Pool, *more: object) -> object:
        found = await compared(pool, *more)  # type: ignore[arg-type]
        async with transaction(pool) as conn:
            await conn.execute("update staff set pin_hash = 'another'")
        return found

    monkeypatch.setattr(pins, "compare", slow)
    assert (await log_in(tablets[0], "host")).status_code == 401
    assert await app.state.pool.fetchval("select count(*) from session") == 0
