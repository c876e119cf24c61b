"""Making a database that was used as its template is: its rows, its sequences."""

from __future__ import annotations

from typing import NamedTuple

import asyncpg

TABLES = """
select c.oid::regclass::text from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1
"""
COLUMNS = """
select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
where attrelid = $1::text::regclass and attnum > 0 and attgenerated = '' and not attisdropped
"""
"""Those that are written; what is worked out from them is worked out again."""

SEQUENCES = """
select format('%I.%I', schemaname, sequencename) as name, start_value, last_value
from pg_sequences where schemaname = 'public'
"""
SCHEMA = """
with row_of (what, id, written) as (
    select 'class', oid, xmin from pg_class where relnamespace = 'public'::regnamespace
    union all
    select 'column' || attnum, attrelid, a.xmin from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace
    where attnum > 0
    union all
    select 'constraint', oid, xmin from pg_constraint
    where connamespace = 'public'::regnamespace
    union all
    select 'function', oid, xmin from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select 'type', oid, xmin from pg_type where typnamespace = 'public'::regnamespace
    union all
    select 'trigger', oid, xmin from pg_trigger
    union all
    select 'default', oid, xmin from pg_attrdef
    union all
    select 'extension', oid, xmin from pg_extension
    union all
    select 'schema', oid, xmin from pg_namespace where nspname not like 'pg_temp%'
        and nspname not like 'pg_toast_temp%'
)
select md5(string_agg(concat_ws(' ', what, id, written), ',' order by what, id)) from row_of
"""
"""Another answer after any change of the schema: each writes rows of the catalogue anew."""

OTHERS = "pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
END_SESSIONS = f"select pg_terminate_backend(pid, 5000) from {OTHERS}"
ALONE = f"""
select not exists (select from {OTHERS}) and not exists (
    select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
    where d.datname = current_database())
"""
"""Nobody else is here, and the database has no settings of its own (read only, for one)."""


class Reset(NamedTuple):
    """What the template's schema is, and how to make a copy's rows the template's again."""

    schema: str
    statements: str


async def emptied(dsn: str, reset: Reset) -> bool:
    """Make the rows the template's again; False where the schema is another or somebody stays."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(END_SESSIONS)
        alone = await connection.fetchval(ALONE)
        if not alone or await connection.fetchval(SCHEMA) != reset.schema:
            return False
        await connection.execute(reset.statements)
        return True
    finally:
        await connection.close()


async def reset_of(template: str) -> Reset:
    """Look at the template, once, before the first copy is made."""
    connection = await asyncpg.connect(template)
    try:
        schema = await connection.fetchval(SCHEMA)
        return Reset(schema, await reset_statements(connection))
    finally:
        await connection.close()


async def reset_statements(connection: asyncpg.Connection[asyncpg.Record]) -> str:
    """Delete every row, put the template's rows back, start the sequences anew."""
    # As a replica does: no foreign key is looked at, so that the order does not matter.
    said = ["begin", "set local session_replication_role = replica"]
    for (table,) in await connection.fetch(TABLES):
        said.append(f"delete from {table}")
        rows = await connection.fetchval(f"select json_agg(t) from {table} t")
        if rows:
            literal = await connection.fetchval("select quote_literal($1::text)", rows)
            columns = await connection.fetchval(COLUMNS, table)
            source = f"json_populate_recordset(null::{table}, {literal})"
            into = f"{table} ({columns}) overriding system value"
            said.append(f"insert into {into} select {columns} from {source}")
    for row in await connection.fetch(SEQUENCES):
        last, called = row["last_value"] or row["start_value"], row["last_value"] is not None
        said.append(f"select setval('{row['name']}', {last}, {str(called).lower()})")
    return ";\n".join([*said, "commit"])
