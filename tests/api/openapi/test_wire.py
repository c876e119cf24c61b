"""What our documents say of the wire; that it is so is shown where there is a house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.app import create_app
from api.openapi import components
from api.openapi.screen_types import ENUMS, WIRE_NAMES
from api.openapi.screens import routes_of, screens_document
from api.settings import Settings
from scripts.wire import DOCUMENTS, NOWHERE, in_short, pinned

if TYPE_CHECKING:
    from litestar import Litestar

CHANGED = "the wire changed: if it is meant, `python -m scripts.wire pin`, and look at the diff"


@pytest.fixture(scope="module")
def app() -> Litestar:
    return create_app(Settings(database_url=NOWHERE))


@pytest.fixture(scope="module")
def named(app: Litestar) -> dict[str, Any]:
    found: dict[str, Any] = screens_document(app)["components"]["schemas"]
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_wire_is_as_it_was_written_down(app: Litestar, name: str) -> None:
    assert in_short(DOCUMENTS[name](app)) == pinned(name).read_text(), CHANGED


def test_a_type_of_both_ways_says_of_a_request_what_may_be_left_out(named: dict[str, Any]) -> None:
    assert named["Needs"]["required"] == list(named["Needs"]["properties"])
    assert not named["NeedsInput"].get("required")
    assert "default" not in str(named["NeedsInput"]["properties"])
    assert named["SeatingView"]["properties"]["seated_at"]["format"] == "date-time"


def test_no_two_types_have_one_name_on_the_wire(app: Litestar) -> None:
    kinds = [kind for route in routes_of(app) for kind in (route.answer, route.body) if kind]
    structs = components.structs_in(kinds).keys() - WIRE_NAMES.keys()
    given = [*WIRE_NAMES.values(), *ENUMS]
    assert len(set(given)) == len(given)
    assert not structs & set(given)
    assert not [name for name in structs if name.endswith("Input")]
