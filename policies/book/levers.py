"""Pulled levers: what a house sets aside for some services, and when it is back by itself.

Of several levers of one kind the one pulled last holds. Nothing has to run for a lever to end: who
reads a period asks which are in force now, with `with_levers`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal, TypeVar
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from policies.house.calendar import AreaBack, Period

LeverKind = Literal[
    "online_paused", "seating_stopped", "last_orders", "close_early", "area_shut", "pace"
]

NO_LEVERS = {
    "online_paused": False,
    "seating_stopped": False,
    "seating_stopped_until": None,
    "last_orders_at": None,
    "closes_early_at": None,
    "areas_shut": (),
    "areas_back": (),
    "pacing_covers": None,
    "pacing_covers_until": None,
    "pacing_covers_then": None,
}
"""The fields of a period that levers set, as they are without any."""

OF_THE_ROW = UUID("5f7e5c0e-3c1b-4f0e-9d3a-8a5d1f5b7a10")
"""The action of levers that a period's row holds by itself: pulled before levers had rows."""


class PulledLever(Struct, frozen=True, kw_only=True):
    """A lever pulled for the periods of some service dates.

    `periods`: their names; empty: every period of the dates. `engaged` False: put back, whatever
    was pulled before. `area`: the one shut. `at`: when last orders are, or the house closes.
    `covers`: that may start per 15 minutes. `until`: from then on the lever is back by itself;
    None: when the period closes. `lifted_at`: taken back, or ended.
    """

    lever_id: UUID
    action_id: UUID
    kind: LeverKind
    engaged: bool
    from_date: date
    until_date: date
    pulled_at: datetime
    periods: tuple[str, ...] = ()
    area: str | None = None
    at: datetime | None = None
    covers: int | None = None
    until: datetime | None = None
    lifted_at: datetime | None = None
    version: int = 1


L = TypeVar("L", bound=PulledLever)


def is_for(lever: PulledLever, period: Period) -> bool:
    """Tell whether the lever was pulled for this period."""
    named = not lever.periods or period.name in lever.periods
    return named and lever.from_date <= period.service_date <= lever.until_date


def is_in_force(lever: PulledLever, now: datetime) -> bool:
    """Tell whether the lever is neither taken back nor back by itself at `now`."""
    return lever.lifted_at is None and (lever.until is None or now < lever.until)


def has_ended(lever: PulledLever, now: datetime) -> bool:
    """Tell whether the lever is back by itself and nobody has written so yet."""
    return lever.lifted_at is None and lever.until is not None and lever.until <= now


def with_levers(period: Period, levers: Sequence[PulledLever], now: datetime) -> Period:
    """Return the period as its levers set it at `now`. `levers`: in the order they were pulled."""
    alike = dict[tuple[LeverKind, str | None], list[PulledLever]]()
    for lever in levers:
        if is_for(lever, period) and is_in_force(lever, now):
            alike.setdefault((lever.kind, lever.area), []).append(lever)
    values = dict[str, object](NO_LEVERS)
    shut, areas_back = list[str](), list[AreaBack]()
    for pulled in alike.values():
        lever, back = pulled[-1], _back(period, pulled)
        if lever.engaged and lever.area is not None:
            shut.append(lever.area)
            areas_back += [AreaBack(area=lever.area, at=back)] if back else []
        elif lever.engaged:
            values |= _values(lever, back)
            if lever.kind == "pace":
                values |= _pace_then(period, pulled)
    values |= {"areas_shut": tuple(shut), "areas_back": tuple(areas_back)}
    return replace(period, **values)


def _pace_then(period: Period, pulled: Sequence[PulledLever]) -> dict[str, object]:
    """Return the pace once the one pulled last has ended, where that of earlier ones holds again.

    Never higher than any of them: the period knows one more pace of the evening, not several.
    """
    later = _outlasting(period, pulled)
    covers = min((each.covers for each in later if each.covers is not None), default=None)
    if covers is None:
        return {}
    if _back(period, pulled) is None:
        until = _end(period, pulled[-1])
        return {"pacing_covers_until": until, "pacing_covers_then": covers}
    return {"pacing_covers": min(covers, pulled[-1].covers or 0)}


def _values(lever: PulledLever, back: datetime | None) -> dict[str, object]:
    match lever.kind:
        case "online_paused":
            return {"online_paused": True}
        case "seating_stopped":
            return {"seating_stopped": True, "seating_stopped_until": back}
        case "last_orders":
            return {"last_orders_at": lever.at}
        case "close_early":
            return {"closes_early_at": lever.at}
        case "pace":
            return {"pacing_covers": lever.covers, "pacing_covers_until": back}
        case "area_shut":
            return {}


def _back(period: Period, pulled: Sequence[PulledLever]) -> datetime | None:
    """Return the instant of the evening from which on it is as if no lever of a kind was pulled.

    `pulled`: in the order they were pulled; once the last has ended, those before it hold again.
    """
    outlasting = _outlasting(period, pulled)
    return _end(period, outlasting[-1] if outlasting else pulled[-1])


def _outlasting(period: Period, pulled: Sequence[PulledLever]) -> list[PulledLever]:
    """Return those that hold in turn once the one pulled last has ended, until one puts back."""
    found = list[PulledLever]()
    back = _end(period, pulled[-1])
    for lever in reversed(pulled[:-1]):
        if back is None or (lever.until is not None and lever.until <= back):
            continue
        if not lever.engaged:
            break
        found.append(lever)
        back = _end(period, lever)
    return found


def _end(period: Period, lever: PulledLever) -> datetime | None:
    """Return the instant of the evening from which on the lever no longer matters.

    One that is back before the period opens holds, while it is pulled, for all of it.
    """
    return lever.until if lever.until is not None and lever.until > period.opens else None


def levers_of_row(period: Period) -> Iterator[PulledLever]:
    """Yield the levers that a period's row holds by itself, as if pulled first of all."""
    values: list[tuple[LeverKind, object, dict[str, object]]] = [
        ("online_paused", period.online_paused, {}),
        ("seating_stopped", period.seating_stopped, {}),
        ("last_orders", period.last_orders_at, {"at": period.last_orders_at}),
        ("close_early", period.closes_early_at, {"at": period.closes_early_at}),
        ("pace", period.pacing_covers is not None, {"covers": period.pacing_covers}),
    ]
    values += [("area_shut", True, {"area": area}) for area in period.areas_shut]
    for kind, pulled, more in values:
        if pulled:
            yield PulledLever(
                lever_id=lever_id(OF_THE_ROW, kind, f"{period.period_id} {more.get('area')}"),
                action_id=OF_THE_ROW,
                kind=kind,
                engaged=True,
                from_date=period.service_date,
                until_date=period.service_date,
                periods=(period.name,),
                pulled_at=period.opens,
                **more,  # type: ignore[arg-type]
            )


def lever_id(action: UUID, kind: LeverKind, about: str | None) -> UUID:
    """Return the id of one of the levers that an action pulls."""
    return uuid5(action, f"{kind} {about}")


def standing(levers: Iterable[L], now: datetime) -> tuple[L, ...]:
    """Return the levers in force that matter, in the order they were pulled.

    One is left out where a later one takes its place in all its services, and one that was put
    back where nothing earlier is pulled.
    """
    found: list[L] = []
    for lever in levers:
        if is_in_force(lever, now):
            found = [each for each in found if not _replaces(lever, each)]
            if lever.engaged or any(_same(lever, each) and _meets(lever, each) for each in found):
                found.append(lever)
    return tuple(found)


def moved_since(lever: PulledLever, levers: Iterable[PulledLever], now: datetime) -> bool:
    """Tell whether a lever of the same kind was pulled later for some of the same services.

    `levers`: in the order they were pulled.
    """
    later = False
    for each in levers:
        if each.lever_id == lever.lever_id:
            later = True
        elif later and is_in_force(each, now) and _same(each, lever) and _meets(each, lever):
            return True
    return False


def _same(one: PulledLever, other: PulledLever) -> bool:
    return (one.kind, one.area) == (other.kind, other.area)


def _meets(one: PulledLever, other: PulledLever) -> bool:
    named = not one.periods or not other.periods or bool(set(one.periods) & set(other.periods))
    return named and one.from_date <= other.until_date and other.from_date <= one.until_date


def _replaces(later: PulledLever, earlier: PulledLever) -> bool:
    dates = later.from_date <= earlier.from_date and earlier.until_date <= later.until_date
    named = not later.periods or bool(
        earlier.periods and set(earlier.periods) <= set(later.periods)
    )
    as_long = later.until is None or (earlier.until is not None and earlier.until <= later.until)
    return _same(later, earlier) and dates and named and as_long
