"""The calendar file, read back by a library that is not the one that wrote it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scripts.node_tools import run_node
from tests.api.booking.conftest import BASE, key, made

if TYPE_CHECKING:
    import httpx

READ = """
const { default: ICAL } = await import("ical.js");
let text = "";
for await (const part of process.stdin) text += part;
const file = new ICAL.Component(ICAL.parse(text));
const event = new ICAL.Event(file.getFirstSubcomponent("vevent"));
console.log(JSON.stringify({
  method: file.getFirstPropertyValue("method"), uid: event.uid,
  sequence: event.sequence, status: event.component.getFirstPropertyValue("status"),
  zones: file.getAllSubcomponents("vtimezone").length, description: event.description,
  written: [event.startDate.toString(), event.endDate.toString()],
  start: event.startDate.toJSDate().toISOString(), end: event.endDate.toJSDate().toISOString(),
}));
"""


async def calendar_of(client: httpx.AsyncClient, reservation: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"{BASE}/reservations/{reservation['id']}/calendar.ics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    done = run_node("--input-type=module", "-e", READ, given=answer.text)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


async def test_a_file_follows_its_reservation(partner: httpx.AsyncClient) -> None:
    reservation = await made(partner)
    first = await calendar_of(partner, reservation)
    assert first == {
        "method": None,
        "zones": 0,
        "description": f"2027-03-03 19:00 - 20:30, Europe/Berlin\n{reservation['code']}",
        "written": ["2027-03-03T18:00:00Z", "2027-03-03T19:30:00Z"],
        "uid": f"{reservation['id']}@bistro.maitred",
        "sequence": 0,
        "status": "CONFIRMED",
        "start": "2027-03-03T18:00:00.000Z",
        "end": "2027-03-03T19:30:00.000Z",
    }
    path = f"{BASE}/reservations/{reservation['id']}"
    change = {"start": "2027-03-03T20:00:00+01:00"}
    await partner.patch(path, json=change, headers={"If-Match": '"v1"'})
    await partner.post(f"{path}/cancel", json={}, headers=key("cancel"))
    last = await calendar_of(partner, reservation)
    assert (last["uid"], last["sequence"], last["status"]) == (first["uid"], 2, "CANCELLED")
    assert last["start"] == "2027-03-03T19:00:00.000Z"


async def test_a_file_is_for_the_site_that_booked(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    reservation = await made(partner)
    answer = await stranger.get(f"{BASE}/reservations/{reservation['id']}/calendar.ics")
    assert answer.status_code == 404
