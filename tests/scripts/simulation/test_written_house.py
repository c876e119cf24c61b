"""The examination's own reader of house files agrees with the service about what is closed."""

from datetime import date, timedelta

from policies.house.calendar import periods_on
from policies.house.file import read_house
from scripts.simulation.written_house import parse_house
from seating.house.examples import shipped_text

CLOSED = """
[[closures]]
name = "Holidays"
from_date = 2026-12-22
until_date = 2026-12-28
[[closures]]
name = "Roof"
from_date = 2026-12-29
until_date = 2026-12-30
areas = ["terrace"]
"""


def test_both_readers_close_the_same_dates_and_areas() -> None:
    text = shipped_text("bistro") + CLOSED
    written, house = parse_house(text), read_house(text)
    days = [date(2026, 12, 20) + timedelta(days=ahead) for ahead in range(12)]
    served = {day: [each.opens for each in periods_on(house, day)] for day in days}
    assert {day: [hours.opens for hours in written.hours_of(day)] for day in days} == served
    assert [day.day for day in days if not served[day]] == [21, 22, 23, 25, 26, 27, 28]
    (hours, _) = written.hours_of(date(2026, 12, 29))
    (closed,) = written.bought_out_on(hours)
    assert closed[2] == {"T1", "T2", "T3", "T4", "T5", "T6"}
