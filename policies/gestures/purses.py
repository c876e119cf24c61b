"""Purses: limits in minor currency units per gift, per person and shift, per venue and night."""

from typing import Final, Literal

from msgspec import Struct

from policies.book.lifecycles import Actor
from policies.house.rules import CatalogueItem, Rules
from policies.words.catalogue import say
from policies.words.message import Message, Money, message

NO_CURRENCY: Final = "XXX"
"""ISO 4217's code for none: where nobody reads the sentence."""

OverLimitCode = Literal["OVER_LIMIT", "PURSE_EMPTY"]


class PurseBalances(Struct, frozen=True, kw_only=True):
    """The balances of a person's purse of the shift and of the venue's purse of the night."""

    person: int
    venue: int


class OverLimit(Struct, frozen=True, kw_only=True):
    """The limit a gift exceeds, and what a manager can do.

    `detail`: in English; `said`: the same in any language, None in what was stored before.
    `manager_can`: give it from their own purse, or raise the limits for tonight.
    """

    code: OverLimitCode
    detail: str
    cost: int
    limit: int
    left: PurseBalances
    manager_can: Literal["give", "raise"]
    said: Message | None = None


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
    rules: Rules,
    by: Actor,
    item: CatalogueItem,
    left: PurseBalances,
    *,
    amount: int | None = None,
    currency: str = NO_CURRENCY,
) -> OverLimit | None:
    """Return the limit that `by` would exceed by giving the item, None within the limits.

    `amount`: of an item without a cost of its own. `currency`: of the amounts that are said.
    """
    cost = maximum_cost(item) if amount is None else amount
    limit = gift_limit(rules, by, item)
    manager_may = cost <= min(rules.purses.manager_gift, left.venue) and by != "manager"
    code: OverLimitCode
    if cost > limit:
        code, what, most = "OVER_LIMIT", "gift-over-limit", limit
    elif cost > left.person:
        code, what, most = "PURSE_EMPTY", "shift-purse-too-empty", left.person
    elif cost > left.venue:
        code, what, most = "PURSE_EMPTY", "night-purse-too-empty", left.venue
    else:
        return None
    manager = "give" if manager_may else "raise"
    said = message(what, amount=Money(most, currency), manager=manager)
    return OverLimit(
        code=code,
        detail=say(said),
        said=said,
        cost=cost,
        limit=limit,
        left=left,
        manager_can="give" if manager_may else "raise",
    )
