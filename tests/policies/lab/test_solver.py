"""The solver prints nothing: what the bench prints is read by programs."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import highspy

from policies.lab.solver import quiet_solver
from scripts.setup_venv import ROOT

if TYPE_CHECKING:
    import pytest

SOLVE = """
import highspy
from policies.lab.solver import quiet_solver
for _ in range(2):
    solver = quiet_solver()
    solver.addVariable(0.0, 3.0, obj=-1.0)
    solver.run()
    assert solver.getInfo().objective_function_value == -3.0
"""


def test_a_process_that_solves_says_nothing() -> None:
    """In a process of its own: HiGHS prints its banner once a process, past Python's stdout."""
    done = subprocess.run(
        [sys.executable, "-c", SOLVE],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_solver_is_quiet_before_the_first_call_that_may_print(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HiGHS 1.16 prints its banner when callbacks are set, 1.15 prints none: so not by output."""
    heard = []

    def set_callbacks(solver: highspy.Highs) -> None:
        heard.append(solver.getOptionValue("output_flag")[1])

    monkeypatch.setattr(highspy.Highs, "enableCallbacks", set_callbacks)
    quiet_solver()
    assert heard == [False]


def test_every_solver_is_made_where_it_is_made_quiet() -> None:
    wings = ("policies", "seating", "api", "scripts", "tests")
    made = {
        path.relative_to(ROOT).as_posix()
        for wing in wings
        for path in (ROOT / wing).rglob("*.py")
        if "highspy." + "Highs()" in path.read_text()
    }
    assert made == set()
