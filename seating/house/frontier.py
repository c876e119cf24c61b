"""The manager's knob: the frontier it moves along, where the house stands, and setting it."""

from datetime import date

import msgspec
from asyncpg import Record

from policies.floor.orders import Command, ReasonText
from policies.forecast.learning import HISTORY
from policies.house.rules import Rules
from policies.value.frontier.frontier import WAIT_MINUTES, frontier
from policies.value.frontier.house_evenings import HouseEvening
from policies.value.frontier.positions import PositionName, settings_at, stand_alike
from policies.value.frontier.report import FrontierReport, frontier_report
from policies.words.message import message
from seating.book.in_force import house_of, rules_of_date
from seating.book.waited import WAITED_OVER
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.house.rule_versions import PatchRules, RulesVersion, patch_rules

# `requests` are counted as learning counts them (history.PAST_NIGHTS); `rules`: of the two sections
# in which the knob is set, those the period ran under.
EVENINGS = f"""
select b.asked + (
           select count(*) from turnaway t
           where t.venue_id = p.venue_id and t.service_date = p.service_date
             and (t.period_id = p.period_id
                  or t.period_id is null and t.asked_for between p.opens and p.last_seating)
             and t.channel <> 'walk_in' and t.wait_id is null and t.recovered_by is null
       ) as requests, b.booked, b.walked, b.waiting,
       jsonb_build_object(
           'decisions', coalesce(u.body -> 'decisions', '{{}}')
               || coalesce(p.rules_override -> 'decisions', '{{}}'),
           'overbooking', coalesce(u.body -> 'overbooking', '{{}}')
               || coalesce(p.rules_override -> 'overbooking', '{{}}'))::text as rules
from period p
left join rules u on u.venue_id = p.venue_id and u.version = p.rules_version
cross join lateral (
    select count(*) as asked,
           count(*) filter (where r.state <> 'cancelled') as booked,
           count(*) filter (where r.state = 'walked') as walked,
           count(*) filter (where {WAITED_OVER.format(party="r", tolerance="$4")}) as waiting
    from reservation r
    where r.venue_id = p.venue_id and r.period_id = p.period_id
      and r.state not in ('requested', 'declined')) b
where p.venue_id = $1 and p.closed_at is not null and p.service_date between $2 and $3
"""


class SetKnob(Command, frozen=True, kw_only=True):
    """Set the knob to a position: a draft from the version in force, with that position's values.

    It is in force from a date on as any other draft, when it is published.
    """

    position: PositionName
    reason: ReasonText


async def frontier_shown(
    conn: Connection, venue_id: str, language: str, clock: Clock, load: int | None = None
) -> FrontierReport:
    """Return the frontier and where the house stands on it, in words of a language.

    `load`: index of the load to show, None for the one most like the house's own. Raises NotFound
    for one there is not.
    """
    measured, known = frontier(), await house_of(conn, venue_id)
    if load is not None and load >= len(measured.loads):
        raise NotFound(message("no-such-load", most=len(measured.loads) - 1), pointer="/load")
    today = known.service_date_at(await clock.now(conn))
    rules = await rules_of_date(conn, venue_id, today)
    seen = await _evenings(conn, venue_id, today, rules)
    house = known.on(today).house
    return frontier_report(measured, house, rules, seen, language=language, load=load)


async def set_knob(
    conn: Connection, venue_id: str, command: SetKnob, by: str, clock: Clock
) -> RulesVersion:
    """Draft the rules in force with the knob at a position. Raises as `patch_rules` does."""
    patch = settings_at(command.position).patch()
    drafted = PatchRules(id=command.id, reason=command.reason, patch=dict(patch))
    return await patch_rules(conn, venue_id, drafted, by, clock)


async def _evenings(
    conn: Connection, venue_id: str, today: date, rules: Rules
) -> list[HouseEvening]:
    rows = await conn.fetch(EVENINGS, venue_id, today - HISTORY, today, WAIT_MINUTES)
    return [_evening(row, rules) for row in rows]


def _evening(row: Record, rules: Rules) -> HouseEvening:
    return HouseEvening(
        requests=row["requests"],
        booked=row["booked"],
        walked=row["walked"],
        waiting=row["waiting"],
        same=stand_alike(msgspec.json.decode(row["rules"], type=Rules), rules),
    )
