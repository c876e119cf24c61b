"""Acknowledgements of house rules: which party was shown which version, where, when, by whom."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.book.picture import Promise
from policies.floor.orders import Command, Version
from policies.house.house import House, HouseRules
from policies.house.house_rules import LATENESS_RULE, keys_of, may_enforce
from policies.words.message import message
from seating.book.actions import keep_answer, key_of, replayed_answer
from seating.book.announcing import announced
from seating.book.in_force import house_of
from seating.book.periods import LockedPeriod
from seating.book.reservations import Booker, Reservation, read_reservation
from seating.book.write import Acknowledgement
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotPossibleNow

ACKNOWLEDGE = f"""
with shown as (
    insert into acknowledgement (venue_id, reservation_id, rules_version, channel, read_by, at,
                                 rule_keys)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict do nothing
    returning reservation_id)
select {
    announced(
        "reservation.changed",
        subject="r.reservation_id",
        version="r.version",
        period="r.period_id",
    )
}
from shown join reservation r on r.venue_id = $1 and r.reservation_id = shown.reservation_id
"""

ACKNOWLEDGEMENTS_OF = """
select rules_version, channel, read_by, at, rule_keys from acknowledgement
where venue_id = $1 and reservation_id = $2 order by at, rules_version
"""

RULES_OF_VERSION = """
select house -> 'house_rules' as rules from house
where venue_id = $1 and (house -> 'house_rules' ->> 'version')::int = $2 and state = 'published'
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

MAX_ROWS = 1000


class ReadRules(Command, frozen=True, kw_only=True):
    """The house rules of this version have been read out to a party."""

    rules_version: Version


class AcknowledgedRules(Struct, frozen=True, kw_only=True):
    """One acknowledgement: the keys of the rules shown, and the person who read them out."""

    rules_version: int
    channel: str
    read_by: str | None
    at: datetime
    rule_keys: tuple[str, ...]


class PartyAcknowledgements(Struct, frozen=True, kw_only=True):
    """The acknowledgements of one party. `enforceable`: keys of the rules in force it was shown."""

    reservation_id: UUID
    shown: tuple[AcknowledgedRules, ...]
    enforceable: tuple[str, ...]
    lateness_known: bool


class ChannelAcknowledgements(Struct, frozen=True, kw_only=True):
    """Counts of parties by booking channel and version shown (None: none shown)."""

    channel: str
    rules_version: int | None
    parties: int
    read_out: int


class AcknowledgementRow(Struct, frozen=True, kw_only=True):
    """A party with one of its acknowledgements, or with none."""

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


class AcknowledgementReport(Struct, frozen=True, kw_only=True):
    """The acknowledgements of the reservations of some dates."""

    channels: tuple[ChannelAcknowledgements, ...]
    parties: tuple[AcknowledgementRow, ...]


def check_rules_version(house: House, version: int | None) -> None:
    """Raise Invalid for an acknowledged version that is not the one in force."""
    rules = house.house_rules
    if version is None or (rules is not None and rules.version == version):
        return
    if rules is None:
        raise Invalid(message("no-house-rules"), pointer="/accepted_house_rules")
    shown = message("show-current-house-rules", version=str(rules.version))
    raise Invalid(shown, pointer="/accepted_house_rules")


def acknowledgement_of(
    locked: LockedPeriod, promise: Promise, accepted: int | None, booker: Booker
) -> tuple[Acknowledgement, ...]:
    """Return the acknowledgement of a new booking: of the rules in force, or none."""
    rules = locked.house.house_rules
    if rules is None or rules.version != (accepted or listed_rules(locked, booker)):
        return ()
    return (
        Acknowledgement(
            reservation_id=promise.reservation_id,
            rules_version=rules.version,
            rule_keys=keys_of(rules),
            channel=booker.channel,
            read_by=booker.staff_id,
        ),
    )


def listed_rules(locked: LockedPeriod, booker: Booker) -> int | None:
    """Return the version in force if the venue's listing at Google shows it (channel google)."""
    rules, stated = locked.house.house_rules, locked.picture.rules.listing_house_rules
    in_force = rules is not None and rules.version == stated
    return stated if in_force and booker.channel == "google" else None


async def acknowledge(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    version: int,
    booker: Booker,
    clock: Clock,
) -> PartyAcknowledgements:
    """Record that a party was shown the rules in force; return its acknowledgements. Idempotent.

    Only before its start: rules shown later do not bind. Raises NotFound, Invalid,
    NotPossibleNow.
    """
    house, now = (await house_of(conn, venue_id)).house, await clock.now(conn)
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    check_rules_version(house, version)
    if reservation.state not in {"requested", "booked"} or reservation.starts <= now:
        raise NotPossibleNow(message("rules-told-beforehand"))
    keys = list(keys_of(house.house_rules))
    channel, read_by = booker.channel, booker.staff_id
    await conn.fetch(ACKNOWLEDGE, venue_id, reservation_id, version, channel, read_by, now, keys)
    return await _party_acknowledgements(conn, venue_id, house, reservation)


async def read_out(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    command: ReadRules,
    booker: Booker,
    clock: Clock,
) -> PartyAcknowledgements:
    """As `acknowledge`, by staff, once per action id. Raises IdReused too."""
    key = key_of(command, reservation_id)
    earlier = await replayed_answer(conn, venue_id, key, PartyAcknowledgements)
    if earlier is not None:
        return earlier
    answer = await acknowledge(conn, venue_id, reservation_id, command.rules_version, booker, clock)
    return await keep_answer(
        conn,
        venue_id,
        key,
        answer,
        by=booker.staff_id,
        at=await clock.now(conn),
        subject_id=reservation_id,
    )


async def party_acknowledgements(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker
) -> PartyAcknowledgements:
    """Return the acknowledgements of one party. Raises NotFound."""
    house = (await house_of(conn, venue_id)).house
    reservation = await read_reservation(conn, venue_id, reservation_id, booker)
    return await _party_acknowledgements(conn, venue_id, house, reservation)


async def acknowledgement_report(
    conn: Connection, venue_id: str, first: date, last: date
) -> AcknowledgementReport:
    """Return the report of service dates, `first` and `last` included."""
    channels = await conn.fetch(BY_CHANNEL, venue_id, first, last)
    parties = await conn.fetch(EACH_PARTY, venue_id, first, last, MAX_ROWS)
    return AcknowledgementReport(
        channels=tuple(
            msgspec.convert(row, ChannelAcknowledgements, from_attributes=True) for row in channels
        ),
        parties=tuple(
            msgspec.convert(row, AcknowledgementRow, from_attributes=True) for row in parties
        ),
    )


async def rules_of_version(conn: Connection, venue_id: str, version: int) -> HouseRules | None:
    """Return the house rules published under this version, if any."""
    row = await conn.fetchrow(RULES_OF_VERSION, venue_id, version)
    return msgspec.json.decode(row["rules"], type=HouseRules) if row else None


async def _party_acknowledgements(
    conn: Connection, venue_id: str, house: House, reservation: Reservation
) -> PartyAcknowledgements:
    rows = await conn.fetch(ACKNOWLEDGEMENTS_OF, venue_id, reservation.reservation_id)
    shown = tuple(_shown(row) for row in rows)
    shown_keys = [each.rule_keys for each in shown]
    return PartyAcknowledgements(
        reservation_id=reservation.reservation_id,
        shown=shown,
        enforceable=tuple(
            key for key in keys_of(house.house_rules) if may_enforce(key, shown_keys)
        ),
        lateness_known=may_enforce(LATENESS_RULE, shown_keys),
    )


def _shown(row: Record) -> AcknowledgedRules:
    return msgspec.convert(row, AcknowledgedRules, from_attributes=True)
