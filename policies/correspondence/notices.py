"""Which changes of the book a guest is written about.

The site that a guest booked at tells what the guest does there; the house tells what the house
does, and reminds (`NoticeRules.guests_of_sites`).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID, uuid5

from msgspec import Struct

from policies.book.changes import Changes
from policies.book.picture import Picture, Promise, WaitEntry
from policies.house.channels import SITES, UNPACED, Channel
from policies.house.rules import NoticeRules

NoticeKind = Literal[
    "confirmation", "change", "cancellation", "reminder", "waitlist_ready", "enquiry_answer"
]
NoticeSubject = Literal["reservation", "wait_entry"]

UNDO: Final = timedelta(seconds=30)
"""What a person of the house does may be taken back: its notice waits so long (business time)."""

NAMESPACE: Final = UUID("b2a7f3c4-58d1-5c0e-9c1e-7d0a4c1f6e21")


class NewNotice(Struct, frozen=True, kw_only=True):
    """A notice to be written. `mark`: what of the subject it tells, so that it is made once.

    `by_house`: a person of the house caused it, not the guest or their site. `due_at`: the
    earliest moment, in business time.
    """

    subject_kind: NoticeSubject
    subject_id: UUID
    kind: NoticeKind
    mark: str
    by_house: bool
    due_at: datetime


def notice_id_of(venue_id: str, subject_id: UUID, kind: NoticeKind, mark: str) -> UUID:
    """Return the id of a notice: the same for the same news, whoever writes it."""
    return uuid5(NAMESPACE, f"{venue_id}/{subject_id}/{kind}/{mark}")


def notices_of(
    before: Picture,
    changes: Changes,
    *,
    by_house: bool,
    now: datetime,
) -> Iterator[NewNotice]:
    """Yield the notices that the changes to a picture cause."""
    rules = before.rules.notices
    known = {promise.reservation_id: promise for promise in before.promises}
    for promise in changes.promises:
        was = known.get(promise.reservation_id)
        kind = _kind_of(was, promise)
        if kind is not None and tells(promise, rules, by_house=by_house):
            yield NewNotice(
                subject_kind="reservation",
                subject_id=promise.reservation_id,
                kind=kind,
                mark=f"v{promise.version}",
                by_house=by_house,
                due_at=now + UNDO if by_house else now,
            )
    waited = {entry.wait_id: entry for entry in before.waiting}
    for entry in changes.waiting:
        if called_now(waited.get(entry.wait_id), entry, now):
            yield NewNotice(
                subject_kind="wait_entry",
                subject_id=entry.wait_id,
                kind="waitlist_ready",
                mark=now.isoformat(),
                by_house=by_house,
                due_at=now,
            )


def tells(promise: Promise, rules: NoticeRules, *, by_house: bool) -> bool:
    """Tell whether the house writes to this guest, rather than the site of the booking."""
    if promise.channel is None or promise.channel in UNPACED:
        return False
    if promise.channel not in SITES:
        return True
    told = rules.guests_of_sites
    return told == "everything" or (told == "from_the_house" and by_house)


def reminds(channel: Channel, rules: NoticeRules) -> bool:
    """Tell whether the house reminds the guests of a channel of their visit."""
    if channel in UNPACED:
        return False
    return channel not in SITES or rules.guests_of_sites != "nothing"


def calls(channel: Channel, rules: NoticeRules) -> bool:
    """Tell whether the house writes to a waiting party of a channel that its table is ready."""
    return channel not in SITES or rules.guests_of_sites != "nothing"


def called_now(was: WaitEntry | None, entry: WaitEntry, now: datetime) -> bool:
    """Tell whether a waiting party is called to its table by this change, and was not before."""
    called = entry.state == "notified" and entry.notified_at == now
    return called and (was is None or was.notified_at != entry.notified_at)


def _kind_of(was: Promise | None, promise: Promise) -> NoticeKind | None:
    """One that is not in the picture is new, or was over and is not any more."""
    before = was.state if was else None
    match before, promise.state:
        case "requested", "booked" | "declined":
            return "enquiry_answer"
        case None, "booked":
            return "confirmation"
        case "booked", "cancelled":
            return "cancellation"
        case "booked", "booked":
            return "change" if was and _is_news(was, promise) else None
        case _:
            return None


def _is_news(was: Promise, promise: Promise) -> bool:
    """Who tells that it is late is answered at once, on its page or by who takes the call."""
    return was.late_until == promise.late_until and _promised(was) != _promised(promise)


def _promised(promise: Promise) -> tuple[object, ...]:
    return (promise.starts, promise.ends, promise.party_size, promise.needs)
