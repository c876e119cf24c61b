"""From a picture to the parties of the scenario ledger.

They are a function of the picture and the bucket of `now`, so that every process that reads the
same picture in the same five minutes gets the same parties.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import (
    HeldTable,
    Picture,
    Promise,
    Seating,
    SlotHold,
    expected_at,
    held_in_force,
    holds_in_force,
    seating_end,
)
from policies.forecast.forecast import Forecast
from policies.forecast.miss_odds import miss_chance
from policies.forecast.period_grid import PeriodGrid
from policies.house.channels import STAFF, Channel
from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM, Layout
from policies.house.room import Needs
from policies.numeric.compiled import Floats
from policies.numeric.draws import draw_key
from policies.risk.ledger import LedgerParty
from policies.risk.party_draws import lateness_cdf

_KEYS = 1 << 64
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)

PartyCache = dict[UUID, tuple[Promise, LedgerParty]]
"""The promise each reservation was last read from, with its party."""


class PartyReader(Struct, frozen=True, kw_only=True):
    """What a picture is read with.

    `late_by` [D]: the cumulative probability to have come, by bucket of lateness from
    `earliest` on.
    """

    grid: PeriodGrid
    layout: Layout
    forecast: Forecast
    earliest: int
    late_by: Floats


def party_reader(grid: PeriodGrid, layout: Layout, forecast: Forecast) -> PartyReader:
    """Return the reader for the pictures of one period under one forecast."""
    earliest, late_by = lateness_cdf(forecast.lateness)
    return PartyReader(
        grid=grid, layout=layout, forecast=forecast, earliest=earliest, late_by=late_by
    )


def ledger_parties(
    reader: PartyReader, picture: Picture, now: datetime, cache: PartyCache
) -> dict[int, LedgerParty]:
    """Return everybody promised or seated, slot holds and held tables as parties, by key."""
    found: dict[int, LedgerParty] = {}
    at = reader.grid.at(now)
    for promise in picture.promises:
        if promise.state in {"booked", "arrived"}:
            party = _read_promise(reader, promise, at, cache)
            found |= _at_each(reader.layout, party, promise.tables)
    for seating in picture.seatings:
        if seating.cleared_at is None and seating.state != "cleared":
            found |= _at_each(reader.layout, _seated(reader, seating, now), seating.tables)
    for party in _others(reader, picture, now):
        found[party.key] = party
    return {key: party for key, party in found.items() if _within(reader.grid, party)}


def _at_each(layout: Layout, party: LedgerParty, tables: tuple[str, ...]) -> dict[int, LedgerParty]:
    """Return the party by key; a group above every join as one party at each of its tables.

    As a single party of the largest class it would count as one table.
    """
    places = [layout.room.index[name] for name in tables if name in layout.room.index]
    if party.size <= layout.largest or len(places) < 2:
        return {party.key: party}
    keys = [party.key, *((party.key + number) % _KEYS for number in range(1, len(places)))]
    seats = (int(layout.table_seats[place]) for place in places)
    return {key: replace(party, key=key, size=size) for key, size in zip(keys, seats, strict=True)}


def no_show_of(forecast: Forecast, promise: Promise, grid: PeriodGrid) -> float:
    """Return the no-show probability of a promise that is not cancelled."""
    if promise.made_at is None:
        return no_show_by(forecast, promise.channel)
    return no_show_when(
        forecast, promise.channel, promise.party_size, promise.starts, promise.made_at, grid
    )


def no_show_when(
    forecast: Forecast,
    channel: Channel | None,
    party_size: int,
    starts: datetime,
    asked: datetime,
    grid: PeriodGrid,
) -> float:
    """Return the no-show probability of a booking asked for at this time, if not cancelled."""
    if forecast.missed is None or channel is None:
        return no_show_by(forecast, channel)
    return miss_chance(
        forecast.missed,
        channel,
        party_size=party_size,
        lead_days=(starts - asked) / _DAY,
        hours=(starts - grid.opens) / _HOUR,
    )


def no_show_by(forecast: Forecast, channel: Channel | None) -> float:
    """Return the share of bookings over this channel that are missed, if not cancelled."""
    return forecast.no_show_phone if channel in STAFF else forecast.no_show_online


def _within(grid: PeriodGrid, party: LedgerParty) -> bool:
    return party.start < grid.length and (party.until is None or party.until > max(party.start, 0))


def _read_promise(reader: PartyReader, promise: Promise, at: int, cache: PartyCache) -> LedgerParty:
    start = reader.grid.at(expected_at(promise))
    cached = cache.get(promise.reservation_id)
    if (
        cached is not None
        and cached[0] == promise
        and not _changes_with_time(reader, promise, start, at)
    ):
        return cached[1]
    party = _promised(reader, promise, start, at)
    cache[promise.reservation_id] = promise, party
    return party


def _changes_with_time(reader: PartyReader, promise: Promise, start: int, at: int) -> bool:
    """Tell whether the party read from the promise depends on the time."""
    return start >= 0 and (promise.state == "arrived" or at >= start + reader.earliest)


def _promised(reader: PartyReader, promise: Promise, start: int, at: int) -> LedgerParty:
    grid, forecast = reader.grid, reader.forecast
    key, group = int(draw_key(promise.reservation_id)), group_asked(reader.layout, promise.needs)
    size = promise.party_size
    if start < 0:  # of the period before: it ends as planned
        return LedgerParty(
            key=key, size=size, start=0, group=group, until=max(0, grid.end(promise.ends))
        )
    if promise.state == "arrived":
        return LedgerParty(key=key, size=size, start=max(at, 0), group=group, arrived=True)
    absent = no_show_of(forecast, promise, grid)
    return LedgerParty(
        key=key,
        size=size,
        start=start,
        group=group,
        asked=grid.share(promise.made_at) if promise.made_at else 0.0,
        cancels=forecast.cancels,
        no_show=_still_absent(reader, absent, at - start),
        not_before=max(at, 0) if at >= start + reader.earliest else 0,
    )


def _still_absent(reader: PartyReader, absent: float, late: int) -> float:
    """Return the no-show probability of a party not here `late` buckets after its time (Bayes).

    A guest who shows would have come by now with probability `late_by`.
    """
    passed = late - 1 - reader.earliest
    if passed < 0:
        return absent
    to_come = (1.0 - absent) * (1.0 - reader.late_by[min(passed, len(reader.late_by) - 1)])
    return float(absent / (absent + to_come)) if absent + to_come > 0.0 else 1.0


def _others(reader: PartyReader, picture: Picture, now: datetime) -> Iterator[LedgerParty]:
    for hold in holds_in_force(picture, now):
        yield _held_slot(reader, hold)
    for held in held_in_force(picture, now):
        yield _held_table(reader, held, now)


def _seated(reader: PartyReader, seating: Seating, now: datetime) -> LedgerParty:
    """Read a seating; its remaining stay is conditional on the time it has sat."""
    grid, at = reader.grid, reader.grid.at(now)
    key = int(draw_key(seating.reservation_id or seating.seating_id))
    group = _group_at(reader.layout, seating.tables)
    if at < 0:
        until = max(0, grid.end(seating_end(seating, now)))
        return LedgerParty(key=key, size=seating.party_size, start=0, group=group, until=until)
    sat_for = (at - grid.at(seating.seated_at)) * GRID_MINUTES
    return LedgerParty(
        key=key,
        size=seating.party_size,
        start=at,
        group=group,
        arrived=True,
        sat_for=float(max(0, sat_for)),
    )


def _held_slot(reader: PartyReader, hold: SlotHold) -> LedgerParty:
    """Read a slot hold: a booking by its site, made when the hold expires at the latest."""
    grid, forecast = reader.grid, reader.forecast
    return LedgerParty(
        key=int(draw_key(hold.slot_hold_id)),
        size=hold.party_size,
        start=max(0, grid.at(hold.starts)),
        group=group_asked(reader.layout, hold.needs),
        asked=grid.share(hold.expires_at),
        cancels=forecast.cancels,
        no_show=forecast.no_show_online,
    )


def _held_table(reader: PartyReader, held: HeldTable, now: datetime) -> LedgerParty:
    grid = reader.grid
    return LedgerParty(
        key=int(draw_key(held.held_id)),
        size=held.seats,
        start=max(0, grid.at(held.starts), grid.at(now)),
        group=group_asked(reader.layout, held.needs),
        until=max(0, grid.end(held.ends)),
    )


def group_asked(layout: Layout, needs: Needs) -> int:
    """Return the group of the area asked for; the whole room if that area is gone."""
    return layout.group_of(needs) if needs.area in layout.areas else WHOLE_ROOM


def _group_at(layout: Layout, names: tuple[str, ...]) -> int:
    """Return the group of the area the tables stand in, the whole room where in several."""
    places = [layout.room.index[name] for name in names if name in layout.room.index]
    groups = {int(layout.table_group[place]) for place in places}
    return groups.pop() if len(groups) == 1 else WHOLE_ROOM
