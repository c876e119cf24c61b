"""A story per notice, by mail: once, at its hour, in the guest's language, true when it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from seating.booking.by_link import booking_link, cancel_by_link, change_by_link
from seating.booking.changing import Change, cancel
from seating.booking.making import create_reservation
from seating.correspondence.reminders import write_reminders
from seating.db import run, transaction
from tests.support.correspondence import (
    MAIL,
    MOBILE,
    PUBLIC,
    SENDER,
    ada,
    by_staff,
    mail_catcher,
    notice_courier,
    office,
    states,
    text_in,
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
    open_house,
)
from tests.support.webhooks import Watch

if TYPE_CHECKING:
    from email.message import EmailMessage

    from seating.booking.making import BookingResult
    from seating.db import Connection, Pool

TOMORROW = SEVEN + timedelta(days=1)


@pytest.fixture
async def house(pool: Pool) -> Pool:
    await open_house(pool, house_text(2, 2, 4))
    return pool


async def page_of(pool: Pool, made: BookingResult) -> str:
    """The token of the guest's page."""
    return await run(pool, lambda conn: booking_link(conn, VENUE, made.reservation, CLOCK))


async def delivered(pool: Pool, *manners: str) -> list[EmailMessage]:
    async with mail_catcher(*manners) as catcher:
        for _ in range(2):
            await notice_courier(pool, Watch(), office(catcher)).deliver_all()
    return catcher.inbox


async def test_a_booking_is_confirmed_once_with_its_calendar_file(house: Pool) -> None:
    made = await booked(house, ada(), HOST)
    (mail,) = await delivered(house)
    assert (mail["From"], mail["To"]) == (f"Test house <{SENDER}>", MAIL)
    assert mail["Subject"] == "Your table at Test house, Wednesday 3 March"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None
    text = text_in(mail)
    assert "Hello Ada," in text
    assert "Wednesday 3 March, 19:00" in text
    assert "Europe/Berlin" in text
    assert f"{PUBLIC}/r/" in text
    (calendar,) = mail.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert "DTSTART:20270303T180000Z" in calendar.get_content()
    notice_id = await house.fetchval("select notice_id from guest_notice")
    assert mail["Message-ID"] == f"<{notice_id}@book.example>"
    assert await states(house) == [("confirmation", "sent", "", "email")]
    assert str(made.reservation.reservation_id) not in text


async def test_what_was_rolled_back_was_never_news(house: Pool) -> None:
    async def broken(conn: Connection) -> None:
        await create_reservation(conn, VENUE, ada(), HOST, CLOCK)
        assert await conn.fetchval("select count(*) from guest_notice") == 1
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await run(house, broken)
    assert await states(house) == []
    assert await delivered(house) == []


async def test_each_guest_is_written_to_in_their_own_language(house: Pool) -> None:
    for locale in ("ru", "de-CH", "uk"):
        await booked(house, ada(locale=locale), HOST)
    assert {mail["Subject"] for mail in await delivered(house)} == {
        "Ваш столик в Test house, среда, 3 марта",
        "Ihr Tisch im Test house, Mittwoch, 3. März",
        "Ваш столик у Test house, середа, 3 березня",
    }


async def test_a_move_is_told_once_as_it_stands_and_not_at_all_there_and_back(house: Pool) -> None:
    made = await booked(house, ada(), HOST)
    await delivered(house)
    page = await page_of(house, made)
    await run(
        house,
        lambda conn: change_by_link(
            conn, page, Change(starts=SEVEN + timedelta(hours=1)), CLOCK, version=1
        ),
    )
    (mail,) = await delivered(house)
    assert mail["Subject"] == "Your table at Test house has changed: Wednesday 3 March, 20:00"

    for hours, version in ((2, 2), (1, 3)):
        wish = Change(starts=SEVEN + timedelta(hours=hours))
        async with transaction(house) as conn:
            await change_by_link(conn, page, wish, CLOCK, version=version)
    assert await delivered(house) == []
    assert [each[:3] for each in await states(house)] == [
        ("confirmation", "sent", ""),
        ("change", "sent", ""),
        ("change", "skipped", "superseded"),
        ("change", "skipped", "superseded"),
    ]


async def test_what_was_cancelled_before_it_was_confirmed_is_told_as_cancelled_only(
    house: Pool,
) -> None:
    made = await booked(house, ada(), HOST)
    page = await page_of(house, made)
    await run(house, lambda conn: cancel_by_link(conn, page, CLOCK))
    (mail,) = await delivered(house)
    assert mail["Subject"] == "Your table at Test house is cancelled, Wednesday 3 March"
    (calendar,) = mail.iter_attachments()
    assert "STATUS:CANCELLED" in calendar.get_content()
    assert [each[:3] for each in await states(house)] == [
        ("confirmation", "skipped", "superseded"),
        ("cancellation", "sent", ""),
    ]


async def test_what_the_house_takes_back_in_time_the_guest_never_hears(house: Pool) -> None:
    made = await booked(house, ada(), HOST)
    await delivered(house)
    with by_staff():
        await run(
            house,
            lambda conn: cancel(
                conn, VENUE, made.reservation.reservation_id, "a slip", HOST, CLOCK
            ),
        )
    assert await delivered(house) == [], "it may still be taken back"
    await move_clock(house, NOON + timedelta(seconds=31))
    (mail,) = await delivered(house)
    assert mail["Subject"].startswith("We have to cancel your table")
    assert "We are sorry" in text_in(mail)


async def test_a_reminder_goes_out_a_day_before_and_its_links_change_nothing(house: Pool) -> None:
    made = await booked(house, ada(starts=TOMORROW, phone=MOBILE), HOST)
    await delivered(house)
    assert await write_reminders(house, CLOCK) == 0, "too early"
    await move_clock(house, TOMORROW - timedelta(hours=24))
    assert await write_reminders(house, CLOCK) == 0, "told seven hours ago"
    await house.execute("update reservation set created_at = created_at - interval '1 day'")
    assert [await write_reminders(house, CLOCK) for _ in range(2)] == [1, 0]
    (mail,) = await delivered(house)
    assert mail["Subject"] == "Thursday 4 March, 19:00: your table at Test house"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith(f"<{PUBLIC}/n/bistro:")
    state = await house.fetchval("select state from reservation")
    assert (state, made.reservation.state) == ("booked", "booked")


async def test_who_books_again_for_another_time_is_reminded_of_that(house: Pool) -> None:
    made = await booked(house, ada(starts=TOMORROW), HOST)
    await house.execute("update reservation set created_at = created_at - interval '1 day'")
    await move_clock(house, TOMORROW - timedelta(hours=24))
    await write_reminders(house, CLOCK)
    later = Change(starts=TOMORROW + timedelta(hours=1))
    page = await page_of(house, made)
    await run(house, lambda conn: change_by_link(conn, page, later, CLOCK, version=1))
    await move_clock(house, TOMORROW - timedelta(hours=23))
    await write_reminders(house, CLOCK)
    reminders = [each[1:3] for each in await states(house) if each[0] == "reminder"]
    assert reminders == [("waiting", ""), ("waiting", "")]
    mails = await delivered(house)
    reminded = [each["Subject"] for each in mails if each["List-Unsubscribe"]]
    assert reminded == ["Thursday 4 March, 20:00: your table at Test house"]
