"""What sites are told by themselves: everything of theirs, in order, whatever they answer."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from standardwebhooks import Webhook

from policies.floor import orders
from policies.webhooks import EVENT_TYPES, MAX_ATTEMPTS, MAX_DELAY
from seating.access.clients import set_grant, withdraw_grant
from seating.booking.changing import Change, cancel, change
from seating.booking.enquiries import create_enquiry
from seating.booking.making import BookingResult
from seating.db import run, transaction
from seating.webhooks.deliveries import deliveries_of, redeliver
from seating.webhooks.outbox import announce_availability, fan_out_outbox
from tests.support.house import (
    CLOCK,
    SEVEN,
    VENUE,
    at,
    booked,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)
from tests.support.stand import about, promise, reserve, tell, walk_in
from tests.support.waitlist import joined
from tests.support.webhooks import PATIENCE, Watch, courier, endpoint, receiving

if TYPE_CHECKING:
    from uuid import UUID

    from seating.db import Pool
    from tests.support.webhooks import Manner, Receiver

STATES = "select status, count(*) from webhook_delivery group by status"


@pytest.fixture
async def client(pool: Pool) -> str:
    """A booking site of a house of four tables."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    await open_house(pool, house_text(2, 2, 4, 4))
    return (await new_site(pool))[0]


async def book(pool: Pool, client: str, number: int = 0) -> UUID:
    return (await booked(pool, order(number), site(client))).reservation.reservation_id


async def change_of(pool: Pool, client: str, reservation: UUID) -> None:
    wish, by = Change(special_request="by the window"), site(client)
    await run(pool, lambda conn: change(conn, VENUE, reservation, wish, by, CLOCK, version=None))


async def cancel_of(pool: Pool, client: str, reservation: UUID) -> None:
    await run(pool, lambda conn: cancel(conn, VENUE, reservation, "", site(client), CLOCK))


async def a_days_work(pool: Pool, client: str) -> list[UUID]:
    """Three reservations, each booked, changed and cancelled."""
    made = [await book(pool, client, number) for number in range(3)]
    for each in made:
        await change_of(pool, client, each)
        await cancel_of(pool, client, each)
    return made


DAYS_WORK = ["reservation.confirmed", "reservation.changed", "reservation.cancelled"]


async def deliver_all(pool: Pool, watch: Watch, **more: Any) -> None:  # noqa: ANN401
    """Deliver until nothing is left, however long that takes."""
    at_work = courier(pool, watch, **more)
    for _ in range(60):
        await at_work.deliver_all()
        if not await pool.fetchval("select count(*) from webhook_delivery where ended_at is null"):
            return
        watch.on(hours=1)
    raise AssertionError(await pool.fetch(STATES))


def in_order(receiver: Receiver, reservation: UUID) -> list[str]:
    """What was told of a reservation, each thing counted when it first came."""
    return list(dict.fromkeys(receiver.of(reservation)))


async def test_a_site_is_told_of_its_reservation_as_it_was_then(pool: Pool, client: str) -> None:
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url)
        reservation = await book(pool, client)
        await cancel_of(pool, client, reservation)
        await courier(pool, Watch()).deliver_all()
    assert receiver.told == ["reservation.confirmed", "reservation.cancelled"]
    code = await pool.fetchval("select code from reservation")
    first = receiver.got[0]
    assert first.data == {
        "id": str(reservation),
        "venue": VENUE,
        "version": 1,
        "status": "booked",
        "start": "2027-03-03T19:00:00+01:00",
        "duration_s": 5400,
        "party_size": 2,
        "code": code,
        "partner_reference": None,
    }
    assert receiver.got[1].data["version"] == 2
    assert len(first.body.encode()) < 20_000


async def test_it_is_signed_as_the_standard_says(pool: Pool, client: str) -> None:
    async with receiving() as receiver:
        _, secret = await endpoint(pool, client, receiver.url)
        await book(pool, client)
        await courier(pool, Watch()).deliver_all()
    got = receiver.got[0]
    assert Webhook(secret).verify(got.body, got.headers)["type"] == "reservation.confirmed"
    assert secret.startswith("whsec_")
    assert secret.encode() not in await pool.fetchval("select secret from webhook_endpoint")


@pytest.mark.parametrize("manner", [500, 301, 404, "hang", "die", "break off"])
async def test_whatever_it_answers_everything_arrives_in_order(
    pool: Pool, client: str, manner: Manner
) -> None:
    """Every third answer is no good."""
    async with receiving() as elsewhere, receiving() as receiver:
        receiver.elsewhere = elsewhere.url if manner == 301 else ""
        receiver.manners = [manner, 200, 204] * 6 + [200]
        await endpoint(pool, client, receiver.url)
        made = await a_days_work(pool, client)
        await deliver_all(pool, Watch(), seconds=PATIENCE if manner == "hang" else 15)
    for each in made:
        assert in_order(receiver, each) == DAYS_WORK
    assert len(receiver.got) > 9
    assert elsewhere.got == []
    assert [tuple(row) for row in await pool.fetch(STATES)] == [("delivered", 9)]


async def test_a_receiver_that_is_down_hears_all_of_it_when_it_is_back(
    pool: Pool, client: str
) -> None:
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url)
        await receiver.close()
        made = await a_days_work(pool, client)
        watch = Watch()
        at_work = courier(pool, watch)
        for _ in range(3):
            await at_work.deliver_all()
            watch.on(hours=2)
        assert receiver.got == []
        await receiver.open()
        await deliver_all(pool, watch)
    for each in made:
        assert in_order(receiver, each) == DAYS_WORK


async def test_after_410_nothing_comes_any_more(pool: Pool, client: str) -> None:
    async with receiving(200, 410) as receiver:
        mine, _ = await endpoint(pool, client, receiver.url)
        reservation = await book(pool, client)
        await courier(pool, Watch()).deliver_all()
        await change_of(pool, client, reservation)
        await cancel_of(pool, client, reservation)
        watch = Watch()
        await deliver_all(pool, watch)
        await book(pool, client, 1)
        await deliver_all(pool, watch)
        assert receiver.told == ["reservation.confirmed", "reservation.changed"]
        why = await pool.fetchval("select disabled_why from webhook_endpoint")
        assert why == "it answered 410"
    async with transaction(pool) as conn:
        kept = await deliveries_of(conn, mine, after=None, limit=10)
    assert [(each.type, each.status, each.last_status) for each in kept] == [
        ("reservation.cancelled", "given_up", None),
        ("reservation.changed", "given_up", 410),
        ("reservation.confirmed", "delivered", 200),
    ]


async def test_one_reservations_trouble_keeps_no_other_waiting(pool: Pool, client: str) -> None:
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url)
        one, other = await book(pool, client, 0), await book(pool, client, 1)
        receiver.manners = [500, 200]
        watch = Watch()
        at_work = courier(pool, watch)
        await at_work.deliver_all()
        troubled, fine = (one, other) if receiver.got[0].data["id"] == str(one) else (other, one)
        for each in (troubled, fine):
            await change_of(pool, client, each)
        await at_work.deliver_all()
        assert receiver.of(fine) == ["reservation.confirmed", "reservation.changed"]
        assert receiver.of(troubled) == ["reservation.confirmed"]
        watch.on(seconds=6)
        await at_work.deliver_all()
    assert receiver.of(troubled) == [
        "reservation.confirmed",
        "reservation.confirmed",
        "reservation.changed",
    ]


async def test_it_is_tried_for_more_than_a_day_and_then_given_up(pool: Pool, client: str) -> None:
    async with receiving(500) as receiver:
        await endpoint(pool, client, receiver.url)
        reservation = await book(pool, client)
        watch = Watch()
        began, at_work = watch.at, courier(pool, watch, jitter=lambda: 0.0)
        for _ in range(MAX_ATTEMPTS):
            await at_work.deliver_all()
            watch.at = await pool.fetchval("select next_at from webhook_delivery")
        assert [tuple(row) for row in await pool.fetch(STATES)] == [("given_up", 1)]
        assert timedelta(hours=24) < watch.at - began < timedelta(days=3)
        assert len({each.headers["webhook-id"] for each in receiver.got}) == 1
        assert len({each.headers["webhook-timestamp"] for each in receiver.got}) == MAX_ATTEMPTS
        assert len({each.body for each in receiver.got}) == 1
        receiver.manners = [200]
        await cancel_of(pool, client, reservation)
        await at_work.deliver_all()
    assert receiver.told[-1] == "reservation.cancelled"


@pytest.mark.parametrize("status", [503, 429, 500])
async def test_a_receiver_is_left_alone_for_as_long_as_it_asks(
    pool: Pool, client: str, status: int
) -> None:
    """Nothing is sent meanwhile, what has happened since neither; others are not kept waiting."""
    async with receiving(status, retry_after="30") as receiver, receiving() as other:
        await endpoint(pool, client, receiver.url)
        await endpoint(pool, client, other.url)
        await book(pool, client, 0)
        watch = Watch()
        at_work = courier(pool, watch, jitter=lambda: 0.0)
        await at_work.deliver_all()
        await book(pool, client, 1)
        for passed in (3, 26.9):
            watch.on(seconds=passed)
            await at_work.deliver_all()
        assert (len(receiver.got), len(other.got)) == (1, 2)
        receiver.manners, receiver.retry_after = [204], ""
        watch.on(seconds=0.2)
        await at_work.deliver_all()
        assert (len(receiver.got), len(other.got)) == (3, 2)


async def test_a_wait_is_bounded_and_whoever_asks_for_a_delivery_gets_it_now(
    pool: Pool, client: str
) -> None:
    async with receiving(503, retry_after="99999999") as receiver:
        mine, _ = await endpoint(pool, client, receiver.url)
        await book(pool, client, 0)
        watch = Watch()
        at_work = courier(pool, watch)
        await at_work.deliver_all()
        async with transaction(pool) as conn:
            (told,) = await deliveries_of(conn, mine, after=None, limit=9)
            assert told.next_at == watch.at + MAX_DELAY
            await redeliver(conn, mine, told.delivery_id, lease=timedelta(seconds=30), now=watch.at)
        receiver.manners, receiver.retry_after = [204], ""
        await at_work.deliver_all()
        assert len(receiver.got) == 2


async def test_nobody_hears_of_anothers_reservation(pool: Pool, client: str) -> None:
    stranger = (await new_site(pool))[0]
    async with receiving() as mine, receiving() as other:
        await endpoint(pool, client, mine.url)
        await endpoint(pool, stranger, other.url)
        await book(pool, client)
        await reserve(pool, 1)
        await courier(pool, Watch()).deliver_all()
    assert (mine.told, other.told) == (["reservation.confirmed"], [])


async def test_a_plan_that_moves_for_another_is_nothing_to_tell(pool: Pool, client: str) -> None:
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url)
        reservation = await book(pool, client)
        table = (await promise(pool, reservation)).tables
        await move_clock(pool, SEVEN - timedelta(minutes=30))
        await walk_in(pool, *table, size=2)
        assert (await promise(pool, reservation)).tables != table
        moves = "select count(*) from outbox where event = 'reservation.changed'"
        assert await pool.fetchval(moves) == 1
        await courier(pool, Watch()).deliver_all()
    assert receiver.told == ["reservation.confirmed"]


async def test_the_evening_of_a_reservation_is_told_step_by_step(pool: Pool, client: str) -> None:
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url)
        reservation = await book(pool, client)
        await move_clock(pool, SEVEN)
        known = await promise(pool, reservation)
        seated = (await tell(pool, orders.Seat(**about(known), tables=known.tables))).seatings[0]
        await tell(
            pool, orders.Clear(id=known.reservation_id, seating_id=seated.seating_id, version=1)
        )
        other = await promise(pool, await book_at(pool, client, 1, hours=1))
        await move_clock(pool, at(1))
        await tell(pool, orders.NoShow(**about(other)))
        await courier(pool, Watch()).deliver_all()
    assert receiver.of(reservation) == [
        "reservation.confirmed",
        "reservation.seated",
        "reservation.finished",
    ]
    assert receiver.of(other.reservation_id) == ["reservation.confirmed", "reservation.no_show"]


async def book_at(pool: Pool, client: str, number: int, hours: float) -> UUID:
    wish = order(number, starts=at(hours))
    return (await booked(pool, wish, site(client))).reservation.reservation_id


async def test_who_asked_a_person_is_told_the_answer(pool: Pool, client: str) -> None:
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url)
        by = site(client)
        asked = await run(
            pool, lambda conn: create_enquiry(conn, VENUE, order(0, party_size=4), by, CLOCK)
        )
        assert isinstance(asked, BookingResult)
        await courier(pool, Watch()).deliver_all()
        assert receiver.told == []
        known = await promise(pool, asked.reservation.reservation_id)
        await tell(pool, orders.Decline(**about(known)))
        await courier(pool, Watch()).deliver_all()
    assert sorted(receiver.told) == ["enquiry.answered", "reservation.declined"]
    assert {each.data["status"] for each in receiver.got} == {"declined"}


async def test_a_site_is_told_when_its_waiting_guests_table_is_ready(
    pool: Pool, client: str
) -> None:
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url)
        await move_clock(pool, SEVEN)
        for table in ("1", "2", "3", "4"):
            await walk_in(pool, table)
        entry = await joined(pool, 1, site(client))
        await tell(pool, orders.Notify(id=uuid4(), wait_id=entry.wait_id, version=1))
        await courier(pool, Watch()).deliver_all()
    assert [(each.type, each.data["id"], each.data["version"]) for each in receiver.got] == [
        ("waitlist.ready", str(entry.wait_id), 2)
    ]


ADJUSTMENT = """
insert into outbox (venue_id, event, subject, version, at, data)
values ($1, 'pos.adjustment', 'g1', 1, now(), '{"kind": "comp", "amount": 900}')
"""
BROKEN = """
insert into outbox (venue_id, event, subject, version, at, data)
values ($1, 'pos.adjustment', 'g1', 1, now(), '"not an object"')
"""
HELD = """
insert into outbox (venue_id, event, subject, version, at, data)
values ($1, 'held_table.released', 'h1', 1, now(), '{"seats": 2}')
"""


async def test_only_a_till_hears_of_adjustments_and_nobody_of_what_is_held(
    pool: Pool, client: str
) -> None:
    till = (await new_site(pool))[0]
    async with transaction(pool) as conn:
        await set_grant(conn, VENUE, client, ["bookings", "availability", "waitlist", "webhooks"])
        await set_grant(conn, VENUE, till, ["pos", "webhooks"])
    async with receiving() as of_site, receiving() as of_till:
        await endpoint(pool, till, of_till.url, ["pos.adjustment"])
        await endpoint(pool, client, of_site.url, ["reservation.confirmed"])
        await pool.execute("update webhook_endpoint set types = $1", sorted(EVENT_TYPES))
        await pool.execute(ADJUSTMENT, VENUE)
        await pool.execute(HELD, VENUE)
        await courier(pool, Watch()).deliver_all()
    assert (of_site.told, of_till.told) == ([], ["pos.adjustment"])
    assert of_till.got[0].data == {
        "id": "g1",
        "venue": VENUE,
        "version": 1,
        "kind": "comp",
        "amount": 900,
    }


async def test_a_venue_whose_outbox_is_broken_keeps_no_other_waiting(
    pool: Pool, client: str, caplog: pytest.LogCaptureFixture
) -> None:
    broken = "a-broken-one"
    await open_house(pool, house_text(2, venue=broken))
    there = (await new_site(pool, broken))[0]
    await pool.execute(BROKEN, broken)
    async with receiving() as receiver:
        await endpoint(pool, there, receiver.url, venue=broken)
        await endpoint(pool, client, receiver.url)
        await book(pool, client)
        await courier(pool, Watch()).deliver_all()
    assert receiver.told == ["reservation.confirmed"]
    assert "fanning out the outbox of a-broken-one failed" in caplog.text


async def test_a_client_that_is_shut_out_hears_nothing_more(pool: Pool, client: str) -> None:
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url)
        await book(pool, client)
        watch = Watch()
        await fan_out_outbox(pool, now=watch.at)
        async with transaction(pool) as conn:
            await withdraw_grant(conn, VENUE, client)
        await courier(pool, watch).deliver_all()
    assert receiver.got == []


async def test_that_availability_moved_is_told_thinly_and_not_too_often(
    pool: Pool, client: str
) -> None:
    before = await book(pool, client, 9)
    async with receiving() as receiver:
        await endpoint(pool, client, receiver.url, ["availability.changed"])
        assert await announce_availability(pool, CLOCK) == 0
        for number in range(2):
            await book(pool, client, number)
        assert await announce_availability(pool, CLOCK) == 1
        await courier(pool, Watch()).deliver_all()
        await cancel_of(pool, client, before)
        assert await announce_availability(pool, CLOCK) == 0
        await pool.execute("update webhook_seen set told_at = told_at - interval '1 minute'")
        assert await announce_availability(pool, CLOCK) == 1
        await courier(pool, Watch()).deliver_all()
    assert receiver.told == ["availability.changed"] * 2
    version = await pool.fetchval("select version from period")
    assert receiver.got[1].data == {
        "id": "2027-03-03.dinner",
        "venue": VENUE,
        "date": "2027-03-03",
        "version": version,
    }
