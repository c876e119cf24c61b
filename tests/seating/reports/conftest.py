"""A book of twelve evenings that reports are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.house import house_text, open_house
from tests.support.reported_book import reported_book

if TYPE_CHECKING:
    from seating.db import Pool
    from tests.support.reported_book import Book


@pytest.fixture
async def book(pool: Pool) -> Book:
    await open_house(pool, house_text(2, 2, 2, 4))
    return await reported_book(pool)
