"""Requests answered by the service's own path: the engine on the picture, by value, in rules."""

import math
from datetime import date, datetime
from uuid import UUID

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No, Yes
from policies.book.changes import Changes, with_plan_moves
from policies.book.picture import Promise, without_tables
from policies.book.question import turn_end
from policies.booking.changing import accepted
from policies.booking.engine import decide
from policies.forecast.forecast import SLOT_MINUTES, Forecast
from policies.forecast.risk_calibration import ToldRisk
from policies.house.calendar import Period
from policies.house.channels import READS_HOUSE_RULES, Channel
from policies.house.grid import GRID, GRID_MINUTES
from policies.house.house import House
from policies.house.rules import Rules
from policies.lab.minutes.evening import MinuteBookings
from policies.lab.minutes.nights import NightInMinutes
from policies.lab.minutes.service_book import SERVICE_DATE, ServiceBook
from policies.lab.nights import NEVER_CANCELLED
from policies.lab.ours import FLEXIBLE_SHIFT, REFRESH_EVERY
from policies.lab.play import AcceptedRequests
from policies.plan.replanning import replan

_REACH = FLEXIBLE_SHIFT * GRID


class ServiceBookings(Struct, frozen=True, eq=False):
    """What the desk accepted, and the book with it when the doors open."""

    bookings: MinuteBookings
    book: ServiceBook


class AcceptedRequest(Struct, frozen=True):
    """A request accepted at a start, in buckets after the opening."""

    start: int
    answer: Yes


def book_by_service(
    night: NightInMinutes,
    house: House,
    believed: Forecast,
    rules: Rules,
    period: Period | None = None,
) -> ServiceBookings:
    """Answer the night's requests in their order, each at the instant it is asked.

    `period`: of a real house's calendar, see ServiceBook.
    """
    desk = ServiceDesk(night, house, believed, rules, period=period)
    for number in range(len(night.night.requests.size)):
        desk.answer(number)
    return desk.opened()


class ServiceDesk:
    """One night's requests and cancellations, decided and written as the service does.

    `accepted`, `refusals`: the answers, by the number of the request.
    """

    def __init__(
        self,
        night: NightInMinutes,
        house: House,
        believed: Forecast,
        rules: Rules,
        on: date = SERVICE_DATE,
        period: Period | None = None,
    ) -> None:
        self.night, self.house = night, house
        self.book = ServiceBook(house, believed, rules, night.night.seed, on, period)
        slots = len(believed.request_slots)
        self.last = self.book.minute(slots * SLOT_MINUTES)
        self.accepted: dict[int, AcceptedRequest] = {}
        self.refusals: dict[int, No] = {}
        cancels = night.night.requests.cancels.tolist()
        self.cancellations = sorted(
            (when, number) for number, when in enumerate(cancels) if when < NEVER_CANCELLED
        )

    def answer(self, number: int) -> None:
        """Accept the request, at its wish or a start near it, or refuse it."""
        requests, book = self.night.night.requests, self.book
        asked = float(requests.asked[number])
        self.cancel_until(asked)
        now = book.asked(asked)
        book.advance(now)
        if number % REFRESH_EVERY == 0:
            book.price(now)
        ask = self._ask(number)
        flexible = bool(requests.flexible[number])
        answer = self._decide(ask, now, quick=not flexible)
        if isinstance(answer, No) and flexible:
            near = (
                each
                for each in answer.alternatives
                if abs(each - ask.starts) <= _REACH and each < self.last
            )
            other = next(near, None)
            if other is not None:
                ask = replace(ask, starts=other)
                answer = self._decide(ask, now, quick=True)
        book.requests += 1
        if isinstance(answer, Yes):
            self._accept(number, ask, answer, now)
        else:
            self.refusals[number] = answer

    def opened(self) -> ServiceBookings:
        """Return the bookings and the book when the doors open."""
        self.cancel_until(1.0)
        self.book.advance(self.book.opens)
        self.book.price(self.book.opens)
        numbers = list(self.accepted)
        made = list(self.accepted.values())
        told = [_told(each.answer) for each in made]
        walked = [_walked(each.answer) for each in made]
        bookings = MinuteBookings(
            accepted=AcceptedRequests(
                np.array(numbers, np.int64), np.array([each.start for each in made], np.int64)
            ),
            beyond=np.array([each.answer.kind == "overbooked" for each in made], bool),
            own_wait_told=np.array([each.own_wait if each else np.nan for each in told]),
            any_wait_told=np.array([each.any_wait if each else np.nan for each in told]),
            walked_told=np.array([each.walked if each else np.nan for each in told]),
            walked_expected=np.array(walked, np.float64),
            features=tuple(each.known if each else {} for each in told),
            refused=len(self.refusals),
            expected_walked=math.fsum(walked),
        )
        return ServiceBookings(bookings, self.book)

    def _decide(self, ask: Ask, now: datetime, *, quick: bool) -> Yes | No:
        book = self.book
        return decide(
            book.picture,
            ask,
            self.house,
            now=now,
            quick=quick,
            prospect=book.prospect_now(now),
        )

    def _ask(self, number: int) -> Ask:
        requests = self.night.night.requests
        channel: Channel = "phone" if requests.phone[number] else "partner"
        shown = self.house.house_rules if channel in READS_HOUSE_RULES else None
        return Ask(
            party_size=int(requests.size[number]),
            starts=self.book.minute(int(requests.wish[number]) * GRID_MINUTES),
            channel=channel,
            accepted_house_rules=shown.version if shown else None,
            guest_name=f"Guest {number}",
        )

    def _promise(self, number: int, ask: Ask, now: datetime) -> Promise:
        return Promise(
            reservation_id=self.book.new_id(1, number),
            period_id=self.book.picture.period.period_id,
            state="booked",
            party_size=ask.party_size,
            starts=ask.starts,
            ends=turn_end(self.house, self.book.picture.period, ask),
            channel=ask.channel,
            name=ask.guest_name,
            made_at=now,
        )

    def _accept(self, number: int, ask: Ask, answer: Yes, now: datetime) -> None:
        promise = accepted(self._promise(number, ask, now), answer)
        moved = answer.moved if promise.tables else {}
        self.book.apply(with_plan_moves(self.book.picture, moved, Changes(promises=(promise,))))
        start = (ask.starts - self.book.opens) // GRID
        self.accepted[number] = AcceptedRequest(start, answer)

    def cancel_until(self, share: float) -> None:
        """Cancel who does so before this share of the requests has been made."""
        while self.cancellations and self.cancellations[0][0] <= share:
            when, number = self.cancellations.pop(0)
            if number in self.accepted:
                self._cancel(self.book.new_id(1, number), self.book.asked(when))

    def _cancel(self, reservation_id: UUID, now: datetime) -> None:
        """Cancel as the service does: the freed table goes to a promise without one."""
        book = self.book
        book.advance(now)
        promise = book.promise(reservation_id)
        cancelled = replace(without_tables(promise), state="cancelled", version=promise.version + 1)
        changes = Changes(promises=(cancelled,))
        book.apply(replan(book.picture, changes, self.house, now=now))


def _told(answer: Yes) -> ToldRisk | None:
    """Return the risks told with an acceptance."""
    stored = answer.explained or answer.risk
    return None if stored is None else stored.told


def _walked(answer: Yes) -> float:
    return 0.0 if answer.explained is None else answer.explained.walked_expected
