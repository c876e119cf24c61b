"""Google's BatchAvailabilityLookup: which of these slots the engine would accept now."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from policies.book.answers import Ask
from policies.booking.changing import only_by_request
from policies.booking.engine import acceptable_asks
from policies.house.calendar import Period, needs_approval
from policies.house.room import Needs
from seating.book.asked import MAX_DAYS_AHEAD, check_needs, early_refusal, period_for_start
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import read_unlocked
from seating.clock import Clock
from seating.db import Connection
from seating.forecast.period_values import prospect_of

INLINE_ASKS = 8
"""So few asks are answered on the event loop; more in a thread."""


class SlotQuery(Struct, frozen=True, kw_only=True):
    """A slot asked about. `at_once`: only an immediate confirmation is of use."""

    starts: datetime
    party_size: int
    needs: Needs = Needs()
    at_once: bool = False

    @property
    def ask(self) -> Ask:
        """The slot as the engine takes it."""
        return Ask(
            party_size=self.party_size, starts=self.starts, channel="google", needs=self.needs
        )


async def slots_available(
    conn: Connection, venue_id: str, wanted: Sequence[SlotQuery], clock: Clock
) -> list[bool]:
    """Return for each slot whether it would be accepted now; each period is read once.

    Raises NotFound, Invalid (an area the house does not have).
    """
    in_force = await house_of(conn, venue_id)
    now = await clock.now(conn)
    for each in wanted:
        near = is_bookable_start(each.starts, now)
        check_needs((in_force.at(each.starts) if near else in_force).house, each.needs)
    open_to = await _open_slots(
        conn, in_force, {each for each in wanted if is_bookable_start(each.starts, now)}, now
    )
    return [each in open_to for each in wanted]


async def _open_slots(
    conn: Connection, in_force: HouseVersion, wanted: Iterable[SlotQuery], now: datetime
) -> set[SlotQuery]:
    periods: dict[str, Period] = {}
    of_period: dict[str, list[SlotQuery]] = {}
    for each in wanted:
        period = period_for_start(in_force, each.starts)
        house = in_force.at(each.starts).house
        if period is None or early_refusal(house, period, each.ask, now):
            continue
        asks_first = needs_approval(house, period) or only_by_request(house, period, each.ask)
        if not (each.at_once and asks_first):
            periods[period.period_id] = period
            of_period.setdefault(period.period_id, []).append(each)
    found: set[SlotQuery] = set()
    for key, slots in of_period.items():
        taken = await _accepted_in(conn, in_force, periods[key], {each.ask for each in slots}, now)
        found |= {each for each in slots if each.ask in taken}
    return found


async def _accepted_in(
    conn: Connection, in_force: HouseVersion, period: Period, asks: Collection[Ask], now: datetime
) -> frozenset[Ask]:
    """Ask the engine, in a thread if there are many asks or if each is priced on the ledger."""
    house = in_force.on(period.service_date).house
    picture = await read_unlocked(conn, house.venue.id, in_force, period, now=now)
    async with prospect_of(picture, house, now=now) as prospect:
        if prospect is None and len(asks) <= INLINE_ASKS:
            return acceptable_asks(picture, asks, house, now=now)
        return await asyncio.to_thread(
            acceptable_asks, picture, asks, house, now=now, prospect=prospect
        )


def is_bookable_start(starts: datetime, now: datetime) -> bool:
    """Whether a start lies between now and MAX_DAYS_AHEAD days ahead."""
    return now <= starts <= now + timedelta(days=MAX_DAYS_AHEAD)
