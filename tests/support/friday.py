"""A Friday dinner at 19:42: sixty tables, two hundred reservations, told by the service itself.

`python -m tests.support.friday --port 8100` serves it for looking at, with everybody's PIN and a
pairing link. Guests book, staff seat them and the clock goes on as on a real evening, from seeded
dice, so that whatever the stand shows could have come about. Tests get copies of one such database
a run (`friday_template`).
"""

from __future__ import annotations

import asyncio
import signal
from argparse import ArgumentParser
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import uuid4

import uvicorn

from api.app import create_app
from api.edge.connections import BoundedConnection
from api.settings import Settings
from scripts.file_lock import locked
from scripts.kernel_cache import compile_kernels
from seating.access.devices import make_pairing_code
from seating.access.staff import SET_PIN, must_change_pin
from seating.book.in_force import house_of
from seating.book.periods import lock_period, tonights_period
from seating.book.write import write
from seating.clock import set_clock
from seating.db import open_pool, run, transaction
from seating.house.loading import load_house
from seating.house.rule_versions import DraftRules, PublishRules, draft, publish
from tests.api.conftest import PIN, pin_hash
from tests.support.database import copied, open_run, run_folder, service_of, template_dsn
from tests.support.friday_book import Book
from tests.support.friday_evening import Evening
from tests.support.friday_house import STAFF, house_text, twelve
from tests.support.friday_marks import mark
from tests.support.friday_parties import Party, guest_id, parties
from tests.support.friday_touches import touch
from tests.support.house import CLOCK, VENUE
from tests.support.lived_house import live_through

if TYPE_CHECKING:
    from seating.db import Connection, Pool

FRIDAY: Final = date(2027, 6, 11)
OPENS: Final = datetime(2027, 6, 11, 15, 0, tzinfo=UTC)
"""17:00 in Berlin."""
NOW: Final = OPENS + timedelta(minutes=162)
"""19:42."""
THURSDAY: Final = OPENS - timedelta(days=1)
KEEP_CODES = "update pairing set expires_at = now() + interval '9 minutes'"
KNOWN_GUEST = """
insert into guest (venue_id, guest_id, name, phone, notes, allergies, tags, created_at,
                   health_consent_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
PLAYED_FROM: Final = NOW - timedelta(minutes=15)
CODES = 8
"""So many tablets may pair with one that is served."""
HOUSES = ("friday", "empty", "closed", "small", "lived")
HouseName = Literal["friday", "empty", "closed", "small", "lived"]
RULES: Final[dict[str, Any]] = {
    "holds": [
        {
            "name": "peak",
            "period": "dinner",
            "starts": "20:30",
            "minutes": 90,
            "count": 3,
            "seats": 2,
            "ladder": [{"minutes_before": 30, "keep": 1}, {"minutes_before": 0, "keep": 0}],
        }
    ],
    "overbooking": {"enabled": True, "ceiling": 0.3, "cap_parties": 4, "cap_covers": 12},
    "gestures": [
        {
            "key": "glass",
            "name": {"en": "A glass of sparkling wine", "ru": "Бокал игристого"},
            "cost": 500,
            "due": "arrival",
            "contains": ["alcohol"],
        },
        {
            "key": "dessert",
            "name": {"en": "Dessert for the table", "ru": "Десерт на весь стол"},
            "cost": 900,
            "due": "bill",
            "carrier": "kitchen",
        },
        {
            "key": "coffee",
            "name": {"en": "Coffee", "ru": "Кофе"},
            "cost": 200,
            "due": "bill",
            "contains": [],
        },
    ],
    "wait_ladder": [{"minutes": 10, "gesture": "glass"}, {"minutes": 25, "gesture": "dessert"}],
    "purses": {"person_shift": 5000, "manager_shift": 15000, "venue_night": 20000},
    "neighbours": [{"key": "corner", "name": "Corner House", "phone": "+493012345678"}],
    "playbook": [
        {
            "code": "NO_TABLE_FITS",
            "ordinary": {
                "en": "We are full until late. May I call you when a table comes free?",
                "ru": "До позднего вечера всё занято. Позвонить вам, когда освободится стол?",
            },
            "beyond": [
                {
                    "key": "bar",
                    "text": {
                        "en": "Take a glass at the bar on us; I will see what I can do.",
                        "ru": "Выпейте бокал в баре за наш счёт, а я посмотрю, что можно сделать.",
                    },
                }
            ],
        }
    ],
}


async def fill(dsn: str, house: HouseName) -> None:
    """Put one of the houses into a migrated database.

    As it is at 19:42 of that Friday, but the one that has lived (tests/support/lived_house.py).
    """
    if house == "lived":
        return await live_through(dsn)
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        return await _fill(pool, house)


async def _fill(pool: Pool, house: HouseName) -> None:
    await _at(pool, THURSDAY - timedelta(days=2))
    texts = {
        "small": lambda: house_text(name="Zwölf", seats=twelve(), joins=""),
        "closed": lambda: house_text(closed=True),
    }
    await load_house(pool, texts.get(house, house_text)(), CLOCK)
    await run(pool, _publish_rules)
    await _let_in(pool)
    if house in {"friday", "small"}:
        await _evening(pool, 200 if house == "friday" else 24)
    if house == "friday":
        await mark(pool, NOW, OPENS)
        await touch(pool, NOW)
    await _at(pool, NOW)


async def _at(pool: Pool, now: datetime) -> None:
    await run(pool, lambda conn: set_clock(conn, now, 0.0))


async def _publish_rules(conn: Connection) -> None:
    wish = DraftRules(id=uuid4(), reason="the summer", rules=RULES)
    drafted = await draft(conn, VENUE, wish, "anna", CLOCK)
    order = PublishRules(id=uuid4(), from_date=FRIDAY)
    await publish(conn, VENUE, drafted.version, order, "anna", CLOCK)


async def _let_in(pool: Pool) -> None:
    """Everybody's PIN is the same; Lena's is the one that a manager gave her."""
    for name in STAFF:
        await pool.execute(SET_PIN, VENUE, name, pin_hash())
    await run(pool, lambda conn: must_change_pin(conn, VENUE, "lena"))


async def _evening(pool: Pool, count: int) -> None:
    """Write the book as it is at `PLAYED_FROM`, then play the evening until now."""
    dice = Random(19_42)
    await _at(pool, PLAYED_FROM)
    book = await run(pool, partial(_written, dice=dice, count=count))
    evening = Evening(pool, dice, OPENS, PLAYED_FROM, NOW)
    for promise in book.promises:
        if promise.state in {"booked", "arrived"}:
            evening.expect(book.parties[promise.reservation_id], promise)
    for seating in book.seatings:
        if seating.cleared_at is None and seating.reservation_id:
            evening.goes_on(seating, book.parties[seating.reservation_id])
    await evening.play()


async def _written(conn: Connection, dice: Random, count: int) -> Book:
    in_force = await house_of(conn, VENUE)
    period = tonights_period(in_force, PLAYED_FROM)
    locked = await lock_period(conn, VENUE, in_force, period, now=PLAYED_FROM)
    kept = dict.fromkeys(
        (name for each in locked.picture.held for name in each.tables), period.closes
    )
    book = Book(in_force.house, period, PLAYED_FROM, dice, free_at=kept)
    book.enter(islice(parties(dice), round(count * 1.3)), count)
    await conn.executemany(KNOWN_GUEST, [_guest(each) for each in book.parties.values()])
    await write(conn, VENUE, locked.picture, book.write_set(), now=PLAYED_FROM)
    return book


def _guest(party: Party) -> tuple[Any, ...]:
    consent = THURSDAY if party.allergies else None
    phone = f"+4930{40_000_000 + party.number}"
    said = (party.guest_notes, party.allergies, list(party.tags))
    return VENUE, guest_id(party), party.name, phone, *said, THURSDAY, consent


async def template_of(house: HouseName, like: str) -> str:
    """A database with one of the houses, on the server of `like`, made once a run; to be copied."""
    known = run_folder() / f"{house}.dsn"
    with locked(known.with_suffix(".lock"), wait=True):
        if not known.exists():
            dsn = await copied(like, like=like)
            await fill(dsn, house)
            known.write_text(dsn)
    return known.read_text()


def main() -> None:
    """Serve one of the houses until Ctrl-C."""
    parser = ArgumentParser(prog="python -m tests.support.friday", description=__doc__)
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--house", choices=HOUSES, default="friday")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    compile_kernels()
    scratch = open_run()
    try:
        asyncio.run(_serve(template_dsn(), options.port, options.house))
    except KeyboardInterrupt:
        print("stopped")
    finally:
        scratch.close()


async def _serve(dsn: str, port: int, house: HouseName) -> None:
    await fill(dsn, house)
    async with await open_pool(dsn, min_size=1, max_size=2) as pool:
        async with transaction(pool) as conn:
            codes = [(await make_pairing_code(conn, VENUE, None)).code for _ in range(CODES)]
        print(f"{house}: {NOW:%A %d %B}, 19:42 in Berlin; business time stands still.")
        print(f"The PIN of {', '.join(f'{key} ({who[1]})' for key, who in STAFF.items())}: {PIN}")
        for code in codes:
            print(f"http://127.0.0.1:{port}/stand/#pair={code}&venue={VENUE}", flush=True)
        settings = Settings(database_url=service_of(dsn), demo=True, jobs="none", pool_max=10)
        config = uvicorn.Config(
            create_app(settings), port=port, http=BoundedConnection, log_level="warning"
        )
        keeping = asyncio.create_task(_keep_codes(pool))
        await uvicorn.Server(config).serve()
        keeping.cancel()


async def _keep_codes(pool: Pool) -> None:
    """Codes live ten minutes; these as long as the server."""
    while True:
        await pool.execute(KEEP_CODES)
        await asyncio.sleep(200)


if __name__ == "__main__":
    main()
