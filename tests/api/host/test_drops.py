"""What a drop would do is what it then does: drags of an evening, each asked about beforehand.

The stand asks with `dry_run` while the finger holds a party, and lets go of it with the same order.
"""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from policies.book.consequences import ASKS
from tests.api.host.conftest import booked, show, tap, wish
from tests.support.house import at, move_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from seating.db import Pool

Json = dict[str, Any]
TABLES = ("1", "2", "3", "4", "5")
PREVIEW = Path(__file__).parents[3] / "api" / "web" / "src" / "floor" / "preview.ts"
WROTE = """
select (select count(*) from action), (select sum(version) from period),
       (select md5(string_agg(r::text, ',' order by r::text)) from reservation r),
       (select md5(string_agg(s::text, ',' order by s::text)) from seating s)
"""


def drops(seen: Json, dice: Random) -> Iterator[tuple[str, Json]]:
    """The drags that could be made now: parties over tables, over each other, and back."""
    here = [each for each in seen["seatings"] if each["state"] != "cleared"]
    for each in here:
        sits = {"seating_id": each["seating_id"], "version": each["version"]}
        yield "move", sits | {"tables": [dice.choice(TABLES)]}
        yield "unseat", sits
        other = dice.choice(here)
        swap = {"other_id": other["seating_id"], "other_version": other["version"]}
        yield "swap", sits | swap
        yield "merge", sits | {"into_id": swap["other_id"], "into_version": swap["other_version"]}
    for each in seen["reservations"]:
        if each["state"] not in {"booked", "arrived"}:
            continue
        comes = {"reservation_id": each["reservation_id"], "version": each["version"]}
        yield "seat", comes | {"tables": [dice.choice(TABLES)]}
        yield "assign", comes | {"tables": dice.sample(TABLES, dice.choice((1, 1, 2)))}
        yield "unplan", comes


def plain(answer: httpx.Response) -> Json:
    """An answer without what only something that was done has, and without what is as of now."""
    told: Json = answer.json()
    left = {
        "counts",
        "pressure",
        "dry_run",
        "period_version",
        "shown_version",
        "instance",
        "request_id",
    }
    if told.get("period"):
        told["period"].pop("version")
    return {"status": answer.status_code} | {k: v for k, v in told.items() if k not in left}


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_drop_does_what_was_told_of_it_all_evening_and_asking_writes_nothing(
    host: httpx.AsyncClient, pool: Pool, seed: int
) -> None:
    dice, done, refused = Random(seed), 0, 0
    for number, hours in zip(count(), (0, 0.25, 0.25, 0.5, 1, 1.5, 1.5, 2), strict=False):
        size = dice.choice((2, 2, 3, 4))
        answer = await host.post("/host/reservations", json=a_wish(number, hours, size))
        assert answer.status_code in {201, 409}
    for step in range(24):
        await move_clock(pool, at(step / 12))
        order, body = dice.choice(list(drops(await show(host), dice)))
        body |= {"id": str(uuid4())}
        before = await pool.fetchrow(WROTE)
        would = plain(await tap(host, order, **body, dry_run=True))
        assert await pool.fetchrow(WROTE) == before, order
        did = plain(await tap(host, order, **body))
        assert would == did, order
        done, refused = done + (did["status"] == 200), refused + (did["status"] != 200)
        if did["status"] == 200 and order in {"assign", "unplan"}:
            assert await pool.fetchrow(WROTE) != before
    assert done >= 6
    assert refused >= 2


def a_wish(number: int, hours: float, size: int) -> Json:
    return wish(number, starts=at(hours).isoformat(), party_size=size)


async def test_after_the_room_has_changed_a_drop_says_what_stands_in_the_way_now(
    host: httpx.AsyncClient,
) -> None:
    party = await booked(host, 0, starts=at(0.5).isoformat(), tables=["3"], party_size=4)
    drop = {"reservation_id": party["reservation_id"], "version": 1, "tables": ["5"]}
    would = await tap(host, "seat", **drop, dry_run=True, anyway=["OTHER_AREA"])
    assert would.status_code == 200
    assert (await tap(host, "seat", tables=["5"], party_size=2, name="Ola")).status_code == 200
    did = await tap(host, "seat", **drop, anyway=["OTHER_AREA"])
    assert (did.status_code, did.json()["code"]) == (409, "TABLE_OCCUPIED")
    assert "Ola" in did.json()["detail"]
    (still,) = (await show(host))["reservations"]
    assert (still["state"], still["version"]) == ("booked", 1)


def test_the_stand_accepts_what_asks_when_it_asks_what_a_drop_would_do() -> None:
    listed = re.search(r"const ASKED_FIRST.*?\[\]?.*?= \[(.*?)\]", PREVIEW.read_text(), re.DOTALL)
    assert listed is not None
    assert set(re.findall(r"'([A-Z_]+)'", listed[1])) == ASKS
