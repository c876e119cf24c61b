"""Updating: a backup before migrations are applied to a database in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from seating.backups.dumping import applied_in, back_up, connected
from seating.backups.folder import backups_in, name_for, prune, ready_folder, size_of
from seating.backups.manifest import PURPOSE, Maker
from seating.backups.nightly import LOCK
from seating.backups.programs import BackupError
from seating.clock import wall_now
from seating.connecting import FAILURES
from seating.fitness import require_fit
from seating.keys import KeyTextError, derived_keys
from seating.migrate import (
    MIGRATIONS,
    FailedMigrationError,
    MigrationError,
    migrate,
    missing_of,
    read_migrations,
)
from seating.roles import let_service_in
from seating.webhooks.sealed_secrets import key_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from seating.backups.dumping import Applied, Connection
    from seating.backups.folder import Kind
    from seating.migrate import Migration

IN_USE: Final = "select exists (select from venue)"
KNOWS_CODE: Final = "select to_regclass('code_version') is not null"
LAST_CODE: Final = "select code from code_version order by last_at desc limit 1"
RECORD_CODE: Final = """
insert into code_version (code, migration, first_at, last_at) values ($1, $2, $3, $3)
on conflict (code) do update set migration = excluded.migration, last_at = excluded.last_at
"""
APPLIED_AT: Final = "select applied_at from schema_migration where number = $1"
KEPT: Final = 7
UPDATE: Final[Kind] = "before-update"


class FailedUpdateError(MigrationError):
    """A migration failed after a backup was made; the message says where it is and what to do."""


class Keeping(Struct, frozen=True, kw_only=True):
    """Where backups of updates and restores go (None: none are made), how many of each stay.

    `code`: ours, such as a commit; `back`: the command that goes back; `service`: the DSN of the
    service's role, let at the rows of what is updated or restored; `keys`: that checksums are made
    with.
    """

    folder: Path | None
    kept: int
    code: str
    back: str
    service: str = ""
    keys: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return f"Keeping(folder={self.folder!r}, kept={self.kept!r})"

    @property
    def maker(self) -> Maker:
        """Who makes these backups."""
        return Maker(code=self.code, keys=self.keys)


def keeping_of(
    environment: Mapping[str, str],
    *,
    back: str,
    folder: Path | None = None,
    code: str = "",
    key_file: Path | None = None,
) -> Keeping:
    """As MAITRED_BACKUPS, MAITRED_BACKUPS_KEPT and MAITRED_CODE say, else as given here.

    The key is MAITRED_SECRETS_KEY, or in MAITRED_KEY_FILE or `key_file`. Raises BackupError.
    """
    said = environment.get("MAITRED_BACKUPS")
    kept = environment.get("MAITRED_BACKUPS_KEPT") or str(KEPT)
    if not kept.isdecimal() or int(kept) < 1:
        raise BackupError("MAITRED_BACKUPS_KEPT is a whole number from 1 on.")
    return Keeping(
        folder=Path(said).absolute() if said else folder,
        kept=int(kept),
        code=environment.get("MAITRED_CODE") or code,
        back=back,
        service=environment.get("DATABASE_URL", ""),
        keys=_keys_of(environment, key_file),
    )


def _keys_of(environment: Mapping[str, str], key_file: Path | None) -> tuple[bytes, ...]:
    """The keys of checksums; none where the house has no sealing key yet."""
    named = environment.get("MAITRED_KEY_FILE")
    file = Path(named) if named else key_file
    try:
        sealing = environment.get("MAITRED_SECRETS_KEY") or (
            key_in(file) if file and file.exists() else ""
        )
        return derived_keys(sealing, PURPOSE)
    except (OSError, KeyTextError) as error:
        place = "MAITRED_SECRETS_KEY" if environment.get("MAITRED_SECRETS_KEY") else file
        raise BackupError(f"The key in {place} cannot be read: {error}.") from None


async def update(
    dsn: str, how: Keeping, say: Callable[[str], None] = lambda _: None, folder: Path = MIGRATIONS
) -> list[str]:
    """Apply what is missing; a database that has a house is backed up first. Returns the names.

    Raises BackupError before anything is changed; MigrationError, NoConnectionError,
    UnfitDatabaseError.
    """
    files = read_migrations(folder)
    async with connected(dsn) as conn:
        await require_fit(conn)
        await conn.execute(LOCK)
        applied = await applied_in(conn)
        missing = missing_of(files, applied)
        known = bool(applied) and await conn.fetchval(KNOWS_CODE)
        before = await conn.fetchval(LAST_CODE) if known else None
        made = None
        if missing and applied and await conn.fetchval(IN_USE):
            say(_sentence(applied, missing, before, how.code))
            made = await _back_up_before(dsn, how, conn, applied, files, say)
        names = await _migrate(dsn, folder, how, conn, made, before)
        await let_service_in(dsn, how.service)
        if how.code and await conn.fetchval(KNOWS_CODE):
            await conn.execute(RECORD_CODE, how.code, len(files), wall_now())
    return names


def _sentence(
    applied: Sequence[Applied], missing: Sequence[Migration], before: str | None, code: str
) -> str:
    """From which version to which."""
    names = ", ".join(one.name for one in missing)
    many = "migration" if len(missing) == 1 else "migrations"
    from_code, to_code = before or "not known", code or "not known"
    return (
        f"updating the database from {applied[-1].name} to {missing[-1].name}"
        f" ({len(missing)} {many}: {names}); the code was {from_code}, is {to_code}"
    )


async def _back_up_before(
    dsn: str,
    how: Keeping,
    conn: Connection,
    applied: Sequence[Applied],
    files: Sequence[Migration],
    say: Callable[[str], None],
) -> Path | None:
    """Back up, unless the last update broke off and its backup is the one to go back to."""
    if how.folder is None:
        say("no backup is made before it, as asked")
        return None
    if unfinished := await _unfinished(conn, how.folder, applied[-1].number):
        say(f"the update before this broke off; its backup is {unfinished}")
        return unfinished
    name = name_for(UPDATE, wall_now(), applied[-1].number, files[-1].number)
    try:
        ready_folder(how.folder)
        made = await back_up(dsn, how.folder / name, maker=how.maker, force=True)
    except BackupError as error:
        raise BackupError(
            f"The update was not begun, for its backup failed. {error} With --no-backup it is done"
            " without one."
        ) from error
    prune(how.folder, UPDATE, how.kept, wall_now())
    say(f"backed up before it: {made.path} ({size_of(made.bytes)}); to go back: {how.back}")
    return made.path


async def _unfinished(conn: Connection, folder: Path, at: int) -> Path | None:
    """The backup of an update that applied some of its migrations and not all."""
    last = next(iter(backups_in(folder, UPDATE)), None)
    if last is None or last.upto is None or not last.migration < at < last.upto:
        return None
    begun = await conn.fetchval(APPLIED_AT, last.migration + 1)
    return last.path if begun and begun >= last.made_at else None


async def _migrate(
    dsn: str, folder: Path, how: Keeping, conn: Connection, made: Path | None, before: str | None
) -> list[str]:
    """Apply the migrations; one that fails is told with the way back."""
    had = await applied_in(conn)
    try:
        return await migrate(dsn, folder)
    except FailedMigrationError as error:
        have = await _applied_since(conn)
        raise FailedUpdateError(
            f"{error} Nothing of this file was applied. {_way_on(had, have, how, made, before)}"
        ) from error


async def _applied_since(conn: Connection) -> list[Applied] | None:
    """What the database has now; None when it does not answer any more."""
    try:
        return await applied_in(conn)
    except FAILURES:
        return None


def _way_on(
    had: Sequence[Applied],
    have: Sequence[Applied] | None,
    how: Keeping,
    made: Path | None,
    before: str | None,
) -> str:
    """What to do after a failed migration."""
    code = f"the code before ({before})" if before else "the code before"
    kept = f" The backup made before the update is {made}." if made else ""
    if have is None:
        return f"The database does not answer any more: look to it, then start again.{kept}"
    if len(have) == len(had) and (made is None or f"-{len(had):04}-to-" in made.name):
        return f"The database is as it was: {code} runs on it.{kept}"
    new = ", ".join(one.name for one in have[len(had) :])
    applied = f"Applied before it: {new}." if new else "Some of the update was applied earlier."
    if made is None:
        return f"{applied} There is no backup from before the update."
    return f"{applied}{kept} To go back to it: {how.back} --yes, then start {code}."
