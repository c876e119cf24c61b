"""Look up at one process, book at the other: a yes has to stay a yes, a no a no.

Every pair has an evening to itself meanwhile, so nothing comes between: whatever was told at the
look-up and not kept at the booking, or the other way round, counts against the service.
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
"""When everybody asks; time stands still while they do, so that none of it comes between."""

ROUND = 250
"""Pairs between two refreshings of the bid prices, which belong to nobody's pair."""

SIZES = ((2, 40), (4, 25), (3, 12), (6, 8), (5, 7), (1, 5), (8, 2), (7, 1))
TRIES = 3
AT_V1 = 0.05
IN_AN_AREA = 0.2
NOES_TRIED = 0.1
CANCELLED_AFTER_NO = 0.75
OVERBOOKED = "select count(*) from reservation where risk is not null"
Live = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Two processes of one house, and who may ask them."""

    house: WrittenHouse
    dsn: str
    urls: Sequence[str]
    evenings: Sequence[Hours]
    client: tuple[str, str]
    token: str


@dataclass
class Told:
    """What came out. `broken`: refusals after a yes; `found`: bookings after a no."""

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
        """How many pairs of a yes and a booking there were."""
        return self.pairs.total()

    @property
    def kept(self) -> bool:
        """Whether every word was kept."""
        return not self.broken and not self.noes[True]


@dataclass(frozen=True)
class Wish:
    """A party that looks for a table."""

    number: int
    starts: datetime
    party_size: int
    area: str | None

    @property
    def guest(self) -> str:
        """A phone number that is nobody else's."""
        return f"+4930{20_000_000 + self.number}"


async def stage_of(
    dsn: str,
    urls: Sequence[str],
    house: WrittenHouse,
    *,
    by_value: bool,
    evenings: int,
    rules: dict[str, Any] | None = None,
) -> Stage:
    """Stop the clock, publish rules with overbooking on, and make a client for both doors."""
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        async with transaction(pool) as conn:
            await set_clock(conn, NOON, 0.0)
            scopes = ["availability", "bookings", "google"]
            client = await create_client(conn, "Pairs", {house.venue: scopes})  # type: ignore[dict-item]
        hours = evenings_of(house, evenings)
        await publish_rules(pool, house, rules or rules_for(house, hours[0], by_value=by_value))
        token = await issue_token(pool, client[0], ["availability", "bookings"], wall_now())
    return Stage(
        house=house,
        dsn=dsn,
        urls=urls,
        evenings=hours,
        client=client,
        token=token.access_token,
    )


def evenings_of(house: WrittenHouse, count: int) -> list[Hours]:
    """The next evenings on which the house opens."""
    found: list[Hours] = []
    day = NOON.date()
    while len(found) < count:
        day += timedelta(days=1)
        hours = house.evening_of(day)
        if hours is not None:
            found.append(hours)
    return found


async def publish_rules(pool: Pool, house: WrittenHouse, rules: dict[str, Any]) -> None:
    """Put the rules in force from the first evening on."""
    owner = next(name for name, role in house.staff.items() if role == "owner")
    async with transaction(pool) as conn:
        wanted = DraftRules(id=uuid4(), reason="pairs", rules=rules)
        made = await draft(conn, house.venue, wanted, owner, MovableClock())
        order = PublishRules(id=uuid4(), from_date=NOON.date())
        await publish(conn, house.venue, made.version, order, owner, MovableClock())


async def paired(
    stage: Stage, pairs: int, seed: int, tell: Callable[[Told], None], *, by_value: bool
) -> Told:
    """Play so many pairs, round by round; between rounds the bid prices are made anew."""
    told = Told()
    limits = httpx.Limits(max_connections=20)
    async with (
        httpx.AsyncClient(trust_env=False, timeout=30, limits=limits) as http,
        await open_pool(stage.dsn, min_size=1, max_size=2) as pool,
    ):
        workers = [
            Worker(stage, http, told, hours, dice_of("pairs", seed, number), number)
            for number, hours in enumerate(stage.evenings)
        ]
        while told.done < pairs:
            goal = min(pairs, told.done + ROUND)
            await asyncio.gather(*(worker.play(goal, tell) for worker in workers))
            if by_value:
                await later(pool)
        told.overbooked = await pool.fetchval(OVERBOOKED)
        for worker in workers:
            await worker.page()
    return told


async def later(pool: Pool) -> None:
    """Five minutes pass, and the job makes its prices."""
    clock = MovableClock()
    async with transaction(pool) as conn:
        await set_clock(conn, await clock.now(conn) + timedelta(minutes=5), 0.0)
    await refresh_prices(pool, clock)


class Worker:
    """Plays the pairs of one evening, one after the other."""

    def __init__(
        self,
        stage: Stage,
        http: httpx.AsyncClient,
        told: Told,
        hours: Hours,
        dice: Random,
        number: int,
    ) -> None:
        self.stage = stage
        self.http = http
        self.told = told
        self.hours = hours
        self.dice = dice
        self.guests = number
        self.live: Live = []

    async def play(self, goal: int, tell: Callable[[Told], None]) -> None:
        """Play until all together have done `goal` pairs."""
        while self.told.done < goal:
            await self.one_pair()
            tell(self.told)

    async def one_pair(self) -> None:
        """Look up at one process; book at the other what was a yes, and now and then a no."""
        wish = self.wish()
        one, other = self.dice.sample(list(self.stage.urls), 2)
        door = "v1" if self.dice.random() < AT_V1 else "google"
        began = time.perf_counter()
        yes = await (self.found_at_v1 if door == "v1" else self.found_by_google)(one, wish)
        self.told.look_ups.append(time.perf_counter() - began)
        self.told.asked[yes] += 1
        if yes or self.dice.random() < NOES_TRIED:
            refused = await self.book(door, other, wish)
            self.count(door, refused, yes=yes)
        if not yes and self.live and self.dice.random() < CANCELLED_AFTER_NO:
            await self.cancel()

    def count(self, door: str, refused: str, *, yes: bool) -> None:
        """Note what became of a look-up's answer."""
        if not yes:
            self.told.noes[not refused] += 1
            return
        self.told.pairs[door] += 1
        if refused:
            self.told.broken[refused] += 1

    def wish(self) -> Wish:
        """Another party, at any quarter of an hour of the evening."""
        self.guests += len(self.stage.evenings)
        starts = self.dice.choice(quarters_of(self.hours))
        sizes, weights = zip(*SIZES, strict=True)
        (party,) = self.dice.choices(sizes, weights)
        areas = sorted({table.area for table in self.stage.house.tables.values()})
        area = self.dice.choice(areas) if self.dice.random() < IN_AN_AREA else None
        return Wish(self.guests, starts, min(party, self.stage.house.largest_online), area)

    async def found_by_google(self, url: str, wish: Wish) -> bool:
        """Ask for the slot among some others, as a page that loads does."""
        others = [self.wish() for _ in range(self.dice.randint(0, 3))]
        slots = [slot_time(each) for each in (*others, wish)]
        body = {"merchant_id": self.stage.house.venue, "slot_time": slots}
        answer = await self.google(url, "BatchAvailabilityLookup", body)
        return bool(answer["slot_time_availability"][-1]["available"])

    async def page(self) -> None:
        """Look up the whole evening at once, every start for every size."""
        starts = quarters_of(self.hours)
        sizes = range(1, self.stage.house.largest_online + 1)
        slots = [slot_time(Wish(0, start, size, None)) for start in starts for size in sizes]
        body = {"merchant_id": self.stage.house.venue, "slot_time": slots}
        began = time.perf_counter()
        await self.google(self.stage.urls[0], "BatchAvailabilityLookup", body)
        self.told.pages.append(time.perf_counter() - began)
        self.told.page_slots = len(slots)

    async def found_at_v1(self, url: str, wish: Wish) -> bool:
        """Ask for the date, and see whether the start is among its items."""
        day = self.hours.day.isoformat()
        query = {"date": day, "party_size": str(wish.party_size)}
        query |= {"area": wish.area} if wish.area else {}
        where = f"{self.venue(url)}/availability"
        answer = await self.sent("GET", where, params=query, headers=self.bearer())
        answer.raise_for_status()
        starts = [datetime.fromisoformat(item["start"]) for item in answer.json()["items"]]
        return wish.starts in starts

    async def book(self, door: str, url: str, wish: Wish) -> str:
        """Book; returns why not, or nothing."""
        began = time.perf_counter()
        refused = await (self.book_at_v1 if door == "v1" else self.book_by_google)(url, wish)
        self.told.bookings.append(time.perf_counter() - began)
        return refused

    async def book_by_google(self, url: str, wish: Wish) -> str:
        """Create the booking as Google does."""
        slot = slot_time(wish) | {"merchant_id": self.stage.house.venue}
        slot["resources"] = slot.pop("resource_ids")
        body = {
            "slot": slot,
            "user_information": {
                "user_id": f"user-{wish.number}",
                "given_name": "Guest",
                "family_name": str(wish.number),
                "telephone": wish.guest,
            },
            "idempotency_token": f"token-{wish.number}",
        }
        answer = await self.google(url, "CreateBooking", body)
        if "booking" not in answer:
            return str(answer["booking_failure"]["cause"])
        self.live.append(("google", answer["booking"]["booking_id"]))
        return ""

    async def book_at_v1(self, url: str, wish: Wish) -> str:
        """Make the reservation as a booking site does."""
        body: dict[str, Any] = {
            "start": wish.starts.isoformat(),
            "party_size": wish.party_size,
            "guest": {"name": f"Guest {wish.number}", "phone": wish.guest},
        }
        body |= {"area": wish.area} if wish.area else {}
        if (version := self.stage.house.rules_version) is not None:
            body["accepted_house_rules"] = version
        answer = await self.write(f"{self.venue(url)}/reservations", body)
        if answer.status_code != httpx.codes.CREATED:
            return str(answer.json()["code"])
        self.live.append(("v1", answer.json()["id"]))
        return ""

    async def cancel(self) -> None:
        """Call off one booking of the evening, at either process."""
        self.told.cancelled += 1
        door, id_ = self.live.pop(self.dice.randrange(len(self.live)))
        url = self.dice.choice(self.stage.urls)
        if door == "google":
            body = {"booking": {"booking_id": id_, "status": "CANCELED"}}
            answer = await self.google(url, "UpdateBooking", body)
            assert "booking" in answer, answer  # noqa: S101 - a bench says what it met
        else:
            done = await self.write(f"{self.venue(url)}/reservations/{id_}/cancel", {})
            done.raise_for_status()

    async def google(self, url: str, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """One call of the facade."""
        where = f"{url}/google/v3/{method}"
        answer = await self.sent("POST", where, json=body, auth=self.stage.client)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
        return said

    async def write(self, url: str, body: dict[str, Any]) -> httpx.Response:
        """One write at /v1 under a key of its own."""
        headers = self.bearer() | {"Idempotency-Key": str(uuid4())}
        return await self.sent("POST", url, json=body, headers=headers)

    async def sent(self, method: str, url: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        """Send; again when the connection broke: every write has its token or key."""
        for left in reversed(range(TRIES)):
            try:
                return await self.http.request(method, url, **more)
            except httpx.TransportError:
                if not left:
                    raise
        raise AssertionError

    def venue(self, url: str) -> str:
        """Where /v1 speaks of the house."""
        return f"{url}/v1/venues/{self.stage.house.venue}"

    def bearer(self) -> dict[str, str]:
        """What /v1 lets in."""
        return {"Authorization": f"Bearer {self.stage.token}"}


def quarters_of(hours: Hours) -> list[datetime]:
    """Every start of the evening."""
    count = (hours.last_seating - hours.opens) // QUARTER + 1
    return [hours.opens + number * QUARTER for number in range(count)]


def slot_time(wish: Wish) -> dict[str, Any]:
    """The slot as a look-up says it."""
    service = f"reservation:{wish.area}" if wish.area else "reservation"
    return {
        "service_id": service,
        "start_sec": str(int(wish.starts.timestamp())),
        "resource_ids": {"party_size": wish.party_size},
    }
