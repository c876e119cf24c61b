"""A date of any year is answered: nothing is on it, or it is refused, and never a surprise."""

from __future__ import annotations

import re
import types
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args, get_origin

from api.http.parameters import Parameter, parameters_in
from tests.api.conftest import VENUE
from tests.api.http.test_access import routes
from tests.support.guest_pages import booked_page
from tests.support.house import at

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

ENDS = {
    date: ("0001-01-01", "0001-01-07", "9999-12-25", "9999-12-31"),
    datetime: ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
}
NOBODY = "00000000-0000-0000-0000-000000000000"


def kinds_in(kind: Any) -> set[Any]:  # noqa: ANN401 - a type
    """The plain types in a type: of `Annotated[date, ...] | None` date and None."""
    if hasattr(kind, "__metadata__"):
        return kinds_in(kind.__origin__)
    if get_origin(kind) in {types.UnionType, tuple, list} or get_args(kind):
        return {found for each in get_args(kind) for found in kinds_in(each)}
    return {kind}


def dated(given: Parameter) -> tuple[str, ...]:
    """What to send as a parameter that is a date or an instant; nothing for others."""
    kinds = kinds_in(given.kind)
    return ENDS[datetime] if datetime in kinds else ENDS[date] if date in kinds else ()


def plain(given: Parameter) -> str:
    """What else a required parameter may be."""
    if dated(given):
        return "2027-03-03T19:00:00Z" if datetime in kinds_in(given.kind) else "2027-03-03"
    return VENUE if given.name == "venue" else "2" if int in kinds_in(given.kind) else NOBODY


async def test_no_date_that_may_be_asked_for_takes_us_by_surprise(
    manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    asked, answers = set(), {}
    for (method, typed), handler in routes().items():
        path = re.sub(":[a-z]+}", "}", typed)
        given = [each for each in parameters_in(handler) if each.source in {"query", "path"}]
        if method != "GET" or path.startswith("/google"):
            continue
        client = partner if path.startswith("/v1") else manager
        for far in given:
            for value in dated(far):
                sent = {each.name: plain(each) for each in given if each.required}
                sent |= {far.name: value}
                asked.add(path)
                answer = await client.get(path.format(**sent), params=query(given, sent))
                answers[path, far.name, value] = answer.status_code
    assert len(asked) > 15
    assert {key: status for key, status in answers.items() if status >= 500} == {}


def query(given: list[Parameter], sent: dict[str, str]) -> dict[str, str]:
    names = {each.name for each in given if each.source == "query"}
    return {name: value for name, value in sent.items() if name in names}


async def test_a_guest_may_ask_for_any_day(anybody: httpx.AsyncClient, pool: Pool) -> None:
    path = await booked_page(pool, starts=at(2))
    for day in ENDS[date]:
        page = await anybody.get(f"{path}/times", params={"day": day})
        assert page.status_code == 200
        assert "<button>" in page.text
