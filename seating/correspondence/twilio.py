"""Twilio's form of text messages: the Messages resource, its status callbacks, their signature.

Read from Twilio's documents in November 2026, field by field:
"Messages resource" (messaging/api/message-resource) and its OpenAPI document: POST
/2010-04-01/Accounts/{AccountSid}/Messages.json by HTTP Basic with the account's SID and token, the
form's To, From or MessagingServiceSid, Body, StatusCallback; of the answer sid; of an error's JSON
code. "Track outbound message status" (messaging/guides/track-outbound-message-status): a callback
is a form with MessageSid, MessageStatus and ErrorCode, and may have more fields at any time, so
all that came are signed. "Outbound message status in status callbacks": which words are an end.
"Security" (usage/security): X-Twilio-Signature is the Base64 of HMAC-SHA1, by the account's token,
of the whole address and each field's name and value, sorted by name. Checked against an example of
Twilio's own (its Python library's test). Such a signature has no time in it: what a repeated
callback could change is bounded by the notice's row, whose first end stands (callbacks).
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
from msgspec import Struct

from seating.correspondence.mailing import SendingResult
from seating.correspondence.texting import (
    BadCallback,
    TextAnswer,
    TextCallback,
    TextRequest,
    TextToSend,
    ToldEnd,
    code_of,
    failed,
    is_fine,
)

ADDRESS: Final = "https://api.twilio.com"
SERVICE: Final = "MG"
"""How the SID of a messaging service begins, which picks the sender itself."""
UNSUBSCRIBED: Final = 21610
"""The guest answered STOP; Twilio sends that number nothing more."""
ENDS: Final[dict[str, ToldEnd]] = {
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
MOST_FIELDS: Final = 100


class TwilioMessage(Struct, frozen=True):
    """Of a Message resource: its SID."""

    sid: str


class TwilioProblem(Struct, frozen=True):
    """Of an error: its code."""

    code: int | None = None


class TwilioGateway:
    """Sends by an account of Twilio's."""

    def __init__(self, account: str, token: str, sender: str, address: str = "") -> None:
        """`sender`: a number, a name, or the SID of a messaging service; `address`: of the API."""
        self._account = account
        self._token = token
        self._sender = sender
        self._address = (address or ADDRESS).rstrip("/")

    def request(self, send: TextToSend, now: datetime) -> TextRequest:  # noqa: ARG002 - no stamp
        """Return the request that creates a Message resource."""
        by = "MessagingServiceSid" if self._sender.startswith(SERVICE) else "From"
        form = {
            "To": send.to,
            by: self._sender,
            "Body": send.length.text,
            "StatusCallback": send.callback,
        }
        login = b64encode(f"{self._account}:{self._token}".encode()).decode()
        return TextRequest(
            url=f"{self._address}/2010-04-01/Accounts/{self._account}/Messages.json",
            headers={
                "Authorization": f"Basic {login}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
            body=urlencode(form).encode(),
        )

    def result(self, answer: TextAnswer) -> SendingResult:
        """Return what an answer means."""
        if is_fine(answer.status):
            return _made(answer.body)
        code = _code_in(answer.body)
        if code == UNSUBSCRIBED:
            return SendingResult(how="refused", why=f"twilio_{code}", unwanted=True)
        return failed(answer, f"twilio_{code}" if code else None)

    def read(self, url: str, headers: Mapping[str, str], body: bytes) -> TextCallback:
        """Return a signed callback. Raises BadCallback."""
        try:
            form = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError as error:
            raise BadCallback from error
        shown = headers.get("x-twilio-signature", "")
        made = (signature_of(each, form, self._token) for each in {url, without_port(url)})
        if not any(hmac.compare_digest(each, shown.encode()) for each in made):
            raise BadCallback
        told = dict(form)
        end = ENDS.get(told.get("MessageStatus", ""))
        code = told.get("ErrorCode")
        return TextCallback(
            provider_ref=told.get("MessageSid"),
            end=end,
            why=f"twilio_{code_of(code)}" if code and end == "failed" else None,
        )


def signature_of(url: str, form: list[tuple[str, str]], token: str) -> bytes:
    """Return the signature of a request to `url` with these fields."""
    signed = url + "".join(name + value for name, value in sorted(set(form)))
    return b64encode(hmac.digest(token.encode(), signed.encode(), "sha1"))


def without_port(url: str) -> str:
    """Return an address without its port: Twilio leaves one out in some of its signatures."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition(":")[0] if parts.port is not None else parts.netloc
    return urlunsplit(parts._replace(netloc=host))


def _made(body: bytes) -> SendingResult:
    try:
        made = msgspec.json.decode(body, type=TwilioMessage)
    except msgspec.MsgspecError:
        return SendingResult(how="sent")
    return SendingResult(how="sent", provider_ref=made.sid)


def _code_in(body: bytes) -> int | None:
    try:
        return msgspec.json.decode(body, type=TwilioProblem).code
    except msgspec.MsgspecError:
        return None
