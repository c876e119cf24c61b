"""The OpenAPI 3.1 document of /v1, /oauth and the health checks: /openapi.json, and /docs as HTML.

`document` builds it from the handlers: schemas are msgspec's of the Structs that are decoded and
encoded, summary and description are the handlers' docstrings, `prose` adds what no handler states.
Both routes need no authentication. `scripts/openapi.py` lints the result. `everything` mends
Litestar's own schema of every route, from which the screens take their types.
"""
