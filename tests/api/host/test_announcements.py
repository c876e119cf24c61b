"""What is told to every screen at once: what, in which service, by whom, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from seating.access.sessions import end_sessions
from seating.db import transaction
from tests.api.host.conftest import booked, done, show
from tests.support.hearing import ENVELOPE, listening
from tests.support.house import VENUE

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def test_an_announcement_says_where_by_whom_and_for_whom(
    pool: Pool, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    async with listening(pool) as ear:
        made = await booked(host)
        tonight = (await show(host))["period"]["period_id"]
        told = await ear.until("reservation.booked")
        assert (told["period_id"], told["staff_id"]) == (tonight, "host")

        await done(manager, "seat", tables=["1"], party_size=2)
        told = await ear.until("seating.seated")
        assert (told["period_id"], told["staff_id"]) == (tonight, "manager")

        call = {"colleague": "host", "line": "they wait", "reservation_id": made["reservation_id"]}
        raised = await manager.post("/host/alerts", json={"id": str(uuid4())} | call)
        told = await ear.until("alert.raised")
        assert (told["for"], told["staff_id"], told["period_id"]) == ("host", "manager", tonight)

        path = f"/host/alerts/{raised.json()['alert_id']}/take-over"
        await host.post(path, json={"id": str(uuid4())})
        told = await ear.until("alert.taken")
        assert (told["for"], told["staff_id"]) == ("manager", "host")

        note = {"service_date": made["service_date"], "text": "birthday at 7"}
        await host.post("/host/notes", json={"id": str(uuid4())} | note)
        assert (await ear.until("note.written"))["staff_id"] == "host"

        async with transaction(pool) as conn:  # nobody's doing, after all those who did something
            await end_sessions(conn, VENUE, staff_id="manager")
        assert (await ear.until("session.ended")).keys() == ENVELOPE - {
            "period_id",
            "staff_id",
            "for",
        }
