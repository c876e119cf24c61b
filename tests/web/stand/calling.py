"""The API as whoever is logged in on a page, for what a test needs and does not look at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page

SEND = """async ([method, path, body]) => {
    const me = await (await fetch('/host/me')).json()
    const headers = {'content-type': 'application/json', 'x-csrf-token': me.csrf_token}
    const answer = await fetch(path, {method, headers, body: body && JSON.stringify(body)})
    return [answer.status, await answer.text()]
}"""


async def call(page: Page, method: str, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
    """What the API answers; anything but a yes fails."""
    status, text = await page.evaluate(SEND, [method, path, body])
    assert status < 400, text
    return json.loads(text) if text else None
