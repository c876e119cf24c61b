"""Refusals as responses: the internal code for staff, public codes for booking sites and Google."""

from typing import Any, Final, Literal

from litestar import Response
from msgspec import Struct
from msgspec.structs import asdict

from api.http.problems import problem
from policies.book.answers import No
from policies.gestures.etiquette import EtiquetteObjection
from policies.gestures.purses import OverLimit
from policies.house.rules import NoCode
from policies.words.message import Message, message
from seating import errors as known
from seating.waitlist.joining import LIST_CLOSED

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
"""`BookingFailure.Cause` of Google Booking Server v3."""

WaitCause = Literal[
    "EXISTING_WAITLIST_ENTRY",
    "ABOVE_MAX_PARTY_SIZE",
    "MERCHANT_CLOSED",
    "WAITLIST_FULL",
    "WAITLIST_CLOSED",
]
"""`WaitlistBusinessLogicFailure.Cause` of Google Booking Server v3."""


class PublicRefusal(Struct, frozen=True, kw_only=True):
    """What a booking site is told for one internal code.

    `reason` accompanies SLOT_UNAVAILABLE; `cause` and, for the waitlist, `wait_cause` are Google's.
    `sentence` replaces what is said inside where that would disclose more than the public code,
    `wait_sentence` where a party that wants to wait was told of bookings.
    """

    code: str = SLOT_UNAVAILABLE
    status: int = 409
    reason: NoCode | None = None
    cause: Cause = SLOT_UNAVAILABLE
    wait_cause: WaitCause = "WAITLIST_CLOSED"
    sentence: Message | None = None
    wait_sentence: Message | None = None


_NO_TABLE = PublicRefusal(
    reason="NO_TABLE_FITS",
    wait_cause="WAITLIST_FULL",
    sentence=message("public-no-table"),
    wait_sentence=message("public-no-table-before-closing"),
)

PUBLIC_REFUSALS: Final[dict[NoCode, PublicRefusal]] = {
    "CLOSED": PublicRefusal(reason="CLOSED", wait_cause="MERCHANT_CLOSED"),
    "PACING_FULL": PublicRefusal(reason="PACING_FULL", sentence=message("public-kitchen-full")),
    "NO_TABLE_FITS": _NO_TABLE,
    "HELD_BACK": _NO_TABLE,
    "RISK_OVER_CEILING": _NO_TABLE,
    "OVERBOOKING_CAP": _NO_TABLE,
    "BID_PRICE": _NO_TABLE,
    "TURN_TOO_SHORT": PublicRefusal(reason="TURN_TOO_SHORT"),
    "BLOCKED": PublicRefusal(reason="BLOCKED"),
    "PAUSED": PublicRefusal(
        reason="PAUSED",
        wait_sentence=message("public-waitlist-paused"),
    ),
    "NEEDS_NOT_MET": PublicRefusal(reason="NEEDS_NOT_MET"),
    "AREA_NOT_BOOKABLE": PublicRefusal(reason="AREA_NOT_BOOKABLE"),
    "OUTSIDE_BOOKING_WINDOW": PublicRefusal(code="OUTSIDE_BOOKING_WINDOW", status=422),
    "PARTY_SIZE_NOT_ALLOWED": PublicRefusal(
        code="PARTY_SIZE_NOT_ALLOWED", status=422, wait_cause="ABOVE_MAX_PARTY_SIZE"
    ),
    "HOUSE_RULES_NOT_ACCEPTED": PublicRefusal(code="HOUSE_RULES_NOT_ACCEPTED", status=422),
    "GUEST_LIMIT": PublicRefusal(code="GUEST_LIMIT", cause="USER_OVER_BOOKING_LIMIT"),
    "DUPLICATE": PublicRefusal(
        code="DUPLICATE_RESERVATION",
        cause="OVERLAPPING_RESERVATION",
        sentence=message("public-duplicate"),
    ),
    "ALREADY_WAITING": PublicRefusal(code="ALREADY_WAITING", wait_cause="EXISTING_WAITLIST_ENTRY"),
}

GOOGLE_CAUSES: Final[dict[type[known.MaitredError], Cause]] = {
    known.HoldExpired: "LEASE_EXPIRED",
    known.HoldMismatch: "LEASE_EXPIRED",
    known.ReferenceTaken: "SLOT_ALREADY_BOOKED_BY_USER",
    known.OutsideCancellationWindow: "OUTSIDE_CANCELLATION_WINDOW",
    known.AlreadyCancelled: "BOOKING_ALREADY_CANCELLED",
    known.AlreadySeated: "BOOKING_NOT_CANCELLABLE",
    known.NotChangeable: "BOOKING_NOT_CANCELLABLE",
}
"""Google's cause for errors that are outcomes for the guest and no mistakes of the caller."""


WAITLIST_CLOSED: Final = "WAITLIST_CLOSED"


def waitlist_refusal_response(no: No) -> Response[bytes]:
    """The public problem document for a party that may not join the waitlist."""
    said = PUBLIC_REFUSALS[no.code]
    closed = no.code in LIST_CLOSED
    status, code = (409, WAITLIST_CLOSED) if closed else (said.status, said.code)
    return problem(status, code, waitlist_sentence(no), reason=said.reason)


def waitlist_sentence(no: No) -> Message:
    """What is said in public to a party that may not join the waitlist."""
    said = PUBLIC_REFUSALS[no.code]
    return said.wait_sentence or said.sentence or no.said


def refusal_response(no: No, *, public: bool, **inside: Any) -> Response[bytes]:  # noqa: ANN401 - JSON
    """The problem document of a "no": public, or for staff with the members in `inside`."""
    if not public:
        return problem(
            409,
            no.code,
            no.said,
            alternatives=no.alternatives,
            explained=no.explained,
            areas=no.areas,
            **inside,
        )
    said = PUBLIC_REFUSALS[no.code]
    told = said.sentence or no.said
    return problem(
        said.status,
        said.code,
        told,
        reason=said.reason,
        alternatives=no.alternatives,
        areas=no.areas,
    )


def gesture_response(answer: Struct) -> Response[Any]:
    """A gesture's answer; beyond a purse or unfit, a 409 problem with what would be allowed."""
    if not isinstance(answer, OverLimit | EtiquetteObjection):
        return Response(answer)
    members = asdict(answer)
    code, detail, said = (members.pop(name) for name in ("code", "detail", "said"))
    said = said or message("as-told-then", said=detail)
    if isinstance(answer, OverLimit):
        return problem(409, code, said, over_limit=members)
    return problem(409, code, said, unfit=members)
