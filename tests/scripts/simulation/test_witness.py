"""The simulated evening follows the stand: after a second start, and beside a person's hands."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from scripts.simulation import living
from scripts.simulation.dice import dice_of
from scripts.simulation.floor import can_merge, can_swap
from scripts.simulation.parties import Party
from tests.support.imagined import NOW, Imagined, imagined
from tests.support.played import HOUSE, hours

if TYPE_CHECKING:
    from scripts.simulation.night import Json, Night
    from scripts.simulation.play import Actors

FOR_TWO: Json = {"kind": "table", "tables": ["1"], "unmet_needs": [], "full_turn": True}
FOR_SIX: Json = FOR_TWO | {"tables": ["21"]}
PARTIES = 40


@pytest.fixture
def evening() -> Imagined:
    return imagined()


# Taking an evening up


async def test_parties_that_are_due_still_come_after_a_second_start(evening: Imagined) -> None:
    """All but the few who never come, in their own time: nobody is dropped, nobody comes twice."""
    stand = evening.stand
    for number in range(PARTIES):
        stand.promised(f"r{number}", minutes=20 + number)
    await evening.look()
    await evening.passes(3)
    assert stand.told == []
    await evening.passes(120)
    came = [number for number in range(PARTIES) if "arrive" in stand.verbs(f"r{number}")]
    assert PARTIES * 0.8 < len(came) < PARTIES
    assert all(stand.verbs(f"r{number}").count("arrive") == 1 for number in came)


async def test_who_should_have_come_meanwhile_comes_within_minutes(evening: Imagined) -> None:
    for number in range(PARTIES):
        evening.stand.promised(f"r{number}", minutes=-12)
    await evening.look()
    await evening.passes(40)
    came = [n for n in range(PARTIES) if "arrive" in evening.stand.verbs(f"r{n}")]
    assert PARTIES * 0.8 < len(came) < PARTIES


async def test_who_became_a_no_show_meanwhile_is_only_late(evening: Imagined) -> None:
    for number in range(PARTIES):
        evening.stand.promised(f"late {number}", minutes=-25, state="no_show")
        evening.stand.promised(f"long ago {number}", minutes=-50, state="no_show")
    await evening.look()
    await evening.passes(40)
    for name, least, most in (("late", PARTIES * 0.8, PARTIES), ("long ago", -1, 1)):
        came = [n for n in range(PARTIES) if "arrive" in evening.stand.verbs(f"{name} {n}")]
        assert least < len(came) < most


async def test_who_never_comes_is_the_same_after_each_start() -> None:
    fates = []
    for start in (NOW, NOW + timedelta(minutes=7)):
        evening = imagined(start)
        for number in range(PARTIES):
            evening.stand.promised(f"r{number}", minutes=60)
        await evening.look()
        records = evening.night.records.values()
        fates.append([(each.guest.comes, each.guest.late) for each in records])
    assert fates[0] == fates[1]


async def test_no_command_has_the_id_of_one_before_the_start() -> None:
    """A host's command with an id that was used is answered as it was then, and does nothing."""
    seeds = []
    for start in (NOW, NOW + timedelta(minutes=7)):
        evening = imagined(start)
        evening.stand.promised("r1", minutes=60)
        await evening.look()
        seeds.append(evening.night.records["r1"].guest.choice_seed)
    assert seeds[0] != seeds[1]


async def test_who_sits_stays_and_leaves(evening: Imagined) -> None:
    evening.stand.seated("Walk-in", 2, ["1"], "s1")
    await evening.look()
    await evening.passes(15)
    assert evening.stand.verbs("s1") == []
    await evening.passes(400, until=lambda: not evening.stand.seatings)
    assert evening.stand.verbs("s1") == ["serve", "clear"]
    assert evening.night.now < NOW + timedelta(hours=5)


async def test_who_has_arrived_is_seated(evening: Imagined) -> None:
    evening.stand.promised("r1", minutes=-5, state="arrived", arrived=2)
    evening.stand.options = [FOR_TWO]
    await evening.look()
    await evening.passes(8)
    assert evening.stand.verbs("r1") == ["seat"]


async def test_who_waits_is_seated_too(evening: Imagined) -> None:
    entry = {"wait_id": "w1", "version": 3, "name": "Ada", "party_size": 2, "state": "waiting"}
    evening.stand.waiting = [entry | {"joined_at": NOW.isoformat()}]
    evening.stand.options = [FOR_TWO]
    await evening.look()
    await evening.passes(8)
    seated = [sent for verb, sent in evening.stand.told if verb == "seat"]
    assert [(sent["wait_id"], sent["version"]) for sent in seated] == [("w1", 3)]


async def test_who_comes_after_the_grace_comes_all_the_same(evening: Imagined) -> None:
    """The stand shows a no-show by then; the house owes them a place until it closes."""
    stand = evening.stand
    for number in range(PARTIES):
        stand.promised(f"r{number}", minutes=20)
    await evening.look()
    for each in stand.reservations:
        each |= {"state": "no_show", "version": 2}
    await evening.passes(70)
    assert [verb for verb, _ in stand.told].count("arrive") > PARTIES * 0.8


# Beside a person's hands


async def test_a_party_that_somebody_cancelled_does_not_come(evening: Imagined) -> None:
    stand = evening.stand
    for number in range(PARTIES):
        stand.promised(f"r{number}", minutes=30)
    await evening.look()
    stand.reservations.clear()
    await evening.passes(90)
    assert stand.told == []


async def test_a_party_that_somebody_seated_is_not_seated_again_but_leaves(
    evening: Imagined,
) -> None:
    stand = evening.stand
    mine = stand.promised("r1", minutes=-5, state="arrived", arrived=2)
    stand.options = [FOR_SIX]
    await evening.look()
    stand.seated("r1", 2, ["1"], "by hand", "r1")
    mine |= {"state": "seated", "version": 2}
    await evening.passes(400, until=lambda: not stand.seatings)
    assert stand.verbs("r1") == []
    assert stand.verbs("by hand") == ["serve", "clear"]
    assert evening.door.owed == []


async def test_a_party_that_somebody_put_off_comes_at_its_new_time(evening: Imagined) -> None:
    stand = evening.stand
    for number in range(PARTIES):
        stand.promised(f"r{number}", minutes=20)
    await evening.look()
    for each in stand.reservations:
        each |= {"starts": (NOW + timedelta(minutes=140)).isoformat(), "version": 2}
    await evening.passes(100)
    assert stand.told == []
    await evening.passes(100)
    assert [verb for verb, _ in stand.told].count("arrive") > PARTIES * 0.8


async def test_a_table_that_somebody_cleared_is_not_cleared_again(evening: Imagined) -> None:
    evening.stand.seated("Walk-in", 2, ["1"], "s1")
    await evening.look()
    evening.stand.seatings.clear()
    await evening.passes(300)
    assert evening.stand.verbs("s1") == []


async def test_a_refused_tap_ends_nothing(evening: Imagined) -> None:
    stand = evening.stand
    stand.refuses = {"arrive"}
    for number in range(PARTIES):
        stand.promised(f"r{number}", minutes=5)
    await evening.look()
    await evening.passes(40)
    stand.refuses = set()
    for each in stand.reservations:
        each |= {"version": 4}
    await evening.passes(20)
    assert sum(each["state"] == "arrived" for each in stand.reservations) > PARTIES * 0.8


# The end


async def test_the_evening_is_over_once_nobody_is_here_or_expected(evening: Imagined) -> None:
    evening.night.schedule.now = hours().last_seating - timedelta(minutes=1)
    await evening.look()
    assert not evening.witness.over
    evening.night.schedule.now = hours().last_seating
    evening.stand.seated("Walk-in", 2, ["1"], "s1")
    await evening.look()
    assert not evening.witness.over
    await evening.passes(400, until=lambda: evening.witness.over)
    assert evening.stand.seatings == []
    assert evening.night.now < hours().closes + timedelta(hours=2, minutes=3)


@pytest.mark.parametrize("rates", [[100_000.0], [100_000.0, 0.0, 0.0, 100_000.0]])
async def test_everybody_comes_in_their_own_time_until_the_last_are_gone(
    evening: Imagined, monkeypatch: pytest.MonkeyPatch, rates: list[float]
) -> None:
    """Also where somebody stops the clock for a while."""
    monkeypatch.setattr(living, "STANDS_SECONDS", 0.001)
    stand, looks = evening.stand, []
    stand.rates, stand.options = rates, [FOR_TWO]
    for number in range(5):
        stand.promised(f"r{number}", minutes=40 * number)
    stand.seated("Walk-in", 2, ["11"], "s1")

    async def watch(night: Night) -> None:
        looks.append(night.now)

    async def renew_tokens() -> None: ...

    actors = SimpleNamespace(
        night=evening.night, witness=evening.witness, renew_tokens=renew_tokens
    )
    await living.live(cast("Actors", actors), watch)
    assert looks == sorted(looks)
    assert hours().last_seating <= looks[-1] < hours().closes + timedelta(hours=3)
    assert stand.seatings == []
    assert [verb for verb, _ in stand.told].count("clear") >= 4


# Chairs


def party(size: int, *tables: str) -> Party:
    return Party(
        size=size,
        since=NOW,
        patience=timedelta(0),
        stay_factor=1.0,
        dice=dice_of(size),
        name="",
        tables=tables,
    )


def test_parties_change_places_where_each_finds_a_chair_for_everybody() -> None:
    assert can_swap(HOUSE, party(2, "11"), party(2, "1"))
    assert not can_swap(HOUSE, party(6, "21"), party(2, "1"))
    assert not can_swap(HOUSE, party(2, "1"), party(6, "21"))


def test_parties_sit_together_where_their_tables_can_be_joined() -> None:
    assert can_merge(HOUSE, party(4, "11"), party(4, "12"))
    assert not can_merge(HOUSE, party(4, "1"), party(2, "2"))
    assert not can_merge(HOUSE, party(1, "1"), party(1, "T1"))


@pytest.mark.parametrize("size", [2, 6])
async def test_guests_who_bring_others_are_not_seated_at_the_table_planned_for_fewer(
    evening: Imagined, size: int
) -> None:
    stand = evening.stand
    stand.promised("r1", minutes=-5, size=size, state="arrived", arrived=size, tables=["1"])
    stand.options = [FOR_TWO, FOR_SIX]
    await evening.look()
    await evening.passes(8)
    (seated,) = [sent["tables"] for verb, sent in stand.told if verb == "seat"]
    assert seated == (["1"] if size == 2 else ["21"])


async def test_a_part_of_a_party_moves_where_it_finds_chairs(evening: Imagined) -> None:
    big = party(12, "11", "12", "13")
    big.seating_id = "s1"
    await evening.door.floor._split(big)
    ((verb, sent),) = evening.stand.told
    assert verb == "split"
    assert HOUSE.has_chairs(sent["tables"], sent["party_size"])
