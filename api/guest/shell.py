"""HTML helpers of the guests' pages: layout, style sheet, security headers, choice of language.

No scripts, cookies or external resources; not cached, not indexed, no Referer (the URL is secret).
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from typing import Final, Literal

import msgspec
from litestar import HttpMethod, Response

Language = Literal["en", "ru", "de"]
SHOW: Final = (HttpMethod.GET, HttpMethod.HEAD)
"""Methods of what only shows: mail programs and link previews ask by HEAD first."""

LANGUAGES: Final[tuple[Language, ...]] = ("en", "ru", "de")

STYLE: Final = """
:root{color-scheme:light dark;--paper:#f6f1e8;--card:#fffdf9;--ink:#2b2622;--soft:#6f655b;
--line:#e4dac9;--accent:#7a2e2b;--on:#fffaf3}
@media (prefers-color-scheme:dark){:root{--paper:#171412;--card:#211d1a;--ink:#f1e9de;
--soft:#b3a798;--line:#3a332d;--accent:#e3b389;--on:#231a13}}
*{box-sizing:border-box}
body{font:1.0625rem/1.55 system-ui,sans-serif;margin:0;padding:1.25rem 1rem 2.5rem;
background:var(--paper);color:var(--ink)}
main{max-width:30rem;margin:0 auto;background:var(--card);border:1px solid var(--line);
border-radius:1rem;padding:1.75rem 1.5rem}
h1{font:600 1.125rem/1.3 Georgia,serif;letter-spacing:.04em;text-align:center;margin:0 0 1.25rem;
padding-bottom:1.25rem;border-bottom:1px solid var(--line);color:var(--accent)}
h2{font:600 1.0625rem/1.3 Georgia,serif;margin:2rem 0 .5rem}
p{margin:.75rem 0}
.when{text-align:center;margin:1.5rem 0;font-family:Georgia,serif}
.when span{display:block;font-size:1.25rem}
.when strong{display:block;font:400 3.25rem/1.15 Georgia,serif}
.notice{background:var(--paper);border-left:.25rem solid var(--accent);padding:.75rem 1rem;
border-radius:.25rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.5rem 1.25rem;margin:1.25rem 0}
dt{color:var(--soft)}dd{margin:0;font-weight:600;text-align:right;overflow-wrap:anywhere}
ul{margin:.5rem 0;padding-left:1.25rem}
button,.link{font:600 1.0625rem/1.2 system-ui,sans-serif;display:block;
width:100%;min-height:3.25rem;
margin:.625rem 0;padding:.9rem 1rem;border:1px solid var(--accent);border-radius:.625rem;
background:var(--accent);color:var(--on);text-align:center;text-decoration:none;cursor:pointer}
.link{background:none;color:var(--accent)}
:focus-visible{outline:.1875rem solid var(--accent);outline-offset:.125rem}
.times{display:grid;grid-template-columns:repeat(auto-fill,minmax(5.5rem,1fr));gap:0 .625rem}
.times button{background:none;color:var(--accent);margin:.3125rem 0}
details{border-top:1px solid var(--line);margin-top:1.25rem}
details+details{margin-top:0}
summary{padding:1rem 0;min-height:3.25rem;font-weight:600;cursor:pointer}
details[open]{padding-bottom:.5rem}
label{display:block;margin:.75rem 0;color:var(--soft)}
input{font:inherit;display:block;width:100%;
min-height:3.25rem;margin-top:.25rem;padding:.5rem .75rem;
border:1px solid var(--line);border-radius:.625rem;background:var(--paper);color:var(--ink)}
footer{margin-top:1rem;color:var(--soft);font-size:.9375rem}
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
    refresh_to: str = "",
    data: object = None,
) -> Response[str]:
    """A page; `body` is HTML (made by `text`, `facts`, `button` ...), `title` plain text.

    `refresh_to`: the path to load after `refresh_seconds`, if not the same. `data` is embedded as
    JSON-LD.
    """
    to = f";url={escape(refresh_to)}" if refresh_to else ""
    again = (
        f'<meta http-equiv="refresh" content="{refresh_seconds}{to}">' if refresh_seconds else ""
    )
    content = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"{again}{structured(data)}<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{''.join(body)}</main></body></html>"
    )
    return Response(content, status_code=status, media_type="text/html", headers=HEADERS)


def redirect_to(path: str) -> Response[None]:
    """Redirect after a POST (303 See Other)."""
    return Response(None, status_code=303, headers=HEADERS | {"Location": path})


def text(words: str) -> str:
    """A paragraph."""
    return f"<p>{escape(words)}</p>"


def facts(said: Iterable[tuple[str, str]]) -> str:
    """A definition list of (name, value); empty values are left out."""
    rows = (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in said if value)
    return f"<dl>{''.join(rows)}</dl>"


def bullets(items: Iterable[str]) -> str:
    """A list of sentences."""
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def button(
    path: str, words: str, fields: Mapping[str, str] | None = None, *, apart: bool = False
) -> str:
    """A POST form with one button (a link would be followed by mail scanners).

    `apart`: what one does not do every day, set off and not in the colour of the next step.
    """
    kind = ' class="apart"' if apart else ""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in (fields or {}).items()
    )
    return (
        f'<form method="post" action="{escape(path)}"{kind}>{hidden}'
        f"<button>{escape(words)}</button></form>"
    )


def link(path: str, words: str) -> str:
    """A link; GET, so it must change nothing."""
    return f'<a class="link" href="{escape(path)}">{escape(words)}</a>'


def quiet_link(path: str, words: str) -> str:
    """A link set apart from what is to be done next."""
    return f'<p class="apart"><a href="{escape(path)}">{escape(words)}</a></p>'


def headline(day: str, time: str) -> str:
    """Date and time in large type."""
    return f'<p class="when"><span>{escape(day)}</span><strong>{escape(time)}</strong></p>'


def notice(words: str) -> str:
    """A highlighted message (role="status")."""
    return f'<p class="notice" role="status">{escape(words)}</p>'


def section(words: str, inside: str) -> str:
    """A collapsible section; `inside` is HTML."""
    return f"<details><summary>{escape(words)}</summary>{inside}</details>"


def structured(data: object) -> str:
    """A JSON-LD data block; `<` is escaped so that it cannot close the element."""
    if data is None:
        return ""
    said = msgspec.json.encode(data).decode().replace("<", "\\u003c")
    return f'<script type="application/ld+json">{said}</script>'


def footer(words: str) -> str:
    """A footer."""
    return f"<footer>{escape(words)}</footer>"


def language_of(*wishes: str | None) -> Language:
    """The first supported language of some locales and Accept-Language headers; else English."""
    for wish in wishes:
        for part in (wish or "").split(","):
            spoken = part.strip()[:2].lower()
            for language in LANGUAGES:
                if spoken == language:
                    return language
    return "en"
