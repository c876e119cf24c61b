"""The wait told to a party that joins the list, and to one that is on it."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from policies.book.picture import Picture, WaitEntry
from policies.door.wait_band import WaitAsked
from policies.floor.orders import Command, Wait
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.lookahead.waits import QuotedWait
from seating.book.in_force import HouseVersion
from seating.book.periods import read_unlocked, tonights_period
from seating.db import Connection
from seating.forecast.waits import quoted_for

CommandT = TypeVar("CommandT", bound=Command)

KEEP_QUOTE = """
update wait_entry
set quoted_likely = $3, simulated_minutes = $4, simulated = $5::text::jsonb
where venue_id = $1 and wait_id = $2
"""


async def quote_in_line(
    conn: Connection, picture: Picture, house: House, entry: WaitEntry, *, now: datetime
) -> QuotedWait | None:
    """Return the wait of a party on the list, behind those ahead of it."""
    asked = WaitAsked(entry.party_size, entry.needs, entry.wait_id)
    return await quoted_for(conn, picture, house, asked, now=now)


async def quote_for_command(
    conn: Connection, in_force: HouseVersion, command: Command, now: datetime
) -> QuotedWait | None:
    """Return the quote for a party that a host puts on the waitlist; None for other commands."""
    if not isinstance(command, Wait) or _unknown_area(in_force, command):
        return None
    in_force = in_force.at(now)
    house = in_force.house
    picture = await read_unlocked(
        conn, house.venue.id, in_force, tonights_period(in_force, now), now=now
    )
    asked = WaitAsked(command.party_size, command.needs)
    return await quoted_for(conn, picture, house, asked, now=now)


def with_quote(command: CommandT, quoted: QuotedWait | None) -> CommandT:
    """Return the command with the quoted wait, unless the host named a wait."""
    if quoted is None or not isinstance(command, Wait) or command.quoted_minutes is not None:
        return command
    return replace(command, quoted_minutes=quoted.band.latest)


async def keep_quote(
    conn: Connection, venue_id: str, wait_id: UUID, told: int | None, quoted: QuotedWait | None
) -> None:
    """Store what an entry's quote was made from, in the transaction that made the entry.

    Not where the host `told` a different wait: nothing about the quote can be learned from that.
    """
    if quoted is None:
        return
    said = quoted.band.latest if told is None else told
    if abs(said - quoted.band.latest) > GRID_MINUTES:
        return
    simulated = quoted.simulated
    await conn.execute(
        KEEP_QUOTE,
        venue_id,
        wait_id,
        min(quoted.band.likely, said),
        simulated and simulated.mean,
        simulated and msgspec.json.encode(simulated).decode(),
    )


def _unknown_area(in_force: HouseVersion, command: Wait) -> bool:
    areas = {area.id for area in in_force.house.areas}
    return command.needs.area is not None and command.needs.area not in areas
