"""Handlers of commands on the waitlist: join, notify, leave or be turned away."""

from uuid import UUID

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import WAITLIST, WaitEvent, transition
from policies.book.picture import WaitEntry
from policies.book.refusals import CommandRefused
from policies.floor.orders import Gone, Leave, Notify, Rejoin, Wait
from policies.floor.stand import Outcome, Stand
from policies.plan.calls import end_call, keep_for_call
from policies.words.message import message


def wait(stand: Stand, command: Wait) -> Outcome:
    """Put a party on the waitlist with its quote."""
    area = command.needs.area
    if area is not None and area not in {each.id for each in stand.house.areas}:
        raise CommandRefused("INVALID", message("stand-no-such-area", area=area), "/needs/area")
    entry = WaitEntry(
        wait_id=command.id,
        period_id=stand.picture.period.period_id,
        state="waiting",
        party_size=command.party_size,
        joined_at=stand.now,
        name=command.name,
        phone=command.phone,
        needs=command.needs,
        quoted_minutes=command.quoted_minutes,
    )
    return Outcome(changes=Changes(waiting=(entry,)), subject=command.id)


def notify(stand: Stand, command: Notify) -> Outcome:
    """Note that a waiting party was told that its table is ready, and keep it a table."""
    entry = stepped(stand, command.wait_id, command.version, "notify")
    kept = keep_for_call(
        stand.picture,
        stand.house,
        entry,
        command.id,
        stand.suggested.get(entry.wait_id, ()),
        now=stand.now,
    )
    called = replace(entry, notified_at=stand.now)
    return Outcome(changes=replace(kept, waiting=(called,)), subject=entry.wait_id)


def leave(stand: Stand, command: Leave) -> Outcome:
    """End an entry without a table."""
    event: WaitEvent = "turn_away" if command.turned_away else "leave"
    return _ended(stand, stepped(stand, command.wait_id, command.version, event))


def gone(stand: Stand, command: Gone) -> Outcome:
    """End the entry of a party that was called and does not answer."""
    return _ended(stand, stepped(stand, command.wait_id, command.version, "no_answer"))


def rejoin(stand: Stand, command: Rejoin) -> Outcome:
    """Put a party back on the list: its place and its quote are those of when it joined."""
    before = stand.waiting(command.wait_id, command.version)
    event: WaitEvent = "requeue" if before.state == "notified" else "rejoin"
    entry = stepped(stand, command.wait_id, command.version, event)
    back = replace(entry, ended_at=None, notified_at=None, coming_at=None)
    changes = Changes(
        waiting=(back,), slot_holds=end_call(stand.picture, entry.wait_id, "given_back")
    )
    return Outcome(changes=changes, subject=entry.wait_id)


def _ended(stand: Stand, entry: WaitEntry) -> Outcome:
    changes = Changes(
        waiting=(replace(entry, ended_at=stand.now),),
        slot_holds=end_call(stand.picture, entry.wait_id, "given_back"),
    )
    return Outcome(changes=changes, subject=entry.wait_id)


def stepped(stand: Stand, wait_id: UUID, version: int, event: WaitEvent) -> WaitEntry:
    """Return the entry after the event, one version on; raises CommandRefused, NotPossible."""
    entry = stand.waiting(wait_id, version)
    to = transition(WAITLIST, entry.state, event, stand.by).to
    return replace(entry, state=to, version=entry.version + 1)
