"""A stranger who knows the OpenAPI document only, and tries everything it allows and forbids."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.api.booking.conftest import listening
from tests.support.house import new_site

if TYPE_CHECKING:
    from litestar import Litestar

CONFIG = Path(__file__).parent / "schemathesis.toml"
EXAMPLES = 8
SEED = 20271128


async def schemathesis(url: str, token: str, folder: Path, *more: str) -> tuple[int, str]:
    """Run every check in every phase; the exit code and what was printed."""
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run"]
    command += [
        f"{url}/openapi.json",
        "--checks=all",
        f"--seed={SEED}",
        "--generation-database=none",
    ]
    command += ["-H", f"Authorization: Bearer {token}", "--no-color", *more]
    program = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await program.communicate()
    return program.returncode or 0, said.decode()


async def test_a_stranger_finds_nothing_that_the_document_does_not_say(
    app: Litestar, tmp_path: Path
) -> None:
    _, token = await new_site(app.state.pool)
    async with listening(app) as url:
        code, said = await schemathesis(url, token, tmp_path, f"--max-examples={EXAMPLES}")
    assert code == 0, said
