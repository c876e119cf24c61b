"""GET /stand/: the host stand's page and its files. GET /desk/, /kitchen/: those of manager and
kitchen. GET /: the stand. GET /worker.js: the service worker of all of them."""

from typing import Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from api.http.access import OPEN
from api.http.parameters import ANY_QUERY
from api.screens.built import DESK, KITCHEN, STAND, WORKER, BuiltFile, BuiltScreens
from policies.words.message import message
from seating.errors import NotFound

ASKED: Final = OPEN | ANY_QUERY
HOW_TO_BUILD: Final = """The screens are not built.

scripts/serve builds them where npm packages can be fetched, and says so. By hand:

    .venv/bin/python -m scripts.screens

The API is served without them.
"""
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self';"
    " img-src 'self' data:; manifest-src 'self'; worker-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
YEAR: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"


@get("/", opt=ASKED, include_in_schema=False, sync_to_thread=False)
def front_door() -> Redirect:
    """The address that is typed leads to the stand."""
    return Redirect("/stand/")


@get("/stand", opt=ASKED, include_in_schema=False, sync_to_thread=False)
def stand(request: Request[Any, Any, Any]) -> Response[bytes | str]:
    """The page of the stand, or how to build it."""
    return page_of(request, STAND)


@get("/desk", opt=ASKED, include_in_schema=False, sync_to_thread=False)
def desk(request: Request[Any, Any, Any]) -> Response[bytes | str]:
    """The page of the manager's desk, or how to build it; its files are the stand's."""
    return page_of(request, DESK)


@get("/kitchen", opt=ASKED, include_in_schema=False, sync_to_thread=False)
def kitchen(request: Request[Any, Any, Any]) -> Response[bytes | str]:
    """The page of the kitchen, or how to build it; its files are the stand's."""
    return page_of(request, KITCHEN)


@get("/worker.js", opt=ASKED, include_in_schema=False, sync_to_thread=False)
def worker(request: Request[Any, Any, Any]) -> Response[bytes | str]:
    """The service worker: at the root, so that it serves every page."""
    return file_of(request, WORKER)


@get("/stand/{name:path}", opt=ASKED, include_in_schema=False, sync_to_thread=False)
def part(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes | str]:
    """A file of the stand: a script, a style, a font, a picture."""
    return file_of(request, name.removeprefix("/"))


def file_of(request: Request[Any, Any, Any], name: str) -> Response[bytes | str]:
    """A file of the build. Raises NotFound."""
    found = screens_of(request).find(name)
    if found is None:
        raise NotFound(message("route-unknown"))
    return answer(request, found)


def page_of(request: Request[Any, Any, Any], name: str) -> Response[bytes | str]:
    """A page of the build; 503 and how to build it where there is none."""
    page = screens_of(request).find(name)
    if page is None:
        return Response(HOW_TO_BUILD, status_code=503, media_type="text/plain")
    return answer(request, page)


def screens_of(request: Request[Any, Any, Any]) -> BuiltScreens:
    """The screens as this process has read them."""
    found: BuiltScreens = request.app.state.screens
    return found


def answer(request: Request[Any, Any, Any], found: BuiltFile) -> Response[bytes | str]:
    """The file in the shortest form that the browser takes; 304 where it has this very one."""
    encoding, body = found.best(request.headers.get("accept-encoding", ""))
    said = {
        "Cache-Control": YEAR if found.for_ever else ASK_AGAIN,
        "Content-Security-Policy": POLICY,
        "ETag": found.tag,
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == found.tag:
        return Response(b"", status_code=304, headers=said)
    if encoding is not None:
        said["Content-Encoding"] = encoding
    return Response(body, media_type=found.media_type, headers=said)
