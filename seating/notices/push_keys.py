"""The key that a venue signs its messages to phones with: made once, kept sealed.

Browsers bind their subscriptions to it, so it stays when the sealing key changes.
"""

from cryptography.hazmat.primitives.asymmetric import ec

from seating.clock import wall_now
from seating.db import Connection, Pool
from seating.notices.encrypting import CURVE, NUMBER_BYTES, new_pair, point_of
from seating.webhooks.sealed_secrets import Seal

READ_PUBLIC = "select public_key from push_key where venue_id = $1"

READ_SEALED = "select sealed from push_key where venue_id = $1"

KEEP_KEY = """
insert into push_key (venue_id, sealed, public_key, made_at) values ($1, $2, $3, $4)
on conflict (venue_id) do nothing
"""


async def public_key(conn: Connection, venue_id: str, seal: Seal) -> bytes:
    """Return the venue's public key (65 bytes), made if it has none: of two makers the first."""
    if not await conn.fetchval(READ_PUBLIC, venue_id):
        made = new_pair()
        raw = made.private_numbers().private_value.to_bytes(NUMBER_BYTES, "big")
        sealed = seal.encrypt(raw, _whose(venue_id))
        await conn.execute(KEEP_KEY, venue_id, sealed, point_of(made), wall_now())
    found: bytes = await conn.fetchval(READ_PUBLIC, venue_id)
    return found


async def signing_key(
    db: Pool | Connection, venue_id: str, seal: Seal
) -> ec.EllipticCurvePrivateKey | None:
    """Return the venue's signing key, None if it has none. Raises SealError."""
    sealed = await db.fetchval(READ_SEALED, venue_id)
    if sealed is None:
        return None
    number = int.from_bytes(seal.decrypt(sealed, _whose(venue_id)), "big")
    return ec.derive_private_key(number, CURVE)


def _whose(venue_id: str) -> str:
    return f"{venue_id}:push"
