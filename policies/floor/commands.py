"""The command dispatch: each command with its handler."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from policies.book.consequences import WarningCode
from policies.book.refusals import CommandRefused
from policies.floor import held_tables, levers, orders, reservations, seatings, waitlist
from policies.floor.closing import is_over
from policies.floor.late.facts import as_it_happened, is_late_fact
from policies.floor.marks import parties, pins, sections, taking_back
from policies.floor.orders import Order
from policies.floor.stand import Outcome, Stand
from policies.floor.warnings import check_accepted, consequences
from policies.house.wording import clock
from policies.plan.replanning import replan
from policies.words.message import CalendarDate, message

HANDLERS: Mapping[type[Order], Callable[[Stand, Any], Outcome]] = {
    orders.Arrive: reservations.arrive,
    orders.Resize: reservations.resize,
    orders.NoShow: reservations.no_show,
    orders.Reopen: reservations.reopen,
    orders.Walk: reservations.walk,
    orders.Assign: reservations.assign,
    orders.Reconfirm: parties.reconfirm,
    orders.TellLate: parties.tell_late,
    orders.Place: parties.place,
    orders.Call: parties.call,
    orders.Coming: parties.coming,
    orders.Pin: pins.pin,
    orders.Unplan: taking_back.unplan,
    orders.Approve: reservations.approve,
    orders.Decline: reservations.decline,
    orders.Seat: seatings.seat,
    orders.Move: seatings.move,
    orders.Unseat: taking_back.unseat,
    orders.Swap: seatings.swap,
    orders.Split: seatings.split,
    orders.Merge: seatings.merge,
    orders.Serve: seatings.serve,
    orders.Extend: seatings.extend,
    orders.Pay: seatings.pay,
    orders.Clear: seatings.clear,
    orders.Ready: seatings.ready,
    orders.BlockTable: levers.block,
    orders.LiftBlock: levers.lift,
    orders.Levers: levers.levers,
    orders.Sections: sections.sections,
    orders.HoldMore: held_tables.hold_more,
    orders.ReleaseHeld: held_tables.release,
    orders.Wait: waitlist.wait,
    orders.Notify: waitlist.notify,
    orders.Leave: waitlist.leave,
    orders.Gone: waitlist.gone,
    orders.Rejoin: waitlist.rejoin,
}


def carry_out(stand: Stand, command: Order) -> Outcome:
    """Return the command's changes, the plan settled after them, and what they mean to the host.

    Raises CommandRefused (NEEDS_ANYWAY for a likely mistake it does not accept), NotPossible,
    NotAllowed. What happened already is not asked about: its warnings are only told.
    """
    check_open(stand)
    done = _settled(stand, command)
    named: tuple[str, ...] = getattr(command, "tables", None) or ()
    told = consequences(
        stand.picture, done.changes, stand.house, now=stand.now, by=stand.who, named=named
    )
    told = replace(told, warnings=(*done.noted, *told.warnings))
    if not is_late_fact(command):
        check_accepted(told, _accepted(command))
    return replace(done, told=told)


def _settled(stand: Stand, command: Order) -> Outcome:
    """Return the command's changes with the plan settled after them.

    Tables that are refused only for a party which a person pinned are given all the same: the
    warning of it asks.
    """
    if not (isinstance(command, orders.Assign | orders.Approve) and command.tables):
        return _planned(stand, command)
    try:
        return _planned(stand, command)
    except CommandRefused:
        movable = pins.without_pins(stand)
        if movable is stand:
            raise
        return _planned(movable, command)


def _planned(stand: Stand, command: Order) -> Outcome:
    done = HANDLERS[type(command)](as_it_happened(stand, command), command)
    changes = replan(stand.picture, done.changes, stand.house, now=stand.now, by=stand.who)
    if isinstance(command, orders.HoldMore):
        held_tables.check_placed(changes, command)
    if isinstance(command, orders.Assign | orders.Approve):
        reservations.check_given(stand, changes, command)
    if isinstance(command, orders.Assign):
        changes = pins.pinned(changes, command.reservation_id, stand.staff_id)
    return replace(done, changes=changes)


def _accepted(command: Order) -> tuple[WarningCode, ...]:
    """Return the codes a command accepts: a reason to plan tables speaks for their area too."""
    if isinstance(command, orders.Assign | orders.Approve) and command.reason is not None:
        return (*command.anyway, "OTHER_AREA")
    return command.anyway


def check_open(stand: Stand) -> None:
    """Raise CommandRefused once the period is over, also before the job has closed it."""
    if is_over(stand.picture, stand.now):
        period = stand.picture.period
        date = CalendarDate(period.service_date, "full")
        hours = (clock(stand.house, period.opens), clock(stand.house, period.closes))
        said = message("period-is-over", date=date, opens=hours[0], closes=hours[1])
        raise CommandRefused("NOT_POSSIBLE_NOW", said)
