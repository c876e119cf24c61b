"""Idempotency-Key: a request sent again with the same key is carried out once, same answer."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import Request, Response
from msgspec import Struct

from api.http.languages import SaidProblem
from api.http.problems import MEDIA_TYPE, of_refusal, problem
from api.http.queries import validation_error
from policies.words.message import message
from seating.access.idempotency import (
    IdempotentRequest,
    InProgress,
    KeyReused,
    StoredResponse,
    run_once,
)
from seating.clock import wall_now
from seating.db import Connection, Pool
from seating.errors import Invalid, MaitredError, TooFarOff

Work = Callable[[Connection], Awaitable[Response[bytes]]]

# A quoted string (RFC 9651 structured field), or the bare value.
KEY: Final = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\]){1,255})"|([!#-~]{1,255})')
KEY_PATTERN: Final = rf"^({KEY.pattern})\Z"
HEADERS_KEPT: Final[tuple[str, ...]] = ("content-type", "etag", "location")
# The same request may succeed later, so these answers are not stored.
NEVER_KEPT: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS})


class IdempotentRun(Struct, frozen=True):
    """Runs the command of a request at most once per client, venue and key."""

    request: Request[Any, Any, Any]
    pool: Pool
    client_id: str
    venue_id: str
    key: str

    async def __call__(self, sent: object, work: Work) -> Response[bytes]:
        """The answer of `work`, or the stored one; `sent` is fingerprinted to detect key reuse."""
        call = self._call(sent)

        async def answered(conn: Connection) -> StoredResponse:
            return answer_of(await work(conn))

        try:
            return response_of(await self._run(call, answered))
        except (Invalid, TooFarOff):
            raise
        except MaitredError as error:
            return await self._keep(call, of_refusal(self.request, error))

    async def _keep(self, call: IdempotentRequest, refusal: Response[bytes]) -> Response[bytes]:
        """Store the answer to an error in its own transaction: the command's was rolled back."""
        answer = answer_of(refusal)
        if answer.status in NEVER_KEPT or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return refusal

        async def answered(_: Connection) -> StoredResponse:
            return answer

        return response_of(await self._run(call, answered))

    async def _run(
        self, call: IdempotentRequest, work: Callable[[Connection], Awaitable[StoredResponse]]
    ) -> StoredResponse | InProgress | KeyReused:
        seal = self.request.app.state.link_seal
        return await run_once(self.pool, call, work, seal, now=wall_now())

    def _call(self, sent: object) -> IdempotentRequest:
        said = msgspec.json.encode(sent)
        return IdempotentRequest(
            venue_id=self.venue_id,
            client_id=self.client_id,
            method=str(self.request.method),
            path=self.request.url.path,
            key=self.key,
            fingerprint=hashlib.sha256(said).digest(),
        )


def key_of(header: str) -> str:
    """The key, quoted or bare. Raises ValidationException."""
    found = KEY.fullmatch(header.strip())
    if found is None:
        raise validation_error("Idempotency-Key", message("key-malformed"), source="header")
    quoted, bare = found.groups()
    return str(bare or re.sub(r"\\(.)", r"\1", quoted))


def answer_of(response: Response[bytes]) -> StoredResponse:
    headers = {name.lower(): value for name, value in response.headers.items()}
    headers["content-type"] = str(response.media_type)
    kept = {name: headers[name] for name in HEADERS_KEPT if name in headers}
    return StoredResponse(status=response.status_code or 200, headers=kept, body=response.content)


def response_of(answer: StoredResponse | InProgress | KeyReused) -> Response[bytes]:
    if isinstance(answer, InProgress):
        detail = message("key-in-progress")
        return problem(409, "IDEMPOTENCY_IN_PROGRESS", detail, headers={"Retry-After": "1"})
    if isinstance(answer, KeyReused):
        detail = message("key-reused")
        return problem(422, "IDEMPOTENCY_KEY_REUSED", detail)
    headers = dict(answer.headers)
    media_type = headers.pop("content-type")
    kind = SaidProblem if media_type == MEDIA_TYPE else Response[bytes]
    return kind(answer.body, status_code=answer.status, media_type=media_type, headers=headers)
