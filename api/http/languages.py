"""Problems are sent in the language that was asked for (RFC 9110, 12.5.4), English without one."""

from typing import Any, Final

import msgspec
from litestar import Litestar, Request, Response
from litestar.response.base import ASGIResponse

from policies.words.catalogue import LANGUAGES, Language, language_for, say, spoken_in
from policies.words.message import Message

WISHES: Final = 20
LONGEST_WISH: Final = 1000
"""Languages and characters of an Accept-Language header that are read."""


def language_asked(header: str | None) -> Language:
    """The language of an Accept-Language header that we speak best, English where none is."""
    wishes = []
    for wish in (header or "")[:LONGEST_WISH].split(",", WISHES)[:WISHES]:
        name, _, weight = wish.partition(";")
        wishes.append((_weight(weight), name.strip().lower().partition("-")[0]))
    best = max(wishes, key=lambda each: each[0] if each[1] in LANGUAGES else 0.0)
    return language_for(best[1]) if best[0] > 0 and best[1] in LANGUAGES else "en"


def _weight(parameters: str) -> float:
    """The weight of a wish (`q=0.5`); 1 where none is given or it cannot be read."""
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 1.0


class SaidProblem(Response[bytes]):
    """A problem document in English, translated by its own messages and params when it is sent."""

    def to_asgi_response(
        self,
        app: Litestar | None,
        request: Request[Any, Any, Any],
        **how: Any,  # noqa: ANN401 - as the framework passes it on
    ) -> ASGIResponse:
        spoken = language_asked(request.headers.get("accept-language"))
        self.content, spoken = in_language(self.content, spoken)
        self.headers["Content-Language"] = spoken
        self.headers["Vary"] = "Accept-Language"
        return super().to_asgi_response(app, request, **how)


def in_language(body: bytes, language: Language) -> tuple[bytes, Language]:
    """An English problem document in a language, and the one it is then in (RFC 9457, 3.1.4)."""
    document: dict[str, Any] = {} if language == "en" else msgspec.json.decode(body)
    if "message" not in document:
        return body, "en"
    spoken = spoken_in(_said(document), language)
    for each in (document, *document.get("errors", ())):
        each["detail"] = say(_said(each), language)
    return msgspec.json.encode(document), spoken


def _said(told: dict[str, Any]) -> Message:
    """The message of a problem, or of one of its errors."""
    return msgspec.convert(
        {"kind": "message", "key": told["message"], "params": told.get("params", {})}, Message
    )
