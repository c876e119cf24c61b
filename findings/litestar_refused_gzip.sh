#!/usr/bin/env bash
# Litestar 2.25: an answer is compressed for a client that refuses gzip ("gzip;q=0"), and for one that names another coding whose name holds the word.
# Its middleware looks for the backend's name anywhere in Accept-Encoding; a weight of 0 means "not acceptable" (RFC 9110, 12.5.3) and is not read.
# Here a till or a booking site that switches compression off for want of memory would get bytes it cannot read, so only /host, whose clients are browsers, is compressed.
#
# Seen with Litestar 2.25.0, Python 3.11 (asked -> answered Content-Encoding):
#   gzip                    -> gzip
#   identity                -> none
#   gzip;q=0                -> gzip
#   identity;q=1, gzip;q=0  -> gzip
# Exit code 0 while that is so, 1 once it has changed: then the whole API can be compressed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check litestar==2.25.0 httpx==0.28.1
cd "$folder"
cat > refused.py <<'PYTHON'
from importlib.metadata import version

from litestar import Litestar, get
from litestar.config.compression import CompressionConfig
from litestar.testing import TestClient

seen = {
    "gzip": "gzip",
    "identity": None,
    "gzip;q=0": "gzip",
    "identity;q=1, gzip;q=0": "gzip",
}


@get("/")
async def menu() -> str:
    return "soup, bread, fish, salad. " * 100


app = Litestar([menu], compression_config=CompressionConfig(backend="gzip", minimum_size=100))
with TestClient(app) as client:
    found = {
        asked: client.get("/", headers={"Accept-Encoding": asked}).headers.get("Content-Encoding")
        for asked in seen
    }
print("litestar", version("litestar"))
for asked, answered in found.items():
    print(f"  {asked:23} -> {answered or 'none'}")
raise SystemExit(found != seen)
PYTHON
"$folder/venv/bin/python" refused.py 2>/dev/null
