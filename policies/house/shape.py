"""Schema check of parsed TOML or JSON against a Struct, reporting every problem at once.

msgspec stops at the first error; a manager mends a file faster with the whole list.
"""

from collections.abc import Hashable, Iterable, Iterator
from types import UnionType
from typing import Annotated, TypeGuard, Union, get_args, get_origin

import msgspec
from msgspec import inspect

from policies.house.calendar import WEEK
from policies.house.house import House

Path = tuple[str | int, ...]
Problem = tuple[Path, str]

_PATTERNS = {
    "^[A-Z]{2}$": "a country of two capitals, such as DE",
    "^[A-Z_]{3,40}$": "a code of capitals and _, from 3 to 40",
    "^[A-Z]{3}$": "a currency of three capitals, such as EUR",
    "^[a-z0-9][a-z0-9_-]{0,39}$": "a key of small letters, digits, - and _, at most 40",
    "^[A-Za-z0-9][A-Za-z0-9_-]{0,15}$": "a key of letters, digits, - and _, at most 16",
}


def shape_problems(raw: object, kind: type[msgspec.Struct] = House) -> tuple[Problem, ...]:
    """Return path and sentence of each place where `raw` does not match the Struct `kind`."""
    return tuple(_problems(raw, kind, ()))


def _problems(raw: object, kind: object, path: Path) -> Iterator[Problem]:
    inside = list(_inner_problems(raw, _bare(kind), path))
    yield from inside
    if not inside:
        yield from _value_problem(raw, kind, path)


def _bare(kind: object) -> object:
    """Return the type without `Annotated` bounds and without `| None`."""
    while get_origin(kind) in {Annotated, UnionType, Union}:
        kind = get_args(kind)[0]
    return kind


def _inner_problems(raw: object, kind: object, path: Path) -> Iterator[Problem]:
    if isinstance(raw, dict) and _is_struct(kind):
        yield from _struct_problems(raw, kind, path)
    elif isinstance(raw, list) and get_origin(kind) in {tuple, frozenset}:
        for number, item in enumerate(raw):
            yield from _problems(item, get_args(kind)[0], (*path, number))
    elif isinstance(raw, dict) and get_origin(kind) is dict:
        for key, item in raw.items():
            yield from _problems(item, get_args(kind)[1], (*path, key))


def _struct_problems(
    raw: dict[str, object], kind: type[msgspec.Struct], path: Path
) -> Iterator[Problem]:
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key in sorted(raw.keys() - fields.keys()):
        yield (*path, key), f"unknown key; expected one of {', '.join(fields)}"
    for name, field in fields.items():
        if name in raw:
            yield from _problems(raw[name], field.type, (*path, name))
        elif field.required:
            yield (*path, name), f"missing; expected {_expected(field.type)}"


def _value_problem(raw: object, kind: object, path: Path) -> Iterator[Problem]:
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError:
        yield path, f"expected {_expected(kind)}, got {_shown(raw)}"


def _is_struct(kind: object) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _shown(raw: object) -> str:
    try:
        text = msgspec.json.encode(raw).decode()
    except msgspec.MsgspecError:
        text = str(raw)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _expected(kind: object) -> str:
    return _described(inspect.type_info(kind))


def _described(info: inspect.Type) -> str:  # noqa: PLR0911 - one line a kind
    match info:
        case inspect.IntType():
            step = f" in steps of {info.multiple_of}" if info.multiple_of else ""
            return f"an integer{_bounds(info.ge, info.le)}{step}"
        case inspect.StrType():
            return _described_text(info)
        case inspect.LiteralType():
            return f"one of {', '.join(str(value) for value in info.values)}"
        case inspect.TimeType():
            return 'a local time such as "18:30"'
        case inspect.DateType():
            return "a date such as 2026-12-24"
        case inspect.VarTupleType() | inspect.FrozenSetType():
            bounds = _bounds(info.min_length, info.max_length)
            return f"a list{bounds} entries long" if bounds else "a list"
        case inspect.FloatType():
            return f"a number{_bounds(info.ge, info.le)}"
        case inspect.UnionType():
            return _described(info.types[0])
        case _:
            return _SIMPLE.get(type(info), "a section of keys")


_SIMPLE: dict[type[inspect.Type], str] = {
    inspect.BoolType: "true or false",
}


def _described_text(info: inspect.StrType) -> str:
    if info.pattern:
        return _PATTERNS.get(info.pattern, "text of another form")
    bounds = _bounds(info.min_length, info.max_length)
    return f"text{bounds} characters long" if bounds else "text"


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
