"""`scripts/bench late`: a short evening of it, told and not."""

from __future__ import annotations

from scripts.benchmark.late import beside, kept, played


def test_an_evening_is_played_three_times_with_the_same_bookings_and_late_parties() -> None:
    told, silent, cancelled = night = played("eighteen", 1, 8_200_001)
    assert told.parties == silent.parties == cancelled.parties
    assert told.late == silent.late == cancelled.late > 0
    assert {each.number for each in told.records} == {each.number for each in cancelled.records}
    assert all(each.kept_until is None for each in (*silent.records, *cancelled.records))
    answered = [each for each in told.records if each.kept_until is not None]
    assert answered, "somebody told that it is late"
    for each in answered:
        assert each.kept_until == each.start + 25, "ten minutes, and the grace of fifteen"
        assert each.then_at is None or each.then_at >= each.kept_until
    assert kept(told.records).row_count == 3
    assert beside([night]).row_count == 6
