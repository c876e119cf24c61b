"""PINs: argon2, in threads of their own so that the event loop goes on."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from secrets import token_hex

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

HASHER = PasswordHasher()
# Each hash takes 64 MiB: a queue at the PIN screen must not take the memory of the evening.
THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pin")


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
