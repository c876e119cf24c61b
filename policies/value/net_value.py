"""The net value of a request: its revenue, less its risk, less what it displaces.

value = revenue x P(show) - caution x expected cost of parties walked and kept waiting - P(show) x
the cheapest table or join at bid prices. Risk without displacement did worse than flat overbooking
by 3.6 to 6.6 points of net; the two are never used apart.
"""

from collections.abc import Iterable

from msgspec import Struct

from policies.risk.ledger import TOLERANCE_MINUTES, Ledger, LedgerParty, MarginalRisk
from policies.value.bid_prices import Prices, UnitValues

CAUTION = 2.5
"""Weight of the cost of a walked or late party over its money: goodwill."""


class NetValue(Struct, frozen=True, kw_only=True):
    """The value of one start for one party, with its parts. Money in the unit of `UnitValues`.

    `shows`: its probability to come.
    """

    start: int
    value: float
    revenue: float
    risk_cost: float
    displaced: float
    shows: float
    marginal: MarginalRisk


def net_value(
    ledger: Ledger,
    prices: Prices | None,
    unit: UnitValues,
    party: LedgerParty,
    start: int,
    *,
    caution: float = CAUTION,
    tolerance: int = TOLERANCE_MINUTES,
) -> NetValue:
    """Return the net value of promising the party a table at bucket `start`.

    `tolerance`: minutes that a promised party may wait. Without `prices` nothing is displaced: for
    comparison only.
    """
    shows = (1.0 - ledger.cancels(party)) * (1.0 - party.no_show)
    marginal = ledger.marginal_risk(party, start, tolerance=tolerance)
    cost = party.size * (unit.walked * marginal.walked + unit.late * marginal.late)
    revenue = unit.cover * party.size * shows
    displaced = shows * prices.cheapest(party.size, start) if prices is not None else 0.0
    return NetValue(
        start=start,
        value=revenue - caution * cost - displaced,
        revenue=revenue,
        risk_cost=caution * cost,
        displaced=displaced,
        shows=shows,
        marginal=marginal,
    )


def highest_value(values: Iterable[NetValue], wish: int) -> NetValue | None:
    """Return the highest value, ties by the distance to the wish, then the earlier."""
    return max(
        values,
        key=lambda each: (each.value, -abs(each.start - wish), -each.start),
        default=None,
    )
