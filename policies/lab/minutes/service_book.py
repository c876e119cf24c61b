"""The book of one evening as the service keeps it: its picture, changed by its own functions.

What a picture is read from and written to in the service is left out, nothing else: what is due by
now is applied before each decision, as `seating.book.periods` does under the lock; only what is
live stays in the picture.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.lifecycles import NotPossible
from policies.book.picture import HeldTable, Picture, Promise
from policies.book.refusals import CommandRefused
from policies.book.sections import ServedParty
from policies.floor.commands import carry_out
from policies.floor.due import due_changes
from policies.floor.orders import Order, Seat
from policies.floor.stand import Stand
from policies.forecast.forecast import Forecast, days_before
from policies.forecast.stays import with_caution
from policies.house.calendar import Period, periods_on
from policies.house.house import House
from policies.house.rules import Decisions, Overbooking, Rules
from policies.plan.replanning import overrun_conflict, replan
from policies.rescue.rehearsal import held_given_up
from policies.value.period_prices import price_period
from policies.value.period_value import Prospect, prospect_for

SERVICE_DATE = date(2026, 3, 4)
"""A Wednesday without a change of clocks near it."""

HOST = "host"

_LIVE = frozenset({"requested", "booked", "arrived", "seated", "no_show"})

BENCHMARK_RULES = Rules(
    overbooking=Overbooking(enabled=True, cap_parties=30, cap_covers=90, party_max=8),
    decisions=Decisions(by_value=True),
)
"""A manager's rules for the benchmark's house: beyond the room up to 30 parties, ceiling .05."""


class ServiceBook:
    """Picture, prices and prospect of one evening; every instant is UTC.

    `held_ended`: held tables that were granted, given back or given up.
    `requests`: how many were made so far, refused ones too. `period`: of a real house's calendar;
    without one the house serves a single one `on` the date.
    """

    def __init__(
        self,
        house: House,
        believed: Forecast,
        rules: Rules,
        seed: int,
        on: date = SERVICE_DATE,
        period: Period | None = None,
    ) -> None:
        if period is None:
            (period,) = periods_on(house, on, house_version=1)
        self.house, self.rules, self.seed = house, rules, seed
        self.forecast = with_caution(believed, rules.decisions.stay_caution)
        self.picture = Picture(period=replace(period, rules_version=1), rules=rules)
        self.opens, self.closes = period.opens, period.closes
        self.prospect: Prospect | None = None
        self.requests = 0
        self.held_ended: list[HeldTable] = []
        self._orders = 0

    def minute(self, minute: int) -> datetime:
        """Return the instant so many minutes after the opening."""
        return self.opens + timedelta(minutes=minute)

    def asked(self, share: float) -> datetime:
        """Return when the given share of the period's requests has been made."""
        instant = self.opens - timedelta(days=days_before(share))
        return instant.astimezone(UTC)

    def new_id(self, kind: int, number: int) -> UUID:
        """Return the id of booking (kind 1) or walk-in (2) `number`, the same in every replay."""
        return UUID(int=(self.seed << 64) | (kind << 32) | (number + 1))

    def price(self, now: datetime) -> None:
        """Refresh the prices, where the rules decide by value."""
        if not self.rules.decisions.by_value:
            return
        bids = price_period(self.picture, self.house, self.forecast, self.requests, now=now)
        self.picture = replace(self.picture, prices=bids)

    def prospect_now(self, now: datetime) -> Prospect | None:
        """Return the prospect to decide by, kept from one decision to the next."""
        self.prospect = prospect_for(self.picture, self.house, now=now, prospect=self.prospect)
        return self.prospect

    def advance(self, now: datetime) -> None:
        """Apply what the passing of time alone changes."""
        changes = due_changes(self.picture, self.house, now)
        if changes:
            self.apply(changes)

    def sweep(self, now: datetime) -> None:
        """Plan anew where time has changed something, as the service's sweeps do."""
        late = any(each.state == "booked" and each.starts <= now for each in self.picture.promises)
        if late or overrun_conflict(self.picture, now):
            self.apply(replan(self.picture, Changes(), self.house, now=now))

    def apply(self, changes: Changes) -> None:
        """Take over changes; what is not live any more leaves the picture."""
        known = {each.seating_id for each in self.picture.seatings}
        sat = [each for each in changes.seatings if each.seating_id not in known]
        after = apply_changes(self.picture, changes)
        self.held_ended += [each for each in after.held if each.state != "held"]
        period = replace(after.period, version=after.period.version + 1)
        self.picture = replace(
            after,
            period=period,
            promises=tuple(each for each in after.promises if each.state in _LIVE),
            seatings=tuple(each for each in after.seatings if each.cleared_at is None),
            waiting=tuple(each for each in after.waiting if each.ended_at is None),
            slot_holds=tuple(each for each in after.slot_holds if each.state == "held"),
            held=tuple(each for each in after.held if each.state == "held"),
            resets=tuple(each for each in after.resets if each.ended_at is None),
            started=(*after.started, *((each.counted_at, each.party_size) for each in sat)),
            served=(
                *after.served,
                *(ServedParty(e.server, e.seated_at, e.party_size) for e in sat if e.server),
            ),
        )

    def order(self, command: Order, now: datetime) -> None:
        """Carry out a host's order; raises CommandRefused and NotPossible as the stand does.

        Once the period is over nothing is written any more.
        """
        if now < self.closes:
            self.apply(self._changes(command, now))

    def seat(self, order: Seat, now: datetime) -> bool:
        """Seat a party; tell whether the stand lists that order and carries it out.

        It lists none that it would refuse, nor one for which a held table gives way to a party
        without a promise (`policies.rescue.rehearsal`).
        """
        if now >= self.closes:
            return False
        try:
            changes = self._changes(order, now)
        except (CommandRefused, NotPossible):
            return False
        if order.reservation_id is None and held_given_up(self.picture, changes):
            return False
        self.apply(changes)
        return True

    def _changes(self, command: Order, now: datetime) -> Changes:
        stand = Stand(picture=self.picture, house=self.house, now=now, by="host", staff_id=HOST)
        return carry_out(stand, command).changes

    def order_id(self) -> UUID:
        """Return the id of the next order."""
        self._orders += 1
        return self.new_id(3, self._orders)

    def promise(self, reservation_id: UUID) -> Promise:
        """Return a live promise; raises LookupError."""
        for promise in self.picture.promises:
            if promise.reservation_id == reservation_id:
                return promise
        raise LookupError(reservation_id)
