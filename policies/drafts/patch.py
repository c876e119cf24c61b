"""Patches of house documents: JSON Merge Patch (RFC 7396), with keyed lists patched by entry.

Where the patch has an object for a keyed list, its members are entries by key (policies.drafts.
keys): an object is merged into the entry, or makes a new one, null removes it. Where it has a list,
the list is replaced. A member that is null is removed, as everywhere in a merge patch.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final, get_origin

import msgspec
from msgspec import Struct

from policies.drafts.keys import (
    KEYED,
    At,
    Document,
    KeyedList,
    key_of,
    keyed_path,
    members_of,
    named,
)
from policies.house.file import of_entry
from policies.house.rules import Rules
from policies.house.shape import MISTAKES_TOLD, Path, Problem, bare, expected
from policies.words.catalogue import say
from policies.words.message import Message, message

_GONE: Final = object()

ENTRIES_AT_MOST: Final = 1000
"""Entries of one list that a patch may name: each is looked for among all."""


class PatchError(ValueError):
    """A patch that names an entry there is not, or several. `problems`: path and message each."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(say(said) for _, said in problems))
        self.problems = problems


def patched(document: Document, patch: Document) -> Document:
    """Return the document with a patch applied; neither is changed.

    Entries keep their places and new ones come last, except in lists that are sorted by a member
    (turn times, special days, closures, buy-outs). Raises PatchError with every wrong key.
    """
    problems: list[Problem] = []
    done: Document = _merged(document, patch, (), (), problems)
    if problems:
        raise PatchError(tuple(problems[:MISTAKES_TOLD]))
    return done


def _merged(target: object, patch: object, at: At, path: Path, problems: list[Problem]) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(patch, dict):
        return patch
    if at in KEYED and (target is None or isinstance(target, list)):
        return _merged_list(target or [], patch, at, path, problems)
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            inside = merged.get(name)
            merged[name] = _merged(inside, value, (*at, name), (*path, name), problems)
    return merged


def _merged_list(
    target: list[Any], patch: Document, at: At, path: Path, problems: list[Problem]
) -> list[Any]:
    kind = KEYED[at]
    if len(patch) > ENTRIES_AT_MOST:
        many = message("patch-of-too-many", most=ENTRIES_AT_MOST, got=len(patch))
        problems.append((path, many))
        return target
    entries, added = list(target), []
    for key, value in patch.items():
        places = named(target, key, kind)
        there: Path = (*path, key)
        if len(places) > 1:
            problems.append((there, _which(target, places, kind)))
        elif places:
            (place,) = places
            entries[place] = (
                _GONE if value is None else _entry(target[place], value, at, there, problems)
            )
        elif value is None:
            problems.append((there, message("entry-to-remove-missing", entry=key)))
        else:
            added.append(_entry(members_of(key, kind), value, at, there, problems))
    return _in_order([entry for entry in entries if entry is not _GONE] + added, kind)


def _entry(target: object, value: object, at: At, path: Path, problems: list[Problem]) -> object:
    """Return an entry with its patch merged; the list's own rule does not apply inside."""
    if not isinstance(value, dict):
        return value
    merged = dict(target) if isinstance(target, dict) else {}
    for name, inner in value.items():
        if inner is None:
            merged.pop(name, None)
        else:
            merged[name] = _merged(merged.get(name), inner, (*at, name), (*path, name), problems)
    return merged


def _which(entries: list[Any], places: list[int], kind: KeyedList) -> Message:
    keys = [key_of(entries[place], kind) for place in places]
    if len(set(keys)) < len(keys):
        return message("entries-share-key", count=len(keys))
    return message("entry-not-unique", entries=tuple(str(key) for key in keys))


def _in_order(entries: list[Any], kind: KeyedList) -> list[Any]:
    """Return the entries sorted by the list's member, if it has one and all entries have it."""
    values = [entry.get(kind.sorted_by) for entry in entries if isinstance(entry, dict)]
    if len(values) < len(entries) or {type(value) for value in values} not in ({str}, {int}):
        return entries
    return sorted(entries, key=lambda entry: entry[kind.sorted_by])


def patch_problems(patch: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return what a patch of rules names that there is not; merged, null or {} would hide it."""
    fields = {field.name: field.type for field in msgspec.structs.fields(Rules)}
    found = islice(_patch_problems(patch, fields, ()), MISTAKES_TOLD)
    return tuple((path, of_entry(patch, path, said)) for path, said in found)


def _patch_problems(
    patch: Mapping[str, object], fields: Mapping[str, object], path: Path
) -> Iterator[Problem]:
    for key, value in patch.items():
        kind = fields.get(key)
        if kind is None:
            if value in ({}, None):  # any other is found in what is merged
                yield (*path, key), message("key-unknown", key=key, known=", ".join(fields))
        elif isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Struct):
            inside = {field.name: field.type for field in msgspec.structs.fields(kind)}
            yield from _patch_problems(value, inside, (*path, key))
        elif value == {} and get_origin(bare(kind)) is not tuple:
            said = message("value-expected-got", expected=expected(kind), got="{}")
            yield (*path, key), said


def as_patched(
    document: Document, patch: Document, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """Return problems of a patched document with entries by key where the patch names them so."""
    return tuple(
        (keyed_path(document, path) if _by_key(patch, path) else path, said)
        for path, said in problems
    )


def _by_key(patch: object, path: Path) -> bool:
    """Tell whether the patch has an object where the path has the number of an entry."""
    for step in path:
        if isinstance(step, int) or not isinstance(patch, dict):
            break
        patch = patch.get(step)
    return isinstance(patch, dict)


def patch_between(old: Document, new: Document) -> Document:
    """Return the patch that makes `new` of `old`, so that `patched` of it equals `new`.

    Neither document may have a null member (an absent one says the same). A keyed list is patched
    by entry unless its order or a key that stands twice needs the whole list.
    """
    return _object_patch(old, new, ())


def _object_patch(old: Document, new: Document, at: At) -> Document:
    patch: Document = {name: None for name in old if name not in new}
    for name, value in new.items():
        if name not in old:
            patch[name] = value
        elif not same_json(old[name], value):
            patch[name] = _value_patch(old[name], value, (*at, name))
    return patch


def _value_patch(old: object, new: object, at: At) -> object:
    if isinstance(old, dict) and isinstance(new, dict):
        return _object_patch(old, new, at)
    if at in KEYED and isinstance(old, list) and isinstance(new, list):
        patch = _list_patch(old, new, at)
        if patch is not None and same_json(_merged_list(old, patch, at, (), []), new):
            return patch
    return new


def _list_patch(old: list[Any], new: list[Any], at: At) -> Document | None:
    """Return the patch by entry, None where an entry has no key or shares it."""
    kind = KEYED[at]
    pairs = paired(old, new, kind)
    if pairs is None:
        return None
    patch: Document = {}
    for key, before, after in pairs:
        if after is None:
            patch[key] = None
        elif before is None:
            told = members_of(key, kind)
            patch[key] = {name: value for name, value in after.items() if told.get(name) != value}
        elif not same_json(before, after):
            patch[key] = _object_patch(before, after, at)
    return patch


def paired(
    old: list[Any], new: list[Any], kind: KeyedList
) -> list[tuple[str, Document | None, Document | None]] | None:
    """Return key, entry before and entry after: None for an entry that is new or gone.

    Entries whose key changed belong together if the first member is the same (a period whose days
    changed). None where an entry has no key, or shares it with another of its list.
    """
    before = {key_of(entry, kind): entry for entry in old}
    after = {key_of(entry, kind): entry for entry in new}
    if None in before or None in after or (len(before), len(after)) != (len(old), len(new)):
        return None
    fresh = [key for key in after if key not in before]
    pairs: list[tuple[str, Document | None, Document | None]] = []
    for key, entry in before.items():
        match = key if key in after else _renamed(entry, fresh, after, kind)
        if match in fresh:
            fresh.remove(match)
        pairs.append((key or "", entry, after[match] if match else None))
    return pairs + [(key or "", None, after[key]) for key in fresh]


def _renamed(
    entry: Document, fresh: list[str | None], after: dict[str | None, Any], kind: KeyedList
) -> str | None:
    first = kind.members[0]
    if len(kind.members) == 1:
        return None
    return next((key for key in fresh if after[key][first] == entry[first]), None)


def applicable(patch: Document, old: Document, target: Document) -> Document:
    """Return what of `patch_between(old, ...)` says something about another document.

    Removing or changing an entry that `old` had and `target` no longer has is left out.
    """
    left: Document = _applicable(patch, old, target, ())
    return left


def _applicable(patch: Any, old: Any, target: Any, at: At) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(patch, dict):
        return patch
    if at in KEYED and (target is None or isinstance(target, list)):
        return _applicable_entries(patch, old, target or [], at)
    was = old if isinstance(old, dict) else {}
    here = target if isinstance(target, dict) else {}
    return {
        name: _applicable(value, was.get(name), here.get(name), (*at, name))
        for name, value in patch.items()
    }


def _applicable_entries(patch: Document, old: Any, target: list[Any], at: At) -> Document:  # noqa: ANN401 - JSON
    kind, had = KEYED[at], old if isinstance(old, list) else []
    left: Document = {}
    for key, value in patch.items():
        here, before = named(target, key, kind), named(had, key, kind)
        if len(here) == len(before) == 1 and isinstance(value, dict):
            entry, was = target[here[0]], had[before[0]]
            left[key] = {
                name: _applicable(inner, was.get(name), entry.get(name), (*at, name))
                for name, inner in value.items()
            }
        elif here or not before:
            left[key] = value
    return left


def same_json(one: object, other: object) -> bool:
    """Tell whether two JSON values are equal; true is not 1, and 1.0 is 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_json(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_json, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other
