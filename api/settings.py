"""Settings read from environment variables. Never printed: a DSN holds a password."""

import os
import re
from collections.abc import Mapping
from datetime import time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct, ValidationError, convert

from seating.access.credentials import Pepper
from seating.access.request_limits import REQUESTS_PER_MINUTE
from seating.correspondence.mailing import MailServerError, is_here, mail_server_of
from seating.correspondence.set_up import PostOffice, TextAccount, TextProvider, gateway_of
from seating.correspondence.texting import TextGateway
from seating.keys import KeyTextError, keys_in
from seating.webhooks.sealed_secrets import Seal, key_in

# Who runs the periodic jobs: this process, another process, or nobody (tests).
Jobs = Literal["embedded", "elsewhere", "none"]
Networks = tuple[IPv4Network | IPv6Network, ...]

VARIABLES = {
    "DATABASE_URL": "database_url",
    "MAITRED_OWNER_URL": "owner_url",
    "MAITRED_DEMO": "demo",
    "MAITRED_PRODUCTION": "production",
    "MAITRED_JOBS": "jobs",
    "MAITRED_SECURE_COOKIES": "secure_cookies",
    "MAITRED_TRUSTED_PROXIES": "trusted_proxies",
    "MAITRED_POOL_MIN": "pool_min",
    "MAITRED_POOL_MAX": "pool_max",
    "MAITRED_MAX_BODY_BYTES": "max_body_bytes",
    "MAITRED_SECRETS_KEY": "secrets_key",
    "MAITRED_KEY_FILE": "key_file",
    "MAITRED_WEBHOOKS_TO_LOOPBACK": "webhooks_to_loopback",
    "MAITRED_METRICS_TOKEN": "metrics_token",
    "MAITRED_REQUESTS_PER_MINUTE": "requests_per_minute",
    "MAITRED_LIMIT_FACTOR": "limit_factor",
    "MAITRED_PUBLIC_URL": "public_url",
    "MAITRED_AUTHORITY": "authority",
    "MAITRED_BACKUPS": "backups",
    "MAITRED_BACKUPS_KEPT": "backups_kept",
    "MAITRED_BACKUPS_AT": "backups_at",
    "MAITRED_CODE": "code",
    "MAITRED_SMTP_URL": "smtp_url",
    "MAITRED_MAIL_FROM": "mail_from",
    "MAITRED_TEXT_PROVIDER": "text_provider",
    "MAITRED_TEXT_URL": "text_url",
    "MAITRED_TEXT_ACCOUNT": "text_account",
    "MAITRED_TEXT_SECRET": "text_secret",
    "MAITRED_TEXT_FROM": "text_from",
}
JOBS_WORDS = {"1": "embedded", "0": "elsewhere"}
THIS_MACHINE = "127.0.0.1, ::1"
PUBLIC_URL: Final = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?")


class SettingsError(Exception):
    """A variable is missing or cannot be parsed; the message names it."""


class Settings(Struct, frozen=True, kw_only=True):
    """`demo`: a movable clock and the /demo routes; refused in production.

    `owner_url`: the database as the role that owns its tables (seating/roles.py), for backups; when
    empty there is one role for everything. `secrets_key`: the key that webhook signing secrets are
    encrypted with (seating/webhooks/sealed_secrets.py) and others are derived from (for PINs, for
    backups); when empty, the key in `key_file`, which is created if missing.
    `webhooks_to_loopback`: allow webhook endpoints on this machine, for developing a receiver.
    `backups`: the folder in which the jobs keep nightly backups, none when empty; the newest
    `backups_kept` stay; `backups_at`: when, in the local time of the (first) house; `code`: which
    code this is, such as a commit, for what a backup says of itself.

    `trusted_proxies`: addresses and networks, parted by commas, whose X-Forwarded-For and -Proto
    (or Forwarded) are believed. `secure_cookies`: None follows the browser's own scheme, and
    refuses tablets over plain http except on this machine; True: every browser comes by TLS, though
    the proxy does not say so; False: plain http is allowed, in a network of one's own.

    `public_url`: where guests reach the service, such as https://book.example.com; links are made
    from it (api/edge/public_address.py). `authority`: the certificate that tablets of the house are
    to trust, a file given to whoever asks (api/guest/new_tablet.py). `limit_factor`: what the
    limits per address, tablet and Google client (api/edge/limits.py) are multiplied by.

    `smtp_url`: the mail server for messages to guests, such as smtps://user:password@mail.house;
    `mail_from`: the address they come from, the house's own where it is empty. `text_provider`:
    who sends text messages, with the provider's address, account, secret and our sender there
    (seating/correspondence/set_up.py). Without them guests are not written to.
    """

    database_url: Annotated[str, Meta(min_length=1)]
    owner_url: str = ""
    demo: bool = False
    production: bool = False
    jobs: Jobs = "elsewhere"
    secure_cookies: bool | None = None
    trusted_proxies: Annotated[str, Meta(max_length=2000)] = THIS_MACHINE
    pool_min: Annotated[int, Meta(ge=0, le=100)] = 2
    pool_max: Annotated[int, Meta(ge=1, le=500)] = 10
    max_body_bytes: Annotated[int, Meta(ge=1024, le=100_000_000)] = 262_144
    secrets_key: str = ""
    key_file: str = ""
    webhooks_to_loopback: bool = False
    metrics_token: Annotated[str, Meta(max_length=400)] = ""
    requests_per_minute: Annotated[int, Meta(ge=1, le=1_000_000)] = REQUESTS_PER_MINUTE
    limit_factor: Annotated[float, Meta(ge=1, le=100_000)] = 1.0
    public_url: Annotated[str, Meta(max_length=300)] = ""
    authority: Annotated[str, Meta(max_length=4000)] = ""
    backups: Annotated[str, Meta(max_length=4000)] = ""
    backups_kept: Annotated[int, Meta(ge=1, le=1000)] = 7
    backups_at: str = "04:30"
    code: Annotated[str, Meta(max_length=200)] = ""
    smtp_url: Annotated[str, Meta(max_length=1000)] = ""
    mail_from: Annotated[str, Meta(max_length=254)] = ""
    text_provider: TextProvider = ""
    text_url: Annotated[str, Meta(max_length=1000)] = ""
    text_account: Annotated[str, Meta(max_length=200)] = ""
    text_secret: Annotated[str, Meta(max_length=200)] = ""
    text_from: Annotated[str, Meta(max_length=60)] = ""

    def __post_init__(self) -> None:
        if self.demo and self.production:
            raise SettingsError("MAITRED_DEMO is refused while MAITRED_PRODUCTION is on.")
        if self.production and not (self.secrets_key or self.key_file):
            message = (
                "MAITRED_PRODUCTION needs MAITRED_KEY_FILE (or MAITRED_SECRETS_KEY): PINs and"
                " webhook secrets are kept with that key."
            )
            raise SettingsError(message)
        if self.webhooks_to_loopback and self.production:
            message = "MAITRED_WEBHOOKS_TO_LOOPBACK is refused while MAITRED_PRODUCTION is on."
            raise SettingsError(message)
        if self.pool_min > self.pool_max:
            raise SettingsError("MAITRED_POOL_MIN is larger than MAITRED_POOL_MAX.")
        networks_in(self.trusted_proxies)
        require_address(self.public_url)
        if self.production and not self.public_url:
            raise SettingsError(
                "MAITRED_PUBLIC_URL is not set: it is the address where guests reach this service,"
                " such as https://book.example.com, and their links are made from it."
            )
        try:
            time.fromisoformat(self.backups_at)
        except ValueError:
            raise SettingsError("MAITRED_BACKUPS_AT is a time of day such as 04:30.") from None
        require_messages(self)

    @property
    def owner(self) -> str:
        """The database as the role that may change its schema."""
        return self.owner_url or self.database_url

    def __repr__(self) -> str:
        return f"Settings(demo={self.demo}, jobs={self.jobs!r}, pool_max={self.pool_max})"


def require_messages(settings: Settings) -> None:
    """Raise SettingsError unless what is set for messages to guests can be used.

    A demo's guests are invented, and their addresses may be somebody's: it writes to this machine.
    """
    try:
        if settings.smtp_url:
            server = mail_server_of(settings.smtp_url)
            if settings.demo and not is_here(server.host):
                raise SettingsError("MAITRED_SMTP_URL has to be on this machine in a demo.")
        text_gateway(settings)
    except (MailServerError, ValueError) as error:
        named = "MAITRED_SMTP_URL" if isinstance(error, MailServerError) else "MAITRED_TEXT_SECRET"
        raise SettingsError(f"{named} cannot be read: {error}.") from None
    if settings.mail_from and "@" not in settings.mail_from.strip("@"):
        raise SettingsError("MAITRED_MAIL_FROM is an address such as tables@book.example.com.")


def text_gateway(settings: Settings) -> TextGateway | None:
    """Who sends text messages; None where nobody is set. Raises SettingsError, ValueError."""
    needed = {
        "": (),
        "signed": ("text_url", "text_secret"),
        "twilio": ("text_account", "text_secret"),
    }
    for field in needed[settings.text_provider]:
        if not getattr(settings, field):
            raise SettingsError(f"MAITRED_{field.upper()} is not set: {settings.text_provider}.")
    away = not is_here(urlsplit(settings.text_url).hostname or "")
    if settings.text_provider and settings.demo and away:
        raise SettingsError("MAITRED_TEXT_URL has to be on this machine in a demo.")
    account = TextAccount(
        provider=settings.text_provider,
        url=settings.text_url,
        account=settings.text_account,
        secret=settings.text_secret,
        sender=settings.text_from,
    )
    return gateway_of(account)


def office_of(settings: Settings) -> PostOffice:
    """How messages to guests leave. Raises SettingsError."""
    mail = mail_server_of(settings.smtp_url, settings.mail_from) if settings.smtp_url else None
    return PostOffice(
        mail=mail,
        texts=text_gateway(settings),
        provider=settings.text_provider,
        public=settings.public_url,
    )


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the variables. Raises SettingsError with a message for the operator."""
    given = {field: environment[name] for name, field in VARIABLES.items() if environment.get(name)}
    if "database_url" not in given:
        raise SettingsError("DATABASE_URL is not set: it names the PostgreSQL database to use.")
    if "jobs" in given:
        given["jobs"] = JOBS_WORDS.get(given["jobs"], given["jobs"])
    for name, field in VARIABLES.items():
        if field in given:
            _check(name, field, given[field])
    return convert(given, Settings, strict=False)


def seal_of(settings: Settings) -> Seal | None:
    """The cipher for stored secrets; None where there is no key. Raises SettingsError."""
    keys = sealing_key(settings)
    return Seal(keys) if keys else None


def pepper_of(settings: Settings) -> Pepper | None:
    """What PINs are mixed with; None where there is no key. Raises SettingsError."""
    keys = sealing_key(settings)
    return Pepper(keys_in(keys)) if keys else None


def sealing_key(settings: Settings) -> str:
    """The sealing keys, each of them readable, from which others are derived (seating/keys.py).

    Empty where there is none. Raises SettingsError.
    """
    try:
        keys = settings.secrets_key
        if not keys and settings.key_file:
            keys = key_in(Path(settings.key_file))
        if keys:
            keys_in(keys)
    except KeyTextError as error:
        place = "MAITRED_SECRETS_KEY" if settings.secrets_key else f"The key in {settings.key_file}"
        raise SettingsError(f"{place} cannot be read: {error}.") from None
    except OSError as error:
        raise SettingsError(f"MAITRED_KEY_FILE cannot be read: {error.strerror}.") from None
    return keys


def networks_in(text: str) -> Networks:
    """Return the addresses and networks that a text lists. Raises SettingsError."""
    named = [each.strip() for each in text.split(",") if each.strip()]
    try:
        return tuple(ip_network(each) for each in named)
    except ValueError as error:
        message = (
            f"MAITRED_TRUSTED_PROXIES cannot be read: {error}. It lists addresses and networks, "
            "such as 127.0.0.1, 172.16.0.0/12."
        )
        raise SettingsError(message) from None


def require_address(text: str) -> None:
    """Raise SettingsError unless a text is empty or an http(s) address without anything behind."""
    try:
        parts = urlsplit(text)
        fine = bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if text and not (fine and PUBLIC_URL.fullmatch(text)):
        raise SettingsError(
            f"MAITRED_PUBLIC_URL cannot be read: {text!r} is no address such as"
            " https://book.example.com, with nothing behind the host or its port."
        )


def _check(name: str, field: str, value: str) -> None:
    try:
        convert(value, Settings.__annotations__[field], strict=False)
    except ValidationError as error:
        is_switch = Settings.__annotations__[field] in {bool, bool | None}
        why = f"it is 0 or 1, not {value}" if is_switch else error
        raise SettingsError(f"{name} cannot be read: {why}.") from None
