"""The OpenAPI documents of the service, without a server or a database.

    python -m scripts.wire                     /host, /manage and /live, for the screens, as JSON
    python -m scripts.wire site                /v1, for booking sites and tills: /openapi.json

The same code prints the same bytes. The types of the screens come from the first:

    python -m scripts.wire > wire.json
    npx openapi-typescript wire.json --output src/lib/wire.d.ts      (openapi-typescript 7)
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

from api.app import create_app
from api.openapi.document import document
from api.openapi.screens import screens_document
from api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from litestar import Litestar

NOWHERE: Final = "postgresql://nowhere/none"
DOCUMENTS: Final[dict[str, Callable[[Litestar], dict[str, Any]]]] = {
    "screens": screens_document,
    "site": document,
}


def document_of(name: str) -> dict[str, Any]:
    """One of DOCUMENTS."""
    return DOCUMENTS[name](create_app(Settings(database_url=NOWHERE)))


def main() -> None:
    """Print the document that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m scripts.wire", description="Print OpenAPI.")
    parser.add_argument("document", nargs="?", choices=[*DOCUMENTS], default="screens")
    print(json.dumps(document_of(parser.parse_args().document), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
