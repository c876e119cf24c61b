"""What the document of the screens names that no handler's annotation does."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, field

from api.http.described import Problem
from policies.access.rights import Right
from policies.book.answers import Explanation
from policies.book.consequences import MovedParty, OrderWarning, WarningCode
from policies.book.levers import LeverKind
from policies.book.picture import (
    ApprovalState,
    CalledBy,
    GestureState,
    HeldState,
    PromiseKind,
    RescueState,
    ReservationState,
    SeatingState,
    WaitingPlace,
    WaitState,
)
from policies.door.option import OptionKind
from policies.floor.checks import CheckState
from policies.gestures.purses import PurseBalances
from policies.house.channels import Channel
from policies.house.house import Day, Feature, LineKind, Role, Shape
from policies.house.rules import (
    Carrier,
    DietaryTrait,
    DueAt,
    GestureCause,
    GestureKind,
    NoCode,
    RescueKind,
)
from policies.rescue.cases import CaseKind
from policies.value.frontier.positions import PositionName
from policies.words.catalogue import Language
from seating.book.announcing import EventName


class LimitExceeded(Struct, frozen=True, kw_only=True):
    """The limit that a gift exceeds, and what a manager can do; as OverLimit."""

    cost: int
    limit: int
    left: PurseBalances
    manager_can: Literal["give", "raise"]


class Unfit(Struct, frozen=True, kw_only=True):
    """What the guest avoids, when the same may be given again, how many may be given a gift."""

    contains: tuple[DietaryTrait, ...]
    again_from: datetime | None
    most: int | None


class StaffProblem(Problem, frozen=True, kw_only=True, omit_defaults=True):
    """A refusal at the stand (RFC 9457): `message` and `params` say it in the screen's language.

    `now`: what is true instead of the version that was sent. `warnings`, `moved`: what the order
    would have meant; with NEEDS_ANYWAY it is carried out once `anyway` names those that ask.
    `explained`: the risk that a booking was refused for. `over_limit`, `unfit`: why a gesture was.
    """

    now: dict[str, Any] | None = None
    warnings: Annotated[tuple[OrderWarning, ...], Meta(max_length=100)] = ()
    moved: Annotated[tuple[MovedParty, ...], Meta(max_length=1000)] = ()
    explained: Explanation | None = None
    over_limit: LimitExceeded | None = None
    unfit: Unfit | None = None


LiveEventName = Literal[EventName, "resync"]


class LiveEvent(Struct, frozen=True, kw_only=True):
    """What the data of an event of GET /live is: which thing has changed, not how it is now.

    `id`, `version`: of what `event` names before its dot. `period_id`: the service it happens in,
    `staff_id`: who did it, `for`: the person whom it concerns. `resync`: fetch everything again.
    """

    event: LiveEventName
    id: str
    version: int
    period_id: str | None
    staff_id: str | None
    for_: str | None = field(name="for")


# Literals with a component of their own. Of two with the same values the first is shown.
ENUMS: Final[dict[str, Any]] = {
    "ApprovalState": ApprovalState,
    "CalledBy": CalledBy,
    "Carrier": Carrier,
    "CaseKind": CaseKind,
    "CheckState": CheckState,
    "Channel": Channel,
    "Day": Day,
    "DietaryTrait": DietaryTrait,
    "DueAt": DueAt,
    "Feature": Feature,
    "GestureCause": GestureCause,
    "GestureKind": GestureKind,
    "GestureState": GestureState,
    "HeldState": HeldState,
    "LeverKind": LeverKind,
    "LiveEventName": LiveEventName,
    "Language": Language,
    "LineKind": LineKind,
    "NoCode": NoCode,
    "OptionKind": OptionKind,
    "PositionName": PositionName,
    "PromiseKind": PromiseKind,
    "RescueKind": RescueKind,
    "RescueState": RescueState,
    "ReservationState": ReservationState,
    "Right": Right,
    "Role": Role,
    "SeatingState": SeatingState,
    "Shape": Shape,
    "WaitState": WaitState,
    "WaitingPlace": WaitingPlace,
    "WarningCode": WarningCode,
}

# Components whose Struct bears a name that means something else to a screen.
WIRE_NAMES: Final = {"Promise": "BookedParty"}
