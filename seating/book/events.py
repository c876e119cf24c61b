"""The events of a command's changes: what tablets refetch, and what booking sites are told."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Picture, Promise, Seating, SlotHold
from policies.house.channels import SITES
from policies.webhooks import reservation_events


class Outside(Struct, frozen=True, kw_only=True):
    """The reservations whose change their guest may see; `made`: new ones, with their site."""

    seen: frozenset[UUID]
    made: Mapping[UUID, str | None]


def events_of(
    before: Picture, changes: Changes, outside: Outside, now: datetime
) -> Iterator[dict[str, Any]]:
    """Yield the events of the changes to a picture: name, id, version, and data for sites."""
    here = before.period.period_id
    if changes.period is not None:
        version = changes.period.version + 1
        yield _event("period.changed", changes.period.period_id, version, here)
    before_by_id = {p.reservation_id: p for p in before.promises}
    for promise in changes.promises:
        previous = before_by_id.get(promise.reservation_id)
        what: str = "changed" if previous and previous.state == promise.state else promise.state
        event = _event(
            f"reservation.{what}", promise.reservation_id, promise.version, promise.period_id
        )
        seen = promise.reservation_id in outside.seen
        yield event | (_webhook_data(previous, promise, outside) if seen else {})
    sat = {each.seating_id: each for each in before.seatings}
    for seating in changes.seatings:
        what = "extended" if _only_stays(sat.get(seating.seating_id), seating) else seating.state
        yield _event(f"seating.{what}", seating.seating_id, seating.version, seating.period_id)
    for hold in changes.slot_holds:
        yield _event(f"{kind_of(hold)}.{hold.state}", hold.slot_hold_id, 1, hold.period_id)
    yield from _events_of_waiting(before, changes, now)
    for block in changes.blocks:
        step = "lifted" if block.lifted_at else "set"
        yield _event(f"block.{step}", block.block_id, block.version, here)
    starts = {held.held_id: held.starts for held in before.held}
    for held in changes.held:
        later = held.state == "held" and starts.get(held.held_id, held.starts) < held.starts
        step = "starts_later" if later else held.state
        yield _event(f"held_table.{step}", held.held_id, held.version, held.period_id)
    yield from _events_of_tables_and_undos(changes, here)


def _only_stays(was: Seating | None, now: Seating) -> bool:
    """Tell whether all that changed of a seating is until when it is expected to stay."""
    if was is None or was.expected_end == now.expected_end:
        return False
    return replace(was, expected_end=now.expected_end, version=now.version) == now


def _events_of_waiting(
    before: Picture, changes: Changes, now: datetime
) -> Iterator[dict[str, Any]]:
    """The site hears of a call once: not of marks made since, nor of an undo."""
    was = {each.wait_id: each for each in before.waiting}
    for entry in changes.waiting:
        old = was.get(entry.wait_id)
        comes = old is not None and old.coming_at is None and entry.coming_at is not None
        event = "waitlist.coming" if comes else f"waitlist.{entry.state}"
        called = entry.state == "notified" and entry.notified_at == now
        told = old is not None and old.notified_at == entry.notified_at
        ready = {"types": ["waitlist.ready"], "status": entry.state, "party_size": entry.party_size}
        yield (
            _event(event, entry.wait_id, entry.version, entry.period_id)
            | ({"data": ready} if called and not told else {})
        )


def _events_of_tables_and_undos(changes: Changes, here: str) -> Iterator[dict[str, Any]]:
    for reset in changes.resets:
        step = "ready" if reset.ended_at else "to_reset"
        yield _event(f"table.{step}", reset.table_id, reset.version, here)
    if changes.sections:
        yield _event("sections.changed", here, 1, here)
    for seating_id in changes.removed_seatings:
        yield _event("seating.unseated", seating_id, 0, here)
    for wait_id in changes.removed_wait_entries:
        yield _event("waitlist.forgotten", wait_id, 0, here)


def _event(event: str, subject: UUID | str, version: int, period_id: str) -> dict[str, Any]:
    return {"event": event, "id": str(subject), "version": version, "period_id": period_id}


def _webhook_data(previous: Promise | None, promise: Promise, outside: Outside) -> dict[str, Any]:
    """The webhook data for the booking site of a reservation."""
    key = promise.reservation_id
    if promise.channel not in SITES and outside.made.get(key) is None:
        return {}
    types = reservation_events(
        previous.state if previous else None, promise.state, new=key in outside.made
    )
    data = {
        "types": types,
        "status": promise.state,
        "start": promise.starts,
        "duration_s": int((promise.ends - promise.starts).total_seconds()),
        "party_size": promise.party_size,
    }
    return {"data": data} if types else {}


def kind_of(hold: SlotHold) -> str:
    """Return whose a slot hold is, in the word of its events and intentions."""
    if hold.wait_id is not None:
        return "call"
    return "slot_hold" if hold.client_id else "rescue"
