"""The application alive in a test's own loop, with the routes of one that an earlier test used."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from api.app import begin_anew, create_app
from api.screens.built import DESK, KITCHEN, STAND, WORKER, BuiltScreens
from api.settings import Settings
from tests.support.database import service_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from litestar import Litestar

IDLE: list[tuple[Settings, Litestar]] = []
"""Applications that nobody uses, each with the settings that shaped it."""


@asynccontextmanager
async def living(settings: Settings) -> AsyncIterator[Litestar]:
    """An application with these settings that was started."""
    with lent_app(settings) as app:
        async with alive(app):
            yield app


def give_screens(app: Litestar, folder: Path) -> None:
    """Let it serve pages of the folder, whether or not the screens were built here by now."""
    for page in (STAND, DESK, KITCHEN, WORKER):
        (folder / page).write_text("<!doctype html><title>Maitred</title>")
    app.state.screens = BuiltScreens(folder)


@contextmanager
def lent_app(settings: Settings) -> Iterator[Litestar]:
    """An application with these settings that has nothing to remember, not started yet.

    Reading its handlers takes a quarter of a second, so that is not done for every test; whatever
    an application remembers is in its state, and that is new. No two use one at the same time. It
    has the service's role on the database, so that whatever that role may not do is seen here.
    """
    settings = replace(settings, database_url=service_of(settings.database_url))
    shape = shape_of(settings)
    app = taken(shape) or create_app(settings)
    begin_anew(app, settings)
    yield app
    IDLE.append((shape, app))


def shape_of(settings: Settings) -> Settings:
    """What create_app builds into an application: all settings that its state does not hold."""
    return Settings(database_url="any", demo=settings.demo, max_body_bytes=settings.max_body_bytes)


def taken(shape: Settings) -> Litestar | None:
    """An idle application of this shape, idle no more."""
    for one in IDLE:
        if one[0] == shape:
            IDLE.remove(one)
            return one[1]
    return None


@asynccontextmanager
async def alive(app: Litestar) -> AsyncIterator[None]:
    """The lifespan in one task: pytest-asyncio begins and ends a fixture in two."""
    begun, end = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            await asyncio.wait([app.state.warming])
            begun.set()
            await end.wait()

    life = asyncio.create_task(live())
    await asyncio.wait(
        [life, waiting := asyncio.create_task(begun.wait())], return_when="FIRST_COMPLETED"
    )
    waiting.cancel()
    try:
        yield
    finally:
        end.set()
        await life
