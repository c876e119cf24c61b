"""Asking a manager: a gift beyond somebody's limits, the question, and its answer."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import APPROVAL, Actor, ApprovalEvent, step
from policies.book.picture import ApprovalState
from policies.floor.orders import Order, Said
from policies.gestures.orders import OfferGesture
from policies.gestures.purses import Beyond
from policies.house.rules import GestureKind, Rules


class AskApproval(OfferGesture, frozen=True, kw_only=True):
    """Ask a manager for a gift beyond one's limits; `id` names the question, then the gesture."""

    def wish(self) -> OfferGesture:
        """Return the gift itself."""
        return OfferGesture(
            **{name: getattr(self, name) for name in OfferGesture.__struct_fields__}
        )


class AnswerApproval(Order, frozen=True, kw_only=True):
    """A manager says yes or no; `said`: to the colleague, in a line."""

    approval_id: UUID
    version: int
    yes: bool
    said: Said


class Approval(Struct, frozen=True, kw_only=True):
    """A question to the managers. `beyond`: which limit it is beyond, and by how much."""

    approval_id: UUID
    period_id: str
    state: ApprovalState
    wish: OfferGesture
    kind: GestureKind
    cost: int
    beyond: Beyond
    party_name: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    answered_by: str | None = None
    answered_at: datetime | None = None
    said: str | None = None
    version: int = 1


def asked(
    wish: OfferGesture,
    kind: GestureKind,
    beyond: Beyond,
    rules: Rules,
    *,
    period_id: str,
    party_name: str,
    by: str,
    now: datetime,
) -> Approval:
    """Return the question as it is put now; it stands for the minutes of the rules."""
    return Approval(
        approval_id=wish.id,
        period_id=period_id,
        state="waiting",
        wish=wish,
        kind=kind,
        cost=beyond.cost,
        beyond=beyond,
        party_name=party_name,
        asked_by=by,
        asked_at=now,
        expires_at=now + timedelta(minutes=rules.approvals.minutes),
    )


def replied(
    approval: Approval, order: AnswerApproval, by: str, actor: Actor, *, now: datetime
) -> Approval:
    """Return the question with its answer; raises lifecycles.NotPossible, NotAllowed."""
    event: ApprovalEvent = "approve" if order.yes else "refuse"
    to = step(APPROVAL, standing(approval, now).state, event, actor).to
    return replace(
        approval,
        state=to,
        answered_by=by,
        answered_at=now,
        said=order.said,
        version=approval.version + 1,
    )


def standing(approval: Approval, now: datetime) -> Approval:
    """Return the question as it stands: its time may be over, whether or not a job noted it."""
    over = approval.state == "waiting" and approval.expires_at <= now
    return replace(approval, state="expired") if over else approval
