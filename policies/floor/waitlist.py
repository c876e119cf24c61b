"""Host's orders on the waitlist: put a party on it, notify it, take it off."""

from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import WAITLIST, WaitEvent, step
from policies.book.picture import WaitEntry
from policies.floor.orders import Leave, Notify, Wait
from policies.floor.stand import Done, Impossible, Stand


def wait(stand: Stand, order: Wait) -> Done:
    """Put a party on the waitlist with the wait it was told."""
    area = order.needs.area
    if area is not None and area not in {each.id for each in stand.house.areas}:
        raise Impossible("INVALID", f"there is no area {area}", "/needs/area")
    entry = WaitEntry(
        wait_id=order.id,
        period_id=stand.picture.period.period_id,
        state="waiting",
        party_size=order.party_size,
        joined_at=stand.now,
        name=order.name,
        phone=order.phone,
        needs=order.needs,
        quoted_minutes=order.quoted_minutes,
    )
    return Done(changes=Changes(waiting=(entry,)), subject=order.id)


def notify(stand: Stand, order: Notify) -> Done:
    """Note that a waiting party was told that its table is ready."""
    entry = _stepped(stand, order.wait_id, order.version, "notify")
    return _waits(replace(entry, notified_at=stand.now))


def leave(stand: Stand, order: Leave) -> Done:
    """End a wait without a table."""
    event: WaitEvent = "turn_away" if order.turned_away else "leave"
    entry = _stepped(stand, order.wait_id, order.version, event)
    return _waits(replace(entry, ended_at=stand.now))


def _waits(entry: WaitEntry) -> Done:
    return Done(changes=Changes(waiting=(entry,)), subject=entry.wait_id)


def _stepped(stand: Stand, wait_id: UUID, version: int, event: WaitEvent) -> WaitEntry:
    entry = stand.waiting(wait_id, version)
    to = step(WAITLIST, entry.state, event, stand.by).to
    return replace(entry, state=to, version=entry.version + 1)
