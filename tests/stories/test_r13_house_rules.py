"""R13: the client is right only within rules that were known: few, simple, told beforehand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from policies.house.file import HouseError, read_house
from seating.house.loading import load_house
from tests.api.conftest import client_of
from tests.api.host.conftest import ROOM, done, show, wish
from tests.support.house import CLOCK, DATE, SEVEN, VENUE, move_clock, phone

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

EIGHT = SEVEN + timedelta(hours=1)
PAST_THE_GRACE = EIGHT + timedelta(minutes=20)


async def site_books(site: httpx.AsyncClient, number: int, **more: Any) -> httpx.Response:  # noqa: ANN401
    body = {
        "start": EIGHT.isoformat(),
        "party_size": 2,
        "guest": {"name": f"Guest {number}", "phone": phone(number)},
    } | more
    return await site.post(
        f"/v1/venues/{VENUE}/reservations", json=body, headers={"Idempotency-Key": str(uuid4())}
    )


async def calls(host: httpx.AsyncClient, number: int, **more: Any) -> httpx.Response:  # noqa: ANN401
    return await host.post(
        "/host/reservations", json=wish(number, starts=EIGHT.isoformat(), **more)
    )


async def of_party(host: httpx.AsyncClient, reservation_id: str) -> dict[str, Any]:
    answer = await host.get(f"/host/reservations/{reservation_id}/house-rules")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def owed(host: httpx.AsyncClient) -> dict[str, bool]:
    return {each["name"]: each["place_owed"] for each in (await show(host))["reservations"]}


def without_lateness(version: int) -> str:
    """The house's file with other rules."""
    return ROOM.replace("version = 3", f"version = {version}").replace(
        'key = "late"', 'key = "dogs"'
    )


def test_r13_the_rules_are_few_and_short() -> None:
    rule = '[[house_rules.rules]]\nkey = "r{n}"\n[house_rules.rules.text]\nen = "Be kind."\n'
    seven = ROOM.replace("[[staff]]", "".join(rule.format(n=n) for n in range(6)) + "[[staff]]")
    house = read_house(seven)
    assert house.house_rules is not None
    assert len(house.house_rules.rules) == 7
    with pytest.raises(HouseError, match="7"):
        read_house(seven.replace("[[staff]]", rule.format(n=9) + "[[staff]]"))
    with pytest.raises(HouseError, match="140"):
        read_house(ROOM.replace("We keep your table for 15 minutes.", "x" * 141))


async def test_r13_a_site_shows_the_rules_in_force_or_does_not_book(
    host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    stated = (await partner.get(f"/v1/venues/{VENUE}")).json()["house_rules"]
    assert (stated["version"], stated["rules"][0]["text"]) == (
        3,
        {"en": "We keep your table for 15 minutes."},
    )
    for accepted in ({}, {"accepted_house_rules": 2}):
        refused = await site_books(partner, 1, **accepted)
        assert (refused.status_code, refused.json()["code"]) == (422, "HOUSE_RULES_NOT_ACCEPTED")
    made = await site_books(partner, 1, accepted_house_rules=stated["version"])
    assert made.status_code == 201, made.text
    shown = await of_party(host, made.json()["id"])
    (one,) = shown["shown"]
    assert (one["rules_version"], one["channel"], one["read_by"]) == (3, "partner", None)
    assert (one["rule_keys"], shown["enforceable"]) == (["late"], ["late"])


async def test_r13_on_the_phone_somebody_reads_them_out_and_says_so(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    wrong = await calls(host, 1, accepted_house_rules=2)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "INVALID")
    assert wrong.json()["errors"][0]["pointer"] == "/accepted_house_rules"
    assert await pool.fetchval("select count(*) from reservation") == 0
    made = await calls(host, 1, accepted_house_rules=3)
    (one,) = (await of_party(host, made.json()["reservation_id"]))["shown"]
    assert (one["channel"], one["read_by"], one["at"]) == ("phone", "host", "2027-03-03T18:00:00Z")


async def test_r13_no_record_means_not_shown_and_the_late_party_is_owed_its_place(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await calls(host, 1, accepted_house_rules=3)
    not_read = (await calls(host, 2, accepted_house_rules=None)).json()
    shown = await of_party(host, not_read["reservation_id"])
    assert (shown["shown"], shown["enforceable"], shown["lateness_known"]) == ([], [], False)
    await move_clock(pool, PAST_THE_GRACE)
    assert await owed(host) == {"Guest 1": False, "Guest 2": True}
    states = {each["name"]: each["state"] for each in (await show(host))["reservations"]}
    assert states == {"Guest 1": "no_show", "Guest 2": "no_show"}  # both tables are free


async def test_r13_they_can_be_read_out_later_but_not_too_late(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    first = (await calls(host, 1, accepted_house_rules=None)).json()["reservation_id"]
    second = (await calls(host, 2, accepted_house_rules=None)).json()["reservation_id"]
    tap = {"id": str(uuid4()), "rules_version": 3}
    for _ in range(2):
        read = await host.post(f"/host/reservations/{first}/house-rules", json=tap)
        assert read.status_code == 200, read.text
        assert [each["read_by"] for each in read.json()["shown"]] == ["host"]
    other = await host.post(f"/host/reservations/{second}/house-rules", json=tap)
    assert (other.status_code, other.json()["code"]) == (409, "ID_REUSED")
    old = await host.post(
        f"/host/reservations/{second}/house-rules", json={"id": str(uuid4()), "rules_version": 1}
    )
    assert (old.status_code, old.json()["code"]) == (422, "INVALID")
    await move_clock(pool, EIGHT + timedelta(minutes=5))
    late = await host.post(
        f"/host/reservations/{second}/house-rules", json={"id": str(uuid4()), "rules_version": 3}
    )
    assert (late.status_code, late.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    await move_clock(pool, PAST_THE_GRACE)
    assert await owed(host) == {"Guest 1": False, "Guest 2": True}


async def test_r13_only_the_rule_that_was_shown_binds(host: httpx.AsyncClient, pool: Pool) -> None:
    await calls(host, 1, accepted_house_rules=3)
    await load_house(pool, without_lateness(4), CLOCK)
    about_dogs = (await calls(host, 2, accepted_house_rules=4)).json()
    shown = await of_party(host, about_dogs["reservation_id"])
    assert (shown["enforceable"], shown["lateness_known"]) == (["dogs"], False)
    await move_clock(pool, PAST_THE_GRACE)
    assert await owed(host) == {"Guest 1": False, "Guest 2": True}


@pytest.mark.usefixtures("app")
async def test_r13_a_version_never_changes_its_words(pool: Pool) -> None:
    with pytest.raises(HouseError, match="version"):
        await load_house(pool, without_lateness(3), CLOCK)
    await load_house(pool, without_lateness(4), CLOCK)
    await load_house(pool, ROOM, CLOCK)  # as it was
    with pytest.raises(HouseError, match="version"):
        await load_house(pool, ROOM.replace("15 minutes", "10 minutes"), CLOCK)


async def test_r13_managers_see_who_was_shown_what(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await site_books(partner, 1, accepted_house_rules=3)
    await calls(host, 2, accepted_house_rules=3)
    await calls(host, 3, accepted_house_rules=None)
    report = await manager.get("/manage/house-rules", params={"from": DATE, "to": DATE})
    channels = [
        (each["channel"], each["rules_version"], each["parties"], each["read_out"])
        for each in report.json()["channels"]
    ]
    assert channels == [("partner", 3, 1, 0), ("phone", 3, 1, 1), ("phone", None, 1, 0)]
    by_name = {each["name"]: each for each in report.json()["parties"]}
    assert (by_name["Guest 2"]["read_by"], by_name["Guest 3"]["rules_version"]) == ("host", None)


async def test_r13_who_waits_reads_them_on_its_page(app: Litestar, host: httpx.AsyncClient) -> None:
    told = await done(host, "wait", party_size=2)
    link = await host.post(f"/host/waitlist/{told['waiting'][0]['wait_id']}/link")
    async with client_of(app) as guest:
        assert "We keep your table for 15 minutes." in (await guest.get(link.json()["path"])).text
