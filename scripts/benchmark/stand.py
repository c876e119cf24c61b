"""`scripts/bench stand`: how quick, how small and how steady one stand is on a full Friday.

Sixty tables and two hundred reservations, one stand in Chromium, and a second tablet that changes
the evening. Every figure is taken on the page itself, up to the frame that shows it. Run it where
nothing else runs: the load of the machine is printed with the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from statistics import median, quantiles
from typing import TYPE_CHECKING

from rich.console import Console

from scripts.benchmark.bars import Bar
from scripts.benchmark.report import bars_table
from scripts.benchmark.stand_house import NotServedError, second_tablet, served_friday
from scripts.benchmark.stand_lighthouse import LighthouseError, scores
from scripts.benchmark.stand_page import ALWAYS, SHEETS, Stand, launched, opened
from scripts.screens import ScreensError, build_if_changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.async_api import Browser

    from scripts.benchmark.stand_house import House, Tablet

PAINT_MS, TAP_MS = 100.0, 100.0
GROWTH = 10.0
LOAD_KB, FONTS_KB = 120.0, 140.0
FETCHES = 10.0
KB = 1024.0
SHEETS_EVERY = 10
TABLETS = 5
COST_FETCHES = 40
BURST = 100
PARTS = ("paint", "tap", "burst", "memory", "size", "cost", "lighthouse")


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a bar is missed, 2 when nothing could be measured."""
    parser = argparse.ArgumentParser(prog="scripts/bench stand", description=__doc__)
    parser.add_argument("--changes", type=int, default=50, help="live changes that are timed")
    parser.add_argument("--evening", type=int, default=3000, help="live changes for the memory")
    parser.add_argument("--runs", type=int, default=3, help="of Lighthouse")
    parser.add_argument("--only", choices=PARTS, action="append", help="one figure, or several")
    options = parser.parse_args(arguments)
    try:
        build_if_changed(print)
        bench = asyncio.run(measured(options))
    except (LighthouseError, NotServedError, ScreensError) as error:
        print(error, file=sys.stderr)
        return 2
    console = Console()
    console.print(bars_table(bench.bars))
    for note in bench.notes:
        console.print(note, style="dim")
    return 0 if all(bar.held for bar in bench.bars) else 1


async def measured(options: argparse.Namespace) -> Bench:
    """Serve the house, open the stand, and take every figure asked for."""
    async with (
        served_friday() as house,
        launched() as browser,
        second_tablet(house, house.codes[1]) as tablet,
        opened(browser, house, house.codes[0]) as stand,
    ):
        bench = Bench(options, house, browser, tablet, stand)
        for part in PARTS:
            if not options.only or part in options.only:
                print(f"\r{part:12}", end="", file=sys.stderr, flush=True)
                await getattr(bench, part)()
    print("\r", end="", file=sys.stderr)
    bench.notes.append(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return bench


class Bench:
    """One run: what was measured, as bars and as notes."""

    def __init__(
        self,
        options: argparse.Namespace,
        house: House,
        browser: Browser,
        tablet: Tablet,
        stand: Stand,
    ) -> None:
        """Nothing is measured yet."""
        self.options = options
        self.house = house
        self.browser = browser
        self.tablet = tablet
        self.stand = stand
        self.bars: list[Bar] = []
        self.notes: list[str] = [f"load of the machine at the start: {os.getloadavg()[0]:.1f}"]

    async def paint(self) -> None:
        """(a) From a change on another tablet to the frame that shows it."""
        tables = await self.tablet.free_tables()
        await self.stand.changed(self.tablet, tables[0])
        before = await self.stand.worked()
        found = [
            times
            for number in range(self.options.changes // 2)
            for times in await self.stand.changed(self.tablet, tables[number % len(tables)])
        ]
        spent = {
            kind: 1000 * (seconds - before[kind]) / len(found)
            for kind, seconds in (await self.stand.worked()).items()
        }
        of_order, of_news = zip(*found, strict=True)
        self.bars += _times("live change, from its news to the frame", of_news, PAINT_MS)
        self.notes.append(
            f"from the order's sending on the other tablet: {_said(of_order)};"
            f" {len(found)} changes; each takes the page {spent['all']:.1f} ms of processor time,"
            f" {spent['script']:.1f} of scripts, {spent['look']:.1f} of styles and layout"
        )

    async def tap(self) -> None:
        """(b) From a tap to the frame with its sheet."""
        await self.stand.page.wait_for_load_state("networkidle")
        found = [await self.stand.tapped(selector) for selector in SHEETS * 6 for _ in range(1)][
            len(SHEETS) :
        ]
        self.bars += _times("tap, to the frame with its sheet", found, TAP_MS)

    async def burst(self) -> None:
        """A hundred changes as quick as they come: how often the evening is fetched for them."""
        await asyncio.sleep(1)
        tables = await self.tablet.free_tables()
        before, began = await self.stand.fetched(), time.monotonic()
        for number in range(BURST // 2):
            action, _ = await self.tablet.seat(tables[number % len(tables)])
            await self.tablet.undo(action)
        spent = time.monotonic() - began
        await asyncio.sleep(1)
        fetches = (await self.stand.fetched() - before) / (spent + 1)
        self.bars.append(
            Bar(
                title=f"{BURST} changes in {spent:.1f} s: fetches a second",
                reached=fetches,
                most=FETCHES,
            )
        )

    async def memory(self) -> None:
        """(c) The heap over an evening at speed; what is read before the first tenth warms up."""
        tables = await self.tablet.free_tables()
        read = []
        rounds = self.options.evening // 2
        for number in range(rounds):
            if number % max(1, rounds // 10) == 0:
                read.append(await self.stand.memory())
            action, _ = await self.tablet.seat(tables[number % len(tables)])
            await self.tablet.undo(action)
            if number % SHEETS_EVERY == 0:
                await self.stand.tapped(ALWAYS[(number // SHEETS_EVERY) % len(ALWAYS)])
        await asyncio.sleep(1)
        read.append(await self.stand.memory())
        (heap, nodes), middle, (last, nodes_last) = read[1], read[len(read) // 2], read[-1]
        self.bars += [
            Bar(
                title="heap, grown since warm",
                reached=100 * (last / heap - 1),
                unit="%",
                most=GROWTH,
            ),
            Bar(
                title="DOM nodes, grown since warm",
                reached=100 * (nodes_last / nodes - 1),
                unit="%",
                most=GROWTH,
            ),
        ]
        self.notes.append(
            f"over {2 * rounds} changes: heap {heap / KB**2:.2f}, {middle[0] / KB**2:.2f},"
            f" {last / KB**2:.2f} MB; nodes {nodes}, {middle[1]}, {nodes_last}"
            f" (a tenth of it, the middle, the end)"
        )

    async def size(self) -> None:
        """(d) What a first load brings until the floor is seen, and the fonts of both scripts."""
        kept = await self.stand.page.context.storage_state()
        async with opened(self.browser, self.house, None, kept=kept) as fresh:
            found = await fresh.sizes()
        async with opened(self.browser, self.house, None, kept=kept, locale="ru-RU") as russian:
            await russian.page.wait_for_load_state("networkidle")
            fonts = await russian.fonts()
        screens = {
            path: size
            for path, size in found.items()
            if path.startswith("/stand/") and not path.endswith(".woff2")
        }
        data = sum(size for path, size in found.items() if not path.startswith("/stand/"))
        self.bars += [
            Bar(
                title="first load of the floor",
                reached=sum(screens.values()) / KB,
                unit="KB",
                most=LOAD_KB,
            ),
            Bar(title="fonts, Latin and Cyrillic", reached=fonts / KB, unit="KB", most=FONTS_KB),
        ]
        self.notes.append(f"{len(screens)} files of the screens; the evening's data: {data} bytes")

    async def cost(self) -> None:
        """What tablets that fetch after every change cost the service, of one core."""
        tables = await self.tablet.free_tables()
        began = self.house.cpu_seconds()
        for _ in range(COST_FETCHES):
            await self.tablet.tonight()
        fetch = (self.house.cpu_seconds() - began) / COST_FETCHES
        self.notes.append(
            f"a fetch of the evening takes the service {fetch * 1000:.1f} ms of processor time:"
            f" {TABLETS} tablets at a change a second {TABLETS * fetch:.1%} of a core"
            f" ({len(tables)} tables free)"
        )

    async def lighthouse(self) -> None:
        """(e) Lighthouse on the floor, median of its runs."""
        cookies = {each["name"]: each["value"] for each in await self.stand.page.context.cookies()}
        found, about = await scores(f"{self.house.url}/stand/", cookies, self.options.runs)
        least = {"performance": 90.0, "accessibility": 100.0, "best-practices": 100.0}
        self.bars += [
            Bar(title=f"Lighthouse: {kind}", reached=score, least=least[kind])
            for kind, score in found.items()
        ]
        self.notes.append(f"Lighthouse, the middle run of {self.options.runs}: {about}")


def _times(title: str, found: Sequence[float], most: float) -> Iterator[Bar]:
    yield Bar(title=f"{title}: median", reached=median(found), unit="ms", most=most)
    yield Bar(title=f"{title}: 95 of 100", reached=_p95(found), unit="ms", most=most)


def _p95(found: Sequence[float]) -> float:
    return quantiles(found, n=20, method="inclusive")[-1]


def _said(found: Sequence[float]) -> str:
    return f"median {median(found):.0f} ms, 95 of 100 within {_p95(found):.0f} ms"
