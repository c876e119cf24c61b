"""Strict decoding of JSON bodies: no coercion, and the path of what is wrong."""

import asyncio
from functools import cache
from typing import Any, ClassVar

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException


class UnsupportedMediaType(HTTPException):
    status_code = 415


class MalformedJson(HTTPException):
    status_code = 400


class BodyTooSlow(HTTPException):
    status_code = 408


BODY_SECONDS = 20.0


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
        try:
            return self.decoded(await self.body(), data.annotation if data else Any)
        except msgspec.ValidationError as error:
            raise wrong_field(str(error)) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise MalformedJson(f"The body is not JSON: {error}.") from error

    def decoded(self, body: bytes, annotation: Any) -> Any:  # noqa: ANN401 - any type there is
        """Raises msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError."""
        return decoded(body, annotation)


def decoded(body: bytes, annotation: Any) -> Any:  # noqa: ANN401 - any type there is
    """Raises msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError."""
    try:
        return decoder(annotation).decode(body)
    except msgspec.ValidationError as error:
        if "got `float`" not in str(error):
            raise
        # JSON Schema counts 4.0 as an integer, and JavaScript has one number type.
        return msgspec.convert(with_integers(msgspec.json.decode(body)), annotation)


def with_integers(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The value with integral floats (4.0) turned into integers."""
    if isinstance(value, dict):
        return {key: with_integers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [with_integers(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@cache
def decoder(annotation: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any type there is
    return msgspec.json.Decoder(annotation)


def wrong_field(message: str) -> ValidationException:
    """Parse msgspec's message: "Expected `int`, got `str` - at `$.party_size`"."""
    detail, _, path = message.partition(" - at `")
    error = {"source": "body", "key": path.rstrip("`"), "message": detail}
    return ValidationException("The body is not as it should be.", extra=[error])
