"""/n/{token}: the page that ends messages to a guest; what a provider tells of a text message."""

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response, post, route
from litestar.params import FromPath, PathParameter

from api.edge.public_address import public_address
from api.guest.shell import SHOW, button, language_of, page, tell, text
from api.http.access import OPEN
from api.http.dependencies import GivenPool
from api.http.requests import FORM_BYTES
from api.settings import text_gateway
from policies.words.catalogue import Language
from policies.words.message import message
from seating.correspondence.callbacks import hear_callback
from seating.correspondence.silence import Silence, ask_for_silence, silence_of_link
from seating.correspondence.texting import BadCallback
from seating.db import run
from seating.errors import NotFound

Token = Annotated[str, PathParameter(max_length=120)]
VenueOfNotice = Annotated[str, PathParameter(max_length=40)]
AnyRequest = Request[Any, Any, Any]


@route("/{token:str}", http_method=SHOW, opt=OPEN, include_in_schema=False)
async def silence_page(token: Token, request: AnyRequest, pool: GivenPool) -> Response[str]:
    """Ask whether the guest means it; changes nothing, because mail scanners follow links."""
    try:
        async with pool.acquire() as conn:
            found = await silence_of_link(conn, token)
    except NotFound:
        return gone(request)
    return shown(found, token, spoken_with(request, found))


@post(
    "/{token:str}",
    status_code=200,
    opt=OPEN,
    include_in_schema=False,
    request_max_body_size=FORM_BYTES,
)
async def silence(token: Token, request: AnyRequest, pool: GivenPool) -> Response[str]:
    """Write to the guest no more; idempotent. Mail programs post here too (RFC 8058)."""
    try:
        await run(pool, lambda conn: ask_for_silence(conn, token))
        async with pool.acquire() as conn:
            found = await silence_of_link(conn, token)
    except NotFound:
        return gone(request)
    return shown(found, token, spoken_with(request, found))


@post(
    "/notices/{venue_id:str}/{notice_id:uuid}/told",
    status_code=204,
    opt=OPEN,
    include_in_schema=False,
    request_max_body_size=FORM_BYTES,
)
async def told(
    venue_id: VenueOfNotice, notice_id: FromPath[UUID], request: AnyRequest, pool: GivenPool
) -> Response[None]:
    """What the provider that is set tells of a text message; 403 where it has not signed that."""
    gateway = text_gateway(request.app.state.settings)
    if gateway is None:
        raise NotFound(message("no-such-delivery"))
    url = f"{public_address(request)}{request.url.path}"
    body = await request.body()
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        async with pool.acquire() as conn:
            await hear_callback(
                conn, venue_id, notice_id, gateway, url=url, headers=headers, body=body
            )
    except BadCallback:
        return Response(None, status_code=403)
    return Response(None, status_code=204)


def spoken_with(request: AnyRequest, found: Silence) -> Language:
    return language_of(request.headers.get("accept-language"), found.house.venue.locale)


def shown(found: Silence, token: str, language: Language) -> Response[str]:
    title = tell(language, "silence-title", house=found.house.venue.name)
    if found.wish == "nothing":
        return page(language, title, [text(tell(language, "silence-done"), "news")])
    sure = button(f"/n/{token}", tell(language, "silence-sure"), kind="next")
    return page(language, title, [text(tell(language, "silence-ask"), "news"), sure])


def gone(request: AnyRequest) -> Response[str]:
    language = language_of(request.headers.get("accept-language"))
    why = text(tell(language, "failure-gone-why"), "news")
    return page(language, tell(language, "failure-gone"), [why], status=404)


PAGES: Final = (silence_page, silence)
