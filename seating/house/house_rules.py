"""House rules as they were shown: to whom, which version, where, when, read out by whom."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.book.picture import Promise
from policies.floor.orders import Order, Version
from policies.house.house import House, HouseRules
from policies.house.house_rules import LATENESS, keys_of, may_enforce
from seating.book.actions import Action, fingerprint, record_action, replayed
from seating.book.in_force import house_of
from seating.book.periods import Opened
from seating.book.reservations import Booker, Reservation, read_reservation
from seating.book.write import Acknowledged
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotPossibleNow

ACKNOWLEDGE = """
with shown as (
    insert into acknowledgement (venue_id, reservation_id, rules_version, channel, read_by, at,
                                 rule_keys)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict do nothing
    returning reservation_id)
select pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'reservation.changed', 'id', r.reservation_id,
    'version', r.version)::text)
from shown join reservation r on r.venue_id = $1 and r.reservation_id = shown.reservation_id
"""

SHOWN_TO = """
select rules_version, channel, read_by, at, rule_keys from acknowledgement
where venue_id = $1 and reservation_id = $2 order by at, rules_version
"""

RULES_OF_VERSION = """
select house -> 'house_rules' as rules from house
where venue_id = $1 and (house -> 'house_rules' ->> 'version')::int = $2
order by version limit 1
"""

BY_CHANNEL = """
select r.channel, a.rules_version, count(*) as parties,
       count(*) filter (where a.read_by is not null) as read_out
from reservation r join period p using (venue_id, period_id)
left join acknowledgement a on a.venue_id = r.venue_id and a.reservation_id = r.reservation_id
where r.venue_id = $1 and p.service_date between $2 and $3
group by r.channel, a.rules_version order by r.channel, a.rules_version nulls last
"""

EACH_PARTY = """
select r.reservation_id, r.name, r.party_size, r.starts, r.state, r.channel, a.rules_version,
       a.channel as shown_on, a.read_by, a.at as shown_at, coalesce(a.rule_keys, '{}') as rule_keys
from reservation r join period p using (venue_id, period_id)
left join acknowledgement a on a.venue_id = r.venue_id and a.reservation_id = r.reservation_id
where r.venue_id = $1 and p.service_date between $2 and $3
order by r.starts, r.reservation_id, a.at limit $4
"""

AT_MOST = 1000


class ReadRules(Order, frozen=True, kw_only=True):
    """The house rules of this version have been read out to a party that had not been shown any."""

    rules_version: Version


class Shown(Struct, frozen=True, kw_only=True):
    """An acknowledgement: the rules shown, by their keys, and the person who read them out."""

    rules_version: int
    channel: str
    read_by: str | None
    at: datetime
    rule_keys: tuple[str, ...]


class RulesShown(Struct, frozen=True, kw_only=True):
    """What one party was shown. `enforceable`: the rules in force that bind it; no others do."""

    reservation_id: UUID
    shown: tuple[Shown, ...]
    enforceable: tuple[str, ...]
    lateness_known: bool


class ShownOn(Struct, frozen=True, kw_only=True):
    """Parties that booked on a channel and were shown a version; None: not shown any."""

    channel: str
    rules_version: int | None
    parties: int
    read_out: int


class ShownTo(Struct, frozen=True, kw_only=True):
    """A party and what it was shown, if anything."""

    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    state: str
    channel: str
    rules_version: int | None
    shown_on: str | None
    read_by: str | None
    shown_at: datetime | None
    rule_keys: tuple[str, ...]


class ShownReport(Struct, frozen=True, kw_only=True):
    """Who was shown what, of the reservations of some dates."""

    channels: tuple[ShownOn, ...]
    parties: tuple[ShownTo, ...]


def check_version(house: House, version: int | None) -> None:
    """Raise Invalid when somebody acknowledges rules that are not those in force."""
    rules = house.house_rules
    if version is None or (rules is not None and rules.version == version):
        return
    told = f"the house rules in force are version {rules.version}" if rules else "we have no rules"
    raise Invalid(f"{told}; show those", pointer="/accepted_house_rules")


def acknowledged(
    opened: Opened, promise: Promise, accepted: int | None, booker: Booker
) -> tuple[Acknowledged, ...]:
    """Return what a booking says about the rules it was shown: those in force, or nothing."""
    rules = opened.house.house_rules
    if rules is None or rules.version != (accepted or listed_rules(opened, booker)):
        return ()
    return (
        Acknowledged(
            reservation_id=promise.reservation_id,
            rules_version=rules.version,
            rule_keys=keys_of(rules),
            channel=booker.channel,
            read_by=booker.staff_id,
        ),
    )


def listed_rules(opened: Opened, booker: Booker) -> int | None:
    """Return the house rules in force if Google's guests have read them in the venue's listing."""
    rules, stated = opened.house.house_rules, opened.picture.rules.listing_house_rules
    in_force = rules is not None and rules.version == stated
    return stated if in_force and booker.channel == "google" else None


async def acknowledge(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    version: int,
    booker: Booker,
    clock: Clock,
) -> RulesShown:
    """Note that a party was shown the rules in force, and return all it was; twice is once.

    Only beforehand: once its time has come a rule told then binds nobody. Raises NotFound,
    Invalid, NotPossibleNow.
    """
    house, now = (await house_of(conn, venue_id)).house, await clock.now(conn)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    check_version(house, version)
    if reservation.state not in {"requested", "booked"} or reservation.starts <= now:
        raise NotPossibleNow("rules are told beforehand, and this party's time has come")
    keys = list(keys_of(house.house_rules))
    channel, read_by = booker.channel, booker.staff_id
    await conn.fetch(ACKNOWLEDGE, venue_id, reservation_id, version, channel, read_by, now, keys)
    return await _rules_shown(conn, venue_id, house, reservation)


async def read_out(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    order: ReadRules,
    booker: Booker,
    clock: Clock,
) -> RulesShown:
    """As `acknowledge`, by a member of staff and once per tap. Raises IdReused too."""
    asked = fingerprint(reservation_id, order)
    earlier = await replayed(conn, venue_id, order.id, "ReadRules", asked)
    if earlier is not None:
        return msgspec.json.decode(earlier.answer, type=RulesShown)
    told = await acknowledge(conn, venue_id, reservation_id, order.rules_version, booker, clock)
    action = Action(
        action_id=order.id,
        asked=asked,
        kind="ReadRules",
        subject_id=reservation_id,
        staff_id=booker.staff_id,
        at=await clock.now(conn),
        reason=order.reason,
        answer=msgspec.Raw(msgspec.json.encode(told)),
    )
    await record_action(conn, venue_id, action)
    return told


async def rules_shown(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker
) -> RulesShown:
    """Return what one party was shown. Raises NotFound."""
    house = (await house_of(conn, venue_id)).house
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    return await _rules_shown(conn, venue_id, house, reservation)


async def shown_report(conn: Connection, venue_id: str, first: date, last: date) -> ShownReport:
    """Return who was shown what, of the reservations of these service dates, both included."""
    channels = await conn.fetch(BY_CHANNEL, venue_id, first, last)
    parties = await conn.fetch(EACH_PARTY, venue_id, first, last, AT_MOST)
    return ShownReport(
        channels=tuple(msgspec.convert(row, ShownOn, from_attributes=True) for row in channels),
        parties=tuple(msgspec.convert(row, ShownTo, from_attributes=True) for row in parties),
    )


async def rules_of_version(conn: Connection, venue_id: str, version: int) -> HouseRules | None:
    """Return the rules that were ever called this version."""
    row = await conn.fetchrow(RULES_OF_VERSION, venue_id, version)
    return msgspec.json.decode(row["rules"], type=HouseRules) if row else None


async def _rules_shown(
    conn: Connection, venue_id: str, house: House, reservation: Reservation
) -> RulesShown:
    rows = await conn.fetch(SHOWN_TO, venue_id, reservation.reservation_id)
    shown = tuple(_shown(row) for row in rows)
    told = [each.rule_keys for each in shown]
    return RulesShown(
        reservation_id=reservation.reservation_id,
        shown=shown,
        enforceable=tuple(key for key in keys_of(house.house_rules) if may_enforce(key, told)),
        lateness_known=may_enforce(LATENESS, told),
    )


def _shown(row: Record) -> Shown:
    return msgspec.convert(row, Shown, from_attributes=True)
