"""The parts of a visit's page by the hour: late, how many, on the way, allergies, thread, bill."""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Final
from uuid import uuid4

from api.guest.booking_view import BookingView
from api.guest.shell import PARTED, bullets, button, panel, section, text
from policies.book.late_told import LateTold
from policies.house.calendar import largest_party_online
from policies.words.message import Money
from seating.booking.thread import LONGEST
from seating.booking.visit import LONGEST_ALLERGIES
from seating.floor.by_guest import MINUTES_LATE, comes_at, is_near

TALKING: Final = frozenset({"requested", "booked", "arrived", "seated", "no_show"})
"""While a visit is so, its guest may write to the house."""

CARED_FOR: Final = frozenset({"requested", "booked", "arrived", "seated"})


def told_lately(found: BookingView) -> list[str]:
    """Return what the party was answered when it told that it is late; nothing once it is here."""
    told = found.own.visit.late_told
    if told is None or found.own.reservation.state not in {"booked", "no_show"}:
        return []
    if found.own.reservation.state == "no_show":
        return []
    title = found.tell("late-you-come", time=found.hour(told.arrives))
    return [panel(title, bullets(late_answer(found, told)))]


def late_answer(found: BookingView, told: LateTold) -> Iterator[str]:
    """Yield the sentences of an answer: how long its table is kept, and what there is after that.

    Once the first grace is over only the second place is told.
    """
    now, grace = found.own.now, told.kept_until - told.arrives
    if now < told.kept_until:
        yield found.tell("late-kept-until", time=found.hour(told.kept_until))
    if told.then_at is None:
        yield found.tell("late-then-none")
        return
    if not told.then_tables:
        yield found.tell("late-then-not-before", time=found.hour(told.then_at))
        return
    key = "late-then-table" if now < told.kept_until else "late-now-table"
    yield found.tell(
        key,
        table=" + ".join(told.then_tables),
        time=found.hour(told.then_at),
        until=found.hour(told.then_at + grace),
    )


def next_step(found: BookingView) -> str:
    """Return the one thing to do now: to confirm before the day, to say that they come on it."""
    kept, visit = found.own.reservation, found.own.visit
    if kept.state != "booked":
        return ""
    if is_near(found.own):
        if visit.coming_at is not None:
            return ""
        return button(
            f"/r/{found.token}/coming", found.tell("visit-on-our-way"), one_time(), kind="next"
        )
    if visit.reconfirmed_at is not None:
        return ""
    return button(f"/r/{found.token}/confirm", found.tell("visit-confirm"), one_time(), kind="next")


def said_already(found: BookingView) -> list[str]:
    """Return what the guest has said on this page and the house knows."""
    kept, visit = found.own.reservation, found.own.visit
    if kept.state != "booked":
        return []
    if visit.coming_at is not None:
        return [text(found.tell("visit-on-our-way-told"))]
    if visit.reconfirmed_at is not None:
        return [text(found.tell("visit-confirmed-told"))]
    return []


def late_form(found: BookingView) -> list[str]:
    """Return the buttons of how late they come, each with the time; from three hours before on."""
    if not is_near(found.own):
        return []
    path = f"/r/{found.token}/late"
    buttons = [
        button(path, late_by(found, minutes), one_time() | {"minutes": str(minutes)})
        for minutes in MINUTES_LATE
    ]
    inside = (
        text(found.tell("late-how"))
        + PARTED
        + f'<div class="times wide">{PARTED.join(buttons)}</div>'
    )
    return [section(found.tell("late-title"), inside)]


def late_by(found: BookingView, minutes: int) -> str:
    at = found.hour(comes_at(found.own, minutes))
    return found.tell("late-by", minutes=minutes, time=at)


def size_form(found: BookingView) -> str:
    """Return the form that says how many they are now."""
    kept = found.own.reservation
    most = max(kept.party_size, largest_party_online(found.house))
    inside = (
        f'<form class="wish" method="post" action="/r/{escape(found.token)}/size">'
        f'<input type="hidden" name="version" value="{kept.public_version}">'
        f"<label>{escape(found.tell('visit-guests'))}"
        f'<input type="number" name="party_size" required min="1" max="{most}"'
        f' inputmode="numeric" value="{kept.party_size}"></label>\n'
        f"<button>{escape(found.tell('size-ask'))}</button></form>"
    )
    return section(found.tell("size-title"), inside)


def allergies_form(found: BookingView) -> list[str]:
    """Return the line for allergies, with what it is kept for; the button is the consent."""
    own = found.own
    if own.reservation.state not in CARED_FOR or own.visit.guest_id is None:
        return []
    known = own.visit.own_allergies or ""
    told = text(found.tell("allergies-told", words=known)) if known else ""
    label, send = found.tell("allergies-line"), found.tell("allergies-send")
    title, why = found.tell("allergies-title"), text(found.tell("allergies-why"))
    form = line_form(found, "allergies", label, send, LONGEST_ALLERGIES)
    return [section(title, PARTED.join([told, form, why]))]


def line_form(found: BookingView, path: str, label: str, send: str, longest: int) -> str:
    (_, unique), *_ = one_time().items()
    return (
        f'<form class="line" method="post" action="/r/{escape(found.token)}/{path}">'
        f'<input type="hidden" name="id" value="{unique}">'
        f"<label>{escape(label)}"
        f'<input type="text" name="text" required maxlength="{longest}" autocomplete="off">'
        f"</label>\n<button>{escape(send)}</button></form>"
    )


def thread(found: BookingView) -> list[str]:
    """Return what was written between guest and house, and the line for the next message."""
    own = found.own
    said = [_message(found, each.by_guest, each.written_at, each.text) for each in own.visit.thread]
    if own.reservation.state not in TALKING:
        return []
    label, send = found.tell("thread-line"), found.tell("thread-send")
    form = line_form(found, "message", label, send, LONGEST)
    written = f'<ol class="thread">{PARTED.join(said)}</ol>' if said else ""
    title = found.tell("thread-title")
    return [panel(title, written + PARTED + form)] if said else [section(title, form)]


def _message(found: BookingView, by_guest: bool, at: datetime, words: str) -> str:  # noqa: FBT001
    who = found.tell("thread-you") if by_guest else found.house.venue.name
    head = found.tell("thread-head", who=who, time=found.hour(at))
    kind = "ours" if by_guest else "theirs"
    return f'<li class="{kind}"><span>{escape(head)}</span>\n{escape(words)}</li>'


def bill(found: BookingView) -> tuple[str, str]:
    """Return the bill as the till tells it, by its name; empty without one."""
    told = found.own.visit.bill
    if told is None or found.own.reservation.state not in {"seated", "finished"}:
        return ("", "")
    key = "bill-paid" if told.state == "closed" else "bill-so-far"
    amount = Money(told.total, found.house.venue.currency)
    return (found.tell(key), found.tell("bill-amount", amount=amount))


def one_time() -> dict[str, str]:
    """Return the id of what a button sends: sent twice, it happens once."""
    return {"id": str(uuid4())}
