"""Strict decoding of JSON bodies: no coercion, and the path of what is wrong."""

import asyncio
import re
from ast import literal_eval
from functools import cache
from math import isinf
from typing import Any, ClassVar, Final

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException

from api.http.pointers import pointer_to, sentence
from policies.house.shape import shape_problems, words_for


class UnsupportedMediaType(HTTPException):
    status_code = 415


class MalformedJson(HTTPException):
    status_code = 400


class BodyTooSlow(HTTPException):
    status_code = 408


BODY_SECONDS = 20.0
BYTE: Final = re.compile(r"(?:JSON is malformed: )?(?P<what>.+) \(byte (?P<at>[0-9]+)\)")
PATTERN: Final = re.compile(r"`str` matching regex (?P<pattern>'.*'|\".*\")", re.DOTALL)
TYPE_NAMES: Final = re.compile(r"`(?P<names>[a-z]+( \| [a-z]+)*)`")
TYPES: Final = {
    "array": "a list",
    "bool": "true or false",
    "date": "a date such as 2026-12-24",
    "datetime": "a date and time such as 2026-12-24T19:30:00+01:00",
    "float": "a number",
    "int": "an integer",
    "null": "null",
    "object": "an object",
    "str": "text",
    "time": "a local time such as 18:30",
    "uuid": "an id",
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
            message = f"The body did not come within {BODY_SECONDS:g} seconds."
            raise BodyTooSlow(message) from None

    async def json(self) -> Any:  # noqa: ANN401 - what the handler's `data` is annotated with
        if self.content_type[0] not in self.media_types:
            raise UnsupportedMediaType("Send the body as application/json.")
        data = self.route_handler.parsed_fn_signature.parameters.get("data")
        body, kind = await self.body(), data.annotation if data else Any
        try:
            try:
                return self.decoded(body, kind)
            except msgspec.ValidationError as error:
                raise self.wrong_body(body, kind, str(error)) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise MalformedJson(f"The body is not JSON: {where_malformed(body, error)}.") from error

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
        if "got `float`" not in str(error):
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
    """Every mistake of a body, with its pointer; msgspec stops at the first, and names no keys."""
    try:
        raw = WITH_INTEGERS.decode(body)
    except msgspec.ValidationError:  # a number beyond all bounds
        return wrong_field(said)
    found = shape_problems(raw, kind)
    if not found:
        return wrong_field(said)
    mistakes = [
        {"source": "body", "pointer": pointer_to(path), "message": sentence(words)}
        for path, words in found
    ]
    return ValidationException("The body is not as it should be.", extra=mistakes)


def wrong_field(message: str) -> ValidationException:
    """Parse msgspec's message: "Expected `int`, got `str` - at `$.party_size`"."""
    detail, _, path = message.partition(" - at `")
    error = {"source": "body", "key": path.rstrip("`"), "message": in_plain_words(detail)}
    return ValidationException("The body is not as it should be.", extra=[error])


def in_plain_words(detail: str) -> str:
    """A message of msgspec without regular expressions and names of types."""
    if found := PATTERN.search(detail):
        words = words_for(literal_eval(found["pattern"])) or "text of another form"
        detail = detail[: found.start()] + words + detail[found.end() :]
    return sentence(TYPE_NAMES.sub(lambda found: types_in_words(found["names"]), detail))


def types_in_words(names: str) -> str:
    """Types by msgspec's names, as `str | null`; that a value may be null is not told."""
    kinds = names.split(" | ")
    told = [each for each in kinds if each != "null"] or kinds
    return " or ".join(TYPES.get(each, each) for each in told)


def where_malformed(body: bytes, error: Exception) -> str:
    """What is wrong with a text that is not JSON, and where: line and column from 1."""
    if not body.strip():
        return "it is empty"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    try:
        text = body.decode()
    except UnicodeDecodeError as wrong:
        return f"it is not UTF-8 at byte {wrong.start}"
    found = BYTE.fullmatch(str(error))
    if found is None:
        ends = f"it ends too early, after {len(text)} characters"
        return ends if "truncated" in str(error) else str(error).rstrip(".")
    before = body[: int(found["at"])].decode(errors="replace")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return f"{found['what']} at line {line}, column {column}"
