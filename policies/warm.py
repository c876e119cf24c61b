"""Loading the compiled kernels before anybody waits for them: each is run once on a tiny room.

A kernel is compiled, or read from Numba's cache, at its first call for each kind of argument; that
takes from milliseconds to a minute and belongs before the service says that it is ready.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.booking import availability, decide
from policies.calendar import WEEK, periods_on
from policies.first_belief import first_forecast
from policies.house import Area, House, Join, ServicePeriod, Table, TurnTime, Venue
from policies.occupancy import occupancy
from policies.price_making import priced
from policies.prospect import prospect_for
from policies.repacking import repacked
from policies.rules import Decisions, Overbooking, Rules
from policies.terms import Ask, Picture, Promise, Yes

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


def warm() -> None:
    """Run every kernel of the booking decisions once."""
    period = periods_on(HOUSE, DAY)[0]
    told = Picture(period=period, rules=RULES)
    forecast = first_forecast(HOUSE, period)
    for _ in range(2):  # from nothing, then from the prices before
        told = replace(told, prices=priced(told, HOUSE, forecast, 0, now=NOW))
    for number in range(ASKS):
        told = _asked(told, number)
    known = prospect_for(told, HOUSE, now=NOW)
    availability(told, _ask(told), HOUSE, now=NOW, known=known)
    plan = occupancy(told, HOUSE, now=NOW).plan
    repacked(plan, range(len(plan.items)), steps=len(plan.items))


def _ask(told: Picture) -> Ask:
    return Ask(party_size=2, starts=told.period.opens + timedelta(hours=1), channel="phone")


def _asked(told: Picture, number: int) -> Picture:
    """Ask once more for the same hour: the room fills, others have to move, then it is full."""
    ask = _ask(told)
    answer = decide(told, ask, HOUSE, now=NOW, known=prospect_for(told, HOUSE, now=NOW))
    if not isinstance(answer, Yes):
        return told
    made = Promise(
        reservation_id=UUID(int=number + 1),
        period_id=told.period.period_id,
        state="booked",
        party_size=ask.party_size,
        starts=answer.starts,
        ends=answer.ends,
        kind=answer.kind,
        tables=answer.tables,
    )
    return replace(told, promises=(*told.promises, made))


if __name__ == "__main__":
    warm()
