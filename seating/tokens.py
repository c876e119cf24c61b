"""Random secrets, and the hashes that are all we keep of them.

A token of a venue is `<venue_id>:<random>`, so that its row is found without asking every venue.
"""

import secrets
from hashlib import sha256

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
