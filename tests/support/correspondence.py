"""Guests with addresses, a mail server and a provider of text messages on this machine.

Both are real servers: the mail server is aiosmtpd's, the provider checks each request as its
documents say and signs its callbacks by itself. Neither uses the code that it is to check.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl

from aiosmtpd.smtp import SMTP, Envelope, Session
from standardwebhooks import Webhook

from seating.book.guests import Contact
from seating.booking.making import BookingRequest
from seating.correspondence.courier import NoticeCourier
from seating.correspondence.mailing import mail_server_of
from seating.correspondence.set_up import PostOffice, TextAccount, gateway_of
from seating.db import ACTING
from tests.support.house import CLOCK, SEVEN

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from datetime import datetime
    from email.message import EmailMessage

    from seating.db import Pool
    from tests.support.webhooks import Watch

PUBLIC = "https://maitred.test"
SENDER = "tables@book.example"
MAIL = "ada@guests.example"
MOBILE = "+4915112345678"
ACCOUNT = "AC00000000000000000000000000000001"
TOKEN = "an auth token"
WHSEC = "whsec_" + b64encode(b"0123456789abcdef0123456789abcdef").decode()

Manner = str
"""The answer to a mail's data, or to its recipient where it begins with RCPT; or "drop": none."""

STATES = """
select kind, status, coalesce(why, '') as why, coalesce(channel, '') as channel
from guest_notice order by seq
"""


def ada(
    *,
    starts: datetime = SEVEN,
    party_size: int = 2,
    email: str | None = MAIL,
    phone: str | None = None,
    locale: str | None = None,
    name: str = "Ada",
) -> BookingRequest:
    """A booking by a guest who can be written to."""
    return BookingRequest(
        starts=starts,
        party_size=party_size,
        guest=Contact(name=name, phone=phone, email=email, locale=locale),
        accepted_house_rules=3,
    )


@contextmanager
def by_staff(staff_id: str = "anna") -> Iterator[None]:
    """What a person of the house does, as their session says it."""
    token = ACTING.set(staff_id)
    try:
        yield
    finally:
        ACTING.reset(token)


@dataclass
class MailCatcher:
    """Takes mails in the manners given, one a mail, the last of them from then on."""

    manners: list[Manner]
    inbox: list[EmailMessage] = field(default_factory=list)
    tried: int = 0
    port: int = 0
    tls: list[bool] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event | None = None
    recipients: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.manners[0].startswith("RCPT"):
            self.tried += 1
            return self._manner().removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.tried += 1
        self.tls.append(session.ssl is not None)
        manner = self._manner()
        assert isinstance(envelope.content, bytes)
        if manner.startswith("250") or manner == "drop":
            parsed: Any = message_from_bytes(envelope.content, policy=policy.default)
            self.inbox.append(parsed)
            self.recipients += envelope.rcpt_tos
        self.came.set()
        if self.go_on is not None:
            await self.go_on.wait()
        if manner == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return manner if manner[:3].isdigit() else "250 OK"

    def _manner(self) -> str:
        return self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]


@asynccontextmanager
async def mail_catcher(
    *manners: Manner,
    starttls: ssl.SSLContext | None = None,
    implicit: ssl.SSLContext | None = None,
) -> AsyncIterator[MailCatcher]:
    """A mail server that is open."""
    catcher = MailCatcher(list(manners) or ["250 OK"])

    def talk() -> SMTP:
        return SMTP(
            catcher, hostname="mail.example", tls_context=starttls,
            require_starttls=starttls is not None, enable_SMTPUTF8=True,
        )  # fmt: skip

    loop = asyncio.get_running_loop()
    server = await loop.create_server(talk, "127.0.0.1", 0, ssl=implicit)
    catcher.port = server.sockets[0].getsockname()[1]
    try:
        yield catcher
    finally:
        server.close()


@dataclass
class Sms:
    """A text message that the provider took: what was asked, and to which address it reports."""

    to: str
    text: str
    callback: str
    id: str


@dataclass
class TextProvider:
    """A provider in one of two forms; answers with the statuses given, the last from then on."""

    form: Literal["twilio", "signed"]
    answers: list[tuple[int, dict[str, Any]]]
    sent: list[Sms] = field(default_factory=list)
    tried: int = 0
    faults: list[str] = field(default_factory=list)
    port: int = 0
    headers: list[dict[str, str]] = field(default_factory=list)
    before_answer: Callable[[Sms], Awaitable[object]] | None = None

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.partition(": ") for line in head[1:] if line)
        headers = {name.lower(): value for name, _, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        self.tried += 1
        self.headers.append(headers)
        status, answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        try:
            asked = (
                self.twilio(head[0], headers, body)
                if self.form == "twilio"
                else self.signed(headers, body)
            )
            if status < 300:
                self.sent.append(asked)
                answer |= {"sid": asked.id, "id": asked.id}
                if self.before_answer is not None:
                    await self.before_answer(asked)
        except Exception as error:  # noqa: BLE001 - the test that looks at the faults fails
            self.faults.append(repr(error))
            status = 400
        text = json.dumps(answer).encode()
        writer.write(f"HTTP/1.1 {status} So\r\nContent-Length: {len(text)}\r\n\r\n".encode() + text)
        await writer.drain()
        writer.close()

    def twilio(self, line: str, headers: dict[str, str], body: bytes) -> Sms:
        """What Twilio refuses a request for."""
        assert line.split(" ")[:2] == ["POST", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"]
        login = b64decode(headers["authorization"].removeprefix("Basic ")).decode()
        assert login == f"{ACCOUNT}:{TOKEN}"
        assert headers["content-type"] == "application/x-www-form-urlencoded"
        form = dict(parse_qsl(body.decode(), strict_parsing=True))
        assert form.keys() == {"To", "From", "Body", "StatusCallback"}
        assert form["From"] == "Maitred"
        return Sms(form["To"], form["Body"], form["StatusCallback"], f"SM{len(self.sent):032d}")

    def signed(self, headers: dict[str, str], body: bytes) -> Sms:
        """What a gateway refuses a request for."""
        Webhook(WHSEC).verify(body, headers)
        asked = json.loads(body)
        assert headers["webhook-id"] == asked["id"]
        assert asked["from"] == "Maitred"
        return Sms(asked["to"], asked["text"], asked["callback_url"], f"gw-{len(self.sent)}")


def twilio_signature(url: str, form: dict[str, str], token: str = TOKEN) -> str:
    """As "Security" of Twilio's documents says it."""
    text = url + "".join(f"{name}{form[name]}" for name in sorted(form))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return b64encode(digest).decode()


@asynccontextmanager
async def text_provider(
    form: Literal["twilio", "signed"], *answers: tuple[int, dict[str, Any]]
) -> AsyncIterator[TextProvider]:
    """A provider that is open; no request may be against its documents."""
    provider = TextProvider(form, list(answers) or [(201, {})])
    server = await asyncio.start_server(provider.talk, "127.0.0.1", 0)
    provider.port = server.sockets[0].getsockname()[1]
    try:
        yield provider
    finally:
        server.close()
        await server.wait_closed()
    assert provider.faults == []


def office(
    mail: MailCatcher | None = None,
    texts: TextProvider | None = None,
    *,
    scheme: str = "smtp",
    public: str = PUBLIC,
) -> PostOffice:
    """How notices leave in a test."""
    server = mail_server_of(f"{scheme}://localhost:{mail.port}", SENDER) if mail else None
    return PostOffice(
        mail=server,
        texts=gateway_of(account_at(texts)) if texts else None,
        provider=texts.form if texts else "",
        public=public,
    )


def account_at(provider: TextProvider) -> TextAccount:
    """The house's account at a provider."""
    return TextAccount(
        provider=provider.form,
        url=f"http://127.0.0.1:{provider.port}",
        account=ACCOUNT,
        secret=TOKEN if provider.form == "twilio" else WHSEC,
        sender="Maitred",
    )


def notice_courier(pool: Pool, watch: Watch, by: PostOffice) -> NoticeCourier:
    """A courier without jitter, whose retries come as late as they may."""
    return NoticeCourier(pool, CLOCK, by, now=watch, jitter=lambda: 1.0)


async def states(pool: Pool) -> list[tuple[str, str, str, str]]:
    """Every notice: its kind, status, why, and channel."""
    return [tuple(row) for row in await pool.fetch(STATES)]


def text_in(mail: EmailMessage) -> str:
    """The text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
