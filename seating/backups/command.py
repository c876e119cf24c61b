"""The commands backup, restore and back, of scripts/serve and of `python -m seating.backups`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from seating.backups.dumping import back_up
from seating.backups.folder import size_of
from seating.backups.going_back import go_back, lines_of
from seating.backups.on_record import put_on_record
from seating.backups.programs import BackupError
from seating.backups.restoring import Leaving, beside, replace
from seating.clock import wall_now
from seating.roles import let_service_in

if TYPE_CHECKING:
    import argparse

    from seating.backups.manifest import Maker
    from seating.backups.updating import Keeping

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - has no other


def add_commands(commands: Commands) -> None:
    """Add them to a command line; each sets `action`."""
    for name, what in (
        ("backup", "write the database to FILE"),
        ("restore", "replace the database by the one in FILE"),
        ("back", "restore the backup taken before the last update, for the code before"),
    ):
        commands.add_parser(name, help=what).set_defaults(action=name)
    for name in ("restore", "back"):
        commands.choices[name].add_argument(
            "--unverified",
            action="store_true",
            help="take a backup without a checksum, changed, or made with another key",
        )
    for name in ("backup", "restore"):
        commands.choices[name].add_argument("file", type=Path)
    commands.choices["backup"].add_argument("--force", action="store_true", help="overwrite FILE")
    commands.choices["back"].add_argument(
        "--yes", action="store_true", help="do it; without, it is only told what would be lost"
    )


async def run(dsn: str, options: Any, keeping: Keeping) -> list[str]:  # noqa: ANN401 - argparse
    """Run one of them, and return the lines to print. Raises BackupError, NoConnectionError."""
    lines = await _done(dsn, options, keeping)
    if options.action != "backup":
        await let_service_in(dsn, keeping.service)
    return lines


async def _done(dsn: str, options: Any, keeping: Keeping) -> list[str]:  # noqa: ANN401 - argparse
    folder, kept, maker = keeping.folder, keeping.kept, keeping.maker
    if options.action == "backup":
        made = await back_up(dsn, options.file, maker=maker, force=options.force)
        await put_on_record(dsn, "MakeBackup", {"file": made.path.name})
        return [f"written: {made.path} ({size_of(made.bytes)})"]
    if options.action == "restore":
        leaving = None
        if folder:
            leaving = Leaving(folder=folder, kept=kept, now=wall_now(), maker=maker)
        return await _restored(dsn, options.file, leaving, None if options.unverified else maker)
    if folder is None:
        raise BackupError("Set MAITRED_BACKUPS to the folder with the backups.")
    way = await go_back(
        dsn, folder, kept, yes=options.yes, maker=maker, unverified=options.unverified
    )
    return lines_of(way)


async def _restored(
    dsn: str, file: Path, leaving: Leaving | None, maker: Maker | None
) -> list[str]:
    async with beside(dsn, file, maker=maker) as filled:
        left = await replace(dsn, filled, leaving, file)
    says = filled.manifest.words if filled.manifest else "which was not verified, as asked"
    kept_in = [f"what was there before is kept in {left}"] if left else []
    return [f"restored from {file}, {says}", *kept_in]
