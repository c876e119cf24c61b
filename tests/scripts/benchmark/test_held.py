"""What held tables cost in the minute world, and what a granted one must be worth."""

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from policies.floor.held_tables import initial_held_tables
from policies.house.calendar import periods_on
from policies.house.file import read_house
from policies.house.rules import Rules
from policies.lab.minutes.service_book import SERVICE_DATE
from scripts.benchmark.held import HeldNight, figures_of, window
from scripts.benchmark.pieces import HOUSE

if TYPE_CHECKING:
    from policies.house.house import House

QUIET = HeldNight(net=1000.0, granted=0, walked=0, waited=2, walk_ins=30)


def test_what_holding_costs_is_shared_by_the_tables_granted() -> None:
    held = (replace(QUIET, net=940.0, granted=2), replace(QUIET, net=960.0, granted=0))
    found = figures_of(2, 4, held, (QUIET, QUIET))
    assert (found.cost, found.error, found.granted) == (50.0, 10.0, 1.0)
    assert found.break_even == 50.0
    assert figures_of(0, 2, (QUIET, QUIET), (QUIET, QUIET)).break_even is None


def test_the_window_holds_so_many_tables_of_the_house_to_its_end() -> None:
    house: House = read_house(HOUSE.read_text(encoding="utf-8"))
    (period,) = periods_on(house, SERVICE_DATE, house_version=1)
    held = [*initial_held_tables(Rules(holds=window(house, 3, 4)), house, period)]
    assert [each.seats for each in held] == [4, 4, 4]
    assert {each.ends - each.starts for each in held} == {timedelta(hours=2)}
    assert all(each.release_at == each.ends for each in held)
    assert window(house, 0, 4) == ()
