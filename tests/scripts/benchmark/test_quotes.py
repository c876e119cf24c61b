"""`scripts/bench quotes`: one wait at every place, and figures that say what they count."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from policies.lookahead.quotes import first_model
from scripts.benchmark.quotes import MethodBefore, figures
from scripts.benchmark.quotes_agree import pictures_of, random_asking, waits_told

PLACES = {"list", "order", "page", "/v1", "partner", "partner, once on it"}


def test_three_hundred_parties_are_each_told_one_wait_wherever_they_ask() -> None:
    offered = set[str]()
    for seed in pictures_of(300):
        told = waits_told(random_asking(seed))
        assert told.keys() >= PLACES
        assert len(set(told.values())) == 1, (seed, told)
        offered |= told.keys() - PLACES
    assert offered == {"door", "rescue"}


def test_shares_and_losses_are_counted_by_bin() -> None:
    rows = np.array([[0, 10, 10, 15, 10], [0, 20, 10, 15, 20], [2, 50, 40, 60, 70]], np.float64)
    short, middle, long, together = figures(rows)
    assert (short.quotes, middle.quotes, long.quotes, together.quotes) == (2, 0, 1, 3)
    assert (short.kept_likely, short.kept_latest, short.kept_before) == (0.5, 0.5, 1.0)
    assert (long.loss, long.loss_before) == pytest.approx((2.0, 4.0))
    assert short.loss == pytest.approx((0.2 * 5 + 0.8 * 5) / 2)


def test_the_method_before_multiplies_the_mean_and_rounds_up() -> None:
    before = MethodBefore()
    assert [before.quote(mean) for mean in (10.0, 20.0, 60.0)] == [20, 25, 70]


def test_what_every_venue_starts_from_is_of_the_format_in_use() -> None:
    model = first_model()
    assert len(model.sizes) == len(model.likely.weights) == len(model.latest.weights)
    assert model == replace(model, format=1)
    assert (model.likely.level, model.latest.level) == (0.5, 0.81)
