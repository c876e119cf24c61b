"""The house versions in force (cached per process) and the rules of a period.

A house is published from a service date on. Whatever concerns a date or an instant asks for the
version of that date (`HouseVersion.on`, `.at`); a period that has a row runs under the version of
its row (`version_for`), which publishing keeps right for all that is not over.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

import msgspec
from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from policies.house.calendar import (
    Period,
    dates_of,
    days_around,
    local_date,
    occupancy_window,
    open_at,
    periods_on,
    seating_at,
    with_overlapping,
    zone_of,
)
from policies.house.house import House
from policies.house.rules import CAPACITY_RULES, CURRENT_RULES, Rules
from policies.words.message import message
from seating.db import Connection
from seating.errors import NotFound

T = TypeVar("T")
U = TypeVar("U")

IN_FORCE = """(
    select r.version from rules r
    where r.venue_id = $1 and r.state = 'published' and r.from_date <= {service_date}
    order by r.from_date desc, r.published_at desc, r.version desc limit 1)"""
"""SQL: the rules version that a period of this service date opens with."""


def _array(names: Iterable[str]) -> str:
    return "array[" + ", ".join(f"'{name}'" for name in names) + "]"


RULES_OF_VERSIONS = f"""(
    select v.body || coalesce((
        select jsonb_object_agg(o.key, case
            when jsonb_typeof(o.value) = 'object' and jsonb_typeof(v.body -> o.key) = 'object'
            then (v.body -> o.key) || o.value else o.value end)
        from jsonb_each(v.override) as o), jsonb_build_object()) as body
    from (
        select {{override}} as override, case
            when kept.version is not distinct from latest.version
            then coalesce(latest.body, jsonb_build_object())
            else coalesce(latest.body - {_array(CAPACITY_RULES)}, jsonb_build_object())
              || coalesce(kept.body - {_array(CURRENT_RULES)}, jsonb_build_object()) end as body
        from (select 1) as always
        left join period p on p.venue_id = $1 and p.period_id = $2
        left join rules latest on latest.venue_id = $1 and latest.version = {{latest}}
        left join rules kept on kept.venue_id = $1 and kept.version = {{kept}}) as v)"""
"""SQL: rules of period $2 (p, if it has a row): capacity of version `kept`, the rest of `latest`.

An `override` of a section's key leaves the section's other keys as the versions have them.
"""

OVERRIDE_OF_PERIOD = "coalesce(p.rules_override, jsonb_build_object())"


KEPT = "case when p.period_id is null then latest.version else p.rules_version end"

BODY = RULES_OF_VERSIONS.format(latest=IN_FORCE, kept=KEPT, override=OVERRIDE_OF_PERIOD)
"""SQL: the rules of period $2: capacity as it opened with, the rest as in force on its date."""


RULES_OF_PERIOD = f"select body::text from {BODY.format(service_date='$3::date')} as merged"


HOUSE_OF_DATE = """(
    select h.version from house h
    where h.venue_id = $1 and h.state = 'published' and h.from_date <= {service_date}
    order by h.from_date desc, h.version desc limit 1)"""
"""SQL: the house version that a period of this service date runs under."""

# A week before the version the venue points to: an evening that runs on has neighbours too.
HOUSES_IN_FORCE = f"""
with pointed as (
    select v.house_version, h.from_date - 7 as since from venue v
    join house h on h.venue_id = v.venue_id and h.version = v.house_version
    where v.venue_id = $1)
select distinct on (h.from_date) p.house_version, h.version, h.from_date, h.checksum
from pointed p
join house h on h.venue_id = $1 and h.state = 'published'
  and (h.from_date > p.since or h.version = {HOUSE_OF_DATE.format(service_date="p.since")})
order by h.from_date desc, h.version desc
"""

HOUSE_OF_VERSION = "select house from house where venue_id = $1 and version = $2"

CHECKSUM_OF_VERSION = "select checksum from house where venue_id = $1 and version = $2"


class DatedHouse(Struct, frozen=True):
    """A published house and the service date from which it holds."""

    from_date: date
    version: int
    house: House


class HouseVersion(Struct, frozen=True):
    """A house with its version number, and every published version of the dates around and ahead.

    `dated`: the latest date first, of one date the higher number first. Empty: this one holds on
    every date.
    """

    house: House
    version: int
    dated: tuple[DatedHouse, ...] = ()

    def on(self, service_date: date) -> "HouseVersion":
        """Return the version in force on a service date."""
        for each in self.dated:
            if each.from_date <= service_date:
                break
        else:
            if not self.dated:
                return self
            each = self.dated[-1]
        if each.house is self.house and each.version == self.version:
            return self
        return HouseVersion(each.house, each.version, self.dated)

    def at(self, instant: datetime) -> "HouseVersion":
        """Return the version in force at an instant: of the evening that runs, else of the date."""
        return self.on(self.service_date_at(instant))

    def published(self, more: DatedHouse) -> "HouseVersion":
        """Return the same with another published version beside the others."""
        others = [each for each in self.dated if each.from_date != more.from_date]
        return self._with([*others, more])

    def withdrawn(self, version: int, instead: DatedHouse | None) -> "HouseVersion":
        """Return the same without a version; `instead`: the one before it of the same date."""
        others = [each for each in self.dated if each.version != version]
        return self._with(others if instead is None else [*others, instead])

    def _with(self, dated: Iterable[DatedHouse]) -> "HouseVersion":
        order = sorted(dated, key=lambda each: each.from_date, reverse=True)
        return HouseVersion(self.house, self.version, tuple(order))

    def knows(self, service_date: date) -> bool:
        """Tell whether the versions of a date are among these; it may be too long ago."""
        return not self.dated or self.dated[-1].from_date <= service_date

    def periods_on(self, service_date: date) -> tuple[Period, ...]:
        """Return the periods of a service date, by opening."""
        known = self.on(service_date)
        return periods_on(known.house, service_date, house_version=known.version)

    def period_at(self, instant: datetime) -> Period | None:
        """Return the period in which a party may start at `instant` (opens to last seating)."""
        return seating_at(self._around(local_date(self.house, instant)), instant)

    def open_period_at(self, instant: datetime) -> Period | None:
        """Return the period open at `instant` (opens up to closes), seating guests or not."""
        return open_at(self._around(local_date(self.house, instant)), instant)

    def service_date_at(self, instant: datetime) -> date:
        """Return the service date of the period open at `instant`, else the local date."""
        running = self.open_period_at(instant)
        return running.service_date if running else local_date(self.house, instant)

    def service_dates_on(self, day: date) -> tuple[date, ...]:
        """Return the service dates whose parties may start on this day of the calendar."""
        return dates_of(self._around(day), day, zone_of(self.on(day).house))

    def overlapping(self, period: Period) -> tuple[Period, ...]:
        """Return the period and those whose parties can occupy a table at the same time, in order.

        Only itself where the versions of its date are no longer known here.
        """
        if not self.knows(period.service_date):
            return (period,)
        window = occupancy_window(period, self.on(period.service_date).house)
        around = (
            (each, occupancy_window(each, self.on(each.service_date).house))
            for each in self._around(period.service_date)
        )
        return with_overlapping(period, window, around)

    def _around(self, day: date) -> tuple[Period, ...]:
        return tuple(each for near in days_around(day) for each in self.periods_on(near))


_documents: dict[tuple[str, int, str], House] = {}
_in_force: dict[tuple[str, tuple[Record, ...]], HouseVersion] = {}
_CACHED_AT_MOST = 1000


async def house_of(conn: Connection, venue_id: str) -> HouseVersion:
    """Return the house the venue points to, with the versions of the dates around and ahead.

    Raises NotFound for an unknown venue.
    """
    rows = await conn.fetch(HOUSES_IN_FORCE, venue_id)
    if not rows:
        raise NotFound(message("no-venue-named", venue=venue_id))
    key = (venue_id, tuple(rows))
    found = _in_force.get(key)
    if found is None:
        dated = tuple(
            [
                DatedHouse(
                    row["from_date"],
                    row["version"],
                    await _document(conn, venue_id, row["version"], row["checksum"]),
                )
                for row in rows
            ]
        )
        pointed = next(
            (each for each in dated if each.version == rows[0]["house_version"]), dated[-1]
        )
        dated = tuple(_with_rules_of_today(each, pointed) for each in dated)
        found = HouseVersion(pointed.house, pointed.version, dated)
        _forget_if_full(_in_force)
        _in_force[key] = found
    return found


def _with_rules_of_today(each: DatedHouse, pointed: DatedHouse) -> DatedHouse:
    """Return a later house with the house rules that guests are shown, whenever they come."""
    rules = pointed.house.house_rules
    if each.from_date <= pointed.from_date or each.house.house_rules == rules:
        return each
    return replace(each, house=replace(each.house, house_rules=rules))


async def version_for(conn: Connection, in_force: HouseVersion, period: Period) -> HouseVersion:
    """Return the version a stored period runs under: that of its row, however old.

    Raises NotFound for a version the venue never had.
    """
    known = in_force.on(period.service_date)
    if period.house_version == known.version:
        return known
    house = await house_of_version(conn, in_force.house.venue.id, period.house_version)
    return HouseVersion(house, period.house_version, in_force.dated)


async def house_of_version(conn: Connection, venue_id: str, version: int) -> House:
    """Return a house by its number, of any state. Raises NotFound."""
    checksum = await conn.fetchval(CHECKSUM_OF_VERSION, venue_id, version)
    if checksum is None:
        raise NotFound(message("no-such-house-version", version=str(version)), pointer="/version")
    return await _document(conn, venue_id, version, checksum)


async def _document(conn: Connection, venue_id: str, version: int, checksum: str) -> House:
    key = (venue_id, version, checksum)
    if key not in _documents:
        row = await conn.fetchrow(HOUSE_OF_VERSION, venue_id, version)
        assert row is not None  # noqa: S101 - versions are never deleted
        _forget_if_full(_documents)
        _documents[key] = msgspec.json.decode(row["house"], type=House)
    return _documents[key]


def _forget_if_full(cache: dict[T, U]) -> None:
    if len(cache) >= _CACHED_AT_MOST:
        cache.pop(next(iter(cache)))


async def rules_of_period(conn: Connection, venue_id: str, period: Period) -> Rules:
    """Return the rules of a period, its overrides included."""
    text = await conn.fetchval(RULES_OF_PERIOD, venue_id, period.period_id, period.service_date)
    return msgspec.json.decode(text, type=Rules)


async def rules_of_date(conn: Connection, venue_id: str, service_date: date) -> Rules:
    """Return the rules that a period of this service date would open with."""
    text = await conn.fetchval(RULES_OF_PERIOD, venue_id, "", service_date)
    return msgspec.json.decode(text, type=Rules)
