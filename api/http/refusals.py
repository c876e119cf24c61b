"""A "no" on its way out: what the house knows, what a booking site hears, what Google hears."""

from typing import Any, Final, Literal

from litestar import Response
from msgspec import Struct
from msgspec.structs import asdict

from api.http.problems import problem
from policies.book.answers import No
from policies.gestures.etiquette import Unfit
from policies.gestures.purses import Beyond
from policies.house.rules import NoCode
from seating import errors as known
from seating.waitlist.joining import SHUT

SLOT_UNAVAILABLE: Final = "SLOT_UNAVAILABLE"

Cause = Literal[
    "SLOT_UNAVAILABLE",
    "SLOT_ALREADY_BOOKED_BY_USER",
    "LEASE_EXPIRED",
    "OUTSIDE_CANCELLATION_WINDOW",
    "BOOKING_ALREADY_CANCELLED",
    "BOOKING_NOT_CANCELLABLE",
    "OVERLAPPING_RESERVATION",
    "USER_OVER_BOOKING_LIMIT",
]
"""Why a booking fails, in Google's words."""

WaitCause = Literal[
    "EXISTING_WAITLIST_ENTRY",
    "ABOVE_MAX_PARTY_SIZE",
    "MERCHANT_CLOSED",
    "WAITLIST_FULL",
    "WAITLIST_CLOSED",
]
"""Why a party may not join the waitlist, in Google's words."""


class Public(Struct, frozen=True, kw_only=True):
    """How one inner code looks outside.

    `reason` stands beside SLOT_UNAVAILABLE; `cause` and, for the waitlist, `wait_cause` are the
    facade's; `sentence` replaces ours where ours would tell more than the public code does.
    """

    code: str = SLOT_UNAVAILABLE
    status: int = 409
    reason: NoCode | None = None
    cause: Cause = SLOT_UNAVAILABLE
    wait_cause: WaitCause = "WAITLIST_CLOSED"
    sentence: str | None = None


_NO_TABLE = Public(
    reason="NO_TABLE_FITS",
    wait_cause="WAITLIST_FULL",
    sentence="No table is free for this party then.",
)

PUBLIC: Final[dict[NoCode, Public]] = {
    "CLOSED": Public(reason="CLOSED", wait_cause="MERCHANT_CLOSED"),
    "PACING_FULL": Public(
        reason="PACING_FULL", sentence="The kitchen welcomes no more guests around then."
    ),
    "NO_TABLE_FITS": _NO_TABLE,
    "HELD_BACK": _NO_TABLE,
    "RISK_OVER_CEILING": _NO_TABLE,
    "OVERBOOKING_CAP": _NO_TABLE,
    "BID_PRICE": _NO_TABLE,
    "TURN_TOO_SHORT": Public(reason="TURN_TOO_SHORT"),
    "BLOCKED": Public(reason="BLOCKED"),
    "PAUSED": Public(reason="PAUSED"),
    "NEEDS_NOT_MET": Public(reason="NEEDS_NOT_MET"),
    "OUTSIDE_BOOKING_WINDOW": Public(code="OUTSIDE_BOOKING_WINDOW", status=422),
    "PARTY_SIZE_NOT_ALLOWED": Public(
        code="PARTY_SIZE_NOT_ALLOWED", status=422, wait_cause="ABOVE_MAX_PARTY_SIZE"
    ),
    "HOUSE_RULES_NOT_ACCEPTED": Public(code="HOUSE_RULES_NOT_ACCEPTED", status=422),
    "GUEST_LIMIT": Public(code="GUEST_LIMIT", cause="USER_OVER_BOOKING_LIMIT"),
    "DUPLICATE": Public(
        code="DUPLICATE_RESERVATION",
        cause="OVERLAPPING_RESERVATION",
        wait_cause="EXISTING_WAITLIST_ENTRY",
        sentence="This guest already has a reservation around then.",
    ),
}

CAUSES: Final[dict[type[known.MaitredError], Cause]] = {
    known.HoldExpired: "LEASE_EXPIRED",
    known.HoldMismatch: "LEASE_EXPIRED",
    known.OutsideCancellationWindow: "OUTSIDE_CANCELLATION_WINDOW",
    known.AlreadyCancelled: "BOOKING_ALREADY_CANCELLED",
    known.AlreadySeated: "BOOKING_NOT_CANCELLABLE",
    known.NotChangeable: "BOOKING_NOT_CANCELLABLE",
}
"""Errors that are the guest's affair, not a mistake: what the facade calls them."""


WAITLIST_CLOSED: Final = "WAITLIST_CLOSED"


def waitlist_refusal(no: No) -> Response[bytes]:
    """The problem document for a party that may not wait, as a booking site hears it."""
    said = PUBLIC[no.code]
    if no.code not in SHUT:
        return refusal(no, public=True)
    detail = said.sentence or no.detail
    return problem(409, WAITLIST_CLOSED, detail, reason=said.reason)


def refusal(no: No, *, public: bool, **inside: Any) -> Response[bytes]:  # noqa: ANN401 - JSON
    """The problem document for a "no": for a booking site, or with what is `inside` for staff."""
    if not public:
        return problem(
            409,
            no.code,
            no.detail,
            alternatives=no.alternatives,
            explained=no.explained,
            **inside,
        )
    said = PUBLIC[no.code]
    detail = said.sentence or no.detail
    return problem(said.status, said.code, detail, reason=said.reason, alternatives=no.alternatives)


def answered(answer: Struct) -> Response[Any]:
    """What was done; or a problem that tells what a manager can do, or what would fit."""
    if not isinstance(answer, Beyond | Unfit):
        return Response(answer)
    members = asdict(answer)
    code, detail = members.pop("code"), members.pop("detail")
    if isinstance(answer, Beyond):
        return problem(409, code, detail, beyond=members)
    return problem(409, code, detail, unfit=members)
