"""What one more reservation is worth: its revenue, less its risk, less what it displaces.

value = revenue x P(comes) - weight x expected cost of parties walked and kept waiting
- P(comes) x the cheapest table or join at bid prices (SCIENCE.md "The four decisions" (a)). Risk
without displacement is worse than a flat rule; the two are never used apart.
"""

from collections.abc import Iterable

from msgspec import Struct

from policies.risk.ledger import Ledger, Party, Toll
from policies.value.bid_prices import Prices, Worth

CAUTION = 2.5
"""How much heavier the cost of a walked or late party weighs than its money: goodwill."""


class Judgement(Struct, frozen=True, kw_only=True):
    """One start for one party. Money in the unit of `Worth`; `shows` is its chance to come."""

    start: int
    value: float
    revenue: float
    risk_cost: float
    displaced: float
    shows: float
    toll: Toll


def judge(
    ledger: Ledger,
    prices: Prices | None,
    worth: Worth,
    party: Party,
    start: int,
    *,
    caution: float = CAUTION,
) -> Judgement:
    """Return what it is worth to promise the party a table at bucket `start`.

    Without `prices` nothing is displaced: for comparison only.
    """
    shows = (1.0 - ledger.cancels(party)) * (1.0 - party.no_show)
    toll = ledger.toll(party, start)
    cost = party.size * (worth.walked * toll.walked + worth.late * toll.late)
    revenue = worth.cover * party.size * shows
    displaced = shows * prices.cheapest(party.size, start) if prices is not None else 0.0
    return Judgement(
        start=start,
        value=revenue - caution * cost - displaced,
        revenue=revenue,
        risk_cost=caution * cost,
        displaced=displaced,
        shows=shows,
        toll=toll,
    )


def best(judgements: Iterable[Judgement], wish: int) -> Judgement | None:
    """Return the judgement of highest value, ties the nearest to the wish, then the earlier."""
    return max(
        judgements,
        key=lambda each: (each.value, -abs(each.start - wish), -each.start),
        default=None,
    )
