"""Keyed lists of a house document: what an entry is called in patches and in differences.

A key is text: the members it is made of, joined by a blank, lists in it joined by "+". A table is
`T5`, a join `T5+T6`, a weekly period `dinner fri+sat`, a buy-out `2027-06-12 Wedding`, the turn
time of four on the terrace on Fridays `4 areas=terrace days=fri`.
"""

import re
from typing import Any, Final

from msgspec import Struct

from policies.house.shape import in_week_order

Document = dict[str, Any]
"""A JSON object."""

At = tuple[str, ...]
"""The names of the members that lead to a place, without the entries of lists."""


class KeyedList(Struct, frozen=True, kw_only=True):
    """How the entries of a list are told apart.

    `members`: a key is made of these. `short`: each of these may stand for the key where it names
    one entry only. `sorted_by`: the member a list is sorted by after a patch, else new entries
    come last. `named`: more members of the key, each said with its name where it is not empty
    (`4 areas=terrace`).
    """

    members: tuple[str, ...]
    short: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    sorted_by: str | None = None


_PERIODS: Final = KeyedList(members=("name", "days"), short=("name",))
_PACING: Final = KeyedList(members=("start",))
_ID: Final = KeyedList(members=("id",))

KEYED: Final[dict[At, KeyedList]] = {
    ("areas",): _ID,
    ("tables",): _ID,
    ("walls",): _ID,
    ("staff",): _ID,
    ("joins",): KeyedList(members=("tables",)),
    ("turn_times",): KeyedList(
        members=("party_max",), named=("areas", "days", "periods"), sorted_by="party_max"
    ),
    ("periods",): _PERIODS,
    ("periods", "pacing_changes"): _PACING,
    ("special_days",): KeyedList(members=("date",), sorted_by="date"),
    ("special_days", "periods"): _PERIODS,
    ("special_days", "periods", "pacing_changes"): _PACING,
    ("closures",): KeyedList(
        members=("from_date", "name"), short=("from_date", "name"), sorted_by="from_date"
    ),
    ("buy_outs",): KeyedList(members=("date", "name"), short=("date", "name"), sorted_by="date"),
    ("house_rules", "rules"): KeyedList(members=("key",)),
    ("access",): KeyedList(members=("name",)),
    # Of the manager's rules.
    ("holds",): KeyedList(members=("name",)),
    ("gestures",): KeyedList(members=("key",)),
    ("wait_ladder",): KeyedList(members=("minutes",), sorted_by="minutes"),
    ("neighbours",): KeyedList(members=("key",)),
    ("playbook",): KeyedList(members=("code",)),
    ("playbook", "beyond"): KeyedList(members=("key",)),
}

SETS: Final = frozenset({"days", "features"})
"""Lists of plain values whose order says nothing."""

_FULL_MINUTE: Final = re.compile(r"\d\d:\d\d:00")
_LISTS: Final = frozenset({"days", "tables"})
_NUMBERS: Final = frozenset({"minutes", "party_max"})


def key_of(entry: object, kind: KeyedList) -> str | None:
    """Return the key of an entry, None if it lacks a member of it."""
    if not isinstance(entry, dict) or kind.members[0] not in entry:
        return None
    words = [_text(entry.get(member)) for member in kind.members]
    said = ((member, _text(entry.get(member))) for member in kind.named)
    words += [f"{member}={text}" for member, text in said if text]
    return " ".join(word for word in words if word)


def members_of(key: str, kind: KeyedList) -> Document:
    """Return the members that a key says, for an entry that is new."""
    said: Document = {}
    plain = key
    if kind.named:
        first, *others = key.split(" ")
        found = [word.partition("=") for word in others]
        said = {name: text.split("+") for name, _, text in found if name in kind.named and text}
        plain = first if len(said) == len(others) else key
    words = plain.split(" ", len(kind.members) - 1)
    for member, word in zip(kind.members, words, strict=False):
        said[member] = _read(member, word)
    return said


def named(entries: list[Any], key: str, kind: KeyedList) -> list[int]:
    """Return the places of the entries that `key` may stand for: by the whole key, else short."""
    keys = [key_of(entry, kind) for entry in entries]
    wanted = key_of(members_of(key, kind), kind)
    whole = [place for place, found in enumerate(keys) if found == wanted]
    return whole or [
        place
        for place, entry in enumerate(entries)
        if keys[place] is not None and key in {_text(entry.get(member)) for member in kind.short}
    ]


def pointer_to(*steps: str | int) -> str:
    """Return the JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def keyed_path(document: object, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return a path with the keys of entries in place of their numbers, as patches name them."""
    at: At = ()
    steps: list[str | int] = []
    for step in path:
        kind = KEYED.get(at)
        document = _inside(document, step)
        if isinstance(step, str):
            at = (*at, step)
            steps.append(step)
        else:
            steps.append((key_of(document, kind) if kind else None) or step)
    return tuple(steps)


def _inside(document: object, step: str | int) -> object:
    if isinstance(document, dict):
        return document.get(step)
    if isinstance(document, list) and isinstance(step, int) and step < len(document):
        return document[step]
    return None


def _text(value: object) -> str:
    if isinstance(value, list):
        return "+".join(in_week_order(map(str, value)))
    return "" if value is None else short_clock(str(value))


def short_clock(word: str) -> str:
    """Return a local time of full minutes without its seconds, any other text as it is."""
    return word[:5] if _FULL_MINUTE.fullmatch(word) else word


def _read(member: str, word: str) -> object:
    if member in _LISTS:
        return word.split("+")
    if member in _NUMBERS and word.isascii() and word.isdigit():
        return int(word)
    return word
