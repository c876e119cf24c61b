"""Reading a body strictly: what the schema says, nothing coerced, and where it went wrong."""

import asyncio
from functools import cache
from typing import Any

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
    """Decodes a JSON body straight into the handler's type.

    Litestar's own way is lax (`"7"` passes as a number) and takes any content type, which a form
    on a foreign page could send.
    """

    async def body(self) -> bytes:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await super().body()
        except TimeoutError:
            told = f"The body did not come within {BODY_SECONDS:g} seconds."
            raise BodyTooSlow(told) from None

    async def json(self) -> Any:  # noqa: ANN401 - what the handler's `data` is annotated with
        media_type = self.content_type[0]
        if media_type != "application/json":
            raise UnsupportedMediaType("Send the body as application/json.")
        data = self.route_handler.parsed_fn_signature.parameters.get("data")
        try:
            return decoded(await self.body(), data.annotation if data else Any)
        except msgspec.ValidationError as error:
            raise wrong_field(str(error)) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise MalformedJson(f"The body is not JSON: {error}.") from error


def decoded(body: bytes, annotation: Any) -> Any:  # noqa: ANN401 - any type there is
    """Raises msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError."""
    try:
        return decoder(annotation).decode(body)
    except msgspec.ValidationError as error:
        if "got `float`" not in str(error):
            raise
        # 4.0 is an integer to JSON Schema, and so to clients in languages with one kind of number.
        return msgspec.convert(with_integers(msgspec.json.decode(body)), annotation)


def with_integers(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The value with whole numbers as integers, however they were written."""
    if isinstance(value, dict):
        return {key: with_integers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [with_integers(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@cache
def decoder(annotation: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 - any type there is
    return msgspec.json.Decoder(annotation)


def wrong_field(message: str) -> ValidationException:
    """msgspec says "Expected `int`, got `str` - at `$.party_size`"."""
    detail, _, path = message.partition(" - at `")
    error = {"source": "body", "key": path.rstrip("`"), "message": detail}
    return ValidationException("The body is not as it should be.", extra=[error])
