#!/usr/bin/env bash
# Litestar 2.25: the OpenAPI schema of `tuple[Table, ...]` with a length bound says that its entries are "a Table or anything".
# Without the bound the same type is a list of Tables; msgspec's own schema of the bounded one is right too.
# Here a house is lists with bounds, so a client generated from the document knew nothing of tables or areas: see api/openapi/everything.py.
#
# Seen with litestar 2.25.0, msgspec 0.22.0, Python 3.11, `items` of each schema:
#   litestar, tuple[Table, ...]                        {"$ref": "#/components/schemas/Table"}
#   litestar, Annotated[tuple[Table, ...], Meta(...)]  {"oneOf": [{"$ref": "#/components/schemas/Table"}, {}]}
#   msgspec,  Annotated[tuple[Table, ...], Meta(...)]  {"$ref": "#/components/schemas/Table"}
# Exit code 0 while that is so, 1 once it has changed: then the repair in everything.py is needed no more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check litestar==2.25.0 msgspec==0.22.0
cd "$folder"
cat > app.py <<'PYTHON'
import json
from importlib.metadata import version
from typing import Annotated

import msgspec
from litestar import Litestar, get


class Table(msgspec.Struct):
    seats: int


class House(msgspec.Struct):
    free: tuple[Table, ...]
    bounded: Annotated[tuple[Table, ...], msgspec.Meta(min_length=1, max_length=400)]


@get("/")
async def house() -> House:
    raise NotImplementedError


schemas = Litestar([house]).openapi_schema.to_schema()["components"]["schemas"]
litestar = next(each for each in schemas.values() if "bounded" in each.get("properties", {}))
msgspecs = msgspec.json.schema_components([House], ref_template="#/components/schemas/{name}")[1]
found = [
    litestar["properties"]["free"]["items"],
    litestar["properties"]["bounded"]["items"],
    msgspecs["House"]["properties"]["bounded"]["items"],
]
print("litestar", version("litestar"), "msgspec", version("msgspec"))
for name, items in zip(("litestar, free", "litestar, bounded", "msgspec, bounded"), found):
    print(f"  {name:18} {json.dumps(items)}")
ref = {"$ref": "#/components/schemas/Table"}
raise SystemExit(found != [ref, {"oneOf": [ref, {}]}, ref])
PYTHON
"$folder/venv/bin/python" app.py
