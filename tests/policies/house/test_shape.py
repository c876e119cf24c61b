"""Looking for mistakes takes no longer for a huge document, and tells the first hundred."""

from time import thread_time
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta

from policies.house.house import House
from policies.house.rules import Rules
from policies.house.shape import MISTAKES_TOLD, shape_problems

Few = tuple[Annotated[int, Meta(le=9)], ...]


@pytest.mark.parametrize(
    ("kind", "key"),
    [(Rules, "holds"), (Rules, "gestures"), (House, "periods"), (House, "walls"), (House, "staff")],
)
def test_eighty_thousand_empty_entries_are_told_in_a_moment(kind: type, key: str) -> None:
    raw: dict[str, object] = {key: [{}] * 80_000}
    begun = thread_time()
    problems = shape_problems(raw, kind)
    assert thread_time() - begun < 0.5  # some milliseconds; seconds if each entry is looked at
    assert len(problems) == MISTAKES_TOLD
    assert problems[-1][0][0] == key


def test_of_many_entries_the_wrong_ones_are_found() -> None:
    raw = [each % 10 for each in range(100_000)]
    raw[777] = raw[778] = raw[99_999] = 10
    begun = thread_time()
    problems = shape_problems(raw, Few)
    assert thread_time() - begun < 0.5
    assert [path for path, _ in problems] == [(777,), (778,), (99_999,)]


def test_a_list_of_a_fixed_length_is_compared_place_by_place() -> None:
    assert [path for path, _ in shape_problems([1, 2, 3], tuple[int, str, int])] == [(1,)]
    assert not shape_problems(msgspec.json.decode(b"[1, 2.5]"), tuple[int, float])
