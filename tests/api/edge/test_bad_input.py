"""Bad input of strangers costs little: a bounded look, a short answer, one line in the log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

import httpx
import litestar.connection.base
import msgspec
import pytest

from api.edge import proxies
from api.edge.failures import LINE_LENGTH, FailureLog
from api.google.proto import MOST_READ, Integrals, Renaming
from api.http import requests
from api.http.languages import language_asked
from api.http.requests import FORM_BYTES, TOLD, WALKED_BYTES, wrong_body
from api.settings import networks_in
from policies.house.shape import shape_problems
from policies.words.catalogue import say
from policies.words.message import message
from tests.api.conftest import BASE, client_of
from tests.api.http.test_access import OPEN_ROUTES
from tests.support.application import give_screens

if TYPE_CHECKING:
    from pathlib import Path

    from litestar import Litestar
    from litestar.types import HTTPScope

KEYS = b",".join(b'"key %d":1.5' % number for number in range(300))
BODIES: list[bytes] = [
    b"[" * 100_000,
    b'{"venue":' * 400 + b"1" + b"}" * 400,
    b'{"%b":1}' % (b"k" * 3000),
    b'{"%b":1}' % (b"k" * 200_000),
    b'{"venue":"%b","code":"\\u202e\\n\\u0007"}' % (b"v" * 200_000),
    b"{%b}" % KEYS,
    b'{"venue":[%b1]}' % (b"{}," * 80_000),
    b'{"venue":[%b1]}' % (b"1.5," * 60_000),
    b'{"venue":1%b,"pin":1e400}' % (b"0" * 5000),
    b"a=1&" * 60_000,
    b"%" * 250_000,
    b"\xff\x00\x1b[31m",
]
FIELDS: list[tuple[str, bytes]] = [
    ("Content-Type", b'a; b="' + b"x" * 8000 + b'"'),
    ("Content-Type", b"multipart/form-data; boundary=" + b"b" * 4000),
    ("Cookie", b'maitred_session="' + b"x" * 15_000 + b'"'),
    ("Cookie", b"maitred_device=x;" * 900),
    ("Accept-Language", b"de;q=nan," * 1600),
    ("Authorization", b"Basic " + b"A" * 15_000),
    ("X-Forwarded-For", b"1," * 7500),
    ("Forwarded", b'for="[' * 2500),
    ("Host", b"\xe4\xff"),
    ("If-None-Match", b'"a",' * 3500),
]
QUERIES = ["a=1&" * 900, "%25" * 1000, "date=%00%1b&party_size=" + "9" * 3000]
PATHS = ["/%ff", "/host/%00", "/r/%1b%0a", "/" + "x" * 4000]
ANSWER_BYTES = 20_000


@pytest.fixture
async def anyone(app: Litestar, tmp_path: Path) -> httpx.AsyncClient:
    """A stranger, for whom nothing is caught: what the application raises fails the test."""
    give_screens(app, tmp_path)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=cast("Any", app)), base_url=BASE)


async def test_no_stranger_gets_a_failure_a_long_answer_or_more_than_a_line_in_the_log(
    anyone: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "asyncio"):
        caplog.set_level(logging.CRITICAL, name)
    routes = [(method, path) for method, path in sorted(OPEN_ROUTES) if method != "HEAD"]
    asked = [*routes, ("OPTIONS", "/nowhere"), ("GET", "/host/me")]
    for number, (method, template) in enumerate(asked):
        path = template.split(":", maxsplit=1)[0].replace("{", "")
        sent: list[dict[str, Any]] = [{"headers": [each]} for each in FIELDS[number % 3 :: 3]]
        sent += [{"params": httpx.QueryParams(each)} for each in QUERIES[number % 3 :: 3]]
        if method == "POST":
            kind = "json" if path.startswith("/host/") else "x-www-form-urlencoded"
            headers = {"Content-Type": f"application/{kind}"}
            sent += [{"content": body, "headers": headers} for body in BODIES]
        for each in sent:
            caplog.clear()
            answer = await anyone.request(method, path, **each)
            assert answer.status_code < 500 or path == "/readyz", (path, each)
            assert answer.status_code < 400 or len(answer.content) < ANSWER_BYTES, (path, each)
            assert [line for line in caplog.messages if len(line) > LINE_LENGTH] == []
            assert len(caplog.messages) <= 1, (path, caplog.messages)
    for path in PATHS:
        for method in ("GET", "POST", "OPTIONS"):
            assert (await anyone.request(method, path)).status_code in {401, 404, 405}


async def test_a_query_of_too_many_parameters_is_not_read(anyone: httpx.AsyncClient) -> None:
    fields = "&".join(f"a{number}=1" for number in range(60))
    told = (await anyone.get(f"/openapi.json?{fields}")).json()
    assert len(told["errors"]) == 20
    for path in ("/openapi.json", "/r/token/times"):
        answer = await anyone.get(f"{path}?{fields}&{fields}")
        assert answer.status_code == 400


def test_a_large_body_of_the_wrong_kind_is_not_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[object] = []
    walk = shape_problems

    def noted(raw: object, *how: Any) -> Any:  # noqa: ANN401 - as shape_problems
        walked.append(raw)
        return walk(raw, *how)

    monkeypatch.setattr(requests, "shape_problems", noted)
    entries = b'[%b"a"]' % (b'"a",' * 100)
    small = wrong_body(entries, list[int], "Expected `int`, got `str` - at `$[0]`")
    assert len(cast("list[Any]", small.extra)) == TOLD
    assert len(walked) == 1
    large = wrong_body(entries + b" " * WALKED_BYTES, list[int], "Expected `int`, got `str`")
    assert len(cast("list[Any]", large.extra)) == 1
    assert len(walked) == 1


async def test_a_form_is_short(anyone: httpx.AsyncClient) -> None:
    form = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}
    assert (await anyone.post("/oauth/token", data=form)).status_code == 401
    long = await anyone.post("/oauth/token", data=form | {"more": "x" * FORM_BYTES})
    assert long.status_code == 413
    change = await anyone.post("/r/token/change", data={"start": "x" * FORM_BYTES})
    assert change.status_code == 413


async def test_cookies_are_read_without_unquoting(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: str) -> dict[str, str]:
        raise AssertionError

    monkeypatch.setattr(litestar.connection.base, "parse_cookie_string", never)
    async with client_of(app) as client:
        answer = await client.get("/host/me", headers={"Cookie": 'maitred_session="\\\\"; a=b'})
        assert answer.status_code == 401


def test_only_the_hops_and_languages_nearest_to_us_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []
    address_in = proxies.address_in

    def noted(host: str) -> Any:  # noqa: ANN401 - an address of either kind
        looked.append(host)
        return address_in(host)

    monkeypatch.setattr(proxies, "address_in", noted)
    for name, hop in ((b"x-forwarded-for", b"10.0.0.1"), (b"forwarded", b"for=10.0.0.1")):
        looked.clear()
        raw = [(name, b", ".join([hop] * 1000))]
        scope = {"client": ("10.0.0.2", 1), "scheme": "http", "headers": raw}
        trusts = proxies.trust_in(networks_in("10.0.0.0/8"))
        proxies.see_through(cast("HTTPScope", scope), trusts)
        assert scope["client"] == ("10.0.0.1", 0)
        assert len(looked) < 2 * proxies.HOPS
    assert language_asked("x;q=1," * 50 + "de") == "en"
    assert language_asked("de;q=0.5, ru") == "ru"


def test_of_googles_bodies_so_much_is_read_in_python() -> None:
    integers = msgspec.json.Decoder(float_hook=Integrals())
    assert integers.decode(b"[%b1]" % (b"1.0," * MOST_READ)) == [1] * (MOST_READ + 1)
    with pytest.raises(msgspec.ValidationError):
        integers.decode(b"[1.5]")
    assert Renaming().renamed([{"startSec": 1}]) == [{"start_sec": 1}]
    with pytest.raises(msgspec.ValidationError):
        Renaming().renamed([1] * MOST_READ)


def test_a_failure_is_told_in_full_once_a_minute_and_then_in_a_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = 0.0
    failures = FailureLog(lambda: now)

    def fail(said: str) -> None:
        try:
            int(said)
        except ValueError as error:
            wrapped = KeyError(said)
            wrapped.__cause__ = error
            failures.note("POST /host/pair", wrapped)

    told = []
    for at in (0.0, 1.0, 61.0):
        now = at
        fail("\x1b[31m\u202e\n" + "secret" * 50_000)
        told.append(caplog.messages[-1])
    assert [len(each.splitlines()) > 1 for each in told] == [True, False, True]
    assert all(len(line) <= LINE_LENGTH for each in told for line in each.splitlines())
    assert "KeyError" in told[0]
    assert "int(said)" in told[0]
    assert not {"\x1b", "\u202e"} & set("".join(told))


def test_a_message_with_a_long_param_is_cut_and_not_refused() -> None:
    long = message("key-unknown", key="k" * 100_000, known="n" * 100_000)
    assert len(say(message("value-as-read", said=long))) < 5000
