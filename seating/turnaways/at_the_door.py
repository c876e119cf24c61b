"""Records a turnaway that a host reports, once per id."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.book.answers import Ask, No
from policies.house.rules import NoCode
from policies.rescue.playbook import RefusalScript
from policies.words.message import message
from seating.book.actions import ActionKey, fingerprint, keep_answer, replayed_answer
from seating.book.asked import check_start
from seating.book.in_force import house_of
from seating.book.reservations import Booker
from seating.clock import Clock
from seating.db import Connection
from seating.turnaways.log import Turnaway, log_turnaway
from seating.turnaways.playbook import answers_tonight


class DoorTurnaway(Struct, frozen=True, kw_only=True):
    """A turnaway as the host reports it; `asked_for`: None means now.

    With `phone` (E.164) a second one of the date adds to the party's first.
    """

    turnaway_id: UUID
    party_size: int
    code: NoCode
    kind: str
    asked_for: datetime | None = None
    quoted_minutes: int | None = None
    wait_id: UUID | None = None
    name: str = ""
    phone: str | None = None


class RecordedTurnaway(Struct, frozen=True, kw_only=True):
    """A recorded turnaway; for a party refused before on this date, the id of its first.

    `answers`: the playbook's answers for the cause.
    """

    turnaway_id: UUID
    answers: RefusalScript


async def record_door_turnaway(
    conn: Connection, venue_id: str, report: DoorTurnaway, booker: Booker, clock: Clock
) -> RecordedTurnaway:
    """Log the turnaway under the id made by the tablet. Raises NotFound, IdReused."""
    key = ActionKey(report.turnaway_id, "TurnAway", fingerprint(report))
    earlier = await replayed_answer(conn, venue_id, key, RecordedTurnaway)
    if earlier is not None:
        return earlier
    in_force = await house_of(conn, venue_id)
    now = await clock.now(conn)
    check_start(report.asked_for or now, now)
    running = in_force.open_period_at(now)
    turnaway = Turnaway(
        turnaway_id=report.turnaway_id,
        ask=Ask(
            party_size=report.party_size, starts=report.asked_for or now, channel=booker.channel
        ),
        no=No(code=report.code, said=message("told-at-the-door")),
        service_date=in_force.service_date_at(report.asked_for or now),
        period_id=running.period_id if running else None,
        kind=report.kind,
        quoted_minutes=report.quoted_minutes,
        wait_id=report.wait_id,
        staff_id=booker.staff_id,
        name=report.name,
        phone=report.phone,
    )
    logged = RecordedTurnaway(
        turnaway_id=await log_turnaway(conn, venue_id, turnaway, now=now),
        answers=await answers_tonight(conn, venue_id, report.code, now=now),
    )
    return await keep_answer(
        conn,
        venue_id,
        key,
        logged,
        by=booker.staff_id,
        at=now,
        period_id=turnaway.period_id,
        subject_id=report.wait_id,
    )
