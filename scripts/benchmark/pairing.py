"""Pairs of a look-up at one api process and a booking at another, whose answers must agree.

One worker an evening plays its pairs in sequence and time stands still, so nothing changes between
the two requests: a booking refused after a yes, or made after a no, is an error of the service.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

from scripts.simulation.dice import dice_of
from scripts.simulation.rulebook import rules_for
from scripts.simulation.written_house import QUARTER
from seating.access.clients import create_client, issue_token
from seating.clock import MovableClock, set_clock, wall_now
from seating.db import open_pool, transaction
from seating.forecast.prices import refresh_prices
from seating.house.rule_versions import DraftRules, PublishRules, draft, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from scripts.simulation.written_house import Hours, WrittenHouse
    from seating.db import Pool

NOON = datetime(2027, 3, 1, 11, tzinfo=UTC)
"""The service's clock during a round; it stands still."""

ROUND_PAIRS = 250
"""Pairs between two refreshes of the bid prices, which happen outside of pairs."""

SIZE_WEIGHTS = ((2, 40), (4, 25), (3, 12), (6, 8), (5, 7), (1, 5), (8, 2), (7, 1))
TRIES = 3
V1_SHARE = 0.05
AREA_SHARE = 0.2
NO_TRIED_SHARE = 0.1
CANCEL_SHARE = 0.75
COUNT_OVERBOOKED = "select count(*) from reservation where risk is not null"
ActiveBookings = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class PairSetup:
    """Two api processes of one house, and the credentials of a client."""

    house: WrittenHouse
    dsn: str
    urls: Sequence[str]
    evenings: Sequence[Hours]
    client: tuple[str, str]
    token: str


@dataclass
class PairResults:
    """Results. `asked`: look-ups by yes or no; `broken`: refusals after a yes, by cause.

    `noes`: bookings tried after a no, by made or not. Latencies in seconds.
    """

    pairs: Counter[str] = field(default_factory=Counter)
    asked: Counter[bool] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    noes: Counter[bool] = field(default_factory=Counter)
    cancelled: int = 0
    overbooked: int = 0
    look_ups: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    page_slots: int = 0
    bookings: list[float] = field(default_factory=list)

    @property
    def done(self) -> int:
        """The number of pairs of a yes and a booking."""
        return self.pairs.total()

    @property
    def consistent(self) -> bool:
        """Whether no booking contradicted its look-up."""
        return not self.broken and not self.noes[True]


@dataclass(frozen=True)
class SlotRequest:
    """A party that looks for a slot."""

    number: int
    starts: datetime
    party_size: int
    area: str | None

    @property
    def guest(self) -> str:
        """The party's phone number, unique."""
        return f"+4930{20_000_000 + self.number}"


async def prepare(
    dsn: str,
    urls: Sequence[str],
    house: WrittenHouse,
    *,
    by_value: bool,
    evenings: int,
    rules: dict[str, Any] | None = None,
) -> PairSetup:
    """Stop the clock, publish rules with overbooking on, make a client for /v1 and Google."""
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        async with transaction(pool) as conn:
            await set_clock(conn, NOON, 0.0)
            scopes = ["availability", "bookings", "google"]
            client = await create_client(conn, "Pairs", {house.venue: scopes})  # type: ignore[dict-item]
        hours = next_evenings(house, evenings)
        await publish_rules(pool, house, rules or rules_for(house, hours[0], by_value=by_value))
        token = await issue_token(pool, client[0], ["availability", "bookings"], wall_now())
    return PairSetup(
        house=house,
        dsn=dsn,
        urls=urls,
        evenings=hours,
        client=client,
        token=token.access_token,
    )


def next_evenings(house: WrittenHouse, count: int) -> list[Hours]:
    """Return the next evenings on which the house opens."""
    found: list[Hours] = []
    day = NOON.date()
    while len(found) < count:
        day += timedelta(days=1)
        hours = house.evening_of(day)
        if hours is not None:
            found.append(hours)
    return found


async def publish_rules(pool: Pool, house: WrittenHouse, rules: dict[str, Any]) -> None:
    """Publish the rules from the first evening on."""
    owner = next(name for name, role in house.staff.items() if role == "owner")
    async with transaction(pool) as conn:
        wanted = DraftRules(id=uuid4(), reason="pairs", rules=rules)
        made = await draft(conn, house.venue, wanted, owner, MovableClock())
        order = PublishRules(id=uuid4(), from_date=NOON.date())
        await publish(conn, house.venue, made.version, order, owner, MovableClock())


async def play_pairs(
    setup: PairSetup,
    pairs: int,
    seed: int,
    report: Callable[[PairResults], None],
    *,
    by_value: bool,
) -> PairResults:
    """Play `pairs` pairs in rounds; between rounds the bid prices are refreshed."""
    results = PairResults()
    limits = httpx.Limits(max_connections=20)
    async with (
        httpx.AsyncClient(trust_env=False, timeout=30, limits=limits) as http,
        await open_pool(setup.dsn, min_size=1, max_size=2) as pool,
    ):
        workers = [
            Worker(setup, http, results, hours, dice_of("pairs", seed, number), number)
            for number, hours in enumerate(setup.evenings)
        ]
        while results.done < pairs:
            goal = min(pairs, results.done + ROUND_PAIRS)
            await asyncio.gather(*(worker.play(goal, report) for worker in workers))
            if by_value:
                await advance_clock(pool)
        results.overbooked = await pool.fetchval(COUNT_OVERBOOKED)
        for worker in workers:
            await worker.look_up_evening()
    return results


async def advance_clock(pool: Pool) -> None:
    """Move the clock by five minutes and refresh the bid prices."""
    clock = MovableClock()
    async with transaction(pool) as conn:
        await set_clock(conn, await clock.now(conn) + timedelta(minutes=5), 0.0)
    await refresh_prices(pool, clock)


class Worker:
    """Plays the pairs of one evening, in sequence."""

    def __init__(
        self,
        setup: PairSetup,
        http: httpx.AsyncClient,
        results: PairResults,
        hours: Hours,
        dice: Random,
        number: int,
    ) -> None:
        self.setup = setup
        self.http = http
        self.results = results
        self.hours = hours
        self.dice = dice
        self.guests = number
        self.active: ActiveBookings = []

    async def play(self, goal: int, report: Callable[[PairResults], None]) -> None:
        """Play until all workers together have done `goal` pairs."""
        while self.results.done < goal:
            await self.one_pair()
            report(self.results)

    async def one_pair(self) -> None:
        """Look up at one process; book at another after a yes, and after some of the noes."""
        request = self.draw_request()
        one, other = self.dice.sample(list(self.setup.urls), 2)
        door = "v1" if self.dice.random() < V1_SHARE else "google"
        began = time.perf_counter()
        yes = await (self.look_up_v1 if door == "v1" else self.look_up_google)(one, request)
        self.results.look_ups.append(time.perf_counter() - began)
        self.results.asked[yes] += 1
        if yes or self.dice.random() < NO_TRIED_SHARE:
            refused = await self.book(door, other, request)
            self.count(door, refused, yes=yes)
        if not yes and self.active and self.dice.random() < CANCEL_SHARE:
            await self.cancel()

    def count(self, door: str, refused: str, *, yes: bool) -> None:
        """Count the outcome of a booking after its look-up."""
        if not yes:
            self.results.noes[not refused] += 1
            return
        self.results.pairs[door] += 1
        if refused:
            self.results.broken[refused] += 1

    def draw_request(self) -> SlotRequest:
        """Draw a party, at any quarter of an hour of the evening."""
        self.guests += len(self.setup.evenings)
        starts = self.dice.choice(start_times(self.hours))
        sizes, weights = zip(*SIZE_WEIGHTS, strict=True)
        (party,) = self.dice.choices(sizes, weights)
        areas = sorted({table.area for table in self.setup.house.tables.values()})
        area = self.dice.choice(areas) if self.dice.random() < AREA_SHARE else None
        return SlotRequest(self.guests, starts, min(party, self.setup.house.largest_online), area)

    async def look_up_google(self, url: str, request: SlotRequest) -> bool:
        """Look the slot up among up to three others, as a page that loads does."""
        others = [self.draw_request() for _ in range(self.dice.randint(0, 3))]
        slots = [slot_time(each) for each in (*others, request)]
        body = {"merchant_id": self.setup.house.venue, "slot_time": slots}
        answer = await self.google(url, "BatchAvailabilityLookup", body)
        return bool(answer["slot_time_availability"][-1]["available"])

    async def look_up_evening(self) -> None:
        """Look up the whole evening in one call, every start for every size."""
        starts = start_times(self.hours)
        sizes = range(1, self.setup.house.largest_online + 1)
        slots = [slot_time(SlotRequest(0, start, size, None)) for start in starts for size in sizes]
        body = {"merchant_id": self.setup.house.venue, "slot_time": slots}
        began = time.perf_counter()
        await self.google(self.setup.urls[0], "BatchAvailabilityLookup", body)
        self.results.pages.append(time.perf_counter() - began)
        self.results.page_slots = len(slots)

    async def look_up_v1(self, url: str, request: SlotRequest) -> bool:
        """Look the date up; return whether the start is among its items."""
        day = self.hours.day.isoformat()
        query = {"date": day, "party_size": str(request.party_size)}
        query |= {"area": request.area} if request.area else {}
        where = f"{self.venue(url)}/availability"
        answer = await self.send("GET", where, params=query, headers=self.bearer())
        answer.raise_for_status()
        starts = [datetime.fromisoformat(item["start"]) for item in answer.json()["items"]]
        return request.starts in starts

    async def book(self, door: str, url: str, request: SlotRequest) -> str:
        """Book; return the cause of a refusal, or an empty string."""
        began = time.perf_counter()
        refused = await (self.book_v1 if door == "v1" else self.book_google)(url, request)
        self.results.bookings.append(time.perf_counter() - began)
        return refused

    async def book_google(self, url: str, request: SlotRequest) -> str:
        """Create the booking by Google's interface."""
        slot = slot_time(request) | {"merchant_id": self.setup.house.venue}
        slot["resources"] = slot.pop("resource_ids")
        body = {
            "slot": slot,
            "user_information": {
                "user_id": f"user-{request.number}",
                "given_name": "Guest",
                "family_name": str(request.number),
                "telephone": request.guest,
            },
            "idempotency_token": f"token-{request.number}",
        }
        answer = await self.google(url, "CreateBooking", body)
        if "booking" not in answer:
            return str(answer["booking_failure"]["cause"])
        self.active.append(("google", answer["booking"]["booking_id"]))
        return ""

    async def book_v1(self, url: str, request: SlotRequest) -> str:
        """Make the reservation at /v1."""
        body: dict[str, Any] = {
            "start": request.starts.isoformat(),
            "party_size": request.party_size,
            "guest": {"name": f"Guest {request.number}", "phone": request.guest},
        }
        body |= {"area": request.area} if request.area else {}
        if (version := self.setup.house.rules_version) is not None:
            body["accepted_house_rules"] = version
        answer = await self.write(f"{self.venue(url)}/reservations", body)
        if answer.status_code != httpx.codes.CREATED:
            return str(answer.json()["code"])
        self.active.append(("v1", answer.json()["id"]))
        return ""

    async def cancel(self) -> None:
        """Cancel a booking of the evening, at either process."""
        self.results.cancelled += 1
        door, id_ = self.active.pop(self.dice.randrange(len(self.active)))
        url = self.dice.choice(self.setup.urls)
        if door == "google":
            body = {"booking": {"booking_id": id_, "status": "CANCELED"}}
            answer = await self.google(url, "UpdateBooking", body)
            assert "booking" in answer, answer  # noqa: S101 - a bench says what it met
        else:
            done = await self.write(f"{self.venue(url)}/reservations/{id_}/cancel", {})
            done.raise_for_status()

    async def google(self, url: str, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """Call a method of Google's interface."""
        where = f"{url}/google/v3/{method}"
        answer = await self.send("POST", where, json=body, auth=self.setup.client)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
        return said

    async def write(self, url: str, body: dict[str, Any]) -> httpx.Response:
        """Write at /v1 with a new idempotency key."""
        headers = self.bearer() | {"Idempotency-Key": str(uuid4())}
        return await self.send("POST", url, json=body, headers=headers)

    async def send(self, method: str, url: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        """Send, up to TRIES times when the connection breaks: writes are idempotent."""
        for left in reversed(range(TRIES)):
            try:
                return await self.http.request(method, url, **more)
            except httpx.TransportError:
                if not left:
                    raise
        raise AssertionError

    def venue(self, url: str) -> str:
        """Return the venue's address at /v1."""
        return f"{url}/v1/venues/{self.setup.house.venue}"

    def bearer(self) -> dict[str, str]:
        """Return the header that authenticates at /v1."""
        return {"Authorization": f"Bearer {self.setup.token}"}


def start_times(hours: Hours) -> list[datetime]:
    """Return every start of the evening."""
    count = (hours.last_seating - hours.opens) // QUARTER + 1
    return [hours.opens + number * QUARTER for number in range(count)]


def slot_time(request: SlotRequest) -> dict[str, Any]:
    """Return the slot as Google's look-up names it."""
    service = f"reservation:{request.area}" if request.area else "reservation"
    return {
        "service_id": service,
        "start_sec": str(int(request.starts.timestamp())),
        "resource_ids": {"party_size": request.party_size},
    }
