"""What is answered at the stand has the fields that the screens' types promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.openapi.screen_types import StaffProblem
from api.openapi.screens import screens_document
from tests.api.host.conftest import booked

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar


async def test_an_answer_has_every_field_that_its_type_requires(
    app: Litestar, host: httpx.AsyncClient
) -> None:
    named = screens_document(app)["components"]["schemas"]
    assert sorted(await booked(host)) == sorted(named["WrittenEntry"]["required"])
    for path, name in {"tonight": "StandView", "house": "Floor", "me": "Me"}.items():
        assert sorted((await host.get(f"/host/{path}")).json()) == sorted(named[name]["required"])
    refused = (await host.get("/host/rescues/no-uuid")).json()
    problem = named[StaffProblem.__name__]
    assert set(problem["required"]) <= refused.keys() <= problem["properties"].keys()
