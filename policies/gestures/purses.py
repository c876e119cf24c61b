"""Purses: what one gift may cost, and what may be given away in a shift and in a night.

Money is in minor units of the venue's currency.
"""

from typing import Literal

from msgspec import Struct

from policies.book.lifecycles import Actor
from policies.house.rules import CatalogueItem, Rules

BeyondCode = Literal["OVER_LIMIT", "PURSE_EMPTY"]


class Left(Struct, frozen=True, kw_only=True):
    """What is left in a person's purse of the shift and in the venue's of the night."""

    person: int
    venue: int


class Beyond(Struct, frozen=True, kw_only=True):
    """Why somebody may not give this alone, and what a manager can do about it.

    `manager_can`: give it out of their own purse, or raise the limits for tonight.
    """

    code: BeyondCode
    detail: str
    cost: int
    limit: int
    left: Left
    manager_can: Literal["give", "raise"]


def gift_limit(rules: Rules, by: Actor, item: CatalogueItem | None = None) -> int:
    """Return the most one gift may cost when `by` gives it alone; 0 for who is not staff.

    An item with a cap of its own has that for a host, whatever other gifts may cost.
    """
    cap = None if item is None else item.cap
    host = rules.purses.host_gift if cap is None else cap
    limits = {"host": host, "manager": max(host, rules.purses.manager_gift)}
    return limits.get(by, 0)


def shift_purse(rules: Rules, by: Actor) -> int:
    """Return what one person may give away in a shift; 0 for who is not staff."""
    limits = {"host": rules.purses.person_shift, "manager": rules.purses.manager_shift}
    return limits.get(by, 0)


def most_of(item: CatalogueItem) -> int:
    """Return what an item costs at most; 0 where its amount is told when it is given."""
    return item.cost * item.units_max


def may_give(
    rules: Rules, by: Actor, item: CatalogueItem, left: Left, *, amount: int | None = None
) -> Beyond | None:
    """Return why `by` may not give the item alone with so much left, or None when they may.

    `amount`: as told, of an item that has no cost of its own.
    """
    cost = most_of(item) if amount is None else amount
    limit = gift_limit(rules, by, item)
    manager_may = cost <= min(rules.purses.manager_gift, left.venue) and by != "manager"
    code: BeyondCode
    if cost > limit:
        code, what = "OVER_LIMIT", "this is more than you give alone"
    elif cost > left.person:
        code, what = "PURSE_EMPTY", "your purse of this shift does not hold enough"
    elif cost > left.venue:
        code, what = "PURSE_EMPTY", "the purse of tonight does not hold enough"
    else:
        return None
    how = "a manager can give it" if manager_may else "a manager can raise it for tonight"
    return Beyond(
        code=code,
        detail=f"{what}; {how}",
        cost=cost,
        limit=limit,
        left=left,
        manager_can="give" if manager_may else "raise",
    )
