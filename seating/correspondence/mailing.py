"""One mail to a mail server (RFC 5321): how it is reached, what it says, what its answer means.

The address is `smtp://` (STARTTLS where the server offers it), `smtp+starttls://` (STARTTLS or
nothing) or `smtps://` (TLS from the first byte). Certificates are checked in all three, and a
password is given over TLS only, or on this machine.
"""

import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from email.utils import format_datetime
from functools import cached_property
from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from msgspec import Struct

from policies.correspondence.html_mail import html_text
from policies.correspondence.words import Mail, plain_text
from policies.house.house import Venue
from seating.clock import wall_now

SECONDS: Final = 20.0
"""Timeout of each step of a conversation with a mail server."""
GOODBYE_SECONDS: Final = 2.0
TRANSIENT: Final = range(400, 500)
PORTS: Final = {"smtp": 587, "smtp+starttls": 587, "smtps": 465}

TlsOfMail = Literal["offered", "required", "implicit"]


class MailServerError(ValueError):
    """An address of a mail server that cannot be read, or that gives a password in clear."""


class MailServer(Struct, frozen=True, kw_only=True, dict=True):
    """A mail server. `sender`: the address mails come from, empty: the house's own."""

    host: str
    port: int
    tls: TlsOfMail
    user: str = ""
    password: str = ""
    sender: str = ""

    def __repr__(self) -> str:
        return f"MailServer({self.host!r}, {self.port})"

    @cached_property
    def trust(self) -> ssl.SSLContext:
        """What its certificate is checked against."""
        return ssl.create_default_context()


class MailToSend(Struct, frozen=True, kw_only=True):
    """A mail and to whom; `calendar`: a file beside it; `stop`: where one tap ends messages."""

    notice_id: UUID
    to: str
    mail: Mail
    venue: Venue
    calendar: bytes | None = None
    stop: str = ""


class SendingResult(Struct, frozen=True, kw_only=True):
    """How an attempt ended: `sent`, to be tried `again`, `refused` for good, or `unknown`.

    `why`: a short code of the answer, without any address. `wait`: as a provider asked for.
    `unwanted`: the guest asked the provider for no more.
    """

    how: Literal["sent", "again", "refused", "unknown"]
    why: str | None = None
    wait: str | None = None
    provider_ref: str | None = None
    unwanted: bool = False


def mail_server_of(url: str, sender: str = "") -> MailServer:
    """Return the server of an address such as smtps://user:password@mail.house:465.

    Raises MailServerError.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise MailServerError(str(error)) from None
    if parts.scheme not in PORTS or not host or parts.path not in {"", "/"} or parts.query:
        raise MailServerError("it is no address such as smtps://user:password@mail.example.com")
    server = MailServer(
        host=host,
        port=port or PORTS[parts.scheme],
        tls=_TLS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )
    if server.password and server.tls == "offered" and not is_here(host):
        raise MailServerError("a password needs smtps:// or smtp+starttls://")
    return server


def is_here(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def sender_of(server: MailServer, venue: Venue) -> str | None:
    """Return the address that a house's mails come from, None where it has none."""
    return server.sender or venue.email


def written_mail(send: MailToSend, sender: str) -> EmailMessage:
    """Return the mail as it goes out. Raises ValueError for an address that cannot be one."""
    message, venue = EmailMessage(policy=MAIL_POLICY), send.venue
    message["From"] = Address(display_name=venue.name, addr_spec=sender)
    message["To"] = Address(addr_spec=send.to)
    message["Subject"] = send.mail.subject
    message["Date"] = format_datetime(wall_now())
    message["Message-ID"] = f"<{send.notice_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = send.mail.language
    if venue.email and venue.email != sender:
        message["Reply-To"] = Address(display_name=venue.name, addr_spec=venue.email)
    if send.stop:
        message["List-Unsubscribe"] = f"<{send.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(plain_text(send.mail))
    message.add_alternative(html_text(send.mail), subtype="html")
    if send.calendar is not None:
        _attach(message, send.calendar)
    return message


async def send_mail(server: MailServer, send: MailToSend) -> SendingResult:
    """Give one mail to the server; never raises for one that fails.

    Once it has answered to the end of the data it has the mail; a connection that breaks while that
    is awaited leaves open whether it has.
    """
    sender = sender_of(server, send.venue)
    if sender is None or not send.to.isascii():
        return SendingResult(how="refused", why="address")
    try:
        message = written_mail(send, sender)
    except ValueError:
        return SendingResult(how="refused", why="address")
    client = _client(server, sender)
    try:
        return await _given(client, sender, send.to, message.as_bytes())
    except aiosmtplib.SMTPResponseException as answer:
        return _result_of(answer.code)
    except aiosmtplib.SMTPNotSupported:
        return SendingResult(how="refused", why="address")
    except (aiosmtplib.SMTPException, OSError) as error:
        return SendingResult(how="again", why=_code_of(error))
    finally:
        client.close()


async def _given(client: aiosmtplib.SMTP, sender: str, to: str, mail: bytes) -> SendingResult:
    """Give the mail over. Raises SMTPException, OSError for what surely failed."""
    await client.connect()
    await client.mail(sender)
    await client.rcpt(to)
    try:
        await client.data(mail)
    except aiosmtplib.SMTPResponseException:
        raise
    except (aiosmtplib.SMTPException, OSError) as error:
        return SendingResult(how="unknown", why=_code_of(error))
    with suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=GOODBYE_SECONDS)
    return SendingResult(how="sent")


_TLS: Final[dict[str, TlsOfMail]] = {
    "smtp": "offered",
    "smtp+starttls": "required",
    "smtps": "implicit",
}


def _client(server: MailServer, sender: str) -> aiosmtplib.SMTP:
    start: dict[TlsOfMail, bool | None] = {"offered": None, "required": True, "implicit": False}
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user or None,
        password=server.password or None,
        # Otherwise the machine's own name is looked up, which blocks the loop.
        local_hostname=sender.rpartition("@")[2],
        timeout=SECONDS,
        use_tls=server.tls == "implicit",
        start_tls=start[server.tls],
        tls_context=server.trust,
    )


def _result_of(code: int) -> SendingResult:
    """4xx is tried again, 5xx is the end (RFC 5321, section 4.2.1)."""
    return SendingResult(how="again" if code in TRANSIENT else "refused", why=f"smtp_{code}")


def _code_of(error: BaseException) -> str:
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"smtp_{error.code}"
    if isinstance(error, TimeoutError):
        return "no_answer"
    of_tls = any(isinstance(each, ssl.SSLError) for each in (error, error.__cause__))
    return "certificate" if of_tls else "no_connection"


def _attach(message: EmailMessage, calendar: bytes) -> None:
    message.add_attachment(
        calendar,
        maintype="text",
        subtype="calendar",
        filename="reservation.ics",
        params={"charset": "utf-8"},
    )
