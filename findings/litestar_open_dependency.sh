#!/usr/bin/env bash
# Litestar 2.25: a generator dependency that was entered is not closed when a dependency beside it refuses the request.
# One would think it is: where the handler raises, it is closed before the answer goes out.
# Here such a dependency lends a connection, so each wrong query parameter kept one out of the pool: see api/http/lent_connections.py.
#
# Seen with litestar 2.25.0, anyio 4.16.0, msgspec 0.22.0, Python 3.11:
#   the handler raises:           answered 400, resource closed
#   another dependency refuses:   answered 400, resource OPEN
# Exit code 0 while that is so, 1 once it has changed: then lent_connections.py is needed no more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  litestar==2.25.0 anyio==4.16.0 msgspec==0.22.0
cd "$folder"
cat > app.py <<'PYTHON'
import asyncio
import gc
from importlib.metadata import version

from litestar import Litestar, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ClientException
from litestar.params import FromQuery


async def resource():
    resources.append("OPEN")
    try:
        yield len(resources)
    finally:
        resources[-1] = "closed"


async def size(size_: FromQuery[int] = 2):
    await asyncio.sleep(0)  # the resource is entered first
    if size_ < 1:
        raise ClientException("a size is at least 1")
    return size_


@get("/", dependencies={"resource": Provide(resource), "size": Provide(size)})
async def show(resource: NamedDependency[int], size: NamedDependency[int]) -> str:
    if size > 8:
        raise ClientException("a size is at most 8")
    return "shown"


async def ask(app, query):
    """The status of one GET, and what has become of its resource once it is answered."""
    statuses = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET"}
    scope |= {"scheme": "http", "path": "/", "raw_path": b"/", "root_path": "", "headers": []}
    scope |= {"query_string": query, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
    scope |= {"app": app, "state": {}}
    await app(scope, receive, send)
    await asyncio.sleep(0.05)
    return statuses[0], resources[-1]


async def main():
    app = Litestar([show], openapi_config=None)
    found = [await ask(app, query) for query in (b"size_=2", b"size_=9", b"size_=0")]
    for name, (status, became) in zip(("all goes well:", *NAMES), found):
        print(f"  {name:29} answered {status}, resource {became}")
    return found


NAMES = ("the handler raises:", "another dependency refuses:")
resources = []
gc.disable()  # the garbage collector would close it at some time
print("litestar", version("litestar"))
found = asyncio.run(main())
raise SystemExit(found != [(200, "closed"), (400, "closed"), (400, "OPEN")])
PYTHON
"$folder/venv/bin/python" app.py
