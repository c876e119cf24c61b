"""Shape check of parsed TOML or JSON against a type, reporting every problem at once, in words.

msgspec stops at the first error, names types as Python does and shows patterns; a person mends a
file faster with the whole list and a sentence for each.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import islice
from types import NoneType, UnionType
from typing import Annotated, Any, Final, TypeGuard, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType, inspect

from policies.house.calendar import WEEK
from policies.house.house import House

Path = tuple[str | int, ...]
Problem = tuple[Path, str]

DEEPEST = 12
"""Levels of a document at most: the deepest place of a house or of rules lies at eight."""

MISTAKES_TOLD: Final = 100
"""Mistakes told at most: more help nobody, and looking for them all would hold up the service."""

_AT_ONCE: Final = 32
"""Entries of a list that are compared with their type together, as long as nothing is wrong."""

TOO_DEEP = f"expected at most {DEEPEST} levels of objects and lists"

_PATTERNS = {
    "^[A-Z]{2}$": "a country of two capitals, such as DE",
    "^[A-Z]{3}$": "a currency of three capitals, such as EUR",
    "^[a-z0-9][a-z0-9_-]{0,39}$": "a key of small letters, digits, - and _, at most 40",
    "^[A-Za-z0-9][A-Za-z0-9_-]{0,15}$": "a key of letters, digits, - and _, at most 16",
    "^[A-Z_]{3,40}$": "a code of 3 to 40 capitals and _, such as NO_TABLE_FITS",
    r"\S": "text that is not blank",
    "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$": "a month and a day, such as 05-01",
}

_SECRETS: Final = frozenset({"pin", "secret", "password", "token"})
"""Fields whose wrong value is not told back."""

_LISTS: Final = (list, tuple, set, frozenset, Sequence)


def in_words(pattern: str, words: str) -> str:
    """Return `pattern`; `words` then stand for it wherever a text does not match it."""
    _PATTERNS[pattern] = words
    return pattern


def words_for(pattern: str) -> str | None:
    """Return what a text of this pattern is in words, None where nobody said it."""
    return _PATTERNS.get(pattern)


def shape_problems(raw: object, kind: Any = House) -> tuple[Problem, ...]:  # noqa: ANN401 - a type
    """Return path and sentence of the first places where `raw` does not match the type `kind`.

    At most MISTAKES_TOLD; what is right is walked through by msgspec alone, which is fast.
    """
    return tuple(islice(_problems(raw, kind, ()), MISTAKES_TOLD))


def too_deep(raw: object, levels: int = DEEPEST) -> bool:
    """Tell whether parsed TOML or JSON has more levels of objects and lists inside each other.

    Whoever walks through it by recursion asks this first.
    """
    if not isinstance(raw, (dict, list)):
        return False
    inside = raw.values() if isinstance(raw, dict) else raw
    return levels == 0 or any(too_deep(each, levels - 1) for each in inside)


def expected(kind: object) -> str:
    """Return what a value of this type looks like, in words."""
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
            yield (*path, key), f"unknown key; expected one of {', '.join(named)}"
    for name, field in fields.items():
        if name in raw:
            yield from _problems(raw[name], field.type, (*path, name))
        elif field.required:
            yield (*path, name), f"missing; expected {expected(field.type)}"


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
        choice = f"one of {', '.join(map(str, structs))}"
        got = f", got {_shown(tag)}" if name in raw else ""
        yield (*path, name), f"{'' if got else 'missing; '}expected {choice}{got}"


def _key_problem(key: object, kind: object, path: Path) -> Iterator[Problem]:
    try:
        msgspec.convert(key, kind, str_keys=True, strict=False)
    except msgspec.ValidationError:
        yield path, f"expected the key to be {expected(kind)}"


def _value_problem(raw: object, kind: object, path: Path) -> Iterator[Problem]:
    try:
        msgspec.convert(raw, kind, str_keys=True)
    except msgspec.ValidationError as error:
        if isinstance(raw, dict) and _is_struct(bare(kind)):
            yield path, str(error)  # what the section itself says of its keys together
        elif path and path[-1] in _SECRETS:
            yield path, f"expected {expected(kind)}"
        else:
            yield path, f"expected {expected(kind)}, got {_shown(raw)}"


def _is_struct(kind: object) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _shown(raw: object) -> str:
    try:
        text = msgspec.json.encode(raw).decode()
    except msgspec.MsgspecError:
        text = str(raw)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _described(info: inspect.Type) -> str:  # noqa: C901, PLR0911 - one line a kind
    match info:
        case inspect.Metadata():
            return _described(info.type)
        case inspect.IntType():
            step = f" in steps of {info.multiple_of}" if info.multiple_of else ""
            return f"an integer{_bounds(info.ge, info.le)}{_beyond(info)}{step}"
        case inspect.StrType():
            return _described_text(info)
        case inspect.LiteralType():
            return f"one of {', '.join(str(value) for value in info.values)}"
        case inspect.EnumType():
            return f"one of {', '.join(str(each.value) for each in info.cls)}"
        case inspect.DateTimeType():
            offset = "" if info.tz is False else "+01:00"
            return f"a date and time such as 2026-12-24T19:30:00{offset}"
        case inspect.VarTupleType() | inspect.FrozenSetType() | inspect.ListType():
            bounds = _bounds(info.min_length, info.max_length)
            return f"a list{bounds} entries long" if bounds else "a list"
        case inspect.DictType():
            bounds = _bounds(info.min_length, info.max_length)
            return f"a section{bounds} keys long" if bounds else "a section of keys"
        case inspect.FloatType():
            return f"a number{_bounds(info.ge, info.le)}{_beyond(info)}"
        case inspect.UnionType():
            return _described_union(info)
        case _:
            return _SIMPLE.get(type(info), "a section of keys")


_SIMPLE: dict[type[inspect.Type], str] = {
    inspect.BoolType: "true or false",
    inspect.TimeType: 'a local time such as "18:30"',
    inspect.DateType: "a date such as 2026-12-24",
    inspect.UUIDType: "an id such as 5f0c6e0e-6d0b-4d0e-9a53-6a2b8f1f6f10",
    inspect.SetType: "a list",
    inspect.TupleType: "a list",
    inspect.DecimalType: "a number",
    inspect.BytesType: "text in base64",
    inspect.AnyType: "a value",
    inspect.NoneType: "null",
}


def _described_text(info: inspect.StrType) -> str:
    bounds = _bounds(info.min_length, info.max_length)
    if not info.pattern:
        return f"text{bounds} characters long" if bounds else "text"
    words = words_for(info.pattern) or "text of another form"
    return f"{words},{bounds} characters" if bounds else words


def _described_union(info: inspect.UnionType) -> str:
    kinds = [each for each in info.types if not isinstance(each, inspect.NoneType)]
    return " or ".join(dict.fromkeys(map(_described, kinds)))


def _bounds(lowest: float | None, highest: float | None) -> str:
    match lowest, highest:
        case None, None:
            return ""
        case _, None:
            return f" of at least {lowest}"
        case None, _:
            return f" of at most {highest}"
        case _:
            return f" from {lowest} to {highest}"


def _beyond(info: inspect.IntType | inspect.FloatType) -> str:
    """Return the bounds that a number itself may not be."""
    above = "" if info.gt is None else f" above {info.gt:g}"
    return above if info.lt is None else f"{above} below {info.lt:g}"


def repeated(
    section: str, key: str, values: Iterable[Hashable], path: Path = ()
) -> Iterator[Problem]:
    """Return the places in a list at `path` / `section` whose `key` stands earlier in it too."""
    first: dict[Hashable, int] = {}
    for number, value in enumerate(values):
        before = first.setdefault(value, number)
        if before != number:
            there = f"{section}[{before}]"
            yield (*path, section, number, key), f"expected each only once, is also in {there}"


def unknown(expected: str, got: str, known: Iterable[str]) -> str:
    """Return the sentence for a reference to something this house does not have."""
    return f'expected {expected} of this house ({comma_list(known)}), got "{got}"'


def comma_list(words: Iterable[str]) -> str:
    """Return words joined by commas: weekdays in order of the week, others alphabetically."""
    return ", ".join(in_week_order(words)) or "none"


def in_week_order(words: Iterable[str]) -> list[str]:
    """Return words sorted: weekdays in order of the week, others alphabetically."""
    order: dict[str, str] = {day: f"{number}" for number, day in enumerate(WEEK)}
    return sorted(words, key=lambda word: order.get(word, word))
