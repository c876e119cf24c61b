"""`python -m seating.backups`: backup, restore, update and back, of the database of DATABASE_URL.

With MAITRED_OWNER_URL that role does it, and DATABASE_URL is the service's.

Where scripts/serve does not run (containers); the folder is the one in MAITRED_BACKUPS.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from seating.backups.command import add_commands, run
from seating.backups.folder import ready_folder
from seating.backups.programs import BackupError
from seating.backups.updating import keeping_of, update
from seating.connecting import NoConnectionError
from seating.fitness import UnfitDatabaseError
from seating.migrate import MigrationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seating.backups.updating import Keeping

BACK = "python -m seating.backups back"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; an expected failure prints a sentence and exits with 1."""
    options = parse(arguments)
    dsn = os.environ.get("MAITRED_OWNER_URL") or os.environ.get("DATABASE_URL")
    if not dsn:
        sys.exit("Set DATABASE_URL to the database.")
    try:
        keeping = keeping_of(os.environ, back=BACK)
        lines = asyncio.run(
            updated(dsn, options, keeping)
            if options.action == "update"
            else run(dsn, options, keeping)
        )
    except (BackupError, MigrationError, NoConnectionError, UnfitDatabaseError) as error:
        sys.exit(str(error))
    say("\n".join(lines))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m seating.backups", description=__doc__)
    commands = parser.add_subparsers(required=True)
    add_commands(commands)
    updating = commands.add_parser("update", help="apply what migrations are missing")
    updating.set_defaults(action="update")
    updating.add_argument("--no-backup", action="store_true", help="without a backup before it")
    return parser.parse_args(arguments)


async def updated(dsn: str, options: Any, keeping: Keeping) -> list[str]:  # noqa: ANN401 - argparse
    """Update, and return the line to print."""
    if options.no_backup:
        keeping = replace(keeping, folder=None)
    elif keeping.folder is None:
        raise BackupError("Set MAITRED_BACKUPS to a folder for the backup, or pass --no-backup.")
    else:
        ready_folder(keeping.folder)
    applied = await update(dsn, keeping, say)
    return [f"applied: {', '.join(applied) or 'nothing, all was there'}"]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
