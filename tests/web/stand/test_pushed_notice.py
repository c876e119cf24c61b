"""A question reaches a manager who does not look, and is answered from the notice.

Everything is real but the vendor's push service: the browser subscribes at one on this machine, the
courier signs and encrypts to it, and what it decrypts is given to the service worker by Chromium.
"""

from __future__ import annotations

import json
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest_asyncio
from playwright.async_api import expect

from api.settings import Settings
from seating.db import open_pool
from tests.api.booking.conftest import listening
from tests.support.application import living
from tests.support.database import copy_of
from tests.support.friday import template_of
from tests.support.pushes import Browser as Subscriber
from tests.support.pushes import push_courier, push_service
from tests.support.stand import stand
from tests.support.webhooks import KEY, Watch
from tests.web.stand.calling import call
from tests.web.stand.conftest import Served, Tablets, kept

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, BrowserContext, Page

SUBSCRIBING = """told => {
    const subscription = {endpoint: told.endpoint, toJSON: () => told,
        unsubscribe: async () => { window.subscribed = null; return true }};
    PushManager.prototype.subscribe = async options => {
        window.keyOffered = new Uint8Array(options.applicationServerKey).length;
        window.subscribed = subscription;
        return subscription;
    };
    PushManager.prototype.getSubscription = async () => window.subscribed ?? null;
}"""
TAP_NOTICE = """async () => {
    const [notice] = await self.registration.getNotifications();
    const event = new NotificationEvent('notificationclick', {notification: notice});
    self.dispatchEvent(event);
}"""
WAITING = re.compile(r"^\(1\) ")
NOTICES = """async () => {
    const known = await navigator.serviceWorker.ready;
    return (await known.getNotifications()).map(one => [one.title, one.body, one.tag]);
}"""


@asynccontextmanager
async def house_that_rings(template: str) -> AsyncIterator[Served]:
    async with copy_of(await template_of("friday", like=template), like=template) as dsn:
        pool = await open_pool(dsn, min_size=1)
        settings = Settings(
            database_url=dsn, demo=True, jobs="none", secrets_key=KEY, webhooks_to_loopback=True
        )
        async with living(settings) as app:
            as_it_is = await kept(app, dsn)
            async with listening(as_it_is.app) as url:
                yield Served(url, pool, as_it_is)
        await pool.close()


@pytest_asyncio.fixture(loop_scope="session")
async def tablets(template: str, screens: None, browser: Browser) -> AsyncIterator[Tablets]:
    del screens
    async with house_that_rings(template) as served:
        found = Tablets(browser, served)
        yield found
        await found.close()
    assert found.complaints == []


async def asked(host: Page, manager: Page, seating: str) -> dict[str, Any]:
    """The host asks for more than hosts may give."""
    period = (await call(manager, "GET", "/host/tonight"))["period"]["period_id"]
    less = {"id": str(uuid4()), "reason": "a dear night", "rules": {"purses": {"host_gift": 1}}}
    await call(manager, "POST", f"/manage/periods/{period}/override", less)
    wish = {
        "id": str(uuid4()),
        "item": "dessert",
        "line": "because you waited so long",
        "reason": "they waited",
        "seating_id": seating,
        "guest_asked": True,
    }
    told: dict[str, Any] = await call(host, "POST", "/host/gestures/ask", wish)
    return told


async def pushed(context: BrowserContext, page: Page, text: bytes) -> None:
    """What the browser's push service brings to the worker of this page."""
    session = await context.new_cdp_session(page)
    registered: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registered.extend(each["registrationId"] for each in told["registrations"]),
    )
    await session.send("ServiceWorker.enable")
    while not registered:
        await page.wait_for_timeout(50)
    origin = await page.evaluate("location.origin")
    which = {"origin": origin, "registrationId": registered[0], "data": text.decode()}
    await session.send("ServiceWorker.deliverPushMessage", which)


async def test_a_question_is_answered_from_a_notice_that_names_no_guest(tablets: Tablets) -> None:
    served = tablets.served
    host = await tablets("marat")
    manager = await tablets(
        "boris", size=(390, 844), address="/desk/#/reports", ready=".shell header", worker=True
    )
    context = manager.context
    await context.grant_permissions(["notifications"])
    async with push_service() as service:
        phone = Subscriber()
        told = phone.subscription(service.endpoint("boris"))
        await manager.evaluate(f"({SUBSCRIBING})({json.dumps(told)})")
        await manager.locator("header .person").tap()
        ring = manager.get_by_role("group", name="Message to this device")
        await ring.get_by_role("button", name="On").tap()
        await expect(ring.get_by_role("button", name="On")).to_have_attribute(
            "aria-pressed", "true"
        )
        assert await manager.evaluate("window.keyOffered") == 65
        await manager.keyboard.press("Escape")

        party = next(each for each in (await stand(served.pool)).seatings if each.name)
        question = await asked(host, manager, str(party.seating_id))
        await expect(manager).to_have_title(WAITING)
        await push_courier(served.pool, Watch()).deliver_all()
        (got,) = service.got
    text = phone.read(got.body)
    assert party.name not in text.decode()
    await pushed(context, manager, text)
    shown: list[list[str]] = []
    while not shown:
        shown = await manager.evaluate(NOTICES)
    ((title, body, tag),) = shown
    assert (title, tag) == ("Marat Galeev asks for your yes", question["approval_id"])
    assert body.startswith("Dessert for the table, €")

    await context.service_workers[0].evaluate(TAP_NOTICE)
    request = manager.get_by_role("region", name="Marat Galeev asks")
    await request.get_by_role("button", name="Yes").tap()
    await expect(request).to_have_count(0)
    assert await served.pool.fetchval("select answered_by from approval") == "boris"
    await expect(manager).not_to_have_title(WAITING)
