"""What can go wrong, each with a stable code. api/http/problems.py maps them once to HTTP.

A "no" to a guest is not an error: it is a returned `No` (policies/book/picture.py).
"""

from typing import ClassVar

from msgspec import Struct


class MaitredError(Exception):
    """Something a caller can mend; `detail` says what is wrong and how."""

    code: ClassVar[str] = "INTERNAL"

    def __init__(
        self, detail: str, *, pointer: str | None = None, now: Struct | None = None
    ) -> None:
        """`pointer`: the JSON pointer of the wrong field; `now`: what is true instead."""
        super().__init__(detail)
        self.detail = detail
        self.pointer = pointer
        self.now = now


class NotFound(MaitredError):
    """There is no such thing, or it is not yours to see."""

    code = "NOT_FOUND"


class Invalid(MaitredError):
    """A value that can be read but not accepted."""

    code = "INVALID"


class TooFarOff(MaitredError):
    """A start so far from now that it is a slip: nobody was turned away."""

    code = "OUTSIDE_BOOKING_WINDOW"


class Stale(MaitredError):
    """The thing changed since the caller saw it."""

    code = "STALE"


class NotPossibleNow(MaitredError):
    """The lifecycle has no such step from the state it is in."""

    code = "NOT_POSSIBLE_NOW"


class NotAllowed(MaitredError):
    """This person may not do this."""

    code = "NOT_ALLOWED"


class TableOccupied(MaitredError):
    """A party sits there: a fact, whatever the plan says."""

    code = "TABLE_OCCUPIED"


class IdReused(MaitredError):
    """A client-made id that already stands for another action."""

    code = "ID_REUSED"


class TokenReused(MaitredError):
    """An idempotency token that already stands for another booking."""

    code = "IDEMPOTENCY_KEY_REUSED"


class HoldExpired(MaitredError):
    """The slot hold's minutes are over; what it held is on sale again."""

    code = "HOLD_EXPIRED"


class HoldMismatch(MaitredError):
    """The reservation asks for something else than its slot hold keeps."""

    code = "HOLD_MISMATCH"


class TooManyHolds(MaitredError):
    """A client keeps more slot holds open than it may."""

    code = "TOO_MANY_HOLDS"


class TooManyRequests(MaitredError):
    """A client has used up its requests of the running window."""

    code = "TOO_MANY_REQUESTS"


class NotChangeable(MaitredError):
    """A reservation that is no longer only a promise."""

    code = "NOT_CHANGEABLE"


class AlreadyCancelled(MaitredError):
    """What is to be changed was called off before."""

    code = "ALREADY_CANCELLED"


class OutsideCancellationWindow(MaitredError):
    """Too late to cancel by itself; the house has to be called."""

    code = "OUTSIDE_CANCELLATION_WINDOW"


class OptionLapsed(MaitredError):
    """The minutes are over for which a rescue option was opened; list anew."""

    code = "OPTION_LAPSED"


class TooManyOpen(MaitredError):
    """A host keeps as many rescue options open as one may."""

    code = "TOO_MANY_OPEN"


class RoomChanged(MaitredError):
    """What was offered is not there any more: `now` is the fact that changed the room."""

    code = "ROOM_CHANGED"


class AlreadySeated(MaitredError):
    """The party sits at its table."""

    code = "ALREADY_SEATED"


class CannotUndo(MaitredError):
    """Too late, or something else has happened since."""

    code = "CANNOT_UNDO"


class WouldStrand(MaitredError):
    """A house that no longer has room for promises made: `now` lists them."""

    code = "WOULD_STRAND"


class Unauthenticated(MaitredError):
    """Nobody we know."""

    code = "UNAUTHENTICATED"


class Locked(MaitredError):
    """Too many wrong PINs; wait until the time given in `detail`."""

    code = "LOCKED"


class UrlNotAllowed(MaitredError):
    """An address that nobody is told anything at."""

    code = "URL_NOT_ALLOWED"


class TooManyEndpoints(MaitredError):
    """A client has as many webhook endpoints at a venue as it may have."""

    code = "TOO_MANY_ENDPOINTS"


class NotSetUp(MaitredError):
    """Something this installation has not been given what it needs for."""

    code = "NOT_SET_UP"
