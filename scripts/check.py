"""`scripts/serve --check`: a smoke test over HTTP against a running service."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

from scripts.demo import read_lines
from scripts.simulation.tablets import LoginError, pair_and_log_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.simulation.logins import Logins
    from scripts.simulation.tablets import Session

PARTY = 2
DAYS_AHEAD = 13
Json = dict[str, Any]


class CheckError(Exception):
    """A step failed; the message is the sentence to show."""


@dataclass(kw_only=True)
class Check:
    """One pass: search and book as a booking site, seat and clear as a manager at a tablet."""

    client: httpx.AsyncClient
    logins: Logins

    async def run(self) -> None:
        """Run every step once. Raises CheckError."""
        await self._call("asking whether it is ready", "GET", "/readyz")
        print("ready: 200")
        bearer = await self._token()
        venue = await self._venue(bearer)
        start = await self._search(venue, bearer)
        await self._book(venue, bearer, start)
        session = await self._tablet(venue)
        await self._open_the_doors(session, start)
        seating = await self._seat(session)
        await self._clear(session, seating)

    async def _token(self) -> dict[str, str]:
        if not self.logins.clients:
            raise CheckError("The service was started without demo logins.")
        who, secret = next(iter(self.logins.clients.items()))
        answer = await self._call(
            "getting a token",
            "POST",
            "/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(who, secret),
        )
        return {"Authorization": f"Bearer {answer['access_token']}"}

    async def _venue(self, bearer: dict[str, str]) -> Json:
        answer = await self._call("listing venues", "GET", "/v1/venues", headers=bearer)
        if not answer["items"]:
            raise CheckError("The booking site sees no venue.")
        venue: Json = answer["items"][0]
        return venue

    async def _search(self, venue: Json, bearer: dict[str, str]) -> str:
        today = datetime.now(UTC).date()
        asked = {"party_size": PARTY, "from": str(today + timedelta(days=1))}
        asked["to"] = str(today + timedelta(days=DAYS_AHEAD))
        path = f"/v1/venues/{venue['id']}/availability"
        found = await self._call("searching", "GET", path, headers=bearer, params=asked)
        if not found["items"]:
            raise CheckError(f"Searching found no table for {PARTY} in {DAYS_AHEAD} days.")
        start: str = found["items"][0]["start"]
        print(f"searched: {len(found['items'])} starts for {PARTY}, the first {start}")
        return start

    async def _book(self, venue: Json, bearer: dict[str, str], start: str) -> None:
        rules = venue.get("house_rules")
        order = {
            "start": start,
            "party_size": PARTY,
            "guest": {"name": "Check", "phone": "+493023125024"},
        }
        order |= {"accepted_house_rules": rules["version"]} if rules else {}
        headers = bearer | {"Idempotency-Key": f'"{secrets.token_hex(8)}"'}
        path = f"/v1/venues/{venue['id']}/reservations"
        first = await self._call("booking", "POST", path, headers=headers, json=order)
        again = await self._call("booking again", "POST", path, headers=headers, json=order)
        if first != again:
            raise CheckError("The same Idempotency-Key was answered in two ways.")
        print(f"booked: {first['code']}, {PARTY} guests at {start}; sent again, it stayed one")

    async def _tablet(self, venue: Json) -> Session:
        managers = self.logins.with_role("manager") or self.logins.with_role("owner")
        if not managers or not self.logins.codes:
            raise CheckError("The service printed no manager's PIN or no pairing code.")
        who, code = managers[0], self.logins.codes[0]
        try:
            session = await pair_and_log_in(
                self.client, venue["id"], code, "Check", who, self.logins.pins[who]
            )
        except LoginError as error:
            raise CheckError(str(error)) from error
        print(f"paired a tablet; {who} logged in with a PIN")
        return session

    async def _open_the_doors(self, session: Session, start: str) -> None:
        """Move the demo's clock to the booked start, when the house is open."""
        await self._call(
            "moving the demo's clock",
            "POST",
            "/demo/clock",
            headers=session.headers,
            json={"to": start, "rate": 1},
        )
        print(f"set the demo's clock to {start}")

    async def _seat(self, session: Session) -> Json:
        path = f"/host/door?party_size={PARTY}"
        offered = await self._call("asking at the door", "GET", path, headers=session.headers)
        now = [option for option in offered["options"] if option["kind"] != "wait"]
        if not now:
            raise CheckError("The door offers a walk-in no table in an empty house.")
        order = {"id": str(uuid4()), "tables": now[0]["tables"], "party_size": PARTY}
        answer = await self._call(
            "seating", "POST", "/host/orders/seat", headers=session.headers, json=order
        )
        print(f"seated a walk-in of {PARTY} at {' + '.join(now[0]['tables'])}")
        seating: Json = answer["seatings"][0]
        return seating

    async def _clear(self, session: Session, seating: Json) -> None:
        about = {"seating_id": seating["seating_id"], "version": seating["version"]}
        order = {"id": str(uuid4())} | about
        answer = await self._call(
            "clearing", "POST", "/host/orders/clear", headers=session.headers, json=order
        )
        if answer["seatings"][0]["state"] != "cleared":
            raise CheckError("A table that was cleared is still taken.")
        print("cleared the table")

    async def _call(self, doing: str, method: str, path: str, **parts: Any) -> Json:  # noqa: ANN401 - httpx's own
        try:
            answer = await self.client.request(method, path, **parts)
        except httpx.TransportError as error:
            raise CheckError(f"While {doing}, the service did not answer: {error!r}.") from error
        if not answer.is_success:
            raise CheckError(f"While {doing}, {path} answered {answer.status_code}: {answer.text}")
        found: Json = answer.json() if answer.content else {}
        return found


async def check(base_url: str, logins: Sequence[str]) -> None:
    """Run the check and print each step. Raises CheckError."""
    async with httpx.AsyncClient(base_url=base_url, trust_env=False, timeout=20) as client:
        await Check(client=client, logins=read_lines(list(logins))).run()


def run(base_url: str, logins: Sequence[str]) -> None:
    """`check` for a thread without an event loop. Raises CheckError."""
    asyncio.run(check(base_url, logins))
