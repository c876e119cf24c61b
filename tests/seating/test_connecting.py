"""Each way a connection fails has words of its own; libpq's words are translated or named."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import ssl
import tempfile
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import asyncpg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scripts import embedded
from scripts.setup_venv import ROOT
from seating.connecting import (
    CONNECT_SECONDS,
    LIBPQ_WORDS,
    SECRETS,
    NoConnectionError,
    connect,
    no_connection,
    place_of,
    read_dsn,
)
from seating.db import open_pool
from seating.dsn import with_database
from seating.fitness import UnfitDatabaseError
from seating.migrate import migrate
from tests.support.database import execute

if TYPE_CHECKING:
    from collections.abc import Iterator

DOORS = """
local all,replication postgres trust
host all barred 127.0.0.1/32 reject
host all all 127.0.0.1/32 scram-sha-256
"""


class Guarded(NamedTuple):
    """A server that is reached by TCP, with passwords, and speaks no TLS."""

    inside: str
    port: int

    def dsn(self, user: str = "guest", password: str = "soup", query: str = "") -> str:
        return f"postgresql://{user}:{quote(password)}@127.0.0.1:{self.port}/maitred?{query}"


@pytest.fixture(scope="module")
def guarded() -> Iterator[Guarded]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = ("listen_addresses=127.0.0.1", f"port={port}", *embedded.UNSAFE_BUT_FAST)
    with embedded.scratch(*settings) as server:
        folder = embedded.pgdata(server.folder)
        (folder / "pg_hba.conf").write_text(DOORS)
        asyncio.run(prepare(server.dsn))
        yield Guarded(server.dsn, port)


async def prepare(dsn: str) -> None:
    await execute(
        dsn,
        """
        create role guest login password 'soup';
        create role barred login;
        create role lonely login password 'soup' connection limit 0;
        grant all on database maitred to guest;
        select pg_reload_conf();
        """,
    )


async def said(dsn: str) -> str:
    """What is said of a connection that does not open, which is one sentence."""
    with pytest.raises(NoConnectionError) as refused:
        await connect(dsn, {})
    words = str(refused.value)
    assert "\n" not in words
    assert words.endswith(".")
    with pytest.raises(NoConnectionError) as again:
        await open_pool(dsn)
    assert str(again.value) == words
    return words


async def test_a_wrong_password_is_told_apart(guarded: Guarded) -> None:
    words = await said(guarded.dsn(password="s3cret"))
    assert "it refuses the password" in words
    assert "s3cret" not in words


async def test_a_user_who_is_not_let_in_is_told_apart(guarded: Guarded) -> None:
    words = await said(guarded.dsn("barred"))
    assert "it does not let this user in: pg_hba.conf rejects connection" in words


async def test_a_missing_database_is_told_apart(template: str) -> None:
    words = await said(with_database(template, "nowhere"))
    assert 'it has no such database: database "nowhere" does not exist' in words


async def test_too_many_connections_are_told_apart(guarded: Guarded) -> None:
    words = await said(guarded.dsn("lonely"))
    assert 'all connections it allows are taken: too many connections for role "lonely"' in words


async def test_a_setting_the_server_does_not_know_is_named(template: str) -> None:
    words = await said(f"{template}&shoe_size=42")
    assert "it does not know a setting that DATABASE_URL names" in words
    assert '"shoe_size"' in words


async def test_a_setting_the_server_refuses_is_named(template: str) -> None:
    assert '"fsync"' in await said(f"{template}&fsync=off")
    assert '"work_mem"' in await said(f"{template}&work_mem=plenty")


async def test_a_server_without_tls_is_told_apart(guarded: Guarded) -> None:
    assert "it does not speak TLS" in await said(guarded.dsn(query="sslmode=require"))


async def test_a_missing_root_certificate_is_named(guarded: Guarded) -> None:
    given = guarded.dsn(query="sslmode=verify-full&sslrootcert=/nowhere/root.crt")
    assert "/nowhere/root.crt cannot be read: No such file" in await said(given)


async def test_the_usual_root_certificate_is_named_when_it_is_missing(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    words = await said(guarded.dsn(query="sslmode=verify-full"))
    assert f'root certificate file "{tmp_path}/.postgresql/root.crt" does not exist' in words


async def test_a_wrong_word_for_tls_is_told(guarded: Guarded) -> None:
    assert "`sslmode` parameter must be one of" in await said(guarded.dsn(query="sslmode=perhaps"))


async def test_a_certificate_that_is_not_trusted_is_told_apart(tmp_path: Path) -> None:
    """The embedded server speaks no TLS, so somebody else does in its place."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(write_certificate(tmp_path))

    async def impostor(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)
        writer.write(b"S")
        with suppress(OSError):
            await writer.start_tls(context)
        writer.close()

    async with await asyncio.start_server(impostor, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        dsn = f"postgresql://me@127.0.0.1:{port}/book?sslmode=verify-full&sslrootcert="
        assert "its certificate is not trusted: self" in await said(f"{dsn}system")
        (tmp_path / "root.crt").write_text("no certificate")
        assert "TLS fails: NO_CERTIFICATE" in await said(f"{dsn}{tmp_path}/root.crt")


def write_certificate(folder: Path) -> Path:
    """A key and a certificate that nobody signed, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "impostor.pem").write_bytes(made.public_bytes(pem) + secret)
    return folder / "impostor.pem"


@contextmanager
def standby_of(primary: str) -> Iterator[Path]:
    """The folder of a copy that follows the primary; nobody has started it."""
    folder = Path(tempfile.mkdtemp(prefix=embedded.SCRATCH_PREFIX))
    lock = embedded.take(folder)
    try:
        where = ["-D", str(embedded.pgdata(folder)), "-d", primary]
        embedded.run(["pg_basebackup", "-R", "-c", "fast", "--no-sync", "-X", "stream"], where)
        yield folder
    finally:
        embedded.stop_server(folder)
        shutil.rmtree(folder)
        os.close(lock)


async def test_a_standby_is_refused_from_its_start_until_it_is_promoted(guarded: Guarded) -> None:
    with standby_of(guarded.inside) as folder:
        embedded.launch(folder, ("hot_standby=off", *embedded.UNSAFE_BUT_FAST))
        dsn = embedded.running_dsn(folder)
        assert "it is not ready, try again in a moment" in await said(dsn)
        embedded.stop_server(folder)
        embedded.launch(folder, embedded.UNSAFE_BUT_FAST)
        assert "as target_session_attrs asks" in await said(f"{dsn}&target_session_attrs=primary")
        for refused in (open_pool, migrate):
            with pytest.raises(UnfitDatabaseError, match="maitred is a standby and takes no write"):
                await refused(dsn)
        await execute(dsn, "select pg_promote()")
        await (await open_pool(f"{dsn}&target_session_attrs=primary", min_size=1)).close()


async def test_what_is_not_postgresql_is_told_apart() -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as other:
        port = other.sockets[0].getsockname()[1]
        assert "it hung up without a word" in await said(f"postgresql://me@127.0.0.1:{port}/book")


@pytest.mark.parametrize(
    ("dsn", "words"),
    [
        (
            "postgresql://me:s3cret@127.0.0.1:1/book",
            "127.0.0.1:1, where no database opens: nothing",
        ),
        (
            "postgresql://me:s3cret@/book?host=/nowhere",
            "/nowhere:5432, where no database opens: no",
        ),
        ("postgresql://me:s3cret@127.0.0.1:port/book", "the address is not a PostgreSQL address"),
        ("postgresql://me:s3c/ret@127.0.0.1:1/book", "a password must be percent-encoded"),
        ("postgresql://me:s3cret@[::1/book", "the address is not a PostgreSQL address"),
        ("postgresql+asyncpg://me:s3cret@127.0.0.1/book", "got 'postgresql+asyncpg'"),
        ("postgresql://me:s3cret@no.such.host.invalid/book", "no host has this name"),
        ("postgresql://me:s3cret@127.0.0.1:1,127.0.0.1:2/b", "127.0.0.1:1,127.0.0.1:2, where"),
        ("postgresql://me@127.0.0.1/book?connect_timeout=soon", "whole number of seconds"),
    ],
)
async def test_an_address_that_leads_nowhere_is_told_without_the_password(
    dsn: str, words: str
) -> None:
    heard = await said(dsn)
    assert words in heard
    assert "s3c" not in heard


@pytest.mark.parametrize(
    ("dsn", "place"),
    [
        ("postgresql://me:pw@db.house:5433/book", "db.house:5433"),
        ("postgresql://me@db.house/book", "db.house:5432"),
        ("postgresql://me@/book?host=/run/pg&port=5434", "/run/pg:5434"),
        ("postgresql://me:pw@one:1,two:2/book", "one:1,two:2"),
    ],
)
def test_the_place_of_a_database_can_be_shown(dsn: str, place: str) -> None:
    assert place_of(dsn) == place


def test_every_connection_is_opened_where_its_failures_have_words() -> None:
    opened = {
        path.relative_to(ROOT).as_posix()
        for wing in ("api", "scripts", "seating")
        for path in (ROOT / wing).rglob("*.py")
        if re.search(r"asyncpg\.(connect|create_pool)\(|await Pool\(", path.read_text())
    }
    # The examination shares no code with the service; what its connection fails of is its affair.
    apart = "scripts/simulation/examination/rows.py"
    assert opened == {"seating/connecting.py", "seating/db.py", apart}


# The words of libpq


async def test_words_that_ask_for_nothing_special_are_left_out(template: str) -> None:
    spoken = "&".join(
        f"{word}={value}" for word, values in LIBPQ_WORDS.items() for value in sorted(values)
    )
    dsn = f"{template}&{spoken}&fallback_application_name=till&application_name=stand"
    connection = await connect(dsn, {})
    assert await connection.fetchval("show application_name") == "stand"
    await connection.close()


@pytest.mark.parametrize("word", sorted(set(LIBPQ_WORDS) - {"fallback_application_name"}))
async def test_words_that_cannot_be_kept_are_named(word: str) -> None:
    value = "s3cret" if word in SECRETS else "require"
    words = await said(f"postgresql://me:s3cret@127.0.0.1:1/book?{word}={value}")
    said_ = word if word in SECRETS else f"{word}=require"
    assert words.startswith(f"DATABASE_URL says {said_}, which our client of PostgreSQL cannot do")
    assert "s3c" not in words


@pytest.mark.parametrize(
    ("spoken", "seconds"),
    [("", CONNECT_SECONDS), ("?connect_timeout=7", 7), ("?connect_timeout=1", 2)],
)
def test_how_long_a_connection_is_waited_for_can_be_said(spoken: str, seconds: float) -> None:
    dsn = "postgresql://me@db.house/book"
    assert read_dsn(dsn + spoken) == (dsn, {"timeout": seconds})
    assert read_dsn(f"{dsn}?connect_timeout=0") == (dsn, {"timeout": None})


async def test_who_does_not_answer_is_waited_for_only_so_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        given = f"postgresql://me@127.0.0.1:{deaf.getsockname()[1]}/book?sslmode=disable"
        target = read_dsn(given)
        target.keywords["timeout"] = 0.05
        with pytest.raises(TimeoutError):
            await asyncpg.connect(target.dsn, **target.keywords)
    assert "no answer in time" in str(no_connection(given, TimeoutError()))


def test_what_is_not_ours_to_read_stays_as_it_was() -> None:
    dsn = "postgresql://me:p%40ss@one,two/book?options=-c%20geqo%3Doff&target_session_attrs=any"
    assert read_dsn(dsn).dsn == dsn
    more = read_dsn(f"{dsn}&channel_binding=prefer").dsn
    assert more == dsn.replace("%3D", "%3D")


async def test_settings_given_as_options_hold(template: str) -> None:
    connection = await connect(f"{template}&options=-c%20geqo%3Doff&connect_timeout=5", {})
    assert await connection.fetchval("show geqo") == "off"
    await connection.close()
