"""What is refused is said by a message of the catalogues, never by a sentence in the code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, get_type_hints

import msgspec
import pytest

from policies.book.answers import No
from policies.book.refusals import CommandRefused, Refusal
from policies.words.catalogue import say
from policies.words.message import Message, message
from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TREES = {
    str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8"))
    for layer in ("policies", "seating", "api")
    for file in sorted((ROOT / layer).glob("**/*.py"))
}


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield f"{file}:{node.lineno}", node


def test_a_refusal_takes_a_message_and_nothing_else() -> None:
    """With it mypy proves that no raise holds a sentence of its own."""
    for kind in (Refusal, CommandRefused):
        assert get_type_hints(kind.__init__)["said"] is Message
    refused = CommandRefused("INVALID", message("how-many-sit"), "/party_size")
    assert (refused.said.key, refused.detail) == ("how-many-sit", "Say how many guests sit down.")


def test_every_no_says_why() -> None:
    made = dict(calls("No"))
    assert len(made) > 3, "the calls were not found"
    lacking = [
        at for at, call in made.items() if "said" not in {each.arg for each in call.keywords}
    ]
    assert lacking == []


def test_a_no_that_was_stored_before_there_were_messages_is_still_read() -> None:
    before = b'{"code": "CLOSED", "detail": "The house is closed on that date."}'
    assert msgspec.json.decode(before, type=No).detail == "This was refused."


@pytest.mark.parametrize(
    ("event", "state", "english", "russian"),
    [
        ("cancel", "seated", "This cannot be cancelled now: it is seated.", "гости сидят"),
        ("approve", "booked", "This cannot be approved now: it is booked.", "забронировано"),
        ("anything", "new", "This cannot be done now: it has changed.", "уже изменилось"),
    ],
)
def test_a_step_that_is_not_possible_is_said_without_inner_names(
    event: str, state: str, english: str, russian: str
) -> None:
    said = message("step-not-possible", event=event, state=state)
    assert say(said) == english
    assert russian in say(said, "ru")
