"""Refusals: the one family of exceptions for what a caller asked for and cannot have.

A "no" to a guest is none of these: it is a returned `No` (policies/book/answers.py).
"""

from typing import Literal

from msgspec import Struct

from policies.book.consequences import Consequences
from policies.words.catalogue import say
from policies.words.message import Message

CommandCode = Literal[
    "NOT_FOUND",
    "INVALID",
    "STALE",
    "NOT_POSSIBLE_NOW",
    "NOT_ALLOWED",
    "TABLE_OCCUPIED",
    "CANNOT_UNDO",
    "NEEDS_ANYWAY",
]
"""Why a host's command is refused. seating/floor/answers.py maps each to an error of its own."""


class Refusal(Exception):
    """Something a caller can mend; what is `said` tells what is wrong and how to mend it.

    `code`: stable, UPPER_SNAKE. `detail`: what is said, in English. `pointer`: the JSON pointer of
    the wrong field. `now`: what is true instead. `told`: what an order would mean that was refused
    for it (NEEDS_ANYWAY). `against`: what somebody else did that stands against a late order.
    """

    code: str
    against: Struct | None = None

    def __init__(
        self,
        said: Message,
        *,
        pointer: str | None = None,
        now: Struct | None = None,
        told: Consequences | None = None,
    ) -> None:
        self.said = said
        self.detail = say(said)
        super().__init__(self.detail)
        self.pointer = pointer
        self.now = now
        self.told = told


class CommandRefused(Refusal):
    """A host's command that the picture of the period does not allow."""

    code: CommandCode

    def __init__(
        self,
        code: CommandCode,
        said: Message,
        pointer: str | None = None,
        *,
        now: Struct | None = None,
        told: Consequences | None = None,
    ) -> None:
        super().__init__(said, pointer=pointer, now=now, told=told)
        self.code = code
