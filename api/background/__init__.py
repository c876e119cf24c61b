"""What runs beside the requests in each process; no handlers.

`broadcast`: one PostgreSQL LISTEN connection that feeds every live stream of the process.
`counting`: writes the counted availability searches every 30 seconds. `delivering`: the loop that
delivers webhooks, `labouring`: starts the lab's worker (both in whichever process runs the jobs).
`warming`: compiles the Numba kernels in a thread at the start. Each is an async context manager or
future that `api.app` or `api.jobs` holds; `host/live` reads from the broadcaster.
"""
