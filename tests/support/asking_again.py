"""A client that sends again what was answered 503: no "no", and another process may have room."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

TIMES = 40
BETWEEN = 0.25


async def post_until_answered(
    client: httpx.AsyncClient,
    url: str,
    **more: Any,  # noqa: ANN401 - handed on
) -> httpx.Response:
    """Post, and post the same again while the evening is locked by too many others."""
    for _ in range(TIMES):
        answer = await client.post(url, **more)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            return answer
        await asyncio.sleep(BETWEEN)
    return answer
