"""A certificate for a database server that nobody else vouches for, made where it is missing.

`python -m seating.certificates --key FILE --certificate FILE NAME`: the server has both, and who
connects trusts this one certificate (`sslmode=verify-full&sslrootcert=FILE`). One that ends within
a year is made anew: the server and its clients are to be started after that.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from seating.clock import wall_now

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR: Final = timedelta(days=365)
GOOD_FOR: Final = 10 * YEAR
# A server whose clock is behind takes it all the same.
EARLIER: Final = timedelta(days=1)


def make_certificate(key: Path, certificate: Path, name: str, now: datetime) -> bool:
    """Make a key (mode 0600) and its certificate for the host `name`; False if both are there.

    Raises OSError.
    """
    if key.exists() and certificate.exists() and _ends(certificate) > now + YEAR:
        return False
    made = ec.generate_private_key(ec.SECP256R1())
    text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(key, text, 0o600)
    _write(certificate, _signed(made, name, now).public_bytes(Encoding.PEM), 0o644)
    return True


def _signed(key: ec.EllipticCurvePrivateKey, name: str, now: datetime) -> x509.Certificate:
    """A certificate that vouches for itself, and for no other."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + GOOD_FOR)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )


def _ends(certificate: Path) -> datetime:
    return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc


def _write(file: Path, text: bytes, mode: int) -> None:
    """Write a file that is whole, and of its mode, from the first moment on."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as opened:
        os.fchmod(descriptor, mode)
        opened.write(text)
    fresh.replace(file)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make what is missing, and say what was done."""
    parser = argparse.ArgumentParser(prog="python -m seating.certificates", description=__doc__)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("name", help="the host as its clients call it")
    given = parser.parse_args(arguments)
    try:
        made = make_certificate(given.key, given.certificate, given.name, wall_now())
    except OSError as error:
        sys.exit(f"No certificate was made: {error.filename}: {error.strerror}.")
    sys.stdout.write(f"{'made' if made else 'there already'}: {given.certificate}\n")


if __name__ == "__main__":
    main()
