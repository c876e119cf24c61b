"""Whether a database is fit for the service: version, encoding, writable, rights, extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from seating.roles import NARROWER

if TYPE_CHECKING:
    from asyncpg import Connection, Record
    from asyncpg.pool import PoolConnectionProxy

    AnyConnection = Connection[Record] | PoolConnectionProxy[Record]

LEAST_VERSION = 180000
"""PostgreSQL 18, as `server_version_num`: for uuidv7() and `returning old, new`."""

EXTENSIONS = frozenset({"btree_gist", "pg_trgm"})
"""What the migrations create; both come with PostgreSQL and are trusted since version 13."""

VITAL = frozenset({"btree_gist"})
"""What the exclusion constraints rest on. Without the other only a search by name is slow."""

# Tables of ours: those of the owner and in the schema of schema_migration; some of them are only
# read, or only added to.
NEEDED = " ".join(f"when '{name}' then '{{{','.join(may)}}}'" for name, may in NARROWER.items())
READ_FACTS = f"""
with ours as (
    select c.oid, c.relname,
           (case c.relname {NEEDED} else '{{select,insert,update,delete}}' end)::text[] as needed
    from pg_class m join pg_class c on c.relnamespace = m.relnamespace and c.relowner = m.relowner
    where m.oid = to_regclass('schema_migration') and c.relkind in ('r', 'p'))
select current_setting('server_version_num')::int as version,
       current_setting('server_version') as version_name,
       current_setting('server_encoding') as encoding,
       current_setting('transaction_read_only')::bool as read_only,
       pg_is_in_recovery() as standby,
       (select rolsuper from pg_roles where rolname = current_user) as superuser,
       current_database() as database, current_user as role, current_schema() as schema,
       to_regclass('reservation') is not null as has_book,
       array(select extname::text from pg_extension) as extensions,
       array(select relname::text from ours
             where exists (select from unnest(needed) may where not has_table_privilege(oid, may))
             order by relname) as barred
"""

READ_MIGRATING_FACTS = """
select has_schema_privilege(current_schema(), 'create') as may_create_tables,
       has_database_privilege(current_database(), 'create') as may_create_extensions,
       array(select name::text from pg_available_extensions) as available
"""


class UnfitDatabaseError(Exception):
    """The database cannot carry the service; the message is the sentence to show."""


class DatabaseFacts(Struct, frozen=True, kw_only=True):
    """What a database says of itself, seen by our role.

    `version` as `server_version_num`; `schema` None where the role may use none; `barred`: tables
    of ours that the role may not read and write.
    """

    version: int
    version_name: str
    encoding: str
    read_only: bool
    standby: bool
    superuser: bool = False
    database: str
    role: str
    schema: str | None
    has_book: bool
    extensions: frozenset[str]
    barred: tuple[str, ...]

    @property
    def warning(self) -> str:
        """What is unwise and works; empty where nothing is."""
        if not self.superuser:
            return ""
        return (
            "The service's role on the database is a superuser: give it one of its own (README,"
            " two roles)."
        )


class MigratingFacts(Struct, frozen=True, kw_only=True):
    """What the role may make there, and the extensions that the server has files of."""

    may_create_tables: bool
    may_create_extensions: bool
    available: frozenset[str]


async def facts_of(connection: AnyConnection) -> DatabaseFacts:
    """Return what the connection's database says of itself."""
    return msgspec.convert(dict(await connection.fetchrow(READ_FACTS) or {}), DatabaseFacts)


async def require_fit(connection: AnyConnection) -> DatabaseFacts:
    """Return the facts. Raises UnfitDatabaseError when the service cannot run on the database."""
    facts = await facts_of(connection)
    if wrong := unfitness(facts):
        raise UnfitDatabaseError(wrong)
    return facts


async def require_may_migrate(connection: AnyConnection, facts: DatabaseFacts) -> None:
    """Raise UnfitDatabaseError when the role cannot make what the migrations make."""
    row = await connection.fetchrow(READ_MIGRATING_FACTS)
    may = msgspec.convert(dict(row or {}), MigratingFacts)
    if wrong := migrating_unfitness(facts, may):
        raise UnfitDatabaseError(wrong)


def unfitness(facts: DatabaseFacts) -> str:
    """Return why the service cannot run on such a database, and the way out; empty if it can."""
    if facts.version < LEAST_VERSION:
        return (
            f"The database is PostgreSQL {facts.version_name}, but PostgreSQL"
            f" {LEAST_VERSION // 10000} or newer is needed: upgrade it or use another."
        )
    if facts.standby:
        return (
            f"The database {facts.database} is a standby and takes no writes: let DATABASE_URL lead"
            " to the primary, or name both hosts with target_session_attrs=read-write."
        )
    if facts.read_only:
        return (
            f"The database {facts.database} takes no writes from {facts.role}: switch"
            " default_transaction_read_only off."
        )
    if facts.encoding != "UTF8":
        return (
            f"The database {facts.database} keeps text as {facts.encoding}: create one with"
            " encoding 'UTF8' and template template0."
        )
    return _lacking(facts)


def _lacking(facts: DatabaseFacts) -> str:
    """Return which right or extension is missing."""
    if facts.schema is None:
        return (
            f"The role {facts.role} may use no schema of the database {facts.database}:"
            f" grant usage on schema public to {facts.role}."
        )
    if facts.barred:
        tables = ", ".join(facts.barred[:3])
        more = f" and {len(facts.barred) - 3} more tables" if len(facts.barred) > 3 else ""
        return (
            f"The role {facts.role} may not read and write {tables}{more}: grant select, insert,"
            f" update, delete on all tables in schema {facts.schema} to {facts.role}."
        )
    if facts.has_book and (gone := VITAL - facts.extensions):
        return (
            f"The database {facts.database} has lost the extension {', '.join(sorted(gone))}, and"
            " with it what keeps a table from being promised twice: restore a backup."
        )
    return ""


def migrating_unfitness(facts: DatabaseFacts, may: MigratingFacts) -> str:
    """Return why the migrations cannot be applied, and the way out; empty if they can."""
    if not may.may_create_tables:
        return (
            f"The role {facts.role} may not create tables in the schema {facts.schema} of the"
            f" database {facts.database}: grant usage, create on schema {facts.schema} to"
            f" {facts.role}, or make it the database's owner."
        )
    for name in sorted(EXTENSIONS - facts.extensions):
        if name not in may.available:
            return (
                f"The server has no extension {name}: install PostgreSQL's contrib package"
                " (postgresql-contrib) there."
            )
        if not may.may_create_extensions:
            return (
                f"The role {facts.role} may not create the extension {name}: grant create on"
                f" database {facts.database} to {facts.role}, or create it as an administrator."
            )
    return ""
