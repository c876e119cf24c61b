"""Two roles on a house's database: an owner, who changes the schema, and the service, who cannot.

The service's role reads and writes rows, and is no superuser, makes no tables and adds to some
tables only. The owner's migrates, backs up and restores. `python -m seating.roles` makes both, as
an administrator; a house with one role for everything goes on working, and is told of it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
import secrets
import sys
from typing import TYPE_CHECKING, Final

from seating.connecting import FAILURES, NoConnectionError, connect, why
from seating.dsn import database_of, user_of, without_password

if TYPE_CHECKING:
    from collections.abc import Mapping

    import asyncpg

    Connection = asyncpg.Connection[asyncpg.Record]

OWNER: Final = "maitred_owner"
SERVICE: Final = "maitred_service"
"""Their names where nobody says others."""

ROWS: Final = ("select", "insert", "update", "delete")
NARROWER: Final[Mapping[str, tuple[str, ...]]] = {
    "schema_migration": ("select",),
    "security_event": ("select", "insert"),
}
"""The tables on which the service's role may do less than all that can be done with rows."""

SCRAM_ROUNDS: Final = 4096
SALT_BYTES: Final = 16

READ_ROLE: Final = "select current_user::text"

# What was made by another role becomes the owner's; what belongs to an extension, or to a column
# (an identity's sequence), goes with that.
TAKE_OVER: Final = """
do $do$ declare one record; begin
    if (select pg_get_userbyid(datdba) from pg_database where datname = current_database())
        <> {owner} then
        execute format('alter database %I owner to %I', current_database(), {owner});
    end if;
    for one in select c.oid::regclass as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
          and pg_get_userbyid(c.relowner) <> {owner}
          and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                          and d.objid = c.oid and d.deptype in ('a', 'e', 'i'))
    loop execute format('alter table %s owner to %I', one.name, {owner}); end loop;
    for one in select p.oid::regprocedure as name from pg_proc p
        where p.pronamespace = 'public'::regnamespace and pg_get_userbyid(p.proowner) <> {owner}
          and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass
                          and d.objid = p.oid and d.deptype = 'e')
    loop execute format('alter routine %s owner to %I', one.name, {owner}); end loop;
end $do$
"""

# Each table of the schema with each thing that may be done, where what may be is not what should.
READ_ASTRAY: Final = """
select count(*) from pg_class c
cross join unnest(array['select', 'insert', 'update', 'delete']) may
left join jsonb_each($2::text::jsonb) narrower on narrower.key = c.relname
where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
  and has_table_privilege($1::name, c.oid, may) <> coalesce(narrower.value ? may, true)
"""


def made(owner: str, service: str, passwords: Mapping[str, str | None] | None = None) -> list[str]:
    """The statements of an administrator that make both roles and give the database to the owner.

    They may be run again. `passwords`: by role; None leaves the one it has.
    """
    rights = {
        owner: "login createdb nosuperuser nocreaterole noreplication nobypassrls",
        service: "login nocreatedb nosuperuser nocreaterole noreplication nobypassrls",
    }
    said = []
    for role, may in rights.items():
        known = f"exists (select from pg_roles where rolname = {_text(role)})"
        said.append(
            f"do $do$ begin if not {known} then create role {_name(role)}; end if; end $do$"
        )
        password = (passwords or {}).get(role)
        kept = f" password {_text(_scram(password))}" if password else ""
        said.append(f"alter role {_name(role)} {may}{kept}")
    # A restore looks who is connected, and drops a database that autovacuum may be looking at.
    said.append(f"grant pg_monitor, pg_signal_backend to {_name(owner)}")
    said.append(TAKE_OVER.replace("{owner}", _text(owner)).strip())
    return said


def grants(service: str) -> list[str]:
    """The statements of the owner that let the service's role at the rows, as NARROWER says."""
    role, every = _name(service), ", ".join(ROWS)
    said = [
        f"grant usage on schema public to {role}",
        f"grant {every} on all tables in schema public to {role}",
        f"grant usage, select on all sequences in schema public to {role}",
        # Code that runs while a table is added may use it from the first moment on.
        f"alter default privileges in schema public grant {every} on tables to {role}",
        f"alter default privileges in schema public grant usage, select on sequences to {role}",
    ]
    for table, may in NARROWER.items():
        less = ", ".join(right for right in ROWS if right not in may)
        narrow = _text(f"revoke {less} on {_name(table)} from {role}")
        there = f"to_regclass({_text(table)}) is not null"
        said.append(f"do $do$ begin if {there} then execute {narrow}; end if; end $do$")
    return said


async def let_in(owner: Connection, service: str) -> bool:
    """Give the service's role what it needs where it lacks it or has more; whether anything was.

    `owner`: a connection of the tables' owner.
    """
    narrower = "{" + ", ".join(f'"{name}": {_list(may)}' for name, may in NARROWER.items()) + "}"
    if not await owner.fetchval(READ_ASTRAY, service, narrower):
        return False
    async with owner.transaction():
        for statement in grants(service):
            await owner.execute(statement)
    return True


async def let_service_in(owner: str, service: str) -> None:
    """Let the role of the DSN `service` at the rows; nothing where both are one role.

    Raises NoConnectionError.
    """
    if not service or service == owner:
        return
    role = await _role_of(service)
    connection = await connect(owner, {"application_name": "maitred roles"})
    try:
        if role != await connection.fetchval(READ_ROLE):
            await let_in(connection, role)
    finally:
        await connection.close()


async def make_roles(administrator: str, owner: str, service: str) -> None:
    """Make the roles that two DSNs name, with the passwords in them. Raises NoConnectionError."""
    roles = {user_of(dsn) or name: dsn for dsn, name in ((owner, OWNER), (service, SERVICE))}
    names = list(roles)
    passwords = {name: without_password(dsn)[1] for name, dsn in roles.items()}
    connection = await connect(administrator, {"application_name": "maitred roles"})
    try:
        for statement in made(names[0], names[-1], passwords):
            await connection.execute(statement)
    finally:
        await connection.close()


async def _role_of(dsn: str) -> str:
    connection = await connect(dsn, {"application_name": "maitred roles"})
    try:
        role: str = await connection.fetchval(READ_ROLE)
        return role
    finally:
        await connection.close()


def _scram(password: str) -> str:
    """What the server keeps of a password (RFC 5803), so that no log of its statements has it."""
    salt = secrets.token_bytes(SALT_BYTES)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, SCRAM_ROUNDS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    stored, server = hashlib.sha256(client).digest(), hmac.digest(salted, b"Server Key", "sha256")
    said = [base64.b64encode(each).decode() for each in (salt, stored, server)]
    return f"SCRAM-SHA-256${SCRAM_ROUNDS}:{said[0]}${said[1]}:{said[2]}"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _list(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def main() -> None:
    """Make the roles of MAITRED_OWNER_URL and DATABASE_URL, as that of MAITRED_ADMIN_URL."""
    names = ("MAITRED_ADMIN_URL", "MAITRED_OWNER_URL", "DATABASE_URL")
    given = [os.environ.get(name, "") for name in names]
    if not all(given):
        sys.exit(f"Set {', '.join(names)}: an administrator, the owner's role, the service's.")
    if user_of(given[1]) == user_of(given[2]):
        sys.exit("MAITRED_OWNER_URL and DATABASE_URL name the same role: they are to be two.")
    try:
        asyncio.run(make_roles(given[0], given[1], given[2]))
    except NoConnectionError as error:
        sys.exit(str(error).replace("DATABASE_URL", names[0], 1))
    except FAILURES as error:
        sys.exit(f"The roles could not be made: {why(given[0], error)}.")
    sys.stdout.write(f"the roles of the database {database_of(given[0])} are there\n")


if __name__ == "__main__":
    main()
