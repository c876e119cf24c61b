"""Redacts a person out of what is stored as JSON or as sentences, table by table.

PostgreSQL finds the rows by the person's ids, numbers, addresses and names, Python rewrites them:
a few rows of one person, however large the table is.
"""

from typing import Any, Final

import msgspec
from msgspec import Struct

from policies.privacy.redaction import (
    Known,
    redacted,
    redacted_text,
    search_pattern,
)
from policies.words.catalogue import say
from policies.words.message import message
from seating.db import Connection


class Documents(Struct, frozen=True, kw_only=True):
    """A table's columns to look into: `json` documents and `texts`; `key` identifies the row.

    `about`: whose row it is, if it is somebody's.
    """

    table: str
    key: str
    json: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    about: str = "null::uuid"
    json_as_text: bool = False

    @property
    def find(self) -> str:
        """SQL: the rows that may hold something of the person ($2: a regular expression)."""
        columns = (*self.json, *self.texts)
        whole = " || ' ' || ".join(f"coalesce({column}::text, '')" for column in columns)
        values = ", ".join(f"{column}::text as {column}" for column in columns)
        return (
            f"select {self.key}::text as key, {self.about}::text as about, {values}"
            f" from {self.table} where venue_id = $1"
            f" and ({whole} ~* $2 or {self.about} = any($3::uuid[]))"
        )

    @property
    def change(self) -> str:
        """SQL: write the columns of one row ($2: its key; then each column)."""
        cast = "" if self.json_as_text else "::text::jsonb"
        places = enumerate((*self.json, *self.texts), start=3)
        sets = ", ".join(
            f"{column} = ${place}{cast if column in self.json else ''}" for place, column in places
        )
        return f"update {self.table} set {sets} where venue_id = $1 and {self.key}::text = $2"


DOCUMENTS: Final = (
    Documents(
        table="action",
        key="action_id",
        json=("before", "after", "answer"),
        texts=("reason",),
        about="subject_id",
    ),
    Documents(table="approval", key="approval_id", json=("wish", "beyond"), about="approval_id"),
    Documents(table="rescue_option", key="option_id", json=("body",), about="rescue_id"),
    Documents(table="outbox", key="seq", json=("data",)),
    Documents(
        table="webhook_delivery",
        key="delivery_id",
        json=("body",),
        texts=("last_error",),
        json_as_text=True,
    ),
    Documents(table="reservation", key="reservation_id", json=("explained",)),
    Documents(table="turnaway", key="turnaway_id", json=("explained",), texts=("detail",)),
    Documents(
        table="held_table", key="held_id", json=("ended_for", "ended_why"), texts=("reason",)
    ),
    Documents(table="service_note", key="note_id", texts=("text",)),
    Documents(table="block", key="block_id", texts=("reason",)),
)

FAILURES_OF_JOBS = "select job, failure from job_run where failure ~* $1"

SAY_FAILURE = "update job_run set failure = $2 where job = $1"

# The request stays answered: a retry must not book a second time.
FORGET_ANSWERS = """
update idempotency set status = 410, headers = '{"content-type": "application/problem+json"}',
    body = $3
where venue_id = $1 and exists (
    select from unnest($2::bytea[]) as sign
    where position(sign in body) > 0
       or position(sign in convert_to(path || ' ' || key || ' ' || headers::text, 'UTF8')) > 0)
"""


async def redact_documents(conn: Connection, venue_id: str, known: Known) -> None:
    """Redact the person out of all documents of the venue."""
    pattern, subjects = search_pattern(known), list(known.ids)
    for documents in DOCUMENTS:
        for row in await conn.fetch(documents.find, venue_id, pattern, subjects):
            theirs = row["about"] in known.ids
            values = [_document(row[column], known, theirs=theirs) for column in documents.json]
            values += [_sentence(row[column], known, theirs=theirs) for column in documents.texts]
            if values != [row[column] for column in (*documents.json, *documents.texts)]:
                await conn.execute(documents.change, venue_id, row["key"], *values)
    await _redact_failures(conn, known, pattern)
    signs = [text.encode() for text in (*known.ids, *known.reachable)]
    await conn.execute(FORGET_ANSWERS, venue_id, signs, _gone())


async def _redact_failures(conn: Connection, known: Known, pattern: str) -> None:
    for row in await conn.fetch(FAILURES_OF_JOBS, pattern):
        await conn.execute(SAY_FAILURE, row["job"], redacted_text(row["failure"], known))


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
