"""Random secrets, tokens and PINs; only their hashes are stored.

A token of a venue is `<venue_id>:<random>`: every key begins with the venue's id.
"""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from secrets import token_hex

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

HASHER = PasswordHasher()


# Each argon2 hash takes 64 MiB: two threads bound the memory.
PIN_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pin")


RANDOM_BYTES = 32


def new_secret() -> str:
    """Return 256 random bits, URL-safe."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def new_pin() -> str:
    """Return a random PIN of six digits."""
    return f"{secrets.randbelow(10**6):06}"


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


async def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN, computed off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(PIN_THREADS, HASHER.hash, pin)


async def pin_matches(pin: str, pin_hash: str | None) -> bool:
    """Whether the PIN matches; without a hash False, in the same time."""
    return await asyncio.get_running_loop().run_in_executor(PIN_THREADS, _matches, pin, pin_hash)


def _matches(pin: str, pin_hash: str | None) -> bool:
    try:
        HASHER.verify(pin_hash or _decoy(), pin)
    except VerificationError:
        return False
    return pin_hash is not None


@cache
def _decoy() -> str:
    return HASHER.hash(token_hex())
