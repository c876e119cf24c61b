"""The kernel of the bid prices: smooth dual ascent on one market."""

import math
from typing import NamedTuple

import numpy as np

from policies.numeric.compiled import Flags, Floats, compiled, inlined

TEMPERATURE = 5.0
"""Temperature of the logit choices, money; without it the prices would jump, not settle."""


class Market(NamedTuple):
    """Demand and capacity of one group of the room.

    P sizes, N slots of `step` buckets, C configurations, R resources, B buckets. Resources are
    the classes of tables, then the kinds of join; configuration c takes `use` [C, R] of them
    and suits `allowed` [P, C]. `requests`, `walk_ins`, `booked` [P, N]: parties who come;
    `values` [P]: money each; `survival` [P, D]: probability to be there still after d buckets;
    `capacity` [R, B]. A share `flexible` of the requests takes a slot up to `reach` away.
    """

    requests: Floats
    walk_ins: Floats
    booked: Floats
    values: Floats
    survival: Floats
    use: Floats
    allowed: Flags
    capacity: Floats
    flexible: float
    reach: int
    step: int


@compiled
def dual_ascent(market: Market, prices: Floats, steps: int, first: float, last: float) -> Floats:
    """Return the mean price [R, B] over the second half of the ascent; `prices` is where it starts.

    The step falls geometrically from `first` to `last`, money for a resource sold twice over.
    """
    sizes, slots = market.requests.shape
    price = prices.copy()
    mean = np.zeros_like(price)
    demand = np.empty_like(price)
    costs = np.empty((sizes, slots, len(market.use)))
    chosen = np.empty_like(costs)
    fall = (last / first) ** (1.0 / max(1, steps - 1))
    move = first
    for number in range(steps):
        _cost(market, price, costs)
        _choose(market, costs, chosen)
        _use(market, chosen, demand)
        _move_prices(market, price, demand, move)
        move *= fall
        if number >= steps // 2:
            mean += price
    return mean / max(1, steps - steps // 2)


@inlined
def _cost(market: Market, price: Floats, costs: Floats) -> None:
    """Fill `costs` [P, N, C] with the price of each configuration over the stay."""
    sizes, slots = market.requests.shape
    each = np.empty(price.shape[0])
    for size in range(sizes):
        for slot in range(slots):
            start = slot * market.step
            length = min(market.survival.shape[1], price.shape[1] - start)
            for resource in range(price.shape[0]):
                total = 0.0
                for ahead in range(length):
                    total += price[resource, start + ahead] * market.survival[size, ahead]
                each[resource] = total
            for config in range(len(market.use)):
                cost = 0.0
                for resource in range(price.shape[0]):
                    cost += market.use[config, resource] * each[resource]
                costs[size, slot, config] = cost


@inlined
def _choose(market: Market, costs: Floats, chosen: Floats) -> None:
    """Fill `chosen` [P, N, C] with the parties that take each configuration at each slot."""
    sizes, slots = market.requests.shape
    weight = np.empty(slots)
    share = np.empty(slots)
    for size in range(sizes):
        least = _least(market, costs, size)
        away = math.exp(min(50.0, (least - market.values[size]) / TEMPERATURE))
        for slot in range(slots):
            weight[slot] = 0.0
            for config in range(len(market.use)):
                chosen[size, slot, config] = 0.0
                if market.allowed[size, config]:
                    likely = math.exp((least - costs[size, slot, config]) / TEMPERATURE)
                    chosen[size, slot, config] = likely
                    weight[slot] += likely
        _share(market, size, weight, away, share)
        for slot in range(slots):
            for config in range(len(market.use)):
                chosen[size, slot, config] *= share[slot]


@inlined
def _least(market: Market, costs: Floats, size: int) -> float:
    least = 1e12
    for slot in range(costs.shape[1]):
        for config in range(len(market.use)):
            if market.allowed[size, config]:
                least = min(least, costs[size, slot, config])
    return least


@inlined
def _share(market: Market, size: int, weight: Floats, away: float, share: Floats) -> None:
    """Fill `share` [N] with parties per unit of weight: a logit for each flow of guests.

    `away`: the weight of not coming, an option of requests and walk-ins; those booked have
    none.
    """
    slots = len(weight)
    share[:] = 0.0
    for slot in range(slots):
        asked = market.requests[size, slot]
        firm = asked * (1.0 - market.flexible) + market.walk_ins[size, slot]
        share[slot] += firm / (away + weight[slot])
        share[slot] += market.booked[size, slot] / max(weight[slot], 1e-300)
        low, high = max(0, slot - market.reach), min(slots, slot + market.reach + 1)
        total = away
        for near in range(low, high):
            total += weight[near]
        for near in range(low, high):
            share[near] += asked * market.flexible / total


@inlined
def _use(market: Market, chosen: Floats, demand: Floats) -> None:
    """Fill `demand` [R, B] with the resources that the choices use."""
    sizes, slots = market.requests.shape
    demand[:] = 0.0
    for size in range(sizes):
        for slot in range(slots):
            start = slot * market.step
            length = min(market.survival.shape[1], demand.shape[1] - start)
            for resource in range(demand.shape[0]):
                load = 0.0
                for config in range(len(market.use)):
                    load += chosen[size, slot, config] * market.use[config, resource]
                if load > 0.0:
                    for ahead in range(length):
                        demand[resource, start + ahead] += load * market.survival[size, ahead]


@inlined
def _move_prices(market: Market, price: Floats, demand: Floats, move: float) -> None:
    for resource in range(price.shape[0]):
        for bucket in range(price.shape[1]):
            there = max(market.capacity[resource, bucket], 1e-9)
            excess = min(demand[resource, bucket] / there - 1.0, 3.0)
            price[resource, bucket] = max(0.0, price[resource, bucket] + move * excess)
