"""`scripts/test --screenshots DIR`: every screen as a picture, for people to look at."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.stand.every_desk_page import (
    BESIDE,
    DESK,
    HOUSE,
    OPENED,
    READY,
    every_desk_page,
    report_pages,
)
from tests.web.stand.every_screen import every_screen, screens_of_others, shut_screens

if TYPE_CHECKING:
    from tests.web.stand.conftest import Language, Tablets, Theme

SIZES = ((1180, 820), (1024, 768), (820, 1180), (768, 1024), (390, 844))

DESK_SIZES = ((1280, 800), (390, 844))
HIS_HOUSE = {"lived": ("marat", "from=2027-03-12&to=2027-06-09")}
"""Who sees the desk of a house, and the days of its reports: else the owner, the Friday."""


@pytest.mark.pictures
@pytest.mark.parametrize("friday", ["friday", "empty", "closed"], indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
async def test_every_screen_is_drawn(
    tablet: Tablets, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    wanted = request.config.getoption("screenshots")
    house = request.node.callspec.params["friday"]
    looks: list[tuple[Theme, Language]] = list(product(("dark", "light"), ("en", "ru")))
    for theme, language in looks:
        folder = Path(wanted) / house / "x".join(map(str, size)) / f"{theme}-{language}"
        folder.mkdir(parents=True, exist_ok=True)
        how = {"size": size, "theme": theme, "language": language}
        if house == "friday":
            async for name, shut in shut_screens(tablet, **how):
                await shut.screenshot(path=folder / f"{name}.png")
            async for name, theirs in screens_of_others(tablet, **how):
                await theirs.screenshot(path=folder / f"{name}.png")
        page = await tablet("anna", size=size, theme=theme, language=language)
        async for screen in every_screen(page, house):
            await page.screenshot(path=folder / f"{screen.name}.png")


@pytest.mark.pictures
@pytest.mark.parametrize("friday", ["lived", "friday", "empty"], indirect=True)
@pytest.mark.parametrize("size", DESK_SIZES, ids=lambda size: "x".join(map(str, size)))
async def test_every_page_of_the_desk_is_drawn(
    tablet: Tablets, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    wanted = request.config.getoption("screenshots")
    house = request.node.callspec.params["friday"]
    who, days = HIS_HOUSE.get(house, ("anna", "from=2027-06-11&to=2027-06-11"))
    looks: list[tuple[Theme, Language]] = list(product(("dark", "light"), ("en", "ru")))
    for theme, language in looks:
        folder = Path(wanted) / "desk" / house / "x".join(map(str, size)) / f"{theme}-{language}"
        folder.mkdir(parents=True, exist_ok=True)
        page = await tablet(
            who, size=size, theme=theme, language=language, address=DESK, ready=READY
        )
        pages = [*BESIDE, *report_pages(days), *HOUSE, *OPENED]
        async for each in every_desk_page(page, pages):
            await page.screenshot(path=folder / f"{each.name}.png", full_page=True)
