"""The HTTP layer (Litestar): handlers, authentication, problem documents, background tasks.

One folder per audience, each with its own paths and authentication: `booking`, `till` and
`webhooks` (/v1, OAuth 2 bearer tokens), `google` (/google/v3, HTTP Basic), `host` (/host, /live)
and `manage` (/manage; both by staff session), `guest` (/r and /w, a secret token in the link).
They share `http`; no audience imports another, except that `till` and `webhooks` use the /v1
helpers of `booking`, and `google` the health check of `ops`. `openapi` makes /openapi.json and
/docs; `screens` serves at /stand what is built of `web`; `ops` answers /healthz, /readyz, /metrics;
`background` runs beside the requests. `edge` stands before all: connections, proxies, limits,
headers.

Entry points: `api.app:create_app`, `python -m api.jobs`, `python -m api.setup HOUSE`. `routes`
lists every route with its guards. A handler reads the request, calls `seating` in a transaction
and encodes what it returns: rules about tables and promises are in `policies`.
"""
