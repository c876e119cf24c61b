"""The screens' pure parts, tested by Vitest, and how much a tablet has to fetch."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from scripts.node_tools import NodeToolsError, node_path
from scripts.screens import DIST, WEB, ScreensError, build_if_changed, fetch_packages, run
from tests.support.browser import left_out

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 120
FIRST_LOAD = 120_000
FONTS = 140_000
LATIN_AND_CYRILLIC = re.compile(r"(onest|literata)-(latin|cyrillic)-")
EAGER = re.compile(r"""(?:src|href)="/stand/(assets/[^"]+)\"""")
IMPORTED = re.compile(r"""(?:from|import)\s*"\./([\w.-]+\.js)\"""")


def test_the_pure_parts_do_as_their_own_tests_say() -> None:
    try:
        fetch_packages(lambda _: None)
        vitest = str(WEB / "node_modules" / "vitest" / "vitest.mjs")
        done = run([node_path(), vitest, "run", "--reporter=dot"], SECONDS)
    except (NodeToolsError, ScreensError) as error:
        left_out(str(error))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def dist() -> Path:
    """The screens as built of these sources."""
    try:
        build_if_changed(lambda _: None)
    except ScreensError as error:
        left_out(str(error))
    return DIST


def test_the_floor_s_first_load_is_small(dist: Path) -> None:
    """The page, its scripts and all that they import at once, the styles, a language's words."""
    page = (dist / "index.html").read_text(encoding="utf-8")
    wanted, seen = set(EAGER.findall(page)), set[str]()
    wanted |= {f"assets/{each.name}" for each in (dist / "assets").glob("ru-*.js")}
    while wanted - seen:
        name = (wanted - seen).pop()
        seen.add(name)
        if name.endswith(".js"):
            text = (dist / name).read_text(encoding="utf-8")
            wanted |= {f"assets/{each}" for each in IMPORTED.findall(text)}
    told = {name: size(dist / name) for name in sorted(seen) if not name.endswith(".woff2")}
    assert len(told) > 2, "the page's files were not found"
    assert sum(told.values()) + size(dist / "index.html") < FIRST_LOAD, told


def test_the_fonts_of_latin_and_cyrillic_are_small(dist: Path) -> None:
    """Letters of other alphabets (`-ext-`) are fetched where a name has one."""
    fonts = {path.name: path.stat().st_size for path in (dist / "assets").glob("*.woff2")}
    usual = {name: told for name, told in fonts.items() if "-ext-" not in name}
    assert len(usual) == 4, fonts
    assert sum(usual.values()) <= FONTS, fonts
    assert all(LATIN_AND_CYRILLIC.match(name) for name in fonts), fonts


def size(file: Path) -> int:
    """Bytes on the way, compressed by gzip, which every browser takes; brotli is a tenth less."""
    return len(gzip.compress(file.read_bytes(), 9))
