"""What the kitchen has noted: by one person, once, and taken back while it was a slip.

The primary key decides between two tablets; a mark is gone when the guest's allergies change.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.floor.orders import Command
from policies.kitchen.due import MarkKind
from policies.words.message import message
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.book.announcing import announced
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, NotPossibleNow

MARK = f"""
with about as (
    select period_id from seating
    where $3 = 'allergies' and venue_id = $1 and seating_id = $2 and cleared_at is null
    union all
    select period_id from reservation
    where $3 = 'large_party' and venue_id = $1 and reservation_id = $2
      and state in ('booked', 'arrived')),
marked as (
    insert into kitchen_mark (venue_id, kind, subject_id, period_id, marked_at, marked_by)
    select $1, $3, $2, period_id, $4, $5 from about
    on conflict (venue_id, kind, subject_id) do nothing
    returning subject_id, period_id)
select period_id, {
    announced("kitchen.marked", subject="subject_id", version="1", period="period_id")
}
from marked
"""

MARKED_BY = """
select p.name from kitchen_mark m
join staff p on p.venue_id = $1 and p.staff_id = m.marked_by
where m.venue_id = $1 and m.kind = $3 and m.subject_id = $2
"""

UNMARK = f"""
with gone as (
    delete from kitchen_mark
    where venue_id = $1 and subject_id = $2 and kind = $3 and marked_by = $4
    returning subject_id, period_id)
select period_id, {
    announced("kitchen.unmarked", subject="subject_id", version="2", period="period_id")
}
from gone
"""


class _AboutMark(Command, frozen=True, kw_only=True):
    kind: MarkKind
    subject_id: UUID


class NoteInKitchen(_AboutMark, frozen=True, kw_only=True):
    """The kitchen knows of a seated party's allergies, or of a large party that comes."""


class UnnoteInKitchen(_AboutMark, frozen=True, kw_only=True):
    """It was a slip of the finger: one's own mark is taken back."""


class KitchenMark(Struct, frozen=True, kw_only=True):
    """A mark as it was made or taken back."""

    kind: MarkKind
    subject_id: UUID
    noted: bool


async def note_in_kitchen(
    conn: Connection,
    venue_id: str,
    command: NoteInKitchen | UnnoteInKitchen,
    who: ActionAuthor,
    clock: Clock,
) -> KitchenMark:
    """Note it, or take one's own mark back.

    Raises NotPossibleNow where a colleague was faster or nothing is to be noted, NotFound where
    one's own mark is not there.
    """
    key = key_of(command)
    earlier = await replayed_answer(conn, venue_id, key, KitchenMark)
    if earlier is not None:
        return earlier
    now, noted = await clock.now(conn), isinstance(command, NoteInKitchen)
    which = (venue_id, command.subject_id, command.kind)
    if noted:
        period_id = await _mark(conn, *which, now, who.staff_id)
    else:
        period_id = await _unmark(conn, *which, who.staff_id)
    done = KitchenMark(kind=command.kind, subject_id=command.subject_id, noted=noted)
    return await keep_answer(
        conn,
        venue_id,
        key,
        done,
        by=who.staff_id,
        at=now,
        period_id=period_id,
        subject_id=command.subject_id,
    )


async def _mark(
    conn: Connection, venue_id: str, subject_id: UUID, kind: MarkKind, now: datetime, by: str
) -> str:
    period_id: str | None = await conn.fetchval(MARK, venue_id, subject_id, kind, now, by)
    if period_id is not None:
        return period_id
    name = await conn.fetchval(MARKED_BY, venue_id, subject_id, kind)
    if name is None:
        raise NotPossibleNow(message("kitchen-nothing-to-note"))
    raise NotPossibleNow(message("kitchen-noted-already", name=name))


async def _unmark(
    conn: Connection, venue_id: str, subject_id: UUID, kind: MarkKind, by: str
) -> str:
    period_id: str | None = await conn.fetchval(UNMARK, venue_id, subject_id, kind, by)
    if period_id is None:
        raise NotFound(message("kitchen-nothing-to-note"), pointer="/subject_id")
    return period_id
