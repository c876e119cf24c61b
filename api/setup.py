"""First start of a house: `python -m api.setup HOUSE` loads it and makes the owner's first login.

HOUSE is the name of a shipped house or a TOML file. Prints, never logs, a PIN for the first owner
unless an owner has one already, and a pairing code unless a tablet is paired already.
"""

import asyncio
import secrets
import sys
from pathlib import Path

from api.settings import SettingsError, from_environment
from policies.house.file import HouseError, read_house
from seating.access.devices import devices_of, make_pairing_code
from seating.access.staff import set_pin, staff_of
from seating.clock import WallClock
from seating.connecting import NoConnectionError
from seating.db import Connection, Pool, open_pool, transaction
from seating.errors import MaitredError
from seating.fitness import UnfitDatabaseError
from seating.house.examples import shipped, shipped_text
from seating.house.loading import load_house
from seating.migrate import MigrationError, migrate


async def open_house(dsn: str, text: str) -> list[str]:
    """Migrate, put the house in force, and return the lines with the owner's first login."""
    await migrate(dsn)
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        known = await load_house(pool, text, WallClock())
        return await first_login(pool, known.house.venue.id)


async def first_login(pool: Pool, venue_id: str) -> list[str]:
    """Make what is missing for a first login: an owner's PIN, a pairing code; returns the lines."""
    async with transaction(pool) as conn:
        lines = await _owners_pin(conn, venue_id)
        if not await devices_of(conn, venue_id):
            code = await make_pairing_code(conn, venue_id, None)
            lines.append(f"pairing code for the first tablet: {code.code} (good for ten minutes)")
    return lines


async def _owners_pin(conn: Connection, venue_id: str) -> list[str]:
    owners = [person for person in await staff_of(conn, venue_id) if person.role == "owner"]
    if not owners or any(person.has_pin for person in owners):
        return []
    pin = f"{secrets.randbelow(10**6):06}"
    await set_pin(conn, venue_id, owners[0].staff_id, pin)
    return [f"PIN of {owners[0].staff_id} (owner): {pin}"]


def main() -> None:
    """Read the command line; a mistake ends with one sentence and exit code 1."""
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    try:
        text = shipped_text(name) if name in shipped() else Path(name).read_text(encoding="utf-8")
        read_house(text)  # report its mistakes before connecting to the database
        lines = asyncio.run(open_house(from_environment().database_url, text))
    except HouseError as error:
        sys.exit("\n".join(error.problems))
    except (NoConnectionError, UnfitDatabaseError) as error:
        sys.exit(str(error))
    except (OSError, SettingsError, MaitredError, MigrationError) as error:
        sys.exit(f"{error}: python -m api.setup HOUSE")
    print("\n".join(lines or ["the house is open; its owner and tablets are known"]))  # noqa: T201


if __name__ == "__main__":
    main()
