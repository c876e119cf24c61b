"""The kitchen's screen: two tablets, one list; a tap is seen on both, and is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.support.friday import NOW
from tests.support.house import VENUE, move_clock
from tests.web.stand.calling import call
from tests.web.stand.test_accessible import violations

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.web.stand.conftest import Served, Tablets

NEW_COOK = "insert into staff (venue_id, staff_id, name, role) values ($1, 'ivo', 'Ivo', 'kitchen')"


async def kitchen(tablet: Tablets, who: str) -> Page:
    return await tablet(who, size=(1280, 800), address="/kitchen/", ready="#later")


async def test_what_one_tablet_notes_is_gone_from_the_other_and_comes_back_with_undo(
    tablet: Tablets, friday: Served
) -> None:
    await friday.pool.execute(NEW_COOK, VENUE)
    timur, ivo = await kitchen(tablet, "timur"), await kitchen(tablet, "ivo")
    due = "section.due li"
    count = await ivo.locator(due).count()
    assert count > 1
    assert await ivo.locator(f"{due} .allergy").count() > 0
    assert await violations(ivo) == {}

    first = timur.locator(due).first
    name = await first.locator("small").inner_text()
    await first.get_by_role("button").tap()
    await expect(ivo.locator(due)).to_have_count(count - 1, timeout=1500)
    await expect(ivo.locator("section.later li.noted")).to_contain_text([name])
    assert await ivo.locator(".foot button").count() == 0, "who did it may take it back"

    await timur.get_by_role("button", name="Undo").tap()
    await expect(ivo.locator(due)).to_have_count(count, timeout=1500)
    told = await call(timur, "GET", "/host/kitchen")
    assert not {"cost", "phone", "risk", "guest_notes"} & {
        key for one in told["tasks"] for key in one
    }
    await move_clock(friday.pool, NOW + timedelta(minutes=16))
    await timur.reload()
    late = timur.locator("section.due li.over").first
    await expect(late.locator(".when")).to_contain_text("min late")
    assert await late.evaluate("one => getComputedStyle(one).borderLeftStyle") == "double"
