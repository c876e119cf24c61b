"""Random secrets, and the hashes that are all we keep of them.

A token of a venue is `<venue_id>:<random>`, so that its row is found without asking every venue.
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


# Each hash takes 64 MiB: a queue at the PIN screen must not take the memory of the evening.
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pin")


RANDOM_BYTES = 32


def new_secret() -> str:
    """256 random bits, safe in headers, cookies and addresses."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def new_token(venue_id: str) -> str:
    """A secret that names its venue."""
    return f"{venue_id}:{new_secret()}"


def venue_of(token: str) -> str:
    """The venue a token claims to belong to; its hash has to prove it."""
    return token.partition(":")[0]


def hash_of(secret: str) -> bytes:
    """SHA-256: enough for 256 random bits, never for a PIN."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def same_hash(secret: str, expected: bytes) -> bool:
    """Compare in constant time."""
    return secrets.compare_digest(hash_of(secret), expected)


async def hash_pin(pin: str) -> str:
    """The argon2 hash to store."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, HASHER.hash, pin)


async def pin_matches(pin: str, pin_hash: str | None) -> bool:
    """Whether `pin` is the one hashed; without a hash False, after the same time."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, _matches, pin, pin_hash)


def _matches(pin: str, pin_hash: str | None) -> bool:
    try:
        HASHER.verify(pin_hash or _decoy(), pin)
    except VerificationError:
        return False
    return pin_hash is not None


@cache
def _decoy() -> str:
    return HASHER.hash(token_hex())
