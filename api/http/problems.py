"""Everything that goes wrong leaves as an RFC 9457 problem, mapped here and nowhere else."""

import logging
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any, Final

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap
from msgspec import Meta, Struct

from policies.book.lifecycles import NotAllowed as StepNotAllowed
from policies.book.lifecycles import NotPossible as StepNotPossible
from policies.book.lifecycles import TooLate
from policies.house.rules_checks import RulesError
from seating import errors as known

log = logging.getLogger("maitred")

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:problem-type:maitred:"

STATUS: Final[dict[type[known.MaitredError], int]] = {
    known.NotFound: 404,
    known.Invalid: 422,
    known.TooFarOff: 422,
    known.Stale: 409,
    known.NotPossibleNow: 409,
    known.NotAllowed: 403,
    known.TableOccupied: 409,
    known.IdReused: 409,
    known.HoldExpired: 410,
    known.HoldMismatch: 409,
    known.TooManyHolds: 429,
    known.TooManyRequests: 429,
    known.NotChangeable: 409,
    known.AlreadyCancelled: 409,
    known.TokenReused: 409,
    known.OutsideCancellationWindow: 409,
    known.OptionLapsed: 410,
    known.TooManyOpen: 409,
    known.RoomChanged: 409,
    known.AlreadySeated: 409,
    known.CannotUndo: 409,
    known.WouldStrand: 409,
    known.Unauthenticated: 401,
    known.Locked: 429,
    known.UrlNotAllowed: 422,
    known.TooManyEndpoints: 409,
    known.NotSetUp: 503,
}

HTTP_CODES: Final = {
    400: "BAD_REQUEST",
    401: known.Unauthenticated.code,
    403: known.NotAllowed.code,
    404: known.NotFound.code,
    405: "METHOD_NOT_ALLOWED",
    408: "BODY_TOO_SLOW",
    412: known.Stale.code,
    413: "BODY_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    428: "PRECONDITION_REQUIRED",
    429: "TOO_MANY_REQUESTS",
}

# Text that JSON allows and PostgreSQL cannot keep (U+0000).
UNSTORABLE = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)
# The database is away, restarting or too busy; nothing was kept, and trying again makes sense.
UNAVAILABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.InvalidCachedStatementError,
    # A connection that broke in the middle of an operation can leave its client confused.
    asyncpg.InternalClientError,
)
# Litestar's sentence for a client that hung up while sending: nobody's fault, nobody listens.
HUNG_UP: Final = "client disconnected prematurely"
# Litestar names a parameter that was left out in its sentence only.
MISSING: Final = re.compile(r"Missing required (?P<source>\w+) parameter '(?P<name>[^']+)'")
RETRY_SECONDS: Final = {429: "30", 503: "2"}


class FieldError(Struct, frozen=True, omit_defaults=True):
    """One wrong value: a JSON pointer into the body, or the name of a parameter after `/`."""

    pointer: Annotated[str, Meta(max_length=2000)]
    detail: Annotated[str, Meta(max_length=2000)]
    source: Annotated[str, Meta(max_length=20)] = "body"


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[FieldError] = (),
    headers: dict[str, str] | None = None,
    **members: object,
) -> Response[bytes]:
    """A problem document; `members` are its extensions, left out when empty."""
    document = {
        "type": TYPE_PREFIX + code.lower().replace("_", "-"),
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": errors,
    } | members
    body = msgspec.json.encode({name: value for name, value in document.items() if value})
    waits = {"Retry-After": RETRY_SECONDS[status]} if status in RETRY_SECONDS else {}
    return Response(
        body, status_code=status, media_type=MEDIA_TYPE, headers=waits | (headers or {})
    )


def of_maitred_error(request: Request[Any, Any, Any], error: known.MaitredError) -> Response[bytes]:
    status = STATUS.get(type(error))
    if status is None:
        return of_unknown(request, error)
    if status == HTTPStatus.UNAUTHORIZED:
        return unauthenticated(request, error.detail)
    if isinstance(error, known.Stale) and request.url.path.startswith("/v1/"):
        status = HTTPStatus.PRECONDITION_FAILED
    wrong = [FieldError(error.pointer, error.detail)] if error.pointer else []
    return problem(status, error.code, error.detail, errors=wrong, now=error.now)


def unauthenticated(request: Request[Any, Any, Any], detail: str) -> Response[bytes]:
    basic = request.route_handler.opt.get("basic")
    challenge = f'{"Basic" if basic else "Bearer"} realm="maitred"'
    if "authorization" in request.headers and not basic:
        challenge += ', error="invalid_token"'
    headers = {"WWW-Authenticate": challenge}
    return problem(401, known.Unauthenticated.code, detail, headers=headers)


def of_http_exception(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = error.status_code
    if error.detail == HUNG_UP:
        return problem(400, HTTP_CODES[400], "The request ended before all of it was here.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return of_unknown(_, error)
    code = HTTP_CODES.get(status, HTTPStatus(status).name)
    return problem(status, code, error.detail, headers=error.headers)


def of_validation(_: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    said = error.extra if isinstance(error.extra, list) else []
    wrong = [field_error(item) for item in said if isinstance(item, dict)]
    if missing := MISSING.match(error.detail):
        wrong.append(FieldError(f"/{missing['name']}", "This is required.", missing["source"]))
    return problem(400, "INVALID_REQUEST", "The request is not as it should be.", errors=wrong)


def field_error(said: dict[str, Any]) -> FieldError:
    detail = str(said.get("message", "")).strip("'")
    source = said.get("source", "body")
    if source != "body":
        return FieldError("/" + str(said.get("key", "")), detail, getattr(source, "value", source))
    if said.get("key") == "data":
        return FieldError("", "A JSON body is required.")
    return FieldError(pointer(str(said.get("key", ""))), detail)


def pointer(path: str) -> str:
    """A JSON pointer from msgspec's path: `$.guest.tags[0]` -> `/guest/tags/0`."""
    return re.sub(r"\.|\[", "/", path.removeprefix("$").replace("]", ""))


def of_not_possible(_: Request[Any, Any, Any], error: StepNotPossible) -> Response[bytes]:
    return problem(409, known.NotPossibleNow.code, str(error))


def of_not_allowed(_: Request[Any, Any, Any], error: StepNotAllowed) -> Response[bytes]:
    return problem(403, known.NotAllowed.code, str(error))


def of_too_late(_: Request[Any, Any, Any], error: TooLate) -> Response[bytes]:
    return problem(409, "TOO_LATE", str(error))


def of_rules_error(_: Request[Any, Any, Any], error: RulesError) -> Response[bytes]:
    wrong = [
        FieldError("/".join(("/rules", *map(str, path))), said) for path, said in error.problems
    ]
    detail = f"{len(wrong)} of the rules' keys are not as they should be."
    return problem(422, "INVALID_RULES", detail, errors=wrong)


def of_unstorable(_: Request[Any, Any, Any], __: Exception) -> Response[bytes]:
    return problem(400, "INVALID_REQUEST", "A text holds a character that cannot be kept.")


def of_unavailable(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("the database is not available: %s: %s", type(error).__name__, error)
    return problem(503, "UNAVAILABLE", "The book cannot be reached now: try again in a moment.")


def of_interface_error(
    request: Request[Any, Any, Any], error: asyncpg.InterfaceError
) -> Response[bytes]:
    """asyncpg's name for a connection or pool that is closed, and for misuse of one."""
    return (of_unavailable if "clos" in str(error) else of_unknown)(request, error)


def of_unknown(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("%s %s failed", request.method, request.scope["path_template"], exc_info=error)
    return problem(500, "INTERNAL", "Something went wrong on our side; it has been logged.")


HANDLERS: Final[ExceptionHandlersMap] = {
    known.MaitredError: of_maitred_error,
    HTTPException: of_http_exception,
    ValidationException: of_validation,
    StepNotPossible: of_not_possible,
    StepNotAllowed: of_not_allowed,
    TooLate: of_too_late,
    RulesError: of_rules_error,
    asyncpg.InterfaceError: of_interface_error,
    **dict.fromkeys(UNSTORABLE, of_unstorable),
    **dict.fromkeys(UNAVAILABLE, of_unavailable),
    Exception: of_unknown,
}
