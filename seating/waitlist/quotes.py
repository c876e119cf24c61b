"""Wait quotes: by the look-ahead where the house decides by value, else by the plan."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import Picture, WaitEntry
from policies.door.waiting import WaitingParty, ahead_of, planned_waits, quote_planned
from policies.floor.orders import Command, Wait
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.lookahead.advice import quote_for
from seating.book.in_force import HouseVersion
from seating.book.periods import read_unlocked, tonights_period
from seating.db import Connection
from seating.forecast.quote_scales import decision_forecast, scales_of

CommandT = TypeVar("CommandT", bound=Command)

KEEP_SIMULATED = """
update wait_entry set simulated_minutes = $3 where venue_id = $1 and wait_id = $2
"""


class WaitQuote(Struct, frozen=True, kw_only=True):
    """The minutes to tell; `free_now`: the plan has a table for the party at once.

    `simulated`: of a look-ahead quote, the mean simulated wait in minutes; scales learn from it.
    """

    minutes: int
    free_now: bool = False
    simulated: float | None = None


async def wait_quotes(
    conn: Connection,
    picture: Picture,
    house: House,
    parties: Sequence[WaitingParty],
    *,
    now: datetime,
) -> tuple[WaitQuote | None, ...]:
    """Return the wait to tell each party if it joined the list now, alone.

    None where no table is found for it in two hours or before the last seating. Call it before the
    period is locked: it takes milliseconds.
    """
    planned = await asyncio.to_thread(planned_waits, picture, house, parties, now=now)
    if not picture.rules.decisions.by_value:
        return tuple(None if each is None else _by_plan(each) for each in planned)
    valued = await _by_value(conn, picture, house, parties, now=now)
    return tuple(
        replace(quote, free_now=wait == 0) if quote else None
        for wait, quote in zip(planned, valued, strict=True)
    )


async def quote_in_line(
    conn: Connection, picture: Picture, house: House, entry: WaitEntry, *, now: datetime
) -> WaitQuote | None:
    """Return the wait of a party on the list, behind those ahead of it. See `wait_quotes`."""
    line = replace(picture, waiting=ahead_of(picture, entry.wait_id))
    party = (entry.party_size, entry.needs)
    (quote,) = await wait_quotes(conn, line, house, (party,), now=now)
    return quote


async def quote_for_command(
    conn: Connection, in_force: HouseVersion, command: Command, now: datetime
) -> WaitQuote | None:
    """Return the quote for a party that a host puts on the waitlist; None for other commands."""
    if not isinstance(command, Wait) or _unknown_area(in_force, command):
        return None
    in_force = in_force.at(now)
    house = in_force.house
    picture = await read_unlocked(
        conn, house.venue.id, in_force, tonights_period(in_force, now), now=now
    )
    party = (command.party_size, command.needs)
    (quote,) = await wait_quotes(conn, picture, house, (party,), now=now)
    return quote


def with_quote(command: CommandT, quoted: WaitQuote | None) -> CommandT:
    """Return the command with the quoted wait, unless the host named a wait."""
    if quoted is None or not isinstance(command, Wait) or command.quoted_minutes is not None:
        return command
    return replace(command, quoted_minutes=quoted.minutes)


async def keep_simulated(
    conn: Connection, venue_id: str, wait_id: UUID, told: int | None, quoted: WaitQuote | None
) -> None:
    """Store the simulated wait behind an entry's quote, in the transaction that made the entry.

    Not where the host `told` a different wait: nothing about the quote can be learned from that.
    """
    if quoted is None or quoted.simulated is None:
        return
    said = quoted.minutes if told is None else told
    if abs(said - quoted.minutes) <= GRID_MINUTES:
        await conn.execute(KEEP_SIMULATED, venue_id, wait_id, quoted.simulated)


async def _by_value(
    conn: Connection,
    picture: Picture,
    house: House,
    parties: Sequence[WaitingParty],
    *,
    now: datetime,
) -> tuple[WaitQuote | None, ...]:
    forecast = await decision_forecast(conn, house.venue.id, picture)
    scales = await scales_of(conn, house.venue.id)

    def look_ahead() -> tuple[WaitQuote | None, ...]:
        found = (
            quote_for(picture, house, forecast, scales, party_size=size, needs=needs, now=now)
            for size, needs in parties
        )
        return tuple(
            None if each is None else WaitQuote(minutes=each.minutes, simulated=each.simulated)
            for each in found
        )

    return await asyncio.to_thread(look_ahead)


def _by_plan(minutes: int) -> WaitQuote:
    return WaitQuote(minutes=quote_planned(minutes), free_now=minutes == 0)


def _unknown_area(in_force: HouseVersion, command: Wait) -> bool:
    areas = {area.id for area in in_force.house.areas}
    return command.needs.area is not None and command.needs.area not in areas
