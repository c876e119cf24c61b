"""A tablet's cookies in a real browser, over plain http on this machine: they come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seating.access.devices import make_pairing_code
from seating.access.staff import SET_PIN
from seating.db import transaction
from tests.api.conftest import PIN, pin_hash
from tests.support.house import VENUE

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.web.conftest import Site

GET_IN = """
async ({pairing, login}) => {
    const post = (path, body) => fetch(path, {
        method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
    const paired = await post("/host/pair", pairing);
    const opened = await post("/host/login", login);
    const me = await fetch("/host/me");
    const csrf = (await me.clone().json()).csrf_token;
    const out = await fetch("/host/logout", {method: "POST", headers: {"X-CSRF-Token": csrf}});
    return [paired, opened, me, out, await fetch("/host/me")].map(answer => answer.status);
}
"""


async def test_a_browser_on_this_machine_gets_in_at_the_first_try(
    browser: Browser, site: Site
) -> None:
    async with transaction(site.pool) as conn:
        assert await conn.execute(SET_PIN, VENUE, "anna", pin_hash()) == "UPDATE 1"
        code = await make_pairing_code(conn, VENUE, None)
    context = await browser.new_context(base_url=site.url, bypass_csp=True)
    page = await context.new_page()
    await page.goto("/healthz")
    told = {
        "pairing": {"venue": VENUE, "code": code.code, "device_name": "Door"},
        "login": {"staff_id": "anna", "pin": PIN},
    }
    assert await page.evaluate(GET_IN, told) == [204, 200, 200, 204, 401]
    names = {each["name"] for each in await context.cookies()}
    await context.close()
    assert names == {"maitred_device"}
