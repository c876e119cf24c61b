"""The house version in force (cached per process) and the rules of a period."""

from datetime import date

import msgspec
from msgspec import Struct

from policies.house.calendar import Period
from policies.house.house import House
from policies.house.rules import Rules
from seating.db import Connection
from seating.errors import NotFound

IN_FORCE = """(
    select r.version from rules r
    where r.venue_id = $1 and r.state = 'published' and r.from_date <= {service_date}
    order by r.from_date desc, r.published_at desc, r.version desc limit 1)"""
"""SQL: the rules version that a period of this service date opens with."""


BODY = f"""(
    select coalesce(r.body, jsonb_build_object())
           || coalesce(p.rules_override, jsonb_build_object()) as body
    from (select 1) as always
    left join period p on p.venue_id = $1 and p.period_id = $2
    left join rules r on r.venue_id = $1 and r.version = case
        when p.period_id is null then {IN_FORCE} else p.rules_version end)"""
"""SQL: the rules of period $2: those of its version (else of its date), overrides merged in."""


RULES_OF_PERIOD = f"select body::text from {BODY.format(service_date='$3::date')} as merged"


HOUSE_IN_FORCE = """
select v.house_version, h.checksum from venue v
join house h on h.venue_id = v.venue_id and h.version = v.house_version
where v.venue_id = $1
"""

HOUSE_VERSION = "select house from house where venue_id = $1 and version = $2"


class HouseVersion(Struct, frozen=True):
    """A house with its version number."""

    house: House
    version: int


_houses: dict[tuple[str, int, str], HouseVersion] = {}


async def house_of(conn: Connection, venue_id: str) -> HouseVersion:
    """Return the venue's house in force; raises NotFound for an unknown venue."""
    row = await conn.fetchrow(HOUSE_IN_FORCE, venue_id)
    if row is None:
        raise NotFound(f"there is no venue {venue_id!r}")
    key = (venue_id, row["house_version"], row["checksum"])
    if key not in _houses:
        text = await conn.fetchval(HOUSE_VERSION, venue_id, row["house_version"])
        _houses[key] = HouseVersion(msgspec.json.decode(text, type=House), row["house_version"])
    return _houses[key]


async def rules_of_period(conn: Connection, venue_id: str, period: Period) -> Rules:
    """Return the rules of a period, its overrides included."""
    text = await conn.fetchval(RULES_OF_PERIOD, venue_id, period.period_id, period.service_date)
    return msgspec.json.decode(text, type=Rules)


async def rules_of_date(conn: Connection, venue_id: str, service_date: date) -> Rules:
    """Return the rules that a period of this service date would open with."""
    text = await conn.fetchval(RULES_OF_PERIOD, venue_id, "", service_date)
    return msgspec.json.decode(text, type=Rules)
