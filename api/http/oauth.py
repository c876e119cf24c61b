"""POST /oauth/token: the OAuth 2 client credentials grant (RFC 6749, sections 2.3.1, 4.4, 5)."""

from typing import Annotated, Any, Final
from urllib.parse import unquote_plus

from litestar import Request, Response, post
from litestar.exceptions import ValidationException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import URLEncodedBody
from msgspec import Meta, Struct

from api.http.access import OPEN, basic_credentials
from api.http.cookies import client_address
from api.http.dependencies import GivenPool
from api.http.described import problem_specs
from api.http.parameters import ANY_QUERY
from api.http.requests import FORM_BYTES
from seating.access.audit import INSTALLATION, keep_attempt
from seating.access.clients import ClientAccount, authenticate, issue_token
from seating.clock import wall_now
from seating.errors import Locked, TooManyRequests, Unauthenticated

NO_STORE: Final = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class TokenRequest(Struct, frozen=True, kw_only=True):
    """The form; id and secret are sent here or in the Authorization header, not in both."""

    grant_type: Annotated[str, Meta(max_length=100, examples=["client_credentials"])] = ""
    scope: Annotated[str, Meta(max_length=400, examples=["availability bookings"])] | None = None
    client_id: Annotated[str, Meta(max_length=200, examples=["client_5f0c6e0e"])] | None = None
    client_secret: Annotated[str, Meta(max_length=200, examples=["a-secret"])] | None = None


class TokenAnswer(Struct, frozen=True, kw_only=True):
    access_token: Annotated[str, Meta(max_length=200, examples=["a-token"])]
    token_type: Annotated[str, Meta(max_length=20, examples=["Bearer"])]
    expires_in: Annotated[int, Meta(ge=1, le=3600, description="Seconds.", examples=[3600])]
    scope: Annotated[str, Meta(max_length=400, examples=["availability bookings"])]


class TokenProblem(Struct, frozen=True, kw_only=True):
    """RFC 6749, section 5.2."""

    error: Annotated[str, Meta(max_length=60, examples=["invalid_client"])]
    error_description: Annotated[str, Meta(max_length=400, examples=["Unknown client."])]


def _answer(what: type[Struct], description: str) -> ResponseSpec:
    return ResponseSpec(what, generate_examples=False, description=description)


ANSWERS: Final = {
    200: _answer(TokenAnswer, "A token of an hour."),
    400: _answer(TokenProblem, "The form is not as it should be."),
    401: _answer(TokenProblem, "Unknown client or wrong secret."),
    429: _answer(TokenProblem, "Too many wrong secrets or requests: see Retry-After."),
    **{status: problem_specs()[status] for status in (500, 503)},
}


class TokenRefusal(Exception):
    """An error response (RFC 6749, section 5.2)."""

    def __init__(self, error: str, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.error = error
        self.detail = detail
        self.status = status


def of_refusal(_: Request[Any, Any, Any], refused: TokenRefusal) -> Response[dict[str, str]]:
    headers = dict(NO_STORE)
    if refused.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="maitred"'
    if refused.status == 429:
        headers["Retry-After"] = "60"
    body = {"error": refused.error, "error_description": refused.detail}
    return Response(body, status_code=refused.status, headers=headers)


def of_too_many(request: Request[Any, Any, Any], error: TooManyRequests) -> Response[Any]:
    """Of an address, whoever it is: no error of the client's, so none of RFC 6749, section 5.2."""
    refused = of_refusal(request, TokenRefusal("temporarily_unavailable", error.detail, 429))
    refused.headers["Retry-After"] = str(error.seconds)
    return refused


def of_validation(request: Request[Any, Any, Any], _: ValidationException) -> Response[Any]:
    return of_refusal(request, TokenRefusal("invalid_request", "Each field once, as text."))


@post(
    "/oauth/token",
    opt=OPEN | ANY_QUERY,
    status_code=200,
    request_max_body_size=FORM_BYTES,
    tags=["access"],
    operation_id="getToken",
    responses=ANSWERS,
    exception_handlers={
        TokenRefusal: of_refusal,
        ValidationException: of_validation,
        TooManyRequests: of_too_many,
    },
)
async def token(
    request: Request[Any, Any, Any], data: URLEncodedBody[TokenRequest], pool: GivenPool
) -> Response[TokenAnswer]:
    """Get a bearer token, valid for an hour, for a client's id and secret."""
    client = await client_of(request, data, pool)
    issued = await issue_token(
        pool,
        client.client_id,
        scopes_of(client, data),
        wall_now(),
        secret_until=client.secret_until,
    )
    scope = " ".join(issued.scopes)
    facts = {"scopes": issued.scopes}
    await keep_attempt(pool, INSTALLATION, "IssueToken", facts, client_id=client.client_id)
    return Response(
        TokenAnswer(
            access_token=issued.access_token,
            token_type="Bearer",  # noqa: S106 - the scheme's name
            expires_in=issued.expires_in,
            scope=scope,
        ),
        headers=NO_STORE,
    )


async def client_of(
    request: Request[Any, Any, Any], form: TokenRequest, pool: GivenPool
) -> ClientAccount:
    if not form.grant_type:
        raise TokenRefusal("invalid_request", "grant_type is missing from the form.")
    if form.grant_type != "client_credentials":
        raise TokenRefusal("unsupported_grant_type", "Only client_credentials is served.")
    client_id, secret = credentials(request, form)
    try:
        return await authenticate(pool, client_id, secret, client_address(request), wall_now())
    except Unauthenticated as error:
        raise TokenRefusal("invalid_client", error.detail, 401) from error
    except Locked as error:
        raise TokenRefusal("invalid_client", error.detail, 429) from error


def credentials(request: Request[Any, Any, Any], form: TokenRequest) -> tuple[str, str]:
    header = request.headers.get("authorization")
    if header is None:
        if form.client_id is None or form.client_secret is None:
            raise TokenRefusal("invalid_client", "Send the client's id and secret.", 401)
        return form.client_id, form.client_secret
    if form.client_secret is not None:
        raise TokenRefusal("invalid_request", "Send the secret in one place only.")
    return from_basic(header)


def from_basic(header: str) -> tuple[str, str]:
    found = basic_credentials(header)
    if found is None:
        raise TokenRefusal("invalid_client", "The Authorization header is not Basic.", 401)
    client_id, secret = found
    return unquote_plus(client_id), unquote_plus(secret)


def scopes_of(client: ClientAccount, form: TokenRequest) -> list[str]:
    """The scopes asked for, or all that the client has. Raises TokenRefusal for others."""
    asked = set(form.scope.split()) if form.scope else client.scopes
    if not asked <= client.scopes:
        raise TokenRefusal("invalid_scope", "No venue grants this client that scope.")
    return sorted(asked)
