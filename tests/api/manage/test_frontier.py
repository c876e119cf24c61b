"""A manager sees the frontier in words and as a picture, and turns the knob."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from api.manage.frontier.axes import round_step, scale_over
from policies.value.frontier.positions import POSITIONS
from seating.house import frontier as knob
from tests.api.conftest import host, manager
from tests.support.frontiers import made_up_frontier

if TYPE_CHECKING:
    import httpx

__all__ = ["host", "manager"]

RUSSIAN = {"Accept-Language": "ru"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knob, "frontier", made_up_frontier)


async def test_a_manager_turns_the_knob_and_a_host_does_not(
    manager: httpx.AsyncClient, host: httpx.AsyncClient
) -> None:
    shown = (await manager.get("/manage/frontier")).json()
    assert [each["point"]["position"]["name"] for each in shown["positions"]] == [
        each.name for each in POSITIONS
    ]
    assert shown["sentences"][0] == "Your rules stand at “Between the two”."
    in_russian = (await manager.get("/manage/frontier", headers=RUSSIAN)).json()
    assert in_russian["sentences"][0] == "Ваши правила стоят на отметке «Посередине»."
    body = {"id": str(uuid4()), "reason": "guests waited", "position": "seldom_wait"}
    made = await manager.post("/manage/frontier/position", json=body)
    assert (made.status_code, made.json()["rules"]["decisions"]["stay_caution"]) == (201, 0.15)
    assert (await manager.get("/manage/frontier?load=7")).status_code == 404
    wrong = await manager.post("/manage/frontier/position", json=body | {"position": "far"})
    assert wrong.status_code == 400
    for answer in (
        await host.get("/manage/frontier"),
        await host.get("/manage/frontier/drawing"),
        await host.post("/manage/frontier/position", json=body | {"id": str(uuid4())}),
    ):
        assert answer.status_code == 403


async def test_the_picture_opens_by_itself_under_its_own_policy(
    manager: httpx.AsyncClient,
) -> None:
    answer = await manager.get("/manage/frontier/drawing", headers=RUSSIAN)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    picture = ET.fromstring(answer.text)
    style = picture.findtext(f"{SVG}style") or ""
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{hashed}'" in answer.headers["content-security-policy"]
    assert "style=" not in answer.text
    numbers = [
        each.text for each in picture.iter(f"{SVG}text") if "number" in each.get("class", "")
    ]
    assert sorted(map(str, numbers)) == sorted([*"12345"] * 3)
    words = {each.text for each in picture.iter(f"{SVG}text")}
    assert {"ваши правила", "обычная, ничего не задано", "Полный зал"} <= words
    for theme in ("prefers-color-scheme:dark", "color-scheme:light dark"):
        assert theme in style


async def test_every_mark_of_the_picture_lies_within_its_frame(manager: httpx.AsyncClient) -> None:
    answer = await manager.get("/manage/frontier/drawing")
    picture = ET.fromstring(answer.text)
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    circles = list(picture.iter(f"{SVG}circle"))
    assert len(circles) == 18
    for each in circles:
        assert 0.0 < float(each.attrib["cx"]) < width
        assert 0.0 < float(each.attrib["cy"]) < height
    for path in picture.iter(f"{SVG}path"):
        x, y, *_ = map(float, re.findall(r"-?[\d.]+", path.attrib["d"]))
        assert 0.0 <= x <= width
        assert 0.0 <= y <= height


@pytest.mark.parametrize(("span", "step"), [(0.9, 0.2), (5.0, 1.0), (5.1, 2.0), (37.0, 10.0)])
def test_an_axis_steps_by_round_figures_at_most_five_times(span: float, step: float) -> None:
    assert round_step(span) == pytest.approx(step)


def test_a_scale_shows_zero_and_all_that_was_measured() -> None:
    scale = scale_over([-3.0, 1.5], 400.0, 100.0, least=1.0)
    assert scale.low < -3.0 < 1.5 < scale.high
    assert scale.ticks() == [-2.0, 0.0]
    assert scale.at(scale.low) == 400.0
    assert scale_over([0.0], 0.0, 1.0, least=2.0).ticks()[0] == 0.0
