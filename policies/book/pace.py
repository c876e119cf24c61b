"""The pace of a period: the parties that start within 15 minutes, and the limits they count for.

`pacing` of the house file, the covers of the whole house, is asked by policies.booking; here are
the limits beside it, of channels and areas, in covers and in parties.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from policies.book.picture import Picture, Promise, SlotHold, holds_in_force
from policies.house.calendar import Period, instant_in, service_periods, written_period
from policies.house.channels import SITES, UNPACED, Channel, channels_named
from policies.house.house import House, PacingLimit
from policies.house.room import Room, room_of

QUARTER = timedelta(minutes=15)

STARTING = frozenset({"booked", "arrived", "seated"})


class Starter(Struct, frozen=True):
    """A party that starts in the period: its guests, by which channels it may have come, and where.

    `areas`: where it sits or is planned, else the one it needs. Of a slot hold is not known by
    which of the booking sites it came.
    """

    starts: datetime
    covers: int
    channels: frozenset[Channel]
    areas: frozenset[str]
    party: Promise | SlotHold | None = None


class LimitReached(Struct, frozen=True):
    """A limit that one more party would pass, and what starts under it already."""

    limit: PacingLimit
    covers: int
    parties: int


def quarter(instant: datetime) -> datetime:
    """Return the beginning (UTC) of the quarter of an hour `instant` lies in.

    Counted in absolute time: every zone in use is off UTC by whole quarters, so these are the
    quarters of the wall clock too, and the doubled hour of an autumn night stays two hours.
    """
    moment = instant.astimezone(UTC)
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def limits_reached(
    picture: Picture,
    house: House,
    channel: Channel,
    starts: datetime,
    party_size: int,
    *,
    now: datetime,
) -> tuple[LimitReached, ...]:
    """Return the limits that a party of this channel would pass by starting then."""
    limits = limits_in_force(house, picture.period, starts)
    if not limits or channel in UNPACED:
        return ()
    begins = quarter(starts)
    there = [each for each in starters(picture, house, now=now) if quarter(each.starts) == begins]
    return _reached(limits, there, channel, party_size)


def limits_in_force(house: House, period: Period, starts: datetime) -> list[PacingLimit]:
    """Return the limits for the quarter of `starts`: of the same channels and areas the last one.

    One holds from its local time on, through an hour that comes a second time too.
    """
    written = written_period(house, period)
    reached = max(quarter(starts), period.opens)
    latest: dict[tuple[frozenset[str], frozenset[str]], tuple[datetime, PacingLimit]] = {}
    for limit in written.pacing_limits:
        at = limit.start
        begins = period.opens if at is None else instant_in(house, period, written, at)
        group = (frozenset(limit.channels), limit.areas)
        if begins <= reached and (group not in latest or latest[group][0] <= begins):
            latest[group] = (begins, limit)
    return [limit for _, limit in latest.values()]


def limited_areas(house: House, period: Period) -> frozenset[str]:
    """Return the areas whose pace is limited at some time of the period, or of one beside it."""
    if not room_of(house).shares_pace:
        return frozenset()
    written = service_periods(house, period.service_date)
    limits = (limit for each in written for limit in each.pacing_limits)
    return frozenset[str]().union(*(each.areas for each in limits))


def areas_reached(reached: Iterable[LimitReached]) -> frozenset[str]:
    """Return the areas in which one more party would pass a limit of their own."""
    return frozenset[str]().union(*(each.limit.areas for each in reached))


def starters(picture: Picture, house: House, *, now: datetime) -> Iterator[Starter]:
    """Yield who starts in the period: promises, slot holds in force, parties without a reservation.

    Parties that have left again are not among them.
    """
    room = room_of(house)
    sat = {each.reservation_id: each.tables for each in picture.seatings if each.reservation_id}
    for promise in picture.promises:
        if promise.state in STARTING:
            tables = sat.get(promise.reservation_id, promise.tables)
            came = frozenset({promise.channel} if promise.channel else ())
            yield _starter(room, promise, tables, came)
    for hold in holds_in_force(picture, now):
        if hold.reservation_id is None:
            yield _starter(room, hold, hold.tables, SITES if hold.client_id else frozenset())
    for seating in picture.seatings:
        if seating.reservation_id is None and seating.state != "cleared":
            areas = _areas_of(room, seating.tables)
            yield Starter(seating.counted_at, seating.party_size, frozenset(), areas)


def areas_to_avoid(
    picture: Picture, house: House, parties: Iterable[object], *, now: datetime
) -> dict[int, frozenset[str]]:
    """Return for each of these parties, by its number, the areas whose pace the others use up.

    Never where it is planned itself. Empty for a house without limits of areas.
    """
    if not limited_areas(house, picture.period):
        return {}
    by_quarter: dict[datetime, list[Starter]] = {}
    for each in starters(picture, house, now=now):
        by_quarter.setdefault(quarter(each.starts), []).append(each)
    avoided = {}
    for number, party in enumerate(parties):
        if not isinstance(party, Promise | SlotHold):
            continue
        if party.period_id == picture.period.period_id:
            there = by_quarter.get(quarter(party.starts), [])
            avoided[number] = _used_up(picture, house, party, there)
    return avoided


def _used_up(
    picture: Picture, house: House, party: Promise | SlotHold, there: list[Starter]
) -> frozenset[str]:
    own = _areas_of(room_of(house), party.tables)
    others = [each for each in there if each.party is not party]
    of_site: Channel | None = "partner" if isinstance(party, SlotHold) and party.client_id else None
    channel = party.channel if isinstance(party, Promise) else of_site
    limits = limits_in_force(house, picture.period, party.starts)
    found = _reached(limits, others, channel, party.party_size)
    return areas_reached(found) - own


def _reached(
    limits: Iterable[PacingLimit], there: list[Starter], channel: Channel | None, size: int
) -> tuple[LimitReached, ...]:
    found = []
    for limit in limits:
        named = channels_named(limit.channels)
        if named and channel not in named:
            continue
        counted = [each.covers for each in there if _counts(limit, named, each)]
        if _is_passed(limit, sum(counted), len(counted), size):
            found.append(LimitReached(limit, sum(counted), len(counted)))
    return tuple(found)


def _counts(limit: PacingLimit, named: frozenset[Channel], starter: Starter) -> bool:
    of_channel = not named or not named.isdisjoint(starter.channels)
    return of_channel and (not limit.areas or not limit.areas.isdisjoint(starter.areas))


def _is_passed(limit: PacingLimit, covers: int, parties: int, size: int) -> bool:
    alone = covers == 0 and limit.covers != 0
    too_many = limit.covers is not None and covers + size > limit.covers and not alone
    return too_many or (limit.parties is not None and parties >= limit.parties)


def _starter(
    room: Room, party: Promise | SlotHold, tables: tuple[str, ...], came: frozenset[Channel]
) -> Starter:
    wished = {party.needs.area} if party.needs.area else set[str]()
    areas = _areas_of(room, tables) or frozenset(wished)
    return Starter(party.starts, party.party_size, came, areas, party)


def _areas_of(room: Room, tables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(room.tables[room.index[name]].area for name in tables if name in room.index)
