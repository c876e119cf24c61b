"""GET /docs: the OpenAPI document as an HTML page without scripts or external resources."""

import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import Any, Final

from litestar import MediaType, Request, Response, get

from api.http.access import OPEN
from api.openapi.document import document
from api.openapi.examples import Schema

STYLE: Final = """
:root{color-scheme:light dark}
body{font:1rem/1.55 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem}
h2{margin-top:3rem}h3{margin:2.5rem 0 .25rem;overflow-wrap:anywhere}
code,pre{font:.875rem/1.5 ui-monospace,monospace}
pre{overflow:auto;padding:1rem;border:1px solid #8886;border-radius:.5rem}
b{display:inline-block;min-width:4.5rem}
table{border-collapse:collapse;width:100%}td{border-top:1px solid #8886;padding:.375rem .5rem;
vertical-align:top}td:last-child{overflow-wrap:anywhere}
nav a{display:inline-block;margin:.25rem 1rem .25rem 0}
"""
_HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
}


@get("/docs", opt=OPEN, include_in_schema=False, sync_to_thread=False)
def docs(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The API of booking sites and tills, as a page; made once per application."""
    state = request.app.state
    if state.get("docs") is None:
        state.docs = _page_of(document(request.app)).encode()
    return Response(state.docs, media_type=MediaType.HTML, headers=HEADERS)


def _page_of(spec: Schema) -> str:
    body = "".join([*_beginning(spec), *(_tag(tag, spec) for tag in spec["tags"])])
    title = escape(spec["info"]["title"])
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>{body}</body>"
        "</html>"
    )


def _beginning(spec: Schema) -> Iterator[str]:
    for paragraph in spec["info"]["description"].split("\n\n"):
        yield f"<p>{_words(paragraph)}</p>"
    yield '<p><a href="/openapi.json">The same for machines: OpenAPI 3.1.</a></p><nav>'
    yield from (f'<a href="#{_anchor(tag)}">{escape(tag["name"])}</a>' for tag in spec["tags"])
    yield "</nav>"


def _tag(tag: Schema, spec: Schema) -> str:
    operations = [
        _operation(method, path, operation)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
        if tag["name"] in operation["tags"]
    ]
    name, description = escape(tag["name"]), escape(tag["description"])
    return f'<h2 id="{_anchor(tag)}">{name}</h2><p>{description}</p>{"".join(operations)}'


def _operation(method: str, path: str, operation: Schema) -> str:
    head = f"<h3><b>{method.upper()}</b><code>{escape(path)}</code></h3>"
    rows = [
        (each["name"], each.get("description", ""), f"{each['in']}: {each['example']}")
        for each in operation["parameters"]
    ]
    answers = [(status, each["description"], "") for status, each in operation["responses"].items()]
    asked = _examples(operation.get("requestBody", {}))
    heard = next((_examples(each) for each in operation["responses"].values()), "")
    said = _words(operation["description"])
    return f"{head}<p>{said}</p>{_table(rows)}{asked}{heard}{_table(answers)}"


def _examples(body: Schema) -> str:
    """The examples of a request or response body."""
    shown = [each["example"] for each in body.get("content", {}).values()]
    texts = [each if isinstance(each, str) else json.dumps(each, indent=2) for each in shown]
    return "".join(f"<pre>{escape(each)}</pre>" for each in texts)


def _table(rows: list[tuple[str, str, str]]) -> str:
    cells = (
        f"<tr><td><code>{escape(name)}</code></td><td>{_words(what)}</td>"
        f"<td><code>{escape(example)}</code></td></tr>"
        for name, what, example in rows
    )
    return f"<table>{''.join(cells)}</table>" if rows else ""


def _words(text: str) -> str:
    """Escape text and turn `code` into <code>."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if odd % 2 else part for odd, part in enumerate(parts))


def _anchor(tag: Schema) -> str:
    return str(tag["name"]).replace(" ", "-")
