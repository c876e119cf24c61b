"""Opening a connection: what DATABASE_URL asks for, and one sentence for each way it fails."""

from __future__ import annotations

import os
import socket
import ssl
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import asyncpg
from asyncpg.exceptions import ClientConfigurationError, TargetServerAttributeNotMatched

from seating.hosts import first_of, notice_silence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

CONNECT_SECONDS: Final = 10.0
FAILURES: Final = (
    OSError,
    ValueError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What asyncpg raises when no connection opens; TimeoutError and ssl.SSLError are OSErrors."""

NO_OTHER: Final = frozenset[str]()
# libpq's words that asyncpg would send as settings of the server, which then refuses them; each
# with the values that ask for nothing asyncpg does not do anyway.
LIBPQ_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "channel_binding": frozenset({"disable", "prefer"}),
    "client_encoding": frozenset({"utf8", "utf-8", "unicode"}),
    "fallback_application_name": NO_OTHER,
    "gssdelegation": frozenset({"0"}),
    "gssencmode": frozenset({"disable", "prefer"}),
    "hostaddr": NO_OTHER,
    "keepalives": NO_OTHER,
    "keepalives_count": NO_OTHER,
    "keepalives_idle": NO_OTHER,
    "keepalives_interval": NO_OTHER,
    "load_balance_hosts": frozenset({"disable"}),
    "max_protocol_version": frozenset({"3.0", "latest"}),
    "min_protocol_version": frozenset({"3.0"}),
    "oauth_client_id": NO_OTHER,
    "oauth_client_secret": NO_OTHER,
    "oauth_issuer": NO_OTHER,
    "oauth_scope": NO_OTHER,
    "replication": frozenset({"0", "false", "off", "no"}),
    "require_auth": NO_OTHER,
    "requirepeer": NO_OTHER,
    "requiressl": frozenset({"0"}),
    "scram_client_key": NO_OTHER,
    "scram_server_key": NO_OTHER,
    "sslcertmode": frozenset({"allow"}),
    "sslcompression": frozenset({"0"}),
    "sslcrldir": NO_OTHER,
    "sslkeylogfile": NO_OTHER,
    "sslsni": frozenset({"1"}),
    "tcp_user_timeout": NO_OTHER,
}
CERTIFICATES: Final = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
SECRETS: Final = frozenset({"oauth_client_secret", "scram_client_key", "scram_server_key"})
INSTEAD: Final = {
    "channel_binding": "use sslmode=verify-full",
    "hostaddr": "name the address as the host",
    "requiressl": "use sslmode=require",
    "sslcrldir": "name one file as sslcrl",
}

# The nearer class first.
REFUSALS: Final[Mapping[type[asyncpg.PostgresError], str]] = {
    asyncpg.InvalidPasswordError: "it refuses the password",
    asyncpg.InvalidAuthorizationSpecificationError: "it does not let this user in",
    asyncpg.InvalidCatalogNameError: "it has no such database",
    asyncpg.TooManyConnectionsError: "all connections it allows are taken",
    asyncpg.CannotConnectNowError: "it is not ready, try again in a moment",
    asyncpg.UndefinedObjectError: "it does not know a setting that DATABASE_URL names",
    asyncpg.CantChangeRuntimeParamError: "it refuses a setting that DATABASE_URL names",
    asyncpg.InvalidParameterValueError: "it refuses a setting that DATABASE_URL names",
    asyncpg.ConnectionDoesNotExistError: "it hung up without a word of PostgreSQL",
}


class NoConnectionError(Exception):
    """No connection opens; the message is the sentence to show, without the password."""


class ReadDsn(NamedTuple):
    """A DSN that asyncpg reads as libpq would, and the keywords that go with it."""

    dsn: str
    keywords: dict[str, Any]


async def connect(dsn: str, settings: Mapping[str, str]) -> asyncpg.Connection[asyncpg.Record]:
    """Open a connection with these settings of the server. Raises NoConnectionError."""
    target = read_dsn(dsn)
    try:
        return await open_connection(target.dsn, server_settings=dict(settings), **target.keywords)
    except FAILURES as error:
        raise no_connection(dsn, error) from None


async def open_connection(dsn: str, **more: Any) -> asyncpg.Connection[asyncpg.Record]:  # noqa: ANN401
    """Open a connection to the host of the DSN that takes it; `more`: as for asyncpg.connect.

    Raises what asyncpg does (FAILURES).
    """
    connection = await first_of(dsn, lambda one: asyncpg.connect(one, **more))
    notice_silence(connection)
    return connection


def no_connection(dsn: str, error: Exception) -> NoConnectionError:
    """Return the error that says why this DSN opens no connection."""
    return NoConnectionError(
        f"DATABASE_URL leads to {place_of(dsn)}, where no database opens: {why(dsn, error)}."
    )


def read_dsn(dsn: str) -> ReadDsn:
    """Translate libpq's words in a DSN. Raises NoConnectionError for one that cannot be."""
    keywords: dict[str, Any] = {"timeout": CONNECT_SECONDS}
    try:
        parts = urlsplit(dsn)
        said = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError as error:
        raise no_connection(dsn, error) from None
    kept = [(word, value) for word, value in said if not _translated(dsn, word, value, keywords)]
    if len(kept) == len(said):
        return ReadDsn(dsn, keywords)
    query = urlencode(kept, quote_via=quote, safe="/:,")
    return ReadDsn(urlunsplit(parts._replace(query=query)), keywords)


def _translated(dsn: str, word: str, value: str, keywords: dict[str, Any]) -> bool:
    """Tell whether the word is none for asyncpg, having put what it asks for into `keywords`."""
    if word == "connect_timeout":
        keywords["timeout"] = _seconds(dsn, value)
    elif word == "sslrootcert" and value == "system":
        keywords["ssl"] = ssl.create_default_context()
    elif word == "servicefile":
        keywords["servicefile"] = value
    elif word in LIBPQ_WORDS:
        if value.lower() not in LIBPQ_WORDS[word] and word != "fallback_application_name":
            said = word if word in SECRETS else f"{word}={value}"
            instead = INSTEAD.get(word, "leave it out")
            raise NoConnectionError(
                f"DATABASE_URL says {said}, which our client of PostgreSQL cannot do: {instead}."
            )
    else:
        return False
    return True


def _seconds(dsn: str, value: str) -> float | None:
    """Return libpq's connect_timeout: at least 2 s; zero, negative or empty is to wait forever."""
    try:
        seconds = int(value or "0")
    except ValueError:
        raise no_connection(
            dsn, ClientConfigurationError("connect_timeout is a whole number of seconds")
        ) from None
    return max(2.0, seconds) if seconds > 0 else None


def why(dsn: str, error: Exception) -> str:
    """Return why a connection failed, in a few words without a part of the password."""
    if isinstance(error, asyncpg.PostgresError):
        return _why_refused(dsn, error)
    if isinstance(error, OSError):
        return _why_not_reached(error, _unreadable(dsn))
    if isinstance(error, TargetServerAttributeNotMatched):
        return "none of its servers is as target_session_attrs asks"
    if isinstance(error, ClientConfigurationError):
        words = str(error).splitlines()[0].rstrip(".")
        return "the address is not a PostgreSQL address" if _secret_in(dsn, words) else words
    return "the address is not a PostgreSQL address"


def _why_refused(dsn: str, error: asyncpg.PostgresError) -> str:
    """Return why the server refused the connection."""
    words = next((words for kind, words in REFUSALS.items() if isinstance(error, kind)), "it says")
    said = str(error).splitlines()[0].rstrip(".")
    return words if _secret_in(dsn, said) else f"{words}: {said}"


def _why_not_reached(error: OSError, file: str) -> str:
    """Return why nothing answered, or nothing we could speak with; `file`: one we cannot read.

    Python does not name the file of certificates that it could not read.
    """
    match error:
        case TimeoutError():
            words = "no answer in time"
        case ssl.SSLCertVerificationError():
            words = f"its certificate is not trusted: {error.verify_message.rstrip('.')}"
        case ssl.SSLError():
            words = f"TLS fails: {error.reason or error}"
        case socket.gaierror():
            words = "no host has this name"
        case FileNotFoundError() | PermissionError() | IsADirectoryError() if file:
            words = f"the file {file} cannot be read: {error.strerror}"
        case ConnectionError() if "SSL upgrade" in str(error):
            words = "it does not speak TLS, which sslmode asks for"
        case ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
            words = "it hung up without a word of PostgreSQL"
        case PermissionError():
            words = "this system user may not use its socket"
        case _:
            words = "nothing listens there"
    return words


def _unreadable(dsn: str) -> str:
    """Return the first file of certificates in the DSN that cannot be read, empty if none."""
    try:
        query = parse_qs(urlsplit(dsn).query)
    except ValueError:
        return ""
    files = (path for word in CERTIFICATES for path in query.get(word, ()))
    return next((path for path in files if not os.access(path, os.R_OK)), "")


def _secret_in(dsn: str, words: str) -> bool:
    """Tell whether the words repeat a piece of the DSN that may be of the password."""
    beyond = dsn.partition("://")[2]
    secret = beyond.rpartition("@")[0].partition(":")[2]
    pieces = {*secret.split("/"), *unquote(secret).split("/")}
    return any(piece and piece in words for piece in pieces)


def place_of(dsn: str) -> str:
    """Host and port for messages; never a part of the password."""
    try:
        parts = urlsplit(dsn)
    except ValueError:
        return "a place unknown"
    if "@" in parts.path + parts.query + parts.fragment:
        return "a place unknown (a password must be percent-encoded)"
    return _host_and_port(parts)


def _host_and_port(parts: SplitResult) -> str:
    query = parse_qs(parts.query)
    written = parts.netloc.rpartition("@")[2]
    if "," in written:
        return written
    host = parts.hostname or query.get("host", ["localhost"])[0]
    port = written.rpartition("]")[2].partition(":")[2]
    return f"{host}:{port or query.get('port', ['5432'])[0]}"
