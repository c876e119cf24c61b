"""An exact solver for small rooms: who sits where, by HiGHS, one variable a party and place."""

from collections.abc import Sequence

import highspy
import numpy as np

from policies.lab.solver import quiet_solver
from policies.plan.plan import Item


def most_covers(items: Sequence[Item], facts: Sequence[int]) -> int:
    """Return the most covers that can be seated at once with nobody at a table twice."""
    ways = [
        (number, seat)
        for number, item in enumerate(items)
        for seat in item.choices.flat
        if not any(facts[place] & item.span for place in seat)
    ]
    model = quiet_solver()
    columns = [
        model.addVariable(0, 1, obj=-items[number].party, type=highspy.HighsVarType.kInteger)
        for number, _ in ways
    ]
    rows = [[at for at, way in enumerate(ways) if way[0] == number] for number in range(len(items))]
    rows += [
        [
            at
            for at, (number, seat) in enumerate(ways)
            if place in seat and items[number].start <= start < items[number].end
        ]
        for start in {item.start for item in items}
        for place in range(len(facts))
    ]
    for row in rows:
        if row:
            numbers = np.array([columns[at].index for at in row], np.int32)
            model.addRow(0.0, 1.0, len(row), numbers, np.ones(len(row)))
    model.run()
    return -round(model.getInfo().objective_function_value) if ways else 0
