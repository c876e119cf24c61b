"""PostgreSQL DSNs: change the database, split off the password."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit, urlunsplit


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
