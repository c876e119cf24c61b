"""Warming: the catalogues are read, and each compiled kernel is run once on a tiny room.

Both before the service is ready. A kernel is compiled, or read from Numba's cache, at its first
call for each type of argument; that takes from milliseconds to a minute.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Ask, Yes
from policies.book.picture import Block, Picture, Promise, Seating
from policies.booking.engine import availability, decide
from policies.door.options import walk_in_options
from policies.door.wait_band import WaitAsked
from policies.forecast.prior import prior_forecast
from policies.house.calendar import WEEK, periods_on
from policies.house.house import Area, House, Join, ServicePeriod, Table, TurnTime, Venue
from policies.house.room import Needs
from policies.house.rules import Decisions, Overbooking, Rules
from policies.lookahead.advice import AdvisedOptions, advise
from policies.lookahead.base_choice import by_base_rule
from policies.lookahead.quotes import first_model
from policies.lookahead.short_notice import at_short_notice
from policies.lookahead.waits import Belief, quoted_wait
from policies.plan.occupancy import occupancy
from policies.plan.repacking import repack
from policies.value.period_prices import price_period
from policies.value.period_value import prospect_for
from policies.words.catalogue import read_catalogues

HOUSE = House(
    venue=Venue(id="warm", name="Warm", zone="UTC", currency="EUR"),
    areas=(Area(id="room", name="Room"),),
    tables=tuple(
        Table(id=str(n), area="room", seats_max=seats) for n, seats in enumerate((2, 2, 4))
    ),
    joins=(Join(tables=("0", "1"), seats_max=4),),
    periods=(
        ServicePeriod(
            name="dinner",
            opens=time(18),
            last_seating=time(20),
            closes=time(22),
            days=frozenset(WEEK),
            pacing=100,
        ),
    ),
    turn_times=(TurnTime(party_max=10, minutes=60),),
)
DAY = date(2026, 1, 1)
NOW = datetime(2025, 12, 31, 12, tzinfo=UTC)
RULES = Rules(
    decisions=Decisions(by_value=True),
    overbooking=Overbooking(enabled=True, ceiling=1.0, cap_parties=9, cap_covers=99),
)
ASKS = 8


@cache
def warm() -> None:
    """Read what is said, and run every kernel of the decisions once: once in a process."""
    read_catalogues()
    warm_desk()
    warm_door()


def warm_desk() -> None:
    """Run every kernel of the booking decisions once."""
    period = periods_on(HOUSE, DAY)[0]
    picture = Picture(period=period, rules=RULES)
    forecast = prior_forecast(HOUSE, period)
    for _ in range(2):  # from nothing, then from the prices before
        picture = replace(picture, prices=price_period(picture, HOUSE, forecast, 0, now=NOW))
    for number in range(ASKS):
        picture = _booked(picture, number)
    prospect = prospect_for(picture, HOUSE, now=NOW)
    availability(picture, _ask(picture), HOUSE, now=NOW, prospect=prospect)
    plan = occupancy(picture, HOUSE, now=NOW).plan
    repack(plan, range(len(plan.items)), steps=len(plan.items))


def warm_door() -> AdvisedOptions:
    """Run every kernel of the look-ahead once: a walk-in couple, its quote, a promise soon."""
    period = periods_on(HOUSE, DAY)[0]
    now = period.opens + timedelta(hours=1)
    dear = Rules(decisions=Decisions(by_value=True, walked_cost=10**6, caution=100.0))
    picture = Picture(
        period=period, rules=dear, promises=(_four(now),), seatings=(_couple(now),),
        blocks=(_broken(now),),
    )  # fmt: skip
    forecast = prior_forecast(HOUSE, period)
    belief = Belief(forecast, first_model())
    told = quoted_wait(picture, HOUSE, belief, WaitAsked(2), now=now)
    offered = walk_in_options(picture, HOUSE, 2, Needs(), now=now)
    ask = Ask(party_size=2, starts=now, channel="walk_in")
    band = told.band if told else None
    soon = Ask(party_size=2, starts=now + timedelta(minutes=30), channel="phone")
    at_short_notice(picture, HOUSE, forecast, soon, now)
    by_base_rule(picture, HOUSE, offered, ask=ask)
    return advise(picture, HOUSE, forecast, band, offered, ask=ask)


def _four(now: datetime) -> Promise:
    starts = now + timedelta(minutes=30)
    return Promise(
        reservation_id=UUID(int=1),
        period_id="",
        state="booked",
        party_size=4,
        starts=starts,
        ends=starts + timedelta(hours=1),
        tables=("2",),
    )


def _couple(now: datetime) -> Seating:
    sat = now - timedelta(hours=1)
    return Seating(
        seating_id=UUID(int=2),
        period_id="",
        state="seated",
        party_size=2,
        tables=("0",),
        seated_at=sat,
        counted_at=sat,
        expected_end=now + timedelta(minutes=10),
    )


def _broken(now: datetime) -> Block:
    ends = now + timedelta(hours=3)
    return Block(block_id=UUID(int=3), table_id="1", starts=now, ends=ends, reason="")


def _ask(picture: Picture, number: int = 0) -> Ask:
    """Return a request; every other one names its area, for which the ledger has its own board."""
    needs = Needs(area="room" if number % 2 else None)
    starts = picture.period.opens + timedelta(hours=1)
    return Ask(party_size=2, starts=starts, channel="phone", needs=needs)


def _booked(picture: Picture, number: int) -> Picture:
    """Book one more party for the same hour, until others have to move and the room is full."""
    ask = _ask(picture, number)
    answer = decide(picture, ask, HOUSE, now=NOW, prospect=prospect_for(picture, HOUSE, now=NOW))
    if not isinstance(answer, Yes):
        return picture
    made = Promise(
        reservation_id=UUID(int=number + 1),
        period_id=picture.period.period_id,
        state="booked",
        party_size=ask.party_size,
        needs=ask.needs,
        starts=answer.starts,
        ends=answer.ends,
        kind=answer.kind,
        tables=answer.tables,
    )
    return replace(picture, promises=(*picture.promises, made))


if __name__ == "__main__":
    warm()
