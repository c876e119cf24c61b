"""PostgreSQL DSNs: change the database or the role, split off the password."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit


def with_database(dsn: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{name}"))


def database_of(dsn: str) -> str:
    """The database's name."""
    return unquote(urlsplit(dsn).path.lstrip("/")) or "postgres"


def user_of(dsn: str) -> str:
    """The role's name; empty where the DSN leaves it to the environment."""
    parts = urlsplit(dsn)
    return unquote(parts.username or "") or dict(parse_qsl(parts.query)).get("user", "")


def with_user(dsn: str, name: str) -> str:
    """The same server and database, another role, without a password."""
    parts = urlsplit(dsn)
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(name, safe='')}@{address}"))


def without_password(dsn: str) -> tuple[str, str | None]:
    """The DSN without its password (for command lines, which `ps` shows), and the password."""
    parts = urlsplit(dsn)
    said = parse_qsl(parts.query, keep_blank_values=True)
    words = [(name, value) for name, value in said if name != "password"]
    password = dict(said).get("password")
    if len(words) != len(said):
        parts = parts._replace(query=urlencode(words, quote_via=quote, safe="/:,"))
    if parts.password is not None:
        password = unquote(parts.password)
        credentials, _, address = parts.netloc.rpartition("@")
        user = credentials.split(":", 1)[0]
        parts = parts._replace(netloc=f"{user}@{address}")
    return urlunsplit(parts), password
