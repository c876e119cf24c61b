"""Orders about held tables: grant one, hold one more, give one back."""

from uuid import UUID

from msgspec.structs import replace

from policies.calendar import window_times
from policies.changes import Changes
from policies.holding import one_more
from policies.lifecycles import HELD_TABLE, HeldEvent, step
from policies.orders import HoldMore, ReleaseHeld
from policies.stand import Done, Impossible, Stand
from policies.terms import HeldTable


def granted(stand: Stand, held_id: UUID, reason: str | None, pointer: str = "/reason") -> HeldTable:
    """Return the held table as given to a party; raises Impossible without a reason."""
    if reason is None:
        raise Impossible("INVALID", "say why this party gets a table we keep", pointer)
    return _ended(stand, stand.held(held_id), "grant", reason)


def release(stand: Stand, order: ReleaseHeld) -> Done:
    """Give a held table back: in the same instant it can be booked on every channel."""
    held = _ended(stand, stand.held(order.held_id, order.version), "release", order.reason)
    return Done(changes=Changes(held=(held,)), subject=held.held_id)


def hold_more(stand: Stand, order: HoldMore) -> Done:
    """Hold one more table, if the room still has one nobody was promised."""
    if stand.by != "manager":
        raise Impossible("NOT_ALLOWED", "a manager decides how many tables are held")
    for window in stand.picture.rules.holds:
        period = stand.picture.period
        if window.name == order.window and window.period == period.name:
            _, ends = window_times(window, stand.house, period)
            if ends <= stand.now:
                raise Impossible("NOT_POSSIBLE_NOW", f"{order.window} is over tonight", "/window")
            held = one_more(order.id, window, stand.house, period, until=ends)
            return Done(changes=Changes(held=(held,)), subject=order.id)
    raise Impossible("INVALID", f"tonight's rules have no window {order.window}", "/window")


def check_placed(changes: Changes, order: HoldMore) -> None:
    """Raise Impossible when the settled plan had no place for the table to be held."""
    for held in changes.held:
        if held.held_id == order.id and held.state != "held":
            told = "every table of that window is promised already"
            raise Impossible("NOT_POSSIBLE_NOW", told, "/window")


def _ended(stand: Stand, held: HeldTable, event: HeldEvent, reason: str | None) -> HeldTable:
    return replace(
        held,
        state=step(HELD_TABLE, held.state, event, stand.by).to,
        tables=(),
        ended_at=stand.now,
        ended_by=stand.by,
        reason=reason,
        version=held.version + 1,
    )
