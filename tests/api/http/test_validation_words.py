"""What is wrong with a request is said in a sentence: no patterns, no names of types, its place."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import httpx
import msgspec
import pytest
from litestar import Litestar, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from api.booking.fields import GuestSent
from api.google.proto import ProtoRequest
from api.google.proto import Sent as GoogleSent
from api.google.proto import Text as GoogleText
from api.http.fields import Pin
from api.http.problems import HANDLERS
from api.http.requests import StrictRequest, in_plain_words
from policies.house.shape import words_for
from policies.words.catalogue import say
from tests.api.conftest import client_of
from tests.api.http.test_access import routes

A_KEY = "a key of small letters, digits, - and _, at most 40"
Key = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}\Z")]


class Round(Struct, tag="round", forbid_unknown_fields=True):
    radius: Annotated[int, Meta(ge=1)]


class Square(Struct, tag="square", forbid_unknown_fields=True):
    side: Annotated[float, Meta(gt=0.0)]


class Wish(Struct, forbid_unknown_fields=True, kw_only=True):
    kind: Literal["server", "host"] = "host"
    names: dict[Key, Annotated[str, Meta(min_length=1)]] = {}
    tables: list[Round | Square] = []
    guest: GuestSent | None = None
    pin: Pin | None = None
    at: Annotated[str, Meta(pattern=r"^never described\Z")] | int = 1


class Lax(GoogleSent, frozen=True, kw_only=True):
    text: GoogleText = None


@post("/wish")
async def wish(data: JSONBody[Wish]) -> Wish:
    return data


@post("/google", request_class=ProtoRequest)
async def lax(data: JSONBody[Lax]) -> Lax:
    return data


@pytest.fixture
def small() -> httpx.AsyncClient:
    app = Litestar(
        [wish, lax],
        exception_handlers=HANDLERS,
        request_class=StrictRequest,
        logging_config=None,
        openapi_config=None,
    )
    return client_of(app, headers={"Content-Type": "application/json"})


async def told(small: httpx.AsyncClient, body: str, path: str = "/wish") -> dict[str, str]:
    answer = await small.post(path, content=body.encode())
    assert answer.status_code == 400, answer.text
    return {each.get("pointer", ""): each["detail"] for each in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"kind": "cook"}', {"/kind": 'Expected one of host, server, got "cook".'}),
        (
            '{"names": {"A b": "x"}}',
            {"/names/A b": f"Expected the key to be {A_KEY}."},
        ),
        (
            '{"names": {"a/b~c": ""}}',
            {"/names/a~1b~0c": 'Expected text that is not empty, got "".'},
        ),
        (
            '{"tables":[{"type": "round", "radius": 0}, {"type": "oval"}, {}, {"type": "square"}]}',
            {
                "/tables/0/radius": "Expected an integer of at least 1, got 0.",
                "/tables/1/type": 'Expected one of round, square, got "oval".',
                "/tables/2/type": "This is missing. Expected one of round, square.",
                "/tables/3/side": "This is missing. Expected a number above 0.",
            },
        ),
        (
            '{"tables": [{"type": "round", "radius": 1, "side": 2}]}',
            {"/tables/0/side": "Unknown key side. Expected one of type, radius."},
        ),
        (
            '{"guest": {"name": "Ada", "phone": "030 123"}}',
            {
                "/guest/phone": "Expected a phone number with + and the country's code, without"
                ' spaces, such as +493023125024, of at most 30 characters, got "030 123".'
            },
        ),
        ('{"pin": "12345678901"}', {"/pin": "Expected 4 to 8 digits."}),
        ('{"at": "x"}', {"/at": 'Expected text of another form or an integer, got "x".'}),
        (
            '{"kind": 1, "wish": 2, "guest": {}}',
            {
                "/wish": "Unknown key wish. Expected one of kind, names, tables, guest, pin, at.",
                "/kind": "Expected one of host, server, got 1.",
                "/guest/name": "This is missing. Expected a name that is not blank,"
                " in one line, without control characters, of 1 to 200 characters.",
            },
        ),
        ("[]", {"": "Expected a section of keys, got []."}),
        ("7", {"": "Expected a section of keys, got 7."}),
    ],
)
async def test_each_mistake_of_a_body_is_a_sentence_with_its_place(
    small: httpx.AsyncClient, body: str, said: dict[str, str]
) -> None:
    found = await told(small, body)
    assert found == said


async def test_messages_to_google_show_no_pattern_either(small: httpx.AsyncClient) -> None:
    found = await told(small, '{"text": "a\\u0000"}', "/google")
    assert found == {"/text": "Expected text without the character U+0000."}
    found = await told(small, '{"text": 7}', "/google")
    assert found == {"/text": "Expected text, got an integer."}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b'{\n  "kind": "host",\n}', "trailing comma in object at line 3, column 1"),
        ('{"kind": "büro" 1}'.encode(), "at line 1, column 17"),
        (b'{"kind": "host"', "it ends too early, after 15 characters"),
        (b'{"kind": "\xff"}', "it is not UTF-8 at byte 10"),
        (b"[" * 5000, "it is nested too deeply"),
        (b'{"kind": 1} x', "trailing characters at line 1, column 1"),
        (b'{"kind": 1, x', "at line 1, column 13"),
        (b"  ", "it is empty"),
    ],
)
async def test_a_body_that_is_not_json_says_where(
    small: httpx.AsyncClient, body: bytes, where: str
) -> None:
    said = (await small.post("/wish", content=body)).json()
    assert (said["status"], said["code"]) == (400, "BAD_REQUEST")
    assert where in said["detail"]


def say_plainly(detail: str) -> str:
    return say(in_plain_words(detail))


def test_msgspecs_own_words_keep_their_end_and_lose_their_patterns() -> None:
    assert say_plainly("Invalid enum value 'server'") == "Invalid enum value 'server'."
    regex = "Expected `str` matching regex '{}'"
    assert say_plainly(regex.format(r"^[0-9]{4,8}\\Z")) == "Expected 4 to 8 digits."
    assert say_plainly(regex.format(r"^x\\Z")) == "Expected text of another form."
    assert say_plainly("Expected `int`, got `null`") == "Expected an integer, got null."


def patterns_in(schema: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for each in schema.values():
            yield from patterns_in(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from patterns_in(each)


def test_every_pattern_of_every_body_and_parameter_has_words() -> None:
    """Those of the OpenAPI document, and of the screens' routes that are not in it."""
    found = set[str]()
    for handler in routes().values():
        data = handler.parsed_fn_signature.parameters.get("data")
        if data is not None:
            schema = msgspec.json.schema(data.annotation, schema_hook=lambda _: {"type": "string"})
            found |= set(patterns_in(schema))
        for each in handler.parsed_fn_signature.parameters.values():
            bound = getattr(each.kwarg_definition, "pattern", None)
            found |= {bound} if bound else set()
    assert len(found) > 8
    assert [pattern for pattern in found if words_for(pattern) is None] == []
