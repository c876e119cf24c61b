"""What a route may be asked: a key it does not know is refused by every one, and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.http.parameters import ANY_QUERY, parameters_in
from tests.api.conftest import VENUE
from tests.api.http.test_access import ALL, Route, routes, sample

if TYPE_CHECKING:
    import httpx

HANDLERS = routes()
STRICT = [route for route in ALL if not HANDLERS[route].opt.get("any_query")]
LAX = sorted({path.split("/")[1] for method, path in ALL if (method, path) not in STRICT})
UNKNOWN = "no_such_key"


async def ask(client: httpx.AsyncClient, route: Route, query: str) -> httpx.Response:
    method, path = route
    body: dict[str, str] | None = {} if method in {"POST", "PUT", "PATCH"} else None
    return await client.request(method, f"{sample(path, VENUE)}?{query}", json=body)


def test_only_pages_google_and_oauth_ignore_what_they_do_not_know() -> None:
    pages = ["", "desk", "kitchen", "n", "r", "stand", "tablet", "w", "worker.js"]
    assert sorted({*pages, "google", "oauth"}) == LAX
    assert ANY_QUERY["any_query"]


async def test_every_other_route_refuses_an_unknown_key_and_names_what_it_knows(
    owner: httpx.AsyncClient,
) -> None:
    for route in STRICT:
        answer = await ask(owner, route, f"{UNKNOWN}=1")
        assert answer.status_code == 400, route
        if route[0] == "HEAD":
            continue
        said = answer.json()
        assert said["code"] == "INVALID_REQUEST", route
        (wrong,) = said["errors"]
        assert (wrong["pointer"], wrong["source"]) == (f"/{UNKNOWN}", "query"), route
        known = [each.name for each in parameters_in(HANDLERS[route]) if each.source == "query"]
        words = ", ".join(sorted(known)) if known else "It takes none"
        assert words in wrong["detail"], route


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/host/tonight?date=2027-03-04", {"/date": "It knows period"}),
        ("/host/door?party_size=2&party_size=3", {"/party_size": "once. It came 2 times"}),
        (
            "/host/door?size=2&party_size=3&party_size=4&x",
            {"/size": "", "/party_size": "", "/x": ""},
        ),
        ("/host/tonight?a/b~c=1", {"/a~1b~0c": "does not know"}),
        (
            "/manage/gestures?from=soon",
            {
                "/from": 'Expected a date such as 2026-12-24, got "soon".',
                "/to": "This is required: a date such as 2026-12-24.",
            },
        ),
        (
            "/host/door?party_size=many",
            {"/party_size": 'Expected an integer from 1 to 1000, got "many".'},
        ),
        ("/host/door?reservation_id=7", {"/reservation_id": "Expected an id such as "}),
        (
            "/host/door?step_free=perhaps&party_size=2",
            {"/step_free": "Expected true or false, got"},
        ),
        ("/host/guests?q=a", {"/q": "Expected text of 2 to 100 characters"}),
        (
            f"/manage/rules/{2**33}/publish",
            {"/version": "Expected an integer from 1 to 2147483647"},
        ),
    ],
)
async def test_each_wrong_parameter_is_told_at_once_by_the_name_it_was_sent_under(
    owner: httpx.AsyncClient, path: str, said: dict[str, str]
) -> None:
    sent = {"id": "0198c0de-0000-7000-8000-000000000001", "from_date": "2027-03-04"}
    rules = path.startswith("/manage/rules")
    answer = await (owner.post(path, json=sent) if rules else owner.get(path))
    assert answer.status_code == 400, answer.text
    told = {each["pointer"]: each["detail"] for each in answer.json()["errors"]}
    assert told.keys() == said.keys(), told
    assert all(words in told[pointer] for pointer, words in said.items()), told


async def test_a_site_is_told_of_a_key_that_it_misspelt(partner: httpx.AsyncClient) -> None:
    asked = f"/v1/venues/{VENUE}/availability?date=2027-03-03&party_size=2&areas=terrace"
    (wrong,) = (await partner.get(asked)).json()["errors"]
    assert wrong["pointer"] == "/areas"
    known = "area, date, from, high_chairs, needs, party_size, preferred_area, reservation_id, to"
    assert known in wrong["detail"]


async def test_nobody_without_a_login_learns_what_a_route_knows(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.get("/host/tonight?x=1")).status_code == 401
