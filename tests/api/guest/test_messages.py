"""Text messages through providers that sign their callbacks, and the page that ends messages."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

import pytest
from standardwebhooks import Webhook

from api.settings import Settings
from seating.clock import wall_now
from seating.correspondence.reminders import write_reminders
from tests.api.conftest import client_of, staff_client
from tests.support.application import living
from tests.support.correspondence import (
    ACCOUNT,
    MAIL,
    MOBILE,
    PUBLIC,
    TOKEN,
    WHSEC,
    Sms,
    TextProvider,
    account_at,
    ada,
    mail_catcher,
    notice_courier,
    office,
    states,
    text_in,
    text_provider,
    twilio_signature,
)
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    booked,
    house_text,
    move_clock,
    open_house,
)
from tests.support.webhooks import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    import httpx
    from litestar import Litestar

    from seating.db import Pool

FORMS: list[Literal["twilio", "signed"]] = ["twilio", "signed"]


@pytest.fixture
async def house(pool: Pool) -> Pool:
    await open_house(pool, house_text(2, 2, 4))
    return pool


@asynccontextmanager
async def heard_by(database: str, provider: TextProvider | None) -> AsyncIterator[Litestar]:
    """The service, with this provider set."""
    account = account_at(provider) if provider else None
    settings = Settings(
        database_url=database,
        jobs="none",
        pool_min=1,
        pool_max=4,
        public_url=PUBLIC,
        text_provider=account.provider if account else "",
        text_url=account.url if account else "",
        text_account=account.account if account else "",
        text_secret=account.secret if account else "",
        text_from="Maitred",
    )
    async with living(settings) as app:
        yield app


async def tell_twilio(
    client: httpx.AsyncClient, url: str, form: dict[str, str], signature: str = ""
) -> int:
    headers = {
        "X-Twilio-Signature": signature or twilio_signature(url, form),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = await client.post(url.removeprefix(PUBLIC), content=urlencode(form), headers=headers)
    return answer.status_code


async def tell_signed(
    client: httpx.AsyncClient,
    url: str,
    body: dict[str, str],
    *,
    secret: str = WHSEC,
    at: datetime | None = None,
) -> int:
    text, when = json.dumps(body), at or wall_now()
    headers = {
        "webhook-id": "told-1",
        "webhook-timestamp": str(int(when.timestamp())),
        "webhook-signature": Webhook(secret).sign("told-1", when, text),
        "Content-Type": "application/json",
    }
    answer = await client.post(url.removeprefix(PUBLIC), content=text, headers=headers)
    return answer.status_code


@pytest.mark.parametrize("form", FORMS)
async def test_a_guest_with_a_phone_only_gets_one_text_counted_and_told_as_delivered(
    house: Pool, database: str, form: Literal["twilio", "signed"]
) -> None:
    await booked(house, ada(email=None, phone=MOBILE, locale="ru"), HOST)
    async with text_provider(form) as provider, heard_by(database, provider) as app:
        for _ in range(2):
            await notice_courier(house, Watch(), office(texts=provider)).deliver_all()
        (sms,) = provider.sent
        assert sms.to == MOBILE
        assert sms.text.startswith(
            "Test house: столик забронирован, 3 марта, 19:00, гостей: 2. Посмотреть, изменить: "
            f"{PUBLIC}/r/bistro:"
        )
        assert await house.fetchval("select segments from guest_notice") == 3
        async with client_of(app) as client:
            if form == "twilio":
                done = {"MessageSid": sms.id, "MessageStatus": "delivered", "AccountSid": ACCOUNT}
                assert await tell_twilio(client, sms.callback, done) == 204
            else:
                word = {"id": sms.id, "status": "delivered"}
                assert await tell_signed(client, sms.callback, word) == 204
    assert await states(house) == [("confirmation", "delivered", "", "text")]


async def test_a_callback_that_twilio_has_not_signed_changes_nothing_and_the_first_end_stands(
    house: Pool, database: str
) -> None:
    await booked(house, ada(email=None, phone=MOBILE), HOST)
    async with text_provider("twilio") as provider, heard_by(database, provider) as app:
        await notice_courier(house, Watch(), office(texts=provider)).deliver_all()
        (sms,) = provider.sent
        end = {"MessageSid": sms.id, "MessageStatus": "undelivered", "ErrorCode": "30003"}
        sent = {"MessageSid": sms.id, "MessageStatus": "sent", "NewField": "of some day"}
        late = {"MessageSid": sms.id, "MessageStatus": "delivered"}
        async with client_of(app) as client:
            forged = twilio_signature(sms.callback, end, "another token")
            assert await tell_twilio(client, sms.callback, end, forged) == 403
            grown = twilio_signature(sms.callback, {"MessageSid": sms.id})
            assert await tell_twilio(client, sms.callback, end, grown) == 403
            elsewhere = sms.callback.replace("/told", "/told?x=1")
            assert (
                await tell_twilio(client, sms.callback, end, twilio_signature(elsewhere, end))
                == 403
            )
            other = end | {"MessageSid": "SM-of-another-message"}
            assert await tell_twilio(client, sms.callback, other) == 204
            assert await tell_twilio(client, sms.callback, sent) == 204
            assert await states(house) == [("confirmation", "sent", "", "text")]
            for word in (end, end, late):
                assert await tell_twilio(client, sms.callback, word) == 204
    assert await states(house) == [("confirmation", "failed", "twilio_30003", "text")]


async def test_a_callback_that_is_faster_than_the_answer_is_not_forgotten(
    house: Pool, database: str
) -> None:
    await booked(house, ada(email=None, phone=MOBILE), HOST)
    async with (
        text_provider("twilio") as provider,
        heard_by(database, provider) as app,
        client_of(app) as client,
    ):

        async def at_once(sms: Sms) -> None:
            done = {"MessageSid": sms.id, "MessageStatus": "delivered"}
            assert await tell_twilio(client, sms.callback, done) == 204

        provider.before_answer = at_once
        await notice_courier(house, Watch(), office(texts=provider)).deliver_all()
    assert await states(house) == [("confirmation", "delivered", "", "text")]


async def test_a_callback_of_a_gateway_that_is_forged_or_old_changes_nothing(
    house: Pool, database: str
) -> None:
    await booked(house, ada(email=None, phone=MOBILE), HOST)
    async with text_provider("signed") as provider, heard_by(database, provider) as app:
        await notice_courier(house, Watch(), office(texts=provider)).deliver_all()
        (sms,) = provider.sent
        async with client_of(app) as client:
            end = {"id": sms.id, "status": "failed", "reason": "No such number: +49 151"}
            other = "whsec_" + "A" * 32
            assert await tell_signed(client, sms.callback, end, secret=other) == 403
            old = wall_now() - timedelta(minutes=6)
            assert await tell_signed(client, sms.callback, end, at=old) == 403
            bare = await client.post(sms.callback.removeprefix(PUBLIC), content="{}")
            assert bare.status_code == 403
            assert await states(house) == [("confirmation", "sent", "", "text")]
            assert await tell_signed(client, sms.callback, end) == 204
    (told,) = await states(house)
    assert told[:2] == ("confirmation", "failed")
    assert " " not in told[2]


async def test_a_provider_that_is_busy_is_asked_again_and_a_wrong_number_is_the_end(
    house: Pool,
) -> None:
    await booked(house, ada(email=None, phone=MOBILE), HOST)
    watch = Watch()
    async with text_provider("twilio", (429, {}), (500, {}), (201, {})) as provider:
        for _ in range(5):
            await notice_courier(house, watch, office(texts=provider)).deliver_all()
            watch.on(seconds=45)
        assert (provider.tried, len(provider.sent)) == (3, 1)
    assert (await states(house))[0][1] == "sent"
    await booked(house, ada(email=None, phone="+4915112345679"), HOST)
    wrong = {"code": 21211, "message": "no such number", "status": 400}
    async with text_provider("twilio", (400, wrong)) as provider:
        for _ in range(3):
            await notice_courier(house, watch, office(texts=provider)).deliver_all()
            watch.on(minutes=3)
        assert provider.tried == 1
    assert (await states(house))[1] == ("confirmation", "failed", "twilio_21211", "text")


async def test_who_answered_stop_gets_no_more_texts_from_us(house: Pool) -> None:
    await booked(house, ada(email=None, phone=MOBILE), HOST)
    stopped = {"code": 21610, "message": "unsubscribed", "status": 400}
    async with text_provider("twilio", (400, stopped)) as provider:
        await notice_courier(house, Watch(), office(texts=provider)).deliver_all()
        await booked(house, ada(email=None, phone=MOBILE, starts=SEVEN + timedelta(days=1)), HOST)
        await notice_courier(house, Watch(), office(texts=provider)).deliver_all()
        assert provider.tried == 1
    assert [each[1:3] for each in await states(house)] == [
        ("failed", "twilio_21610"),
        ("skipped", "not_wanted"),
    ]


async def test_without_a_provider_there_is_nothing_to_tell(house: Pool, database: str) -> None:
    del house
    async with heard_by(database, None) as app, client_of(app) as client:
        where = "/notices/bistro/00000000-0000-0000-0000-000000000007/told"
        assert (await client.post(where, content="")).status_code == 404


async def test_a_reminders_link_ends_messages_by_a_button_never_by_being_opened(
    house: Pool, database: str
) -> None:
    tomorrow = SEVEN + timedelta(days=1)
    await booked(house, ada(starts=tomorrow, phone=MOBILE), HOST)
    await house.execute("update reservation set created_at = created_at - interval '1 day'")
    await house.execute("update guest_notice set status = 'skipped', why = 'over'")
    await move_clock(house, tomorrow - timedelta(hours=24))
    await write_reminders(house, CLOCK)
    async with mail_catcher() as catcher:
        await notice_courier(house, Watch(), office(catcher)).deliver_all()
        (mail,) = catcher.inbox
        stop = mail["List-Unsubscribe"].strip(" <>").removeprefix(PUBLIC)
        assert stop in text_in(mail)
        async with heard_by(database, None) as app, client_of(app) as client:
            for _ in range(2):
                seen = await client.get(stop, headers={"Accept-Language": "de"})
                assert (seen.status_code, "nicht mehr schreiben" in seen.text) == (200, True)
            assert await house.fetchval("select written_to from guest") == "anything"
            one_click = {"List-Unsubscribe": "One-Click"}
            done = await client.post(stop, data=one_click, headers={"Accept-Language": "de"})
            assert "Wir schreiben Ihnen nicht mehr" in done.text
            assert (await client.get(stop[:-1] + "x")).status_code == 404
        assert await house.fetchval("select written_to from guest") == "nothing"

        await booked(house, ada(starts=tomorrow + timedelta(hours=2), phone=MOBILE), HOST)
        await notice_courier(house, Watch(), office(catcher)).deliver_all()
        assert len(catcher.inbox) == 1
    assert (await states(house))[-1][1:3] == ("skipped", "not_wanted")


async def test_staff_see_what_became_of_each_message_and_managers_what_texts_cost(
    house: Pool, database: str
) -> None:
    made = await booked(house, ada(), HOST)
    await notice_courier(house, Watch(), office()).deliver_all()
    where = f"/host/reservations/{made.reservation.reservation_id}/notices"
    async with heard_by(database, None) as app, staff_client(app, "anna") as anna:
        (seen,) = (await anna.get(where)).json()
        assert (seen["status"], seen["why"]) == ("skipped", "not_configured")
        assert MAIL not in json.dumps(seen)
        told = (await anna.get("/manage/notices")).json()
    assert (told["emails"], told["texts"], told["provider"]) == (False, False, "")
    assert told["week"] == [
        {
            "status": "skipped",
            "why": "not_configured",
            "channel": "",
            "notices": 1,
            "segments": 0,
        }
    ]
    russian = next(
        each
        for each in told["templates"]
        if (each["telling"], each["language"]) == ("confirmation", "ru")
    )
    assert (russian["encoding"], russian["segments"], russian["cost"]) == ("ucs2", 3, 24.0)
    assert len(told["templates"]) == 8 * 4
    assert TOKEN not in json.dumps(told)
