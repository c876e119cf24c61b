"""Headers of every answer, errors of the framework included: nothing is guessed, framed or kept.

An answer that says one of them itself keeps its own. Strict-Transport-Security is the proxy's,
which has the certificate (compose.yaml): it binds every service of the host's name, not only ours.
"""

from collections.abc import Iterable
from typing import Final

Headers = list[tuple[bytes, bytes]]
CONTENT_TYPE: Final = b"content-type"
HTML: Final = b"text/html"

ALWAYS: Final[Headers] = [
    (b"x-content-type-options", b"nosniff"),
    # JSON that a browser is made to open as a page can load nothing and is in no frame.
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    # What is somebody's own; what everybody may keep says so itself.
    (b"cache-control", b"no-store"),
]
EVERY_PAGE: Final[Headers] = [
    *ALWAYS,
    (b"cross-origin-opener-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
]


def with_safe_headers(said: Iterable[tuple[bytes, bytes]]) -> Headers:
    """The headers of an answer, and those that it lacks; names are in lower case (ASGI)."""
    told = dict(said)
    wanted = EVERY_PAGE if told.get(CONTENT_TYPE, b"").startswith(HTML) else ALWAYS
    return [*said, *[each for each in wanted if each[0] not in told]]
