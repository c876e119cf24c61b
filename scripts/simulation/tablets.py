"""The staff's tablets: pairing, login by PIN, commands with idempotent ids."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from scripts.simulation.night import Json, Night, new_id
from scripts.simulation.wire import SMOOTH, Call, Trouble

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from scripts.simulation.journal import Exchange

COOKIES = ("maitred_device", "maitred_session")
ASKS_PIN = frozenset({"PIN_NEEDED", "SESSION_ENDED"})
"""Codes that a person at the tablet answers by the PIN: after minutes it asks for it again."""


class LoginError(Exception):
    """A login failed; the message is the sentence to show."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """A logged-in person at a paired tablet; `device`: the cookies of the pairing."""

    staff_id: str
    pin: str
    headers: dict[str, str]
    device: dict[str, str]


async def pair_and_log_in(
    client: httpx.AsyncClient, venue: str, code: str, name: str, staff_id: str, pin: str
) -> Session:
    """Pair a tablet by its code and open a session on it. Raises LoginError."""
    device = await pair(client, venue, code, name)
    return await log_in(client, device, staff_id, pin)


async def pair(client: httpx.AsyncClient, venue: str, code: str, name: str) -> dict[str, str]:
    """Pair a tablet by its code; returns the cookies it keeps. Raises LoginError."""
    body = {"venue": venue, "code": code, "device_name": name}
    paired = await client.post("/host/pair", json=body)
    if paired.status_code != httpx.codes.NO_CONTENT:
        raise LoginError(f"Pairing {name} answered {paired.status_code}: {paired.text[:200]}")
    return cookies_of(paired)


async def log_in(
    client: httpx.AsyncClient, device: dict[str, str], staff_id: str, pin: str
) -> Session:
    """Open a session on a paired tablet, which ends the one before. Raises LoginError."""
    login = await client.post(
        "/host/login",
        json={"staff_id": staff_id, "pin": pin},
        headers={"Cookie": as_header(device)},
    )
    if login.status_code != httpx.codes.OK:
        raise LoginError(f"Logging in {staff_id} answered {login.status_code}: {login.text[:200]}")
    cookies = device | cookies_of(login)
    client.cookies.clear()
    token = login.json()["csrf_token"]
    headers = {"Cookie": as_header(cookies), "X-CSRF-Token": token}
    return Session(staff_id=staff_id, pin=pin, headers=headers, device=device)


def cookies_of(answer: httpx.Response) -> dict[str, str]:
    """The service's cookies in an answer; httpx does not return Secure ones without TLS."""
    return {name: value for name in COOKIES if (value := answer.cookies.get(name))}


def as_header(cookies: dict[str, str]) -> str:
    """The Cookie header."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@dataclass(kw_only=True)
class Tablet:
    """A tablet and the view it last fetched. `process`: the api process it calls."""

    night: Night
    session: Session
    process: int
    seen_at: datetime | None = None
    entering: asyncio.Lock = field(default_factory=asyncio.Lock)
    seen: Json = field(default_factory=lambda: {"reservations": [], "seatings": []})

    async def look(self) -> Json:
        """/host/tonight, fetched at most once per step of time."""
        if self.seen_at != self.night.now:
            seen = await self.get("/host/tonight")
            if seen.acknowledged:
                self.seen_at, self.seen = seen.at, seen.answer
        return self.seen

    async def look_again(self) -> Json:
        """/host/tonight, fetched anew."""
        self.seen_at = None
        return await self.look()

    async def get(self, path: str) -> Exchange:
        """Send a GET."""
        return await self.send("GET", path)

    async def order(self, verb: str, body: Json, dice: Random) -> Exchange:
        """Send a command; with trouble on the wire it is repeated under the same id.

        Asked whether it means that, the host has meant it: they do it anyway.
        """
        path = f"/host/orders/{verb}"
        answer = await self.write("POST", path, body, dice)
        if answer.code != "NEEDS_ANYWAY":
            return answer
        seen = sorted({each["code"] for each in answer.answer["warnings"] if each["asks"]})
        self.night.count(f"{verb} anyway: {' '.join(seen)}")
        return await self.write("POST", path, body | {"anyway": seen}, dice)

    async def write(self, method: str, path: str, body: Json, dice: Random) -> Exchange:
        """Send a write with a random id in its body, which makes it idempotent."""
        sent = {"id": new_id(dice)} | body
        trouble = self.night.trouble(dice)
        return await self.send(method, path, sent, key=sent["id"], trouble=trouble)

    async def send(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        key: str | None = None,
        actor: str | None = None,
        process: int | None = None,
        trouble: Trouble = SMOOTH,
    ) -> Exchange:
        """Send a call, by `process` or the tablet's own; where it asks for the PIN, once more."""
        to = self.process if process is None else process
        wire, who = self.night.wire, actor or self.session.staff_id
        known = self.session
        answer = await wire.send(self._call(who, method, path, body, key), to, trouble)
        if answer.code not in ASKS_PIN:
            return answer
        async with self.entering:
            if self.session is known:
                client = wire.clients[to % len(wire.clients)]
                self.session = await log_in(client, known.device, known.staff_id, known.pin)
        return await wire.send(self._call(who, method, path, body, key), to)

    def _call(self, actor: str, method: str, path: str, body: Json | None, key: str | None) -> Call:
        return Call(
            actor=actor,
            method=method,
            path=path,
            body=body,
            key=key,
            headers=self.session.headers,
        )


async def step_clock(
    tablet: Tablet, process: int, to: datetime, rate: float, *, sweep: bool = True
) -> None:
    """Set the business clock; with `sweep` the process asked runs every job before it answers.

    A job that fails answers 500 after the clock has moved, and is left to the examination.
    """
    body = {"to": to.isoformat(), "rate": rate, "sweep": sweep}
    key = f"clock {to.isoformat()} {rate}"
    answer = await tablet.send("POST", "/demo/clock", body, key=key, actor="clock", process=process)
    if 400 <= answer.status < 500:
        raise LoginError(f"/demo/clock answered {answer.status}: {answer.answer}")
