"""One text message to a provider, by the adapter that is set; what its answers and callbacks mean.

`SignedGateway` speaks to any gateway that takes JSON signed by Standard Webhooks, with the secret
that signs its callbacks too; `twilio.TwilioGateway` speaks Twilio's form.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import Any, Final, Literal, Protocol
from uuid import UUID

import httpcore
import httpx
import msgspec
from msgspec import Struct
from standardwebhooks import Webhook, WebhookVerificationError

from policies.correspondence.segments import TextLength
from seating.clock import wall_now
from seating.correspondence.mailing import SendingResult

log = logging.getLogger("maitred.notices")

SECONDS: Final = 15.0
"""Timeout of a request."""
MOST_BYTES: Final = 65_536
"""Bytes of an answer read at most."""
REFUSED_FOR_NOW: Final = frozenset(
    {
        # The operator has to mend the credentials; meanwhile nothing is lost.
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
NOT_CONNECTED: Final = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout)

ToldEnd = Literal["delivered", "failed"]


class BadCallback(Exception):
    """A callback that the provider did not sign, or whose words cannot be read."""


class TextToSend(Struct, frozen=True, kw_only=True):
    """A text message to a number in E.164; `callback`: where its provider tells what became."""

    notice_id: UUID
    to: str
    length: TextLength
    callback: str


class TextRequest(Struct, frozen=True, kw_only=True):
    """A request to a provider."""

    url: str
    headers: dict[str, str]
    body: bytes


class TextAnswer(Struct, frozen=True, kw_only=True):
    """A provider's answer."""

    status: int
    body: bytes
    retry_after: str | None = None


class TextCallback(Struct, frozen=True, kw_only=True):
    """What a provider tells of a message; `end` None: on its way. `why`: a code of its own."""

    provider_ref: str | None
    end: ToldEnd | None
    why: str | None = None


class TextGateway(Protocol):
    """A provider of text messages."""

    def request(self, send: TextToSend, now: datetime) -> TextRequest:
        """Return the request that sends a message; `now`: wall time."""

    def result(self, answer: TextAnswer) -> SendingResult:
        """Return what an answer means."""

    def read(self, url: str, headers: Mapping[str, str], body: bytes) -> TextCallback:
        """Return a callback to `url` that the provider has signed. Raises BadCallback."""


class GatewayAnswer(Struct, frozen=True):
    """What a signed gateway may answer: its own id of the message."""

    id: str | None = None


class GatewayCallback(Struct, frozen=True):
    """What a signed gateway tells later; other words than those two change nothing."""

    status: str
    id: str | None = None
    reason: str | None = None


class SignedGateway:
    """Any gateway: JSON `{id, to, from, text, encoding, segments, callback_url}`, signed."""

    def __init__(self, url: str, secret: str, sender: str) -> None:
        """`secret`: whsec_..., for both directions."""
        self._url = url
        self._signer = Webhook(secret)
        self._sender = sender

    def request(self, send: TextToSend, now: datetime) -> TextRequest:
        """Return the request; webhook-id is the notice's, by which a repeated one is known."""
        body = msgspec.json.encode(
            {
                "id": send.notice_id,
                "to": send.to,
                "from": self._sender,
                "text": send.length.text,
                "encoding": send.length.encoding,
                "segments": send.length.segments,
                "callback_url": send.callback,
            }
        )
        message_id = str(send.notice_id)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._signer.sign(message_id, now, body.decode()),
        }
        return TextRequest(url=self._url, headers=headers, body=body)

    def result(self, answer: TextAnswer) -> SendingResult:
        """Return what an answer means: by its status alone."""
        if not is_fine(answer.status):
            return failed(answer)
        try:
            made = msgspec.json.decode(answer.body, type=GatewayAnswer)
        except msgspec.MsgspecError:
            made = GatewayAnswer()
        return SendingResult(how="sent", provider_ref=made.id)

    def read(self, url: str, headers: Mapping[str, str], body: bytes) -> TextCallback:  # noqa: ARG002
        """Return a callback; one older than five minutes is refused. Raises BadCallback."""
        try:
            self._signer.verify(body, dict(headers), json_parse=False)
            told = msgspec.json.decode(body, type=GatewayCallback)
        except (WebhookVerificationError, msgspec.MsgspecError, ValueError) as error:
            raise BadCallback from error
        ends: dict[str, ToldEnd] = {"delivered": "delivered", "failed": "failed"}
        return TextCallback(
            provider_ref=told.id, end=ends.get(told.status), why=code_of(told.reason)
        )


async def send_text(gateway: TextGateway, send: TextToSend) -> SendingResult:
    """Give one message to the provider; never raises for one that fails.

    No answer to a request that was made leaves open whether the message goes out.
    """
    request = gateway.request(send, wall_now())
    try:
        async with asyncio.timeout(SECONDS):
            return gateway.result(await _asked(request))
    except NOT_CONNECTED:
        return SendingResult(how="again", why="no_connection")
    except (TimeoutError, httpcore.TimeoutException):
        return SendingResult(how="unknown", why="no_answer")
    except (OSError, httpcore.NetworkError, httpcore.ProtocolError):
        return SendingResult(how="unknown", why="connection_broke")


def is_fine(status: int) -> bool:
    """Tell whether a status is a success."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def failed(answer: TextAnswer, why: str | None = None) -> SendingResult:
    """Return what a status means that is none of success."""
    again = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in REFUSED_FOR_NOW
    return SendingResult(
        how="again" if again else "refused",
        why=why or f"http_{answer.status}",
        wait=answer.retry_after,
    )


def code_of(said: str | None) -> str | None:
    """Return a provider's word for a failure as a short code: no sentence, no number of a guest."""
    kept = "".join(each if each.isalnum() else "_" for each in (said or "").lower())[:40]
    return kept or None


async def _asked(request: TextRequest) -> TextAnswer:
    headers: list[tuple[str, str]] = list(request.headers.items())
    async with (
        httpcore.AsyncConnectionPool(ssl_context=_trust(), max_keepalive_connections=0) as session,
        session.stream("POST", request.url, headers=headers, content=request.body) as answer,
    ):
        parts = bytearray()
        async for part in answer.aiter_stream():
            parts += part
            if len(parts) > MOST_BYTES:
                break
        waits = [value for name, value in answer.headers if name.lower() == b"retry-after"]
        asked = waits[0].decode("ascii", "replace") if waits else None
        return TextAnswer(status=answer.status, body=bytes(parts[:MOST_BYTES]), retry_after=asked)


@cache
def _trust() -> Any:  # noqa: ANN401 - httpcore's
    return httpx.create_ssl_context(trust_env=False)
