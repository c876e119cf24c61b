"""The screens' pure parts, tested by Vitest, and how much a tablet has to fetch."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from scripts import screen_checks, screens
from scripts.node_tools import NodeToolsError, node_path
from scripts.screens import DIST, WEB, BrokenSourcesError, ScreensError, fetch_packages, run
from tests.support.browser import built_screens, left_out

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
    built_screens()
    return DIST


def test_sources_that_do_not_build_fail_with_the_builder_s_words(
    dist: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And what was built before is left alone."""
    page = (dist / "index.html").read_bytes()
    for each in screens.sources():
        copy = tmp_path / each.relative_to(WEB)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(each.read_bytes())
    for name in ("svelte.config.js", "node_modules"):
        if not (tmp_path / name).exists():
            (tmp_path / name).symlink_to(WEB / name)
    (tmp_path / "src" / "main.ts").write_text("import { broken from './App.svelte'")
    monkeypatch.setattr(screens, "WEB", tmp_path)
    with pytest.raises(BrokenSourcesError, match=r"the builder says[^$]*main\.ts"):
        screens.run_vite(tmp_path / "dist.new")
    assert (dist / "index.html").read_bytes() == page


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


def test_what_was_built_is_stamped_with_its_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "dist").mkdir()
    (tmp_path / "src" / "one.ts").write_text("1")
    monkeypatch.setattr(screens, "WEB", tmp_path)
    monkeypatch.setattr(screens, "DIST", tmp_path / "dist")
    assert not screens.is_current()
    (tmp_path / "dist" / screens.STAMP).write_text(screens.fingerprint())
    assert screens.is_current()
    (tmp_path / "src" / "one.test.ts").write_text("tests are no part of it")
    assert screens.is_current()
    (tmp_path / "src" / "one.ts").write_text("2")
    assert not screens.is_current()


def test_where_npm_cannot_be_reached_the_api_is_served_and_says_how_to_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def unreachable(_: object) -> bool:
        raise ScreensError("The screens were not built: npm fetched no packages.")

    told: list[str] = []
    monkeypatch.setattr(screens, "build_if_changed", unreachable)
    monkeypatch.setattr(screens, "DIST", tmp_path)
    screens.keep_built(told.append)
    (line,) = told
    assert "The API is served without them" in line
    assert "python -m scripts.screens" in line


def test_a_text_a_key_and_a_language_that_are_not_where_they_belong_are_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = tmp_path / "words"
    words.mkdir()
    (words / "list.en.ftl").write_text(
        "list-one = One\nlist-two = { list-three }\nlist-three = 3\n"
    )
    (words / "list.ru.ftl").write_text("list-one = Один\nlist-two = { list-three }\n")
    (tmp_path / "one.ts").write_text("t(`list-${'t' + x}`); t('list-none') // Пока нет\n'Нет'")
    monkeypatch.setattr(screen_checks, "WEB", tmp_path)
    monkeypatch.setattr(screen_checks, "SRC", tmp_path)
    monkeypatch.setattr(screen_checks, "WORDS", words)
    assert list(screen_checks.words()) == [
        "list-three: in en, not in ru",
        "one.ts: a text in the code: Нет",
        "list-none: asked for, and in no language",
    ]
    (tmp_path / "one.ts").write_text("t('list-two')")
    assert list(screen_checks.words())[1:] == ["list-one: nobody asks for it"]
