"""A "no" told at the door, logged once however often the tablet sends it."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.answers import Ask, No
from policies.house.calendar import running_at, service_date_at
from policies.house.rules import NoCode
from policies.rescue.playbook import Answers
from seating.book.actions import Action, fingerprint, record_action, replayed
from seating.book.asked import check_start
from seating.book.in_force import house_of
from seating.book.reservations import Booker
from seating.clock import Clock
from seating.db import Connection
from seating.turnaways.log import Turnaway, log_turnaway
from seating.turnaways.playbook import answers_tonight


class SaidNo(Struct, frozen=True, kw_only=True):
    """What the host told a party; `asked_for` is now unless it said later.

    With `phone` (E.164) the party's second "no" of the night adds to the first.
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


class TurnedAway(Struct, frozen=True, kw_only=True):
    """A turnaway on record: of a party told no before, tonight, the first.

    `answers`: what the playbook has for the cause.
    """

    turnaway_id: UUID
    answers: Answers


async def say_no(
    conn: Connection, venue_id: str, said: SaidNo, booker: Booker, clock: Clock
) -> TurnedAway:
    """Log the turnaway under the id its tablet made. Raises NotFound, IdReused."""
    earlier = await replayed(conn, venue_id, said.turnaway_id, "TurnAway", fingerprint(said))
    if earlier is not None:
        return msgspec.json.decode(earlier.answer, type=TurnedAway)
    house = (await house_of(conn, venue_id)).house
    now = await clock.now(conn)
    check_start(said.asked_for or now, now)
    running = running_at(house, now)
    turnaway = Turnaway(
        turnaway_id=said.turnaway_id,
        ask=Ask(party_size=said.party_size, starts=said.asked_for or now, channel=booker.channel),
        no=No(code=said.code, detail="told at the door"),
        service_date=service_date_at(house, said.asked_for or now),
        period_id=running.period_id if running else None,
        kind=said.kind,
        quoted_minutes=said.quoted_minutes,
        wait_id=said.wait_id,
        staff_id=booker.staff_id,
        name=said.name,
        phone=said.phone,
    )
    logged = TurnedAway(
        turnaway_id=await log_turnaway(conn, venue_id, turnaway, now=now),
        answers=await answers_tonight(conn, venue_id, said.code, now=now),
    )
    action = Action(
        asked=fingerprint(said),
        action_id=said.turnaway_id,
        period_id=turnaway.period_id,
        kind="TurnAway",
        subject_id=said.wait_id,
        staff_id=booker.staff_id,
        at=now,
        answer=msgspec.Raw(msgspec.json.encode(logged)),
    )
    await record_action(conn, venue_id, action)
    return logged
