"""Makes `.venv` from a lock file and continues inside it; standard library only."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from pathlib import Path
from typing import NoReturn

from scripts.file_lock import locked
from scripts.kernel_cache import keep_kernels
from scripts.own_folder import NotOursError, require_ours

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = "installed.json"
LOCKS = {"serve": ROOT / "scripts" / "serve.lock", "dev": ROOT / "scripts" / "dev.lock"}

# World-readable: started by root, PostgreSQL runs the packages' programs as another user.
PUBLIC = -1 if os.name == "nt" else 0o022

# pip's line for each package, from a registry or from a folder of wheels.
FETCHING = re.compile(r"(?:Collecting|Processing) (?:\S*/)?([\w.-]+?)(?:==|-\d)")
# A file that is worth a word of its own: some ten megabytes and more.
DOWNLOADING = re.compile(r"Downloading (?:\S*/)?([\w.]+)-\d\S* \((\d\d+\.\d MB)\)")

# Text in pip's output, and the sentence to show for it.
PIP_FAILURES = (
    ("No space left on device", "The disk is full: free about 500 MB and start again."),
    ("THESE PACKAGES DO NOT MATCH THE HASHES", "A downloaded package is not the one in the lock."),
    ("NewConnectionError", "The package registry cannot be reached: is there a network?"),
    ("NameResolutionError", "The package registry cannot be reached: is there a network?"),
    ("ConnectTimeoutError", "The package registry cannot be reached: is there a network?"),
    ("ProxyError", "The package registry cannot be reached through the proxy set here."),
    ("No matching distribution", "A package of the lock cannot be had: is there a network?"),
    ("Permission denied", "The folder .venv cannot be written: who owns it?"),
)


class SetupError(Exception):
    """Setting up failed; the message is the sentence to show."""


def run_in_venv(module: str, lock: str) -> NoReturn:
    """Install `lock` ("serve" or "dev") if missing, then exec `python -m module`."""
    try:
        ensure_installed(lock)
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped; the next start goes on from here.")
    keep_kernels()
    become_venv_python(["-m", module, *sys.argv[1:]])


def ensure_installed(lock: str, venv: Path = VENV) -> None:
    """Install the lock file into `venv` if missing; a concurrent call waits for the first."""
    wanted = fingerprint(LOCKS[lock])
    try:
        if venv.exists():
            require_ours(venv.resolve())  # its programs are run
    except NotOursError as error:
        raise SetupError(str(error)) from error
    if is_installed(venv, lock, wanted):
        return
    try:
        with locked(lock_of(venv), wait=True):
            if not is_installed(venv, lock, wanted):
                install(venv, lock, wanted)
    except OSError as error:
        raise SetupError(sentence_for(error, venv)) from error


def fingerprint(lock_file: Path) -> str:
    """The SHA-256 of the lock file's text."""
    return hashlib.sha256(lock_file.read_bytes()).hexdigest()


def is_installed(venv: Path, lock: str, wanted: str) -> bool:
    """Whether the stamp holds the lock's fingerprint and the interpreter exists."""
    return venv_python(venv).exists() and read_stamp(venv).get(lock) == wanted


def read_stamp(venv: Path) -> dict[str, str]:
    """The locks that were installed completely: name to fingerprint."""
    try:
        stamp = json.loads((venv / STAMP).read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def install(venv: Path, lock: str, wanted: str) -> None:
    """Install the lock; without the stamp meanwhile, so that an interrupted run is detected."""
    stamp = read_stamp(venv)
    if stamp and venv_python(venv).exists():
        (venv / STAMP).unlink()
    else:
        create(venv)
        stamp = {}
    pip_install(venv, LOCKS[lock])
    # dev.lock holds everything that serve.lock does, at the same versions.
    done = {name: fingerprint(path) for name, path in LOCKS.items()} if lock == "dev" else {}
    fresh = venv / f"{STAMP}.new"
    fresh.write_text(json.dumps({**stamp, **done, lock: wanted}))
    fresh.replace(venv / STAMP)


def add_package(name: str, venv: Path = VENV) -> None:
    """Install one package of the dev lock, at its version, by its hashes. Raises SetupError."""
    with tempfile.TemporaryDirectory() as folder, locked(lock_of(venv), wait=True):
        alone = Path(folder) / "one.lock"
        alone.write_text(section_of(LOCKS["dev"].read_text(), name))
        pip_install(venv, alone)


def section_of(lock: str, name: str) -> str:
    """The lines of a lock that are about this package. Raises SetupError."""
    found = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if found is None:
        raise SetupError(f"The lock has no {name}.")
    return found[0]


def lock_of(venv: Path) -> Path:
    """The file that is locked while packages are installed."""
    return venv.with_name(f"{venv.name}.lock")


def create(venv: Path) -> None:
    """Make an empty `.venv`, in place of a broken one."""
    require_ensurepip()
    say("making .venv")
    if venv.exists():
        shutil.rmtree(venv)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)],
        capture_output=True,
        text=True,
        check=False,
        umask=PUBLIC,
    )
    if made.returncode:
        raise SetupError(sentence_in(made.stdout + made.stderr, f"{venv} could not be made"))


def require_ensurepip() -> None:
    """Raise SetupError without venv or ensurepip, which Debian packages separately."""
    try:
        __import__("ensurepip")
        __import__("venv")
    except ImportError as error:
        message = "This Python lacks venv: run `apt install python3-venv`, then start again."
        raise SetupError(message) from error


def pip_install(venv: Path, lock_file: Path) -> None:
    """Install the lock with checked hashes, and show the count of packages."""
    total = sum("==" in line for line in lock_file.read_text().splitlines())
    command = [str(venv_python(venv)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command += ["install", "--no-deps", "--require-hashes", "--progress-bar=off"]
    with subprocess.Popen(
        [*command, "-r", str(lock_file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        umask=PUBLIC,
    ) as pip:
        try:
            last_lines = follow(pip, total)
        except BaseException:
            pip.terminate()
            raise
    say("")
    if pip.returncode:
        raise SetupError(sentence_in("".join(last_lines), "Installing the packages failed"))


def follow(pip: subprocess.Popen[str], total: int) -> deque[str]:
    """Show pip's progress as a count; returns its last lines, for the sentence after a failure."""
    last_lines: deque[str] = deque(maxlen=40)
    collected = 0
    for line in pip.stdout or ():
        last_lines.append(line)
        if found := FETCHING.match(line):
            collected += 1
            say(f"fetching packages {collected}/{total}  {found[1]}")
        elif found := DOWNLOADING.search(line):
            say(f"fetching {found[1]}: {found[2]}")
        elif line.startswith("Installing collected"):
            say(f"installing {collected} packages")
    return last_lines


def sentence_in(output: str, otherwise: str) -> str:
    """The sentence for what a tool printed before it failed."""
    for words, sentence in PIP_FAILURES:
        if words in output:
            return sentence
    errors = [line for line in output.splitlines() if line.startswith(("ERROR:", "Error:"))]
    return f"{otherwise}: {errors[-1] if errors else (output.strip().splitlines() or [''])[-1]}"


def sentence_for(error: OSError, venv: Path) -> str:
    """The sentence for a failure of the file system."""
    if error.errno == errno.ENOSPC:
        return "The disk is full: free about 500 MB and start again."
    return f"{venv} cannot be written ({error.strerror}): who owns it?"


def say(line: str) -> None:
    """Overwrite the progress line on a terminal; print plain lines to anything else."""
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write(f"\r{line[:width]:<{width}}{'' if line else chr(13)}")
    elif line:
        sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def venv_python(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / "Scripts/python.exe" if os.name == "nt" else venv / "bin/python"


def become_venv_python(arguments: list[str]) -> NoReturn:
    """Exec the environment's interpreter, with the repository on PYTHONPATH."""
    python = str(venv_python(VENV))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [python, "-P", *arguments]
    if os.name == "nt":
        with contextlib.suppress(KeyboardInterrupt):
            sys.exit(subprocess.run(command, env=environment, check=False).returncode)
        sys.exit(1)
    os.execve(python, command, environment)  # noqa: S606 - no shell is the point
