"""The playbook's answers for a refusal: which may be given, which were given, with what result."""

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from policies.access.rights import at_least
from policies.floor.orders import Command
from policies.house.house import Role
from policies.house.rules import NoCode, Rules
from policies.rescue.playbook import RefusalScript, answers_beyond, refusal_script, role_needed
from policies.words.message import message
from seating.book.actions import keep_answer, key_of, replayed_answer
from seating.book.in_force import HouseVersion, house_of, rules_of_date, rules_of_period
from seating.book.periods import tonights_period
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotAllowed, NotFound
from seating.turnaways.report import EXPECTED

CODE_OF = "select code from turnaway where venue_id = $1 and turnaway_id = $2"

GIVEN = """
insert into answer_given (venue_id, action_id, turnaway_id, code, answer, staff_id, at)
values ($1, $2, $3, $4, $5, $6, $7)
"""

USED = f"""
select g.code, g.answer, count(*) as times, g.turnaway_id,
       case when t.recovered_at is not null then coalesce(t.recovered_how, 'booked')
            when t.recovered_how = 'partner' then 'partner'
            when {EXPECTED} then 'expected' else 'lost' end as outcome
from answer_given g join turnaway t using (venue_id, turnaway_id)
where g.venue_id = $1 and t.service_date between $2 and $3
group by g.code, g.answer, g.turnaway_id, outcome
order by g.code, g.answer, g.turnaway_id
"""


class GiveAnswer(Command, frozen=True, kw_only=True):
    """Record that an answer of the playbook was given to a party that was refused."""

    answer: str


class AnswerGiven(Struct, frozen=True, kw_only=True):
    """A recorded answer."""

    turnaway_id: UUID
    code: str
    answer: str


class PlayUse(Struct, frozen=True, kw_only=True):
    """The use of one answer of the playbook: how often, to how many parties, with what result.

    `outcomes`: parties by how they were recovered; `expected`: have a place and have not come yet,
    `lost`: neither.
    """

    code: str
    answer: str
    times: int
    parties: int
    outcomes: dict[str, int]


async def rules_tonight(conn: Connection, in_force: HouseVersion, now: datetime) -> Rules:
    """Return the rules of tonight's period; on a day without a period, the date's."""
    venue_id = in_force.house.venue.id
    try:
        return await rules_of_period(conn, venue_id, tonights_period(in_force, now))
    except NotFound:
        return await rules_of_date(conn, venue_id, in_force.service_date_at(now))


async def answers_tonight(
    conn: Connection, venue_id: str, code: NoCode, *, now: datetime
) -> RefusalScript:
    """Return the playbook's answers for a cause, in the house's language."""
    in_force = await house_of(conn, venue_id)
    rules = await rules_tonight(conn, in_force, now)
    return refusal_script(rules, code, in_force.house.venue.locale)


async def answers_for_turnaway(
    conn: Connection, venue_id: str, turnaway_id: UUID | None, *, now: datetime
) -> RefusalScript | None:
    """Return the playbook's answers for a turnaway; None without one."""
    if turnaway_id is None:
        return None
    code = await _code_of(conn, venue_id, turnaway_id)
    return await answers_tonight(conn, venue_id, code, now=now)


async def give_answer(
    conn: Connection,
    venue_id: str,
    turnaway_id: UUID,
    command: GiveAnswer,
    person: tuple[str, Role],
    clock: Clock,
) -> AnswerGiven:
    """Record the answer a party was given. Raises NotFound, Invalid, NotAllowed, IdReused."""
    key = key_of(command, turnaway_id)
    earlier = await replayed_answer(conn, venue_id, key, AnswerGiven)
    if earlier is not None:
        return earlier
    now, in_force = await clock.now(conn), await house_of(conn, venue_id)
    code = await _code_of(conn, venue_id, turnaway_id)
    _check(await rules_tonight(conn, in_force, now), code, command.answer, person[1])
    given = AnswerGiven(turnaway_id=turnaway_id, code=code, answer=command.answer)
    staff_id = person[0]
    await conn.execute(
        GIVEN, venue_id, command.id, turnaway_id, code, command.answer, staff_id, now
    )
    return await keep_answer(
        conn, venue_id, key, given, by=staff_id, at=now, subject_id=turnaway_id
    )


async def record_rescue_answer(
    conn: Connection,
    venue_id: str,
    turnaway_id: UUID,
    way: str,
    action_id: UUID,
    staff_id: str | None,
    *,
    now: datetime,
) -> None:
    """Record the answer that a rescue of this kind carries out, where the playbook has one."""
    rules = await rules_tonight(conn, await house_of(conn, venue_id), now)
    code = await _code_of(conn, venue_id, turnaway_id)
    for play in answers_beyond(rules, code):
        if play.way == way:
            await conn.execute(
                GIVEN, venue_id, action_id, turnaway_id, code, play.key, staff_id, now
            )
            return


async def playbook_report(
    conn: Connection, venue_id: str, first: date, last: date, clock: Clock
) -> tuple[PlayUse, ...]:
    """Return the use on these dates of every answer given, and of those in tonight's rules.

    An answer nobody gave is included with zeros.
    """
    rules = await rules_tonight(conn, await house_of(conn, venue_id), await clock.now(conn))
    written = {(play.code, each.key) for play in rules.playbook for each in play.beyond}
    times: Counter[tuple[str, str]] = Counter(dict.fromkeys(written, 0))
    led: dict[tuple[str, str], Counter[str]] = {answer: Counter() for answer in written}
    for row in await conn.fetch(USED, venue_id, first, last):
        answer = row["code"], row["answer"]
        times[answer] += row["times"]
        led.setdefault(answer, Counter())[row["outcome"]] += 1
    return tuple(
        PlayUse(
            code=code, answer=answer, times=times[code, answer],
            parties=led[code, answer].total(), outcomes=dict(led[code, answer]),
        )
        for code, answer in sorted(times)
    )  # fmt: skip


async def _code_of(conn: Connection, venue_id: str, turnaway_id: UUID) -> NoCode:
    code: NoCode | None = await conn.fetchval(CODE_OF, venue_id, turnaway_id)
    if code is None:
        raise NotFound(message("no-such-turnaway"), pointer="/turnaway_id")
    return code


def _check(rules: Rules, code: str, answer: str, role: Role) -> None:
    allowed = role_needed(rules, code, answer)
    if allowed is None:
        raise Invalid(message("playbook-lacks-answer", answer=answer, code=code), pointer="/answer")
    if not at_least(role, allowed):
        raise NotAllowed(message("answer-is-managers"), pointer="/answer")
