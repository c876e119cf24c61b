"""Tonight on the manager's desk: what a host asks is answered in one tap, and the host sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.support.browser import PATIENCE
from tests.support.stand import stand
from tests.web.stand.calling import call
from tests.web.stand.test_accessible import violations

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.stand.conftest import Served, Tablets

DESK = "/desk/#/tonight"
PHONE = (390, 844)


async def desk(tablet: Tablets, who: str = "boris", **more: object) -> Page:
    """The desk of a manager on a phone, at tonight."""
    return await tablet(who, size=PHONE, address=DESK, ready="#tonight-bars", **more)  # type: ignore[arg-type]


async def test_what_a_host_asks_is_answered_in_one_tap_and_the_host_sees_it(
    tablet: Tablets, friday: Served
) -> None:
    host, manager = await tablet("marat"), await desk(tablet)
    party = next(each for each in (await stand(friday.pool)).seatings if each.name)
    tonight = await call(manager, "GET", "/host/tonight")
    less = {"id": str(uuid4()), "reason": "a dear night", "rules": {"purses": {"host_gift": 1}}}
    period = tonight["period"]["period_id"]
    await call(manager, "POST", f"/manage/periods/{period}/override", less)
    wish = {
        "id": str(uuid4()),
        "item": "dessert",
        "line": "because you waited so long",
        "reason": "cold, and they waited",
        "seating_id": str(party.seating_id),
        "guest_asked": True,
    }
    await host.get_by_role("button", name=re.compile("From the house")).first.tap()
    asked = await call(host, "POST", "/host/gestures/ask", wish)
    assert asked["state"] == "waiting"
    request = manager.get_by_role("region", name="Marat Galeev asks")
    await expect(request).to_contain_text("cold, and they waited", timeout=PATIENCE)
    await expect(request).to_contain_text(re.compile(r"\d+:\d\d left"))
    assert await violations(manager) == {}
    assert await manager.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await request.get_by_role("button", name="Yes").tap()
    await expect(request).to_have_count(0)
    offered = host.locator("li", has_text="because you waited so long")
    await offered.get_by_role("button", name="They like it").wait_for()
    assert await friday.pool.fetchval("select answered_by from approval") == "boris"


@pytest.mark.parametrize("friday", ["empty"], indirect=True)
async def test_one_more_table_is_kept_and_one_given_back(tablet: Tablets, friday: Served) -> None:
    manager = await desk(tablet)
    held = manager.get_by_role("region", name="Held tables")
    now = len((await call(manager, "GET", "/host/tonight"))["held"])
    await held.get_by_role("button", name="Keep one more").tap()
    await expect(held.get_by_text(f"{now + 1} kept for 2")).to_be_visible()
    await held.get_by_role("button", name="Give back").tap()
    await expect(held.get_by_text(f"{now} kept for 2")).to_be_visible()
    await manager.get_by_role("button", name=re.compile("^Undo")).tap()
    await expect(held.get_by_text(f"{now + 1} kept for 2")).to_be_visible()
    count = "select count(*) from held_table where state = 'held'"
    assert await friday.pool.fetchval(count) == now + 1
