"""Approvals: a request to a manager for a gift over the giver's limits, and its answer."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import APPROVAL, Actor, ApprovalEvent, transition
from policies.book.picture import ApprovalState
from policies.floor.orders import Command, ReasonText
from policies.gestures.orders import OfferGesture
from policies.gestures.purses import OverLimit
from policies.house.rules import GestureKind, Rules


class AskApproval(OfferGesture, frozen=True, kw_only=True):
    """Ask a manager for a gift over one's limits; `id` names the approval, then the gesture."""

    def wish(self) -> OfferGesture:
        """Return the offer asked for."""
        return OfferGesture(
            **{name: getattr(self, name) for name in OfferGesture.__struct_fields__}
        )


class AnswerApproval(Command, frozen=True, kw_only=True):
    """A manager approves or refuses; `said`: a line to the colleague who asked."""

    approval_id: UUID
    version: int
    yes: bool
    said: ReasonText


class Approval(Struct, frozen=True, kw_only=True):
    """A request to the managers. `over_limit`: the limit exceeded; `wish`: the offer asked for."""

    approval_id: UUID
    period_id: str
    state: ApprovalState
    wish: OfferGesture
    kind: GestureKind
    cost: int
    over_limit: OverLimit
    party_name: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    answered_by: str | None = None
    answered_at: datetime | None = None
    said: str | None = None
    version: int = 1


def request_approval(
    wish: OfferGesture,
    kind: GestureKind,
    over_limit: OverLimit,
    rules: Rules,
    *,
    period_id: str,
    party_name: str,
    by: str,
    now: datetime,
) -> Approval:
    """Return the approval as requested now; it expires after `rules.approvals.minutes`."""
    return Approval(
        approval_id=wish.id,
        period_id=period_id,
        state="waiting",
        wish=wish,
        kind=kind,
        cost=over_limit.cost,
        over_limit=over_limit,
        party_name=party_name,
        asked_by=by,
        asked_at=now,
        expires_at=now + timedelta(minutes=rules.approvals.minutes),
    )


def with_answer(
    approval: Approval, command: AnswerApproval, by: str, actor: Actor, *, now: datetime
) -> Approval:
    """Return the approval with its answer; raises lifecycles.NotPossible, NotAllowed."""
    event: ApprovalEvent = "approve" if command.yes else "refuse"
    to = transition(APPROVAL, approval_at(approval, now).state, event, actor).to
    return replace(
        approval,
        state=to,
        answered_by=by,
        answered_at=now,
        said=command.said,
        version=approval.version + 1,
    )


def approval_at(approval: Approval, now: datetime) -> Approval:
    """Return the approval at `now`: expired once its time is over, also before the job runs."""
    over = approval.state == "waiting" and approval.expires_at <= now
    return replace(approval, state="expired") if over else approval
