"""Purses: limits in minor currency units per gift, per person and shift, per venue and night."""

from typing import Literal

from msgspec import Struct

from policies.book.lifecycles import Actor
from policies.house.rules import CatalogueItem, Rules

OverLimitCode = Literal["OVER_LIMIT", "PURSE_EMPTY"]


class PurseBalances(Struct, frozen=True, kw_only=True):
    """The balances of a person's purse of the shift and of the venue's purse of the night."""

    person: int
    venue: int


class OverLimit(Struct, frozen=True, kw_only=True):
    """The limit a gift exceeds, and what a manager can do.

    `manager_can`: give it from their own purse, or raise the limits for tonight.
    """

    code: OverLimitCode
    detail: str
    cost: int
    limit: int
    left: PurseBalances
    manager_can: Literal["give", "raise"]


def gift_limit(rules: Rules, by: Actor, item: CatalogueItem | None = None) -> int:
    """Return the most one gift may cost without approval; 0 for actors who are not staff.

    For a host an item's own cap replaces the general one.
    """
    cap = None if item is None else item.cap
    host = rules.purses.host_gift if cap is None else cap
    limits = {"host": host, "manager": max(host, rules.purses.manager_gift)}
    return limits.get(by, 0)


def shift_purse(rules: Rules, by: Actor) -> int:
    """Return what one person may give away in a shift; 0 for actors who are not staff."""
    limits = {"host": rules.purses.person_shift, "manager": rules.purses.manager_shift}
    return limits.get(by, 0)


def maximum_cost(item: CatalogueItem) -> int:
    """Return what an item costs at most; 0 where the amount comes with the command."""
    return item.cost * item.units_max


def over_limit(
    rules: Rules, by: Actor, item: CatalogueItem, left: PurseBalances, *, amount: int | None = None
) -> OverLimit | None:
    """Return the limit that `by` would exceed by giving the item, None within the limits.

    `amount`: of an item without a cost of its own.
    """
    cost = maximum_cost(item) if amount is None else amount
    limit = gift_limit(rules, by, item)
    manager_may = cost <= min(rules.purses.manager_gift, left.venue) and by != "manager"
    code: OverLimitCode
    if cost > limit:
        code, what = "OVER_LIMIT", "this is more than you give alone"
    elif cost > left.person:
        code, what = "PURSE_EMPTY", "your purse of this shift does not hold enough"
    elif cost > left.venue:
        code, what = "PURSE_EMPTY", "the purse of tonight does not hold enough"
    else:
        return None
    how = "a manager can give it" if manager_may else "a manager can raise it for tonight"
    return OverLimit(
        code=code,
        detail=f"{what}; {how}",
        cost=cost,
        limit=limit,
        left=left,
        manager_can="give" if manager_may else "raise",
    )
