"""The OpenAPI 3.1 document of /v1, /oauth and the health checks: /openapi.json, and /docs as HTML.

`document` builds it from the handlers: schemas are msgspec's of the Structs that are decoded and
encoded, summary and description are the handlers' docstrings, `prose` adds what no handler states.
Both routes need no authentication. `scripts/openapi.py` lints the result. `screens` is that of
/host, /manage and /live, from which the screens have their types (`python -m scripts.wire`), out of
`components`, with what `screen_types` adds. `everything` mends
Litestar's own schema of every route.
"""
