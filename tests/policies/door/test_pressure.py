"""How full the quarters of an evening are, by the figures that booking goes by; the room drawn."""

from __future__ import annotations

from msgspec.structs import replace

from policies.book.picture import Risk
from policies.booking.party_rules import covers_starting
from policies.door.outlines import AreaOutline, Point, door_of, outlines_of
from policies.door.pressure import pressure_of
from policies.forecast.risk_calibration import ToldRisk
from policies.house.house import Wall
from tests.support.full_evening import a_house, at, block, picture, promise, seating, table

ROOM = a_house(table("1", 2), table("2", 4), table("T", 2, "bar"))


def test_a_quarter_tells_who_is_at_tables_who_starts_and_what_there_is_for_them() -> None:
    risk = Risk(
        probability=0.08, tightest_at=at("20:20"), party_class=2, expected=3.1, places=3,
        ceiling=0.1, tolerance_minutes=10,
    )  # fmt: skip
    beyond = replace(promise(3, 2, "20:00"), kind="overbooked", tables=(), risk=risk)
    told = picture(
        ROOM, promise(1, 2, "20:00", "1"), promise(2, 4, "20:00", "2"), beyond,
        seatings=(seating(9, 2, "18:30", "19:40", "1"),),
    )  # fmt: skip
    told = replace(told, blocks=(block("T", "20:00", "21:00"),))
    now = at("19:07")
    quarters = {each.at: each for each in pressure_of(told, ROOM, now=now)}
    assert min(quarters) == at("19:00")
    assert (quarters[at("19:00")].seated, quarters[at("19:45")].seated) == (2, 0)
    eight = quarters[at("20:00")]
    assert (eight.promised, eight.capacity, quarters[at("19:45")].capacity) == (8, 6, 8)
    assert (eight.starting_parties, eight.starting_covers) == (3, 8)
    assert [q for q, each in quarters.items() if each.risk] == [at("20:15")]
    told_both = replace(risk, told=ToldRisk(own_wait=0.08, any_wait=0.6, walked=0.01))
    again = replace(told, promises=(*told.promises[:2], replace(beyond, risk=told_both)))
    (tightest,) = [each for each in pressure_of(again, ROOM, now=now) if each.risk]
    assert (tightest.risk, tightest.any_wait, quarters[at("20:15")].any_wait) == (0.08, 0.6, None)
    for quarter, each in quarters.items():
        assert each.starting_covers == covers_starting(told, quarter, now=now)
    assert pressure_of(told, ROOM, now=told.period.closes) == ()


def test_an_area_without_an_outline_is_drawn_around_its_tables_out_to_its_walls() -> None:
    placed = tuple(
        replace(each, x=x, y=1.0, width=1.0, depth=1.0)
        for each, x in zip(ROOM.tables, (1.0, 4.0, 9.0), strict=True)
    )
    walls = (
        Wall(id="w", x1=0, y1=0, x2=0, y2=5),
        Wall(id="n", x1=6, y1=0, x2=0, y2=0, kind="window"),
        Wall(id="far", x1=30, y1=0, x2=30, y2=5),
        Wall(id="d", x1=2, y1=5, x2=3, y2=5, kind="door"),
    )
    house = replace(ROOM, tables=placed, walls=walls)
    outlines = {each.area: each for each in outlines_of(house)}
    corners = ((0, 0), (5.2, 0), (5.2, 2.2), (0, 2.2))
    assert outlines["hall"] == AreaOutline(
        area="hall", corners=tuple(Point(x=x, y=y) for x, y in corners)
    )
    assert outlines["bar"].corners[0] == Point(x=7.8, y=-0.2)
    assert door_of(house) == Point(x=2.5, y=5.0)
    assert door_of(ROOM) is None
