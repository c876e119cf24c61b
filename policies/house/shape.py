"""Shape check of parsed TOML or JSON against a type, reporting every problem at once, as messages.

msgspec stops at the first error, names types as Python does and shows patterns; a person mends a
file faster with the whole list and a sentence for each.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import islice
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Protocol, TypeGuard, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType, inspect

from policies.house.calendar import WEEK
from policies.house.house import House
from policies.words.letters import LINE, LINES, NAME, STORABLE
from policies.words.message import Message, message

Path = tuple[str | int, ...]
Problem = tuple[Path, Message]

DEEPEST = 12
"""Levels of a document at most: the deepest place of a house or of rules lies at eight."""

MISTAKES_TOLD: Final = 100
"""Mistakes told at most: more help nobody, and looking for them all would hold up the service."""

_AT_ONCE: Final = 32
"""Entries of a list that are compared with their type together, as long as nothing is wrong."""

TOO_DEEP = message("document-too-deep", levels=DEEPEST)

_PATTERNS = {
    r"^[A-Z]{2}\Z": message("value-country"),
    r"^[A-Z]{3}\Z": message("value-currency"),
    r"^[a-z0-9][a-z0-9_-]{0,39}\Z": message("value-key"),
    r"^[A-Za-z0-9][A-Za-z0-9_-]{0,15}\Z": message("value-short-key"),
    r"^[A-Z_]{3,40}\Z": message("value-code"),
    r"^[A-Za-z0-9_-]+={0,2}\Z": message("value-base64url"),
    r"\S": message("value-not-blank"),
    STORABLE: message("value-storable"),
    LINE: message("value-line-of-text"),
    LINES: message("value-lines-of-text"),
    NAME: message("value-name"),
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z": message("value-day-of-year"),
}

_SECRETS: Final = frozenset({"pin", "secret", "password", "token"})
"""Fields whose wrong value is not told back."""

_LISTS: Final = (list, tuple, set, frozenset, Sequence)


def in_words(pattern: str, words: Message) -> str:
    """Return `pattern`; `words` then stand for it wherever a text does not match it."""
    _PATTERNS[pattern] = words
    return pattern


def words_for(pattern: str) -> Message | None:
    """Return what a text of this pattern is in words, None where nobody said it."""
    return _PATTERNS.get(pattern)


def shape_problems(
    raw: object,
    kind: Any = House,  # noqa: ANN401 - a type
    most: int = MISTAKES_TOLD,
) -> tuple[Problem, ...]:
    """Return path and message of the first places where `raw` does not match the type `kind`.

    At most `most`; what is right is walked through by msgspec alone, which is fast.
    """
    return tuple(islice(_problems(raw, kind, ()), most))


def too_deep(raw: object, levels: int = DEEPEST) -> bool:
    """Tell whether parsed TOML or JSON has more levels of objects and lists inside each other.

    Whoever walks through it by recursion asks this first.
    """
    if not isinstance(raw, (dict, list)):
        return False
    inside = raw.values() if isinstance(raw, dict) else raw
    return levels == 0 or any(too_deep(each, levels - 1) for each in inside)


def expected(kind: object) -> Message:
    """Return what a value of this type looks like, in words."""
    try:
        return _expected(kind)
    except TypeError:  # a type with a JSON schema of its own cannot be hashed
        return _described(inspect.type_info(kind))


@lru_cache(maxsize=1024)
def _expected(kind: object) -> Message:
    return _described(inspect.type_info(kind))


def without_none(kind: Any) -> Any:  # noqa: ANN401 - a type
    """Return the type without `| None`, and the type itself where that leaves several."""
    if get_origin(kind) is Annotated:
        bounds = tuple(each for each in kind.__metadata__ if isinstance(each, msgspec.Meta))
        inner = without_none(get_args(kind)[0])
        return Annotated[(inner, *bounds)] if bounds else inner
    if get_origin(kind) not in {UnionType, Union}:
        return kind
    kinds = [each for each in get_args(kind) if each not in {NoneType, UnsetType}]
    return kinds[0] if len(kinds) == 1 else kind


def _problems(raw: object, kind: object, path: Path) -> Iterator[Problem]:
    if _fits(raw, kind):
        return
    none_inside = True
    for problem in _inner_problems(raw, bare(kind), path):
        none_inside = False
        yield problem
    if none_inside:
        yield from _value_problem(raw, kind, path)


def _fits(raw: object, kind: Any) -> bool:  # noqa: ANN401 - a type
    try:
        msgspec.convert(raw, kind, str_keys=True)
    except msgspec.ValidationError:
        return False
    return True


def bare(kind: object) -> object:
    """Return the type without `Annotated` bounds and without `| None`."""
    plain = without_none(kind)
    return bare(get_args(plain)[0]) if get_origin(plain) is Annotated else plain


def _inner_problems(raw: object, kind: object, path: Path) -> Iterator[Problem]:
    if isinstance(raw, dict) and _is_struct(kind):
        yield from _struct_problems(raw, kind, path)
    elif isinstance(raw, dict) and get_origin(kind) in {UnionType, Union}:
        yield from _tagged_problems(raw, [bare(each) for each in get_args(kind)], path)
    elif isinstance(raw, list) and get_origin(kind) in _LISTS:
        yield from _list_problems(raw, get_args(kind), path)
    elif isinstance(raw, dict) and get_origin(kind) is dict:
        of_keys, of_values = get_args(kind)
        for key, item in raw.items():
            yield from _key_problem(key, of_keys, (*path, key))
            yield from _problems(item, of_values, (*path, key))


def _list_problems(raw: list[object], kinds: tuple[object, ...], path: Path) -> Iterator[Problem]:
    of_one_kind: Any = list[kinds[0]] if _all_alike(kinds) else None  # type: ignore[valid-type]
    for first in range(0, len(raw), _AT_ONCE):
        some = raw[first : first + _AT_ONCE]
        if of_one_kind and _fits(some, of_one_kind):
            continue
        for number, item in enumerate(some, first):
            yield from _problems(item, _kind_at(kinds, number), (*path, number))


def _kind_at(kinds: tuple[object, ...], number: int) -> object:
    """Return the type of one entry of a list; a tuple of a fixed length has one for each."""
    return kinds[0] if _all_alike(kinds) or number >= len(kinds) else kinds[number]


def _all_alike(kinds: tuple[object, ...]) -> bool:
    return len(kinds) == 1 or kinds[-1] is Ellipsis


def _struct_problems(
    raw: dict[str, object], kind: type[msgspec.Struct], path: Path
) -> Iterator[Problem]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    tag = kind.__struct_config__.tag_field
    named = [*([tag] if tag else []), *fields]
    if kind.__struct_config__.forbid_unknown_fields:
        for key in sorted(raw.keys() - set(named)):
            yield (*path, key), message("key-unknown", key=_cut(str(key)), known=", ".join(named))
    for name, field in fields.items():
        if name in raw:
            yield from _problems(raw[name], field.type, (*path, name))
        elif field.required:
            yield (*path, name), message("value-missing", expected=expected(field.type))


def _tagged_problems(raw: dict[str, object], kinds: list[object], path: Path) -> Iterator[Problem]:
    """Yield the problems of one of several sections, told apart by the value of one key."""
    structs = {each.__struct_config__.tag: each for each in kinds if _is_struct(each)}
    fields = {each.__struct_config__.tag_field for each in structs.values()}
    name = next(iter(fields), None)
    if name is None or len(fields) > 1:
        return
    tag = raw.get(name)
    if isinstance(tag, str | int) and tag in structs:
        yield from _struct_problems(raw, structs[tag], path)
    else:
        choice = _one_of(structs)
        if name in raw:
            yield (*path, name), message("value-expected-got", expected=choice, got=_shown(tag))
        else:
            yield (*path, name), message("value-missing", expected=choice)


def _key_problem(key: object, kind: object, path: Path) -> Iterator[Problem]:
    try:
        msgspec.convert(key, kind, str_keys=True, strict=False)
    except msgspec.ValidationError:
        yield path, message("key-expected", expected=expected(kind))


def _value_problem(raw: object, kind: object, path: Path) -> Iterator[Problem]:
    try:
        msgspec.convert(raw, kind, str_keys=True)
    except msgspec.ValidationError as error:
        if isinstance(raw, dict) and _is_struct(bare(kind)):
            yield path, message("value-as-read", said=_cut(str(error)))
        elif path and path[-1] in _SECRETS:
            yield path, message("value-expected", expected=expected(kind))
        else:
            got = _shown(raw)
            yield path, message("value-expected-got", expected=expected(kind), got=got)


def _is_struct(kind: object) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _shown(raw: object) -> str:
    try:
        text = msgspec.json.encode(raw).decode()
    except msgspec.MsgspecError:
        text = str(raw)
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _described(info: inspect.Type) -> Message:  # noqa: C901, PLR0911 - one line a kind
    match info:
        case inspect.Metadata():
            return _described(info.type)
        case inspect.IntType():
            return _in_steps(_bounded(message("value-integer"), info), info.multiple_of)
        case inspect.FloatType():
            return _bounded(message("value-number"), info)
        case inspect.StrType():
            return _described_text(info)
        case inspect.LiteralType():
            return _one_of(info.values)
        case inspect.EnumType():
            return _one_of(each.value for each in info.cls)
        case inspect.DateTimeType():
            return message("value-local-instant" if info.tz is False else "value-instant")
        case inspect.VarTupleType() | inspect.FrozenSetType() | inspect.ListType():
            return _long(message("value-list"), info, "entries")
        case inspect.DictType():
            return _long(message("value-section"), info, "keys")
        case inspect.UnionType():
            return _described_union(info)
        case _:
            return _SIMPLE.get(type(info), message("value-section"))


_SIMPLE: dict[type[inspect.Type], Message] = {
    inspect.BoolType: message("value-true-or-false"),
    inspect.TimeType: message("value-local-time"),
    inspect.DateType: message("value-date"),
    inspect.UUIDType: message("value-uuid"),
    inspect.SetType: message("value-list"),
    inspect.TupleType: message("value-list"),
    inspect.DecimalType: message("value-number"),
    inspect.BytesType: message("value-base64"),
    inspect.AnyType: message("value-any"),
    inspect.NoneType: message("value-null"),
}


def _one_of(values: Iterable[object]) -> Message:
    words = [str(each) for each in values]
    if len(words) == 1:
        return message("value-only", value=f'"{words[0]}"')
    return message("value-one-of", values=", ".join(words))


def _described_text(info: inspect.StrType) -> Message:
    if not info.pattern:
        return _long(message("value-text"), info, "characters")
    words = words_for(info.pattern) or message("value-other-text")
    if info.min_length is None and info.max_length is None:
        return words
    return _long(message("value-comma", value=words), info, "characters")


def _described_union(info: inspect.UnionType) -> Message:
    kinds = [each for each in info.types if not isinstance(each, inspect.NoneType)]
    described: list[Message] = []
    for each in map(_described, kinds):
        if each not in described:
            described.append(each)
    return reduce(lambda one, other: message("value-or", one=one, other=other), described)


def _bounded(value: Message, info: inspect.IntType | inspect.FloatType) -> Message:
    """Return the number with the bounds it may have, and those that it may not be itself."""
    if info.ge is not None and info.le is not None:
        value = message("value-from-to", value=value, low=f"{info.ge}", high=f"{info.le}")
    elif info.ge is not None:
        value = message("value-at-least", value=value, low=f"{info.ge}")
    elif info.le is not None:
        value = message("value-at-most", value=value, high=f"{info.le}")
    if info.gt is not None:
        value = message("value-above", value=value, low=f"{info.gt:g}")
    if info.lt is not None:
        value = message("value-below", value=value, high=f"{info.lt:g}")
    return value


def _in_steps(value: Message, step: float | None) -> Message:
    return message("value-in-steps", value=value, step=f"{step}") if step else value


class _Long(Protocol):
    """The type of what has a length."""

    min_length: int | None
    max_length: int | None


def _long(value: Message, info: _Long, unit: str) -> Message:
    """Return the value with the length it may have, in entries, keys or characters."""
    low, high = info.min_length, info.max_length
    if low is not None and high is not None:
        return message("value-long", value=value, low=f"{low}", high=f"{high}", unit=unit)
    if low == 1:
        return message("value-not-empty", value=value)
    if low is not None:
        return message("value-long-at-least", value=value, low=f"{low}", unit=unit)
    if high is not None:
        return message("value-long-at-most", value=value, high=f"{high}", unit=unit)
    return value


def unseen_problems(document: object, path: Path = ()) -> Iterator[Problem]:
    """Yield the places of a document whose text holds what nobody sees (words.letters).

    What people write is checked, not what is stored: a document of before is read as it is.
    """
    if isinstance(document, dict):
        for key, value in document.items():
            yield from unseen_problems(value, (*path, key))
    elif isinstance(document, list | tuple):
        for number, value in enumerate(document):
            yield from unseen_problems(value, (*path, number))
    elif isinstance(document, str):
        wanted = LINE if "name" in path[-2:] else LINES
        if not re.search(wanted, document):
            yield path, message("value-expected", expected=_PATTERNS[wanted])


def repeated(
    section: str, key: str, values: Iterable[Hashable], path: Path = ()
) -> Iterator[Problem]:
    """Return the places in a list at `path` / `section` whose `key` stands earlier in it too."""
    first: dict[Hashable, int] = {}
    for number, value in enumerate(values):
        before = first.setdefault(value, number)
        if before != number:
            yield (*path, section, number, key), message("entry-repeated", place=str(before + 1))


def unknown(
    kind: Literal["area", "table", "period", "gesture"], got: str, known: Iterable[str]
) -> Message:
    """Return the message for a reference to something this house does not have."""
    return message("house-lacks", kind=kind, got=got, known=comma_list(known))


def comma_list(words: Iterable[str]) -> str | Message:
    """Return words joined by commas: weekdays in order of the week, others alphabetically."""
    return ", ".join(in_week_order(words)) or message("value-nothing")


def days_named(days: Iterable[str]) -> tuple[Message, ...]:
    """Return weekdays, in order of the week, as people say them."""
    return tuple(message(f"draft-day-{day}") for day in in_week_order(days))


def in_week_order(words: Iterable[str]) -> list[str]:
    """Return words sorted: weekdays in order of the week, others alphabetically."""
    order: dict[str, str] = {day: f"{number}" for number, day in enumerate(WEEK)}
    return sorted(words, key=lambda word: order.get(word, word))
