"""Random logins of a demo or simulation (clients, PINs, pairing codes), kept in a file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from seating.access.clients import create_client, set_grant
from seating.access.credentials import new_pin
from seating.access.devices import make_pairing_code
from seating.access.staff import set_pin, staff_of
from seating.db import open_pool, transaction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from seating.access.clients import Scope
    from seating.db import Connection, Pool

SITES = ("Tischfinder", "Gabel & Co", "Heute Abend")
SCOPES: tuple[Scope, ...] = ("availability", "bookings", "enquiries", "waitlist", "webhooks")
"""What the README's examples do with the first of the sites."""

FACADE: tuple[Scope, ...] = ("google",)


@dataclass(kw_only=True)
class Logins:
    """All logins. `clients`: id to secret; `codes`: pairing codes, each for one tablet.

    `google`: the client with the scope google, id to secret.
    """

    venue: str
    clients: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    google: dict[str, str] = field(default_factory=dict)

    def with_role(self, role: str) -> list[str]:
        """Staff ids with this role whose PIN is known."""
        return [name for name in self.pins if self.roles.get(name) == role]


async def complete(dsn: str, known: Logins, *, tablets: int) -> Logins:
    """Make the missing logins in this database, and new pairing codes."""
    pool = await open_pool(dsn, min_size=1, max_size=2)
    async with pool:
        logins = await still_valid(pool, known)
        async with transaction(pool) as conn:
            await add_sites(conn, logins)
            await add_pins(conn, logins)
            codes = [await make_pairing_code(conn, logins.venue, None) for _ in range(tablets)]
        logins.codes = [code.code for code in codes]
        return logins


async def still_valid(pool: Pool, known: Logins) -> Logins:
    """The logins that exist in this database, which may not be the one they were made for."""
    clients = {row["client_id"] for row in await pool.fetch("select client_id from client")}
    people = {person.staff_id: person for person in await staff_of(pool, known.venue)}
    return Logins(
        venue=known.venue,
        clients={name: secret for name, secret in known.clients.items() if name in clients},
        google={name: secret for name, secret in known.google.items() if name in clients},
        pins={name: pin for name, pin in known.pins.items() if has_pin(people, name)},
        roles={name: str(person.role) for name, person in people.items()},
    )


def has_pin(people: Mapping[str, object], name: str) -> bool:
    """Whether this person is still here and has a PIN."""
    return bool(getattr(people.get(name), "has_pin", False))


async def add_sites(conn: Connection, logins: Logins) -> None:
    """Make the booking sites that are missing; those of an older start may do as much."""
    for client_id in logins.clients:
        await set_grant(conn, logins.venue, client_id, SCOPES)
    for name in SITES[len(logins.clients) :]:
        client_id, secret = await create_client(conn, name, {logins.venue: SCOPES})
        logins.clients[client_id] = secret
    if not logins.google:
        client_id, secret = await create_client(conn, "Google", {logins.venue: FACADE})
        logins.google[client_id] = secret


async def add_pins(conn: Connection, logins: Logins) -> None:
    """Give a random PIN to everybody who has none, as if they had chosen it.

    It is mixed with the service's key when they first log in.
    """
    for person in await staff_of(conn, logins.venue):
        if not person.has_pin:
            pin = logins.pins[person.staff_id] = new_pin()
            await set_pin(conn, logins.venue, person.staff_id, pin, None, first=False)


def save(logins: Logins, file: Path) -> None:
    """Write the logins to a file with mode 0600."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        json.dump(asdict(logins), written, indent=1)
    fresh.replace(file)


def read(file: Path) -> Logins | None:
    """Read saved logins; None when there are none or they cannot be read."""
    try:
        return Logins(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
