"""Clients generated from the document book a table: nobody wrote a line of them for us."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.openapi.document import document
from scripts.node_tools import node_path, tool
from seating.access.clients import create_client
from seating.db import transaction
from tests.api.booking.conftest import listening
from tests.support.house import DATE, VENUE

if TYPE_CHECKING:
    from litestar import Litestar

USES = Path(__file__).parent
LEFT_OUT = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"
TYPESCRIPT = {
    "strict": True,
    "target": "es2022",
    "module": "commonjs",
    "types": [],
    "outDir": "out",
}
DONE = {
    "booked": ["booked", 2, True],
    "moved": ["booked", 3, True],
    "gone": ["cancelled", "An example."],
    "stale": "STALE",
}


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


@pytest.fixture
def told(app: Litestar, tmp_path: Path) -> Path:
    """The document in a file."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document(app)))
    return path


async def generate(language: str, told: Path, made: Path, **more: str) -> None:
    """Let openapi-generator make a client."""
    generator = str(Path(sys.executable).parent / "openapi-generator-cli")
    properties = [f"--additional-properties={key}={value}" for key, value in more.items()]
    where = ["-g", language, "-i", str(told), "-o", str(made)]
    await run(generator, "generate", *where, f"--global-property={LEFT_OUT}", *properties)


async def books(app: Litestar, *use: str, **more: str) -> None:
    """The use of a client, run as a program, books a table, moves it and cancels it."""
    async with transaction(app.state.pool) as conn:
        client = await create_client(conn, "A site", {VENUE: ["availability", "bookings"]})
    async with listening(app) as url:
        said = await run(*use, url, *client, VENUE, DATE, **more)
    assert json.loads(said.splitlines()[-1]) == DONE


async def test_a_client_of_openapi_generator_for_python(app: Litestar, told: Path) -> None:
    made = told.parent / "made"
    await generate("python", told, made, packageName="maitred_client")
    await books(app, sys.executable, str(USES / "generated_use.py"), PYTHONPATH=str(made))


async def test_a_client_of_openapi_python_client(app: Litestar, told: Path) -> None:
    """It warns of whatever part of a document it leaves out, and that is an error here."""
    folder = told.parent
    (folder / "config.yaml").write_text(json.dumps({"post_hooks": []}))
    made = ["--path", str(told), "--output-path", str(folder / "maitred_attrs"), "--meta", "none"]
    made += ["--config", str(folder / "config.yaml"), "--fail-on-warning"]
    await run(sys.executable, "-m", "openapi_python_client", "generate", *made)
    await books(app, sys.executable, str(USES / "attrs_client_use.py"), PYTHONPATH=str(folder))


async def test_clients_in_typescript(app: Litestar, told: Path) -> None:
    """One of openapi-generator, one on the types of openapi-typescript; both strictly typed."""
    folder, node = told.parent, node_path()
    uses = ("fetch_client_use", "typed_client_use")
    for use in uses:
        shutil.copy(USES / f"{use}.ts", folder)
    types = tool("openapi-typescript", "openapi-typescript")
    await run(node, types, str(told), "-o", str(folder / "types.ts"))
    await generate("typescript-fetch", told, folder / "made")
    files = [f"{use}.ts" for use in uses]
    settings = {"compilerOptions": TYPESCRIPT, "files": files}
    (folder / "tsconfig.json").write_text(json.dumps(settings))
    await run(node, tool("typescript", "tsc"), "-p", str(folder))
    for use in uses:
        await books(app, node, str(folder / "out" / f"{use}.js"))
