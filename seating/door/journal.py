"""The journal of a day: who did what to whom, in a sentence, and whether it can be taken back."""

from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.book.changes import Changes
from policies.book.deeds import SENTENCES, Deed, ToldThen, party_of, sentence_of, tables_of
from policies.house.calendar import local_instant, zone_of
from policies.house.house import House
from policies.words.catalogue import say
from policies.words.message import Param
from seating.book.in_force import HouseVersion, house_of
from seating.clock import Clock
from seating.db import Connection
from seating.door.days import first_day

T = TypeVar("T", bound=Struct)

# The names are those of now; a party erased since has none.
_NAMED = """)
select a.action_id, a.kind, a.at, a.period_id, a.staff_id, a.subject_id, a.reason,
       a.before::text as before, a.after::text as after, a.answer::text as answer,
       a.undone_by as undone_action, s.name as staff_name, u.staff_id as undone_by,
       n.name as undone_by_name, w.kind as undid_kind, w.subject_id as undid_subject,
       w.before::text as undid_before, w.after::text as undid_after, w.answer::text as undid_answer,
       coalesce(r.name, t.name, c.name) as name,
       coalesce(r.party_size, t.party_size, c.party_size) as party_size
from page a
left join staff s on s.venue_id = $1 and s.staff_id = a.staff_id
left join action u on u.venue_id = $1 and u.action_id = a.undone_by
left join staff n on n.venue_id = $1 and n.staff_id = u.staff_id
left join action w on w.venue_id = $1 and w.undone_by = a.action_id and a.kind = 'Undo'
left join reservation r on r.venue_id = $1 and r.reservation_id = a.subject_id
left join turnaway t on t.venue_id = $1 and t.turnaway_id = a.action_id
left join exposure e on e.venue_id = $1 and e.exposure_id = a.subject_id
left join reservation c on c.venue_id = $1 and c.reservation_id = e.reservation_id
order by a.at desc, a.action_id desc
"""

JOURNAL_OF_DAY = f"""
with page as materialized (
    select * from action
    where venue_id = $1 and at >= $2 and at < $3 and (at, action_id) < ($4, $5)
      and kind = any($6::text[])
    order by at desc, action_id desc limit $7
{_NAMED}
"""

JOURNAL_OF_ACTION = f"""
with page as materialized (select * from action where venue_id = $1 and action_id = $2
{_NAMED}
"""

LAST_ON = f"""
with page as materialized (
    select * from action
    where venue_id = $1 and subject_id = any($2::uuid[]) and kind = any($3::text[])
    order by at desc, action_id desc limit 1
{_NAMED}
"""

LAST_ID = UUID(int=2**128 - 1)
MIDNIGHT = time()


class JournalEntry(Struct, frozen=True, kw_only=True):
    """An action in words.

    `message` with `params` for any language, `said` in the house's. `tables`: those it is about, as
    they were after it. `staff_id` is None where a guest or a job acted. `undo_until`: until when it
    can be taken back by its `action_id`; None if not at all. `undone_by`: the person who took it
    back, by the action `undone_action`. `period_id`: of what it is about.
    """

    action_id: UUID
    kind: str
    at: datetime
    message: str
    said: str
    params: dict[str, Param] = {}
    period_id: str | None = None
    staff_id: str | None = None
    staff_name: str | None = None
    party_name: str = ""
    party_size: int | None = None
    tables: tuple[str, ...] = ()
    reason: str | None = None
    undo_until: datetime | None = None
    undone_by: str | None = None
    undone_by_name: str | None = None
    undone_action: UUID | None = None


class PlaceInJournal(Struct, frozen=True, array_like=True):
    """Where a page of the journal ends: the next begins after it."""

    at: datetime
    action_id: UUID


class JournalRead(Struct, frozen=True, kw_only=True):
    """Entries, the latest first; `after`: where the next page begins, None at the end."""

    items: tuple[JournalEntry, ...]
    after: PlaceInJournal | None = None


class Recorded(Struct, frozen=True, kw_only=True):
    """An action as it is on record: what was done, by whom and why."""

    deed: Deed
    staff_id: str | None
    reason: str | None


async def read_journal(
    conn: Connection,
    venue_id: str,
    day: date | None,
    clock: Clock,
    *,
    after: PlaceInJournal | None = None,
    limit: int = 50,
) -> JournalRead:
    """Return what was done on a service date, today's by default. Raises Invalid."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    since, until = bounds_of(in_force, first_day(in_force, day, now))
    place = (after.at, after.action_id) if after else (until, LAST_ID)
    rows = await conn.fetch(
        JOURNAL_OF_DAY, venue_id, since, until, *place, list(SENTENCES), limit + 1
    )
    house = in_force.at(now).house
    items = tuple(_entry(row, house) for row in rows[:limit])
    last = PlaceInJournal(items[-1].at, items[-1].action_id) if len(rows) > limit else None
    return JournalRead(items=items, after=last)


async def last_on(
    conn: Connection, venue_id: str, subjects: list[UUID], clock: Clock
) -> JournalEntry | None:
    """Return the last that was done about any of these things, None if nothing was."""
    rows = await conn.fetch(LAST_ON, venue_id, subjects, list(SENTENCES))
    if not rows:
        return None
    in_force = await house_of(conn, venue_id)
    return _entry(rows[0], in_force.at(await clock.now(conn)).house)


async def recorded_action(conn: Connection, venue_id: str, action_id: UUID) -> Recorded | None:
    """Return an action as it is on record, None if there is none."""
    rows = await conn.fetch(JOURNAL_OF_ACTION, venue_id, action_id)
    if not rows:
        return None
    raw = dict(rows[0])
    return Recorded(deed=_deed(raw), staff_id=raw["staff_id"], reason=raw["reason"])


def bounds_of(in_force: HouseVersion, day: date) -> tuple[datetime, datetime]:
    """Return from when to when a service date lasts: from midnight, or the end of the evening."""
    return _beginning(in_force, day), _beginning(in_force, day + timedelta(days=1))


def _beginning(in_force: HouseVersion, day: date) -> datetime:
    midnight = local_instant(zone_of(in_force.house), day, MIDNIGHT)
    before = in_force.periods_on(day - timedelta(days=1))
    return max([midnight, *(period.closes for period in before)])


def in_words(deed: Deed, house: House) -> dict[str, Any]:
    """Return the fields of a deed's sentence: `message`, `params`, `said`."""
    sentence = sentence_of(deed, house)
    said = say(sentence, house.venue.locale)
    return {"message": sentence.key, "params": sentence.params, "said": said}


def _entry(row: Record, house: House) -> JournalEntry:
    raw = dict(row)
    deed = _deed(raw)
    name, size = party_of(deed)
    same = {key: raw[key] for key in raw.keys() & set(JournalEntry.__struct_fields__)}
    same |= {"party_name": name, "party_size": size, "tables": tables_of(deed)}
    return JournalEntry(
        **same | in_words(deed, house),
        undo_until=deed.told.undo_until,
    )


def _deed(raw: dict[str, Any]) -> Deed:
    told = _decoded(raw["answer"], ToldThen) or ToldThen()
    undone = None
    if raw["undid_kind"] is not None:
        undone = Deed(
            kind=raw["undid_kind"],
            subject=raw["undid_subject"],
            before=_decoded(raw["undid_before"], Changes) or Changes(),
            after=_decoded(raw["undid_after"], Changes) or Changes(),
            told=_decoded(raw["undid_answer"], ToldThen) or ToldThen(),
        )
    return Deed(
        kind=raw["kind"],
        subject=raw["subject_id"],
        before=_decoded(raw["before"], Changes) or Changes(),
        after=_decoded(raw["after"], Changes) or Changes(),
        told=told,
        party=(
            raw["name"] or told.party_name or told.name or "",
            raw["party_size"] or told.party_size,
        ),
        undone=undone,
    )


def _decoded(text: str, kind: type[T]) -> T | None:
    """Return a stored document, None for one that was written otherwise or has been emptied."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError:
        return None
