"""Who plays: the staff's tablets and the booking sites' tokens, for one evening after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import httpx

from scripts.simulation.tablets import LoginError, Session, Tablet, log_in, pair_and_log_in
from seating.clock import wall_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.simulation.logins import Logins
    from scripts.simulation.night import Night

TABLETS = 3
TOKENS_FOR = timedelta(minutes=40)
"""A token is good for an hour of wall time."""


@dataclass(kw_only=True)
class Crew:
    """The logins in use. Tablets are paired once and logged in anew for each evening."""

    urls: Sequence[str]
    logins: Logins
    sessions: list[Session] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    tokens_since: datetime | None = None

    async def tablets(self, night: Night) -> list[Tablet]:
        """The manager's tablet first, then the stand's, spread over the processes in turn.

        Raises LoginError.
        """
        await self._log_in()
        return [
            Tablet(night=night, session=session, process=number)
            for number, session in enumerate(self.sessions)
        ]

    async def fresh_tokens(self) -> Sequence[str]:
        """A bearer token for each booking site, renewed before they end. Raises LoginError."""
        if self.tokens_since is None or wall_now() - self.tokens_since > TOKENS_FOR:
            async with self.client() as client:
                self.tokens = [
                    await token_of(client, who, secret)
                    for who, secret in self.logins.clients.items()
                ]
            self.tokens_since = wall_now()
        return self.tokens

    async def clock(self) -> tuple[datetime, float]:
        """The service's business time and its rate. Raises LoginError."""
        await self._log_in()
        async with self.client() as client:
            answer = await client.get("/demo/clock", headers=self.sessions[0].headers)
        if answer.status_code != httpx.codes.OK:
            raise LoginError(f"/demo/clock answered {answer.status_code}: {answer.text[:200]}")
        face = answer.json()
        return datetime.fromisoformat(face["now"]), float(face["rate"])

    async def _log_in(self) -> None:
        async with self.client() as client:
            self.sessions = await (self._again(client) if self.sessions else self._pair(client))

    async def _pair(self, client: httpx.AsyncClient) -> list[Session]:
        logins = self.logins
        managers = logins.with_role("manager") or logins.with_role("owner")
        hosts = (logins.with_role("host") or managers)[:TABLETS]
        if not managers or not hosts or not logins.codes:
            raise LoginError("The logins name no manager, no host or no pairing code.")
        who = managers[0]
        session = await pair_and_log_in(
            client, logins.venue, logins.codes[0], "Office", who, logins.pins[who]
        )
        found = [session]
        for number, host in enumerate(hosts, start=1):
            answer = await client.post("/manage/pairing-codes", headers=session.headers)
            code, name = answer.json()["code"], f"Stand {number}"
            own = await pair_and_log_in(client, logins.venue, code, name, host, logins.pins[host])
            found.append(own)
        return found

    async def _again(self, client: httpx.AsyncClient) -> list[Session]:
        return [
            await log_in(client, each.device, each.staff_id, self.logins.pins[each.staff_id])
            for each in self.sessions
        ]

    def client(self) -> httpx.AsyncClient:
        """A client of the first process."""
        return httpx.AsyncClient(base_url=self.urls[0], trust_env=False, timeout=30)


async def token_of(client: httpx.AsyncClient, who: str, secret: str) -> str:
    """A bearer token of one booking site. Raises LoginError."""
    form = {"grant_type": "client_credentials"}
    answer = await client.post("/oauth/token", data=form, auth=(who, secret))
    if answer.status_code != httpx.codes.OK:
        raise LoginError(f"/oauth/token answered {answer.status_code}: {answer.text[:200]}")
    return str(answer.json()["access_token"])
