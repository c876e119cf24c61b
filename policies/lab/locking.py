"""The ablation "plans locked": each booking is assigned a fixed table, best fit, when made."""

import numpy as np

from policies.house.layout import Layout
from policies.risk.ledger import Ledger


class TableLocks:
    """Fixed assignments: booking to (configuration, start, end), for mean stays."""

    def __init__(self, layout: Layout, ledger: Ledger) -> None:
        self.layout = layout
        self.ledger = ledger
        self.assigned: dict[int, tuple[int, int, int]] = {}

    def free(self, size: int, start: int) -> bool:
        """Tell whether a table or join for the party is free for its mean stay."""
        return self._fit(size, start) is not None

    def take(self, number: int, size: int, start: int) -> None:
        """Assign the best fit; raises LookupError when nothing is free."""
        config = self._fit(size, start)
        if config is None:
            raise LookupError(number)
        self.assigned[number] = (config, start, start + self.ledger.mean_stay(size))

    def release(self, number: int) -> None:
        """Remove a cancelled booking's assignment."""
        self.assigned.pop(number, None)

    def _fit(self, size: int, start: int) -> int | None:
        end = start + self.ledger.mean_stay(size)
        used = np.zeros(len(self.layout.table_seats) + 1, np.bool_)
        for config, first, last in self.assigned.values():
            if first < end and start < last:
                used[self.layout.configs[config]] = True
        used[-1] = False
        kind = self.layout.configs_for(size)
        free = ~used[self.layout.configs[kind]].any(axis=1)
        return int(kind[free.argmax()]) if free.any() else None
