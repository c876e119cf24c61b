"""The OpenAPI documents of the service, without a server or a database.

    python -m scripts.wire                     /host, /manage and /live, for the screens, as JSON
    python -m scripts.wire site                /v1, for booking sites and tills: /openapi.json

    python -m scripts.wire pin                 writes both, in short, into tests/api/openapi

The same code prints the same bytes; the short form has a line for each field, so that the diff of
a change shows what it changes on the wire (tests/api/openapi/test_wire.py). The types of the
screens come from the first:

    python -m scripts.wire > wire.json
    npx openapi-typescript wire.json --output src/lib/wire.d.ts      (openapi-typescript 7)
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from api.app import create_app
from api.openapi.document import document
from api.openapi.screens import screens_document
from api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from litestar import Litestar

PINNED: Final = Path(__file__).resolve().parent.parent / "tests" / "api" / "openapi"
NOWHERE: Final = "postgresql://nowhere/none"
DOCUMENTS: Final[dict[str, Callable[[Litestar], dict[str, Any]]]] = {
    "screens": screens_document,
    "site": document,
}


def document_of(name: str) -> dict[str, Any]:
    """One of DOCUMENTS."""
    return DOCUMENTS[name](create_app(Settings(database_url=NOWHERE)))


def pinned(name: str) -> Path:
    """The file with one of DOCUMENTS in short."""
    return PINNED / f"{name}.txt"


def in_short(document: dict[str, Any]) -> str:
    """The operations, then each component with its fields: names, types, what may be left out."""
    named = document["components"]["schemas"]
    told = [
        line(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return (
        "\n".join([*told, *(each for name in sorted(named) for each in lines(name, named[name]))])
        + "\n"
    )


def line(method: str, path: str, operation: dict[str, Any]) -> str:
    """One operation: parameters, body, and what its answers are."""
    fields = [
        f"{each['name']}{'' if each['required'] else '?'}: {kind(each['schema'])}"
        for each in operation.get("parameters", [])
        if each["in"] != "path"
    ]
    asked = contents(operation.get("requestBody", {}))
    answers = [
        f"{status} {' or '.join(contents(each))}".rstrip()
        for status, each in operation["responses"].items()
        if status < "3"
    ]
    told = [
        f"{method.upper()} {path}",
        *asked,
        *(["(" + ", ".join(fields) + ")"] if fields else []),
    ]
    return f"{' '.join(told)} -> {', '.join(answers)}"


def contents(body: dict[str, Any]) -> list[str]:
    """The types of a body's contents."""
    return [kind(each["schema"]) for each in body.get("content", {}).values()]


def lines(name: str, schema: dict[str, Any]) -> Iterator[str]:
    """A component: its name, and a line for each field or value."""
    fields = schema.get("properties")
    if "enum" in schema:
        yield f"{name} ="
        yield from (f"  | {json.dumps(each)}" for each in schema["enum"])
        return
    if fields is None:
        yield f"{name} = {kind(schema)}"
        return
    yield name
    required = schema.get("required", [])
    yield from (
        f"  {field}{'' if field in required else '?'}: {kind(one)}" for field, one in fields.items()
    )


def kind(schema: dict[str, Any]) -> str:
    """The type of a schema, as TypeScript would say it."""
    match schema:
        case {"$ref": ref}:
            said = str(ref).rpartition("/")[2]
        case {"const": value}:
            said = json.dumps(value)
        case {"enum": values}:
            said = " | ".join(json.dumps(each) for each in values)
        case {"anyOf": some} | {"oneOf": some}:
            said = " | ".join(kind(each) for each in some)
        case {"type": "array", "prefixItems": some}:
            said = f"[{', '.join(kind(each) for each in some)}]"
        case {"type": "array", "items": one}:
            inner = kind(one)
            said = f"({inner})[]" if " | " in inner else f"{inner}[]"
        case {"type": "object", "additionalProperties": dict(one)}:
            said = f"{{string: {kind(one)}}}"
        case {"type": str(one)}:
            said = str(schema.get("format", one))
        case _:
            said = "unknown"
    return said


def main() -> None:
    """Print the document that was asked for, or write all in short."""
    parser = argparse.ArgumentParser(prog="python -m scripts.wire", description="Print OpenAPI.")
    parser.add_argument("what", nargs="?", choices=[*DOCUMENTS, "pin"], default="screens")
    what = parser.parse_args().what
    if what == "pin":
        for name in DOCUMENTS:
            pinned(name).write_text(in_short(document_of(name)))
        return
    print(json.dumps(document_of(what), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
