"""HiGHS, quiet from the moment it is made."""

import highspy


class _QuietHighs(highspy.Highs):
    """HiGHS 1.16 prints its banner to stdout when callbacks are set, which its constructor does."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS's name
        """Silence the solver before the first call that prints."""
        self.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS's interface
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def quiet_solver() -> highspy.Highs:
    """Return a solver that prints nothing and uses one thread."""
    solver = _QuietHighs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - should a release set no callbacks
    solver.setOptionValue("threads", 1)
    return solver
