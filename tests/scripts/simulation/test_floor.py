"""Parties that sit: how long they stay."""

from __future__ import annotations

from datetime import timedelta

from scripts.simulation.dice import dice_of
from scripts.simulation.parties import Party
from tests.support.imagined import NOW, Imagined, imagined

PARTIES = 40
AGREED = 50


async def seat(evening: Imagined, number: int, until_minutes: int | None) -> Party:
    party = Party(
        size=2,
        since=NOW,
        patience=timedelta(0),
        stay_factor=1.0,
        dice=dice_of(number),
        name=f"p{number}",
    )
    wish = {"tables": [str(number)], "party_size": 2, "name": party.name}
    if until_minutes is not None:
        wish["until"] = (NOW + timedelta(minutes=until_minutes)).isoformat()
    answer = await evening.stand.order("seat", wish, party.dice)
    evening.door.floor.sits(party, answer)
    return party


async def test_most_parties_leave_by_the_end_they_agreed_to_and_some_forget_it() -> None:
    evening = imagined()
    parties = [await seat(evening, number, AGREED) for number in range(PARTIES)]
    by_then = [each for each in parties if each.leaves_at == NOW + timedelta(minutes=AGREED)]
    assert PARTIES * 0.6 < len(by_then) < PARTIES
    assert all(each.leaves_at == NOW + each.stay for each in parties if each not in by_then)


async def test_nobody_stays_longer_because_of_what_was_agreed_to() -> None:
    evening = imagined()
    free = await seat(evening, 0, None)
    late = await seat(evening, 1, 240)
    assert (free.leaves_at, late.leaves_at) == (NOW + free.stay, NOW + late.stay)
