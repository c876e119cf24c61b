"""What tablets fetch goes compressed, and what holds a secret never does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from api.edge.compressing import WITH_A_SECRET
from api.host import book, login, waitlist
from tests.api.host.conftest import booked, done

if TYPE_CHECKING:
    import httpx


async def test_the_view_and_the_words_go_compressed_and_secrets_never_do(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    waits = await done(host, "wait", party_size=2)
    asked = {"Accept-Encoding": "gzip"}
    for path in ("/host/tonight", "/host/house", "/host/words/ru"):
        packed = await host.get(path, headers=asked)
        plain = await host.get(path, headers={"Accept-Encoding": "identity"})
        assert (packed.headers["content-encoding"], packed.headers["vary"]) == (
            "gzip",
            "Accept-Encoding",
        ), path
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
        assert "content-encoding" not in plain.headers
        assert packed.text == plain.text
    wait_id = waits["waiting"][0]["wait_id"]
    link = {"id": str(uuid4())}
    secrets = [
        await host.get("/host/me", headers=asked),
        await host.post(f"/host/waitlist/{wait_id}/link", headers=asked),
        await host.post(
            f"/host/reservations/{made['reservation_id']}/guest-link", json=link, headers=asked
        ),
    ]
    for told in secrets:
        assert told.is_success, told.text
        assert "content-encoding" not in told.headers, told.url
    for handler in (login.me, book.guest_link, waitlist.link):  # however long an answer grows
        assert handler.opt.items() >= WITH_A_SECRET.items()
