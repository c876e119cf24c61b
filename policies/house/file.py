"""Reading a house file (TOML) into a `House`, or raising all its problems with their paths."""

import hashlib
import re
import tomllib

import msgspec

from policies.house.checks import house_problems
from policies.house.house import House
from policies.house.shape import Path, Problem, shape_problems

_CLOCKS = {"opens", "last_seating", "closes", "start", "starts", "ends"}
_SHORT_CLOCK = re.compile(r"\d\d:\d\d")
_BARE_CLOCK = re.compile(r"=\s*\d{1,2}:\d\d\s*(#.*)?$")
_POSITION = re.compile(r" \(at line (\d+), column (\d+)\)$")
_NAMES = ("id", "name", "key", "date", "tables")


class HouseError(ValueError):
    """An invalid house file. `problems`: one sentence for each problem found."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_house(text: str) -> House:
    """Return the house a TOML text describes; raises HouseError."""
    raw = with_full_times(_parse(text))
    _raise_problems(raw, shape_problems(raw))
    house = msgspec.convert(raw, House)
    _raise_problems(raw, house_problems(house))
    return house


def house_json(house: House) -> bytes:
    """Return the house as JSON, the same bytes for the same house (sets are sorted)."""
    return msgspec.json.encode(house, order="deterministic")


def house_checksum(house: House) -> str:
    """Return the SHA-256 of `house_json`, hexadecimal: equal houses have equal checksums."""
    return hashlib.sha256(house_json(house)).hexdigest()


def _raise_problems(raw: object, problems: tuple[Problem, ...]) -> None:
    if problems:
        raise HouseError(tuple(f"{key_path(raw, path)}: {problem}" for path, problem in problems))


def _parse(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HouseError((_syntax_problem(text, str(error)),)) from None


def _syntax_problem(text: str, message: str) -> str:
    lines = text.splitlines() or [""]
    found = _POSITION.search(message)
    line, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
    what = message.rpartition(" (at ")[0] or message
    bare_clock = line <= len(lines) and _BARE_CLOCK.search(lines[line - 1])
    hint = '; a local time is written in quotes, such as "18:30"' if bare_clock else ""
    return f"line {line}, column {column}: {what[:1].lower()}{what[1:]}{hint}"


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
        words += f"[{step}]{_label(raw)}" if isinstance(step, int) else f".{step}"
    return words.removeprefix(".") or "house file"


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
    return "" if name is None else f' "{words}"'
