"""What the stand knows beside the plan: the guest's past, what they were shown, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from tests.api.host.conftest import booked, done, show, tap
from tests.support.house import DATE, at

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

PAST = "update reservation set state = $2 where reservation_id = $1"


async def test_a_party_is_shown_with_its_guest_s_past_rules_link_and_tags_wherever_it_is(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    for days, state in ((1, "finished"), (2, "no_show"), (3, "cancelled")):
        before = await booked(host, starts=at(24 * days).isoformat())
        await pool.execute(PAST, before["reservation_id"], state)
    made = await booked(host)
    other = await booked(host, 1, accepted_house_rules=None, starts=at(1).isoformat())
    path = f"/host/reservations/{made['reservation_id']}"
    assert (await host.post(f"{path}/guest-link", json={"id": str(uuid4())})).status_code == 201
    await pool.execute("update guest set tags = '{regular}', allergies = 'nuts', notes = 'quiet'")
    shown = {each["reservation_id"]: each for each in (await show(host))["reservations"]}
    known, new = shown[made["reservation_id"]], shown[other["reservation_id"]]
    assert (known["visits"], known["no_shows"], known["tags"]) == (1, 1, ["regular"])
    assert (new["visits"], new["no_shows"]) == (0, 0)
    assert (known["rules_shown"], new["rules_shown"]) == (True, False)
    assert (known["link_sent_at"], new["link_sent_at"]) == ("2027-03-03T18:00:00Z", None)
    about = {"reservation_id": made["reservation_id"], "version": 1}
    sat = await done(host, "seat", **about, tables=["1"])
    (seating,) = (await show(host))["seatings"]
    assert sat["seatings"] == [seating]
    assert (seating["guest_id"], seating["visits"], seating["tags"]) == (
        known["guest_id"],
        1,
        ["regular"],
    )
    assert (seating["allergies"], seating["guest_notes"], seating["check"]) == (
        "nuts",
        "quiet",
        None,
    )


async def test_the_stand_counts_what_waits_for_the_person_and_for_the_house(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host)
    call = {"id": str(uuid4()), "colleague": "manager", "line": "by the coats"}
    about = {"reservation_id": made["reservation_id"]}
    assert (await host.post("/host/alerts", json=call | about)).status_code == 201
    wish = await booked(host, 1, starts=at(48).isoformat())
    await pool.execute(PAST, wish["reservation_id"], "requested")
    mine, theirs = (await show(manager))["counts"], (await show(host))["counts"]
    assert mine == {"cases": 0, "alerts": 1, "tasks": 0, "approvals": 0, "requests": 1}
    assert theirs == mine | {"alerts": 0}


async def test_when_the_evening_is_over_the_stand_says_what_comes_next(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    assert (await show(host))["next"]["service_date"] == "2027-03-04"
    await pool.execute("update clock set anchor = $1", at(4.95))
    late = await show(host)
    assert (late["period"]["service_date"], late["next"]["service_date"], late["pressure"]) == (
        DATE,
        "2027-03-04",
        [],
    )


async def test_every_refusal_of_an_order_can_be_said_anew(host: httpx.AsyncClient) -> None:
    made = await booked(host)
    about = {"reservation_id": made["reservation_id"]}
    for answer in (
        await tap(host, "arrive", **about, version=7, arrived=2),
        await tap(host, "arrive", **about, version=1, arrived=0),
        await tap(host, "seat", tables=["nowhere"], party_size=2),
        await tap(host, "seat", tables=["1"], party_size=9),
        await tap(host, "undo", action_id=str(uuid4())),
        await tap(host, "clear", seating_id=str(uuid4()), version=1),
    ):
        said = answer.json()
        assert answer.status_code >= 400, answer.text
        assert said["code"].isupper()
        assert all(each.get("message") for each in (said, *said.get("errors", ()))), said
