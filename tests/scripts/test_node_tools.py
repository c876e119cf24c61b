"""What comes from npm is the same for everybody, from wherever, and needs no home folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scripts import node_tools

if TYPE_CHECKING:
    from pathlib import Path


def test_the_lock_names_no_place_to_fetch_from() -> None:
    lock = json.loads((node_tools.PACKAGES / "package-lock.json").read_text())
    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages)


def test_programs_run_without_a_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "")
    said = node_tools.run_node("-p", "typeof require('standardwebhooks').Webhook")
    assert (said.returncode, said.stdout) == (0, "function\n")


def test_a_failed_installation_is_no_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node_tools, "INSTALL_ROOT", tmp_path)
    monkeypatch.setattr(node_tools, "npm_command", lambda _: [node_tools.node_path(), "-e", "x"])
    for _ in range(2):
        with pytest.raises(node_tools.NodeToolsError):
            node_tools.node_tools()
