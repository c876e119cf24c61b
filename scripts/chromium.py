"""The Chromium that tests, benchmarks and evenings look through, and how it is started."""

from __future__ import annotations

import os
import shutil
from typing import Final

FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """The program that CHROMIUM names, or else Debian's; None where it is missing."""
    return shutil.which(os.environ.get("CHROMIUM") or "chromium")
