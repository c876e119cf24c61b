"""A guest's export: everything that names them, machine readable, and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.manage.people.conftest import SIGNS, names_her, ok, went_through_everything

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

OF_THE_SERVICE = {"risk", "explained", "token_hash", "name_words"}


async def test_an_export_holds_every_row_of_the_guest_and_whom_it_was_told_to(
    app: Litestar,
    host: httpx.AsyncClient,
    manager: httpx.AsyncClient,
    partner: httpx.AsyncClient,
    pool: Pool,
) -> None:
    guest = await went_through_everything(app, host, manager, partner)
    path = f"/manage/guests/{guest}/export"
    assert (await host.get(path)).status_code == 403
    export = await ok(await manager.get(path))
    held: dict[str, list[dict[str, Any]]] = export["held"]
    rows = {part: len(found) for part, found in held.items() if found}
    empty = {"answers_given", "cases", "checks", "slot_holds"}
    assert held.keys() - rows.keys() <= empty
    assert (rows["records"], rows["reservations"]) == (2, 3)
    assert {row["allergies"] for row in held["records"]} == {"", "lupin"}
    assert all(sign in str(export).lower() for sign in SIGNS)
    assert {told["type"] for told in export["told"]} >= {"reservation.confirmed"}
    assert any(names_her(told["body"]) for told in export["told"])
    assert len(export["sites"]) == 2
    assert {done["kind"] for done in export["done"]} >= {"CorrectGuest", "MergeGuests", "Seat"}
    assert not OF_THE_SERVICE & {name for part in held.values() for row in part for name in row}
    (record,) = await pool.fetch("select staff_id from security_event where kind = 'GuestExported'")
    assert record["staff_id"] == "manager"
    nobody = "/manage/guests/00000000-0000-4000-8000-000000000000/export"
    assert (await manager.get(nobody)).status_code == 404
