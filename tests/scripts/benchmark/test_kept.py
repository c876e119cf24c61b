"""Results of benches are made once and read from then on."""

from pathlib import Path

import pytest

from scripts.benchmark.kept import kept_or_made


def test_what_was_made_is_only_read(tmp_path: Path) -> None:
    made = []

    def make() -> list[int]:
        made.append(1)
        return [3, 4]

    file = tmp_path / "folder" / "result.json"
    assert kept_or_made(file, list[int], make) == kept_or_made(file, list[int], make) == [3, 4]
    assert made == [1]


def test_what_was_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stopped() -> list[int]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_or_made(tmp_path / "result.json", list[int], stopped)
    assert not list(tmp_path.iterdir())
