"""HTML helpers of the guests' pages: layout, style sheet, security headers, choice of language.

No scripts, cookies or external resources; not indexed. That nothing is cached and no Referer sent
(the URL is secret) is said of every answer (api/edge/headers.py).
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from typing import Final

import msgspec
from litestar import HttpMethod, Response

from policies.words.catalogue import LANGUAGES, Language, say
from policies.words.message import Param, message

SHOW: Final = (HttpMethod.GET, HttpMethod.HEAD)
"""Methods of what only shows: mail programs and link previews ask by HEAD first."""

PARTED: Final = "\n"
"""Between blocks: whoever reads without a style sheet still hears two words."""

STYLE: Final = """
:root{color-scheme:light dark;--ground:#f4eee3;--panel:#fffcf6;--raised:#fff;--line:#e3d9c8;
--strong:#8f8169;--ink:#251f18;--ink-2:#5d5244;--act:#7f5c0f;--on-act:#fff9ee;
--serif:Literata,Georgia,"DejaVu Serif",serif}
@media (prefers-color-scheme:dark){:root{--ground:#161310;--panel:#1f1b17;--raised:#2a251f;
--line:#3b342b;--strong:#8a7c6a;--ink:#f4ede1;--ink-2:#c3b7a5;--act:#f0c674;--on-act:#221804}}
*{box-sizing:border-box}
body{font:1rem/1.5 Onest,system-ui,sans-serif;font-variant-numeric:tabular-nums;margin:0;
padding:1.5rem 1.25rem;background:var(--ground);color:var(--ink);
overflow-wrap:break-word;hyphens:auto}
main{max-width:28rem;margin:0 auto}
h1{font:500 clamp(1.5rem,7vw,1.75rem)/1.2 var(--serif);margin:0}
h2{font:600 .875rem/1.4 Onest,system-ui,sans-serif;color:var(--ink-2);margin:0 0 .5rem}
p{margin:.75rem 0}
.about{color:var(--ink-2);margin:.25rem 0 0}
.news{font:1.25rem/1.4 var(--serif);margin:1rem 0}
.when{margin:1rem 0}
.when p{font-size:1.25rem;line-height:1.3;margin:0}
.when p::first-letter{text-transform:uppercase}
.when .large{font:clamp(2rem,9vw,2.5rem)/1.2 var(--serif)}
.notice,.panel{background:var(--panel);border:1px solid var(--line);border-radius:.875rem;
padding:.75rem 1rem;margin:1rem 0}
.notice{border-color:var(--act)}
dl{margin:1rem 0}
dl div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.5rem 0;
border-top:1px solid var(--line)}
dl div:last-child{border-bottom:1px solid var(--line)}
dt{color:var(--ink-2);max-width:100%}
dd{margin:0;font-weight:600;max-width:100%}
a{color:inherit}
dd a,.apart a{display:inline-block;min-height:2.75rem;padding:.625rem 0;line-height:1.5}
dd a{margin:-.625rem 0}
ul{margin:0;padding-left:1.25rem}
li+li{margin-top:.25rem}
button,.link{font:600 1rem/1.25 Onest,system-ui,sans-serif;display:block;width:100%;
min-height:3.25rem;margin:.75rem 0;padding:.875rem 1rem;border:1px solid var(--act);
border-radius:.875rem;background:var(--act);color:var(--on-act);text-align:center;
text-decoration:none;cursor:pointer}
.next{position:sticky;bottom:0;padding:.75rem 0;background:var(--ground)}
.next button,.next .link{margin:0}
.apart{margin-top:2rem;padding-top:1rem;border-top:1px solid var(--line)}
.apart button,details button,.times button,.plain{background:var(--raised);
border-color:var(--strong);color:var(--ink)}
.apart a{color:var(--ink-2)}
:focus-visible{outline:.1875rem solid var(--act);outline-offset:.125rem}
.times{display:grid;grid-template-columns:repeat(auto-fill,minmax(5.25rem,1fr));gap:.5rem}
.times.wide{grid-template-columns:repeat(auto-fill,minmax(10rem,1fr))}
.times button{font:1.125rem/1.25 var(--serif);margin:0;padding:.5rem;height:100%}
details{border-top:1px solid var(--line)}
details:last-of-type{border-bottom:1px solid var(--line)}
summary{padding:.875rem 0;min-height:3.25rem;font-weight:600;cursor:pointer}
.wish{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}
label{color:var(--ink-2);font-size:.875rem;flex:1 1 9rem}
label+label{flex:1 1 5rem}
.wish button{margin:0;background:var(--raised);border-color:var(--strong);color:var(--ink)}
input{font:inherit;font-size:1rem;display:block;width:100%;min-width:0;min-height:3rem;
margin-top:.25rem;padding:.5rem .75rem;border:1px solid var(--strong);border-radius:.875rem;
background:var(--raised);color:var(--ink)}
.line button{margin:.75rem 0 0;background:var(--raised);border-color:var(--strong);color:var(--ink)}
.line{margin:.75rem 0}
.thread{list-style:none;padding:0;margin:0 0 .75rem}
.thread li{padding:.5rem .75rem;border:1px solid var(--line);border-radius:.875rem;
background:var(--raised);margin-right:2rem}
.thread .ours{margin:.25rem 0 0 2rem;border-color:var(--strong)}
.thread span{display:block;color:var(--ink-2);font-size:.875rem}
footer{margin-top:1rem;color:var(--ink-2);font-size:.875rem}
"""
_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()

HEADERS: Final = {
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
    about: str = "",
    data: object = None,
) -> Response[str]:
    """A page; `body` is HTML (made by `text`, `facts`, `button` ...), `title` plain text.

    `about`: a line under the title, told before it in the window's title.
    `refresh_to`: the path to load after `refresh_seconds`, if not the same. `data` is embedded as
    JSON-LD.
    """
    to = f";url={escape(refresh_to)}" if refresh_to else ""
    again = (
        f'<meta http-equiv="refresh" content="{refresh_seconds}{to}">' if refresh_seconds else ""
    )
    window = f"{about}: {title}" if about else title
    under = f'<p class="about">{escape(about)}</p>' if about else ""
    content = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"{again}{structured(data)}<title>{escape(window)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>\n{under}\n{PARTED.join(body)}</main></body></html>"
    )
    return Response(content, status_code=status, media_type="text/html", headers=HEADERS)


def redirect_to(path: str) -> Response[None]:
    """Redirect after a POST (303 See Other)."""
    return Response(None, status_code=303, headers=HEADERS | {"Location": path})


def text(words: str, kind: str = "") -> str:
    """A paragraph; `kind`: its class."""
    named = f' class="{kind}"' if kind else ""
    return f"<p{named}>{escape(words)}</p>"


def facts(said: Iterable[tuple[str, str]], phone: tuple[str, str | None] = ("", None)) -> str:
    """A list of (name, value), `phone` as a link that dials; empty values are left out."""
    rows = [(name, escape(value)) for name, value in said if value]
    if phone[1]:
        rows.append((phone[0], f'<a href="tel:{escape(phone[1])}">{escape(phone[1])}</a>'))
    told = (f"<div><dt>{escape(name)}</dt>\n<dd>{value}</dd></div>" for name, value in rows)
    return f"<dl>{PARTED.join(told)}</dl>"


def bullets(items: Iterable[str]) -> str:
    """A list of sentences."""
    return f"<ul>{PARTED.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def panel(words: str, inside: str) -> str:
    """A heading and what belongs under it; `inside` is HTML."""
    return f'<div class="panel"><h2>{escape(words)}</h2>\n{inside}</div>'


def button(
    path: str, words: str, fields: Mapping[str, str] | None = None, *, kind: str = ""
) -> str:
    """A POST form with one button (a link would be followed by mail scanners).

    `kind`: "next" for the one thing to do now, in reach of the thumb; "apart" for what is not done
    every day, set off.
    """
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in (fields or {}).items()
    )
    named = f' class="{kind}"' if kind else ""
    return (
        f'<form method="post" action="{escape(path)}"{named}>{hidden}'
        f"<button>{escape(words)}</button></form>"
    )


def link(path: str, words: str, kind: str = "") -> str:
    """A link; GET, so it must change nothing. `kind`: as of `button`, or "plain"."""
    inside = f'<a class="link{" plain" * (kind == "plain")}" href="{escape(path)}">'
    made = f"{inside}{escape(words)}</a>"
    return f'<div class="next">{made}</div>' if kind == "next" else made


def quiet_link(path: str, words: str) -> str:
    """A link set apart from what is to be done next."""
    return f'<p class="apart"><a href="{escape(path)}">{escape(words)}</a></p>'


def headline(small: str, large: str) -> str:
    """Two lines, as date and time, the second in large type."""
    return f'<div class="when"><p>{escape(small)}</p>\n<p class="large">{escape(large)}</p></div>'


def notice(words: str) -> str:
    """A highlighted message (role="status")."""
    return f'<p class="notice" role="status">{escape(words)}</p>'


def section(words: str, inside: str) -> str:
    """A collapsible section; `inside` is HTML."""
    return f"<details><summary>{escape(words)}</summary>\n{inside}</details>"


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


def tell(language: Language, key: str, /, **params: Param) -> str:
    """Return the message of a key in the language of a page."""
    return say(message(key, **params), language)
