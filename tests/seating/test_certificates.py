"""The certificate made for a database: whoever trusts it trusts this server, by its name."""

from __future__ import annotations

import ssl
import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from seating.certificates import GOOD_FOR, make_certificate
from seating.clock import wall_now

if TYPE_CHECKING:
    from pathlib import Path


def shake_hands(key: Path, certificate: Path, name: str) -> str | None:
    """TLS between two ends in memory, the client's as strict as sslmode=verify-full."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.create_default_context(cafile=str(certificate))
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        client.wrap_bio(back, there, server_hostname=name),
        server.wrap_bio(there, back, server_side=True),
    ]
    for _ in range(6):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return ends[0].version()


def test_it_is_made_once_for_its_owner_and_trusted_by_its_name(tmp_path: Path) -> None:
    key, certificate = tmp_path / "server.key", tmp_path / "server.crt"
    now = wall_now()
    assert make_certificate(key, certificate, "postgres", now)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert shake_hands(key, certificate, "postgres") == "TLSv1.3"
    with pytest.raises(ssl.SSLCertVerificationError, match="elsewhere"):
        shake_hands(key, certificate, "elsewhere")
    made = certificate.read_bytes()
    assert not make_certificate(key, certificate, "postgres", now + GOOD_FOR / 2)
    assert certificate.read_bytes() == made
    assert make_certificate(key, certificate, "postgres", now + GOOD_FOR - timedelta(days=30))
    assert certificate.read_bytes() != made
