"""Takes a person out of stored documents: who it was is gone, what happened stays.

In an object about the person (it holds one of their ids) every field of PERSONAL is emptied.
Elsewhere only what names them is replaced: their numbers, addresses and names as they are written.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

GONE: Final = "-"
"""Stands where a name was."""

PERSONAL: Final = frozenset(
    {
        "about",
        "allergies",
        "cancelled_because",
        "cancelled_why",
        "email",
        "family_name",
        "given_name",
        "guarantee",
        "guest_name",
        "guest_notes",
        "guest_tags",
        "line",
        "locale",
        "name",
        "note",
        "notes",
        "overruled_why",
        "partner_reference",
        "party_name",
        "phone",
        "reason",
        "special_request",
        "tags",
        "telephone",
        "user_id",
    }
)
"""Fields that say who somebody is, or what was said about them."""

SENTENCES: Final = frozenset(
    {
        "about",
        "cancelled_because",
        "cancelled_why",
        "detail",
        "guest_notes",
        "line",
        "note",
        "notes",
        "overruled_why",
        "reason",
        "said",
        "special_request",
        "text",
    }
)
"""Fields in which somebody wrote freely: also those about another party may name this one."""

IDS: Final = ("reservation_id", "seating_id", "wait_id", "guest_id", "party_id", "id")
SHORTEST_WORD: Final = 4
"""Letters of a word of a name that is replaced wherever it stands in a sentence."""
SHORTEST_NOTE: Final = 20
"""Characters of a note that means one person wherever it is repeated; `nuts` does not."""
DIGITS_OF_NUMBER: Final = 6
_TOKEN: Final = re.compile(r"[a-z0-9_.:-]+\Z")
"""A code of ours (`booked`, `dinner`): a guest who is called so must not break a document."""


class Known(Struct, frozen=True, kw_only=True, dict=True):
    """What tells that something is about a person.

    `ids`: of everything that is theirs, with what each becomes (itself or a pseudonym). `names`:
    as they were written. `contacts`: numbers and addresses. `said`: notes about them.
    """

    ids: Mapping[str, str]
    names: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()

    @property
    def unmistakable(self) -> frozenset[str]:
        """Strings that mean this person wherever they stand."""
        names = {name for name in self.names if " " in name.strip()}
        said = {text for text in self.said if len(text) >= SHORTEST_NOTE}
        return frozenset(names | said | self.reachable)

    @property
    def reachable(self) -> frozenset[str]:
        """The numbers and addresses that are some; a host may have typed "at the bar"."""
        return frozenset(
            contact
            for contact in self.contacts
            if "@" in contact or len(re.sub(r"\D", "", contact)) >= DIGITS_OF_NUMBER
        )

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The ids that become a pseudonym."""
        return {old: new for old, new in self.ids.items() if old != new}

    @cached_property
    def parts(self) -> frozenset[str]:
        """The words of the names that are long enough to be told from others."""
        words = {word for name in self.names for word in re.split(r"[\W_]+", name)}
        return frozenset(word for word in words if len(word) >= SHORTEST_WORD)

    @cached_property
    def without_names(self) -> "Known":
        """The same, but for the names: others may have them too."""
        return Known(ids=self.ids, contacts=self.contacts)

    @cached_property
    def by_name(self) -> "Known":
        """Only their whole names, numbers and addresses: for what is about somebody else."""
        whole = frozenset(name for name in self.names if " " in name.strip())
        return Known(ids=self.ids, names=whole, contacts=self.contacts)

    @cached_property
    def anywhere(self) -> re.Pattern[str] | None:
        """Finds what is unmistakable, in any case."""
        return _any_of(self.unmistakable, whole=False, flags=re.IGNORECASE)

    @cached_property
    def words(self) -> re.Pattern[str] | None:
        """Finds the words of the names, whole and as they are written."""
        return _any_of(self.parts, whole=True, flags=0)


def signs_of(known: Known) -> list[str]:
    """Return what to look for in a document, in lower case, as JSON writes it."""
    return sorted({_as_json(text).lower() for text in {*known.renamed, *known.unmistakable}})


def redacted_text(text: str, known: Known) -> str:
    """Return a sentence without the person: numbers, addresses, names and words of names."""
    text = redacted_value(text, known)
    return known.words.sub(GONE, text) if known.words else text


def redacted_value(text: str, known: Known) -> str:
    """Return a value without the person; ids become their pseudonyms, codes stay."""
    if text in known.ids:
        return known.ids[text]
    if known.anywhere and not _TOKEN.match(text):
        text = known.anywhere.sub(GONE, text)
    for old, new in known.renamed.items():
        text = text.replace(old, new)
    return text


def redacted(document: Any, known: Known, *, theirs: bool = False) -> Any:  # noqa: ANN401 - JSON
    """Return a JSON document without the person. `theirs`: it is about them as a whole."""
    if isinstance(document, dict):
        return _redacted_object(document, known, theirs=theirs)
    if isinstance(document, list):
        return [redacted(each, known, theirs=theirs) for each in document]
    if not isinstance(document, str):
        return document
    if theirs and not _TOKEN.match(document):
        return redacted_text(document, known)
    return redacted_value(document, known)


def _redacted_object(document: dict[str, Any], known: Known, *, theirs: bool) -> dict[str, Any]:
    values = {value for value in document.values() if isinstance(value, str)}
    inside = known
    if values & known.ids.keys():
        theirs = True
    elif any(document.get(key) for key in IDS):
        theirs, inside = False, known.without_names  # a namesake stays who they are
    return {
        key: _redacted_field(key, value, known, inside, theirs=theirs)
        for key, value in document.items()
    }


def _redacted_field(key: str, value: Any, known: Known, inside: Known, *, theirs: bool) -> Any:  # noqa: ANN401 - JSON
    if theirs and key in PERSONAL:
        return _emptied(value)
    if key in SENTENCES and isinstance(value, str):
        return redacted_text(value, known)
    return redacted(value, inside, theirs=theirs)


def _emptied(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The empty value of the same type, so that the document is still read."""
    if isinstance(value, str):
        return GONE if value else value
    if isinstance(value, list):
        return []
    return None if isinstance(value, dict) else value


def _as_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _any_of(texts: Iterable[str], *, whole: bool, flags: int) -> re.Pattern[str] | None:
    found = sorted(texts, key=len, reverse=True)
    if not found:
        return None
    body = "|".join(re.escape(text) for text in found)
    return re.compile(rf"\b(?:{body})\b" if whole else body, flags)
