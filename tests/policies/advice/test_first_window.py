"""A house that holds no tables is advised by who came to its door in vain."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from msgspec.structs import replace

from policies.advice.first_window import (
    CameInVain,
    InVain,
    WantedWindow,
    advise_first_window,
    wanted_window,
)
from policies.advice.holding import WindowSeen
from policies.forecast.evidence import NEEDED_EVENINGS, DemandEvidence
from policies.house.file import read_house
from policies.house.rules import Rules
from policies.lab.trial.change import TriedChange
from policies.numeric.intervals import MeanInterval
from policies.value.hold_advice import HoldHint
from tests.support.house import SEVEN, house_text

HOUSE = read_house(house_text(2, 2, 4))
EVENINGS = 20


def came(day: int, minutes: int, size: int) -> CameInVain:
    """So many minutes after seven, `day` evenings ago."""
    at = SEVEN - timedelta(days=day) + timedelta(minutes=minutes)
    return CameInVain(service_date=at.date(), at=at.astimezone(UTC), party_size=size)


def in_vain(*parties: CameInVain) -> InVain:
    return InVain(period="dinner", evenings=EVENINGS, parties=parties)


def seen(wanted: WantedWindow, hint: HoldHint | None = None) -> WindowSeen:
    return WindowSeen(
        window=wanted.window,
        evenings=EVENINGS,
        needed=NEEDED_EVENINGS,
        hints=(hint,) if hint else (),
    )


def hint(hold: int) -> HoldHint:
    evidence = DemandEvidence(
        evenings=EVENINGS, comparable=3, needed=NEEDED_EVENINGS, enough=True, walk_ins=30,
        per_evening=MeanInterval(of=EVENINGS, mean=1.5), prior_share=0.1,
    )  # fmt: skip
    at = datetime(2027, 3, 3, 19, tzinfo=UTC)
    return HoldHint(
        window="dinner", starts=at, seats=2, tables=2, held=0, evidence=evidence, hold=hold,
        chance=0.7, holding=9000, selling=5000,
    )  # fmt: skip


def wanted(evenings: int = 15) -> WantedWindow:
    """Parties of two at half past seven on so many evenings, and two of four at nine."""
    twos = [came(day, 30, 2) for day in range(1, evenings + 1)]
    fours = [came(day, 120, 4) for day in range(1, 3)]
    found = wanted_window(HOUSE, in_vain(*twos, *fours, came(1, 30, 9)))
    assert found is not None
    return found


def test_the_window_is_where_somebody_came_in_vain_on_the_most_evenings() -> None:
    found = wanted()
    assert (found.window.starts, found.window.minutes, found.window.seats) == (time(19, 30), 120, 2)
    assert (found.on, found.evenings) == (15, EVENINGS)
    crowd = wanted_window(HOUSE, in_vain(*[came(1, 30, 2)] * 9, came(2, 90, 4), came(3, 95, 4)))
    assert crowd is not None
    assert (crowd.window.seats, crowd.on) == (4, 2)


def test_nobody_in_vain_or_only_groups_of_a_join_want_no_window() -> None:
    assert wanted_window(HOUSE, in_vain()) is None
    assert wanted_window(HOUSE, in_vain(came(1, 30, 9))) is None


def test_its_price_says_how_many_tables_to_hold_and_the_patch_is_the_whole_window() -> None:
    place = wanted()
    advice = advise_first_window(seen(place, hint(2)), place, HOUSE)
    assert advice.standing == "change"
    assert advice.spoken("en")[0] == (
        "Keep 2 tables for 2 back from 19:30 to 21:30 (dinner); today you hold none."
    )
    assert "On 15 of 20 evenings somebody" in advice.spoken("en")[2]
    assert advice.spoken("ru")[0].startswith("Придерживайте 2 стола на 2 с 19:30 до 21:30")
    assert advice.patch is not None
    (made,) = TriedChange(rules=(advice.patch,)).of_rules(Rules(), HOUSE).holds
    assert (made.count, made.seats, made.ladder[-1].keep) == (2, 2, 0)
    nothing = advise_first_window(seen(place, hint(0)), place, HOUSE)
    assert (nothing.standing, nothing.patch) == ("keep", None)


def test_without_prices_one_is_held_where_surely_more_than_half_of_the_evenings_wanted_it() -> None:
    often, seldom = wanted(19), wanted(12)
    advice = advise_first_window(seen(often), often, HOUSE)
    assert advice.standing == "change"
    assert advice.spoken("en")[0].startswith("Keep one table for 2 back")
    assert advise_first_window(seen(seldom), seldom, HOUSE).standing == "keep"
    few = replace(often, evenings=NEEDED_EVENINGS - 1, on=NEEDED_EVENINGS - 1)
    assert advise_first_window(seen(few), few, HOUSE).standing == "unknown"
