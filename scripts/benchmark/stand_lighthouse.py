"""Lighthouse on the floor of a stand that is logged in: npm's, pinned here, outside our locks."""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from scripts.chromium import FLAGS, chromium
from scripts.node_tools import environment, node_path, npm_command, npm_error
from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = "12.2.3"
FOLDER: Final = ROOT / ".data" / f"lighthouse-{VERSION}"
PROGRAM: Final = Path("node_modules") / "lighthouse" / "cli" / "index.js"
CATEGORIES: Final = ("performance", "accessibility", "best-practices")
INSTALL_SECONDS, RUN_SECONDS = 300, 180
TRIES: Final = 3


class LighthouseError(Exception):
    """Lighthouse could not be fetched or run; the message is the sentence to show."""


def fetched() -> Path:
    """The program, fetched from npm when it is first needed. Raises LighthouseError."""
    program = FOLDER / PROGRAM
    if not program.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        print(f"fetching lighthouse {VERSION} from npm (111 MB, once)")
        plainly = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", ".")
        command = npm_command("install", *plainly, f"lighthouse@{VERSION}")
        done = _run(command, FOLDER, INSTALL_SECONDS)
        if done.returncode:
            raise LighthouseError(f"npm fetched no lighthouse ({npm_error(done.stderr)}).")
    return program


async def scores(url: str, cookies: Mapping[str, str], runs: int) -> tuple[dict[str, float], str]:
    """The medians of the categories, 0 to 100, and what the slowest marks were about.

    Raises LighthouseError.
    """
    program = await asyncio.to_thread(fetched)
    found = [await asyncio.to_thread(_tried, program, url, cookies) for _ in range(runs)]
    kinds = {
        kind: 100 * median(each["categories"][kind]["score"] for each in found)
        for kind in CATEGORIES
    }
    return kinds, _about(sorted(found, key=_performance)[len(found) // 2])


def _performance(report: dict[str, Any]) -> float:
    return float(report["categories"]["performance"]["score"])


def _tried(program: Path, url: str, cookies: Mapping[str, str]) -> dict[str, Any]:
    """One run; on a busy machine Lighthouse loses its own trace (NO_NAVSTART) and says to retry."""
    for _ in range(TRIES - 1):
        with suppress(LighthouseError):
            return _once(program, url, cookies)
    return _once(program, url, cookies)


def _once(program: Path, url: str, cookies: Mapping[str, str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        headers = Path(folder) / "headers.json"
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers.write_text(json.dumps({"Cookie": cookie}))
        said = Path(folder) / "report.json"
        command = [
            node_path(),
            str(program),
            url,
            "--output=json",
            f"--output-path={said}",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--extra-headers={headers}",
            f"--chrome-flags={' '.join(FLAGS)}",
            "--quiet",
            "--no-enable-error-reporting",
        ]
        done = _run(command, Path(folder), RUN_SECONDS)
        if done.returncode or not said.exists():
            raise LighthouseError(f"lighthouse ended with {done.returncode}: {done.stderr[-500:]}")
        report: dict[str, Any] = json.loads(said.read_text(encoding="utf-8"))
        return report


def _about(report: dict[str, Any]) -> str:
    """What was marked down, and the times, in a line."""
    audits = report["audits"]
    times = [
        f"{name} {audits[key]['displayValue']}"
        for name, key in (
            ("first paint", "first-contentful-paint"),
            ("largest paint", "largest-contentful-paint"),
            ("blocking", "total-blocking-time"),
            ("shift", "cumulative-layout-shift"),
            ("speed index", "speed-index"),
        )
    ]
    missed = [
        each["id"]
        for kind in ("accessibility", "best-practices")
        for each in report["categories"][kind]["auditRefs"]
        if each["weight"]
        and (audits[each["id"]]["score"] or 0) < 1
        and audits[each["id"]]["score"] is not None
    ]
    return ", ".join([*times, *(f"marked down: {each}" for each in missed)])


def _run(command: list[str], folder: Path, seconds: float) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env={**environment(folder), "CHROME_PATH": chromium() or "chromium"},
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as late:
        raise LighthouseError(f"{command[1]} did not end within {seconds} s.") from late
