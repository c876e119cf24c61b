"""The house file (TOML): read into a `House`, or all its problems with their paths; and written."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from policies.house.checks import house_problems
from policies.house.house import House
from policies.house.shape import (
    TOO_DEEP,
    Path,
    Problem,
    in_week_order,
    shape_problems,
    too_deep,
)
from policies.words.catalogue import say
from policies.words.message import Message, message

_CLOCKS = {"opens", "last_seating", "closes", "start", "starts", "ends"}
_SHORT_CLOCK = re.compile(r"\d\d:\d\d")
_BARE_CLOCK = re.compile(r"=\s*\d{1,2}:\d\d\s*(#.*)?\Z")
_POSITION = re.compile(r" \(at line (\d+), column (\d+)\)\Z")
_NAMES = ("id", "name", "key", "date", "tables")
_SECTIONS = frozenset(House.__struct_fields__)
_BLOCKS = frozenset({"periods", "special_days", "buy_outs", "rules", "staff"})
_WRITTEN_OUT = frozenset({"booking", "venue.locale"})
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_ADDED_LATER: Final[dict[str, dict[str, object]]] = {
    "venue": dict.fromkeys(("email", "web", "category", "postal_address", "coordinates")),
    "tables": {"shape": "rectangle", "width": None, "depth": None, "rotation": 0},
    "turn_times": {"areas": [], "days": [], "periods": []},
    "periods": {"pacing_limits": []},
    "special_days.periods": {"pacing_limits": []},
    "booking": {"reset_minutes": 0, "reset_by_clock": False},
    "closures": {},
    "walls": {},
    "access": {},
    "enquiries": {"protect": "none", "hours": 48},
}
"""Members that houses did not have from the first: a checksum leaves out their defaults."""


class HouseError(ValueError):
    """An invalid house file. `problems`: one message for each problem found."""

    def __init__(self, problems: tuple[Message, ...]) -> None:
        super().__init__("\n".join(map(say, problems)))
        self.problems = problems


def read_house(text: str) -> House:
    """Return the house a TOML text describes; raises HouseError."""
    raw = parse_house(text)
    house = msgspec.convert(raw, House)
    _raise_problems(raw, house_problems(house))
    return house


def parse_house(text: str) -> object:
    """Return the parsed TOML of a house of the right shape; raises HouseError.

    What it says may contradict itself (checks.house_problems).
    """
    parsed = _parse(text)
    if too_deep(parsed):
        raise HouseError((TOO_DEEP,))
    raw = with_full_times(parsed)
    _raise_problems(raw, tuple(_with_swallowed(shape_problems(raw))))
    return raw


def _with_swallowed(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """Yield the problems, naming sections that stand after a table header and went into it."""
    swallowed = {
        path for path, said in problems if path[-1] in _SECTIONS and said.key == "key-unknown"
    }
    swallowed = {path for path in swallowed if len(path) > 1}
    names = {path[-1] for path in swallowed}
    for path, said in problems:
        if path in swallowed:
            yield path, _swallowed(path)
        elif not (len(path) == 1 and path[0] in names and said.key == "value-missing"):
            yield path, said


def _swallowed(path: Path) -> Message:
    *way, name = path
    header = ".".join(str(step) for step in way if isinstance(step, str))
    table = f"[[{header}]]" if isinstance(way[-1], int) else f"[{header}]"
    return message("section-swallowed", section=str(name), table=table, header=header)


def house_json(house: House) -> bytes:
    """Return the house as JSON, the same bytes for the same house (sets are sorted)."""
    return msgspec.json.encode(house, order="deterministic")


def house_checksum(house: House) -> str:
    """Return the SHA-256 of the house, hexadecimal: equal houses have equal checksums.

    A house that uses no member that was added later keeps the checksum it had before.
    """
    raw = msgspec.json.decode(house_json(house))
    for section, added in _ADDED_LATER.items():
        for place in _places(raw, section.split(".")):
            for name, default in added.items():
                if place[name] == default:
                    del place[name]
        if raw.get(section) == {} or (not added and not raw[section]):
            del raw[section]
    return hashlib.sha256(msgspec.json.encode(raw)).hexdigest()


def _places(raw: Any, names: list[str]) -> list[Any]:  # noqa: ANN401 - JSON
    """Return the objects that a section's path leads to, those of every entry of a list."""
    places = [raw]
    for name in names:
        inside = [each[name] for each in places]
        places = [one for each in inside for one in (each if isinstance(each, list) else [each])]
    return places


def house_toml(house: House) -> str:
    """Return a house as TOML: `read_house` of it is the same house. Comments are not kept.

    A member at its default is left out, except the limits of booking and the language, which a
    later release may give other defaults.
    """
    members = _members(house, "")
    lists = [_listed(name, value) for name, value in members if _is_list(name, value)]
    tables = [_tables(name, value) for name, value in members if not _is_list(name, value)]
    return "\n\n".join(part for part in (*lists, *tables) if part) + "\n"


def _is_list(name: str, value: object) -> bool:
    return isinstance(value, tuple) and (name not in _BLOCKS or not value)


def _members(struct: Struct, path: str) -> list[tuple[str, Any]]:
    """Return the members to be written: the required ones and those that differ from a default."""
    kept = []
    for each in fields(struct):
        value = getattr(struct, each.name)
        spelled_out = {path, f"{path}.{each.name}".lstrip(".")} & _WRITTEN_OUT
        if value is not None and (value != each.default or spelled_out):
            kept.append((each.name, value))
    return kept


def _listed(name: str, entries: tuple[Struct, ...]) -> str:
    if not entries:
        return f"{name} = []"
    return "\n".join([f"{name} = [", *(f"  {_value(entry)}," for entry in entries), "]"])


def _tables(path: str, value: Any) -> str:  # noqa: ANN401 - a member of a house
    """Return a section with a header, or a list of sections with one each."""
    if isinstance(value, tuple):
        return "\n\n".join(_table(f"[[{path}]]", path, entry) for entry in value)
    return _table(f"[{path}]", path, value)


def _table(header: str, path: str, struct: Struct) -> str:
    members = _members(struct, path)
    plain = [(name, value) for name, value in members if name not in _BLOCKS or not value]
    inner = [(name, value) for name, value in members if name in _BLOCKS and value]
    lines = [header, *(f"{name} = {_value(value)}" for name, value in plain)]
    return "\n\n".join(
        ["\n".join(lines), *(_tables(f"{path}.{name}", value) for name, value in inner)]
    )


def _value(value: Any) -> str:  # noqa: ANN401, PLR0911 - one line a kind
    match value:
        case Struct():
            inside = ", ".join(f"{name} = {_value(each)}" for name, each in _members(value, ""))
            return f"{{ {inside} }}"
        case dict():
            inside = ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items())
            return f"{{ {inside} }}"
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case frozenset():
            return f"[{', '.join(_value(each) for each in in_week_order(value))}]"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{_ESCAPED.sub(_escape, value)}"'
        case time():
            return f'"{value:%H:%M}"' if not (value.second or value.microsecond) else f'"{value}"'
        case date():
            return value.isoformat()
        case _:
            return repr(value)


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _value(name)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04X}"


def _raise_problems(raw: object, problems: tuple[Problem, ...]) -> None:
    if problems:
        named = ((key_path(raw, path), said) for path, said in problems)
        raise HouseError(
            tuple(message("at-place", place=place, said=said) for place, said in named)
        )


def _parse(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HouseError((_syntax_problem(text, str(error)),)) from None
    except RecursionError:
        raise HouseError((TOO_DEEP,)) from None


def _syntax_problem(text: str, told: str) -> Message:
    lines = text.splitlines() or [""]
    found = _POSITION.search(told)
    line, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
    what = (told.rpartition(" (at ")[0] or told).rstrip(".")
    bare_clock = line <= len(lines) and _BARE_CLOCK.search(lines[line - 1])
    key = "file-unreadable-clock" if bare_clock else "file-unreadable"
    return message(key, line=str(line), column=str(column), said=what)


def with_full_times(raw: object) -> object:
    """Return parsed TOML or JSON with seconds added to local times: "18:30" to "18:30:00"."""
    if isinstance(raw, dict):
        return {key: _with_seconds(key, with_full_times(value)) for key, value in raw.items()}
    return [with_full_times(item) for item in raw] if isinstance(raw, list) else raw


def _with_seconds(key: str, value: object) -> object:
    short = key in _CLOCKS and isinstance(value, str) and _SHORT_CLOCK.fullmatch(value)
    return f"{value}:00" if short else value


def key_path(raw: object, path: Path) -> str:
    """Return a path as text with the entry's id or name: `tables[3] "t4".seats_max`."""
    words = ""
    for step in path:
        raw = _inside(raw, step)
        label = _label(raw) if isinstance(step, int) else ""
        named = f'[{step}] "{label}"' if label else f"[{step}]"
        words += named if isinstance(step, int) else f".{step}"
    return words.removeprefix(".") or "house file"


def of_entry(raw: object, path: Path, said: Message) -> Message:
    """Return the message with the id or name of the entry it is about before it, if it has one."""
    entry = section = ""
    for before, step in pairwise(("", *path)):
        raw = _inside(raw, step)
        label = _label(raw) if isinstance(step, int) else ""
        if label:
            entry, section = label, str(before)
    return message("in-entry", section=section, entry=entry, said=said) if entry else said


def _inside(raw: object, step: str | int) -> object:
    if isinstance(raw, dict):
        return raw.get(step)
    return raw[step] if isinstance(raw, list) and isinstance(step, int) else None


def _label(raw: object) -> str:
    if not isinstance(raw, dict):
        return ""
    names = (raw[name] for name in _NAMES if not isinstance(raw.get(name, {}), dict))
    name = next(names, None)
    words = "+".join(map(str, name)) if isinstance(name, list) else str(name)
    return "" if name is None else words
