"""Records of who may enter, in the audit of actions: who changed it, when, and what."""

from collections.abc import Mapping
from uuid import uuid4

import msgspec

from seating.book.actions import Action, record_action
from seating.clock import wall_now
from seating.db import Connection


async def keep_record(
    conn: Connection,
    venue_id: str,
    kind: str,
    facts: Mapping[str, object],
    *,
    by: str | None,
    reason: str | None = None,
) -> None:
    """Record a change of staff or tablets (wall time); `facts` never hold a secret.

    `by`: the staff id; None for whoever has the machine.
    """
    answer = msgspec.Raw(msgspec.json.encode(facts))
    action = Action(
        action_id=uuid4(), kind=kind, staff_id=by, at=wall_now(), reason=reason, answer=answer
    )
    await record_action(conn, venue_id, action)
