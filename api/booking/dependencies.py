"""Dependencies of /v1: `booker`, `reader`, `once` (idempotency), `expected_version` (If-Match)."""

import re
from typing import Annotated, Any, Final

from litestar import Request
from litestar.di import NamedDependency, Provide
from litestar.params import HeaderParameter, SkipValidation

from api.booking.idempotency import KEY_PATTERN, IdempotentRun, key_of
from api.http.dependencies import GivenPartner, GivenPool, reader
from api.http.fields import such_as
from api.http.requests import ToldHttpError
from policies.words.message import message
from seating.book.reservations import Booker
from seating.db import Connection
from seating.errors import Stale

VERSION: Final = re.compile(r'"v([1-9][0-9]{0,8})"')

GivenBooker = NamedDependency[SkipValidation[Booker]]
GivenReader = NamedDependency[SkipValidation[Connection]]
GivenOnce = NamedDependency[SkipValidation[IdempotentRun]]
GivenVersion = NamedDependency[SkipValidation[int | None]]

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        required=True,
        max_length=515,
        description="A random string of yours; the same request with it is done once.",
        schema_extra=such_as('"5f0c6e0e-6d0b-4d0e-9a53"', pattern=KEY_PATTERN),
    ),
]
IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        required=True,
        max_length=80,
        description='The ETag you saw, as `"v7"`; 428 without.',
        schema_extra=such_as('"v7"', pattern=rf"^({VERSION.pattern}|\*)\Z"),
    ),
]


class PreconditionRequired(ToldHttpError):
    status_code = 428


def booker(partner: GivenPartner) -> Booker:
    return Booker(channel="partner", actor="partner", client_id=partner.client_id)


def once(
    request: Request[Any, Any, Any],
    pool: GivenPool,
    partner: GivenPartner,
    idempotency_key: IdempotencyKey = None,
) -> IdempotentRun:
    venue_id = request.path_params["venue"]
    return IdempotentRun(request, pool, partner.client_id, venue_id, key_of(idempotency_key or ""))


def expected_version(if_match: IfMatch = None) -> int | None:
    """The version in If-Match; None for `*` (any). Raises PreconditionRequired, Stale."""
    if if_match is None:
        raise PreconditionRequired(message("if-match-needed"))
    found = VERSION.fullmatch(if_match.strip())
    if found is None and if_match.strip() != "*":
        raise Stale(message("etag-needed"))
    return int(found[1]) if found else None


DEPENDENCIES: Final = {
    "booker": Provide(booker, sync_to_thread=False),
    "reader": Provide(reader),
    "once": Provide(once, sync_to_thread=False),
    "expected_version": Provide(expected_version, sync_to_thread=False),
}
