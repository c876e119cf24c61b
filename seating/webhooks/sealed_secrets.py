"""Secrets that have to be used again, encrypted where they are kept (AES-256-GCM).

What is sealed says whose it is: moved to another row it does not open.
"""

import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES = 32, 12


class SealError(Exception):
    """A key that is none, or a secret that no key of ours opens."""


class Seal:
    """Seals with the first of the keys, opens with any: so that a key can be replaced."""

    def __init__(self, keys: str) -> None:
        """`keys`: of 32 bytes in base64, separated by commas. Raises SealError."""
        self._keys = [AESGCM(_key(text.strip())) for text in keys.split(",")]

    def close(self, secret: bytes, whose: str) -> bytes:
        """Encrypt a secret for `whose` row."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._keys[0].encrypt(nonce, secret, whose.encode())

    def open(self, closed: bytes, whose: str) -> bytes:
        """Decrypt what was sealed for `whose` row. Raises SealError."""
        for key in self._keys:
            with suppress(InvalidTag):
                return key.decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], whose.encode())
        raise SealError("this secret was sealed with another key")


def new_key() -> str:
    """Return a random key as `Seal` reads it."""
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def key_in(file: Path) -> str:
    """Return the key a file keeps, making it at the first start; whoever is first decides.

    Raises OSError.
    """
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        made.touch(mode=0o600)
        made.write_text(new_key() + "\n", encoding="ascii")
        with suppress(FileExistsError):
            os.link(made, file)
        made.unlink()
    return file.read_text(encoding="ascii").strip()


def _key(text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except NotBase64 as error:
        raise SealError("the key is not base64") from error
    if len(key) != KEY_BYTES:
        raise SealError(f"the key has {len(key)} bytes, not {KEY_BYTES}")
    return key
