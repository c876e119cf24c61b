"""Exception handlers: every error is answered as an RFC 9457 problem document, mapped here.

`message` and `params` stand beside `code`: `detail` is what they say in the language that
Accept-Language asks for, and a screen can say the same in any other.
"""

import logging
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

from api.edge.failures import FAILURES, one_line
from api.edge.origin import note_refusal
from api.http.languages import SaidProblem
from api.http.parameters import wrong_parameters
from api.http.requests import ToldHttpError, in_plain_words
from policies.book.refusals import Refusal
from policies.drafts.documents import DocumentError
from policies.drafts.keys import pointer_to
from policies.house.rules_checks import RulesError
from policies.house.shape import MISTAKES_TOLD
from policies.words.catalogue import say
from policies.words.message import Message, Param, message
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
    "PIN_NEEDED": 403,
    "NEW_PIN_NEEDED": 403,
    "TABLE_OCCUPIED": 409,
    "NEEDS_ANYWAY": 409,
    "ID_REUSED": 409,
    "HOLD_EXPIRED": 410,
    "HOLD_MISMATCH": 409,
    "TOO_MANY_HOLDS": 429,
    "TOO_MANY_BOOKINGS": 429,
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
    "WRONG_PIN": 401,
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
# Of a connection that was lost, and so taken from whoever had it.
LOST: Final = ("clos", "released back to the pool")
# Litestar's detail when a client disconnects while sending: no server error.
HUNG_UP: Final = "client disconnected prematurely"
# How Litestar's own complaints about parameters begin; the first names only one of them.
OF_PARAMETERS: Final = ("Missing required ", "Validation failed for ")
FRAMEWORK_SAYS: Final = {
    400: message("request-unreadable"),
    401: message("log-in-or-token"),
    404: message("route-unknown"),
    405: message("method-not-allowed"),
    413: message("body-too-large"),
}
"""What stands for the words of the framework itself."""
RETRY_SECONDS: Final = {429: "30", 503: "2"}


LONGEST_POINTER: Final = 400
"""Characters of a pointer at most: the deepest of our own has not half as many."""


class FieldError(Struct, frozen=True, omit_defaults=True):
    """One wrong value: a JSON pointer into the body, or the name of a parameter after `/`.

    `message`, `params`: what `detail` says, for a screen that says it in its own language.
    """

    pointer: Annotated[str, Meta(max_length=LONGEST_POINTER)]
    detail: Annotated[str, Meta(max_length=2000)]
    message: Annotated[str, Meta(max_length=60)]
    params: Annotated[dict[str, Any], Meta(max_length=20)] = {}
    source: Annotated[str, Meta(max_length=20)] = "body"


def field(pointer: str, said: Message, source: str = "body") -> FieldError:
    """What is wrong at a place, in English; the problem is translated when it is sent."""
    return FieldError(pointer[:LONGEST_POINTER], say(said), said.key, said.params, source)


def problem(
    status: int,
    code: str,
    said: Message,
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
        "detail": say(said),
        "code": code,
        "message": said.key,
        "params": said.params,
        "errors": errors,
    } | members
    body = msgspec.json.encode({name: value for name, value in document.items() if value})
    waits = {"Retry-After": RETRY_SECONDS[status]} if status in RETRY_SECONDS else {}
    return SaidProblem(
        body, status_code=status, media_type=MEDIA_TYPE, headers=waits | (headers or {})
    )


def of_refusal(request: Request[Any, Any, Any], error: Refusal) -> Response[bytes]:
    status = STATUS.get(error.code)
    if status is None:
        return of_unknown(request, error)
    if status == HTTPStatus.UNAUTHORIZED:
        return unauthenticated(request, error.code, error.said)
    if error.code == known.Stale.code and request.url.path.startswith("/v1/"):
        status = HTTPStatus.PRECONDITION_FAILED
    note_refusal(request.scope, error)
    wrong = [field(error.pointer, error.said)] if error.pointer else []
    told = asdict(error.told) if error.told else {}
    seconds = getattr(error, "seconds", None)
    waits = retry_after(seconds) if seconds else None
    return problem(
        status,
        error.code,
        error.said,
        errors=wrong,
        headers=waits,
        now=error.now,
        against=error.against,
        **told,
    )


def retry_after(seconds: int) -> dict[str, str]:
    return {"Retry-After": str(seconds)}


def unauthenticated(request: Request[Any, Any, Any], code: str, said: Message) -> Response[bytes]:
    basic = request.route_handler.opt.get("basic")
    challenge = f'{"Basic" if basic else "Bearer"} realm="maitred"'
    if "authorization" in request.headers and not basic:
        challenge += ', error="invalid_token"'
    headers = {"WWW-Authenticate": challenge}
    return problem(401, code, said, headers=headers)


def of_http_exception(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = error.status_code
    if error.detail == HUNG_UP:
        return problem(400, HTTP_CODES[400], message("request-cut-off"))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return of_unknown(_, error)
    code = HTTP_CODES.get(status, HTTPStatus(status).name)
    if isinstance(error, ToldHttpError):
        said = error.said
    else:
        said = FRAMEWORK_SAYS.get(status) or message("request-refused", status=str(status))
    return problem(status, code, said, headers=error.headers)


def of_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    told = error.extra if isinstance(error.extra, list) else []
    if error.detail.startswith(OF_PARAMETERS):
        told = wrong_parameters(request) or told
    wrong = [field_error(item) for item in told if isinstance(item, dict)]
    return problem(400, "INVALID_REQUEST", message("request-not-as-it-should-be"), errors=wrong)


def field_error(told: dict[str, Any]) -> FieldError:
    said, source = told.get("message", ""), told.get("source", "body")
    if not isinstance(said, Message):  # of a form, in the words of msgspec
        said = in_plain_words(str(said))
    source = getattr(source, "value", source)
    if "pointer" in told:
        return field(told["pointer"], said, source)
    if source != "body":
        return field("/" + str(told.get("key", "")), said, source)
    if told.get("key") == "data":
        return field("", message("body-required"))
    return field(pointer(str(told.get("key", ""))), said)


def pointer(path: str) -> str:
    """A JSON pointer from msgspec's path: `$.guest.tags[0]` -> `/guest/tags/0`."""
    plain = path[:LONGEST_POINTER].removeprefix("$").replace("]", "")
    return plain.replace(".", "/").replace("[", "/")


def of_rules_error(_: Request[Any, Any, Any], error: RulesError) -> Response[bytes]:
    wrong = [field(pointer_to(error.member, *path), said) for path, said in error.problems]
    return problem(422, "INVALID_RULES", message("rules-wrong", **how_many(wrong)), errors=wrong)


def of_document_error(_: Request[Any, Any, Any], error: DocumentError) -> Response[bytes]:
    wrong = [field(pointer, said) for pointer, said in error.problems]
    return problem(422, "INVALID_HOUSE", message("house-wrong", **how_many(wrong)), errors=wrong)


def how_many(mistakes: Sequence[FieldError]) -> dict[str, Param]:
    """So many; past MISTAKES_TOLD nobody looked further."""
    more = "yes" if len(mistakes) >= MISTAKES_TOLD else "no"
    return {"count": len(mistakes), "more": more}


def of_unstorable(_: Request[Any, Any, Any], __: Exception) -> Response[bytes]:
    return problem(400, "INVALID_REQUEST", message("text-unstorable"))


def of_unavailable(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.error("the database is not available: %s", one_line(f"{type(error).__name__}: {error}"))
    return problem(503, "UNAVAILABLE", message("book-unreachable"))


def of_lock_timeout(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log.warning("a lock was not had in time: %s", one_line(f"{type(error).__name__}: {error}"))
    return problem(503, "PERIOD_BUSY", message("period-busy"))


def of_interface_error(
    request: Request[Any, Any, Any], error: asyncpg.InterfaceError
) -> Response[bytes]:
    """asyncpg raises this for closed connections and pools, and for misuse of them."""
    lost = any(words in str(error) for words in LOST)
    return (of_unavailable if lost else of_unknown)(request, error)


def of_group(request: Request[Any, Any, Any], group: ExceptionGroup[Exception]) -> Response[bytes]:
    """Litestar raises this when the end of a dependency fails too: its cause tells more."""
    for error in (group.__cause__, *group.exceptions):
        for kind in type(error).__mro__:
            if (handler := HANDLERS.get(kind)) and kind is not Exception:
                answer: Response[bytes] = handler(request, error)
                return answer
    return of_unknown(request, group)


BROKEN: Final = problem(500, "INTERNAL", message("internal-error"))
"""What is told of a fault of ours, in English."""


def of_unknown(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    route = request.scope.get("path_template", "no route")
    FAILURES.note(f"{request.method} {route}", error)
    return problem(500, "INTERNAL", message("internal-error"))


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
    ExceptionGroup: of_group,
    Exception: of_unknown,
}
