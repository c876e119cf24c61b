"""The house over /manage/house: in force, versions, drafts edited key by key, the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.app import FULL_SCHEMA_PATH
from policies.house.file import read_house
from policies.house.house import BookingLimits
from tests.api.conftest import anybody, host, manager
from tests.api.host.conftest import app
from tests.support.house import house_text

if TYPE_CHECKING:
    import httpx

__all__ = ["anybody", "app", "host", "manager"]


def order(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"id": str(uuid4())} | more


async def drafted(manager: httpx.AsyncClient, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = await manager.post("/manage/house/drafts", json=order(reason="spring", **more))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def patched(
    manager: httpx.AsyncClient, draft: dict[str, Any], patch: dict[str, Any]
) -> httpx.Response:
    path = f"/manage/house/drafts/{draft['version']}"
    return await manager.patch(path, json=order(edits=draft["edits"], patch=patch))


async def test_a_manager_reads_the_house_in_force(manager: httpx.AsyncClient) -> None:
    found = (await manager.get("/manage/house")).json()
    assert (found["version"], found["from_date"], found["later"]) == (1, None, [])
    assert [table["id"] for table in found["house"]["tables"]] == ["1", "2", "3", "4", "5"]
    (only,) = (await manager.get("/manage/house/versions")).json()
    assert (only["version"], only["state"]) == (1, "published")
    one = (await manager.get("/manage/house/versions/1")).json()
    assert one["house"] == found["house"]
    missing = await manager.get("/manage/house/versions/9")
    assert (missing.status_code, missing.json()["code"]) == (404, "NOT_FOUND")


async def test_a_host_has_no_say_in_the_house(host: httpx.AsyncClient) -> None:
    assert (await host.get("/manage/house")).status_code == 403
    body = order(reason="mine")
    assert (await host.post("/manage/house/drafts", json=body)).status_code == 403


async def test_a_draft_is_changed_one_key_at_a_time(manager: httpx.AsyncClient) -> None:
    draft = await drafted(manager)
    assert (draft["state"], draft["base"], draft["edits"]) == ("draft", 1, 0)
    assert (draft["problems"], draft["differences"]) == ([], [])
    answer = await patched(manager, draft, {"tables": {"5": {"seats_max": 6}}})
    assert answer.status_code == 200, answer.text
    changed = answer.json()
    assert changed["edits"] == 1
    (one,) = changed["differences"]
    assert (one["pointer"], one["before"], one["after"]) == ("/tables/5/seats_max", 4, 6)
    assert one["sentence"]["ru"] == "Стол 5: мест не больше: было 4, станет 6."
    assert (await manager.get("/manage/house/drafts/2")).json() == changed
    assert (await manager.get("/manage/house")).json()["house"]["tables"][4]["seats_max"] == 4


async def test_a_change_sent_twice_happens_once(manager: httpx.AsyncClient) -> None:
    body = order(reason="spring")
    made = [(await manager.post("/manage/house/drafts", json=body)).json() for _ in range(2)]
    assert made[0] == made[1]
    patch = order(edits=0, patch={"areas": {"room": {"name": "Hall"}}})
    path = f"/manage/house/drafts/{made[0]['version']}"
    told = [(await manager.patch(path, json=patch)).json() for _ in range(2)]
    assert told[0] == told[1]
    assert told[0]["edits"] == 1
    other = await manager.patch(path, json=patch | {"edits": 1})
    assert (other.status_code, other.json()["code"]) == (409, "ID_REUSED")


async def test_two_managers_do_not_overwrite_each_other(manager: httpx.AsyncClient) -> None:
    draft = await drafted(manager)
    await patched(manager, draft, {"areas": {"room": {"name": "Hall"}}})
    late = await patched(manager, draft, {"areas": {"room": {"name": "Salon"}}})
    assert (late.status_code, late.json()["code"]) == (409, "STALE")
    assert late.json()["now"]["edits"] == 1
    assert late.json()["now"]["house"]["areas"][0]["name"] == "Hall"


async def test_the_wrong_shape_is_refused_with_every_place_and_nothing_stored(
    manager: httpx.AsyncClient,
) -> None:
    draft = await drafted(manager)
    wrong = await patched(
        manager,
        draft,
        {
            "tables": {"5": {"seats_max": 600}, "9": {"seats_max": 2}},
            "booking": {"window_day": 3},
            "venue": {"currency": "Euro"},
        },
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "INVALID_HOUSE")
    assert {error["pointer"]: error["detail"] for error in wrong.json()["errors"]} == {
        "/patch/tables/5/seats_max": "Table 5: Expected an integer from 1 to 50, got 600.",
        "/patch/tables/9/area": "Table 9: This is missing. Expected a key of small letters,"
        " digits, - and _, at most 40.",
        "/patch/booking/window_day": "Unknown key window_day. Expected one of "
        + ", ".join(BookingLimits.__struct_fields__)
        + ".",
        "/patch/venue/currency": 'Expected a currency of three capitals, such as EUR, got "Euro".',
    }
    unknown = await patched(manager, draft, {"tables": {"77": None}})
    assert unknown.json()["errors"][0]["pointer"] == "/patch/tables/77"
    assert (await manager.get("/manage/house/drafts/2")).json() == draft


async def test_a_contradiction_is_stored_and_listed(manager: httpx.AsyncClient) -> None:
    draft = await drafted(manager)
    table = {"area": "yard", "seats_max": 4}
    answer = await patched(manager, draft, {"tables": {"9": table}})
    assert answer.status_code == 200, answer.text
    (problem,) = answer.json()["problems"]
    assert problem["pointer"] == "/tables/5/area"
    assert problem["sentence"] == "Table 9: This house has no area yard. It has room, terrace."
    mended = await patched(manager, answer.json(), {"areas": {"yard": {"name": "Yard"}}})
    assert mended.json()["problems"] == []


async def test_a_draft_comes_from_a_whole_document_or_a_file(manager: httpx.AsyncClient) -> None:
    document = (await manager.get("/manage/house")).json()["house"]
    document["venue"]["name"] = "Another name"
    by_document = await drafted(manager, house=document)
    assert [one["pointer"] for one in by_document["differences"]] == ["/venue/name"]
    by_file = await drafted(manager, toml=house_text(2, 2).split("[[staff]]")[0])
    assert len(by_file["house"]["tables"]) == 2
    both = await manager.post(
        "/manage/house/drafts", json=order(reason="both", house=document, toml="x = 1")
    )
    assert (both.status_code, both.json()["errors"][0]["pointer"]) == (422, "/toml")
    broken = await manager.post(
        "/manage/house/drafts", json=order(reason="no", toml='areas = "none"\n[venue]\ntables = 1')
    )
    assert broken.status_code == 422
    assert any("tables stands after [venue]" in each["detail"] for each in broken.json()["errors"])
    assert len((await manager.get("/manage/house/versions")).json()) == 3


async def test_people_do_not_come_or_go_by_a_draft(manager: httpx.AsyncClient) -> None:
    file = house_text(2) + '[[staff]]\nid = "mallory"\nname = "Mallory"\nrole = "owner"\n'
    answer = await manager.post("/manage/house/drafts", json=order(reason="me", toml=file))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/toml/staff"
    assert "mallory" in answer.json()["errors"][0]["detail"]
    draft = await drafted(manager)
    person = {"mallory": {"name": "Mallory", "role": "owner"}}
    refused = await patched(manager, draft, {"staff": person})
    assert refused.json()["errors"][0]["pointer"] == "/patch/staff"


async def test_the_export_is_the_house_with_its_accounts(manager: httpx.AsyncClient) -> None:
    answer = await manager.get("/manage/house/export")
    assert answer.headers["content-type"].startswith("text/plain")
    house = read_house(answer.text)
    assert {person.id for person in house.staff} == {"anna", "host", "manager"}
    again = await drafted(manager, toml=answer.text)
    assert again["differences"] == []


async def test_changed_house_rules_get_a_version_of_their_own(manager: httpx.AsyncClient) -> None:
    draft = await drafted(manager)
    words = {"house_rules": {"rules": {"late": {"text": {"en": "We keep it ten minutes."}}}}}
    changed = (await patched(manager, draft, words)).json()
    assert changed["house"]["house_rules"]["version"] == 4
    back = {
        "house_rules": {"rules": {"late": {"text": {"en": "We keep your table for 15 minutes."}}}}
    }
    undone = (await patched(manager, changed, back)).json()
    assert (undone["house"]["house_rules"]["version"], undone["differences"]) == (3, [])


async def test_a_withdrawn_draft_is_closed(manager: httpx.AsyncClient) -> None:
    draft = await drafted(manager)
    path = f"/manage/house/drafts/{draft['version']}?id={uuid4()}"
    gone = [await manager.delete(path) for _ in range(2)]
    assert [(each.status_code, each.json()["state"]) for each in gone] == [(200, "withdrawn")] * 2
    late = await patched(manager, draft, {"venue": {"name": "Too late"}})
    assert (late.status_code, late.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    in_force = await manager.delete(f"/manage/house/drafts/1?id={uuid4()}")
    assert in_force.status_code == 409


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"reason": "x", "from_date": "2020-01-01"}, "/from_date"),
        ({"reason": "x", "house": {"venue": []}}, "/house/venue"),
        ({"reason": "x", "patch": {"venue": {"id": "other"}}}, "/patch/venue/id"),
        ({"reason": "x", "toml": house_text(2, venue="other")}, "/toml/venue/id"),
    ],
)
async def test_what_cannot_be_a_draft_is_refused_where_it_is_wrong(
    manager: httpx.AsyncClient, body: dict[str, Any], pointer: str
) -> None:
    answer = await manager.post("/manage/house/drafts", json=order(**body))
    assert answer.status_code == 422
    assert pointer in {each["pointer"] for each in answer.json()["errors"]}
    assert len((await manager.get("/manage/house/versions")).json()) == 1


async def test_the_schema_of_the_screens_says_what_a_house_is(manager: httpx.AsyncClient) -> None:
    schema = (await manager.get(f"{FULL_SCHEMA_PATH}/openapi.json")).json()
    kinds = schema["components"]["schemas"]
    assert kinds["House"]["properties"]["tables"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/Table"},
        "minItems": 1,
        "maxItems": 400,
    }
    assert kinds["HouseDraft"]["properties"]["house"] == {"$ref": "#/components/schemas/House"}
    assert "oneOf" not in json.dumps(kinds["Wall"])


@pytest.mark.parametrize(
    ("path", "key"),
    [("house/drafts", "house"), ("house/drafts", "patch"), ("rules", "rules")],
)
async def test_a_body_deeper_than_any_house_is_refused_with_a_sentence(
    manager: httpx.AsyncClient, path: str, key: str
) -> None:
    deep: dict[str, Any] = {}
    for _ in range(400):
        deep = {"venue": deep}
    answer = await manager.post(f"/manage/{path}", json=order(reason="deep", **{key: deep}))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "pointer": f"/{key}",
            "detail": "Expected at most 12 levels of objects and lists.",
            "message": "document-too-deep",
            "params": {"levels": 12},
        }
    ]
    nested = "a = " + "[" * 5000
    answer = await manager.post("/manage/house/drafts", json=order(reason="deep", toml=nested))
    assert answer.status_code == 422
