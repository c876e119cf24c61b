"""Nothing is trusted that somebody else may have put where we keep locks, sockets and data."""

from __future__ import annotations

import os
import pwd
import stat
import tempfile
from pathlib import Path

import pytest

from scripts import embedded, kernel_cache, setup_venv
from scripts.file_lock import acquire
from scripts.own_folder import (
    SERVER_USER,
    NotOursError,
    make_own,
    require_safe_way,
    take_back,
)
from scripts.server_user import server_user
from tests.support.database import run_folder

SOMEBODY = 54321
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make what is another's")


def test_a_new_folder_is_closed_to_others_and_ours_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    make_own(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / "kept").touch()
    folder.chmod(0o755)
    make_own(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / "kept").exists()


def test_a_folder_that_others_may_write_to_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(NotOursError, match=r"Others may write into .* \(mode 0777\)"):
        make_own(tmp_path)
    with pytest.raises(embedded.EmbeddedError, match="Others may write into"):
        embedded.start(tmp_path)
    with pytest.raises(NotOursError, match="All may write into"):
        require_safe_way(tmp_path / "data")
    assert not list(tmp_path.iterdir())


def test_no_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.mkdir(mode=0o755)
    link.symlink_to(target)
    with pytest.raises(NotOursError, match="is a link, which is not followed"):
        make_own(link)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755
    lock = tmp_path / "a.lock"
    lock.symlink_to(tmp_path / "made")
    with pytest.raises(OSError, match="symbolic link"):
        acquire(lock, wait=False)
    assert not (tmp_path / "made").exists()


@as_root
def test_what_belongs_to_somebody_else_is_refused(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    os.chown(theirs, SOMEBODY, SOMEBODY)
    with pytest.raises(embedded.EmbeddedError, match=f"{theirs} belongs to user {SOMEBODY}"):
        embedded.start(theirs)
    with pytest.raises(embedded.EmbeddedError, match="who may exchange what is below it"):
        embedded.start(theirs / "data")
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    os.lchown(link, SOMEBODY, SOMEBODY)
    with pytest.raises(embedded.EmbeddedError, match="somebody else's link"):
        embedded.start(link)


def test_what_lies_in_the_temporary_folder_under_our_name_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir(mode=0o755)
    trap = Path(tempfile.gettempdir()) / f"{embedded.SCRATCH_PREFIX}{tmp_path.name}"
    trap.symlink_to(target)
    try:
        embedded.reap_abandoned()
        assert trap.is_symlink()
    finally:
        trap.unlink()
    assert not list(target.iterdir())
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


def test_a_socket_folder_that_somebody_made_before_us_is_refused(tmp_path: Path) -> None:
    long = tmp_path / ("a" * embedded.LONGEST_SOCKET_FOLDER)
    long.mkdir()
    short = Path("/tmp") / f"maitred-{long.stat().st_ino}"
    short.symlink_to(tmp_path)
    try:
        with pytest.raises(embedded.EmbeddedError, match="is a link"):
            embedded.socket_folder(long)
    finally:
        short.unlink()
    assert embedded.socket_folder(long) == short
    assert stat.S_IMODE(short.lstat().st_mode) == 0o700
    short.rmdir()


@as_root
def test_the_user_of_postgresql_has_its_own_data_and_no_more(template: str) -> None:
    assert template
    folder, user = run_folder(), server_user()
    assert user
    found = folder.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (0, user.gid, 0o710)
    theirs = {path.name for path in folder.iterdir() if path.lstat().st_uid == user.uid}
    assert theirs <= {"postgres", "postgres.log"}


@as_root
def test_what_earlier_releases_gave_to_the_user_of_postgresql_is_taken_back(tmp_path: Path) -> None:
    user = server_user()
    assert user
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    os.chown(data, user.uid, user.gid)
    take_back(data, "no such user")
    assert data.stat().st_uid == user.uid
    if user.uid == pwd.getpwnam("nobody").pw_uid:
        pytest.skip("no user could be made here")
    take_back(data, SERVER_USER)
    found = data.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (0, user.gid, 0o710)


def test_no_program_is_run_from_where_others_may_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(setup_venv.SetupError, match="Others may write into"):
        setup_venv.ensure_installed("serve", tmp_path)


def test_compiled_code_is_not_taken_from_where_others_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o777)
    monkeypatch.setenv(kernel_cache.VARIABLE, str(tmp_path))
    with pytest.raises(SystemExit, match="Others may write into"):
        kernel_cache.keep_kernels()
