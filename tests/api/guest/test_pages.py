"""The guest's pages as markup: forms that remember, words that stand apart without a picture."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.support.guest_pages import booked_page, texts_of, waiting_page
from tests.support.house import at

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


def asked(html: str) -> dict[str, str]:
    """What the form that looks for times holds."""
    (form,) = re.findall(r'action="/r/[^"]+/times">(.*?)</form>', html, re.DOTALL)
    return dict(re.findall(r'name="(\w+)".*?value="([^"]*)"', form, re.DOTALL))


async def test_the_form_for_times_keeps_what_it_was_just_asked(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(2))
    assert asked((await guest.get(path)).text) == {"day": "2027-03-03", "party_size": "2"}
    wish = {"day": "2027-03-05", "party_size": "7"}
    assert asked((await guest.get(f"{path}/times", params=wish)).text) == wish
    closed = {"day": "2028-01-01", "party_size": "3"}
    nothing = await guest.get(f"{path}/times", params=closed)
    assert "too far ahead" in nothing.text
    assert asked(nothing.text) == closed
    odd = await guest.get(f"{path}/times", params={"day": "soon", "party_size": "3"})
    assert asked(odd.text) == {"day": "2027-03-03", "party_size": "3"}


async def test_a_refused_move_keeps_what_was_asked(guest: httpx.AsyncClient, pool: Pool) -> None:
    path = await booked_page(pool, starts=at(2))
    await booked_page(pool, 1, starts=at(3), party_size=6)
    form = {"start": at(3).isoformat(), "party_size": "6", "version": "1"}
    refused = await guest.post(f"{path}/change", data=form)
    assert refused.status_code == 409
    assert asked(refused.text) == {"day": "2027-03-03", "party_size": "6"}


async def test_words_stand_apart_where_nothing_is_drawn(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    booked = await booked_page(pool, starts=at(2), notes="By the window")
    waits = await waiting_page(pool, 1)
    for path in (booked, f"{booked}/times", waits, f"{waits}/leave", "/r/bistro:no", "/r"):
        texts = texts_of((await guest.get(path)).text)
        assert len(texts) >= 3
        for before, after in pairwise(texts):
            assert before[-1].isspace() or after[0].isspace(), (path, before, after)
