"""Redacts a person out of what is stored as JSON or as sentences, table by table.

PostgreSQL finds the rows by the person's ids, numbers, addresses and names, Python rewrites them:
a few rows of one person, however large the table is.
"""

import asyncio
from datetime import datetime
from typing import Any, Final

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.privacy.redaction import (
    Known,
    redacted,
    redacted_text,
    signs_of,
)
from policies.words.catalogue import say
from policies.words.message import message
from seating.db import Connection
from seating.privacy.person import PersonalData

PATIENCE_SECONDS: Final = 120.0


class Documents(Struct, frozen=True, kw_only=True):
    """A table's columns to look into: `json` documents and `texts`; `key` identifies the row.

    `about`: whose row it is, if it is somebody's. `near`: SQL, whether it may be about a party of
    the person's ($5 periods, $6 ids in them). `free`: SQL, whether somebody may have written of
    them in it freely. `at`: when it was written, if rows are many.
    """

    table: str
    key: str
    json: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    about: str = "null::uuid"
    near: str = "false"
    free: str = "false"
    at: str = "'infinity'::timestamptz"
    json_as_text: bool = False

    @property
    def find(self) -> str:
        """SQL: the rows that may hold something of the person.

        $2 ids of theirs; $3 what means them, in lower case; $4 words of their names; $7 since when.
        Plain searches: a regular expression of as many alternatives takes thirty times as long.
        """
        columns = (*self.json, *self.texts)
        whole = " || ' ' || ".join(f"coalesce(t.{column}::text, '')" for column in columns)
        values = ", ".join(f"t.{column}::text as {column}" for column in columns)
        return f"""
select t.{self.key}::text as key, {self.about}::text as about, {values}
from {self.table} t
cross join lateral (select {whole} as doc offset 0) d
where t.venue_id = $1 and {self.at} >= $7::timestamptz
  and ({self.about} = any($2::uuid[])
       or (cardinality($5::text[]) = cardinality($6::text[]) and {self.near})
       or ({self.free} and exists (
           select from unnest($4::text[]) as word where strpos(d.doc, word) > 0))
       or exists (
           select from (select lower(d.doc) as low offset 0) l
           join unnest($3::text[]) as sign on strpos(l.low, sign) > 0))
"""

    @property
    def change(self) -> str:
        """SQL: write the columns of one row ($2: its key; then each column)."""
        cast = "" if self.json_as_text else "::text::jsonb"
        places = enumerate((*self.json, *self.texts), start=3)
        sets = ", ".join(
            f"{column} = ${place}{cast if column in self.json else ''}" for place, column in places
        )
        return f"update {self.table} set {sets} where venue_id = $1 and {self.key}::text = $2"


IN_PERIOD: Final = """exists (
           select from unnest($5::text[], $6::text[]) as p (period, id)
           where p.period = t.period_id and strpos(d.doc, p.id) > 0)"""

ANYWHERE: Final = """exists (
           select from unnest($6::text[]) as id where strpos(d.doc, id) > 0)"""

WRITTEN_FREELY: Final = (
    "BlockTable", "LiftBlock", "HoldMore", "ReleaseHeld", "Undo",
    "WriteNote", "ChangeNote", "DeleteNote",
)  # fmt: skip
"""Orders whose words are about a table or a date, and may name a guest."""

DOCUMENTS: Final = (
    Documents(
        table="action",
        key="action_id",
        json=("before", "after", "answer"),
        texts=("reason",),
        about="t.subject_id",
        near=IN_PERIOD,
        free=f"(t.reason is not null or t.kind in {WRITTEN_FREELY})",
        at="t.at",
    ),
    Documents(
        table="approval",
        key="approval_id",
        json=("wish", "beyond"),
        about="t.approval_id",
        free="true",
        at="t.asked_at",
    ),
    Documents(
        table="rescue_option", key="option_id", json=("body",), about="t.rescue_id", near=ANYWHERE
    ),
    Documents(
        table="outbox",
        key="seq",
        json=("data",),
        near="t.subject = any($6::text[])",
        at="t.at",
    ),
    Documents(
        table="webhook_delivery",
        key="delivery_id",
        json=("body",),
        texts=("last_error",),
        near="t.subject = any($6::text[])",
        at="t.created_at",
        json_as_text=True,
    ),
    Documents(
        table="turnaway",
        key="turnaway_id",
        json=("explained",),
        texts=("detail",),
        about="t.turnaway_id",
    ),
    Documents(
        table="held_table",
        key="held_id",
        json=("ended_for", "ended_why"),
        texts=("reason",),
        near=ANYWHERE,
        free="true",
    ),
    Documents(table="service_note", key="note_id", texts=("text",), free="true"),
    Documents(table="block", key="block_id", texts=("reason",), free="true"),
)

NOTES_ON_OTHERS: Final = (
    Documents(table="guest", key="guest_id", texts=("notes",)),
    Documents(
        table="reservation",
        key="reservation_id",
        texts=("notes", "special_request", "overruled_why", "cancelled_why"),
        at="t.updated_at",
    ),
    Documents(table="wait_entry", key="wait_id", texts=("notes",)),
    Documents(table="exposure", key="exposure_id", texts=("note",)),
    Documents(table="alert", key="alert_id", texts=("line",)),
    Documents(table="gesture", key="gesture_id", texts=("line", "reason", "ended_why")),
    Documents(table="complaint", key="complaint_id", texts=("about",)),
    Documents(table="approval", key="approval_id", texts=("said",)),
)
"""Notes on other guests, who may have come with this one. Only a whole name, a number or an address
is taken for theirs: a word of a name, or the same note twice, says nothing about whom it means."""

FAILURES_OF_JOBS = """
select job, failure from job_run
where exists (select from unnest($1::text[]) as sign where strpos(lower(failure), sign) > 0)
"""

SAY_FAILURE = "update job_run set failure = $2 where job = $1"

# The request stays answered: a retry must not book a second time.
FORGET_ANSWERS = """
update idempotency set status = 410, headers = '{"content-type": "application/problem+json"}',
    body = $3, sealed = null
where venue_id = $1 and exists (
    select from unnest($2::bytea[]) as sign
    where position(sign in body) > 0
       or position(sign in convert_to(path || ' ' || key || ' ' || headers::text, 'UTF8')) > 0)
"""


async def redact_documents(
    conn: Connection, venue_id: str, person: PersonalData, known: Known, *, since: datetime
) -> None:
    """Redact the person out of the venue's documents written since then, and of all stored answers.

    Reads all of them: a second for 20,000 actions, so call it before a period is locked.
    """
    signs = signs_of(known)
    asked = (list(known.ids), signs, list(known.parts), person.places, person.placed, since)
    for documents in DOCUMENTS:
        rows = await conn.fetch(documents.find, venue_id, *asked, timeout=PATIENCE_SECONDS)
        for row in rows:
            await _redact(conn, venue_id, documents, row, known)
            await asyncio.sleep(0)
    named = known.by_name
    by_name: tuple[object, ...] = ([], signs_of(named), [], [], [], since)
    for documents in NOTES_ON_OTHERS:
        for row in await conn.fetch(documents.find, venue_id, *by_name, timeout=PATIENCE_SECONDS):
            await _redact(conn, venue_id, documents, row, named)
    for row in await conn.fetch(FAILURES_OF_JOBS, signs):
        await conn.execute(SAY_FAILURE, row["job"], redacted_text(row["failure"], known))
    answered = [text.encode() for text in (*known.ids, *known.reachable)]
    await conn.execute(FORGET_ANSWERS, venue_id, answered, _gone(), timeout=PATIENCE_SECONDS)


async def _redact(
    conn: Connection, venue_id: str, documents: Documents, row: Record, known: Known
) -> None:
    theirs = row["about"] in known.ids
    values = [_document(row[column], known, theirs=theirs) for column in documents.json]
    values += [_sentence(row[column], known, theirs=theirs) for column in documents.texts]
    if values != [row[column] for column in (*documents.json, *documents.texts)]:
        await conn.execute(documents.change, venue_id, row["key"], *values)


def _document(text: str | None, known: Known, *, theirs: bool) -> str | None:
    if text is None:
        return None
    document: Any = msgspec.json.decode(text)
    return msgspec.json.encode(redacted(document, known, theirs=theirs)).decode()


def _sentence(text: str | None, known: Known, *, theirs: bool) -> str | None:
    if text is None:
        return None
    return "-" if theirs else redacted_text(text, known)


def _gone() -> bytes:
    said = message("answer-erased")
    return msgspec.json.encode(
        {
            "type": "urn:problem-type:maitred:erased",
            "title": "Erased",
            "status": 410,
            "detail": say(said),
            "code": "ERASED",
        }
    )
