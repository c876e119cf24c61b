"""What the screens of a house are told as it happens: the names of events, and their envelope.

An announcement is a notification on CHANNEL, sent on commit by the transaction that changes
something: `{venue, event, id, version, period_id, staff_id, for}`. It names what has changed, never
how it is now: the screens fetch that (api/background/broadcast.py carries it to GET /live).

`id`, `version`: of what the part of `event` before the dot names (a period's id, a reservation's,
an alert's ...; of `levers` the action's, of `house` its version). `period_id`: the service it
happens in, if it is of one. `staff_id`: who did it; none for guests, sites, tills and the clock.
`for`: the one person whom it concerns, told to all so that whose it is can be seen.
"""

from collections.abc import Iterable
from typing import Final, Literal, get_args

from msgspec import Struct

CHANNEL: Final = "maitred"

EventName = Literal[
    "alert.raised",
    "alert.taken",
    "approval.approved",
    "approval.expired",
    "approval.refused",
    "approval.waiting",
    "block.lifted",
    "block.set",
    "call.confirmed",
    "call.expired",
    "call.given_back",
    "call.held",
    "case.closed",
    "case.opened",
    "case.solved",
    "check.cancelled",
    "check.closed",
    "check.open",
    "complaint.noted",
    "gesture.accepted",
    "gesture.declined",
    "gesture.delivered",
    "gesture.due",
    "gesture.expired",
    "gesture.offered",
    "gesture.suggested",
    "gesture.voided",
    "guest.erased",
    "held_table.cancelled",
    "held_table.granted",
    "held_table.held",
    "held_table.released",
    "held_table.starts_later",
    "house.changed",
    "house.published",
    "house.withdrawn",
    "kitchen.marked",
    "kitchen.unmarked",
    "levers.changed",
    "note.deleted",
    "note.written",
    "notice.called",
    "period.changed",
    "rescue.confirmed",
    "rescue.expired",
    "rescue.given_back",
    "rescue.held",
    "rescue.lapsed",
    "rescue.listed",
    "rescue.opened",
    "rescue.taken",
    "reservation.arrived",
    "reservation.booked",
    "reservation.cancelled",
    "reservation.changed",
    "reservation.declined",
    "reservation.finished",
    "reservation.no_show",
    "reservation.requested",
    "reservation.seated",
    "reservation.walked",
    "rules.overridden",
    "rules.published",
    "seating.check_down",
    "seating.cleared",
    "seating.dessert",
    "seating.extended",
    "seating.paid",
    "seating.seated",
    "seating.unseated",
    "sections.changed",
    "session.ended",
    "slot_hold.confirmed",
    "slot_hold.expired",
    "slot_hold.given_back",
    "slot_hold.held",
    "table.ready",
    "table.to_reset",
    "thread.read",
    "thread.written",
    "waitlist.coming",
    "waitlist.forgotten",
    "waitlist.gone",
    "waitlist.left",
    "waitlist.notified",
    "waitlist.requoted",
    "waitlist.seated",
    "waitlist.suggested",
    "waitlist.turned_away",
    "waitlist.waiting",
]
EVENTS: Final = frozenset(get_args(EventName))

# Whoever the transaction is for, as seating.db sets it; null for guests, sites, tills, the clock.
ACTING: Final = "nullif(current_setting('maitred.acting', true), '')"


class EventOf(Struct, frozen=True):
    """Names made in SQL: `prefix` and the value of an expression, which is one of `endings`.

    Raises ValueError for a name that is not in EVENTS.
    """

    prefix: str
    ending: str
    endings: tuple[str, ...]

    def __post_init__(self) -> None:
        """Check the names."""
        require_listed(self.prefix + each for each in self.endings)


def require_listed(names: Iterable[str]) -> None:
    """Raise ValueError unless EVENTS has these names."""
    if unknown := sorted(set(names) - EVENTS):
        raise ValueError(f"no event is named {', '.join(unknown)}: see {__name__}.EventName")


def announced(
    event: EventName | EventOf,
    *,
    subject: str,
    version: str,
    period: str = "null",
    to: str = "null",
    venue: str = "$1::text",
) -> str:
    """Return the SQL expression that tells the screens; all but the name are SQL expressions.

    `subject`: the id, `to`: the staff id of whom it is for. Raises ValueError as EventOf.
    """
    if isinstance(event, EventOf):
        name = f"'{event.prefix}' || {event.ending}"
    else:
        require_listed([event])
        name = f"'{event}'"
    members = {"venue": venue, "event": name, "id": subject, "version": version}
    optional = {"period_id": period, "staff_id": ACTING, "for": to}
    said = ", ".join(f"'{key}', {value}" for key, value in (members | optional).items())
    return notified(f"jsonb_strip_nulls(jsonb_build_object({said}))")


def notified(envelope: str) -> str:
    """Return the SQL expression that sends a jsonb expression which is an envelope."""
    return f"pg_notify('{CHANNEL}', ({envelope})::text)"
