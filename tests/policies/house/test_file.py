# ruff: noqa: E501 - one mistake a line, read across
"""House files: what is read, and every sentence a manager may get back instead."""

import subprocess
import sys
from datetime import date, time, timedelta

import msgspec
import pytest

from policies.house.calendar import largest_party, periods_on, turn_minutes
from policies.house.file import HouseError, house_checksum, house_json, read_house
from policies.house.house import House
from policies.words.catalogue import say
from seating.house.examples import shipped, shipped_text

GOOD = """
areas = [{ id = "room", name = "Room" }, { id = "bar", name = "Bar" }]
tables = [
  { id = "t1", area = "room", seats_max = 2 },
  { id = "t2", area = "room", seats_max = 4, features = ["step_free", "quiet"] },
  { id = "t3", area = "bar", seats_max = 1, x = 2 },
]
joins = [{ tables = ["t1", "t2"], seats_max = 8 }]
turn_times = [{ party_max = 2, minutes = 90 }, { party_max = 4, minutes = 120 }]

[venue]
id = "house"
name = "House"
zone = "Europe/Berlin"
currency = "EUR"

[[periods]]
name = "lunch"
days = ["mon", "tue"]
opens = "12:00"
last_seating = "14:00"
closes = "15:00"
pacing = 10

[[periods]]
name = "dinner"
days = ["mon", "sun"]
opens = "18:00"
last_seating = 23:30:00
closes = "01:00"
pacing = 10
pacing_changes = [{ start = "19:00", covers = 20 }, { start = "23:00", covers = 5 }]

[[special_days]]
date = 2026-12-24
name = "Eve"

[[special_days.periods]]
name = "brunch"
opens = "10:00"
last_seating = "12:00"
closes = "14:00"
pacing = 9

[[buy_outs]]
name = "Wedding"
date = 2027-06-12
starts = "16:00"
ends = "23:00"
areas = ["room"]

[house_rules]
version = 1
rules = [{ key = "late", text = { en = "Call us.", ru = "Позвоните нам." } }]

[[staff]]
id = "anna"
name = "Anna"
role = "owner"
"""

DAYS = 'days = ["mon", "sun"]'
DAYS_OVER = 'days = ["mon", "tue", "wed"]'

PROBLEMS = [
    ("seats_max = 2 }", "seats_max = 0 }", 'tables[0] "t1".seats_max: Expected an integer from 1 to 50, got 0.'),
    ("seats_max = 2 }", 'seats_max = "2" }', 'tables[0] "t1".seats_max: Expected an integer from 1 to 50, got "2".'),
    ('"quiet"]', '"loud"]', 'tables[1] "t2".features[1]: Expected one of booth, high, quiet, step_free, window, got "loud".'),
    ('["step_free", "quiet"]', '"quiet"', 'tables[1] "t2".features: Expected a list, got "quiet".'),
    (", x = 2", ', x = "2"', 'tables[2] "t3".x: Expected a number from -100000 to 100000, got "2".'),
    (", x = 2", ", z = 2", 'tables[2] "t3".z: Unknown key z. Expected one of id, area, seats_max, seats_min, features, x, y, shape, width, depth, rotation.'),
    ('id = "t1"', 'id = "t 1"', 'tables[0] "t 1".id: Expected a key of letters, digits, - and _, at most 16, got "t 1".'),
    ('id = "bar"', 'id = "Bar"', 'areas[1] "Bar".id: Expected a key of small letters, digits, - and _, at most 40, got "Bar".'),
    ('"EUR"', '"Euro"', 'venue.currency: Expected a currency of three capitals, such as EUR, got "Euro".'),
    ('name = "House"', 'name = ""', 'venue.name: Expected text of 1 to 80 characters, got "".'),
    ('name = "House"\n', "", "venue.name: This is missing. Expected text of 1 to 80 characters."),
    ("minutes = 90", "minutes = 92", "turn_times[0].minutes: Expected an integer from 15 to 480 in steps of 5, got 92."),
    ('"12:00"\nlast_seating = "14:00"', '"noon"\nlast_seating = "14:00"', 'periods[0] "lunch".opens: Expected a local time such as "18:30", got "noon".'),
    ('"12:00"\nlast_seating = "14:00"', '"12:00:00Z"\nlast_seating = "14:00"', 'periods[0] "lunch".opens: Expected a local time such as "18:30", got "12:00:00Z".'),
    ("2026-12-24", '"Christmas"', 'special_days[0] "Eve".date: Expected a date such as 2026-12-24, got "Christmas".'),
    ('closes = "15:00"\n', 'closes = "15:00"\nneeds_approval = 1\n', 'periods[0] "lunch".needs_approval: Expected true or false, got 1.'),
    ('ru = "Позвоните нам."', 'ru = ""', 'house_rules.rules[0] "late".text.ru: Expected text of 1 to 140 characters, got "".'),
    ('tables = ["t1", "t2"]', 'tables = ["t1"]', 'joins[0] "t1".tables: Expected a list of 2 to 8 entries, got ["t1"].'),
    ('role = "owner"', 'role = "chef"', 'staff[0] "anna".role: Expected one of host, kitchen, manager, owner, server, viewer, got "chef".'),
    ('currency = "EUR"', 'currency = "EUR"\nphone = 7', "venue.phone: Expected text, got 7."),
    ("Europe/Berlin", "Europe/Bonn", "venue.zone: There is no time zone Europe/Bonn. Name one such as Europe/Berlin."),
    ("Europe/Berlin", "Europe", "venue.zone: There is no time zone Europe. Name one such as Europe/Berlin."),
    ("Europe/Berlin", "../etc/passwd", "venue.zone: There is no time zone ../etc/passwd. Name one such as Europe/Berlin."),
    ('name = "Bar" }', 'name = "Bar" }, { id = "room", name = "Again" }', 'areas[2] "room".id: Expected each only once. Entry 1 of this list says the same.'),
    (", x = 2 },", ' }, { id = "t1", area = "room", seats_max = 2 },', 'tables[3] "t1".id: Expected each only once. Entry 1 of this list says the same.'),
    ("seats_max = 8 }]", 'seats_max = 8 }, { tables = ["t2", "t1"], seats_max = 6 }]', 'joins[1] "t2+t1".tables: Expected each only once. Entry 1 of this list says the same.'),
    ("[[buy_outs]]", '[[special_days]]\ndate = 2026-12-24\nname = "Again"\n[[buy_outs]]', 'special_days[1] "Again".date: Expected each only once. Entry 1 of this list says the same.'),
    ('role = "owner"', 'role = "owner"\n[[staff]]\nid = "anna"\nname = "A"\nrole = "host"', 'staff[1] "anna".id: Expected each only once. Entry 1 of this list says the same.'),
    ('name = "dinner"', 'name = "lunch"', 'periods[1] "lunch".name: Another period on Mon has this name. Choose another.'),
    ("[[buy_outs]]", '[[special_days.periods]]\nname = "brunch"\nopens = "16:00"\nlast_seating = "17:00"\ncloses = "18:00"\npacing = 1\n[[buy_outs]]', 'special_days[0] "Eve".periods[1] "brunch".name: Expected each only once. Entry 1 of this list says the same.'),
    ('area = "bar"', 'area = "attic"', 'tables[2] "t3".area: This house has no area attic. It has bar, room.'),
    ("seats_max = 2 }", "seats_max = 2, seats_min = 3 }", 'tables[0] "t1".seats_min: A table for 2 at most cannot ask for 3 at least.'),
    ('["t1", "t2"]', '["t1", "t9"]', 'joins[0] "t1+t9".tables: This house has no table t9. It has t1, t2, t3.'),
    ('["t1", "t2"]', '["t2", "t2"]', 'joins[0] "t2+t2".tables: A table can be pushed together with others only once. Name each table once.'),
    ('["t1", "t2"], seats_max = 8', '["t1", "t3"], seats_max = 3', 'joins[0] "t1+t3".tables: Tables can only be pushed together within one area. These stand in bar, room.'),
    ("seats_max = 8 }]", "seats_max = 9 }]", 'joins[0] "t1+t2".seats_max: Together these tables seat 5 to 8 guests, not 9.'),
    ("seats_max = 8 }]", "seats_max = 4 }]", 'joins[0] "t1+t2".seats_max: Together these tables seat 5 to 8 guests, not 4.'),
    ("party_max = 4", "party_max = 2", "turn_times[1].party_max: Expected more guests than the 2 of the entry before, got 2."),
    ('days = ["mon", "tue"]\n', "", 'periods[0] "lunch".days: Say on which days: at least one of mon, tue, wed, thu, fri, sat, sun.'),
    ('name = "brunch"\n', 'name = "brunch"\ndays = ["mon"]\n', 'special_days[0] "Eve".periods[0] "brunch".days: A special day needs no weekdays, because it has its date, 2026-12-24. Leave them out.'),
    ('last_seating = "14:00"', 'last_seating = "15:30"', 'periods[0] "lunch".last_seating: Expected a time from 12:00 to 15:00, got 15:30.'),
    ('last_seating = "14:00"', 'last_seating = "11:00"', 'periods[0] "lunch".last_seating: Expected a time from 12:00 to 15:00, got 11:00.'),
    ('last_seating = "12:00"', 'last_seating = "15:00"', 'special_days[0] "Eve".periods[0] "brunch".last_seating: Expected a time from 10:00 to 14:00, got 15:00.'),
    ('last_seating = "14:00"', 'last_seating = "14:03"', 'periods[0] "lunch".last_seating: Times go in steps of 5 minutes. This is 14:03.'),
    ('start = "23:00"', 'start = "23:45"', 'periods[1] "dinner".pacing_changes[1].start: Expected a time from 18:00 to 23:30, got 23:45.'),
    ('start = "23:00"', 'start = "19:00"', 'periods[1] "dinner".pacing_changes[1].start: Expected a later time than that of the change before, got 19:00.'),
    ('start = "23:00"', 'start = "23:01"', 'periods[1] "dinner".pacing_changes[1].start: Times go in steps of 5 minutes. This is 23:01.'),
    ('opens = "18:00"', 'opens = "14:30"', 'periods[1] "dinner": This overlaps lunch on Mon. Change the hours of one.'),
    ('closes = "01:00"', 'closes = "13:00"', 'periods[1] "dinner": This overlaps lunch on Mon and Tue. Change the hours of one.'),
    ("[[buy_outs]]", '[[special_days.periods]]\nname = "tea"\nopens = "13:00"\nlast_seating = "14:00"\ncloses = "18:00"\npacing = 1\n[[buy_outs]]', 'special_days[0] "Eve": brunch overlaps tea. Change the hours of one.'),
    ("2026-12-24", "1026-12-24", 'special_days[0] "Eve".date: Expected a year from 2000 to 2199, got 1026-12-24.'),
    ("2026-12-24", "9999-12-31", 'special_days[0] "Eve".date: Expected a year from 2000 to 2199, got 9999-12-31.'),
    ("2027-06-12", "0001-01-01", 'buy_outs[0] "Wedding".date: Expected a year from 2000 to 2199, got 0001-01-01.'),
    ('areas = ["room"]', 'areas = ["attic"]', 'buy_outs[0] "Wedding".areas: This house has no area attic. It has bar, room.'),
    ('starts = "16:00"', 'starts = "16:02"', 'buy_outs[0] "Wedding".starts: Times go in steps of 5 minutes. This is 16:02.'),
    ('en = "Call us."', 'de = "Rufen Sie an."', 'house_rules.rules[0] "late".text: The text is missing in the language of the house, en. Add it.'),
    ('role = "owner"', 'role = "manager"', 'staff: Nobody has the role "owner". Give it to somebody.'),
    ('name = "House"\n', 'name = "House"\nemail = "anna at house"\n', "venue.email: anna at house is no e-mail address. Give one such as table@kastanie.example."),
    ('name = "House"\n', 'name = "House"\nweb = "house.example"\n', "venue.web: house.example is no web address. Give one such as https://kastanie.example."),
    ('name = "House"\n', 'name = "House"\nweb = "https://house"\n', "venue.web: https://house is no web address. Give one such as https://kastanie.example."),
    ('name = "House"\n', 'name = "House"\ncoordinates = { latitude = 91, longitude = 0 }\n', "venue.coordinates.latitude: Expected a number from -90 to 90, got 91."),
    ('name = "House"\n', 'name = "House"\npostal_address = { street_address = "Am Markt 1", locality = "Bonn" }\n', "venue.postal_address.country: This is missing. Expected a country of two capitals, such as DE."),
    ('name = "House"\n', 'name = "House"\npostal_address = { street_address = "Am Markt 1", locality = "Bonn", country = "XX" }\n', "venue.postal_address.country: There is no country XX. Give its two letters, such as DE."),
    (", x = 2", ", x = nan", 'tables[2] "t3".x: Expected a number from -100000 to 100000, got null.'),
    (", x = 2", ", rotation = 360", 'tables[2] "t3".rotation: Expected an integer from 0 to 359, got 360.'),
    (", x = 2", ', shape = "star"', 'tables[2] "t3".shape: Expected one of oval, rectangle, round, got "star".'),
    ("[[buy_outs]]", '[[closures]]\nname = "Holidays"\nfrom_date = 2027-01-04\nuntil_date = 2027-01-02\n[[buy_outs]]', 'closures[0] "Holidays".until_date: The closure ends before it begins. Give 2027-01-04 or later.'),
    ("[[buy_outs]]", '[[closures]]\nname = "Roof"\nfrom_date = 2027-01-04\nuntil_date = 2027-01-09\nareas = ["attic"]\n[[buy_outs]]', 'closures[0] "Roof".areas: This house has no area attic. It has bar, room.'),
    ("[[buy_outs]]", '[[closures]]\nname = "Roof"\nfrom_date = 2027-01-04\nuntil_date = 2027-01-09\nareas = ["bar", "room"]\n[[buy_outs]]', 'closures[0] "Roof".areas: These are all the areas. To close the house, leave the areas out.'),
    ("[[buy_outs]]", '[[walls]]\nid = "w"\nx1 = 0\ny1 = 0\nx2 = 9\ny2 = 0\n[[walls]]\nid = "w"\nx1 = 0\ny1 = 0\nx2 = 9\ny2 = 9\n[[buy_outs]]', 'walls[1] "w".id: Expected each only once. Entry 1 of this list says the same.'),
]  # fmt: skip


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(HouseError) as caught:
        read_house(text)
    said = tuple(map(say, caught.value.problems))
    assert str(caught.value) == "\n".join(said)
    return said


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_house_file_becomes_a_house() -> None:
    house = read_house(GOOD)
    assert [table.id for table in house.tables] == ["t1", "t2", "t3"]
    assert house.tables[1].features == {"step_free", "quiet"}
    assert house.periods[0].opens == time(12)
    assert house.periods[1].last_seating == time(23, 30)
    assert house.special_days[0].date == date(2026, 12, 24)
    assert house.booking.slot_minutes == 15


@pytest.mark.parametrize(("old", "new", "problem"), PROBLEMS)
def test_a_mistake_is_told_where_it_is_and_what_was_expected(
    old: str, new: str, problem: str
) -> None:
    assert problems_of(changed(old, new)) == (problem,)


def test_a_late_night_may_not_run_into_a_special_day_beside_it() -> None:
    late = changed('closes = "01:00"', 'closes = "11:00"')
    sunday_before = late.replace("2026-12-24", "2026-12-28").replace('"mon", "tue"', '"tue"')
    expected = (
        'special_days[0] "Eve": dinner of the day before overlaps brunch. Change the hours of one.'
    )
    assert problems_of(sunday_before) == (expected,)
    brunch_all_night = changed('closes = "14:00"', 'closes = "09:00"').replace("12-24", "12-27")
    early = brunch_all_night.replace('opens = "12:00"', 'opens = "08:30"')
    assert problems_of(early) == (
        'special_days[0] "Eve": brunch overlaps lunch of the day after. Change the hours of one.',
    )


def test_a_weekly_night_may_not_run_into_the_next_day() -> None:
    night = changed('closes = "15:00"', 'closes = "11:00"').replace('"mon", "sun"', '"wed"')
    morning = night.replace('opens = "18:00"', 'opens = "08:00"')
    assert problems_of(morning) == (
        'periods[1] "dinner": This overlaps lunch on Wed. Change the hours of one.',
    )


def test_a_last_seating_may_not_be_the_opening_of_the_next_period() -> None:
    touching = changed('opens = "18:00"', 'opens = "15:00"')
    assert read_house(touching).periods[1].opens == time(15)
    shared = touching.replace('last_seating = "14:00"', 'last_seating = "15:00"')
    assert problems_of(shared) == (
        'periods[1] "dinner": This overlaps lunch on Mon. Change the hours of one.',
    )


def test_every_problem_of_one_kind_is_told_at_once() -> None:
    shape = changed("seats_max = 2 }", "seats_max = 0 }").replace('"EUR"', "1")
    assert len(problems_of(shape)) == 2
    sense = changed("Berlin", "Bonn").replace('area = "bar"', 'area = "x"').replace("owner", "host")
    assert [line.split(":")[0] for line in problems_of(sense)] == [
        "venue.zone",
        'tables[2] "t3".area',
        "staff",
    ]


def test_a_file_without_anything_names_all_that_is_missing() -> None:
    missing = [line.partition(":")[0] for line in problems_of("")]
    assert missing == ["venue", "areas", "tables", "periods", "turn_times"]


def test_empty_lists_are_refused_where_a_house_needs_something() -> None:
    text = "areas = []\ntables = []\nturn_times = []\nperiods = []\nvenue = 1"
    assert problems_of(text) == (
        "venue: Expected a section of keys, got 1.",
        "areas: Expected a list that is not empty, got [].",
        "tables: Expected a list of 1 to 400 entries, got [].",
        "turn_times: Expected a list that is not empty, got [].",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = 1\nb = ", "Line 2, column 5: Invalid value."),
        ("a = [1,\n  2", "Line 2, column 4: Unclosed array."),
        ("a = 1\na = 2", "Line 2, column 6: Cannot overwrite a value."),
        (
            "opens = 18:00",
            (
                "Line 1, column 11: Expected newline or end of document after a statement."
                ' A local time is written in quotes, such as "18:30".'
            ),
        ),
    ],
)
def test_a_file_that_is_not_toml_is_told_by_line_and_column(text: str, problem: str) -> None:
    assert problems_of(text) == (problem,)


def test_a_long_wrong_value_is_shown_shortened() -> None:
    (problem,) = problems_of(changed('name = "House"', f'name = "{"x" * 200}"'))
    assert problem.endswith("xxx....")
    assert len(problem) < 140


def test_a_house_survives_its_json() -> None:
    house = read_house(GOOD)
    assert msgspec.json.decode(house_json(house), type=House) == house


def test_a_checksum_does_not_depend_on_the_order_of_a_set_or_on_the_process() -> None:
    house = read_house(GOOD)
    turned = read_house(changed('["step_free", "quiet"]', '["quiet", "step_free"]'))
    assert house_checksum(turned) == house_checksum(house)
    assert house_checksum(read_house(changed("minutes = 90", "minutes = 95"))) != house_checksum(
        house
    )


def test_a_checksum_is_the_same_in_another_process() -> None:
    script = (
        "from policies.house.file import *; from seating.house.examples import *\n"
        "print(*(house_checksum(read_house(shipped_text(name))) for name in shipped()))"
    )
    here = " ".join(house_checksum(read_house(shipped_text(name))) for name in shipped())
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        )
        assert told.stdout.strip() == here


def test_three_houses_are_shipped_and_an_unknown_name_says_which() -> None:
    assert shipped() == ("bistro", "garden", "sixty")
    with pytest.raises(LookupError, match="there are bistro, garden, sixty"):
        shipped_text("../secrets")


def test_the_benchmark_house_is_the_one_of_the_tables_of_science() -> None:
    house = read_house(shipped_text("sixty"))
    sizes = [table.seats_max for table in house.tables]
    assert {size: sizes.count(size) for size in set(sizes)} == {2: 24, 4: 24, 6: 8, 8: 4}
    assert sum(sizes) == 224
    joined = [join.seats_max for join in house.joins]
    assert (joined.count(4), joined.count(8), len(joined)) == (12, 12, 24)
    assert len({table for join in house.joins for table in join.tables}) == 48
    assert largest_party(house) == house.booking.party_max_online == 8


def test_the_benchmark_house_keeps_a_tenth_more_than_the_mean_stay_and_reset() -> None:
    house = read_house(shipped_text("sixty"))
    period = periods_on(house, date(2026, 11, 28))[0]
    for size, stay in enumerate((80, 88, 98, 105, 115, 122, 130, 135), start=1):
        assert 1.08 < turn_minutes(house, size, period) / (stay + 6) < 1.15


def test_the_bistro_has_a_terrace_and_a_bar_of_stools() -> None:
    house = read_house(shipped_text("bistro"))
    assert len(house.tables) == 24
    assert {table.seats_max for table in house.tables if table.area == "bar"} == {1}
    assert [area.id for area in house.areas] == ["room", "terrace", "bar"]
    roles = [person.role for person in house.staff]
    assert (len(roles), roles.count("host")) == (8, 4)
    assert {"server", "kitchen"} < set(roles)
    assert house.house_rules is not None
    assert [set(rule.text) for rule in house.house_rules.rules] == [{"en", "ru"}] * 5


def test_the_bistro_is_closed_on_mondays_and_late_on_fridays() -> None:
    house = read_house(shipped_text("bistro"))
    assert periods_on(house, date(2026, 11, 2)) == ()
    thursday, friday = periods_on(house, date(2026, 11, 5)), periods_on(house, date(2026, 11, 6))
    assert [period.name for period in thursday] == ["lunch", "dinner"]
    assert friday[1].closes - friday[1].opens == timedelta(hours=7)


def test_the_bistro_keeps_its_holidays() -> None:
    house = read_house(shipped_text("bistro"))
    eve, new_year = periods_on(house, date(2026, 12, 24)), periods_on(house, date(2026, 12, 31))
    assert [period.name for period in (*eve, *new_year)] == ["lunch", "dinner"]
    assert periods_on(house, date(2027, 1, 1)) == ()


@pytest.mark.parametrize("name", shipped())
def test_no_two_tables_of_a_shipped_house_stand_in_one_place(name: str) -> None:
    tables = read_house(shipped_text(name)).tables
    spots = [(table.x, table.y) for table in tables]
    near = [
        (one, other)
        for number, one in enumerate(spots)
        for other in spots[:number]
        if abs(one[0] - other[0]) + abs(one[1] - other[1]) < 0.6
    ]
    assert near == []
