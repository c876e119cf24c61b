"""A plan found by search, with whoever need not move back at the tables they had.

The search moves parties freely; people read who moves, so nobody is moved for nothing. A party goes
home where its tables are free, or where whoever is there has moved too and finds another place.
Each step leaves one move less, so it ends.
"""

from policies.plan.plan import Plan


def fewer_moves(plan: Plan) -> Plan:
    """Return the plan with fewer parties at other tables than stored; everybody keeps a place."""
    away = moved_in(plan)
    if not away:
        return plan
    plan, left = plan.copy(), len(away) + 1
    while len(away) < left:
        left = len(away)
        for number in away:
            if _is_away(plan, number):
                _go_home(plan, number)
        away = moved_in(plan)
    return plan


def moved_in(plan: Plan) -> list[int]:
    """Return the numbers of the items that have other tables than stored."""
    return [number for number in range(len(plan.items)) if _is_away(plan, number)]


def _is_away(plan: Plan, number: int) -> bool:
    seat, home = plan.table_sets[number], plan.items[number].table_set
    return bool(seat and home) and seat != home and sorted(seat) != sorted(home)


def _go_home(plan: Plan, number: int) -> None:
    """Put a party back where it was, if that can be done; others who have moved may move again."""
    item, was = plan.items[number], plan.table_sets[number]
    plan.lift(number)
    there = plan.blockers(item.table_set, item.span)
    taken = any(plan.facts[place] & item.span for place in item.table_set)
    if taken or not all(_is_away(plan, other) for other in there):
        plan.put(number, was)
        return
    were = {other: plan.table_sets[other] for other in there}
    for other in there:
        plan.lift(other)
    plan.put(number, item.table_set)
    if not _all_placed(plan, there):
        for other in (number, *there):
            plan.lift(other)
        plan.put(number, was)
        for other, seat in were.items():
            plan.put(other, seat)


def _all_placed(plan: Plan, others: tuple[int, ...]) -> bool:
    """Place these at home or else where they fit best; tell whether all have a place."""
    for other in others:
        item = plan.items[other]
        home = plan.free(item.table_set, item.span)
        seat = item.table_set if home else plan.best_fit(item)
        if not seat:
            return False
        plan.put(other, seat)
    return True
