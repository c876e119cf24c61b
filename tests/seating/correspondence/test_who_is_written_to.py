"""Waiting parties, enquiries, guests of sites, quiet hours, and guests who wish otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from policies.floor import orders
from seating.book.guests import Contact
from seating.booking.changing import Change, change
from seating.booking.enquiries import create_enquiry
from seating.booking.guest_records import GuestCorrection, MergeGuests, correct_guest, merge_guests
from seating.booking.making import BookingResult
from seating.correspondence.reminders import write_reminders
from seating.db import run, transaction
from tests.support.correspondence import (
    MAIL,
    MOBILE,
    ada,
    by_staff,
    mail_catcher,
    notice_courier,
    office,
    states,
    text_in,
    text_provider,
)
from tests.support.house import (
    CLOCK,
    HOST,
    NOON,
    SEVEN,
    VENUE,
    booked,
    house_text,
    move_clock,
    new_site,
    open_house,
    site,
)
from tests.support.rules import rule
from tests.support.stand import about, promise, tell
from tests.support.waitlist import joined
from tests.support.webhooks import Watch

if TYPE_CHECKING:
    from uuid import UUID

    from seating.book.guests import Guest
    from seating.db import Pool

DAY = timedelta(days=1)
LATE = SEVEN + timedelta(hours=4, minutes=30)
"""Half past eleven in Berlin, on the evening before a visit of the next day."""


@pytest.fixture
async def house(pool: Pool) -> Pool:
    await open_house(pool, house_text(2, 2, 4))
    return pool


async def mails_of(pool: Pool) -> list[str]:
    """The subjects of the mails that are due now."""
    async with mail_catcher() as catcher:
        await notice_courier(pool, Watch(), office(catcher)).deliver_all()
    return [mail["Subject"] for mail in catcher.inbox]


async def test_who_is_called_to_a_table_gets_one_text_and_none_when_it_was_taken_back(
    house: Pool,
) -> None:
    await move_clock(house, SEVEN)
    guest = Contact(name="Ada", phone=MOBILE, locale="uk")
    first = await joined(house, guest=guest)
    second = await joined(house, guest=Contact(name="Bea", phone="+4915112345670"))
    slip = await tell(house, orders.Notify(id=uuid4(), wait_id=second.wait_id, version=1))
    await tell(house, orders.Undo(id=uuid4(), action_id=slip.action_id))
    await tell(house, orders.Notify(id=uuid4(), wait_id=first.wait_id, version=1))
    async with text_provider("twilio") as provider:
        for _ in range(2):
            await notice_courier(house, Watch(), office(texts=provider)).deliver_all()
        (sms,) = provider.sent
    assert sms.to == MOBILE
    assert sms.text.startswith("Test house: ваш столик готовий і ваш до 19:10.")
    assert "/w/bistro:" in sms.text
    assert [each[1:3] for each in await states(house)] == [("skipped", "superseded"), ("sent", "")]


async def enquiry(pool: Pool) -> UUID:
    wish = ada(party_size=4)
    made = await run(pool, lambda conn: create_enquiry(conn, VENUE, wish, HOST, CLOCK))
    assert isinstance(made, BookingResult)
    return made.reservation.reservation_id


async def test_an_enquiry_is_answered_with_yes_or_kindly_with_no(house: Pool) -> None:
    asked = await enquiry(house)
    assert await mails_of(house) == [], "the page says that we have it"
    await tell(house, orders.Approve(**about(await promise(house, asked))))
    assert await mails_of(house) == ["Yes, we have your table at Test house, Wednesday 3 March"]

    other = await enquiry(house)
    await tell(house, orders.Decline(**about(await promise(house, other))))
    async with mail_catcher() as catcher:
        await notice_courier(house, Watch(), office(catcher)).deliver_all()
    (mail,) = catcher.inbox
    assert "We are sorry" in text_in(mail)
    assert list(mail.iter_attachments()) == [], "nothing for a calendar"


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("nothing", []),
        ("from_the_house", ["change", "reminder"]),
        ("everything", ["confirmation", "change", "change", "reminder"]),
    ],
)
async def test_the_guest_of_a_site_hears_of_us_what_the_site_does_not_tell(
    house: Pool, told: str, kinds: list[str]
) -> None:
    await rule(house, notices={"guests_of_sites": told})
    client_id, _ = await new_site(house)
    made = await booked(house, ada(starts=SEVEN + DAY), site(client_id))
    key = made.reservation.reservation_id
    await moved(house, key, 1, site(client_id))
    with by_staff():
        await moved(house, key, 2, HOST)
    await house.execute("update reservation set created_at = created_at - interval '1 day'")
    await move_clock(house, NOON + timedelta(hours=9))
    await write_reminders(house, CLOCK)
    assert [each[0] for each in await states(house)] == kinds


async def moved(pool: Pool, key: UUID, hours: int, booker: Any) -> None:  # noqa: ANN401
    wish = Change(starts=SEVEN + DAY + timedelta(hours=hours))
    async with transaction(pool) as conn:
        await change(conn, VENUE, key, wish, booker, CLOCK, version=None)


async def test_quiet_hours_hold_a_reminder_and_not_what_the_guest_has_just_done(
    house: Pool,
) -> None:
    await booked(house, ada(starts=SEVEN + DAY + timedelta(hours=3)), HOST)
    await house.execute("update reservation set created_at = created_at - interval '2 days'")
    await house.execute("update guest_notice set status = 'skipped', why = 'over'")
    await move_clock(house, LATE)
    await write_reminders(house, CLOCK)
    await booked(house, ada(starts=SEVEN + DAY), HOST)
    assert await mails_of(house) == ["Your table at Test house, Thursday 4 March"]
    assert (await states(house))[1] == ("reminder", "waiting", "quiet_hours", "")
    await move_clock(house, LATE + timedelta(hours=8, minutes=59))
    assert await mails_of(house) == []
    await move_clock(house, LATE + timedelta(hours=9))
    assert await mails_of(house) == ["Thursday 4 March, 22:00: your table at Test house"]


async def corrected(pool: Pool, guest_id: UUID, **wish: Any) -> Guest:  # noqa: ANN401
    return await run(
        pool,
        lambda conn: correct_guest(
            conn, VENUE, uuid4(), guest_id, GuestCorrection(**wish), by="anna", clock=CLOCK
        ),
    )


async def test_a_guest_who_wants_no_texts_or_nothing_gets_none(house: Pool) -> None:
    made = await booked(house, ada(phone=MOBILE), HOST)
    guest_id = made.reservation.guest_id
    assert guest_id is not None
    await rule(house, notices={"text_first": True})
    assert (await corrected(house, guest_id, written_to="no_texts")).written_to == "no_texts"
    async with text_provider("twilio") as provider, mail_catcher() as catcher:
        by = office(catcher, provider)
        await notice_courier(house, Watch(), by).deliver_all()
        assert (provider.tried, catcher.recipients) == (0, [MAIL])
        await corrected(house, guest_id, written_to="nothing")
        await booked(house, ada(phone=MOBILE, starts=SEVEN + DAY), HOST)
        await notice_courier(house, Watch(), by).deliver_all()
        assert (provider.tried, len(catcher.inbox)) == (0, 1)
    assert (await states(house))[-1][1:3] == ("skipped", "not_wanted")


async def test_one_guest_of_two_records_is_written_to_as_the_stricter_says(house: Pool) -> None:
    one = (await booked(house, ada(phone=MOBILE), HOST)).reservation.guest_id
    other = (
        await booked(house, ada(phone="+4915112345670", starts=SEVEN + DAY), HOST)
    ).reservation.guest_id
    assert one is not None
    assert other is not None
    await corrected(house, one, written_to="no_texts")
    await corrected(house, other, written_to="no_emails")
    wish = MergeGuests(id=uuid4(), kept_id=one, gone_id=other)
    merged = await run(house, lambda conn: merge_guests(conn, VENUE, wish, by="anna", clock=CLOCK))
    assert merged.guest.written_to == "nothing"


async def test_a_landline_without_a_mail_address_is_no_address(house: Pool) -> None:
    await booked(house, ada(email=None, phone="+493020000001"), HOST)
    async with text_provider("twilio") as provider:
        await notice_courier(house, Watch(), office(texts=provider)).deliver_all()
        assert provider.tried == 0
    assert (await states(house))[0][1:3] == ("skipped", "no_address")
