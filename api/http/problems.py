"""Exception handlers: every error is answered as an RFC 9457 problem document, mapped here."""

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
from msgspec.structs import asdict

from api.http.parameters import wrong_parameters
from api.http.pointers import pointer_to, sentence
from api.http.requests import in_plain_words
from policies.book.refusals import Refusal
from policies.drafts.documents import DocumentError
from policies.house.rules_checks import RulesError
from policies.house.shape import MISTAKES_TOLD
from seating import errors as known

log = logging.getLogger("maitred")

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:problem-type:maitred:"

STATUS: Final[dict[str, int]] = {
    "NOT_FOUND": 404,
    "INVALID": 422,
    "OUTSIDE_BOOKING_WINDOW": 422,
    "STALE": 409,
    "NOT_POSSIBLE_NOW": 409,
    "NOT_ALLOWED": 403,
    "TLS_REQUIRED": 403,
    "TABLE_OCCUPIED": 409,
    "NEEDS_ANYWAY": 409,
    "ID_REUSED": 409,
    "HOLD_EXPIRED": 410,
    "HOLD_MISMATCH": 409,
    "TOO_MANY_HOLDS": 429,
    "TOO_MANY_REQUESTS": 429,
    "DUPLICATE_RESERVATION": 409,
    "NOT_CHANGEABLE": 409,
    "ALREADY_CANCELLED": 409,
    "IDEMPOTENCY_KEY_REUSED": 409,
    "OUTSIDE_CANCELLATION_WINDOW": 409,
    "OPTION_LAPSED": 410,
    "TOO_MANY_OPEN": 409,
    "ROOM_CHANGED": 409,
    "ALREADY_SEATED": 409,
    "CANNOT_UNDO": 409,
    "WOULD_STRAND": 409,
    "UNAUTHENTICATED": 401,
    "SESSION_ENDED": 401,
    "LOCKED": 429,
    "URL_NOT_ALLOWED": 422,
    "TOO_MANY_ENDPOINTS": 409,
    "NOT_SET_UP": 503,
    "TOO_LATE": 409,
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

# Text that JSON allows and PostgreSQL cannot store (U+0000).
UNSTORABLE = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)
# The database is unreachable, restarting or overloaded; nothing was written, a retry may succeed.
UNAVAILABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.InvalidCachedStatementError,
    # After a failover the host may be a standby, or not know our password yet.
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    # asyncpg may raise this when a connection breaks in the middle of an operation.
    asyncpg.InternalClientError,
)
# Litestar's detail when a client disconnects while sending: no server error.
HUNG_UP: Final = "client disconnected prematurely"
# How Litestar's own complaints about parameters begin; the first names only one of them.
OF_PARAMETERS: Final = ("Missing required ", "Validation failed for ")
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
    """A problem document; `members` are extension members, omitted when empty."""
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


def of_refusal(request: Request[Any, Any, Any], error: Refusal) -> Response[bytes]:
    status = STATUS.get(error.code)
    if status is None:
        return of_unknown(request, error)
    if status == HTTPStatus.UNAUTHORIZED:
        return unauthenticated(request, error.code, error.detail)
    if error.code == known.Stale.code and request.url.path.startswith("/v1/"):
        status = HTTPStatus.PRECONDITION_FAILED
    wrong = [FieldError(error.pointer, error.detail)] if error.pointer else []
    told = asdict(error.told) if error.told else {}
    return problem(status, error.code, error.detail, errors=wrong, now=error.now, **told)


def unauthenticated(request: Request[Any, Any, Any], code: str, detail: str) -> Response[bytes]:
    basic = request.route_handler.opt.get("basic")
    challenge = f'{"Basic" if basic else "Bearer"} realm="maitred"'
    if "authorization" in request.headers and not basic:
        challenge += ', error="invalid_token"'
    headers = {"WWW-Authenticate": challenge}
    return problem(401, code, detail, headers=headers)


def of_http_exception(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = error.status_code
    if error.detail == HUNG_UP:
        return problem(400, HTTP_CODES[400], "The request ended before all of it was here.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return of_unknown(_, error)
    code = HTTP_CODES.get(status, HTTPStatus(status).name)
    large = status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    detail = "The body is too large: send less at once." if large else error.detail
    return problem(status, code, detail, headers=error.headers)


def of_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    said = error.extra if isinstance(error.extra, list) else []
    if error.detail.startswith(OF_PARAMETERS):
        said = wrong_parameters(request) or [plainly(item) for item in said]
    wrong = [field_error(item) for item in said if isinstance(item, dict)]
    return problem(400, "INVALID_REQUEST", "The request is not as it should be.", errors=wrong)


def plainly(said: dict[str, Any]) -> dict[str, Any]:
    """What Litestar says of a form, without msgspec's names of types and patterns."""
    return said | {"message": in_plain_words(str(said.get("message", "")))}


def field_error(said: dict[str, Any]) -> FieldError:
    detail, source = sentence(str(said.get("message", ""))), said.get("source", "body")
    source = getattr(source, "value", source)
    if "pointer" in said:
        return FieldError(said["pointer"], detail, source)
    if source != "body":
        return FieldError("/" + str(said.get("key", "")), detail, source)
    if said.get("key") == "data":
        return FieldError("", "A JSON body is required.")
    return FieldError(pointer(str(said.get("key", ""))), detail)


def pointer(path: str) -> str:
    """A JSON pointer from msgspec's path: `$.guest.tags[0]` -> `/guest/tags/0`."""
    return re.sub(r"\.|\[", "/", path.removeprefix("$").replace("]", ""))


def of_rules_error(_: Request[Any, Any, Any], error: RulesError) -> Response[bytes]:
    wrong = [FieldError(pointer_to((error.member, *path)), said) for path, said in error.problems]
    detail = f"{how_many(wrong)} of the rules' keys are not as they should be."
    return problem(422, "INVALID_RULES", detail, errors=wrong)


def of_document_error(_: Request[Any, Any, Any], error: DocumentError) -> Response[bytes]:
    wrong = [FieldError(pointer, said) for pointer, said in error.problems]
    many = how_many(wrong).lower()
    detail = f"The house is not as it should be: {many} of its values are wrong or missing."
    return problem(422, "INVALID_HOUSE", detail, errors=wrong)


def how_many(mistakes: Sequence[FieldError]) -> str:
    """So many; past MISTAKES_TOLD nobody looked further."""
    at_least = "" if len(mistakes) < MISTAKES_TOLD else "At least "
    return f"{at_least}{len(mistakes)}"


def of_unstorable(_: Request[Any, Any, Any], __: Exception) -> Response[bytes]:
    return problem(400, "INVALID_REQUEST", "A text holds a character that cannot be kept.")


def of_unavailable(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("the database is not available: %s: %s", type(error).__name__, error)
    return problem(503, "UNAVAILABLE", "The book cannot be reached now: try again in a moment.")


def of_lock_timeout(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.warning("a lock was not had in time: %s: %s", type(error).__name__, error)
    return problem(503, "PERIOD_BUSY", "This evening is being changed: try again in a moment.")


def of_interface_error(
    request: Request[Any, Any, Any], error: asyncpg.InterfaceError
) -> Response[bytes]:
    """asyncpg raises this for closed connections and pools, and for misuse of them."""
    return (of_unavailable if "clos" in str(error) else of_unknown)(request, error)


def of_unknown(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("%s %s failed", request.method, request.scope["path_template"], exc_info=error)
    return problem(500, "INTERNAL", "Something went wrong on our side; it has been logged.")


HANDLERS: Final[ExceptionHandlersMap] = {
    Refusal: of_refusal,
    HTTPException: of_http_exception,
    ValidationException: of_validation,
    RulesError: of_rules_error,
    DocumentError: of_document_error,
    asyncpg.InterfaceError: of_interface_error,
    asyncpg.LockNotAvailableError: of_lock_timeout,
    **dict.fromkeys(UNSTORABLE, of_unstorable),
    **dict.fromkeys(UNAVAILABLE, of_unavailable),
    Exception: of_unknown,
}
