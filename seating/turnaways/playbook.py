"""The playbook at work: what may be said at a "no", what was said, and what it led to."""

from collections import Counter
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.floor.orders import Order
from policies.house.calendar import service_date_at
from policies.house.house import Role
from policies.house.rules import NoCode, Rules
from policies.rescue.playbook import Answers, answers_for, may_give, plays_of
from seating.book.actions import Action, fingerprint, record_action, replayed
from seating.book.in_force import Known, house_of, rules_of_date, rules_of_period
from seating.book.periods import tonights
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotAllowed, NotFound

CODE_OF = "select code from turnaway where venue_id = $1 and turnaway_id = $2"

GIVEN = """
insert into answer_given (venue_id, action_id, turnaway_id, code, answer, staff_id, at)
values ($1, $2, $3, $4, $5, $6, $7)
"""

USED = """
select g.code, g.answer, count(*) as times, g.turnaway_id,
       coalesce(t.recovered_how, case when t.recovered_at is null then 'lost' else 'booked' end)
           as led_to
from answer_given g join turnaway t using (venue_id, turnaway_id)
where g.venue_id = $1 and t.service_date between $2 and $3
group by g.code, g.answer, g.turnaway_id, led_to
order by g.code, g.answer, g.turnaway_id
"""


class GiveAnswer(Order, frozen=True, kw_only=True):
    """An answer of the playbook was given to a party that had been told no."""

    answer: str


class AnswerGiven(Struct, frozen=True, kw_only=True):
    """An answer on record."""

    turnaway_id: UUID
    code: str
    answer: str


class PlayUse(Struct, frozen=True, kw_only=True):
    """An answer of the playbook: how often it was given, to how many parties, with what result.

    `led_to`: parties by how they got a place after all; `lost` did not.
    """

    code: str
    answer: str
    times: int
    parties: int
    led_to: dict[str, int]


async def rules_tonight(conn: Connection, known: Known, now: datetime) -> Rules:
    """Return the rules of the period the door is about; on a day without any, the date's."""
    venue_id = known.house.venue.id
    try:
        return await rules_of_period(conn, venue_id, tonights(known, now))
    except NotFound:
        return await rules_of_date(conn, venue_id, service_date_at(known.house, now))


async def answers_tonight(
    conn: Connection, venue_id: str, code: NoCode, *, now: datetime
) -> Answers:
    """Return what may be said for a cause, in the house's language."""
    known = await house_of(conn, venue_id)
    rules = await rules_tonight(conn, known, now)
    return answers_for(rules, code, known.house.venue.locale)


async def answers_to(
    conn: Connection, venue_id: str, turnaway_id: UUID | None, *, now: datetime
) -> Answers | None:
    """Return what may be said to a party that was turned away; None for one that was not."""
    if turnaway_id is None:
        return None
    code = await _code_of(conn, venue_id, turnaway_id)
    return await answers_tonight(conn, venue_id, code, now=now)


async def give_answer(
    conn: Connection,
    venue_id: str,
    turnaway_id: UUID,
    order: GiveAnswer,
    person: tuple[str, Role],
    clock: Clock,
) -> AnswerGiven:
    """Note which answer a party was given. Raises NotFound, Invalid, NotAllowed, IdReused."""
    asked = fingerprint(turnaway_id, order)
    earlier = await replayed(conn, venue_id, order.id, "GiveAnswer", asked)
    if earlier is not None:
        return msgspec.json.decode(earlier.answer, type=AnswerGiven)
    now, known = await clock.now(conn), await house_of(conn, venue_id)
    code = await _code_of(conn, venue_id, turnaway_id)
    _check(await rules_tonight(conn, known, now), code, order.answer, person[1])
    given = AnswerGiven(turnaway_id=turnaway_id, code=code, answer=order.answer)
    staff_id = person[0]
    await conn.execute(GIVEN, venue_id, order.id, turnaway_id, code, order.answer, staff_id, now)
    action = Action(
        action_id=order.id,
        asked=asked,
        kind="GiveAnswer",
        subject_id=turnaway_id,
        staff_id=staff_id,
        at=now,
        reason=order.reason,
        answer=msgspec.Raw(msgspec.json.encode(given)),
    )
    await record_action(conn, venue_id, action)
    return given


async def gave_by_way(
    conn: Connection,
    venue_id: str,
    turnaway_id: UUID,
    way: str,
    action_id: UUID,
    staff_id: str | None,
    *,
    now: datetime,
) -> None:
    """Note the answer that a rescue of this kind carries out, where the playbook has one."""
    rules = await rules_tonight(conn, await house_of(conn, venue_id), now)
    code = await _code_of(conn, venue_id, turnaway_id)
    for play in plays_of(rules, code):
        if play.way == way:
            await conn.execute(
                GIVEN, venue_id, action_id, turnaway_id, code, play.key, staff_id, now
            )
            return


async def playbook_report(
    conn: Connection, venue_id: str, first: date, last: date, clock: Clock
) -> tuple[PlayUse, ...]:
    """Return the use of every answer given on these dates, and of those tonight's rules have.

    An answer nobody gave is in it with zeros.
    """
    rules = await rules_tonight(conn, await house_of(conn, venue_id), await clock.now(conn))
    written = {(play.code, each.key) for play in rules.playbook for each in play.beyond}
    times: Counter[tuple[str, str]] = Counter(dict.fromkeys(written, 0))
    led: dict[tuple[str, str], Counter[str]] = {answer: Counter() for answer in written}
    for row in await conn.fetch(USED, venue_id, first, last):
        answer = row["code"], row["answer"]
        times[answer] += row["times"]
        led.setdefault(answer, Counter())[row["led_to"]] += 1
    return tuple(
        PlayUse(
            code=code, answer=answer, times=times[code, answer],
            parties=led[code, answer].total(), led_to=dict(led[code, answer]),
        )
        for code, answer in sorted(times)
    )  # fmt: skip


async def _code_of(conn: Connection, venue_id: str, turnaway_id: UUID) -> NoCode:
    code: NoCode | None = await conn.fetchval(CODE_OF, venue_id, turnaway_id)
    if code is None:
        raise NotFound("there is no such turnaway", pointer="/turnaway_id")
    return code


def _check(rules: Rules, code: str, answer: str, role: Role) -> None:
    allowed = may_give(rules, code, answer)
    if allowed is None:
        raise Invalid(f"the playbook has no answer {answer!r} for {code}", pointer="/answer")
    if allowed != "host" and role == "host":
        raise NotAllowed("this answer is a manager's to give; ask one", pointer="/answer")
