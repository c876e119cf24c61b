"""Every answer tells browsers what not to do with it, errors of every kind among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
from litestar import Litestar

from scripts.setup_venv import ROOT
from tests.api.conftest import VENUE, client_of

if TYPE_CHECKING:
    import pytest

SAID = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"


def said(answer: httpx.Response) -> dict[str, str | None]:
    return {name: answer.headers.get(name) for name in SAID}


async def test_every_answer_is_of_one_kind_in_no_frame_and_kept_nowhere(
    app: Litestar, anybody: httpx.AsyncClient, owner: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    large = {"Content-Type": "application/json"}
    answers = [
        (await anybody.get("/healthz"), 200),
        (await anybody.get("/nowhere"), 404),
        (await anybody.delete("/healthz"), 405),
        (await anybody.options("/healthz"), 401),
        (await anybody.post("/host/pair", content=b" " * 300_000, headers=large), 413),
        (await anybody.post("/host/pair", content=b"{", headers=large), 400),
        (await anybody.post("/oauth/token", data={"grant_type": "x"}), 400),
        (await anybody.get("/google/v3/HealthCheck"), 401),
        (await anybody.get("/host/me"), 401),
        (await anybody.get(f"/live/{VENUE}"), 401),
        (await owner.get("/host/me"), 200),
        (await owner.get("/manage/staff"), 200),
        (await partner.get("/v1/venues/nowhere"), 404),
    ]
    del app.state.pace
    answers.append((await anybody.get("/healthz"), 500))
    await app.state.pool.close()
    answers.append((await owner.get("/manage/staff"), 500))
    for answer, status in answers:
        assert answer.status_code == status, answer.text
        assert said(answer) == SAID
        assert answer.headers["Content-Security-Policy"] == NOTHING


async def test_the_address_of_nothing_is_not_found_and_a_fault_of_the_framework_told_as_others(
    app: Litestar, anybody: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def of_nothing(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI
        await app(scope | {"path": "*", "raw_path": b"*"}, receive, send)

    transport = httpx.ASGITransport(of_nothing)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as server_wide:
        answers = [(await server_wide.request(each, "/"), 404) for each in ("OPTIONS", "GET")]

    async def broken(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr(Litestar, "__call__", broken)
    answers.append((await anybody.get("/healthz"), 500))
    for answer, status in answers:
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert said(answer) == SAID


async def test_pages_run_only_their_own_style_and_ask_for_no_device(app: Litestar) -> None:
    async with client_of(app) as guest:
        for path in ("/r/bistro:unknown", "/w/bistro:unknown", "/r/x/y/z", "/docs"):
            page = await guest.get(path)
            policy = page.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; style-src 'sha256-")
            assert "frame-ancestors 'none'" in policy
            assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert "geolocation=()" in page.headers["Permissions-Policy"]
            assert said(page) == SAID | ({"Cache-Control": "no-cache"} if path == "/docs" else {})


async def test_what_everybody_may_keep_says_so_itself(anybody: httpx.AsyncClient) -> None:
    words = await anybody.get("/host/words/en")
    assert words.headers["Cache-Control"] == "max-age=3600"
    tag = {"If-None-Match": words.headers["ETag"]}
    assert (await anybody.get("/host/words/en", headers=tag)).status_code == 304
    assert (await anybody.get("/openapi.json")).headers["Cache-Control"] == "no-cache"


async def test_large_answers_are_one_object_in_memory_however_many_wait_for_them(
    app: Litestar, anybody: httpx.AsyncClient
) -> None:
    bodies: dict[int, bytes] = {}
    send = app.asgi_handler

    async def noting(scope: Any, receive: Any, answer: Any) -> None:  # noqa: ANN401 - as ASGI
        async def noted(message: Any) -> None:  # noqa: ANN401 - as ASGI
            if body := message.get("body"):
                bodies[id(body)] = body
            await answer(message)

        await send(scope, receive, noted)

    app.asgi_handler = noting
    for path in ("/openapi.json", "/docs", "/host/words/en"):
        bodies.clear()
        for _ in range(2):
            assert (await anybody.get(path)).status_code == 200
        assert len(bodies) == 1, path
        assert len(next(iter(bodies.values()))) > 10_000
    assert (await anybody.get(f"/host/words/{'a' * 36}")).status_code == 400


async def test_what_only_screens_ask_is_shown_to_managers_alone(
    anybody: httpx.AsyncClient, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    for path in ("/docs/everything", "/docs/everything/openapi.json"):
        told = [(await client.get(path)).status_code for client in (anybody, host, manager)]
        assert told == [401, 403, 200]
    for path in ("/docs", "/openapi.json"):
        shown = await anybody.get(path)
        assert shown.status_code == 200
        assert "/docs/everything" not in shown.text


async def test_strict_transport_is_said_by_the_proxy_and_not_by_us(
    anybody: httpx.AsyncClient,
) -> None:
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert 'header @named Strict-Transport-Security "max-age=31536000"' in compose
    assert "MAITRED_PUBLIC_URL: ${MAITRED_PUBLIC_URL:-https://" in compose
    assert "Strict-Transport-Security" not in (await anybody.get("/healthz")).headers
