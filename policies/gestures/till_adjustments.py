"""What the till is told when something is given away: a refund, a comp, a spend-linked gift.

Amounts are in minor units; what the guest's check falls by is positive, taking it back negative.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from policies.gestures.gesture import Gesture
from policies.house.rules import GestureKind

AdjustmentKind = Literal["refund", "comp", "spend_linked"]
ReasonCode = Literal["FROM_THE_HOUSE", "DISH_RETURNED", "GOODWILL", "SPEND_LINKED"]

AS_TOLD: dict[GestureKind, tuple[AdjustmentKind, ReasonCode]] = {
    "item": ("comp", "FROM_THE_HOUSE"),
    "upgrade": ("comp", "FROM_THE_HOUSE"),
    "amount_off": ("comp", "FROM_THE_HOUSE"),
    "refund": ("refund", "DISH_RETURNED"),
    "claim": ("refund", "GOODWILL"),
    "spend_linked": ("spend_linked", "SPEND_LINKED"),
}


class Place(Struct, frozen=True, kw_only=True):
    """Where the till finds the party: its check, and the table it sits or sat at."""

    check_id: str | None = None
    table_id: str | None = None


class Adjustment(Struct, frozen=True, kw_only=True):
    """A `pos.adjustment`. Sent again it has the same id; `reverses` names one taken back."""

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
    place: Place,
    *,
    adjustment_id: UUID,
    currency: str,
    now: datetime,
) -> Adjustment | None:
    """Return what this step of a gesture means for the check; None where it means nothing."""
    brought = after.state == "delivered" and after.price > 0
    reverses = before.adjustment_id if before is not None else None
    if not brought and reverses is None:
        return None
    kind, reason = AS_TOLD[after.kind]
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
