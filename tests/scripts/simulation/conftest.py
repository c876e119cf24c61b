"""The evening that all tests of the simulation judge: played once a run, copied for each test."""

from __future__ import annotations

import pickle

import pytest

from tests.support.played import Evidence, evening_of_run


@pytest.fixture(scope="session")
def honest(template: str) -> bytes:
    """The evidence of an honest evening."""
    return evening_of_run(template)


@pytest.fixture
def evidence(honest: bytes) -> Evidence:
    """A copy that the test may falsify."""
    found: Evidence = pickle.loads(honest)
    return found
