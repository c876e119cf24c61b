"""Who is called to a question that waits for a person, and who after that."""

from collections.abc import Iterable, Sequence

from msgspec import Struct


class ManagerOnCall(Struct, frozen=True, kw_only=True):
    """A manager who may be called; `reachable`: at a tablet now, or with a phone that rings."""

    staff_id: str
    name: str
    reachable: bool


def in_order(managers: Iterable[ManagerOnCall], order: Sequence[str]) -> list[ManagerOnCall]:
    """Return the managers as the house wants them called: those it names, then by name."""
    places = {staff_id: place for place, staff_id in enumerate(order)}
    return sorted(
        managers, key=lambda each: (places.get(each.staff_id, len(order)), each.name, each.staff_id)
    )


def first_called(
    managers: Iterable[ManagerOnCall], order: Sequence[str], *, asker: str
) -> ManagerOnCall | None:
    """Return who is called first; where nobody can be reached the first of the order all the same.

    Whoever logs in then finds the question. None where the asker is the only manager.
    """
    others = [each for each in in_order(managers, order) if each.staff_id != asker]
    reachable = [each for each in others if each.reachable]
    return next(iter(reachable or others), None)


def next_called(
    managers: Iterable[ManagerOnCall], order: Sequence[str], *, asker: str, called: Iterable[str]
) -> ManagerOnCall | None:
    """Return who is called when those before have not answered; None where nobody is left."""
    before = {asker, *called}
    left = (each for each in in_order(managers, order) if each.staff_id not in before)
    return next((each for each in left if each.reachable), None)
