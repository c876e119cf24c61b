"""Finding reservations: by parts of a name, the end of a number, code, dates, states, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.conftest import client_of
from tests.api.host.conftest import booked, done
from tests.support.house import DATE, SEVEN, at, move_clock, phone

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

PATH = "/host/reservations/search"
NAMES = ("Zoë Müller-García", "Лев Ёлкин", "Anna Rosenberg", "Ann O'Neil")


async def names(host: httpx.AsyncClient, **sought: Any) -> list[str]:  # noqa: ANN401 - of a query
    answer = await host.get(PATH, params=sought)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["items"]]


async def written(host: httpx.AsyncClient, number: int, name: str, hours: float = 1) -> Any:  # noqa: ANN401
    guest = {"name": name, "phone": phone(number)}
    return await booked(host, starts=at(hours).isoformat(), guest=guest)


@pytest.fixture
async def book(host: httpx.AsyncClient) -> list[dict[str, Any]]:
    """A reservation a day for each name, the first tonight."""
    return [
        await written(host, 1000 + number, name, 24 * number + 1)
        for number, name in enumerate(NAMES)
    ]


@pytest.mark.usefixtures("book")
async def test_a_part_of_the_name_is_enough_whatever_its_accents_and_order(
    host: httpx.AsyncClient,
) -> None:
    for sought in ("garcia zoe", "MÜLLER", "zoë m", "arcí"):
        assert await names(host, name=sought) == [NAMES[0]], sought
    assert await names(host, name="елкин") == [NAMES[1]]
    assert await names(host, name="berg") == [NAMES[2]]
    assert await names(host, name="an") == [NAMES[2], NAMES[3]]
    assert await names(host, name="an ne") == [NAMES[3]]
    assert await names(host, name="anna müller") == []


async def test_a_number_is_known_by_its_end_or_as_the_guest_says_it(
    host: httpx.AsyncClient, book: list[dict[str, Any]]
) -> None:
    for sought in (phone(1002)[-4:], phone(1002), phone(1002).replace("+49", "0"), "1002"):
        assert await names(host, phone=sought) == [NAMES[2]], sought
    assert await names(host, phone=phone(1002)[-4:], name="zoe") == []
    assert await names(host, code=f" {book[1]['code'].lower()} ") == [NAMES[1]]
    entry = (await host.get(PATH, params={"code": book[1]["code"]})).json()["items"][0]
    assert (entry["phone"], entry["tables"], entry["service_date"]) == (
        phone(1001), book[1]["tables"], "2027-03-04",
    )  # fmt: skip


@pytest.mark.usefixtures("book")
async def test_dates_states_and_tags_narrow_it_down(host: httpx.AsyncClient) -> None:
    assert await names(host, from_date="2027-03-04", to_date="2027-03-05") == list(NAMES[1:3])
    first = (await host.get(PATH, params={"name": "zoe"})).json()["items"][0]
    path = f"/host/reservations/{first['reservation_id']}"
    tagged = {"id": str(uuid4()), "version": 1, "tags": ["birthday", "window", "birthday"]}
    assert (await host.patch(path, json=tagged)).json()["tags"] == ["birthday", "window"]
    guest = f"/host/guests/{first['guest_id']}"
    assert (await host.patch(guest, json={"tags": ["member"]})).json()["tags"] == ["member"]
    for tags in (["birthday"], ["member", "window"]):
        assert await names(host, tag=tags) == [NAMES[0]]
    assert await names(host, tag=["birthday", "press"]) == []
    await host.post(f"{path}/cancel", json={"id": str(uuid4()), "reason": "is ill"})
    assert await names(host, state="cancelled") == [NAMES[0]]
    assert await names(host, state=["booked", "requested"]) == list(NAMES[1:])


@pytest.mark.usefixtures("book")
async def test_what_comes_is_first_the_nearest_first_then_the_past_by_pages(
    host: httpx.AsyncClient, app: Litestar
) -> None:
    await move_clock(app.state.pool, at(49))  # the third evening has begun, two are over
    order = [NAMES[2], NAMES[3], NAMES[1], NAMES[0]]
    assert await names(host) == order
    for size in (1, 2, 3):
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = (await host.get(PATH, params={"limit": str(size)} | cursor)).json()
            seen += [each["name"] for each in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
            await move_clock(app.state.pool, at(49 + 24 * len(seen)))
        assert seen == order
        await move_clock(app.state.pool, at(49))
    assert await names(host, to_date=DATE) == [NAMES[0]]


async def test_a_party_that_sits_is_found_with_what_is_true_now(host: httpx.AsyncClient) -> None:
    made = await booked(host, 5)
    about = {"reservation_id": made["reservation_id"], "version": made["version"]}
    await done(host, "seat", **about, tables=["3"])
    (entry,) = (await host.get(PATH, params={"phone": phone(5)})).json()["items"]
    assert (entry["state"], entry["starts"]) == ("seated", SEVEN.isoformat().replace("+00:00", "Z"))


WRONG = [
    ("name=a", "/name", "Expected text of 2 to 100 characters"),
    ("name=--", "/name", "at least one letter or digit"),
    ("phone=12-3", "/phone", "at least the last 4 digits"),
    ("from_date=2027-03-04&to_date=2027-03-03", "/to_date", "4 March 2027 or later"),
    ("from_date=tomorrow", "/from_date", "date"),
    ("state=eating", "/state", "eating"),
    ("surname=x", "/surname", "does not know"),
    ("cursor=WyIy", "/cursor", "not a cursor of ours"),
    ("limit=0", "/limit", "from 1 to 200"),
]


async def test_a_wrong_question_is_told_what_is_wrong(host: httpx.AsyncClient) -> None:
    for query, pointer, said in WRONG:
        answer = await host.get(f"{PATH}?{query}")
        assert answer.status_code in {400, 422}, answer.text
        (error,) = answer.json()["errors"]
        assert error["pointer"].startswith(pointer), error
        assert said in error["detail"], error


async def test_nobody_but_staff_finds_guests(app: Litestar) -> None:
    async with client_of(app) as anybody:
        assert (await anybody.get(PATH, params={"name": "zoe"})).status_code == 401
