"""What the tests of the examination falsify: one of everything, whatever the evening brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.planted import Planted, plant

if TYPE_CHECKING:
    from tests.support.played import Evidence


@pytest.fixture
def planted(evidence: Evidence) -> Planted:
    return plant(evidence)
