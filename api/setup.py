"""First start of a house, and the owner's way back in; prints, never logs, what lets one in.

`python -m api.setup [HOUSE]` puts a TOML file (or a shipped house by name) in force; without one it
opens a starter house where the database has none. It makes a PIN where no owner has one, and a
pairing code unless a tablet has been in use. `python -m api.setup owner` gives an owner a new PIN
and a pairing code; `python -m api.setup client ID` gives a client another secret, also one that
serves several houses, which none of them may cut off.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import msgspec

from api.machine_zone import ZoneGuess, machine_zone
from api.settings import SettingsError, from_environment, pepper_of
from policies.drafts.starter import starter_house
from policies.house.file import HouseError, read_house
from policies.house.house import Key
from policies.house.zones import UnknownZone, zone_named
from policies.words.message import Message, message
from seating.access.audit import keep_record
from seating.access.client_secrets import (
    LONGEST_OVERLAP_HOURS,
    OVERLAP_HOURS,
    rotate_client_secret,
)
from seating.access.credentials import Pepper, new_pin
from seating.access.devices import PairingCode, devices_of, make_pairing_code
from seating.access.owners import FreshLogin, How, let_owner_in, venues_here
from seating.access.staff import set_pin, staff_of
from seating.backups.programs import BackupError
from seating.backups.updating import keeping_of, update
from seating.clock import WallClock, wall_now
from seating.connecting import NoConnectionError
from seating.db import Connection, Pool, open_pool, transaction
from seating.errors import Invalid, MaitredError, NotFound
from seating.fitness import UnfitDatabaseError
from seating.house.examples import shipped, shipped_text
from seating.house.loading import load_house, put_house
from seating.migrate import MigrationError, require_migrated

Lines = Coroutine[None, None, list[str]]

SELF = "python -m api.setup"
BACK = "python -m seating.backups back"
FIRST_VENUE = "house"
CURRENCY, LOCALE = "EUR", "en"
STAND = "/stand/"
"""Where the screens are; whoever knows the service's address puts that before it."""
NEXT = (
    'or: POST /host/pair {{"venue": {venue}, "code": {code}, "device_name": "Door"}}, then'
    ' POST /host/login {{"staff_id": ..., "pin": ...}}, then a PIN of your own, PUT /host/pin'
    ' {{"old_pin": ..., "pin": ...}}; the house itself is at /manage/house'
)
OPENED: dict[How, str] = {
    "known": "",
    "back": "{} had left and is the owner again",
    "raised": "{} is the owner now: the house had none",
    "new": "{} is a new owner's account: the house had none",
}


async def open_house(
    dsn: str, text: str, again: str = SELF, *, pepper: Pepper | None = None
) -> list[str]:
    """Put a house file in force in a migrated database; the lines with the owner's first login.

    `again`: the command that gives a fresh login. `pepper`: what the service mixes PINs with.
    """
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        known = await load_house(pool, text, WallClock())
        login = await first_login(pool, known.house.venue.id, again, pepper) or [said_before(again)]
        return [*known.lines, *login]


async def open_what_is_there(
    dsn: str,
    venue_id: str | None = None,
    zone: str | None = None,
    again: str = SELF,
    *,
    pepper: Pepper | None = None,
) -> list[str]:
    """Open a starter house in a migrated database if it has none; the lines to print.

    `venue_id`, `zone`: of the starter house; the zone is the machine's otherwise. Raises NotFound
    for a venue that is not here beside others, Invalid.
    """
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        venues = await venues_here(pool)
        lines = [] if venues else await _open_starter(pool, venue_id or FIRST_VENUE, zone)
        if venues and venue_id not in {None, *venues}:
            raise NotFound(_no_venue("house-opened-from-file", venue_id, venues))
        venues = [venue_id] if venue_id else venues or [FIRST_VENUE]
        logins = {each: await first_login(pool, each, again, pepper) for each in venues}
    for each, login in logins.items():
        lines += [f"at {each}:", *login] if login and len(logins) > 1 else login
    return lines if any(logins.values()) else [*lines, said_before(again)]


async def first_login(pool: Pool, venue_id: str, again: str, pepper: Pepper | None) -> list[str]:
    """Make what is missing for a first login: an owner's PIN, a pairing code; returns the lines.

    `again`: the command that gives a fresh login, told where the PIN is not printed.
    """
    async with transaction(pool) as conn:
        owners = [person for person in await staff_of(conn, venue_id) if person.role == "owner"]
        if not owners:
            reason = "a house without an owner was opened"
            login = await let_owner_in(conn, venue_id, reason=reason, pepper=pepper)
            return lines_of(login)
        lines = []
        known = any(person.has_pin for person in owners)
        if not known:
            pin = new_pin()
            await set_pin(conn, venue_id, owners[0].staff_id, pin, pepper)
            facts = {"staff_id": owners[0].staff_id}
            await keep_record(conn, venue_id, "FirstPin", facts, by=None, reason=again)
            lines.append(pin_line(owners[0].staff_id, pin))
        if not await _has_tablet(conn, venue_id):
            lines += code_lines(venue_id, await make_pairing_code(conn, venue_id, None))
            lines += [f"an owner's PIN is set already; to have a new one: {again} owner"] * known
    return lines


async def fresh_login(
    dsn: str,
    venue_id: str | None,
    staff_id: str | None,
    by: str,
    *,
    pepper: Pepper | None = None,
) -> list[str]:
    """Give an owner a new PIN and a pairing code; returns the lines to print.

    `by`: the command, for the audit. Raises NotFound, Invalid, MigrationError.
    """
    async with await open_pool(dsn, min_size=1, max_size=1) as pool, transaction(pool) as conn:
        await require_migrated(conn)
        venues = await venues_here(conn)
        if not venues:
            raise NotFound(message("no-house-yet"))
        if venue_id is None and len(venues) > 1:
            raise Invalid(message("say-which-house", venues=tuple(venues)))
        if venue_id not in {None, *venues}:
            raise NotFound(_no_venue("no-house-here", venue_id, venues))
        which = venue_id or venues[0]
        login = await let_owner_in(conn, which, staff_id, reason=by, pepper=pepper)
    return lines_of(login)


def pepper_here(keys: Path | None = None) -> Pepper | None:
    """What PINs are mixed with, by the key that the environment names, or else the file `keys`.

    Raises SettingsError.
    """
    known = {"DATABASE_URL": "postgresql:///", "MAITRED_KEY_FILE": str(keys or "")}
    given = {name: value for name, value in os.environ.items() if value}
    return pepper_of(from_environment(known | given))


async def fresh_secret(dsn: str, client_id: str, hours: int) -> list[str]:
    """Give a client another secret, the old one good for so many hours; returns the lines to print.

    Raises NotFound, MigrationError.
    """
    async with await open_pool(dsn, min_size=1, max_size=1) as pool, transaction(pool) as conn:
        await require_migrated(conn)
        now, overlap = wall_now(), timedelta(hours=hours)
        made = await rotate_client_secret(
            conn, client_id, overlap=overlap, venue_id=None, by=None, now=now
        )
    until = made.old_secret_until
    old = f"good until {until:%Y-%m-%d %H:%M} UTC" if until else "good no more, nor is any token"
    return [f"new secret of {client_id}: {made.client_secret}", f"the one before is {old}"]


def lines_of(login: FreshLogin) -> list[str]:
    """The lines that let an owner in."""
    said = [OPENED[login.how].format(login.staff_id)] if OPENED[login.how] else []
    return [*said, pin_line(login.staff_id, login.pin), *code_lines(login.venue_id, login.code)]


def pin_line(staff_id: str, pin: str) -> str:
    """The line with an owner's PIN."""
    return f"PIN of {staff_id} (owner): {pin}"


def code_lines(venue_id: str, code: PairingCode) -> list[str]:
    """The line with a pairing code, and what to do with it."""
    line = f"pairing code for a tablet: {code.code} (good for ten minutes)"
    return [
        line,
        stand_line(venue_id, code.code),
        NEXT.format(venue=json.dumps(venue_id), code=json.dumps(code.code)),
    ]


def stand_line(venue_id: str, code: str) -> str:
    """The line with the stand's address, which pairs the tablet that opens it."""
    return f"the stand, on that tablet: {STAND}#pair={code}&venue={quote(venue_id)}"


def said_before(again: str) -> str:
    """The line where there is no login to print."""
    return f"owner and tablets are known; a fresh PIN and pairing code: {again} owner"


def zone_of(given: str | None) -> ZoneGuess:
    """The zone that was asked for, or else this machine's. Raises Invalid."""
    if given is None:
        return machine_zone()
    try:
        zone_named(given)
    except UnknownZone:
        raise Invalid(message("no-zone-named", zone=given)) from None
    return ZoneGuess(given, "--zone")


async def _open_starter(pool: Pool, venue_id: str, zone: str | None) -> list[str]:
    try:
        msgspec.convert(venue_id, Key)
    except msgspec.ValidationError:
        raise Invalid(message("bad-house-id", house=venue_id)) from None
    guess = zone_of(zone)
    name = venue_id.replace("-", " ").replace("_", " ").capitalize()
    house = starter_house(venue_id, name, guess.zone, CURRENCY, LOCALE)
    await put_house(pool, house, WallClock())
    told = f"as {guess.named_by} says" if guess.named_by else "for this machine names no zone"
    clocks = f"its clocks are those of {guess.zone} ({told}), its currency {CURRENCY}"
    return [f"a new house, {venue_id}: {clocks}; all of it is yours to edit at /manage/house"]


async def _has_tablet(conn: Connection, venue_id: str) -> bool:
    """Whether a tablet that is not revoked was ever in use: a lost one is no way in."""
    return any(device.seen_at for device in await devices_of(conn, venue_id))


def _no_venue(key: str, venue_id: str | None, venues: Sequence[str]) -> Message:
    return message(key, house=venue_id or "", venues=tuple(venues))


def main() -> None:
    """Read the command line; a mistake ends with one sentence and exit code 1."""
    arguments = sys.argv[1:]
    to_do = COMMANDS.get(arguments[0]) if arguments else None
    parse, work = to_do or (_parse_house, _opening)
    options = parse(arguments[to_do is not None :])
    try:
        lines = asyncio.run(work(options))
    except HouseError as error:
        sys.exit(str(error))
    except (BackupError, MaitredError, NoConnectionError, UnfitDatabaseError) as error:
        sys.exit(str(error))
    except (OSError, SettingsError, MigrationError) as error:
        sys.exit(f"{error}: {SELF} HOUSE")
    print("\n".join(lines))  # noqa: T201


def _parse_owner(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"{SELF} owner")
    parser.add_argument("--venue", help="the house's id, where there are several")
    parser.add_argument("--staff", help="which owner, where there are several")
    return parser.parse_args(arguments)


def add_client_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is told of a client that gets another secret."""
    parser.add_argument("client", help="the client's id")
    parser.add_argument(
        "--hours", type=int, choices=range(LONGEST_OVERLAP_HOURS + 1),
        metavar=f"0..{LONGEST_OVERLAP_HOURS}", default=OVERLAP_HOURS,
        help="how long the secret before stays good; 0 ends it and every token now",
    )  # fmt: skip


def _parse_client(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"{SELF} client")
    add_client_arguments(parser)
    return parser.parse_args(arguments)


def _parse_house(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=SELF)
    parser.add_argument("--venue", help="the house's id, where there are several")
    parser.add_argument("house", nargs="?", help="a TOML file, or the name of a shipped house")
    parser.add_argument("--zone", help="of a new house, such as Europe/Berlin")
    return parser.parse_args(arguments)


def _file_named(name: str) -> str:
    """The text of a house file; its mistakes are raised before the database is connected to."""
    text = shipped_text(name) if name in shipped() else Path(name).read_text(encoding="utf-8")
    read_house(text)
    return text


async def _opening(options: argparse.Namespace) -> list[str]:
    """Migrate, after a backup if MAITRED_BACKUPS names a folder, and open the house."""
    text = None if options.house is None else _file_named(options.house)
    settings = from_environment()
    dsn = settings.database_url
    await update(settings.owner, keeping_of(os.environ, back=BACK), print)
    if text is None:
        return await open_what_is_there(dsn, options.venue, options.zone, pepper=pepper_here())
    return await open_house(dsn, text, pepper=pepper_here())


def _letting_in(options: argparse.Namespace) -> Lines:
    dsn = from_environment().database_url
    by = f"{SELF} owner"
    return fresh_login(dsn, options.venue, options.staff, by, pepper=pepper_here())


def _renewing(options: argparse.Namespace) -> Lines:
    return fresh_secret(from_environment().database_url, options.client, options.hours)


COMMANDS = {"owner": (_parse_owner, _letting_in), "client": (_parse_client, _renewing)}


if __name__ == "__main__":
    main()
