"""A client generated from the document books a table: nobody wrote a line of it for us."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from api.openapi.document import document
from seating.access.clients import create_client
from seating.db import transaction
from tests.api.booking.conftest import listening
from tests.support.house import DATE, VENUE

if TYPE_CHECKING:
    from litestar import Litestar

USE = Path(__file__).parent / "generated_use.py"
LEFT_OUT = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"


async def run(*command: str, **more: str) -> str:
    program = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **more},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await program.communicate()
    assert program.returncode == 0, said.decode()
    return said.decode()


async def test_a_generated_client_books_changes_and_cancels(app: Litestar, tmp_path: Path) -> None:
    told = tmp_path / "openapi.json"
    told.write_text(json.dumps(document(app)))
    generator = [
        str(Path(sys.executable).parent / "openapi-generator-cli"),
        "generate",
        "-g",
        "python",
    ]
    generator += ["-i", str(told), "-o", str(tmp_path / "made"), f"--global-property={LEFT_OUT}"]
    await run(*generator, "--additional-properties=packageName=maitred_client")
    async with transaction(app.state.pool) as conn:
        client = await create_client(conn, "A site", {VENUE: ["availability", "bookings"]})
    async with listening(app) as url:
        use = [sys.executable, str(USE), url, *client, VENUE, DATE]
        said = await run(*use, PYTHONPATH=str(tmp_path / "made"))
    assert json.loads(said.splitlines()[-1]) == {
        "booked": ["booked", 2, True],
        "moved": ["booked", 3, True],
        "gone": ["cancelled", "An example."],
        "stale": "STALE",
    }
