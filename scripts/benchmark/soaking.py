"""The load of `scripts/bench soak`: a group's houses on a Friday evening, at a steady pace.

Each kind of call comes at random at its own mean rate, whether or not the calls before it have been
answered (an open loop), so that falling behind is seen. Bookings are cancelled and tables cleared
as fast as they are made, so what the service holds stays about the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx

from scripts.simulation.tablets import LoginError, pair_and_log_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from random import Random

    from scripts.simulation.tablets import Session

CALLS_PER_SECOND = {
    "availability": 6.0,
    "google": 0.5,
    "book": 1.5,
    "cancel": 1.2,
    "guest page": 0.5,
    "tonight": 4.0,
    "door": 0.75,
    "seat": 0.6,
    "clear": 0.6,
    "join waitlist": 0.15,
}
"""Of thirty houses together; other numbers of houses in proportion. Changes are fetched besides."""

HOUSES = 30
AHEAD_DAYS = 14
BOOKINGS_KEPT = 900
SEATINGS_KEPT = 12
"""Live bookings of all houses and seated walk-ins of one, from which more are ended than made."""

ANSWER_SECONDS = 30.0
FETCH_AFTER_SECONDS = 2.0
"""A tablet that heard of a change fetches the evening once, so long after."""

AT_ONCE = 200
"""With more calls than this unanswered the service has fallen behind: others are not sent, and
counted."""

Json = dict[str, Any]


@dataclass(kw_only=True)
class Measured:
    """The calls since the last look: seconds of each kind, answers by status, events heard."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[int] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    events: int = 0


@dataclass(kw_only=True)
class SoakedHouse:
    """A house: its host, tablets, and walk-ins seated. `address`: its tablets', of this machine."""

    venue: str
    host: str
    address: str
    tablets: list[Session] = field(default_factory=list)
    seated: list[tuple[str, int]] = field(default_factory=list)


@dataclass(kw_only=True)
class Group:
    """The houses, their booking sites and the service that they use."""

    urls: Sequence[str]
    houses: Sequence[SoakedHouse]
    today: date
    tokens: list[str]
    sites: Sequence[tuple[str, str]]
    google: tuple[str, str]
    dice: Random
    measured: Measured = field(default_factory=Measured)
    bookings: list[tuple[str, str, int]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    open_starts: list[tuple[str, str, int]] = field(default_factory=list)
    unanswered: set[asyncio.Task[None]] = field(default_factory=set)
    guests: int = 0


class Load:
    """Sends the calls of a group by kind. Every answer but a refusal counts as failed."""

    def __init__(self, group: Group) -> None:
        """The connections are made when needed and kept."""
        self.group = group
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
        self.clients = [
            httpx.AsyncClient(base_url=url, trust_env=False, timeout=ANSWER_SECONDS, limits=limits)
            for url in group.urls
        ]
        self.kinds: dict[str, Callable[[], Awaitable[None]]] = {
            "availability": self._look,
            "google": self._look_by_google,
            "book": self._book,
            "cancel": self._cancel,
            "guest page": self._open_page,
            "tonight": self._look_around,
            "door": self._ask_at_the_door,
            "seat": self._seat,
            "clear": self._clear,
            "join waitlist": self._wait,
        }

    async def run(self, seconds: float) -> None:
        """Send calls for so long, then wait for the answers."""
        async with asyncio.TaskGroup() as tasks:
            for kind in self.kinds:
                tasks.create_task(self._at_its_rate(kind, time.monotonic() + seconds))
        await asyncio.gather(*self.group.unanswered)

    async def close(self) -> None:
        """End the connections."""
        for client in self.clients:
            await client.aclose()

    async def fetch_tonight(self, house: SoakedHouse) -> None:
        """Fetch an evening on one of the house's tablets, as after a change."""
        dice = self.group.dice
        await self._send("tonight", "GET", "/host/tonight", dice.choice(house.tablets).headers)

    async def _at_its_rate(self, kind: str, until: float) -> None:
        rate = CALLS_PER_SECOND[kind] * len(self.group.houses) / HOUSES
        due = time.monotonic()
        while (due := due + self.group.dice.expovariate(rate)) < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if len(self.group.unanswered) >= AT_ONCE:
                self.group.measured.failed["not sent: too many unanswered"] += 1
                continue
            task = asyncio.create_task(self._do(kind))
            self.group.unanswered.add(task)
            task.add_done_callback(self.group.unanswered.discard)

    async def _do(self, kind: str) -> None:
        try:
            await self.kinds[kind]()
        except httpx.TransportError as error:
            self.group.measured.failed[f"{kind}: {type(error).__name__}"] += 1

    async def _send(
        self,
        kind: str,
        method: str,
        path: str,
        headers: dict[str, str],
        **more: Any,  # noqa: ANN401 - as httpx takes it
    ) -> httpx.Response:
        measured = self.group.measured
        began = time.perf_counter()
        answer = await self.group.dice.choice(self.clients).request(
            method, path, headers=headers, **more
        )
        measured.seconds[kind].append(time.perf_counter() - began)
        measured.answers[answer.status_code] += 1
        if answer.status_code >= 500 or answer.status_code in {400, 401, 403, 429}:
            measured.failed[f"{kind}: {answer.status_code} {answer.text[:160]}"] += 1
        return answer

    def _any_site(self) -> int:
        return self.group.dice.randrange(len(self.group.tokens))

    def _of_site(self, site: int, key: str = "") -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.group.tokens[site]}"}
        return headers | ({"Idempotency-Key": key} if key else {})

    def _id(self) -> str:
        return str(UUID(int=self.group.dice.getrandbits(128), version=4))

    def _guest(self) -> Json:
        self.group.guests += 1
        number = self.group.guests
        return {"name": f"Guest {number}", "phone": f"+4930{20_000_000 + number}"}

    async def _look(self) -> None:
        dice, group = self.group.dice, self.group
        house, party = dice.choice(group.houses), dice.choice((1, 2, 2, 2, 3, 4, 4, 6))
        day = group.today + timedelta(days=dice.randrange(AHEAD_DAYS))
        path = f"/v1/venues/{house.venue}/availability"
        headers = self._of_site(self._any_site())
        asked = {"date": day.isoformat(), "party_size": str(party)}
        answer = await self._send("availability", "GET", path, headers, params=asked)
        if answer.status_code == httpx.codes.OK and (items := answer.json()["items"]):
            group.open_starts.append((house.venue, dice.choice(items)["start"], party))
            del group.open_starts[:-200]

    async def _look_by_google(self) -> None:
        dice, group = self.group.dice, self.group
        if not group.open_starts:
            return
        venue, start, party = dice.choice(group.open_starts)
        seconds = int(datetime.fromisoformat(start).timestamp())
        slots = [
            {"service_id": "reservation", "start_sec": str(seconds + 900 * quarter),
             "resource_ids": {"party_size": party}}
            for quarter in range(4)
        ]  # fmt: skip
        body = {"merchant_id": venue, "slot_time": slots}
        path = "/google/v3/BatchAvailabilityLookup"
        await self._send("google", "POST", path, {}, json=body, auth=group.google)

    async def _book(self) -> None:
        group = self.group
        if not group.open_starts:
            return
        venue, start, party = group.open_starts.pop(group.dice.randrange(len(group.open_starts)))
        site, path = self._any_site(), f"/v1/venues/{venue}/reservations"
        headers = self._of_site(site, self._id())
        body = {"start": start, "party_size": party, "guest": self._guest()}
        body |= {"accepted_house_rules": 1}
        answer = await self._send("book", "POST", path, headers, json=body)
        if answer.status_code == httpx.codes.CREATED:
            made = answer.json()
            group.bookings.append((venue, made["id"], site))
            group.pages = [*group.pages[-99:], httpx.URL(made["manage_url"]).path]

    async def _cancel(self) -> None:
        group = self.group
        surplus = len(group.bookings) / BOOKINGS_KEPT
        if not group.bookings or group.dice.random() > surplus:
            return
        venue, booking, site = group.bookings.pop(group.dice.randrange(len(group.bookings)))
        headers = self._of_site(site, self._id())
        path = f"/v1/venues/{venue}/reservations/{booking}/cancel"
        await self._send("cancel", "POST", path, headers, json={"reason": "plans changed"})

    async def _open_page(self) -> None:
        if self.group.pages:
            self.group.guests += 1
            page = self.group.dice.choice(self.group.pages)
            await self._send("guest page", "GET", page, _from(self.group.guests))

    async def _look_around(self) -> None:
        await self.fetch_tonight(self.group.dice.choice(self.group.houses))

    async def _ask_at_the_door(self) -> None:
        await self._offers(self.group.dice.choice(self.group.houses), self.group.dice.randint(1, 5))

    async def _offers(self, house: SoakedHouse, party: int) -> list[Json]:
        path, headers = f"/host/door?party_size={party}", house.tablets[0].headers
        answer = await self._send("door", "GET", path, headers)
        if answer.status_code != httpx.codes.OK:
            return []
        return [o for o in answer.json()["options"] if o["tables"] and not o["held_id"]]

    async def _seat(self) -> None:
        house, party = self.group.dice.choice(self.group.houses), self.group.dice.randint(1, 4)
        offers = await self._offers(house, party)
        if not offers or len(house.seated) >= 2 * SEATINGS_KEPT:
            return
        body = {"id": self._id(), "tables": offers[0]["tables"], "party_size": party}
        headers = self.group.dice.choice(house.tablets).headers
        body["anyway"] = ["DUE_PARTY_LOSES_TABLE"]
        answer = await self._send("seat", "POST", "/host/orders/seat", headers, json=body)
        if answer.is_success:
            (seating,) = [s for s in answer.json()["seatings"] if s["seating_id"] == body["id"]]
            house.seated.append((seating["seating_id"], seating["version"]))

    async def _clear(self) -> None:
        house = max(self.group.houses, key=lambda each: len(each.seated))
        if len(house.seated) <= SEATINGS_KEPT * self.group.dice.random():
            return
        seating, version = house.seated.pop(0)
        body = {"id": self._id(), "seating_id": seating, "version": version}
        headers = self.group.dice.choice(house.tablets).headers
        await self._send("clear", "POST", "/host/orders/clear", headers, json=body)

    async def _wait(self) -> None:
        house, site = self.group.dice.choice(self.group.houses), self._any_site()
        headers, path = self._of_site(site, self._id()), f"/v1/venues/{house.venue}/waitlist"
        body = {"party_size": 2, "guest": self._guest()}
        answer = await self._send("join waitlist", "POST", path, headers, json=body)
        if answer.status_code == httpx.codes.CREATED:
            await self._send("leave waitlist", "DELETE", f"{path}/{answer.json()['id']}", headers)


class TabletStream:
    """The live events of one tablet; a change is followed by a fetch of the evening, once."""

    def __init__(self, load: Load, house: SoakedHouse, session: Session, url: str) -> None:
        """`url`: the process that it is connected to."""
        self.load = load
        self.house = house
        self.session = session
        self.url = httpx.URL(url)
        self.fetches: set[asyncio.Task[None]] = set()
        self.cut = 0

    async def listen(self, *, fetches: bool) -> None:
        """Listen until cancelled, again after every end."""
        while True:
            with contextlib.suppress(OSError):
                await self._listen_once(fetches=fetches)
            self.cut += 1
            await asyncio.sleep(1)

    async def _listen_once(self, *, fetches: bool) -> None:
        reader, writer = await asyncio.open_connection(self.url.host, self.url.port)
        try:
            cookie = self.session.headers["Cookie"]
            head = (
                f"GET /live/{self.house.venue} HTTP/1.1\r\nHost: soak\r\nCookie: {cookie}\r\n\r\n"
            )
            writer.write(head.encode())
            while line := await reader.readline():
                if line.startswith(b"event: "):
                    self.load.group.measured.events += 1
                    if fetches and not self.fetches:
                        self._fetch_soon()
        finally:
            writer.close()

    def _fetch_soon(self) -> None:
        async def fetch() -> None:
            await asyncio.sleep(FETCH_AFTER_SECONDS)
            await self.load.fetch_tonight(self.house)

        task = asyncio.create_task(fetch())
        self.fetches.add(task)
        task.add_done_callback(self._fetched)

    def _fetched(self, task: asyncio.Task[None]) -> None:
        self.fetches.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.load.group.measured.failed[f"tonight: {type(error).__name__}"] += 1


async def open_tablets(url: str, house: SoakedHouse, codes: Sequence[str], pin: str) -> None:
    """Pair the house's tablets and log in on each. Raises LoginError."""
    transport = httpx.AsyncHTTPTransport(local_address=house.address)
    async with httpx.AsyncClient(
        base_url=url, trust_env=False, timeout=ANSWER_SECONDS, transport=transport
    ) as client:
        for number, code in enumerate(codes, start=1):
            name = f"Stand {number}"
            try:
                session = await pair_and_log_in(client, house.venue, code, name, house.host, pin)
            except httpx.TransportError as error:
                raise LoginError(f"{url} does not answer: {error}") from error
            house.tablets.append(session)


def _from(number: int) -> dict[str, str]:
    """The headers of a proxy on this machine that names a guest's address."""
    return {"X-Forwarded-For": f"198.51.100.{number % 250 + 1}"}
