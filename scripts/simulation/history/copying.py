"""Copies a venue's rows out of a played database, and into a fresh one."""

from __future__ import annotations

import io
import re
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from scripts.simulation.history.kept import (
    Client,
    History,
    TableRows,
    as_postgres,
    last_before,
)
from scripts.simulation.history.rows import Dates
from scripts.simulation.history.tables import EMPTIED, KEPT
from seating.access.clients import create_client
from seating.clock import set_clock
from seating.connecting import connect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from scripts.simulation.written_house import WrittenHouse
    from seating.db import Connection

# Generated columns are made anew.
COLUMNS = """
select attname::text from pg_attribute
where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
order by attnum
"""
KEY = """
select attname::text from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
where indrelid = $1::regclass and indisprimary
order by array_position(indkey::int2[], attnum)
"""
CLIENTS = """
select client_id, name, scopes from client join client_venue using (client_id)
where venue_id = $1 order by name
"""
IDENTITIES = """
select attname::text from pg_attribute
where attrelid = $1::regclass and attidentity <> '' and not attisdropped
"""
# A look at a date to come makes its period, and parties may have booked for it already.
LIVED = "select period_id from period where venue_id = $1 and service_date <= $2"
OF_PARENT = {
    "acknowledgement": ("reservation_id", "reservation"),
    "seating_table": ("seating_id", "seating"),
    "rescue_option": ("rescue_id", "rescue"),
    "answer_given": ("turnaway_id", "turnaway"),
}
"""Tables without a period of their own: the column that leads to a table that has one."""

MADE = {"guest": "created_at", "action": "at", "intention": "starts", "block": "starts"}
"""When a row was made, where no period says it."""

HAS_PERIODS = "select exists (select from period where venue_id = $1)"
SETTINGS = {"timezone": "UTC", "datestyle": "ISO", "application_name": "maitred history"}


async def history_of(dsn: str, house: WrittenHouse, last: date, until: datetime) -> History:
    """Copy a venue's rows; `until` is the business time at which they end.

    Raises OddInstantError for an instant that cannot be made relative.
    """
    dates = Dates(last, house.zone)
    connection = await connect(dsn, SETTINGS)
    try:
        found = await connection.fetch(CLIENTS, house.venue)
        ids: dict[str, str] = {
            row["client_id"]: f"@client{number}@" for number, row in enumerate(found)
        }
        return History(
            venue=house.venue,
            last=last,
            until=dates.relative(as_postgres(until)),
            clients=[
                Client(stand_in=ids[row["client_id"]], name=row["name"], scopes=row["scopes"])
                for row in found
            ],
            tables=[await rows_of(connection, house.venue, t, dates, until, ids) for t in KEPT],
        )
    finally:
        await connection.close()


async def rows_of(
    connection: Connection,
    venue: str,
    table: str,
    dates: Dates,
    until: datetime,
    ids: Mapping[str, str],
) -> TableRows:
    """The rows of a table without columns that are emptied, in order of its key."""
    columns = [
        row["attname"]
        for row in await connection.fetch(COLUMNS, table)
        if (table, row["attname"]) not in EMPTIED
    ]
    key = ", ".join(row["attname"] for row in await connection.fetch(KEY, table))
    names = ", ".join(f'"{name}"' for name in columns)
    written = io.BytesIO()
    lived = lived_through(table, columns)
    query = f"select {names} from {table} where venue_id = $1 and ({lived}) order by {key}"
    sent = (venue, dates.last, until)
    await connection.copy_from_query(query, *sent, output=written, format="text")
    text = replaced(dates.relative(written.getvalue().decode()), ids)
    return TableRows(table=table, columns=columns, lines=text.splitlines())


def lived_through(table: str, columns: Sequence[str]) -> str:
    """The condition of rows of dates up to $2, made until $3, of the venue $1."""
    found = ["$2::date is not null", "$3::timestamptz is not null"]
    if "period_id" in columns:
        found.append(f"(period_id is null or period_id in ({LIVED}))")
    if "service_date" in columns:
        found.append("service_date <= $2")
    if table in OF_PARENT:
        column, parent = OF_PARENT[table]
        of_it = f"select {column} from {parent} where venue_id = $1 and period_id in ({LIVED})"
        found.append(f"{column} in ({of_it})")
    if table in MADE:
        found.append(f"{MADE[table]} <= $3")
    return " and ".join(found)


async def load_history(dsn: str, history: History, house: WrittenHouse, today: date) -> date | None:
    """Copy a history into the database of a house without any, to end before `today`.

    Returns its last service date; None where the house has periods already. The business clock
    stands where the history ends.
    """
    dates = Dates(last_before(history, today), house.zone)
    connection = await connect(dsn, SETTINGS)
    try:
        if await connection.fetchval(HAS_PERIODS, history.venue):
            return None
        async with connection.transaction():
            ids = {
                each.stand_in: await client_called(connection, history.venue, each)
                for each in history.clients
            }
            await connection.execute("set constraints all deferred")
            for each in history.tables:
                await copy_rows(connection, each, dates, ids)
            until = datetime.fromisoformat(dates.absolute(history.until))
            await set_clock(connection, until, 0)
        await connection.execute("analyze")
    finally:
        await connection.close()
    return dates.last


async def client_called(connection: Connection, venue: str, client: Client) -> str:
    """The venue's client of that name; made, with a secret nobody knows, where there is none."""
    for row in await connection.fetch(CLIENTS, venue):
        if row["name"] == client.name:
            return str(row["client_id"])
    made, _ = await create_client(connection, client.name, {venue: client.scopes})
    return made


async def copy_rows(
    connection: Connection, rows: TableRows, dates: Dates, ids: Mapping[str, str]
) -> None:
    """Copy the rows of a table, and let numbers it gives go on behind them."""
    if not rows.lines:
        return
    text = replaced(dates.absolute("\n".join(rows.lines)), ids) + "\n"
    await connection.copy_to_table(
        rows.table, source=io.BytesIO(text.encode()), columns=rows.columns, format="text"
    )
    for row in await connection.fetch(IDENTITIES, rows.table):
        name = row["attname"]
        await connection.execute(
            f"select setval(pg_get_serial_sequence('{rows.table}', '{name}'), max({name}))"
            f" from {rows.table}"
        )


def replaced(text: str, names: Mapping[str, str]) -> str:
    """The text with each name of `names` replaced."""
    if not names:
        return text
    return re.sub("|".join(map(re.escape, names)), partial(_named, names), text)


def _named(names: Mapping[str, str], found: re.Match[str]) -> str:
    return names[found[0]]
