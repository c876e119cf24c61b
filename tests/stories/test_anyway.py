"""The host is told what an order means by name, asked before a likely mistake, and may rehearse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.booking.conftest import key
from tests.api.host.conftest import booked, done, show, tap, wish
from tests.support.house import VENUE, at

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

Json = dict[str, Any]
EVERY_ROW = """
select (select count(*) from action), (select count(*) from turnaway),
       (select count(*) from guest), (select count(*) from reservation),
       (select sum(version) from period), (select count(*) from outbox)
"""


def codes(answer: Json) -> list[str]:
    return [each["code"] for each in answer["warnings"]]


async def enquiry(partner: httpx.AsyncClient, size: int = 6) -> Json:
    body = {
        "start": at(1).isoformat(),
        "party_size": size,
        "guest": {"name": "Weber", "phone": "+493020000077"},
        "accepted_house_rules": 3,
    }
    asked = await partner.post(f"/v1/venues/{VENUE}/enquiries", json=body, headers=key())
    assert asked.status_code == 202, asked.text
    found: Json = asked.json()
    return found


async def test_an_enquiry_is_approved_at_the_table_named_or_not_at_all(
    marina: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    five = await booked(marina, 1, party_size=5, starts=at(1).isoformat())
    assert five["tables"] == ["4"]
    asked = {"reservation_id": (await enquiry(partner))["id"], "version": 1, "tables": ["4"]}
    no = await tap(marina, "approve", **asked)
    assert (no.status_code, no.json()["errors"][0]["pointer"]) == (409, "/reason")
    yes = await done(marina, "approve", **asked, reason="they asked first")
    ours = next(e for e in yes["reservations"] if e["reservation_id"] == asked["reservation_id"])
    assert (ours["tables"], ours["kind"], ours["fixed"]) == (["4"], "physical", True)
    (lost,) = yes["warnings"]
    assert (lost["code"], lost["reservation_id"]) == ("PARTY_EXPOSED", five["reservation_id"])
    assert lost["detail"] == "Guest 1 (5), due at 20:00, has no table now."
    assert lost["message"] == "warning-exposed"
    assert lost["params"]["at"] == "20:00"


async def test_a_table_promised_to_another_or_taken_is_refused_with_who_has_it(
    marina: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    first = await booked(marina, 1, party_size=6, tables=["4"], starts=at(1).isoformat())
    asked = {"reservation_id": (await enquiry(partner))["id"], "version": 1, "tables": ["4"]}
    no = (await tap(marina, "approve", **asked, reason="they asked first")).json()
    assert no["detail"].startswith("Table 4 is promised at 20:00: Guest 1 (6).")
    insist = wish(2, party_size=6, tables=["4"], overrule="an old friend", starts=first["starts"])
    no = await marina.post("/host/reservations", json=insist)
    assert (no.status_code, no.json()["errors"][0]["pointer"]) == (409, "/tables")
    kept = await marina.get(f"/host/reservations/{first['reservation_id']}")
    assert (kept.json()["tables"], kept.json()["fixed"]) == (["4"], True)


async def test_a_phone_booking_at_a_named_table_moves_who_is_only_planned_there(
    marina: httpx.AsyncClient,
) -> None:
    two = await booked(marina, 1, tables=None)
    insist = {"tables": two["tables"], "overrule": "their anniversary"}
    made = await booked(marina, 2, **insist)
    assert (made["tables"], made["fixed"]) == (two["tables"], True)
    (moved,) = made["moved"]
    assert (moved["name"], moved["from_tables"]) == ("Guest 1", two["tables"])
    assert moved["to_tables"] != two["tables"]


async def test_six_at_a_table_for_two_takes_an_anyway_and_five_at_four_only_a_chair(
    marina: httpx.AsyncClient,
) -> None:
    asked = await tap(marina, "seat", tables=["1"], party_size=6)
    problem = asked.json()
    assert (asked.status_code, problem["code"]) == (409, "NEEDS_ANYWAY")
    assert problem["errors"][0]["pointer"] == "/anyway"
    assert [(e["code"], e["asks"], e["tables"]) for e in problem["warnings"]] == [
        ("TOO_FEW_SEATS", True, ["1"])
    ]
    assert not (await show(marina))["seatings"]
    told = await done(marina, "seat", tables=["1"], party_size=6, anyway=["TOO_FEW_SEATS"])
    assert codes(told) == ["TOO_FEW_SEATS"]
    assert codes(await done(marina, "seat", tables=["3"], party_size=5)) == ["EXTRA_CHAIR"]
    wrong = await tap(marina, "seat", tables=["2"], party_size=2, anyway=["WHATEVER"])
    assert wrong.json()["errors"][0]["pointer"] == "/anyway/0"


async def test_a_walk_in_at_the_table_of_a_party_that_is_due_is_a_question(
    marina: httpx.AsyncClient,
) -> None:
    due = await booked(marina, 1, party_size=6, starts=at(0.1).isoformat())
    seat = {"tables": due["tables"], "party_size": 6}
    asked = (await tap(marina, "seat", **seat)).json()
    assert codes(asked) == ["DUE_PARTY_LOSES_TABLE"]
    told = await done(marina, "seat", **seat, anyway=codes(asked))
    assert told["exposed"] == [due["reservation_id"]]


async def test_dragging_a_party_over_the_room_tells_everything_and_leaves_nothing(
    marina: httpx.AsyncClient, pool: Pool
) -> None:
    due = await booked(marina, 1, party_size=4, starts=at(0.5).isoformat())
    before = await pool.fetchrow(EVERY_ROW)
    seat = {"tables": due["tables"], "party_size": 4}
    dry = await done(marina, "seat", **seat, dry_run=True)
    small = {"tables": ["1"], "party_size": 6, "dry_run": True}
    assert (await tap(marina, "seat", **small)).json()["code"] == "NEEDS_ANYWAY"
    assert (dry["dry_run"], dry["moved"][0]["name"]) == (True, "Guest 1")
    assert await pool.fetchrow(EVERY_ROW) == before
    real = await done(marina, "seat", **seat, id=dry["action_id"])
    assert (real["moved"], real["warnings"]) == (dry["moved"], dry["warnings"])
    assert not real["dry_run"]


async def test_a_booking_on_the_telephone_is_rehearsed_refused_or_not(
    marina: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(marina, 1, party_size=6)
    before = await pool.fetchrow(EVERY_ROW)
    path = f"/host/reservations/{made['reservation_id']}"
    new = wish(2, party_size=4)
    dry = await marina.post("/host/reservations", json=new | {"dry_run": True})
    full = wish(3, party_size=6, dry_run=True)
    no = await marina.post("/host/reservations", json=full)
    assert (no.status_code, no.json()["code"]) == (409, "NO_TABLE_FITS")
    assert "turnaway_id" not in no.json()
    later = {"id": str(uuid4()), "version": 1, "starts": at(2).isoformat()}
    moved = await marina.patch(path, json=later | {"dry_run": True})
    gone = {"id": str(uuid4()), "reason": "the guest called"}
    cancelled = await marina.post(f"{path}/cancel", json=gone | {"dry_run": True})
    assert cancelled.json()["state"] == "cancelled"
    assert await pool.fetchrow(EVERY_ROW) == before
    assert (await marina.get(path)).json()["version"] == 1

    real = [
        await marina.post("/host/reservations", json=new),
        await marina.patch(path, json=later),
    ]
    assert [each.status_code for each in real] == [201, 200]
    unlike = {"dry_run", "code", "guest_id", "created_at", "updated_at", "result"}
    for said, then in zip((dry, moved), real, strict=True):
        assert said.status_code == 200, said.text
        both = [{k: v for k, v in each.json().items() if k not in unlike} for each in (said, then)]
        assert both[0] == both[1]
        would, did = said.json()["result"], then.json()["result"]
        assert (would["changed"], would["moved"]) == (did["changed"], did["moved"])


async def test_a_second_booking_of_a_guest_is_written_with_a_word_about_the_first(
    marina: httpx.AsyncClient,
) -> None:
    await booked(marina, 1)
    again = await booked(marina, 1, overrule="for a friend", party_size=4)
    assert codes(again) == ["DUPLICATE_BOOKING"]
    assert again["tables"]
