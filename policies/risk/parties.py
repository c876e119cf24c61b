"""Who may want a table, read off a picture: the parties of the scenario ledger.

A party is a function of the picture and the bucket of now, so that every process that looks at
the same picture in the same five minutes has the same parties.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import (
    Channel,
    HeldTable,
    Picture,
    Promise,
    Seating,
    SlotHold,
    held_in_force,
    holds_in_force,
    seating_end,
)
from policies.forecast.forecast import Forecast
from policies.forecast.period_grid import EveningGrid
from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM, Layout
from policies.house.room import Needs
from policies.numeric.compiled import Floats
from policies.numeric.draws import key_of
from policies.risk.ledger import Party
from policies.risk.overbooking_rule import STAFF
from policies.risk.party_draws import late_by_bucket

_KEYS = 1 << 64

Remembered = dict[UUID, tuple[Promise, Party]]
"""What a promise was read as last; the same promise, in its time, is the same party."""


class Readers(Struct, frozen=True, kw_only=True):
    """What a picture is read with.

    `late_by` [D]: the chance to have come by each bucket of lateness from `earliest` on.
    """

    grid: EveningGrid
    layout: Layout
    forecast: Forecast
    earliest: int
    late_by: Floats


def readers_of(grid: EveningGrid, layout: Layout, forecast: Forecast) -> Readers:
    """Return what pictures of one period are read with under one set of beliefs."""
    earliest, late_by = late_by_bucket(forecast.lateness)
    return Readers(grid=grid, layout=layout, forecast=forecast, earliest=earliest, late_by=late_by)


def present(
    readers: Readers, picture: Picture, now: datetime, remembered: Remembered
) -> dict[int, Party]:
    """Return everybody promised or seated, and what is kept back, by key."""
    found: dict[int, Party] = {}
    at = readers.grid.at(now)
    for promise in picture.promises:
        if promise.state in {"booked", "arrived"}:
            party = _remembered(readers, promise, at, remembered)
            found |= _at_each(readers.layout, party, promise.tables)
    for seating in picture.seatings:
        if seating.cleared_at is None and seating.state != "cleared":
            found |= _at_each(readers.layout, _seated(readers, seating, now), seating.tables)
    for party in _others(readers, picture, now):
        found[party.key] = party
    return {key: party for key, party in found.items() if _within(readers.grid, party)}


def _at_each(layout: Layout, party: Party, tables: tuple[str, ...]) -> dict[int, Party]:
    """Return the party by key; a group above every join as one at each of its tables.

    The largest class would count it as a single table.
    """
    places = [layout.room.index[name] for name in tables if name in layout.room.index]
    if party.size <= layout.largest or len(places) < 2:
        return {party.key: party}
    keys = [party.key, *((party.key + number) % _KEYS for number in range(1, len(places)))]
    seats = (int(layout.table_seats[place]) for place in places)
    return {key: replace(party, key=key, size=size) for key, size in zip(keys, seats, strict=True)}


def no_show_of(forecast: Forecast, channel: Channel | None) -> float:
    """Return the chance that a booking over this channel, not cancelled, does not come."""
    return forecast.no_show_phone if channel in STAFF else forecast.no_show_online


def _within(grid: EveningGrid, party: Party) -> bool:
    return party.start < grid.length and (party.until is None or party.until > max(party.start, 0))


def _remembered(readers: Readers, promise: Promise, at: int, remembered: Remembered) -> Party:
    start = readers.grid.at(promise.starts)
    known = remembered.get(promise.reservation_id)
    if known is not None and known[0] == promise and not _moves(readers, promise, start, at):
        return known[1]
    party = _promised(readers, promise, start, at)
    remembered[promise.reservation_id] = promise, party
    return party


def _moves(readers: Readers, promise: Promise, start: int, at: int) -> bool:
    """Tell whether time alone changes what the promise is read as."""
    return start >= 0 and (promise.state == "arrived" or at >= start + readers.earliest)


def _promised(readers: Readers, promise: Promise, start: int, at: int) -> Party:
    grid, forecast = readers.grid, readers.forecast
    key, group = int(key_of(promise.reservation_id)), group_asked(readers.layout, promise.needs)
    size = promise.party_size
    if start < 0:  # a party of the period before: its turn ends when it ends
        return Party(key=key, size=size, start=0, group=group, until=max(0, grid.end(promise.ends)))
    if promise.state == "arrived":
        return Party(key=key, size=size, start=max(at, 0), group=group, arrived=True)
    absent = no_show_of(forecast, promise.channel)
    return Party(
        key=key,
        size=size,
        start=start,
        group=group,
        asked=grid.share(promise.made_at) if promise.made_at else 0.0,
        cancels=forecast.cancels,
        no_show=_still_absent(readers, absent, at - start),
        not_before=max(at, 0) if at >= start + readers.earliest else 0,
    )


def _still_absent(readers: Readers, absent: float, late: int) -> float:
    """Return the no-show chance of a party not here `late` buckets after its time (Bayes).

    Nobody came by now, although a guest who comes would have with the chance `late_by` tells.
    """
    passed = late - 1 - readers.earliest
    if passed < 0:
        return absent
    to_come = (1.0 - absent) * (1.0 - readers.late_by[min(passed, len(readers.late_by) - 1)])
    return float(absent / (absent + to_come)) if absent + to_come > 0.0 else 1.0


def _others(readers: Readers, picture: Picture, now: datetime) -> Iterator[Party]:
    for hold in holds_in_force(picture, now):
        yield _held_slot(readers, hold)
    for held in held_in_force(picture, now):
        yield _held_table(readers, held, now)


def _seated(readers: Readers, seating: Seating, now: datetime) -> Party:
    """A party at its tables stays as long as one that has sat so long does."""
    grid, at = readers.grid, readers.grid.at(now)
    key = int(key_of(seating.reservation_id or seating.seating_id))
    group = _group_at(readers.layout, seating.tables)
    if at < 0:
        until = max(0, grid.end(seating_end(seating, now)))
        return Party(key=key, size=seating.party_size, start=0, group=group, until=until)
    sat_for = (at - grid.at(seating.seated_at)) * GRID_MINUTES
    return Party(
        key=key,
        size=seating.party_size,
        start=at,
        group=group,
        arrived=True,
        sat_for=float(max(0, sat_for)),
    )


def _held_slot(readers: Readers, hold: SlotHold) -> Party:
    """A slot hold is a booking by its site, made when it would become one at the latest."""
    grid, forecast = readers.grid, readers.forecast
    return Party(
        key=int(key_of(hold.slot_hold_id)),
        size=hold.party_size,
        start=max(0, grid.at(hold.starts)),
        group=group_asked(readers.layout, hold.needs),
        asked=grid.share(hold.expires_at),
        cancels=forecast.cancels,
        no_show=forecast.no_show_online,
    )


def _held_table(readers: Readers, held: HeldTable, now: datetime) -> Party:
    grid = readers.grid
    return Party(
        key=int(key_of(held.held_id)),
        size=held.seats,
        start=max(0, grid.at(held.starts), grid.at(now)),
        group=group_asked(readers.layout, held.needs),
        until=max(0, grid.end(held.ends)),
    )


def group_asked(layout: Layout, needs: Needs) -> int:
    """Return the group such a party counts in; that of an area no longer there is the room."""
    return layout.group_of(needs) if needs.area in layout.areas else WHOLE_ROOM


def _group_at(layout: Layout, names: tuple[str, ...]) -> int:
    """Return the group of the area the tables stand in, the whole room where in several."""
    places = [layout.room.index[name] for name in names if name in layout.room.index]
    groups = {int(layout.table_group[place]) for place in places}
    return groups.pop() if len(groups) == 1 else WHOLE_ROOM
