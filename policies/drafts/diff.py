"""What differs between two house documents, each difference with a sentence for a manager."""

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct

from policies.drafts import words
from policies.drafts.keys import KEYED, SETS, At, Document, key_of, pointer_to
from policies.drafts.patch import paired, same_json
from policies.drafts.words import Bilingual, Form
from policies.words.message import Message

Steps = tuple[tuple[At, str | None], ...]
"""The way to a place: each section with the key of the entry in it."""


class Difference(Struct, frozen=True, kw_only=True):
    """One difference. `pointer` names entries of keyed lists by key, as a patch does.

    An entry that is new or gone is one difference; of one that changed, each member is. `before`
    is null for what is added, `after` for what is removed.
    """

    pointer: str
    kind: Literal["added", "removed", "changed"]
    before: Any
    after: Any
    sentence: Bilingual


class _Found(Struct, frozen=True):
    """A difference before it is said; `told`: what its sentence says instead of `after`."""

    form: Form
    pointer: tuple[str, ...]
    before: Any
    after: Any
    where: Message
    told: Any = None


def differences(old: Document, new: Document, currency: str) -> tuple[Difference, ...]:
    """Return what became different from `old` to `new`, in the order of `new`'s members.

    The order of days and features says nothing, the order of tables and areas does. `currency`:
    the house's (ISO 4217), of the amounts that sentences tell.
    """
    return tuple(_said(each, currency) for each in _objects(_plain(old), _plain(new), (), ()))


def changed_pointers(old: Document, new: Document) -> tuple[str, ...]:
    """Return the pointers of the differences, without a sentence."""
    return tuple(pointer_to(*each.pointer) for each in _objects(_plain(old), _plain(new), (), ()))


def _said(found: _Found, currency: str) -> Difference:
    before, after = found.before, found.after
    said = after if found.told is None else found.told
    what = words.member(found.pointer[-1])
    return Difference(
        pointer=pointer_to(*found.pointer),
        kind="added" if before is None else "removed" if after is None else "changed",
        before=before,
        after=after,
        sentence=words.sentence(found.form, found.where, what, before, said, currency),
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a document without null members: they say what an absent one says."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if inner is not None}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _objects(
    old: Document, new: Document, steps: Steps, pointer: tuple[str, ...]
) -> Iterator[_Found]:
    at: At = steps[-1][0] if steps else ()
    for name in [*new, *(each for each in old if each not in new)]:
        before, after = old.get(name), new.get(name)
        if not _same(name, before, after):
            yield from _values(before, after, (*at, name), steps, (*pointer, name))


def _same(name: str, before: object, after: object) -> bool:
    if name in SETS and isinstance(before, list) and isinstance(after, list):
        before, after = sorted(map(str, before)), sorted(map(str, after))
    return same_json(before, after)


def _values(
    before: Any,  # noqa: ANN401 - JSON
    after: Any,  # noqa: ANN401 - JSON
    at: At,
    steps: Steps,
    pointer: tuple[str, ...],
) -> Iterator[_Found]:
    if at in KEYED and isinstance(before or [], list) and isinstance(after or [], list):
        pairs = paired(before or [], after or [], KEYED[at])
        if pairs is not None:
            yield from _entries(pairs, at, steps, pointer)
            yield from _reordered(before or [], after or [], at, steps, pointer)
            return
    if words.has_name(at) and isinstance(before or {}, dict) and isinstance(after or {}, dict):
        yield from _objects(before or {}, after or {}, (*steps, (at, None)), pointer)
        return
    form: Form = "unset" if after is None else "set" if before is None else "changed"
    yield _Found(form, pointer, before, after, words.place_of(steps))


def _entries(
    pairs: list[tuple[str, Document | None, Document | None]],
    at: At,
    steps: Steps,
    pointer: tuple[str, ...],
) -> Iterator[_Found]:
    for key, before, after in pairs:
        inside, there = (*steps, (at, key)), (*pointer, key)
        where = words.place_of(inside)
        if before is not None and after is not None:
            yield from _objects(before, after, inside, there)
        elif after is None:
            yield _Found("removed", there, before, None, where)
        else:
            told = {name: after[name] for name in words.TELLING.get(at, ()) if after.get(name)}
            form: Form = "added" if told else "added-alone"
            yield _Found(form, there, None, after, where, told)


def _reordered(
    before: list[Any], after: list[Any], at: At, steps: Steps, pointer: tuple[str, ...]
) -> Iterator[_Found]:
    """Yield a difference if entries of both lists stand in another order."""
    kind = KEYED[at]
    was, becomes = ([key_of(entry, kind) for entry in each] for each in (before, after))
    kept = set(was) & set(becomes)
    if [key for key in was if key in kept] != [key for key in becomes if key in kept]:
        yield _Found("ordered", pointer, was, becomes, words.place_of(steps))
