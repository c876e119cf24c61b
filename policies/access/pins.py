"""Which PINs are too easy to guess; asked when one is set, never when one is typed."""

from itertools import pairwise
from typing import Final

from policies.house.house import Role
from policies.words.message import Message, message

SHORTEST: Final[dict[Role, int]] = {
    "viewer": 4,
    "kitchen": 4,
    "server": 4,
    "host": 4,
    "manager": 6,
    "owner": 6,
}
"""Digits of a new PIN. Who may change the house and its staff has a million to choose from."""

YEARS: Final = range(1900, 2100)
YEAR_DIGITS: Final = 4


def why_too_easy(pin: str, role: Role) -> Message | None:
    """Return what is wrong with a PIN (digits) that somebody of this role wants; None if nothing.

    Refused are the first that anybody tries: one block repeated (1111, 1212, 123123), a run up or
    down (1234, 9876, 8901), a year (1984), a date that begins or ends with one (24121984).
    """
    if len(pin) < SHORTEST[role]:
        return message("pin-too-short", digits=SHORTEST[role])
    if _is_repeated(pin) or _is_run(pin) or _has_year(pin):
        return message("pin-too-easy")
    return None


def _is_repeated(pin: str) -> bool:
    """Whether it is a shorter block written several times; found inside itself, turned."""
    return pin in (pin + pin)[1:-1]


def _is_run(pin: str) -> bool:
    """Whether each digit is one more, or one less, than the digit before; 0 follows 9."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _has_year(pin: str) -> bool:
    """Whether it is a year, or eight digits that begin or end with one."""
    if len(pin) not in {YEAR_DIGITS, 2 * YEAR_DIGITS}:
        return False
    return int(pin[:YEAR_DIGITS]) in YEARS or int(pin[-YEAR_DIGITS:]) in YEARS
