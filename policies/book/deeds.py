"""An action in words: what was done to whom, as the journal and the answer of an order say it.

The sentence names no author; the journal shows who did it beside it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from msgspec import Struct

from policies.book.changes import Changes
from policies.book.levers import PulledLever
from policies.book.picture import Promise, Seating, WaitEntry
from policies.house.calendar import local_date
from policies.house.house import House
from policies.house.wording import clock, party_message, tables_named
from policies.words.message import CalendarDate, Message, message


class BookedThen(Struct, frozen=True, kw_only=True):
    """What the answer of the desk tells of its reservation."""

    name: str = ""
    party_size: int = 0
    starts: datetime | None = None
    tables: tuple[str, ...] = ()


class ToldThen(Struct, frozen=True, kw_only=True):
    """What the answers stored with actions tell of a deed, whatever kind it is of.

    `entry`, `reservation`: what was booked; without either the desk said no. `kind`: of the rescue
    option that was taken. `state`: of a gesture by then.
    """

    entry: BookedThen | None = None
    reservation: BookedThen | None = None
    kind: str | None = None
    state: str | None = None
    party_name: str | None = None
    name: str | None = None
    party_size: int | None = None
    undo_until: datetime | None = None


class Deed(Struct, frozen=True, kw_only=True):
    """An action as it is stored: `before` and `after` hold what it changed.

    `party`: whom it is about where the changes do not tell. `undone`: what an undo took back.
    """

    kind: str
    subject: UUID | None = None
    before: Changes = Changes()
    after: Changes = Changes()
    told: ToldThen = ToldThen()
    party: tuple[str, int | None] = ("", None)
    undone: "Deed | None" = None


Party = Promise | Seating | WaitEntry | BookedThen
Sentence = Callable[[Deed, House], Message]


def sentence_of(deed: Deed, house: House) -> Message:
    """Return what was done, in words."""
    return SENTENCES.get(deed.kind, _other)(deed, house)


def party_of(deed: Deed) -> tuple[str, int | None]:
    """Return name and size of the party that a deed is about, as it was after it."""
    found = _party(deed)
    return deed.party if found is None else (found.name, found.party_size)


def tables_of(deed: Deed) -> tuple[str, ...]:
    """Return the tables that a deed is about: the party's after it, else those it had."""
    if deed.undone is not None and not deed.after.seatings and not deed.after.promises:
        return tables_of(deed.undone)
    if deed.kind in {"BlockTable", "LiftBlock"}:
        return tuple(block.table_id for block in deed.after.blocks)
    if deed.kind == "Ready":
        return tuple(reset.table_id for reset in deed.after.resets)
    found, was = _party(deed), _party_before(deed)
    for each in (found, was):
        if isinstance(each, Seating | Promise | BookedThen) and each.tables:
            return each.tables
    return tuple(name for held in deed.after.held for name in held.tables)[:1]


def _party(deed: Deed) -> Party | None:
    booked = deed.told.entry or deed.told.reservation
    found = _subject(deed, deed.after) or booked
    if found is None and deed.undone is not None:
        return _party(deed.undone)
    return found


def _party_before(deed: Deed) -> Party | None:
    return _subject(deed, deed.before)


def _subject(deed: Deed, changes: Changes) -> Party | None:
    """Return the party of the changes that is the subject, else the one party they seat or list."""
    parties = list(_parties(changes))
    named = (each for key, each in parties if key == deed.subject)
    sat = (each for _, each in parties if isinstance(each, Seating))
    listed = (each for _, each in parties if isinstance(each, WaitEntry))
    return next(named, None) or (next(sat, None) or next(listed, None) if _is_free(deed) else None)


def _is_free(deed: Deed) -> bool:
    """Tell whether the subject may be another id than the party's: a rescue's, an undo's."""
    return deed.kind in {"TakeOption", "Undo"}


def _parties(changes: Changes) -> Iterator[tuple[UUID, Party]]:
    yield from ((each.seating_id, each) for each in changes.seatings)
    yield from ((each.wait_id, each) for each in changes.waiting)
    yield from ((each.reservation_id, each) for each in changes.promises)


def _who(deed: Deed) -> Message | str:
    name, size = party_of(deed)
    return party_message(name, size) if size else name or message("party-unknown")


def _named(party: Party) -> Message:
    return party_message(party.name, party.party_size)


def _where(deed: Deed) -> Message:
    return _tables(tables_of(deed))


def _tables(tables: tuple[str, ...]) -> Message:
    return tables_named(tables) if tables else message("tables-none")


def _at(house: House, instant: datetime | None) -> str:
    return clock(house, instant) if instant is not None else ""


def _arrived(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    found = _party(deed)
    here = found.arrived if isinstance(found, Promise) else 0
    return message("done-arrived", party=_who(deed), here=here)


def _resized(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    found, was = _party(deed), _party_before(deed)
    before = was.party_size if was else 0
    return message(
        "done-resized", name=found.name if found else "", before=before,
        size=found.party_size if found else 0,
    )  # fmt: skip


def _about_party(key: str) -> Sentence:
    return lambda deed, house: Message(key, {"party": _who(deed)})  # noqa: ARG005 - the same


def _at_tables(key: str) -> Sentence:
    return lambda deed, house: Message(  # noqa: ARG005 - the same
        key, {"party": _who(deed), "where": _where(deed)}
    )


def _seated(deed: Deed, house: House) -> Message:
    if deed.kind == "TakeOption" and not deed.after.seatings:
        return _helped(deed, house)
    return message("done-seated", party=_who(deed), where=_where(deed))


def _helped(deed: Deed, house: House) -> Message:
    if deed.after.waiting:
        return _waits(deed, house)
    if deed.told.reservation is not None:
        return _booked(deed, house)
    return message("done-sent-on", party=_who(deed))


def _moved(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    was = _party_before(deed)
    before = was.tables if isinstance(was, Seating | Promise) else ()
    return message("done-moved", party=_who(deed), before=_tables(before), where=_where(deed))


def _both(key: str) -> Sentence:
    def said(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
        others = [each for each in deed.after.seatings if each.seating_id != deed.subject]
        other = _named(others[0]) if others else message("party-unknown")
        return Message(key, {"party": _who(deed), "other": other})

    return said


def _extended(deed: Deed, house: House) -> Message:
    found = _party(deed)
    until = found.expected_end if isinstance(found, Seating) else None
    return message("done-extended", party=_who(deed), until=_at(house, until))


def _served(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    found = _party(deed)
    state = found.state if isinstance(found, Seating) else ""
    return message("done-served", party=_who(deed), state=state)


def _told_late(deed: Deed, house: House) -> Message:
    found = _party(deed)
    until = found.late_until if isinstance(found, Promise) else None
    return message("done-told-late", party=_who(deed), until=_at(house, until))


def _placed(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    found = _party(deed)
    place = found.where if isinstance(found, Promise | WaitEntry) else None
    return message("done-placed", party=_who(deed), place=place or "nowhere")


def _pinned(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    found = _party(deed)
    pinned = isinstance(found, Promise) and found.pinned_by is not None
    key = "done-pinned" if pinned else "done-unpinned"
    return message(key, party=_who(deed), where=_where(deed))


def _cleared(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    key = "done-cleared-to-reset" if deed.after.resets else "done-cleared"
    return message(key, party=_who(deed), where=_where(deed))


def _ready(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    return message("done-ready", where=_where(deed))


def _blocked(deed: Deed, house: House) -> Message:
    ends = deed.after.blocks[0].ends if deed.after.blocks else None
    return message("done-blocked", where=_where(deed), until=_at(house, ends))


def _unblocked(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    return message("done-unblocked", where=_where(deed))


def _levers(deed: Deed, house: House) -> Message:
    if not deed.after.levers:
        return message("done-levers-none")
    return message("done-levers", levers=tuple(_lever(each, house) for each in deed.after.levers))


def _lever(lever: PulledLever, house: House) -> Message:
    names = {area.id: area.name for area in house.areas}
    said = message(
        "done-lever", kind=lever.kind, on="yes" if lever.engaged else "no",
        area=names.get(lever.area or "", lever.area or ""), covers=lever.covers or 0,
    )  # fmt: skip
    if lever.from_date == lever.until_date:
        return said
    days = {"from": CalendarDate(lever.from_date), "until": CalendarDate(lever.until_date)}
    return Message("done-lever-dates", {"lever": said, **days})


def _sections(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    tables = tuple(each.table_id for each in deed.after.sections)
    return message("done-sections", tables=len(tables))


def _held(deed: Deed, house: House) -> Message:
    held = next((each for each in deed.after.held if each.held_id == deed.subject), None)
    key = "done-held" if deed.kind == "HoldMore" else "done-released"
    starts, seats = (held.starts, held.seats) if held else (None, 0)
    return message(key, seats=seats, starts=_at(house, starts))


def _waits(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    found = _party(deed)
    quoted = found.quoted_minutes if isinstance(found, WaitEntry) else None
    if quoted is None:
        return message("done-waits", party=_who(deed))
    return message("done-waits-quoted", party=_who(deed), minutes=quoted)


def _left(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    found = _party(deed)
    sent_off = isinstance(found, WaitEntry) and found.state == "turned_away"
    return message("done-turned-away" if sent_off else "done-left", party=_who(deed))


def _taken_back(deed: Deed, house: House) -> Message:
    if deed.undone is None:
        return message("done-undone-something")
    return message("done-undone", what=sentence_of(deed.undone, house))


def _booked(deed: Deed, house: House) -> Message:
    made = deed.told.entry or deed.told.reservation
    if made is None or made.starts is None:
        return message("done-refused")
    key = KEYS_OF_DESK.get(deed.kind, "done-booked")
    return Message(key, {"party": _named(made), "when": _when(house, made.starts)})


def _approved(deed: Deed, house: House) -> Message:
    found = _party(deed)
    if not isinstance(found, Promise):
        return _other(deed, house)
    return message("done-approved", party=_who(deed), when=_when(house, found.starts))


def _when(house: House, starts: datetime) -> Message:
    day = CalendarDate(local_date(house, starts))
    return message("done-when", date=day, time=clock(house, starts))


def _gesture(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    state = deed.told.state or "offered"
    return message("done-gesture", party=_who(deed), state=state)


def _other(deed: Deed, house: House) -> Message:  # noqa: ARG001 - as every sentence
    return message("done-other")


def _plain(key: str) -> Sentence:
    return lambda deed, house: Message(key)  # noqa: ARG005 - as every sentence


KEYS_OF_DESK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Reserve": "done-booked",
        "Alter": "done-changed",
        "Cancel": "done-cancelled",
        "Reinstate": "done-reinstated",
    }
)

SENTENCES: Final[Mapping[str, Sentence]] = MappingProxyType(
    {
        "Arrive": _arrived,
        "Resize": _resized,
        "NoShow": _about_party("done-no-show"),
        "Reopen": _about_party("done-reopened"),
        "Walk": _about_party("done-walked"),
        "Assign": _at_tables("done-assigned"),
        "Unplan": _at_tables("done-planned-elsewhere"),
        "Reconfirm": _about_party("done-reconfirmed"),
        "TellLate": _told_late,
        "Place": _placed,
        "Call": _about_party("done-called"),
        "Coming": _about_party("done-coming"),
        "Pin": _pinned,
        "Approve": _approved,
        "Decline": _about_party("done-declined"),
        "Seat": _seated,
        "Move": _moved,
        "Unseat": _about_party("done-unseated"),
        "Swap": _both("done-swapped"),
        "Split": _at_tables("done-split"),
        "Merge": _both("done-merged"),
        "Serve": _served,
        "Extend": _extended,
        "Pay": _about_party("done-paid"),
        "Clear": _cleared,
        "Ready": _ready,
        "BlockTable": _blocked,
        "LiftBlock": _unblocked,
        "Levers": _levers,
        "Sections": _sections,
        "HoldMore": _held,
        "ReleaseHeld": _held,
        "Wait": _waits,
        "Join": _waits,
        "Notify": _about_party("done-notified"),
        "Leave": _left,
        "Gone": _about_party("done-gone-silent"),
        "Rejoin": _about_party("done-rejoined"),
        "Undo": _taken_back,
        "Reserve": _booked,
        "Alter": _booked,
        "Cancel": _booked,
        "Reinstate": _booked,
        "TakeOption": _seated,
        "OfferGesture": _gesture,
        "AnswerGesture": _gesture,
        "Complain": _about_party("done-complaint"),
        "TurnAway": _about_party("done-turned-away"),
        "CloseCase": _about_party("done-case-closed"),
        "RaiseAlert": _about_party("done-called-colleague"),
        "TakeOver": _about_party("done-took-over"),
        "LinkForGuest": _about_party("done-link"),
        "ReadRules": _about_party("done-rules-read"),
        "WriteNote": _plain("done-note-written"),
        "ChangeNote": _plain("done-note-changed"),
        "DeleteNote": _plain("done-note-deleted"),
    }
)
"""By the kind of an action. Those of the house, its rules and its people have their own record."""
