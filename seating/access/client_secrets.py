"""Another secret for a client, the ones before it good for some hours yet."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from policies.words.message import message
from seating.access.audit import keep_record
from seating.access.credentials import hash_of, new_secret
from seating.db import Connection, Pool
from seating.errors import NotAllowed, NotFound

OVERLAP_HOURS: Final = 24
LONGEST_OVERLAP_HOURS: Final = 7 * 24

LOCK_CLIENT = """
select c.secret_hash, array(select g.venue_id from client_venue g
                            where g.client_id = c.client_id order by 1) as venues
from client c where c.client_id = $1 for update of c
"""

# A secret that is replaced, and those before it, end at the latest when this overlap does.
KEEP_OLD_SECRET = """
with ending as (
    update client_old_secret set good_until = least(good_until, $3) where client_id = $1)
insert into client_old_secret (client_id, secret_hash, good_until) values ($1, $2, $3)
on conflict (client_id, secret_hash) do nothing
"""

END_OLD_SECRETS = """
with tokens as (delete from access_token where client_id = $1)
delete from client_old_secret where client_id = $1
"""

SET_SECRET = "update client set secret_hash = $2 where client_id = $1"

GOOD_UNTIL = """
select good_until from client_old_secret
where client_id = $1 and secret_hash = $2 and good_until > $3
"""

DELETE_OLD_SECRETS = "delete from client_old_secret where good_until <= $1"


class RotatedSecret(Struct, frozen=True, kw_only=True):
    """A new secret, told once; those before it are good until `old_secret_until`, None: no more."""

    client_id: str
    client_secret: str
    old_secret_until: datetime | None


async def rotate_client_secret(
    conn: Connection,
    client_id: str,
    *,
    overlap: timedelta,
    venue_id: str | None,
    by: str | None,
    now: datetime,
) -> RotatedSecret:
    """Give a client another secret; without `overlap` the one before and every token end now.

    Rotated again within an overlap (the answer was lost, say) each secret told before stays good
    until its time: whichever of them the client uses. `venue_id`: the only venue that may ask for
    this, since at any other the client would be cut off; None: whoever has the machine. Raises
    NotFound, NotAllowed.
    """
    row = await conn.fetchrow(LOCK_CLIENT, client_id)
    if row is None or (venue_id is not None and venue_id not in row["venues"]):
        raise NotFound(message("no-such-client"))
    if venue_id is not None and row["venues"] != [venue_id]:
        raise NotAllowed(message("client-serves-others", client=client_id))
    until = now + overlap if overlap else None
    if until is None:
        await conn.execute(END_OLD_SECRETS, client_id)
    else:
        await conn.execute(KEEP_OLD_SECRET, client_id, row["secret_hash"], until)
    secret = new_secret()
    await conn.execute(SET_SECRET, client_id, hash_of(secret))
    facts = {"old_secret_until": until}
    for venue in row["venues"]:
        await keep_record(conn, venue, "RotateClientSecret", facts, by=by, client_id=client_id)
    return RotatedSecret(client_id=client_id, client_secret=secret, old_secret_until=until)


async def old_secret_until(
    db: Pool | Connection, client_id: str, secret: str, now: datetime
) -> datetime | None:
    """Return until when a secret that was replaced is good, None if it is not."""
    until: datetime | None = await db.fetchval(GOOD_UNTIL, client_id, hash_of(secret), now)
    return until


async def delete_old_secrets(conn: Connection, now: datetime) -> None:
    """Delete the hashes of secrets that are good no more."""
    await conn.execute(DELETE_OLD_SECRETS, now)
