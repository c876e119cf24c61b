"""Exceptions with stable codes; api/http/problems.py maps each to an HTTP status.

A refused booking is no exception: it is a returned `No` (policies/book/answers.py).
"""

from policies.book.refusals import Refusal
from policies.words.message import message


class MaitredError(Refusal):
    """A refusal of the service itself: each class has one code."""

    code: str = "INTERNAL"


class NotFound(MaitredError):
    """It does not exist, or the caller may not see it."""

    code = "NOT_FOUND"


class Invalid(MaitredError):
    """A well-formed value that is not acceptable."""

    code = "INVALID"


class TooFarOff(MaitredError):
    """A start so far from now that it must be a typing error; not logged as a turnaway."""

    code = "OUTSIDE_BOOKING_WINDOW"


class Stale(MaitredError):
    """The version given is not the current one (optimistic locking)."""

    code = "STALE"


class NotPossibleNow(MaitredError):
    """The lifecycle has no such transition from the current state."""

    code = "NOT_POSSIBLE_NOW"


class NotAllowed(MaitredError):
    """This person may not do this."""

    code = "NOT_ALLOWED"


class PinNeeded(MaitredError):
    """The PIN was given too long ago for this: give it again at POST /host/session/confirm."""

    code = "PIN_NEEDED"


class NewPinNeeded(MaitredError):
    """Somebody else chose the PIN; it opens nothing but the setting of one's own."""

    code = "NEW_PIN_NEEDED"


class TlsRequired(MaitredError):
    """A secret would travel over plain http through a network."""

    code = "TLS_REQUIRED"


class TableOccupied(MaitredError):
    """A party sits at the table now."""

    code = "TABLE_OCCUPIED"


class NeedsAnyway(MaitredError):
    """A likely mistake: carried out for an order that accepts the warnings `told`."""

    code = "NEEDS_ANYWAY"


class IdReused(MaitredError):
    """A client-made action id was used before for another action."""

    code = "ID_REUSED"


class TokenReused(MaitredError):
    """An idempotency token was used before for another booking."""

    code = "IDEMPOTENCY_KEY_REUSED"


class HoldExpired(MaitredError):
    """The slot hold has expired; its tables are available again."""

    code = "HOLD_EXPIRED"


class HoldMismatch(MaitredError):
    """The reservation differs from its slot hold (start, party size or needs)."""

    code = "HOLD_MISMATCH"


class TooManyHolds(MaitredError):
    """The client has as many open slot holds as it may have."""

    code = "TOO_MANY_HOLDS"


class TooManyBookings(MaitredError):
    """The client has made as many bookings or requests of an evening as one client may.

    `seconds`: it may ask again then, when the house has answered or somebody was seated.
    """

    code = "TOO_MANY_BOOKINGS"
    seconds: int = 600


class TooManyRequests(MaitredError):
    """The caller has used up its requests; `seconds`: until another one is heard."""

    code = "TOO_MANY_REQUESTS"
    seconds: int = 30


def too_many_requests(seconds: int) -> TooManyRequests:
    """The error with its sentence: wait so many seconds."""
    error = TooManyRequests(message("too-many-requests", seconds=seconds))
    error.seconds = seconds
    return error


class ReferenceTaken(MaitredError):
    """Another live booking of the site has this partner_reference at that start."""

    code = "DUPLICATE_RESERVATION"


class NotChangeable(MaitredError):
    """The reservation is past the states (requested, booked) in which it can be changed."""

    code = "NOT_CHANGEABLE"


class AlreadyCancelled(MaitredError):
    """The reservation to be changed has been cancelled."""

    code = "ALREADY_CANCELLED"


class OutsideCancellationWindow(MaitredError):
    """Past the cut-off for cancelling online; the guest has to call the house."""

    code = "OUTSIDE_CANCELLATION_WINDOW"


class OptionLapsed(MaitredError):
    """The lock of an opened rescue option has run out; list the options again."""

    code = "OPTION_LAPSED"


class TooManyOpen(MaitredError):
    """The host has as many rescue options open as one may have."""

    code = "TOO_MANY_OPEN"


class RoomChanged(MaitredError):
    """What was offered is gone; `now` is the fact that changed the room."""

    code = "ROOM_CHANGED"


class AlreadySeated(MaitredError):
    """The party has been seated already."""

    code = "ALREADY_SEATED"


class CannotUndo(MaitredError):
    """The undo window is over, or a later action depends on this one."""

    code = "CANNOT_UNDO"


class WouldStrand(MaitredError):
    """The new house has no place for some promises; `now` lists them."""

    code = "WOULD_STRAND"


class Unauthenticated(MaitredError):
    """Unknown credentials, or none."""

    code = "UNAUTHENTICATED"


class WrongPin(Unauthenticated):
    """The PIN is wrong; the session, where there is one, goes on."""

    code = "WRONG_PIN"


class SessionEnded(Unauthenticated):
    """The session of this token has ended; `detail` says why and what to do."""

    code = "SESSION_ENDED"


class Locked(MaitredError):
    """Too many wrong PINs or secrets; `detail` says how long to wait, `seconds` where known."""

    code = "LOCKED"
    seconds: int | None = None


class UrlNotAllowed(MaitredError):
    """A webhook URL that is not permitted, such as one of a private address."""

    code = "URL_NOT_ALLOWED"


class TooManyEndpoints(MaitredError):
    """The client has as many webhook endpoints at the venue as it may have."""

    code = "TOO_MANY_ENDPOINTS"


class NotSetUp(MaitredError):
    """A feature this installation is not configured for."""

    code = "NOT_SET_UP"
