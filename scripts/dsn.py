"""PostgreSQL DSNs: change the database, split off the password, host and port for messages."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit


def with_database(dsn: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{name}"))


def database_of(dsn: str) -> str:
    """The database's name."""
    return unquote(urlsplit(dsn).path.lstrip("/")) or "postgres"


def without_password(dsn: str) -> tuple[str, str | None]:
    """The DSN without its password (for command lines, which `ps` shows), and the password."""
    parts = urlsplit(dsn)
    if parts.password is None:
        return dsn, None
    credentials, _, address = parts.netloc.rpartition("@")
    user = credentials.split(":", 1)[0]
    return urlunsplit(parts._replace(netloc=f"{user}@{address}")), unquote(parts.password)


def place_of(dsn: str) -> str:
    """Host and port for messages; never a part of the password."""
    parts = urlsplit(dsn)
    if "@" in parts.path + parts.query + parts.fragment:
        return "a place unknown (a password must be percent-encoded)"
    query = parse_qs(parts.query)
    host = parts.hostname or query.get("host", ["localhost"])[0]
    port = parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2]
    return f"{host}:{port or query.get('port', ['5432'])[0]}"
