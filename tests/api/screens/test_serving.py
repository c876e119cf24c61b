"""The built screens at /stand/ and /desk/: what is served, how long it is kept, nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from api.screens.built import BuiltScreens

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    from litestar import Litestar


@pytest.fixture
def houses() -> None:
    """Nobody lives here: the screens are the same for every house."""


@pytest.fixture
def dist(app: Litestar, tmp_path: Path) -> Path:
    """A build of the screens, which the application serves."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Maitred</title>")
    (folder / "desk.html").write_text("<!doctype html><title>The desk</title>")
    (folder / "kitchen.html").write_text("<!doctype html><title>The kitchen</title>")
    (folder / "worker.js").write_text("self.addEventListener('push', () => {})")
    (folder / "mark.svg").write_text("<svg/>")
    (folder / "assets" / "index-Ab1.js").write_text("plain")
    (folder / "assets" / "index-Ab1.js.br").write_bytes(b"shortest")
    (folder / "assets" / "index-Ab1.js.gz").write_bytes(b"short")
    (folder / "assets" / "onest.woff2").write_bytes(b"wOF2")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "linked.txt").symlink_to(tmp_path / "secret.txt")
    app.state.screens = BuiltScreens(folder)
    return folder


async def test_the_page_is_asked_for_again_and_its_files_are_kept_for_ever(
    anybody: httpx.AsyncClient, dist: Path
) -> None:
    moved = await anybody.get("/")
    page = await anybody.get(moved.headers["location"])
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["permissions-policy"]
    policy = page.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe" not in " ".join(policy)
    again = await anybody.get("/stand/", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")

    desk = await anybody.get("/desk/")
    assert "The desk" in desk.text
    assert "The kitchen" in (await anybody.get("/kitchen/")).text
    worker = await anybody.get("/worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache", "browsers look for a new one by its name"
    assert desk.headers["content-security-policy"] == page.headers["content-security-policy"]

    script = await anybody.get("/stand/assets/index-Ab1.js", headers={"Accept-Encoding": ""})
    assert (script.text, script.headers["content-type"]) == (
        "plain",
        "text/javascript; charset=utf-8",
    )
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    font = await anybody.get("/stand/assets/onest.woff2?query=is-not-minded")
    assert (font.content, font.headers["content-type"]) == (b"wOF2", "font/woff2")

    (dist / "index.html").write_text("<title>New</title>")
    os.utime(dist / "index.html", (1, 1))
    assert "New" in (await anybody.get("/stand/")).text


async def test_a_file_comes_in_the_shortest_form_that_the_browser_takes(
    app: Litestar, dist: Path
) -> None:
    del dist
    found = app.state.screens.find("assets/index-Ab1.js")
    assert found.best("gzip, deflate, br, zstd") == ("br", b"shortest")
    assert found.best("gzip;q=0.5, br;q=0") == ("gzip", b"short")
    assert found.best("identity") == found.best("") == (None, b"plain")


@pytest.mark.parametrize(
    "path",
    [
        "/stand/secret.txt",
        "/stand/linked.txt",
        "/stand/../secret.txt",
        "/stand/%2e%2e/secret.txt",
        "/stand/assets/..%2f..%2fsecret.txt",
        "/stand//etc/passwd",
        "/stand/assets",
        "/stand/assets/index-Ab1.js.br",
    ],
)
async def test_nothing_outside_the_build_is_reached(
    anybody: httpx.AsyncClient, dist: Path, path: str
) -> None:
    del dist
    answer = await anybody.get(path)
    assert answer.status_code == 404, answer.text
    assert "secret" not in answer.text.replace(path, "")


async def test_where_nothing_is_built_the_page_says_how_to(
    anybody: httpx.AsyncClient, app: Litestar, tmp_path: Path
) -> None:
    app.state.screens = BuiltScreens(tmp_path)
    page = await anybody.get("/stand/")
    assert page.status_code == 503
    assert page.headers["content-type"].startswith("text/plain")
    assert "python -m scripts.screens" in page.text
