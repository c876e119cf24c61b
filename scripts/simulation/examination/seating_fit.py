"""Can these parties sit at these tables at one instant? Exact, by backtracking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.simulation.written_house import WrittenHouse

TRIES_AT_MOST = 200_000


@dataclass(frozen=True)
class PartyToSeat:
    """A party's size and needs."""

    size: int
    needs: Mapping[str, object]


class TooHardError(Exception):
    """Not decided within the tries allowed."""


def suits(
    house: WrittenHouse, tables: frozenset[str], wanted: PartyToSeat, *, named: bool = False
) -> str:
    """Why these tables do not suit the party; empty when they do.

    Tables `named` by staff need not be a join of the house file.
    """
    seats = house.seats_at(tables)
    if seats is None and named and tables <= house.tables.keys():
        seats = sum(house.tables[name].seats for name in tables)
    if seats is None:
        return "no such table or join in the house file"
    if seats < wanted.size:
        return f"{seats} seats for {wanted.size} guests"
    for name in tables:
        table = house.tables[name]
        if wanted.needs.get("area") not in {None, table.area}:
            return f"{name} is not in {wanted.needs['area']}"
        for feature in ("step_free", "quiet"):
            if wanted.needs.get(feature) and feature not in table.features:
                return f"{name} is not {feature}"
    return ""


def seats_of(
    house: WrittenHouse, free: frozenset[str], wanted: PartyToSeat
) -> list[frozenset[str]]:
    """The tables and joins where a party could sit: fewest tables, then fewest seats first."""
    places = [*(frozenset({name}) for name in house.tables), *house.joins]
    fit = [each for each in places if each <= free and not suits(house, each, wanted)]
    return sorted(fit, key=lambda each: (len(each), house.seats_at(each) or 0, sorted(each)))


def fit_together(house: WrittenHouse, free: frozenset[str], parties: Sequence[PartyToSeat]) -> bool:
    """Whether all parties can sit at once. Raises TooHardError."""
    options = [seats_of(house, free, wanted) for wanted in parties]
    options.sort(key=len)
    tries = iter(range(TRIES_AT_MOST))
    failed: set[tuple[int, frozenset[str]]] = set()

    def place(number: int, left: frozenset[str]) -> bool:
        if number == len(options):
            return True
        if (number, left) in failed:
            return False
        seen: set[tuple[object, ...]] = set()
        for seats in options[number]:
            if not seats <= left or (kind := kind_of(house, seats)) in seen:
                continue
            if next(tries, None) is None:
                raise TooHardError
            seen |= {kind}
            if place(number + 1, left - seats):
                return True
        failed.add((number, left))
        return False

    return place(0, free)


def kind_of(house: WrittenHouse, seats: frozenset[str]) -> tuple[object, ...]:
    """The equivalence class of a place: alike single tables in no join are interchangeable."""
    if len(seats) > 1 or any(seats & join for join in house.joins):
        return tuple(sorted(seats))
    (name,) = seats
    table = house.tables[name]
    return (table.area, table.seats, *sorted(table.features))
