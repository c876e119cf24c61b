"""Orders by which a person says where a promise stands: assign a table, approve, decline."""

from msgspec.structs import replace

from policies.answers import Answer, Ask, No, Yes
from policies.booking import decide
from policies.case import Case
from policies.changes import Changes, leave_out, with_moves
from policies.lifecycles import RESERVATION, ReservationEvent, step
from policies.orders import Approve, Assign, Decline
from policies.stand import Done, Impossible, Stand
from policies.tables import Tables
from policies.terms import Promise


def assign(stand: Stand, order: Assign) -> Done:
    """Mean certain tables for a party: the plan of others makes way where it can."""
    promise, undo = _stepped(stand, order, "move_table")
    if promise.state == "seated":
        raise Impossible("NOT_POSSIBLE_NOW", "the party sits already: move its seating")
    answer = _at_tables(stand, promise, order.tables)
    if isinstance(answer, No):
        raise Impossible("INVALID", answer.detail, "/tables")
    assigned = replace(
        promise,
        tables=answer.tables,
        fixed=order.fixed,
        kind="physical",
        overruled=False,
        exposed=False,
    )
    changes = with_moves(stand.picture, answer.moved, Changes(promises=(assigned,)))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def approve(stand: Stand, order: Approve) -> Done:
    """Say yes to a request: with a place if the room has one, else with a reason, beyond it."""
    promise, _ = _stepped(stand, order, "approve")
    answer = _decide(stand, promise, order.tables or ())
    if isinstance(answer, Yes):
        booked = replace(
            promise,
            tables=answer.tables,
            fixed=bool(order.tables),
            kind=answer.kind,
            risk=answer.risk,
        )
        changes = with_moves(stand.picture, answer.moved, Changes(promises=(booked,)))
    elif order.reason is None:
        told = f"{answer.detail} With a reason it can be booked all the same."
        raise Impossible("NOT_POSSIBLE_NOW", told, "/reason")
    else:
        beyond = replace(promise, kind="overbooked", overruled=True, duplicate_allowed=True)
        changes = Changes(promises=(beyond,))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=None)


def decline(stand: Stand, order: Decline) -> Done:
    """Say no to a request."""
    promise, undo = _stepped(stand, order, "decline")
    changes = Changes(promises=(promise,))
    return Done(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def _at_tables(stand: Stand, promise: Promise, tables: tuple[str, ...]) -> Answer:
    """Ask only whether the tables can be had: whether the party may come is decided already."""
    left = leave_out(stand.picture, promise.reservation_id, None)
    case = Case(picture=left, ask=_ask(promise, tables), house=stand.house, now=stand.now)
    return Tables(left, stand.house, stand.now).answer(case)


def _decide(stand: Stand, promise: Promise, tables: tuple[str, ...]) -> Answer:
    return decide(
        stand.picture,
        _ask(promise, tables),
        stand.house,
        now=min(stand.now, promise.starts),
        without=promise.reservation_id,
        quick=True,
    )


def _ask(promise: Promise, tables: tuple[str, ...]) -> Ask:
    return Ask(
        party_size=promise.party_size,
        starts=promise.starts,
        channel="desk",
        needs=promise.needs,
        guest_id=promise.guest_id,
        tables=tables,
    )


def _stepped(
    stand: Stand, order: Assign | Approve | Decline, event: ReservationEvent
) -> tuple[Promise, int | None]:
    promise = stand.promise(order.reservation_id, order.version)
    taken = step(RESERVATION, promise.state, event, stand.by)
    return replace(promise, state=taken.to, version=promise.version + 1), taken.undo_seconds
