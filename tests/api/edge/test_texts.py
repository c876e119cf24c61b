r"""Every text that anybody sends is of a pattern, and every pattern ends where the text ends.

Walked over the types of all routes, so that no new field can be forgotten.
"""

from __future__ import annotations

import ast
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import msgspec
import pytest
from msgspec import inspect

from api.app import create_app
from api.booking.fields import Notes, PersonName
from api.google.bodies import UserSent
from api.http.fields import Pin, ShortName
from api.http.parameters import parameters_in
from api.openapi.document import document, in_json_schema
from api.settings import Settings
from policies.house.file import HouseError, read_house
from policies.house.rules_checks import RulesError, read_rules
from policies.words.letters import LINE, NAME, without_unseen
from seating.errors import UrlNotAllowed
from seating.webhooks.egress import Egress
from tests.api.http.test_access import routes
from tests.support.catalogues import called, modules
from tests.support.house import house_text

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD: Final = {
    "a control character": "A\u0007B",
    "the escape of a terminal": "A\u001b[31mB",
    "one of the upper ones": "A\u0085B",
    "a new line": "A\nB",
    "a new line at the end": "AB\n",
    "a line separator": "A\u2028B",
    "right to left from here": "A\u202eB",
    "an isolate": "A\u2066B",
    "nothing, in width": "A\u200bB",
    "a mark of the byte order": "\ufeffAB",
    "a joiner between Latin letters": "A\u200dB",
    "a joiner that joins nothing": "\u200cAB",
}
GOOD: Final = [
    "Ada Lovelace",
    "Łukasz O’Brien-Şahin",
    "राजन्‍ कुमार",
    "രാജന്‍",
    "می‌خواهم",
    "שלום עולם",
    "李 小龙",
    "👩‍❤️‍👨 & 👨‍👩‍👧",
]
LOOKED_UP: Final = {
    "code": "by its hash, or among the codes of refusals",
    "pin": "digits only",
    "url": "taken apart, and stored as it was read",
    "area": "among the areas of the house",
    "venue": "among the venues of the client",
    "item": "among the gestures of the rules",
    "answer": "among the answers of the playbook",
    "phone": "as a telephone number",
    "start": "as an instant",
    "client_id": "among the clients",
    "client_secret": "by its hash",
    "grant_type": "the only one",
    "scope": "among the scopes",
    "house": "a document, whose texts are checked where it is read",
    "toml": "a document too",
    "patch": "a document too",
    "rules": "a document too",
}
"""Texts without a pattern: never kept as they came."""


def texts_in(kind: inspect.Type, where: str, seen: set[Any]) -> Iterator[tuple[str, Any]]:
    """Every text of a type, with its place."""
    if isinstance(kind, inspect.StrType):
        yield where, kind
    elif isinstance(kind, inspect.StructType):
        for field in kind.fields if kind.cls not in seen else ():
            place = f"{kind.cls.__name__}.{field.encode_name}"
            yield from texts_in(field.type, place, seen | {kind.cls})
    else:
        for inner in inside(kind):
            yield from texts_in(inner, where, seen)


def inside(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    """The types that a type is made of."""
    match kind:
        case inspect.Metadata():
            return (kind.type,)
        case inspect.UnionType():
            return kind.types
        case inspect.CollectionType():
            return (kind.item_type,)
        case inspect.TupleType():
            return kind.item_types
        case inspect.DictType():
            return kind.key_type, kind.value_type
        case _:
            return ()


def sent() -> dict[str, set[Any]]:
    """The texts of the bodies of all routes, by place."""
    found: dict[str, set[Any]] = {}
    for (_, path), handler in routes().items():
        data = handler.parsed_fn_signature.parameters.get("data")
        if data and not path.startswith("/google/"):
            for where, text in texts_in(inspect.type_info(data.annotation), path, set()):
                found.setdefault(where, set()).add((text.pattern, text.max_length))
    return found


def test_every_text_of_a_body_refuses_what_nobody_sees() -> None:
    found = sent()
    assert len(found) > 40, "the fields were not found"
    unseen = [BAD[why] for why in BAD if "new line" not in why]
    let_in = {
        where
        for where, kinds in found.items()
        for pattern, _ in kinds
        if where.rpartition(".")[2] not in LOOKED_UP
        if not pattern or any(re.search(pattern, text) for text in unseen)
    }
    assert let_in == set()


def test_every_name_is_one_line() -> None:
    names = {
        (where, pattern)
        for where, kinds in sent().items()
        if where.rpartition(".")[2].endswith("name")
        for pattern, _ in kinds
    }
    assert len(names) > 6, "the names were not found"
    for where, pattern in names:
        assert pattern in {LINE, NAME} or not re.search(pattern, "A B"), where


@pytest.mark.parametrize("text", GOOD)
def test_a_name_of_any_script_is_a_name(text: str) -> None:
    assert msgspec.convert(text, PersonName) == msgspec.convert(text, ShortName) == text
    assert without_unseen(text) == text


@pytest.mark.parametrize("text", [*BAD.values(), "", "  ", "\u3000"])
def test_a_name_holds_nothing_that_is_not_seen(text: str) -> None:
    for kind in (PersonName, ShortName):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(text, kind)
    assert re.search(LINE, without_unseen(text))


def test_a_note_has_lines_and_tabs_and_nothing_else_besides() -> None:
    assert msgspec.convert("one\n\ttwo", Notes)
    for text in ("one\rtwo", *(each for each in BAD.values() if "\n" not in each)):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(text, Notes)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert("1234\n", Pin)


def test_a_house_and_its_rules_hold_nothing_that_is_not_seen() -> None:
    text = house_text(2, 4)
    house = read_house(text)
    for bad in ("\\u202e", "\\n", "\\u0007"):
        name = f'name = "{bad}{house.venue.name}"'
        with pytest.raises(HouseError, match="in one line"):
            read_house(text.replace(f'name = "{house.venue.name}"', name, 1))
    neighbour = {"key": "next", "name": "Next\u202e door"}
    with pytest.raises(RulesError, match="in one line"):
        read_rules({"neighbours": [neighbour]}, house)


def test_google_sends_names_as_people_typed_them_and_the_house_reads_them_cleaned() -> None:
    user = msgspec.convert({"user_id": "1", "given_name": "A\u202ed\na"}, UserSent).user()
    assert without_unseen(user.given_name) == "Ada"


def strings_of(node: ast.AST) -> Iterator[str]:
    """The texts and pieces of texts in an expression."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def patterns_of(node: ast.AST) -> Iterator[str]:
    """The regular expressions that a call is given."""
    if isinstance(node, ast.Call):
        given = [each.value for each in node.keywords if each.arg == "pattern"]
        if called(node).startswith(("re.", "in_words")):
            given += node.args[:1]
        yield from chain.from_iterable(map(strings_of, given))


def test_no_pattern_of_the_code_ends_before_a_last_line_feed() -> None:
    found = 0
    for path, module in modules().items():
        for text in chain.from_iterable(map(patterns_of, ast.walk(module))):
            found += 1
            assert not re.search(r"\$(?![^\[]*\])", text.replace(r"\$", "")), f"{path}: {text}"
    for handler in routes().values():
        for each in parameters_in(handler):
            for _, text in texts_in(inspect.type_info(each.kind), each.name, set()):
                assert "$" not in (text.pattern or ""), each.name
    assert found > 40, "the patterns were not found"


def patterns_in(part: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a document
    if isinstance(part, list):
        yield from chain.from_iterable(map(patterns_in, part))
    elif isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        yield from chain.from_iterable(map(patterns_in, part.values()))


def test_the_published_patterns_are_ecmascripts() -> None:
    app = create_app(Settings(database_url="postgresql://nowhere/none"))
    for whole in (document(app), in_json_schema(app.openapi_schema.to_schema())):
        found = set(patterns_in(whole))
        assert len(found) > 5, "the patterns were not found"
        assert {each for each in found if r"\Z" in each} == set()
        assert [each for each in found if each.startswith("^") and not each.endswith("$")] == []


@pytest.mark.parametrize("port", ["0", "65536", "70000", "99999999999", "-1"])
async def test_a_port_that_does_not_exist_is_refused(port: str) -> None:
    async def never(_: str, __: int, ___: str) -> list[str]:
        raise AssertionError

    for loopback in (False, True):
        with pytest.raises(UrlNotAllowed):
            await Egress(loopback=loopback, resolve=never).check_url(f"https://example.com:{port}/")
    text = house_text(2).replace("[venue]\n", f'[venue]\nweb = "https://example.com:{port}"\n', 1)
    with pytest.raises(HouseError, match="web"):
        read_house(text)


async def test_every_other_port_is_as_good() -> None:
    async def public(_: str, __: int, ___: str) -> list[str]:
        return ["8.8.8.8"]

    for port in (443, 1024, 65535):
        url = f"https://example.com:{port}/hook"
        assert await Egress(resolve=public).check_url(url)
