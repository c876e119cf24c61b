"""Strict decoding of JSON bodies: no coercion, and the path of what is wrong."""

import asyncio
import re
from ast import literal_eval
from functools import cache, reduce
from math import isinf
from typing import Any, ClassVar, Final

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException

from policies.drafts.keys import pointer_to
from policies.house.shape import shape_problems, words_for
from policies.words.catalogue import say
from policies.words.message import Message, message


class ToldHttpError(HTTPException):
    """An HTTP error of ours; `said` tells what is wrong and how to mend it."""

    def __init__(self, said: Message) -> None:
        super().__init__(say(said))
        self.said = said


class UnsupportedMediaType(ToldHttpError):
    status_code = 415


class MalformedJson(ToldHttpError):
    status_code = 400


class BodyTooSlow(ToldHttpError):
    status_code = 408


NOT_AS_IT_SHOULD_BE: Final = "The body is not as it should be."
BODY_SECONDS = 20.0
FORM_BYTES: Final = 8192
"""A form at most: each of ours has a handful of short fields."""
WALKED_BYTES: Final = 8192
"""Of a larger body only the first mistake is told, which msgspec finds without making objects."""
RETRIED_BYTES: Final = 65_536
"""A larger body has to write its integers without a point (4, not 4.0)."""
TOLD: Final = 20
"""Mistakes of a body that are told at most."""
SAID_LENGTH: Final = 200
"""Characters of the decoder's own words that are passed on: they may quote what was sent."""
BYTE: Final = re.compile(r"(?:JSON is malformed: )?(?P<what>.+) \(byte (?P<at>[0-9]+)\)")
EXPECTED: Final = re.compile(
    r"Expected (`(?P<names>[a-z]+( \| [a-z]+)*)`|`str` matching regex (?P<pattern>'.*'|\".*\"))"
    r"(, got `(?P<got>[a-z]+( \| [a-z]+)*)`)?",
    re.DOTALL,
)
TYPES: Final = {
    "array": message("value-list"),
    "bool": message("value-true-or-false"),
    "date": message("value-date"),
    "datetime": message("value-instant"),
    "float": message("value-number"),
    "int": message("value-integer"),
    "null": message("value-null"),
    "object": message("value-object"),
    "str": message("value-text"),
    "time": message("value-local-time"),
    "uuid": message("value-uuid"),
}


class StrictRequest(Request[Any, Any, State]):
    """Decodes a JSON body with msgspec into the type of the handler's `data`.

    Litestar's own decoding is lax (`"7"` passes as a number) and accepts any content type, which
    an HTML form on another site could send (CSRF).
    """

    media_types: ClassVar[frozenset[str]] = frozenset({"application/json"})

    async def body(self) -> bytes:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await super().body()
        except TimeoutError:
            raise BodyTooSlow(message("body-too-slow", seconds=round(BODY_SECONDS))) from None

    async def json(self) -> Any:  # noqa: ANN401 - what the handler's `data` is annotated with
        if self.content_type[0] not in self.media_types:
            raise UnsupportedMediaType(message("body-not-of-type", type="application/json"))
        data = self.route_handler.parsed_fn_signature.parameters.get("data")
        body, kind = await self.body(), data.annotation if data else Any
        try:
            try:
                return self.decoded(body, kind)
            except msgspec.ValidationError as error:
                raise self.wrong_body(body, kind, str(error)) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise MalformedJson(why_malformed(body, error)) from error

    def decoded(self, body: bytes, annotation: Any) -> Any:  # noqa: ANN401 - any type there is
        """Raises msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError."""
        return decoded(body, annotation)

    def wrong_body(self, body: bytes, kind: Any, said: str) -> ValidationException:  # noqa: ANN401
        """The exception that tells each mistake; `said`: msgspec's words for the first.

        Raises msgspec.DecodeError where the body goes wrong as JSON further on.
        """
        return wrong_body(body, kind, said)


def decoded(body: bytes, annotation: Any) -> Any:  # noqa: ANN401 - any type there is
    """Raises msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError."""
    try:
        return decoder(annotation).decode(body)
    except msgspec.ValidationError as error:
        if "got `float`" not in str(error) or len(body) > RETRIED_BYTES:
            raise
        # JSON Schema counts 4.0 as an integer, and JavaScript has one number type.
        return msgspec.convert(WITH_INTEGERS.decode(body), annotation)


def number_of(text: str) -> float:
    """A number with a point or an exponent, as an integer where it is one (4.0)."""
    value = float(text)
    if isinf(value):
        raise msgspec.ValidationError(f"Number out of range: {text[:20]}")
    return int(value) if value.is_integer() else value


WITH_INTEGERS: Final = msgspec.json.Decoder(float_hook=number_of)


@cache
def decoder(annotation: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any type there is
    return msgspec.json.Decoder(annotation)


def wrong_body(body: bytes, kind: Any, said: str) -> ValidationException:  # noqa: ANN401
    """The mistakes of a body, with their places; msgspec stops at the first, and names no keys."""
    if len(body) > WALKED_BYTES:
        return wrong_field(said)
    try:
        raw = WITH_INTEGERS.decode(body)
    except msgspec.ValidationError:  # a number beyond all bounds
        return wrong_field(said)
    found = shape_problems(raw, kind, TOLD)
    if not found:
        return wrong_field(said)
    mistakes = [
        {"source": "body", "pointer": pointer_to(*path), "message": said} for path, said in found
    ]
    return ValidationException(NOT_AS_IT_SHOULD_BE, extra=mistakes)


def wrong_field(said: str) -> ValidationException:
    """Parse msgspec's message: "Expected `int`, got `str` - at `$.party_size`"."""
    detail, _, path = said.partition(" - at `")
    error = {"source": "body", "key": path.rstrip("`"), "message": in_plain_words(detail)}
    return ValidationException(NOT_AS_IT_SHOULD_BE, extra=[error])


def in_plain_words(detail: str) -> Message:
    """What msgspec says, without regular expressions and names of types."""
    detail = detail[:SAID_LENGTH].rstrip(".")
    found = EXPECTED.fullmatch(detail)
    if found is None:
        return message("value-as-read", said=detail)
    if pattern := found["pattern"]:
        wanted = words_for(literal_eval(pattern)) or message("value-other-text")
    else:
        wanted = types_in_words(found["names"])
    if found["got"] is None:
        return message("value-expected", expected=wanted)
    return message("value-expected-got", expected=wanted, got=types_in_words(found["got"]))


def types_in_words(names: str) -> Message:
    """Types by msgspec's names, as `str | null`; that a value may be null is not told."""
    kinds = names.split(" | ")
    told = [each for each in kinds if each != "null"] or kinds
    words = [TYPES.get(each, message("value-any")) for each in told]
    return reduce(lambda one, other: message("value-or", one=one, other=other), words)


def why_malformed(body: bytes, error: Exception) -> Message:
    """What is wrong with a text that is not JSON, and where: line and column from 1."""
    if not body.strip():
        return message("body-empty")
    if isinstance(error, RecursionError):
        return message("body-too-deep")
    try:
        text = body.decode()
    except UnicodeDecodeError as wrong:
        return message("body-not-utf8", byte=str(wrong.start))
    found = BYTE.fullmatch(str(error))
    if found is None:
        if "truncated" in str(error):
            return message("body-ends-early", characters=len(text))
        return message("body-not-json", said=str(error).rstrip("."))
    before = body[: int(found["at"])].decode(errors="replace")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    said = found["what"]
    return message("body-not-json-at", said=said, line=str(line), column=str(column))
