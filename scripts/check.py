"""What `scripts/serve --check` does with a running Maitred before it believes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Sequence


class CheckError(Exception):
    """What did not go as it should; the message is the one sentence to show."""


def run(base_url: str, logins: Sequence[str]) -> None:  # noqa: ARG001 - for the flow to come
    """Use the running service as a person would; raises CheckError, prints what it did."""
    answer = httpx.get(f"{base_url}/readyz", trust_env=False, timeout=10)
    if answer.status_code != httpx.codes.OK:
        raise CheckError(f"/readyz answered {answer.status_code}.")
    print("ready: 200")
