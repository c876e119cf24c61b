"""Adjustments sent to the till: refunds, comps and spend-linked gifts.

Amounts are in minor currency units; a reduction of the check is positive, its reversal negative.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from policies.gestures.gesture import Gesture
from policies.house.rules import GestureKind

AdjustmentKind = Literal["refund", "comp", "spend_linked"]
ReasonCode = Literal["FROM_THE_HOUSE", "DISH_RETURNED", "GOODWILL", "SPEND_LINKED"]

TILL_CODES: dict[GestureKind, tuple[AdjustmentKind, ReasonCode]] = {
    "item": ("comp", "FROM_THE_HOUSE"),
    "upgrade": ("comp", "FROM_THE_HOUSE"),
    "amount_off": ("comp", "FROM_THE_HOUSE"),
    "refund": ("refund", "DISH_RETURNED"),
    "claim": ("refund", "GOODWILL"),
    "spend_linked": ("spend_linked", "SPEND_LINKED"),
}


class CheckLocation(Struct, frozen=True, kw_only=True):
    """The party's check, and the table it sits or sat at."""

    check_id: str | None = None
    table_id: str | None = None


class Adjustment(Struct, frozen=True, kw_only=True):
    """A `pos.adjustment` event. A repeat has the same id; `reverses`: the adjustment undone."""

    adjustment_id: UUID
    kind: AdjustmentKind
    reason_code: ReasonCode
    amount: int
    currency: str
    check_id: str | None
    table_id: str | None
    occurred_at: datetime
    reverses: UUID | None = None


def adjustment(
    before: Gesture | None,
    after: Gesture,
    place: CheckLocation,
    *,
    adjustment_id: UUID,
    currency: str,
    now: datetime,
) -> Adjustment | None:
    """Return the adjustment for this transition of a gesture, None if the check is unaffected."""
    brought = after.state == "delivered" and after.price > 0
    reverses = before.adjustment_id if before is not None else None
    if not brought and reverses is None:
        return None
    kind, reason = TILL_CODES[after.kind]
    return Adjustment(
        adjustment_id=adjustment_id,
        kind=kind,
        reason_code=reason,
        amount=after.price if brought else -after.price,
        currency=currency,
        check_id=place.check_id,
        table_id=place.table_id,
        occurred_at=now,
        reverses=None if brought else reverses,
    )
