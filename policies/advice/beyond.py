"""How many parties to promise beyond the room, and the chance of waiting that each may be given.

The limit is held against what came of it: of the parties promised beyond the room that came, the
share that waited too long or left, with Wilson's interval. It is lowered where even the low end is
above it, and the number allowed is raised where the limit is kept and the number, not the risk,
turned parties away. A house that promises nothing beyond its room is told how many booked parties
stayed away on nineteen evenings of twenty.
"""

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from policies.advice.advice import Advice, Standing, Strength, Values
from policies.forecast.evidence import NEEDED_EVENINGS
from policies.house.rules import Overbooking, Rules
from policies.numeric.intervals import ShareInterval, wilson_interval
from policies.words.message import Message, message

NEARLY_ALL = 0.95
"""Share of the evenings that a number of parties is to be enough for."""

CAPPED_OFTEN = 0.1
"""Share of the evenings with a refusal by the number alone, from which more are advised."""

STEPS = (0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2)
"""Limits that are advised: what a person can say as one party in so many."""


class BeyondEvening(Struct, frozen=True, kw_only=True):
    """A closed evening: parties promised beyond the room, and refused because `cap_parties` were.

    `missing`: booked parties that did not come, with `missing_covers` guests. Of the parties
    promised beyond the room `came` did, of which `told` were expected to wait too long or leave,
    and `waited` did.
    """

    promised: int = 0
    capped: int = 0
    missing: int = 0
    missing_covers: int = 0
    came: int = 0
    told: float = 0.0
    waited: int = 0


def advise_beyond(rules: Rules, evenings: Sequence[BeyondEvening]) -> Advice:
    """Return the advice on promises beyond the room; `evenings`: of the last half year."""
    written = rules.overbooking
    if not (written.enabled and written.cap_parties and written.cap_covers):
        return _not_yet(written, evenings)
    own = [each for each in evenings if each.came]
    if len(own) < NEEDED_EVENINGS:
        said = message("advice-beyond-too-few", evenings=len(own), needed=NEEDED_EVENINGS)
        return _advice(written, "unknown", {}, said, _limit(written), _strength(own))
    came, waited = sum(each.came for each in own), sum(each.waited for each in own)
    seen, told = wilson_interval(waited, came), sum(each.told for each in own)
    strength = _strength(own, came, seen)
    happened = message("advice-beyond-waited", came=came, waited=waited, told=round(told, 1))
    lower = _lower(written, seen, told / came)
    if lower is not None:
        new = {"ceiling": lower}
        return _advice(written, "change", new, _promise(written, new), happened, strength)
    wanted = sorted(each.promised + each.capped for each in evenings)
    capped = sum(each.capped > 0 for each in evenings)
    more = _at(wanted, NEARLY_ALL)
    evidence = message("advice-beyond-capped", evenings=len(evenings), capped=capped)
    bound = capped >= CAPPED_OFTEN * len(evenings) and more > written.cap_parties
    if bound and seen.share <= written.ceiling:
        new = _caps(written, more)
        said = _promise(written, new)
        return _advice(written, "change", new, said, happened, strength, evidence)
    said = message("advice-beyond-keep", **_numbers(written))
    return _advice(written, "keep", {}, said, happened, strength, evidence)


def _not_yet(written: Overbooking, evenings: Sequence[BeyondEvening]) -> Advice:
    """Advise a house that promises nothing beyond its room, by who stayed away so far."""
    if len(evenings) < NEEDED_EVENINGS:
        said = message("advice-beyond-too-few", evenings=len(evenings), needed=NEEDED_EVENINGS)
        why = message("advice-beyond-off")
        return _advice(written, "unknown", {}, said, why, _strength(evenings))
    parties = _at(sorted(each.missing for each in evenings), 1.0 - NEARLY_ALL)
    covers = _at(sorted(each.missing_covers for each in evenings), 1.0 - NEARLY_ALL)
    at_least = sum(each.missing >= max(parties, 1) for each in evenings)
    found = wilson_interval(at_least, len(evenings))
    strength = _strength(evenings, sum(each.missing for each in evenings), found)
    stayed = message(
        "advice-beyond-missing", evenings=len(evenings), parties=max(parties, 1), on=at_least
    )
    if not parties:
        said = message("advice-beyond-stay-off")
        return _advice(written, "keep", {}, said, stayed, strength)
    new = {"enabled": True, "cap_parties": parties, "cap_covers": max(covers, parties)}
    return _advice(written, "change", new, _promise(written, new), stayed, strength)


def _lower(written: Overbooking, seen: ShareInterval, told: float) -> float | None:
    """Return a limit that is kept where the written one surely was not, by told and happened."""
    if seen.low <= written.ceiling or seen.share <= 0.0:
        return None
    wanted = written.ceiling * min(told / seen.share, 1.0)
    fits = [each for each in STEPS if each <= wanted]
    lower = fits[-1] if fits else STEPS[0]
    return lower if lower < written.ceiling else None


def _caps(written: Overbooking, parties: int) -> Values:
    """Return more parties allowed, and guests in the proportion that was written."""
    covers = ceil(written.cap_covers * parties / written.cap_parties)
    return {"cap_parties": parties, "cap_covers": covers}


def _at(ordered: Sequence[int], share: float) -> int:
    """Return the order statistic at a share of sorted counts; some there are."""
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _numbers(written: Overbooking) -> dict[str, int]:
    return {
        "parties": written.cap_parties,
        "percent": round(written.ceiling * 100),
        "minutes": written.tolerance_minutes,
    }


def _promise(written: Overbooking, new: Values) -> Message:
    parties = new.get("cap_parties", written.cap_parties)
    percent = round(new.get("ceiling", written.ceiling) * 100)
    minutes = written.tolerance_minutes
    return message("advice-beyond-promise", parties=parties, percent=percent, minutes=minutes)


def _limit(written: Overbooking) -> Message:
    return message("advice-beyond-now", **_numbers(written))


def _strength(
    evenings: Sequence[BeyondEvening], cases: int = 0, seen: ShareInterval | None = None
) -> Strength:
    return Strength(
        evenings=len(evenings),
        needed=NEEDED_EVENINGS,
        cases=cases,
        share=seen.share if seen else None,
        low=seen.low if seen else None,
        high=seen.high if seen else None,
    )


def _advice(
    written: Overbooking,
    standing: Standing,
    new: Values,
    said: Message,
    why: Message,
    strength: Strength,
    *evidence: Message,
) -> Advice:
    names = ("enabled", "cap_parties", "cap_covers", "ceiling")
    return Advice(
        key="beyond",
        topic="beyond",
        document="rules",
        about="/overbooking",
        standing=standing,
        present={f"/overbooking/{name}": getattr(written, name) for name in names},
        advised={f"/overbooking/{name}": value for name, value in new.items()},
        sentence=said,
        reason=why,
        evidence=evidence,
        strength=strength,
        patch={"overbooking": new} if new else None,
    )
