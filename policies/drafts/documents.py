"""From a JSON object to a house and back: its shape is required, contradictions are listed."""

from typing import Any

import msgspec
from msgspec import Struct

from policies.drafts.keys import Document, keyed_path, pointer_to
from policies.drafts.patch import PatchError, patched
from policies.house.checks import house_problems
from policies.house.file import house_json, of_entry, with_full_times
from policies.house.house import House
from policies.house.shape import TOO_DEEP, shape_problems, too_deep
from policies.words.catalogue import say
from policies.words.message import Message, Param


class DocumentError(ValueError):
    """A document of the wrong shape. `problems`: JSON pointer and message, for each found."""

    def __init__(self, problems: tuple[tuple[str, Message], ...]) -> None:
        super().__init__("\n".join(say(said) for _, said in problems))
        self.problems = problems


class Contradiction(Struct, frozen=True):
    """Something a house says against itself: the pointer into its document, and what is so.

    `sentence`: in English; `message`, `params`: the same in any language.
    """

    pointer: str
    sentence: str
    message: str = ""
    params: dict[str, Param] = {}

    @property
    def said(self) -> Message:
        """What is so, as a message."""
        return Message(self.message, self.params)


def house_in(raw: object, root: str = "/house") -> House:
    """Return the house of a document that came as JSON; local times may be written "18:30".

    `root` comes before the pointers. Raises DocumentError with everything of the wrong shape.
    """
    if too_deep(raw):
        raise DocumentError(((root, TOO_DEEP),))
    raw = with_full_times(raw)
    problems = shape_problems(raw)
    if problems:
        named = [(pointer_to(*path), of_entry(raw, path, said)) for path, said in problems]
        raise DocumentError(tuple((root + pointer, said) for pointer, said in named))
    return msgspec.convert(raw, House)


def patched_house(house: House, patch: Document, root: str = "/patch") -> House:
    """Return the house with a patch of its document applied.

    Raises DocumentError; its pointers name entries by key as the patch does.
    """
    if too_deep(patch):
        raise DocumentError(((root, TOO_DEEP),))
    try:
        raw = with_full_times(_with_rules_version(patched(document_of(house), patch)))
    except PatchError as error:
        told = ((root + pointer_to(*path), said) for path, said in error.problems)
        raise DocumentError(tuple(told)) from None
    problems = shape_problems(raw)
    if problems:
        raise DocumentError(
            tuple(
                (root + pointer_to(*keyed_path(raw, path)), of_entry(raw, path, said))
                for path, said in problems
            )
        )
    return msgspec.convert(raw, House)


def document_of(house: House) -> Document:
    """Return the JSON object of a house, without its null members."""
    raw: Document = _without_nulls(msgspec.json.decode(house_json(house)))
    return raw


def contradictions(house: House) -> tuple[Contradiction, ...]:
    """Return what the house says against itself, such as a table of an area that is not there.

    While there are any it cannot be published.
    """
    raw = document_of(house)
    found = ((path, of_entry(raw, path, said)) for path, said in house_problems(house))
    return tuple(
        Contradiction(pointer_to(*path), say(said), said.key, said.params) for path, said in found
    )


def _with_rules_version(raw: Document) -> Document:
    """Return the document, its first house rules under version 1 where the patch says none."""
    rules = raw.get("house_rules")
    return raw | {"house_rules": {"version": 1} | rules} if isinstance(rules, dict) else raw


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value
