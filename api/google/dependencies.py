"""Dependencies of /google/v3 (`facade`, `booker`, `reader`) and its exception handlers."""

from typing import Any, Final

from litestar import Request, Response
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation
from litestar.types import ExceptionHandlersMap

from api.google.answers import failed
from api.http.dependencies import reader
from api.http.problems import field, of_refusal, problem
from api.http.refusals import GOOGLE_CAUSES
from policies.words.message import message
from seating.access.clients import GoogleClient
from seating.book.reservations import Booker
from seating.db import RETRIED, Connection
from seating.errors import Invalid, MaitredError, NotFound, TooFarOff

GivenFacade = NamedDependency[SkipValidation[GoogleClient]]
GivenBooker = NamedDependency[SkipValidation[Booker]]
GivenReader = NamedDependency[SkipValidation[Connection]]

BAD_REQUEST: Final = (NotFound, Invalid, TooFarOff)


def facade(request: Request[GoogleClient, Any, Any]) -> GoogleClient:
    return request.user


def booker(request: Request[GoogleClient, Any, Any]) -> Booker:
    return Booker(channel="google", actor="partner", client_id=request.user.client_id)


def of_error(request: Request[Any, Any, Any], error: MaitredError) -> Response[Any]:
    """Errors with a Google cause are answered with status 200, unknown or invalid ids with 400."""
    if (cause := GOOGLE_CAUSES.get(type(error))) is not None:
        return Response(failed(cause, error.detail), status_code=200)
    if isinstance(error, BAD_REQUEST):
        wrong = [field(error.pointer, error.said)] if error.pointer else []
        return problem(400, error.code, error.said, errors=wrong)
    return of_refusal(request, error)


def of_lost_race(_: Request[Any, Any, Any], __: Exception) -> Response[bytes]:
    return problem(409, "CONFLICT", message("too-many-changed"))


HANDLERS: Final[ExceptionHandlersMap] = {
    MaitredError: of_error,
    **dict.fromkeys(RETRIED, of_lost_race),
}

DEPENDENCIES: Final = {
    "facade": Provide(facade, sync_to_thread=False),
    "booker": Provide(booker, sync_to_thread=False),
    "reader": Provide(reader),
}
