"""Pages for guests where a request fails; everybody else gets a problem document."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from litestar import Request, Response
from litestar.types import ExceptionHandlersMap

from api.guest.shell import SHOW, language_of, link, page, tell, text
from policies.words.catalogue import Language

AnyRequest = Request[Any, Any, Any]
Answering = Callable[[AnyRequest, Any], Response[Any]]

GUESTS: Final = frozenset({"r", "w"})
"""First segments of the paths that a guest opens."""
AGAIN_SECONDS: Final = 5
LONGEST_QUERY: Final = 200
"""Characters of a query that is asked again; ours have a day and a number of people."""
BUSY: Final = frozenset({429, 503})
NOT_FOUND: Final = 404
NOT_ALLOWED: Final = 405
OURS: Final = 500


def for_guests(handlers: ExceptionHandlersMap) -> ExceptionHandlersMap:
    """The same handlers; on a guest's paths each answers with a page instead of JSON.

    Status and headers (Retry-After) stay those of the problem document.
    """
    return {kind: answering(handler) for kind, handler in handlers.items()}


def answering(handler: Answering) -> Answering:
    def answer(request: AnyRequest, error: Any) -> Response[Any]:  # noqa: ANN401 - any exception
        failed = handler(request, error)
        path = str(request.scope["path"])
        if path.split("/")[1] not in GUESTS:
            return failed
        shown = failure_page(request, path, failed.status_code or 500)
        shown.headers |= failed.headers
        return shown

    return answer


def failure_page(request: AnyRequest, path: str, status: int) -> Response[str]:
    """A page that says in the guest's language what to do next; a busy one reloads itself."""
    language = language_of(request.headers.get("accept-language"))
    if status in BUSY:
        return busy_page(request, language, path, status)
    home, title, why = home_of(path), *said(language, status)
    back = "" if home == path else link(home, tell(language, "failure-back"), "next")
    return page(language, title, [text(why, "news"), back], status=status)


def busy_page(request: AnyRequest, language: Language, path: str, status: int) -> Response[str]:
    """A page that asks again in a few seconds: what was asked for, or how a wish went."""
    again, why = home_of(path), tell(language, "failure-busy-after-wish")
    if request.method in SHOW:
        query = request.scope["query_string"].decode("latin-1")
        again = quote(path, safe="/:") + (f"?{query}" if 0 < len(query) <= LONGEST_QUERY else "")
        why = tell(language, "failure-busy-why")
    body = [text(why, "news"), link(again, tell(language, "failure-again"), "next")]
    title = tell(language, "failure-busy")
    return page(
        language, title, body, status=status, refresh_seconds=AGAIN_SECONDS, refresh_to=again
    )


def home_of(path: str) -> str:
    """The guest's own page: the first two segments of a path."""
    return quote("/".join(path.split("/")[:3]), safe="/:")


def said(language: Language, status: int) -> tuple[str, str]:
    """Title and sentence of a failure that waiting alone does not mend."""
    if status == NOT_FOUND:
        return tell(language, "failure-no-page"), tell(language, "failure-no-page-why")
    if status == NOT_ALLOWED:
        return tell(language, "failure-not-by-link"), tell(language, "failure-not-by-link-why")
    if status >= OURS:
        return tell(language, "failure-broken"), tell(language, "failure-broken-why")
    return tell(language, "failure-unread"), tell(language, "failure-unread-why")
