"""The one shape of every page a guest sees: small, ours alone, in a language the guest reads.

No scripts, no cookies, nothing of anybody else's; kept by no cache and named to no other site.
"""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from typing import Final, Literal

from litestar import Response

Language = Literal["en", "ru", "de"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "ru", "de")

STYLE: Final = """
:root{color-scheme:light dark}
body{font:1.125rem/1.5 system-ui,sans-serif;max-width:32rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem;margin:0 0 1rem}dl{margin:0}dt{opacity:.7}dd{margin:0 0 .75rem;font-weight:600}
button{font:inherit;width:100%;min-height:3rem;margin:.5rem 0;border-radius:.5rem;cursor:pointer}
footer{margin-top:2rem;opacity:.7;font-size:1rem}
"""
_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
}


def page(
    language: Language,
    title: str,
    body: Iterable[str],
    *,
    status: int = 200,
    refresh_seconds: int | None = None,
) -> Response[str]:
    """A page; `body` is HTML already (see `text`, `facts`, `button`), `title` plain text."""
    again = f'<meta http-equiv="refresh" content="{refresh_seconds}">' if refresh_seconds else ""
    content = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"{again}<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{''.join(body)}</main></body></html>"
    )
    return Response(
        content, status_code=status, media_type="text/html; charset=utf-8", headers=HEADERS
    )


def back_to(path: str) -> Response[None]:
    """After a change: look at the page again, with GET."""
    return Response(None, status_code=303, headers=HEADERS | {"Location": path})


def text(words: str) -> str:
    """A paragraph."""
    return f"<p>{escape(words)}</p>"


def facts(said: Iterable[tuple[str, str]]) -> str:
    """Names and what they are; a name with nothing to say is left out."""
    rows = (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in said if value)
    return f"<dl>{''.join(rows)}</dl>"


def bullets(items: Iterable[str]) -> str:
    """A list of sentences."""
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def button(path: str, words: str) -> str:
    """A change: by POST only, because mail scanners follow links."""
    return f'<form method="post" action="{escape(path)}"><button>{escape(words)}</button></form>'


def footer(words: str) -> str:
    """What stands below."""
    return f"<footer>{escape(words)}</footer>"


def language_of(*wishes: str | None) -> Language:
    """The first language of these we speak: a locale, or an Accept-Language header."""
    for wish in wishes:
        for part in (wish or "").split(","):
            spoken = part.strip()[:2].lower()
            for language in LANGUAGES:
                if spoken == language:
                    return language
    return "en"
