"""The service host of the minute world does what the service does: an evening played in both.

The world decides first. Every request and order is then given to the service at the same instant;
answers, plans and lists of options must be the same.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace

from policies.floor.orders import Order, Seat
from policies.house.file import read_house
from policies.house.layout import layout_of
from policies.house.room import Needs
from policies.house.rules import Rules
from policies.lab.minutes.evening import play_evening
from policies.lab.minutes.nights import NightInMinutes, draw_night_in_minutes
from policies.lab.minutes.service_book import ServiceBook
from policies.lab.minutes.service_desk import ServiceDesk
from policies.lab.minutes.service_host import ServiceHost
from policies.lab.nights import NEVER_CANCELLED, true_forecast
from seating.book.in_force import house_of
from seating.book.periods import LockedPeriod, lock_period
from seating.booking.making import BookingRequest, BookingResult
from seating.db import transaction
from seating.door.options import options_for_promise, options_for_waiting, options_for_walk_in
from seating.forecast.prices import KEEP
from seating.jobs.sweeps import mark_late_and_no_show, stretch_overruns
from seating.turnaways.log import LoggedRefusal
from tests.support.house import (
    CLOCK,
    HOST,
    VENUE,
    book,
    house_text,
    move_clock,
    open_house,
    order,
    site,
)
from tests.support.rules import beyond, rule
from tests.support.stand import tell

if TYPE_CHECKING:
    from policies.book.picture import Picture
    from seating.db import Pool

SITE = site("s")
EVENING = date(2027, 3, 31)
ROOM = house_text(2, 2, 2, 2, 4, 4, 6, joins=[("1", "2"), ("5", "6")])
DECISIONS, OVERBOOKING = {"by_value": True}, beyond(3, ceiling=0.5)
RULES = msgspec.convert({"decisions": DECISIONS, "overbooking": OVERBOOKING}, Rules)
TRUTH = true_forecast(26, 14)


class Told(NamedTuple):
    """What the world's book was told in the evening, and its picture after it."""

    now: datetime
    what: Order | Literal["advance", "sweep"]
    after: Picture


class WatchedBook(ServiceBook):
    """A book that writes down what it was told, in order."""

    told: list[Told]

    def order(self, command: Order, now: datetime) -> None:
        super().order(command, now)
        self.told.append(Told(now, command, self.picture))

    def seat(self, order: Seat, now: datetime) -> bool:
        done = super().seat(order, now)
        if done:
            self.told.append(Told(now, order, self.picture))
        return done

    def advance(self, now: datetime) -> None:
        before = self.picture
        super().advance(now)
        if self.picture is not before:
            self.told.append(Told(now, "advance", self.picture))

    def sweep(self, now: datetime) -> None:
        before = self.picture
        super().sweep(now)
        if self.picture is not before:
            self.told.append(Told(now, "sweep", self.picture))


class Service:
    """The same evening in the service."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    async def open(self) -> None:
        await open_house(self.pool, ROOM)
        await rule(self.pool, decisions=DECISIONS, overbooking=OVERBOOKING)
        await self.pool.execute(
            "insert into client (client_id, name, secret_hash) values ('s', 'S', '')"
        )

    async def locked(self) -> LockedPeriod:
        """Lock the evening, which applies what is due."""
        async with transaction(self.pool) as conn:
            in_force = (await house_of(conn, VENUE)).on(EVENING)
            (period,) = in_force.periods_on(EVENING)
            now = await CLOCK.now(conn)
            return await lock_period(conn, VENUE, in_force, period, now=now)

    async def take_prices(self, picture: Picture) -> None:
        bids = picture.prices
        assert bids is not None
        await self.locked()
        await self.pool.execute(
            KEEP,
            VENUE,
            picture.period.period_id,
            bids.made_at,
            1,
            1,
            msgspec.json.encode(bids.forecast).decode(),
            msgspec.json.encode(bids.table).decode(),
        )

    async def answer(self, desk: ServiceDesk, number: int) -> datetime | None:
        """Ask as the night's guest does, for the wish, else for the first start offered near it."""
        asks = desk.night.night.requests
        booker = HOST if asks.phone[number] else SITE
        wished = desk.book.minute(5 * int(asks.wish[number]))
        wish: BookingRequest = replace(
            order(number, starts=wished, party_size=int(asks.size[number])),
            reservation_id=desk.book.new_id(1, number),
        )
        made = await book(self.pool, wish, booker)
        if isinstance(made, LoggedRefusal) and asks.flexible[number]:
            most = timedelta(minutes=30)
            near = [each for each in made.no.alternatives if abs(each - wished) <= most]
            if near:
                made = await book(self.pool, replace(wish, starts=near[0]), booker)
        return made.reservation.starts if isinstance(made, BookingResult) else None

    async def first_table(self, told: Seat) -> tuple[str, ...]:
        """Return the tables of the first option at which the party sits now."""
        async with transaction(self.pool) as conn:
            if told.reservation_id:
                found = await options_for_promise(conn, VENUE, told.reservation_id, CLOCK)
            elif told.wait_id:
                found = await options_for_waiting(conn, VENUE, told.wait_id, CLOCK)
            else:
                size = told.party_size or 0
                found = await options_for_walk_in(conn, VENUE, size, Needs(), CLOCK)
        return found.options[0].tables

    async def carry_out(self, told: Told) -> None:
        if told.what == "advance":
            await self.locked()
        elif told.what == "sweep":
            await mark_late_and_no_show(self.pool, CLOCK)
            await stretch_overruns(self.pool, CLOCK)
        else:
            await tell(self.pool, told.what)


def plan_of(picture: Picture) -> list[tuple[object, ...]]:
    """Who is where, and who is planned where."""
    promises: list[tuple[object, ...]] = [
        (each.reservation_id, each.state, each.starts, each.tables, each.kind, each.exposed)
        for each in picture.promises
    ]
    promises += [
        (each.seating_id, each.tables, each.seated_at, each.expected_end)
        for each in picture.seatings
    ]
    promises += [(each.wait_id, each.party_size, each.quoted_minutes) for each in picture.waiting]
    return sorted(promises, key=lambda each: str(each[0]))


def a_night() -> NightInMinutes:
    """A night whose guests ask within some three weeks and do not cancel."""
    drawn = draw_night_in_minutes(TRUTH, 1_000_006)
    asks = drawn.night.requests
    never = np.full(len(asks.size), NEVER_CANCELLED)
    asks = replace(asks, asked=0.1 + 0.9 * asks.asked, cancels=never)
    return replace(drawn, night=replace(drawn.night, requests=asks))


async def booked_in_both(service: Service, desk: ServiceDesk) -> None:
    prices = None
    for number in range(len(desk.night.night.requests.size)):
        desk.answer(number)
        asked = float(desk.night.night.requests.asked[number])
        await move_clock(service.pool, desk.book.asked(asked))
        if desk.book.picture.prices is not prices:
            prices = desk.book.picture.prices
            await service.take_prices(desk.book.picture)
        starts = await service.answer(desk, number)
        mine = desk.accepted.get(number)
        assert starts == (None if mine is None else desk.book.minute(5 * mine.start)), number
        assert plan_of((await service.locked()).picture) == plan_of(desk.book.picture), number


async def test_an_evening_in_the_minute_world_is_the_services_own(pool: Pool) -> None:
    service, night, house = Service(pool), a_night(), read_house(ROOM)
    await service.open()
    desk = ServiceDesk(night, house, TRUTH, RULES, EVENING)
    await booked_in_both(service, desk)
    assert len(night.night.requests.size) > len(desk.accepted) > 7
    booked = desk.opened()
    await move_clock(pool, desk.book.opens)
    await service.take_prices(desk.book.picture)
    watched = desk.book
    watched.__class__ = WatchedBook
    assert isinstance(watched, WatchedBook)
    watched.told = []
    play_evening(night, booked.bookings, layout_of(house), TRUTH, ServiceHost(booked))
    seats = 0
    for told in watched.told:
        await move_clock(pool, told.now)
        if isinstance(told.what, Seat):
            assert await service.first_table(told.what) == told.what.tables
            seats += 1
        await service.carry_out(told)
    assert seats > 10
