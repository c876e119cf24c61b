"""The journal of a day: who did what to whom, in a sentence, and whether it can be taken back."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.words.message import Param


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
