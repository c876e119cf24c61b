"""Notes of a service, or of a whole day: what the staff of that evening have to know."""

from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Meta, Struct

from policies.floor.late.facts import happened, is_too_late
from policies.floor.orders import Command, Instant, Version
from policies.house.house import Key
from policies.words.letters import LINES
from policies.words.message import CalendarDate, message
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.book.announcing import EventOf, announced
from seating.book.asked import MAX_DAYS_AHEAD
from seating.book.in_force import house_of
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, Stale

NoteText = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        pattern=LINES,
        extra_json_schema={"description": "Text without control characters, line feeds apart."},
    ),
]

NOTE = """note_id, service_date, period_name as period, text, written_by, written_at, changed_by,
       changed_at, version"""

NOTES_OF_DATES = f"""
select {NOTE}
from service_note
where venue_id = $1 and service_date between $2 and $3 and deleted_at is null
order by service_date, period_name nulls first, written_at, note_id
"""

INSERT_NOTE = f"""
insert into service_note (venue_id, note_id, service_date, period_name, text, written_by,
                          written_at)
values ($1, $2, $3, $4, $5, $6, $7)
returning {NOTE}
"""

LOCK_NOTE = f"""
select {NOTE}
from service_note where venue_id = $1 and note_id = $2 and deleted_at is null for update
"""

UPDATE_NOTE = f"""
update service_note set text = $3, changed_by = $4, changed_at = $5, version = version + 1
where venue_id = $1 and note_id = $2
returning {NOTE}
"""

DELETE_NOTE = f"""
update service_note set deleted_at = $4, changed_by = $3, changed_at = $4, version = version + 1
where venue_id = $1 and note_id = $2
returning {NOTE}
"""

NOTE_EVENT = EventOf("note.", "$2::text", ("written", "deleted"))
TELL_NOTE = f"select {announced(NOTE_EVENT, subject='$3::text', version='$4::int')}"


class WriteNote(Command, frozen=True, kw_only=True):
    """Write a note for a service date; `period`: the name of one service, None: the whole day.

    `id` names the note. `happened_at`: when it was written, where the tablet had no network then;
    `by`: who wrote it at this tablet, where somebody else is logged in by now.
    """

    service_date: date
    period: Key | None = None
    text: NoteText
    happened_at: Instant | None = None
    by: Key | None = None


class ChangeNote(Command, frozen=True, kw_only=True):
    """Write a note anew."""

    version: Version
    text: NoteText


class DeleteNote(Command, frozen=True, kw_only=True):
    """Delete a note."""

    version: Version


class ServiceNote(Struct, frozen=True, kw_only=True):
    """A note; `period` None: of the whole day. Who wrote and who changed it are staff ids."""

    note_id: UUID
    service_date: date
    period: str | None
    text: str
    written_by: str | None
    written_at: datetime
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 1


async def notes_of_dates(
    conn: Connection, venue_id: str, first: date, last: date
) -> tuple[ServiceNote, ...]:
    """Return the notes of some service dates, those of a whole day before those of a service."""
    rows = await conn.fetch(NOTES_OF_DATES, venue_id, first, last)
    return tuple(_note(row) for row in rows)


async def write_note(
    conn: Connection, venue_id: str, command: WriteNote, who: ActionAuthor, clock: Clock
) -> ServiceNote:
    """Write a note for today or later; one that comes late is of when it was written.

    Raises Invalid, IdReused.
    """
    earlier = await replayed_answer(conn, venue_id, key_of(command), ServiceNote)
    if earlier is not None:
        return earlier
    now = await clock.now(conn)
    written = _when_written(command, now)
    _check_text(command.text)
    await _check_service(conn, venue_id, command, written)
    row = await conn.fetchrow(
        INSERT_NOTE,
        venue_id,
        command.id,
        command.service_date,
        command.period,
        command.text.strip(),
        who.staff_id,
        written,
    )
    return await _kept(conn, venue_id, command, row, who, now)


async def change_note(
    conn: Connection,
    venue_id: str,
    note_id: UUID,
    command: ChangeNote,
    who: ActionAuthor,
    clock: Clock,
) -> ServiceNote:
    """Write a note anew. Raises Invalid, NotFound, Stale, IdReused."""
    earlier = await replayed_answer(conn, venue_id, key_of(command, note_id), ServiceNote)
    if earlier is not None:
        return earlier
    _check_text(command.text)
    await _lock(conn, venue_id, note_id, command.version)
    now, text = await clock.now(conn), command.text.strip()
    row = await conn.fetchrow(UPDATE_NOTE, venue_id, note_id, text, who.staff_id, now)
    return await _kept(conn, venue_id, command, row, who, now, note_id)


async def delete_note(
    conn: Connection,
    venue_id: str,
    note_id: UUID,
    command: DeleteNote,
    who: ActionAuthor,
    clock: Clock,
) -> ServiceNote:
    """Delete a note; returns it as it was last. Raises NotFound, Stale, IdReused."""
    earlier = await replayed_answer(conn, venue_id, key_of(command, note_id), ServiceNote)
    if earlier is not None:
        return earlier
    await _lock(conn, venue_id, note_id, command.version)
    now = await clock.now(conn)
    row = await conn.fetchrow(DELETE_NOTE, venue_id, note_id, who.staff_id, now)
    return await _kept(conn, venue_id, command, row, who, now, note_id)


def _when_written(command: WriteNote, now: datetime) -> datetime:
    if is_too_late(command, now):
        raise Invalid(message("late-too-long-ago"), pointer="/happened_at")
    return happened(command, now)


def _check_text(text: str) -> None:
    if not text.strip():
        raise Invalid(message("note-is-empty"), pointer="/text")


async def _check_service(
    conn: Connection, venue_id: str, command: WriteNote, now: datetime
) -> None:
    """Raise Invalid for a date that has passed or is too far off, or has no such service."""
    in_force, day = await house_of(conn, venue_id), command.service_date
    today = in_force.service_date_at(now)
    if day < today:
        raise Invalid(message("note-for-a-past-date"), pointer="/service_date")
    if day > today + timedelta(days=MAX_DAYS_AHEAD):
        too_far = message("note-too-far-ahead", days=MAX_DAYS_AHEAD)
        raise Invalid(too_far, pointer="/service_date")
    names = {period.name for period in in_force.periods_on(day)}
    if command.period is not None and command.period not in names:
        said = message("note-for-no-service", period=command.period, date=CalendarDate(day, "full"))
        raise Invalid(said, pointer="/period")


async def _lock(conn: Connection, venue_id: str, note_id: UUID, version: int) -> None:
    row = await conn.fetchrow(LOCK_NOTE, venue_id, note_id)
    if row is None:
        raise NotFound(message("note-is-gone"), pointer="/note_id")
    note = _note(row)
    if note.version != version:
        raise Stale(message("note-has-changed"), pointer="/version", now=note)


async def _kept(
    conn: Connection,
    venue_id: str,
    command: WriteNote | ChangeNote | DeleteNote,
    row: Record | None,
    who: ActionAuthor,
    now: datetime,
    *about: UUID,
) -> ServiceNote:
    assert row is not None  # noqa: S101 - inserted, or locked before
    note = _note(row)
    step = "deleted" if isinstance(command, DeleteNote) else "written"
    await conn.execute(TELL_NOTE, venue_id, step, str(note.note_id), note.version)
    key = key_of(command, *about)
    return await keep_answer(
        conn, venue_id, key, note, by=who.staff_id, at=now, subject_id=note.note_id
    )


def _note(row: Record) -> ServiceNote:
    return msgspec.convert(dict(row), ServiceNote)
