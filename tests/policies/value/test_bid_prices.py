import numpy as np
import pytest

from policies.house.layout import layout_of
from policies.lab.nights import LOADS, NIGHT_BUCKETS, true_forecast
from policies.lab.solver import quiet_solver
from policies.numeric.compiled import Floats
from policies.value.bid_prices import (
    REACH_SLOTS,
    SLOT,
    ExpectedDemand,
    Pricer,
    Prices,
    UnitValues,
    spread_demand,
)
from tests.policies.risk.test_ledger import HOUSE

LAYOUT = layout_of(HOUSE)


def pricer(load: tuple[float, float]) -> Pricer:
    return Pricer(LAYOUT, true_forecast(*load), UnitValues(), length=NIGHT_BUCKETS)


def expected(load: tuple[float, float]) -> ExpectedDemand:
    beliefs = true_forecast(*load)
    return ExpectedDemand(
        spread_demand(load[0] * 0.85, beliefs.request_slots, beliefs.request_sizes, 8),
        spread_demand(load[1], beliefs.walk_in_slots, beliefs.walk_in_sizes, 8),
        np.zeros((8, 24)),
    )


def priced(load: tuple[float, float]) -> Prices:
    return pricer(load).prices(expected(load))


def test_a_quiet_house_sells_its_tables_for_nothing() -> None:
    assert priced((10.0, 5.0)).table.max() == 0.0


def test_a_room_with_tables_shut_is_counted_on_like_the_whole_one() -> None:
    market = pricer(LOADS[0])
    whole = np.array([24, 24, 8, 4, 12, 12])[:, None].repeat(NIGHT_BUCKETS, axis=1)
    assert np.array_equal(market.usable_capacity(whole), market.capacity)
    assert market.capacity[0, 0] == pytest.approx(0.92 * 24)


def test_prices_rise_with_demand_and_peak_when_guests_come() -> None:
    busy, busier = priced(LOADS[0]), priced(LOADS[2])
    assert busier.table.sum() > busy.table.sum() > 0.0
    assert 12 <= int(busy.table[1].argmax()) <= 54


def test_a_larger_table_is_worth_at_least_as_much() -> None:
    tables = priced(LOADS[1]).table[:4].sum(axis=1)
    assert tables.tolist() == sorted(tables.tolist())


def test_the_cheapest_table_for_more_guests_costs_no_less() -> None:
    prices = priced(LOADS[1])
    costs = [prices.cheapest(size, 30) for size in range(1, 9)]
    assert costs == sorted(costs)


def test_refreshing_from_the_prices_before_comes_to_the_same() -> None:
    market, load = pricer(LOADS[1]), expected(LOADS[1])
    cold = market.prices(load)
    warm = market.prices(load, cold)
    assert abs(warm.table - cold.table).max() < 1.0


@pytest.mark.parametrize("load", LOADS)
def test_the_ascent_comes_within_five_percent_of_the_linear_programme(
    load: tuple[float, float],
) -> None:
    market, demand = pricer(load), expected(load)
    best = linear_programme(market, demand)
    bound = dual_value(market, demand, market.prices(demand).table)
    assert best <= bound * 1.000001
    assert bound <= best * 1.05


def columns(market: Pricer, demand: ExpectedDemand) -> list[tuple[int, float, int, Floats]]:
    """Each way to serve a flow: its number, parties, size less one, and what it takes [R, B]."""
    found: list[tuple[int, float, int, Floats]] = []
    number = 0
    share = market.forecast.flexible
    for size in range(8):
        for slot in range(24):
            asked = demand.requests[size, slot]
            flexible = range(max(0, slot - REACH_SLOTS), min(24, slot + REACH_SLOTS + 1))
            firm = asked * (1 - share) + demand.walk_ins[size, slot]
            for mass, slots in ((firm, range(slot, slot + 1)), (asked * share, flexible)):
                for start in slots:
                    found += [(number, mass, size, taken) for taken in takes(market, size, start)]
                number += 1
    return found


def takes(market: Pricer, size: int, slot: int) -> list[Floats]:
    stay = np.zeros(market.capacity.shape[1])
    first = slot * SLOT
    ahead = market.survival[size][: len(stay) - first]
    stay[first : first + len(ahead)] = ahead
    kept = market.use[market.allowed[size]]
    return [np.outer(row, stay) for row in kept]


def dual_value(market: Pricer, demand: ExpectedDemand, price: Floats) -> float:
    """What the prices promise at most: Lagrange's bound on every plan."""
    best: dict[int, float] = {}
    for number, mass, size, taken in columns(market, demand):
        gain = mass * max(0.0, float(market.values[size] - (price * taken).sum()))
        best[number] = max(best.get(number, 0.0), gain)
    return float((price * market.capacity).sum()) + sum(best.values())


def linear_programme(market: Pricer, demand: ExpectedDemand) -> float:
    model = quiet_solver()
    flows: dict[int, list[tuple[int, float]]] = {}
    rows: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for place, (number, mass, size, taken) in enumerate(columns(market, demand)):
        model.addVar(0.0, mass)
        model.changeColCost(place, -float(market.values[size]))
        flows.setdefault(number, []).append((place, mass))
        for resource, bucket in zip(*np.nonzero(taken > 1e-4), strict=True):
            row = rows.setdefault((int(resource), int(bucket)), [])
            row.append((place, float(taken[resource, bucket])))
    for members in flows.values():
        places = np.array([place for place, _ in members], np.int32)
        model.addRow(-np.inf, members[0][1], len(places), places, np.ones(len(places)))
    for (resource, bucket), entries in rows.items():
        places = np.array([place for place, _ in entries], np.int32)
        values = np.array([value for _, value in entries])
        there = float(market.capacity[resource, bucket])
        model.addRow(-np.inf, there, len(places), places, values)
    model.run()
    return -float(model.getInfo().objective_function_value)
