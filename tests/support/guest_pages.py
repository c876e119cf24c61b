"""Guests with a page of their own: one who booked, one who waits."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from seating.booking.by_link import booking_link
from seating.db import transaction
from tests.support.house import CLOCK, HOST, VENUE, booked, order
from tests.support.waitlist import joined

if TYPE_CHECKING:
    from seating.db import Pool


async def booked_page(pool: Pool, number: int = 0, **more: Any) -> str:  # noqa: ANN401 - of an order
    """The path of the page of a reservation by guest `number`."""
    made = await booked(pool, replace(order(number), **more), HOST)
    async with transaction(pool) as conn:
        return f"/r/{await booking_link(conn, VENUE, made.reservation, CLOCK)}"


async def waiting_page(pool: Pool, number: int = 0, **more: Any) -> str:  # noqa: ANN401 - any field
    """The path of the page of a party that waits, guest `number`."""
    return f"/w/{(await joined(pool, number, **more)).token}"


class _Texts(HTMLParser):
    """The texts of a page in order, without its head."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.silent = self.silent or tag == "head"

    def handle_endtag(self, tag: str) -> None:
        self.silent = self.silent and tag != "head"

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)


def texts_of(html: str) -> list[str]:
    """The texts of a page in order, every tag taken away and nothing put in its place."""
    reader = _Texts()
    reader.feed(html)
    return reader.texts
