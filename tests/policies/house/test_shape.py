"""Looking for mistakes takes no longer for a huge document, and tells the first hundred."""

from time import thread_time
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta

from policies.house.house import House
from policies.house.rules import Rules
from policies.house.shape import MISTAKES_TOLD, days_named, shape_problems, unknown
from policies.words.catalogue import say
from policies.words.message import message

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


def test_one_possible_value_is_named_and_no_value_of_a_list_is_said_in_the_language() -> None:
    ((_, said),) = shape_problems("x", Literal["usual"])
    assert say(said) == 'Expected "usual", got "x".'
    nothing = unknown("period", "dinner", ())
    assert say(nothing) == "This house has no period dinner. It has none."
    assert say(nothing, "ru") == "В заведении нет периода dinner. Есть: пока ничего."


def test_weekdays_are_said_as_people_say_them() -> None:
    clash = message("period-overlaps", other="lunch", days=days_named({"wed", "mon"}))
    assert say(clash) == "This overlaps lunch on Mon and Wed. Change the hours of one."
    assert say(clash, "ru").startswith("Это пересекается с периодом lunch в пн и ср.")
