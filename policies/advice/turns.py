"""Turn times by party size, and by period where the stays of one differ from another's.

A turn time is to be long enough for four stays in five and the table's reset, in whole steps of
five minutes. What is written stands while it lies within the interval of what was seen.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil

from policies.advice.advice import Advice, Strength
from policies.drafts.documents import document_of
from policies.drafts.keys import KEYED, key_of, pointer_to
from policies.forecast.stay_evidence import (
    NEEDED_SEATINGS,
    SeenStays,
    StayQuantile,
    parties_said,
    quantile,
)
from policies.house.house import House, TurnTime
from policies.house.room import room_of
from policies.words.message import Message, message

FOUR_IN_FIVE = 0.8
STEP_MINUTES, LEAST_MINUTES, MOST_MINUTES = 5, 15, 480

TURN_TIMES = "turn_times"


def advise_turns(house: House, stays: Iterable[SeenStays], evenings: int) -> tuple[Advice, ...]:
    """Return the advice on each turn time; `stays` were seen on so many `evenings`.

    One that holds for all periods is advised on by period, where the intervals of two lie apart.
    """
    seen, advice = _by_turn_and_period(house, stays), list[Advice]()
    for turn, entry in zip(house.turn_times, document_of(house)[TURN_TIMES], strict=True):
        periods = {name: sorted(minutes) for name, minutes in seen[turn].items()}
        if not turn.periods and _apart(periods):
            advice += _by_period(house, turn, entry, periods, evenings)
        else:
            every = sorted(each for minutes in periods.values() for each in minutes)
            key = key_of(entry, KEYED[(TURN_TIMES,)]) or ""
            advice.append(_advice(house, turn, key, every, evenings))
    return tuple(advice)


def _by_turn_and_period(
    house: House, stays: Iterable[SeenStays]
) -> Mapping[TurnTime, Mapping[str, list[int]]]:
    room = room_of(house)
    found = defaultdict[TurnTime, dict[str, list[int]]](dict)
    for each in stays:
        held = room.turn_time(each.party_size, each.period, each.day, each.area)
        found[held].setdefault(each.period, []).extend(each.minutes)
    return found


def _apart(periods: Mapping[str, Sequence[int]]) -> bool:
    """Tell whether two periods with enough stays have intervals that do not meet."""
    marks = [
        quantile(minutes, FOUR_IN_FIVE)
        for minutes in periods.values()
        if len(minutes) >= NEEDED_SEATINGS
    ]
    return len(marks) > 1 and max(each.low for each in marks) > min(each.high for each in marks)


def _by_period(
    house: House,
    turn: TurnTime,
    entry: Mapping[str, object],
    periods: Mapping[str, Sequence[int]],
    evenings: int,
) -> Iterator[Advice]:
    for name, minutes in sorted(periods.items()):
        if len(minutes) >= NEEDED_SEATINGS:
            key = key_of({**entry, "periods": [name]}, KEYED[(TURN_TIMES,)]) or ""
            yield _advice(house, turn, key, minutes, evenings, name)


def _advice(
    house: House,
    turn: TurnTime,
    key: str,
    minutes: Sequence[int],
    evenings: int,
    period: str | None = None,
) -> Advice:
    pointer = pointer_to(TURN_TIMES, key, "minutes")
    sizes = parties_said(house, turn, period)
    if len(minutes) < NEEDED_SEATINGS:
        return Advice(
            key=f"turn:{key}",
            topic="turn_times",
            document="house",
            about=pointer,
            standing="unknown",
            present={pointer: turn.minutes},
            advised={},
            sentence=message(
                "advice-turn-too-few", sizes=sizes, seatings=len(minutes), needed=NEEDED_SEATINGS
            ),
            reason=message("advice-turn-why", reset=house.booking.reset_minutes),
            evidence=(),
            strength=Strength(evenings=evenings, needed=NEEDED_SEATINGS, cases=len(minutes)),
        )
    most, reset = quantile(minutes, FOUR_IN_FIVE), house.booking.reset_minutes
    fits = most.low <= turn.minutes - reset <= most.high
    advised = turn.minutes if fits else _whole(most.minutes + reset)
    change = advised != turn.minutes
    return Advice(
        key=f"turn:{key}",
        topic="turn_times",
        document="house",
        about=pointer,
        standing="change" if change else "keep",
        present={pointer: turn.minutes},
        advised={pointer: advised} if change else {},
        sentence=_sentence(sizes, turn.minutes, advised),
        reason=message("advice-turn-why", reset=reset),
        evidence=(_seen(minutes, most, turn.minutes - reset),),
        strength=Strength(
            evenings=evenings,
            needed=NEEDED_SEATINGS,
            cases=len(minutes),
            share=most.minutes,
            low=most.low,
            high=most.high,
        ),
        patch={TURN_TIMES: {key: {"minutes": advised}}} if change else None,
    )


def _whole(minutes: int) -> int:
    return min(max(ceil(minutes / STEP_MINUTES) * STEP_MINUTES, LEAST_MINUTES), MOST_MINUTES)


def _sentence(sizes: Message | str, written: int, advised: int) -> Message:
    if advised == written:
        return message("advice-turn-keep", sizes=sizes, minutes=written)
    return message("advice-turn-change", sizes=sizes, minutes=advised, written=written)


def _seen(minutes: Sequence[int], most: StayQuantile, sitting: int) -> Message:
    """Return what was seen: `sitting`, the minutes at table that the written turn time leaves."""
    return message(
        "advice-turn-seen",
        seatings=len(minutes),
        most=most.minutes,
        low=most.low,
        high=most.high,
        longer=len(minutes) - bisect_right(minutes, sitting),
        sitting=sitting,
    )
