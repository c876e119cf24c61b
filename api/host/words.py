"""The sentences of the staff's messages, for a screen that says them in another language."""

import gzip
from functools import cache
from hashlib import sha256
from typing import Annotated, Any, Final

from litestar import MediaType, Request, Response, get
from litestar.params import PathParameter

from api.edge.compressing import taken_encodings
from api.http.access import OPEN
from policies.words.catalogue import Language, language_for, source

HELD_AT_MOST: Final = "max-age=3600"
"""A screen asks again after an hour; a 304 then costs nothing."""


@get("/words/{language:str}", opt=OPEN, sync_to_thread=False, tags=["login"])
def words(
    request: Request[Any, Any, Any], language: Annotated[str, PathParameter(max_length=35)]
) -> Response[bytes]:
    """The staff's catalogue of a language as Fluent text, English where there is none.

    A problem's `message` is the key of its entry and `params` are its variables; what a language
    lacks is said in English (https://projectfluent.org).
    """
    spoken = _written(language_for(language))
    text, shorter, tag = catalogue_of(spoken)
    headers = {
        "ETag": tag,
        "Cache-Control": HELD_AT_MOST,
        "Content-Language": spoken,
        "Vary": "Accept-Encoding",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    if "gzip" in taken_encodings(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        return Response(shorter, media_type=MediaType.TEXT, headers=headers)
    return Response(text, media_type=MediaType.TEXT, headers=headers)


def _written(language: Language) -> Language:
    return language if source("staff", language) else "en"


@cache
def catalogue_of(language: Language) -> tuple[bytes, bytes, str]:
    """The text of the staff's catalogue, the same compressed, and its ETag."""
    text = source("staff", language).encode()
    return text, gzip.compress(text, mtime=0), f'"{sha256(text).hexdigest()[:32]}"'


HANDLERS: Final = (words,)
