"""Secrets that are used again are kept so that the database alone does not give them away."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from seating.webhooks.sealed_secrets import Seal, SealError, key_in, new_key

if TYPE_CHECKING:
    from pathlib import Path

SECRET, WHOSE = b"whsec_abc", "bistro:1"


def test_what_is_sealed_opens_for_its_own_row_alone() -> None:
    seal = Seal(new_key())
    closed = seal.encrypt(SECRET, WHOSE)
    assert SECRET not in closed
    assert closed != seal.encrypt(SECRET, WHOSE)
    assert seal.decrypt(closed, WHOSE) == SECRET
    with pytest.raises(SealError):
        seal.decrypt(closed, "bistro:2")
    with pytest.raises(SealError):
        Seal(new_key()).decrypt(closed, WHOSE)


def test_a_key_is_replaced_by_naming_the_old_one_behind_it() -> None:
    old, new = new_key(), new_key()
    closed = Seal(old).encrypt(SECRET, WHOSE)
    both = Seal(f"{new}, {old}")
    assert both.decrypt(closed, WHOSE) == SECRET
    assert Seal(new).decrypt(both.encrypt(SECRET, WHOSE), WHOSE) == SECRET


@pytest.mark.parametrize("key", ["", "not base64!", "c2hvcnQ="])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(SealError):
        Seal(key)


def test_the_file_of_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "secrets.key"
    with ThreadPoolExecutor(8) as starting:
        keys = set(starting.map(lambda _: key_in(file), range(16)))
    assert keys == {file.read_text().strip()}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["secrets.key"]
