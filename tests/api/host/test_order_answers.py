"""What an order answers: all it changed, as GET /host/tonight shows it, and that in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from scripts.simulation.examination.answers import as_done
from tests.api.host.conftest import booked, done, show, tap
from tests.support.house import at

if TYPE_CHECKING:
    import httpx

LISTS = {
    "reservations": "reservation_id",
    "seatings": "seating_id",
    "waiting": "wait_id",
    "held": "held_id",
    "blocks": "block_id",
}
REMOVED = {
    "reservations": "removed_reservations",
    "seatings": "removed_seatings",
    "waiting": "removed_wait_entries",
    "held": "removed_held",
    "blocks": "removed_blocks",
}
WHOLE = ("host_holds", "resets", "next_by_table", "counts", "pressure")


class Tablet:
    """Shows what it was told: the view it fetched once, and the answers to its orders."""

    def __init__(self, client: httpx.AsyncClient, shown: dict[str, Any]) -> None:
        self.client, self.shown = client, shown

    def absorbs(self, answer: dict[str, Any]) -> None:
        for name, key in LISTS.items():
            known = {each[key]: each for each in self.shown[name]}
            known |= {each[key]: each for each in answer[name]}
            gone = set(answer[REMOVED[name]])
            self.shown[name] = [each for each in known.values() if each[key] not in gone]
        self.shown |= {name: answer[name] for name in WHOLE}

    async def orders(self, order: str, **body: Any) -> dict[str, Any]:  # noqa: ANN401 - of an order
        answer = await done(self.client, order, **body)
        self.absorbs(answer)
        await self.shows_what_is()
        return answer

    async def shows_what_is(self) -> None:
        """What it shows is what it would be shown if it asked again."""
        truth = await show(self.client)
        for name, key in LISTS.items():
            told = {each[key]: each for each in self.shown[name]}
            assert told == {each[key]: each for each in truth[name]}, name
        for name in WHOLE:
            assert self.shown[name] == truth[name], name


async def test_a_tablet_that_only_reads_the_answers_shows_the_same_as_one_that_asks_again(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    tablet = Tablet(host, await show(host))
    about = {"reservation_id": made["reservation_id"]}
    here = await tablet.orders("arrive", **about, version=1, arrived=2)
    assert here["changed"]["said"] == "Guest 0 (2): 2 here"
    sat = await tablet.orders("seat", **about, version=2, tables=["1"])
    (seating,) = sat["seatings"]
    assert (sat["changed"]["message"], sat["changed"]["params"]["where"]["params"]) == (
        "done-seated",
        {"tables": "1"},
    )
    assert (await tablet.orders("extend", **seen(seating), minutes=15))["changed"]["said"] == (
        "Guest 0 (2) stays until 20:45"
    )
    waits = await tablet.orders("wait", party_size=3, name="Ola", quoted_minutes=20)
    assert waits["changed"]["said"] == "Ola (3) put on the waitlist, told 20 minutes"
    (entry,) = waits["waiting"]
    await tablet.orders("leave", wait_id=entry["wait_id"], version=1)
    block = await tablet.orders("block", table_id="5")
    await tablet.orders("lift", block_id=block["blocks"][0]["block_id"], version=1)
    (now,) = tablet.shown["seatings"]
    gone = await tablet.orders("clear", **seen(now))
    assert gone["removed_reservations"] == [made["reservation_id"]]
    assert gone["reservations"][0]["state"] == "finished"
    back = await tablet.orders("undo", action_id=gone["action_id"])
    assert back["changed"]["said"] == "Taken back: Guest 0 (2) gone from table 1"
    lone = await tablet.orders("seat", tables=["4"], party_size=2, name="Ines")
    undone = await tablet.orders("undo", action_id=lone["action_id"])
    assert undone["removed_seatings"] == [lone["action_id"]]
    assert (await tap(host, "undo", action_id=lone["action_id"])).json()["code"] == "CANNOT_UNDO"


async def test_a_dry_run_answers_with_what_would_be_shown_and_said(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    order = {"reservation_id": made["reservation_id"], "version": 1, "tables": ["1"]}
    before = await show(host)
    would = await done(host, "seat", **order, dry_run=True)
    assert await show(host) == before
    did = await done(host, "seat", **order, id=would["action_id"])
    assert would["changed"] == did["changed"]
    assert (would["seatings"], would["reservations"]) == (did["seatings"], did["reservations"])
    assert (would["pressure"], would["counts"]) == (before["pressure"], before["counts"])
    assert before["next_by_table"].keys() != would["next_by_table"].keys()
    assert would["next_by_table"] == did["next_by_table"]
    body = {"id": str(uuid4()), "reason": "fell ill", "dry_run": True}
    other = await booked(host, 1, starts=at(1).isoformat())
    path = f"/host/reservations/{other['reservation_id']}/cancel"
    would = (await host.post(path, json=body)).json()["result"]
    did = (await host.post(path, json=body | {"dry_run": False})).json()["result"]
    assert (would["dry_run"], did["dry_run"]) == (True, False)
    for same in ("changed", "reservations", "removed_reservations", "next_by_table"):
        assert would[same] == did[same], same


async def test_the_desk_and_an_order_sent_again_answer_alike(host: httpx.AsyncClient) -> None:
    tablet = Tablet(host, await show(host))
    made = await booked(host)
    tablet.absorbs(made["result"])
    await tablet.shows_what_is()
    assert made["result"]["changed"]["said"] == "Guest 0 (2) booked for 3 March at 19:00"
    path = f"/host/reservations/{made['reservation_id']}"
    change = {"id": str(uuid4()), "version": 1, "party_size": 4}
    changed = (await host.patch(path, json=change)).json()
    tablet.absorbs(changed["result"])
    await tablet.shows_what_is()
    assert (await host.patch(path, json=change)).json() == changed
    gone = (await host.post(f"{path}/cancel", json={"id": str(uuid4()), "reason": "ill"})).json()
    tablet.absorbs(gone["result"])
    await tablet.shows_what_is()
    assert tablet.shown["reservations"] == []
    seat = {"id": str(uuid4()), "tables": ["4"], "party_size": 2, "name": "Ines"}
    sat = await tablet.orders("seat", **seat)
    await tablet.orders("extend", **seen(sat["seatings"][0]), minutes=15)
    again = await done(host, "seat", **seat)
    assert as_done(again) == as_done(sat)
    assert again["period_version"] == sat["shown_version"] < again["shown_version"]


def seen(seating: dict[str, Any]) -> dict[str, Any]:
    return {"seating_id": seating["seating_id"], "version": seating["version"]}
