"""The page that tells the API to people, and the numbers that tell operators how it goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tests.api.conftest import VENUE, client_of

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

TOKEN = "a-token-of-the-operators"


async def test_the_docs_name_every_operation_and_nobody_else(anybody: httpx.AsyncClient) -> None:
    told = (await anybody.get("/openapi.json")).json()
    page = await anybody.get("/docs")
    assert page.status_code == 200
    assert all(path in page.text for path in told["paths"])
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not re.search(r"<(script|link|img|iframe)|(src|href)=.https?:", page.text)
    assert "/host/" not in str(told)
    assert "/manage/" not in str(told)


async def test_metrics_are_read_with_their_token_only(
    app: Litestar, anybody: httpx.AsyncClient
) -> None:
    assert (await anybody.get("/metrics")).status_code == 404
    app.state.settings = replace(app.state.settings, metrics_token=TOKEN)
    assert (await anybody.get("/metrics")).status_code == 401
    wrong = await anybody.get("/metrics", headers={"Authorization": "Bearer wrong"})
    assert wrong.status_code == 401


async def test_metrics_count_by_route_and_name_nobody(app: Litestar) -> None:
    app.state.settings = replace(app.state.settings, metrics_token=TOKEN)
    async with client_of(app, headers={"Authorization": f"Bearer {TOKEN}"}) as operator:
        await operator.get("/r/bistro:a-secret-link")
        await operator.get(f"/v1/venues/{VENUE}")
        await operator.get("/made-up/path")
        text = (await operator.get("/metrics")).text
    assert 'maitred_answers_total{method="GET",route="/r/{token}",status="404"} 1.0' in text
    assert 'route="/v1/venues/{venue}",status="401"} 1.0' in text
    assert "maitred_answer_seconds_bucket" in text
    assert 'maitred_connections{state="idle"}' in text
    for secret in ("a-secret-link", VENUE, "made-up", TOKEN):
        assert secret not in text
