"""The kitchen slowed: one limit for online, phone and the waits told at the door."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from policies.book.answers import Ask, No, Yes
from policies.book.picture import Picture, WaitEntry
from policies.booking.engine import decide
from policies.booking.kitchen import kitchen_pace, kitchen_takes_at
from policies.door.wait_band import WaitAsked
from policies.forecast.prior import prior_forecast
from policies.house.channels import Channel
from policies.lookahead.quotes import first_model
from policies.lookahead.waits import Belief, QuotedWait, quoted_wait
from tests.support.full_evening import FIRST_COME, a_house, at, picture, promise, table

NOW = at("19:00")
HOUSE = a_house(*(table(f"t{number}", 4) for number in range(8)))


def slowed(told: Picture, covers: int, until: str | None = None) -> Picture:
    """The picture with the evening's pace lever pulled."""
    back = at(until) if until else None
    period = replace(told.period, pacing_covers=covers, pacing_covers_until=back)
    return replace(told, period=period)


def full_quarter() -> Picture:
    """Four guests start at seven, by a reservation."""
    return picture(HOUSE, promise(1, 4, "19:00", "t0"), rules=FIRST_COME)


def told_wait(told: Picture, size: int = 2) -> QuotedWait:
    found = quoted_wait(told, HOUSE, None, WaitAsked(size), now=NOW)
    assert found is not None
    return found


@pytest.mark.parametrize("channel", ["partner", "phone"])
def test_one_lever_refuses_starts_online_and_by_phone_alike(channel: Channel) -> None:
    wish = Ask(party_size=2, starts=at("19:15"), channel=channel, guest_name="Ada")
    there = picture(HOUSE, promise(1, 4, "19:15", "t0"), rules=FIRST_COME)
    assert isinstance(decide(there, wish, HOUSE, now=NOW - timedelta(hours=2)), Yes)
    answer = decide(slowed(there, 4), wish, HOUSE, now=NOW - timedelta(hours=2))
    assert isinstance(answer, No)
    assert answer.code == "PACING_FULL"
    later = replace(wish, starts=at("20:30"))
    there = slowed(picture(HOUSE, promise(1, 4, "20:30", "t0"), rules=FIRST_COME), 4, "20:15")
    assert isinstance(decide(there, later, HOUSE, now=NOW - timedelta(hours=2)), Yes)


def test_the_wait_told_at_the_door_is_that_of_the_kitchen_while_it_is_slowed() -> None:
    there = full_quarter()
    assert (told_wait(there).free_now, told_wait(there).band.likely) == (True, 5)
    slow = told_wait(slowed(there, 4))
    assert (slow.free_now, slow.band.likely, slow.band.latest) == (False, 15, 15)
    assert told_wait(slowed(there, 6)) == told_wait(there), "there is room for two more"


def test_who_waits_before_takes_its_share_of_the_kitchen() -> None:
    entry = WaitEntry(
        wait_id=promise(7, 1, "19:00").reservation_id,
        period_id=dinner_of(full_quarter()),
        state="waiting",
        party_size=4,
        joined_at=NOW - timedelta(minutes=3),
    )
    there = replace(slowed(full_quarter(), 4), waiting=(entry,))
    assert kitchen_takes_at(there, HOUSE, 2, now=NOW) == at("19:30")


def dinner_of(told: Picture) -> str:
    return told.period.period_id


def test_the_lever_says_until_when_and_ends_by_itself() -> None:
    slow = slowed(full_quarter(), 4, "19:45")
    pace = kitchen_pace(slow, HOUSE, 2, now=NOW)
    assert pace is not None
    assert (pace.covers, pace.usual, pace.starting) == (4, 200, 4)
    assert (pace.until, pace.takes_at) == (at("19:45"), at("19:15"))
    assert kitchen_pace(slow, HOUSE, 2, now=at("19:45")) is None
    assert kitchen_pace(full_quarter(), HOUSE, 2, now=NOW) is None


def test_a_kitchen_that_takes_nobody_is_told_as_no_wait_that_can_be_foreseen() -> None:
    stopped = slowed(full_quarter(), 0)
    assert kitchen_takes_at(stopped, HOUSE, 2, now=NOW) is None
    assert quoted_wait(stopped, HOUSE, None, WaitAsked(2), now=NOW) is None
    soon = slowed(full_quarter(), 0, "19:30")
    assert kitchen_takes_at(soon, HOUSE, 2, now=NOW) == at("19:30")


def test_who_was_promised_a_table_waits_for_no_kitchen() -> None:
    """It counts for the pace where it was promised to start."""
    party = replace(promise(1, 4, "19:00", "t0"), state="arrived")
    there = picture(HOUSE, party)
    belief = Belief(prior_forecast(HOUSE, there.period), first_model())
    asked = WaitAsked(4, reservation_id=party.reservation_id)
    told = quoted_wait(there, HOUSE, belief, asked, now=NOW)
    assert told is not None
    assert quoted_wait(slowed(there, 0), HOUSE, belief, asked, now=NOW) == told


def test_a_party_larger_than_the_pace_is_taken_alone() -> None:
    slow = slowed(full_quarter(), 2)
    assert kitchen_takes_at(slow, HOUSE, 4, now=NOW) == at("19:15")
