"""Random secrets, tokens and PINs; only their hashes are stored.

A token of a venue is `<venue_id>:<random>`: every key begins with the venue's id.
"""

import asyncio
import hmac
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from secrets import token_hex

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from msgspec import Struct

from policies.access.pins import why_too_easy
from seating.keys import derived_key

HASHER = PasswordHasher()


# Each argon2 hash takes 64 MiB: two threads bound the memory.
PIN_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pin")


RANDOM_BYTES = 32


def new_secret() -> str:
    """Return 256 random bits, URL-safe."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def new_pin() -> str:
    """Return a random PIN of six digits, none of those that anybody would try first."""
    while why_too_easy(pin := f"{secrets.randbelow(10**6):06}", "owner"):
        pass
    return pin


def new_token(venue_id: str) -> str:
    """Return a random token that names its venue."""
    return f"{venue_id}:{new_secret()}"


def venue_of(token: str) -> str:
    """Return the venue a token names, unverified."""
    return token.partition(":")[0]


def hash_of(secret: str) -> bytes:
    """Return the SHA-256 of a random secret; PINs need argon2."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def same_hash(secret: str, expected: bytes) -> bool:
    """Compare a secret with a stored hash, in constant time."""
    return secrets.compare_digest(hash_of(secret), expected)


class Pepper:
    """Keys that PINs are mixed with before they are hashed: a backup without them tells no PIN.

    Each is derived from a sealing key (seating/keys.py); the first is for new PINs.
    """

    def __init__(self, sealing_keys: Sequence[bytes]) -> None:
        """`sealing_keys`: 32 random bytes each, at least one."""
        keys = [derived_key(key, "PINs") for key in sealing_keys]
        self._keys = {derived_key(key, "name")[:6].hex(): key for key in keys}
        self.newest = next(iter(self._keys))

    def knows(self, name: str) -> bool:
        """Whether the key of this name is here."""
        return name in self._keys

    def mixed(self, pin: str, name: str) -> str:
        """Return the PIN mixed with a key (HMAC-SHA256)."""
        return hmac.new(self._keys[name], pin.encode(), sha256).hexdigest()


class PinCheck(Struct, frozen=True):
    """Whether a PIN matched; `anew`: the hash to keep from now on, where the kept one is dated."""

    matches: bool
    anew: str | None = None


async def hash_pin(pin: str, pepper: Pepper | None) -> str:
    """Return what is kept of a PIN: the pepper's name and the argon2id hash of the mixed PIN.

    Without a pepper it is the hash of the PIN. Computed off the event loop.
    """
    return await asyncio.get_running_loop().run_in_executor(PIN_THREADS, _hashed, pin, pepper)


async def check_hash(pin: str, kept: str | None, pepper: Pepper | None) -> PinCheck:
    """Compare a PIN with what is kept; without anything in the same time. Needs `has_key_of`."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(PIN_THREADS, _checked, pin, kept, pepper)


def has_key_of(kept: str | None, pepper: Pepper | None) -> bool:
    """Whether a PIN can be compared at all: not after its key was lost."""
    name = (kept or "").partition("$")[0]
    return not name or (pepper is not None and pepper.knows(name))


def _hashed(pin: str, pepper: Pepper | None) -> str:
    if pepper is None:
        return HASHER.hash(pin)
    return pepper.newest + HASHER.hash(pepper.mixed(pin, pepper.newest))


def _checked(pin: str, kept: str | None, pepper: Pepper | None) -> PinCheck:
    name, dollar, rest = (kept or _decoy()).partition("$")
    mixed = pepper.mixed(pin, name) if name and pepper else pin
    try:
        HASHER.verify(dollar + rest, mixed)
    except VerificationError:
        return PinCheck(matches=False)
    newest = pepper.newest if pepper else ""
    dated = name != newest or HASHER.check_needs_rehash(dollar + rest)
    return PinCheck(matches=kept is not None, anew=_hashed(pin, pepper) if dated else None)


@cache
def _decoy() -> str:
    return HASHER.hash(token_hex())
