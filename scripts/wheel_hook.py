"""Hatchling's hook: a wheel contains the screens, built now if they are not of the sources."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import screens


class ScreensHook(BuildHookInterface[Any]):  # type: ignore[misc]
    """Builds the screens before they are packed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, where there is something to build: the build's own environment has nothing."""
        return [] if screens.is_current() else [screens.NODE_NEEDED]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing. Raises SystemExit with the sentence to show."""
        del version, build_data
        try:
            screens.build_if_changed(self.app.display_info)
        except screens.BrokenSourcesError as error:
            sys.exit(str(error))
        except screens.ScreensError as error:
            sys.exit(f"{error} Where npm can be reached run {screens.HOW}; then build the wheel.")
