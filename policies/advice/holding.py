"""How many tables a window had better hold, and how many of them at each step of its release.

By the hints of the coming dates (policies.value.hold_advice), of which the middle one counts, for
the rules have one number for all; beside them what became of the tables held so far.
"""

from collections.abc import Sequence
from statistics import median_low
from typing import Any

from msgspec import Struct

from policies.advice.advice import Advice, Standing, Strength
from policies.house.house import House
from policies.house.rules import HeldWindow, ReleaseRung
from policies.house.wording import about, how_often
from policies.numeric.intervals import wilson_interval
from policies.value.hold_advice import HoldHint
from policies.value.hold_words import rests_on
from policies.words.message import Message, message


class HeldEvening(Struct, frozen=True, kw_only=True):
    """A past evening of a window: `made` tables were held, `used` of them a party sat at."""

    made: int
    used: int


class WindowSeen(Struct, frozen=True, kw_only=True):
    """A window with the hints of coming dates for tables of its size, and its past evenings.

    `evenings`, `needed`: of which the hints were learned, and the fewest that advice takes.
    """

    window: HeldWindow
    evenings: int
    needed: int
    hints: tuple[HoldHint, ...] = ()
    past: tuple[HeldEvening, ...] = ()


def advise_window(seen: WindowSeen, house: House) -> tuple[Advice, ...]:
    """Return the advice on a window: its count or, where that stands, its release ladder too."""
    known = [each for each in seen.hints if each.hold is not None]
    if not known:
        return (_unknown(seen),)
    count = _count(seen, known, house)
    if count.standing == "change":
        return (count,)
    written = [each for each in known if each.held == seen.window.count and each.ladder]
    if not seen.window.ladder or not written:
        return (count,)
    return (count, _ladder(seen, written, house))


def _unknown(seen: WindowSeen) -> Advice:
    window = seen.window
    if seen.evenings >= seen.needed:
        sentence = message("hold-not-priced")
    else:
        sentence = message(
            "advice-hold-too-few", evenings=seen.evenings, needed=seen.needed, window=window.name
        )
    return Advice(
        key=f"holds:{window.name}",
        topic="holds",
        document="rules",
        about=f"/holds/{window.name}/count",
        standing="unknown",
        present={f"/holds/{window.name}/count": window.count},
        advised={},
        sentence=sentence,
        reason=message("advice-hold-waits"),
        evidence=tuple(_granted(seen)),
        strength=Strength(evenings=seen.evenings, needed=seen.needed, cases=0),
    )


def _count(seen: WindowSeen, known: Sequence[HoldHint], house: House) -> Advice:
    window, hold = seen.window, median_low(each.hold or 0 for each in known)
    hint = next(each for each in known if each.hold == hold)
    pointer = f"/holds/{window.name}/count"
    change = hold != window.count
    used = hint.used
    return Advice(
        key=f"holds:{window.name}",
        topic="holds",
        document="rules",
        about=pointer,
        standing="change" if change else "keep",
        present={pointer: window.count},
        advised={pointer: hold} if change else {},
        sentence=_counted(window, hold),
        reason=_worth(hint, house),
        evidence=(
            rests_on(hint.evidence, wanted=max(hold, 1), used=used.count if used else 0),
            *_granted(seen),
        ),
        strength=Strength(
            evenings=seen.evenings,
            needed=seen.needed,
            cases=hint.evidence.walk_ins,
            share=used.share if used else None,
            low=used.low if used else None,
            high=used.high if used else None,
        ),
        patch={"holds": {window.name: _patch(window, hold)}} if change else None,
    )


def _patch(window: HeldWindow, hold: int) -> dict[str, Any]:
    """Return the count as a patch; no step of the ladder keeps more than are held."""
    if all(rung.keep <= hold for rung in window.ladder):
        return {"count": hold}
    steps = [
        {"minutes_before": rung.minutes_before, "keep": min(rung.keep, hold)}
        for rung in window.ladder
    ]
    return {"count": hold, "ladder": steps}


def _counted(window: HeldWindow, hold: int) -> Message:
    name, seats, present = window.name, window.seats, window.count
    if hold == present:
        return message("advice-hold-keep", window=name, seats=seats, hold=hold)
    return message("advice-hold-change", window=name, seats=seats, hold=hold, present=present)


def _worth(hint: HoldHint, house: House) -> Message:
    return message(
        "advice-hold-worth",
        often=how_often(hint.chance or 0.0),
        holding=about(hint.holding or 0, house),
        selling=about(hint.selling or 0, house),
    )


def _granted(seen: WindowSeen) -> list[Message]:
    """Tell on how many past evenings every held table was used, where some were held."""
    past = [each for each in seen.past if each.made]
    if not past:
        return []
    every = sum(each.used >= each.made for each in past)
    none = sum(each.used == 0 for each in past)
    return [message("advice-hold-used", evenings=len(past), every=every, none=none)]


def _ladder(seen: WindowSeen, known: Sequence[HoldHint], house: House) -> Advice:
    window = seen.window
    pointer = f"/holds/{window.name}/ladder"
    rungs = sorted(window.ladder, key=lambda each: -each.minutes_before)
    kept = [median_low(hint.ladder[place].keep for hint in known) for place in range(len(rungs))]
    written = [min(each.keep, window.count) for each in rungs]
    change = kept != written
    steps = tuple(
        ReleaseRung(minutes_before=rung.minutes_before, keep=keep)
        for rung, keep in zip(rungs, kept, strict=True)
    )
    advised = [{"minutes_before": each.minutes_before, "keep": each.keep} for each in steps]
    standing: Standing = "change" if change else "keep"
    return Advice(
        key=f"ladder:{window.name}",
        topic="ladder",
        document="rules",
        about=pointer,
        standing=standing,
        present={
            pointer: [{"minutes_before": e.minutes_before, "keep": e.keep} for e in window.ladder]
        },
        advised={pointer: advised} if change else {},
        sentence=_stepped(window, steps, change=change),
        reason=message("advice-ladder-why"),
        evidence=(_worth(known[0], house), *_granted(seen)),
        strength=_of_past(seen),
        patch={"holds": {window.name: {"ladder": advised}}} if change else None,
    )


def _stepped(window: HeldWindow, steps: Sequence[ReleaseRung], *, change: bool) -> Message:
    said = tuple(
        message("advice-ladder-step", keep=each.keep, minutes=each.minutes_before) for each in steps
    )
    key = "advice-ladder-change" if change else "advice-ladder-keep"
    return message(key, window=window.name, steps=said)


def _of_past(seen: WindowSeen) -> Strength:
    past = [each for each in seen.past if each.made]
    made, used = sum(each.made for each in past), sum(min(e.used, e.made) for e in past)
    found = wilson_interval(used, made) if made else None
    return Strength(
        evenings=seen.evenings,
        needed=seen.needed,
        cases=made,
        share=found.share if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
    )
