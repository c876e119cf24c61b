"""Secrets that must be read again, encrypted at rest (AES-256-GCM).

The owner's name is associated data: a ciphertext moved to another row does not decrypt.
"""

import os
import secrets
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from seating.keys import KEY_BYTES, KeyTextError, keys_in

NONCE_BYTES = 12


class SealError(Exception):
    """An invalid key, or a secret that none of the keys decrypts."""


class Seal:
    """Encrypts with the first key, decrypts with any: so keys can be rotated."""

    def __init__(self, keys: str) -> None:
        """`keys`: 32 bytes each, in base64, separated by commas. Raises SealError."""
        try:
            self._keys = [AESGCM(key) for key in keys_in(keys)]
        except KeyTextError as error:
            raise SealError(str(error)) from error

    def encrypt(self, secret: bytes, whose: str) -> bytes:
        """Encrypt a secret, bound to the name `whose`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._keys[0].encrypt(nonce, secret, whose.encode())

    def decrypt(self, sealed: bytes, whose: str) -> bytes:
        """Decrypt a secret bound to the name `whose`. Raises SealError."""
        for key in self._keys:
            with suppress(InvalidTag):
                return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], whose.encode())
        raise SealError("this secret was sealed with another key")


class LinkSeal:
    """Encrypts guests' links in stored answers, which are kept a day and may be lost with the key.

    Without a configured key one made of the database's address, which is not in the database.
    """

    def __init__(self, seal: Seal | None, database: str) -> None:
        own = b64encode(sha256(b"links\n" + database.encode()).digest()).decode()
        self._seal = seal or Seal(own)

    def encrypt(self, secret: bytes, whose: str) -> bytes:
        """Encrypt a secret, bound to the name `whose`."""
        return self._seal.encrypt(secret, whose)

    def decrypt(self, sealed: bytes, whose: str) -> bytes | None:
        """Return the secret bound to `whose`, None if its key is gone."""
        try:
            return self._seal.decrypt(sealed, whose)
        except SealError:
            return None


def new_key() -> str:
    """Return a random key in base64."""
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def key_in(file: Path) -> str:
    """Return the key of a file, created if missing; of concurrent processes the first one wins.

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
