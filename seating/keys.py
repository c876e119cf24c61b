"""Keys of their own for each purpose, derived from the sealing key: one secret for a house to keep.

A key for one purpose tells nothing of the others, nor of the sealing key (HKDF, RFC 5869).
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class KeyTextError(ValueError):
    """A sealing key that is none; the message says why, without the key."""


def keys_in(text: str) -> list[bytes]:
    """The sealing keys that a text lists, each 32 bytes in base64, parted by commas.

    The first is used, the others are still understood. Raises KeyTextError.
    """
    return [_key(each.strip()) for each in text.split(",")]


def derived_keys(sealing: str, purpose: str) -> tuple[bytes, ...]:
    """A key of 32 bytes for `purpose` from each of the sealing keys; none without any.

    Make with the first, accept what any has made: so sealing keys can be rotated. `purpose` is
    never reused for something else. Raises KeyTextError.
    """
    return tuple(derived_key(key, purpose) for key in keys_in(sealing)) if sealing else ()


def derived_key(key: bytes, purpose: str) -> bytes:
    """The key of 32 bytes for `purpose` from one sealing key."""
    made = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"maitred {purpose}".encode())
    return made.derive(key)


def _key(text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except NotBase64 as error:
        raise KeyTextError("the key is not base64") from error
    if len(key) != KEY_BYTES:
        raise KeyTextError(f"the key has {len(key)} bytes, not {KEY_BYTES}")
    return key
