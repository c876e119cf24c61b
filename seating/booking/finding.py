"""Finding reservations again: by name, phone, code, date, state and tags, over all the years."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from policies.book.picture import ReservationState
from policies.house.calendar import zone_of
from policies.house.wording import plain_words
from policies.words.message import message
from seating.book.guests import local_e164
from seating.book.in_force import house_of
from seating.book.reservations import COLUMNS, Reservation, reservation_of_row
from seating.booking.desk.entries import BookEntry, entries_of
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid

MOST_WORDS: Final = 3
LEAST_LETTERS: Final = 3
"""A shorter part of a name has to be the beginning of a word: the index keeps runs of three."""
LEAST_DIGITS: Final = 4
NOBODY: Final = UUID(int=0)
"""Before every id."""
EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
A_DAY: Final = timedelta(days=1)

# First found by the criterion that leaves fewest, then sorted: the planner must not walk all
# reservations by date instead. `like '%'` stands for a word that was not given.
_NAMED = """
found as materialized (
    select reservation_id from reservation
    where venue_id = $1 and name_words like $5 and name_words like $6 and name_words like $7)"""

# Digits from the last on; as a range, which the index serves whatever the digits are.
_PHONED = """
found as materialized (
    select r.reservation_id
    from guest n
    join reservation r on r.venue_id = $1 and r.guest_id = coalesce(n.merged_into, n.guest_id)
    where n.venue_id = $1 and (
        (reverse(split_part(n.phone, ';', 1)) ~>=~ $8
         and reverse(split_part(n.phone, ';', 1)) ~<~ $9)
        or reverse(split_part(n.phone, ';', 1)) = $10))"""

_CODED = """
found as materialized (
    select reservation_id from reservation where venue_id = $1 and code = $11)"""

_TAGGED = """
found as materialized (
    select reservation_id from reservation
    where venue_id = $1 and tags <> '{}' and tags && $15
    union
    select r.reservation_id
    from guest n join reservation r on r.venue_id = $1 and r.guest_id = n.guest_id
    where n.venue_id = $1 and n.tags <> '{}' and n.tags && $15)"""

_WANTED = """
    and ($5::text is null or r.name_words like $5)
    and ($6::text is null or r.name_words like $6)
    and ($7::text is null or r.name_words like $7)
    and ($8::text is null or exists (
        select from guest n
        where n.venue_id = $1 and coalesce(n.merged_into, n.guest_id) = r.guest_id and (
            (reverse(split_part(n.phone, ';', 1)) ~>=~ $8
             and reverse(split_part(n.phone, ';', 1)) ~<~ $9)
            or reverse(split_part(n.phone, ';', 1)) = $10)))
    and ($11::text is null or r.code = $11)
    and ($12::date is null or p.service_date >= $12)
    and ($13::date is null or p.service_date <= $13)
    and ($14::text[] is null or r.state = any($14))
    and ($15::text[] is null or (r.tags || coalesce(g.tags, '{}')) @> $15)"""

_AHEAD = """
  and (r.starts, r.reservation_id) > ($2::timestamptz, $3::uuid) and r.starts < $4"""
_BEHIND = """
  and (r.starts, r.reservation_id) < ($2::timestamptz, $3::uuid) and r.starts >= $4"""


def _statement(lead: str, reach: str, order: str) -> str:
    among = "and r.reservation_id in (select reservation_id from found)" if lead else ""
    return f"""{"with" if lead else ""}{lead}
select {COLUMNS}
from reservation r join period p using (venue_id, period_id)
left join guest g on g.venue_id = $1 and g.guest_id = r.guest_id
where r.venue_id = $1 {among}{reach}{_WANTED}
order by r.starts {order}, r.reservation_id {order}
limit $16
"""


AHEAD_BY_NAME = _statement(_NAMED, _AHEAD, "")
BEHIND_BY_NAME = _statement(_NAMED, _BEHIND, "desc")
AHEAD_BY_PHONE = _statement(_PHONED, _AHEAD, "")
BEHIND_BY_PHONE = _statement(_PHONED, _BEHIND, "desc")
AHEAD_BY_CODE = _statement(_CODED, _AHEAD, "")
BEHIND_BY_CODE = _statement(_CODED, _BEHIND, "desc")
AHEAD_BY_TAG = _statement(_TAGGED, _AHEAD, "")
BEHIND_BY_TAG = _statement(_TAGGED, _BEHIND, "desc")
AHEAD_BY_DATE = _statement("", _AHEAD, "")
BEHIND_BY_DATE = _statement("", _BEHIND, "desc")


class Sought(Struct, frozen=True, kw_only=True):
    """What is known of a reservation; what is given has to be true of it, all of it.

    `name`: parts of it, in any order, without regard to case and accents. `phone`: the number, or
    its last digits. `tags`: of the reservation or its guest. `from_date`, `to_date`: service dates.
    """

    name: str | None = None
    phone: str | None = None
    code: str | None = None
    from_date: date | None = None
    to_date: date | None = None
    states: tuple[ReservationState, ...] = ()
    tags: tuple[str, ...] = ()


class PlaceInSearch(Struct, frozen=True, array_like=True):
    """The last reservation of a page. `since`: where the search parted the past from what comes."""

    since: datetime
    starts: datetime
    reservation_id: UUID


class FoundReservations(Struct, frozen=True, kw_only=True):
    """A page of what was found, and the place after which the next one begins, if there is one."""

    items: tuple[BookEntry, ...]
    after: PlaceInSearch | None = None


async def find_reservations(
    conn: Connection,
    venue_id: str,
    sought: Sought,
    clock: Clock,
    *,
    after: PlaceInSearch | None = None,
    limit: int = 50,
) -> FoundReservations:
    """Return what fits: from today's service date on the nearest first, then the past, the latest.

    Raises Invalid.
    """
    now = await clock.now(conn)
    house = await house_of(conn, venue_id)
    today = datetime.combine(house.service_date_at(now), time(), zone_of(house.house))
    since = after.since if after else today.astimezone(UTC)
    statements, wanted = await _asked(conn, venue_id, sought)
    floor, ceiling = _bounds(sought)
    found: list[Reservation] = []
    if after is None or after.starts >= since:
        place = (after.starts, after.reservation_id) if after else (max(since, floor), NOBODY)
        found += await _page(conn, statements[0], venue_id, (*place, ceiling), wanted, limit + 1)
    if len(found) <= limit:
        behind = after is not None and after.starts < since
        place = (after.starts, after.reservation_id) if after and behind else (since, NOBODY)
        place = min(place, (ceiling, NOBODY))
        left = limit + 1 - len(found)
        found += await _page(conn, statements[1], venue_id, (*place, floor), wanted, left)
    page, last = tuple(found[:limit]), found[limit - 1] if len(found) > limit else None
    return FoundReservations(
        items=await entries_of(conn, venue_id, page, now=now),
        after=PlaceInSearch(since, last.starts, last.reservation_id) if last else None,
    )


async def _page(
    conn: Connection,
    statement: str,
    venue_id: str,
    reach: tuple[datetime, UUID, datetime],
    wanted: Sequence[object],
    limit: int,
) -> list[Reservation]:
    rows = await conn.fetch(statement, venue_id, *reach, *wanted, limit)
    return [reservation_of_row(dict(row)) for row in rows]


async def _asked(
    conn: Connection, venue_id: str, sought: Sought
) -> tuple[tuple[str, str], tuple[object, ...]]:
    """Return the statements (what comes, the past) and their arguments from $5 to $15."""
    parts = _parts(sought.name)
    ending, whole = await _digits(conn, venue_id, sought.phone)
    code = _code(sought.code)
    wanted = (
        *parts,
        ending,
        _next_after(ending),
        whole,
        code,
        sought.from_date,
        sought.to_date,
        list(sought.states) or None,
        list(sought.tags) or None,
    )
    if code is not None:
        return (AHEAD_BY_CODE, BEHIND_BY_CODE), wanted
    if ending is not None:
        return (AHEAD_BY_PHONE, BEHIND_BY_PHONE), wanted
    if sought.name is not None:
        return (AHEAD_BY_NAME, BEHIND_BY_NAME), wanted
    if sought.tags:
        return (AHEAD_BY_TAG, BEHIND_BY_TAG), wanted
    return (AHEAD_BY_DATE, BEHIND_BY_DATE), wanted


def _bounds(sought: Sought) -> tuple[datetime, datetime]:
    """Return instants around the service dates: a little wider, the dates themselves decide."""
    first = max(sought.from_date or date.min, EARLIEST.date())
    last = min(sought.to_date or date.max, LATEST.date())
    return (
        datetime.combine(first, time(), UTC) - A_DAY,
        datetime.combine(last, time(), UTC) + 3 * A_DAY,
    )


def _parts(name: str | None) -> tuple[str | None, ...]:
    """Return patterns for the longest words of a name. Raises Invalid for a name without any."""
    if name is None:
        return (None,) * MOST_WORDS
    words = sorted(plain_words(name), key=len, reverse=True)[:MOST_WORDS]
    if not words:
        raise Invalid(message("search-name-without-letters"), pointer="/name")
    patterns = [f"%{word}%" if len(word) >= LEAST_LETTERS else f"% {word}%" for word in words]
    return (*patterns, *("%",) * (MOST_WORDS - len(patterns)))


async def _digits(
    conn: Connection, venue_id: str, phone: str | None
) -> tuple[str | None, str | None]:
    """Return the digits from the last on, and those of the whole number if it is one."""
    if phone is None:
        return None, None
    digits = "".join(each for each in phone if each.isascii() and each.isdigit())
    if len(digits) < LEAST_DIGITS:
        raise Invalid(message("search-phone-too-short", least=LEAST_DIGITS), pointer="/phone")
    try:
        whole = await local_e164(conn, venue_id, phone, pointer="/phone")
    except Invalid:  # the end of a number
        whole = None
    return digits[::-1], whole.partition(";")[0][::-1] if whole else None


def _next_after(ending: str | None) -> str | None:
    """Return the first text after all that begin with these digits."""
    return None if ending is None else ending[:-1] + chr(ord(ending[-1]) + 1)


def _code(code: str | None) -> str | None:
    return None if code is None else "".join(code.split()).replace("-", "").upper()
