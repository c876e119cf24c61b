"""A host's view of tonight's gestures: purses, catalogue, open offers, deliveries, late parties."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from policies.gestures.approvals import Approval
from policies.gestures.gesture import (
    Gesture,
    VisitProgress,
    due_at,
    is_due,
    waited_minutes,
    with_earned_units,
)
from policies.gestures.purses import OverLimit, PurseBalances, gift_limit, over_limit, shift_purse
from policies.gestures.visit import rungs_reached
from policies.house.calendar import Period
from policies.house.rules import Carrier, CatalogueItem, Rules, WaitRung
from seating.book.actions import ActionAuthor
from seating.book.in_force import house_of, rules_of_period
from seating.book.periods import tonights_or_none
from seating.clock import Clock
from seating.db import Connection
from seating.gestures.approvals import approvals_of_person
from seating.gestures.purses import VENUE, Purse, purse_of, purses_of_period
from seating.gestures.rows import COLUMNS, gesture_from_row

OPEN_GESTURES = f"""
select g.*, s.seating_id as sits_as, s.seated_at, s.seat_state, s.tables,
       case when g.wait_id is not null then w.joined_at
            else coalesce(r.arrived_at, s.seated_at) end as arrived_at,
       (select sum(c.total)::bigint from till_check c
        where c.venue_id = $1 and c.state <> 'cancelled' and g.kind = 'spend_linked'
          and (c.reservation_id = g.party_id or c.seating_id = s.seating_id)
        having bool_and(c.state = 'closed')) as spent
from (select {COLUMNS} from gesture
      where venue_id = $1 and period_id = $2 and (
          state = 'accepted' or (state = 'offered' and expires_at > $3))) g
left join reservation r on r.venue_id = $1 and r.reservation_id = g.reservation_id
left join wait_entry w on w.venue_id = $1 and w.wait_id = g.wait_id
left join lateral (
    select s.seating_id, s.seated_at, s.state as seat_state, array(
        select t.table_id from seating_table t
        where t.venue_id = $1 and t.seating_id = s.seating_id and t.to_at is null
        order by t.place) as tables
    from seating s
    where s.venue_id = $1 and s.period_id = g.period_id and (
        s.seating_id = g.seating_id or s.reservation_id = g.reservation_id
        or s.wait_id = g.wait_id)
    order by s.seated_at desc limit 1) s on true
order by g.offered_at, g.gesture_id
"""

DELAYED_PARTIES = """
select r.reservation_id, r.name, r.party_size, r.starts,
       coalesce(r.arrived_at, r.starts) as arrived_at,
       array(select g.item from gesture g
             where g.venue_id = $1 and g.period_id = $2 and g.reservation_id = r.reservation_id
               and g.state not in ('voided', 'expired')
             order by g.offered_at) as offered
from reservation r
where r.venue_id = $1 and r.period_id = $2 and r.state = 'arrived'
order by greatest(r.starts, coalesce(r.arrived_at, r.starts)), r.reservation_id
"""


class CatalogueChoice(Struct, frozen=True, kw_only=True):
    """A catalogue item; `over_limit`: the limit that keeps this person from giving it alone."""

    item: CatalogueItem
    over_limit: OverLimit | None


class GestureTask(Struct, frozen=True, kw_only=True):
    """An open gesture with the party's tables and when it is due (None: once the check is down).

    `units`: of a spend-linked one, the units its closed check earned; None before it is closed.
    """

    gesture: Gesture
    tables: tuple[str, ...]
    due_at: datetime | None
    due: bool
    units: int | None = None


class DelayedParty(Struct, frozen=True, kw_only=True):
    """A reservation that arrived and is not seated.

    `rungs_reached`: the rungs of the wait ladder it has reached; `offered`: items it was offered.
    """

    reservation_id: UUID
    name: str
    party_size: int
    waited_minutes: int
    rungs_reached: tuple[WaitRung, ...]
    offered: tuple[str, ...]


NO_PURSE = Purse(period_id="", owner="", granted=0, spent=0)


class GesturesTonight(Struct, frozen=True, kw_only=True):
    """A period's gestures as one person sees them.

    `offers`: not answered yet; `tasks`: accepted and due now, by carrier; `due_later`: accepted,
    due later; `late_parties`: arrived, not seated; `approvals`: the person's approval requests.
    Nothing of all that, and empty purses, on a day without service (`period_id` None).
    """

    period_id: str | None = None
    person: Purse = NO_PURSE
    venue: Purse = NO_PURSE
    gift_limit: int = 0
    catalogue: tuple[CatalogueChoice, ...] = ()
    offers: tuple[GestureTask, ...] = ()
    tasks: dict[Carrier, tuple[GestureTask, ...]] = {}
    due_later: tuple[GestureTask, ...] = ()
    late_parties: tuple[DelayedParty, ...] = ()
    approvals: tuple[Approval, ...] = ()


async def gestures_tonight(
    conn: Connection, venue_id: str, who: ActionAuthor, clock: Clock
) -> GesturesTonight:
    """Return tonight's gestures; none, and empty purses, on a day without service."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await tonights_or_none(conn, in_force, now)
    if period is None:
        return GesturesTonight()
    rules = await rules_of_period(conn, venue_id, period)
    person, venue = await _purses(conn, venue_id, period, rules, who, now)
    money = in_force.house.venue.currency
    left = PurseBalances(person=person.granted - person.spent, venue=venue.granted - venue.spent)
    open_ = await read_tasks(conn, venue_id, period.period_id, rules, now=now)
    brought = [task for task in open_ if task.gesture.state == "accepted"]
    return GesturesTonight(
        period_id=period.period_id,
        person=person,
        venue=venue,
        gift_limit=gift_limit(rules, who.actor),
        catalogue=tuple(
            CatalogueChoice(
                item=item, over_limit=over_limit(rules, who.actor, item, left, currency=money)
            )
            for item in rules.gestures
        ),
        offers=tuple(task for task in open_ if task.gesture.state == "offered"),
        tasks=by_carrier(task for task in brought if task.due),
        due_later=tuple(task for task in brought if not task.due),
        late_parties=await delayed_parties(conn, venue_id, period.period_id, rules, now=now),
        approvals=await approvals_of_person(
            conn, venue_id, period.period_id, who.staff_id, now=now
        ),
    )


def by_carrier(tasks: Iterable[GestureTask]) -> dict[Carrier, tuple[GestureTask, ...]]:
    """Return the tasks of each carrier that has any, the longest due first."""
    lists: dict[Carrier, list[GestureTask]] = {}
    for task in sorted(tasks, key=lambda task: task.due_at or task.gesture.offered_at):
        lists.setdefault(task.gesture.carrier, []).append(task)
    return {carrier: tuple(each) for carrier, each in lists.items()}


async def read_tasks(
    conn: Connection, venue_id: str, period_id: str, rules: Rules, *, now: datetime
) -> tuple[GestureTask, ...]:
    """Return the period's offered and accepted gestures, each with its tables and due time."""
    rows = await conn.fetch(OPEN_GESTURES, venue_id, period_id, now)
    return tuple(task_of(row, rules, now) for row in rows)


async def delayed_parties(
    conn: Connection, venue_id: str, period_id: str, rules: Rules, *, now: datetime
) -> tuple[DelayedParty, ...]:
    """Return the reservations that arrived and are not seated, the longest wait first."""
    rows = await conn.fetch(DELAYED_PARTIES, venue_id, period_id)
    return tuple(_delayed_party(row, rules, now) for row in rows)


def task_of(row: Record, rules: Rules, now: datetime) -> GestureTask:
    """Return the task of a row of OPEN_GESTURES."""
    gesture = gesture_from_row(row)
    moments = VisitProgress(
        arrived_at=row["arrived_at"],
        seated_at=row["seated_at"],
        check_down=row["seat_state"] in {"check_down", "paid"},
        gone=row["seat_state"] == "cleared",
    )
    minutes, spent = rules.mains_minutes, row["spent"]
    earned = None if spent is None else with_earned_units(gesture, spent)
    return GestureTask(
        gesture=gesture,
        tables=tuple(row["tables"] or ()),
        due_at=due_at(gesture.due, moments, mains_minutes=minutes),
        due=is_due(gesture.due, moments, mains_minutes=minutes, now=now),
        units=earned.units if earned else None if spent is None else 0,
    )


def _delayed_party(row: Record, rules: Rules, now: datetime) -> DelayedParty:
    waited = waited_minutes(row["starts"], row["arrived_at"], now)
    return DelayedParty(
        reservation_id=row["reservation_id"],
        name=row["name"],
        party_size=row["party_size"],
        waited_minutes=waited,
        rungs_reached=rungs_reached(rules, waited),
        offered=tuple(row["offered"]),
    )


async def _purses(
    conn: Connection, venue_id: str, period: Period, rules: Rules, who: ActionAuthor, now: datetime
) -> tuple[Purse, Purse]:
    """Return the person's and the venue's purse; one without a row yet is as the rules grant it."""
    made = await purses_of_period(conn, venue_id, period.period_id, now=now)
    sizes = {
        purse_of(who.staff_id): shift_purse(rules, who.actor),
        VENUE: rules.purses.venue_night,
    }
    person, venue = (
        made.get(owner) or Purse(period_id=period.period_id, owner=owner, granted=size, spent=0)
        for owner, size in sizes.items()
    )
    return person, venue
