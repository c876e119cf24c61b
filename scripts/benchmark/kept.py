"""Results kept in a file: made once, read from then on; a run that is stopped leaves none half."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

Result = TypeVar("Result")


def kept_or_made(file: Path, kind: type[Result], make: Callable[[], Result]) -> Result:
    """Return what the file holds, else what `make` returns, and keep that there as JSON."""
    if file.exists():
        return msgspec.json.decode(file.read_bytes(), type=kind)
    made = make()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(made))
    fresh.replace(file)
    return made
