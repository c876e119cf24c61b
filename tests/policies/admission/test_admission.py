"""Who may have which table: the rule that wins, and what booking, plan and door make of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.admission.admission import admitted_to, rule_against, rule_of
from policies.book.answers import Ask, No, Yes
from policies.book.changes import Changes, apply_changes
from policies.book.picture import Picture, Promise
from policies.booking.changing import Standing, asks_a_person, judge_change
from policies.booking.engine import availability, decide
from policies.door.options import walk_in_options
from policies.door.owed import promised_options
from policies.forecast.prior import prior_forecast
from policies.house.channels import Channel
from policies.house.checks import house_problems
from policies.house.house import AccessRule, EnquiryProtection, House, Season
from policies.house.layout import layout_of
from policies.house.room import EVERYWHERE, Needs, Preferences, preferences_met, room_of
from policies.house.rules import Decisions, Overbooking, Rules
from policies.lookahead.from_picture import door_situation
from policies.plan.replanning import replan
from policies.words.catalogue import say
from tests.support.full_evening import (
    YESTERDAY,
    a_house,
    ask,
    at,
    block,
    dinner,
    picture,
    promise,
    resettled,
    table,
)

ROOM = a_house(
    table("2", 2), table("4", 4), table("s1", 2, "bar"), table("P", 12, "private", least=8)
)
ROOM = replace(ROOM, areas=(*ROOM.areas, replace(ROOM.areas[0], id="private", name="Private room")))
TONIGHT = "2026-11-28.dinner"
BAR = AccessRule(name="The bar is for walk-ins", to="walk_ins", areas=("bar",))
PRIVATE = AccessRule(name="The private room on request", to="request", areas=("private",))
CLUB = AccessRule(name="The chef's table", to="members", tables=("4",), tags=("club",))


def with_rules(*rules: AccessRule, **more: Any) -> House:  # noqa: ANN401
    return replace(ROOM, access=rules, **more)


def open_tables(
    house: House, channel: Channel, *tags: str, period_id: str = TONIGHT
) -> tuple[set[str], set[str]]:
    """The tables open at once, and those by request."""
    room = room_of(house)
    admitted = admitted_to(room, channel, tags, period_id)
    masks = admitted.at_once, admitted.by_request
    names = [{t.id for n, t in enumerate(room.tables) if mask >> n & 1} for mask in masks]
    return names[0], names[1]


def by(channel: Channel, size: int = 2, starts: str = "19:00", **more: Any) -> Ask:  # noqa: ANN401
    return replace(ask(size, starts), channel=channel, **more)


def told(house: House, *promises: Promise, **more: Any) -> Picture:  # noqa: ANN401
    return replace(picture(house, *promises), **more)


def answer(house: House, wish: Ask, *promises: Promise) -> Yes | No:
    return decide(told(house, *promises), wish, house, now=YESTERDAY)


def test_a_house_without_rules_pays_nothing() -> None:
    assert admitted_to(room_of(ROOM), "partner", ("club",), TONIGHT) is EVERYWHERE
    assert room_of(ROOM).admissions == {}


def test_each_kind_of_rule_opens_its_places_to_its_own() -> None:
    house = with_rules(BAR, PRIVATE, CLUB)
    assert open_tables(house, "partner") == ({"2"}, {"P"})
    assert open_tables(house, "partner", "club") == ({"2", "4"}, {"P"})
    assert open_tables(house, "partner", "Club ") == ({"2", "4"}, {"P"})  # as a person writes it
    assert open_tables(house, "walk_in") == ({"2", "s1"}, {"P"})
    for to, who in (("staff", {"phone", "walk_in"}), ("channels", {"partner"}), ("nobody", set())):
        rule = AccessRule(name="x", to=to, areas=("bar",), channels=("partner",))  # type: ignore[arg-type]
        opened = {each for each in ("phone", "walk_in", "partner", "google")
                  if "s1" in open_tables(with_rules(rule), each)[0]}  # fmt: skip
        assert opened == who


def test_the_most_special_rule_wins_and_of_equals_the_first() -> None:
    day = date(2026, 11, 28)
    rules = [
        AccessRule(name="area", to="nobody", areas=("hall",)),
        AccessRule(name="saturdays", to="staff", areas=("hall",), days=frozenset({"sat"})),
        AccessRule(name="dinner", to="walk_ins", areas=("hall",), periods=("dinner",)),
        AccessRule(name="winter", to="staff", areas=("hall",),
                   season=Season(from_day="11-01", until_day="03-31")),
        AccessRule(name="that day", to="all", areas=("hall",), from_date=day, until_date=day),
        AccessRule(name="table", to="nobody", tables=("2",)),
    ]  # fmt: skip
    hall, two = ROOM.tables[1], ROOM.tables[0]
    for kept, name in ((6, "that day"), (4, "winter"), (3, "saturdays"), (1, "area")):
        rule = rule_of(with_rules(*rules[: kept - (kept == 6)]), hall, TONIGHT)
        assert rule is not None
        assert rule.name == name
    ruled = rule_of(with_rules(*rules), two, TONIGHT)
    assert ruled is not None
    assert ruled.name == "table"
    assert rule_of(with_rules(rules[2]), hall, "2026-11-28.lunch") is None


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        ("05-01", "09-30", ["2026-05-01", "2031-09-30"], ["2026-04-30", "2026-10-01"]),
        (
            "11-15",
            "02-29",
            ["2026-12-31", "2027-01-01", "2027-02-28"],
            ["2026-11-14", "2027-03-01"],
        ),
    ],
)
def test_a_season_comes_every_year_also_over_new_year(
    first: str, last: str, inside: list[str], outside: list[str]
) -> None:
    season = Season(from_day=first, until_day=last)
    house = with_rules(AccessRule(name="x", to="nobody", areas=("bar",), season=season))
    for days, closed in ((inside, True), (outside, False)):
        for day in days:
            free = open_tables(house, "partner", period_id=f"{day}.dinner")[0]
            assert ("s1" not in free) is closed, day


def test_a_refusal_says_where_the_party_might_be() -> None:
    house = with_rules(BAR)
    no = answer(house, by("partner", needs=Needs(area="bar")))
    assert isinstance(no, No)
    assert (no.code, no.areas) == ("AREA_NOT_BOOKABLE", ("hall", "private"))
    assert "Bar" in no.detail
    assert "Hall" in no.detail
    staff = answer(house, by("phone", needs=Needs(area="bar")))
    assert isinstance(staff, No)
    assert BAR.name in staff.detail


def test_tables_by_request_are_the_last_resort_and_wait_for_a_person_online() -> None:
    house = with_rules(PRIVATE)
    full = (promise(1, 2, "19:00", "2"), promise(2, 4, "19:00", "4"), promise(3, 2, "19:00", "s1"))
    no = answer(house, by("partner"), *full)
    assert isinstance(no, No)
    assert no.code == "NO_TABLE_FITS"
    for wish in (by("partner", 6), by("partner", needs=Needs(area="private"))):
        yes = answer(house, wish, *full)
        assert isinstance(yes, Yes)
        assert yes.tables == ("P",)
        assert asks_a_person(house, dinner(house), "partner", wish)
        assert not asks_a_person(house, dinner(house), "host", wish)
    assert not asks_a_person(house, dinner(house), "partner", by("partner"))


def test_a_person_gives_named_tables_by_request_at_once_and_others_with_a_reason() -> None:
    house = with_rules(PRIVATE, BAR)
    assert isinstance(answer(house, by("phone", tables=("P",))), Yes)
    no = answer(house, by("phone", tables=("s1",)))
    assert isinstance(no, No)
    assert (no.code, no.alternatives) == ("AREA_NOT_BOOKABLE", ())  # nor at any other time
    assert isinstance(answer(house, by("phone", tables=("s1",), anywhere=True)), Yes)
    assert isinstance(answer(house, by("partner", tables=("s1",), anywhere=True)), No)


def test_the_plan_moves_a_party_only_where_it_may_be() -> None:
    house = with_rules(BAR, PRIVATE)
    online = replace(promise(1, 2, "19:00", "2"), channel="partner")
    shut = replace(told(house, online), blocks=(block("2", "18:00", "23:00"),))
    assert resettled(shut, house, now=YESTERDAY) == ({UUID(int=1): ("4",)}, set())
    both = replace(shut, promises=(*shut.promises, promise(2, 4, "19:00", "4")))
    assert resettled(both, house, now=YESTERDAY) == ({}, {UUID(int=1)})
    assert resettled(both, ROOM, now=YESTERDAY)[1] == set()


def test_who_may_have_a_place_makes_room_by_moving_only_others_who_may_move() -> None:
    house = with_rules(BAR)
    here = replace(promise(1, 2, "19:00", "2"), channel="walk_in")
    site = replace(promise(1, 2, "19:00", "2"), channel="partner")
    four = replace(promise(2, 4, "19:00", "4"), channel="partner")
    wide = replace(promise(3, 4, "19:00", "P"), channel="partner")
    yes = answer(house, by("partner"), here, four, wide)
    assert isinstance(yes, Yes)
    assert (yes.tables, yes.moved) == (("2",), {UUID(int=1): ("s1",)})
    assert isinstance(answer(house, by("partner"), site, four, wide), No)


def test_a_place_that_was_promised_before_the_rule_stays() -> None:
    house = with_rules(BAR)
    before = replace(promise(1, 2, "19:00", "s1"), channel="partner")
    assert resettled(told(house, before), house, now=YESTERDAY) == ({}, set())
    asked = replace(before, needs=Needs(area="bar"))
    assert resettled(told(house, asked), house, now=YESTERDAY) == ({}, set())
    ours = promised_options(told(house, before), house, before, now=at("19:00"))
    assert ours[0].tables == ("2",)
    assert any(each.tables == ("s1",) for each in ours)


def test_what_was_promised_before_the_rules_moves_next_door_and_not_where_one_has_to_ask() -> None:
    """Nor to what is for nobody, though the rules of today leave it no table at once."""
    private = AccessRule(name="x", to="request", tables=("4",))
    rest = AccessRule(name="y", to="nobody", tables=("2b",))
    walk_ins = AccessRule(name="z", to="walk_ins", areas=("hall", "private", "bar"))
    tables = (*ROOM.tables, table("2b", 2), table("2c", 2, least=2))
    house = replace(ROOM, tables=tables, access=(private, rest, walk_ins))
    before = replace(promise(1, 2, "19:00", "2"), channel="partner")
    shut = replace(told(house, before), blocks=(block("2", "18:00", "23:00"),))
    assert resettled(shut, house, now=YESTERDAY) == ({UUID(int=1): ("2c",)}, set())


def test_walk_ins_are_offered_what_is_theirs() -> None:
    staff = AccessRule(name="x", to="members", areas=("hall",), tags=("club",))
    offered = walk_in_options(
        told(with_rules(BAR, PRIVATE, staff)), with_rules(BAR, PRIVATE, staff), 2, Needs(),
        now=at("19:00"),
    )  # fmt: skip
    assert {each.tables for each in offered} == {("s1",)}


def test_beyond_the_room_only_the_tables_open_to_a_party_count() -> None:
    limits = Overbooking(enabled=True, cap_parties=5, cap_covers=50, ceiling=0.2)
    rules = Rules(overbooking=limits, decisions=Decisions(by_value=False))
    full = (promise(1, 2, "19:00", "2"), promise(2, 4, "19:00", "4"))
    free_bar = told(ROOM, *full, rules=rules)
    assert isinstance(decide(free_bar, by("partner"), ROOM, now=YESTERDAY), Yes)
    house = with_rules(BAR, PRIVATE)
    kept = told(house, *full, rules=rules)
    no = decide(kept, by("partner"), house, now=YESTERDAY)
    assert isinstance(no, No)
    assert no.code == "RISK_OVER_CEILING"


def requested(size: int, made: str, needs: Needs | None = None) -> Promise:
    return replace(
        promise(9, size, "19:00", needs=needs), state="requested", made_at=at(made), channel="guest"
    )


@pytest.mark.parametrize(("protect", "hours", "kept"), [
    ("none", 48, False), ("area", 48, True), ("area", 1, False), ("every", 48, True),
])  # fmt: skip
def test_an_enquiry_keeps_its_room_out_of_sale_online_as_the_house_decides(
    protect: Any,  # noqa: ANN401
    hours: int,
    kept: bool,  # noqa: FBT001
) -> None:
    house = with_rules(enquiries=EnquiryProtection(protect=protect, hours=hours))
    asking = requested(12, "12:00", Needs(area="private"))
    now = at("13:30")
    book = told(house, asking)
    private = Needs(area="private")
    assert isinstance(decide(book, by("partner", needs=private), house, now=now), No) is kept
    assert isinstance(decide(book, by("phone", needs=private), house, now=now), Yes)
    starts = dict(availability(book, by("partner"), house, now=now, why_not=False))
    yes = starts[at("19:00")]
    assert isinstance(yes, Yes)
    assert ("private" in yes.areas) is not kept


def test_an_enquiry_that_names_no_area_keeps_a_place_only_where_every_one_does() -> None:
    area = with_rules(enquiries=EnquiryProtection(protect="area"))
    every = with_rules(enquiries=EnquiryProtection(protect="every"))
    for house, taken in ((area, False), (every, True)):
        book, wish = told(house, requested(12, "12:00")), by("partner", 6)
        assert isinstance(decide(book, wish, house, now=at("13:00")), No) is taken


def test_nothing_is_sold_beyond_the_room_into_what_an_enquiry_keeps() -> None:
    limits = Overbooking(enabled=True, cap_parties=5, cap_covers=50, ceiling=0.2)
    rules = Rules(overbooking=limits, decisions=Decisions(by_value=False))
    house = with_rules(enquiries=EnquiryProtection(protect="area"))
    asking = requested(12, "12:00", Needs(area="private"))
    book = told(house, asking, rules=rules)
    wish = by("partner", 6)
    assert isinstance(decide(book, wish, house, now=at("13:00")), No)
    beyond = replace(promise(5, 6, "19:00"), kind="overbooked", channel="phone")
    after = replan(book, Changes(promises=(beyond,)), house, now=at("13:00"))
    (still,) = (each for each in apply_changes(book, after).promises if each.party_size == 6)
    assert still.kind == "overbooked"


def test_availability_tells_every_area_and_what_takes_a_request() -> None:
    house = with_rules(BAR, PRIVATE)
    book = told(house, promise(1, 2, "19:00", "2"))
    found = dict(availability(book, by("partner"), house, now=YESTERDAY, why_not=False))
    yes = found[at("19:00")]
    assert isinstance(yes, Yes)
    assert (yes.areas, yes.areas_by_request) == (("hall",), ("private",))
    plain = dict(availability(told(ROOM), by("partner"), ROOM, now=YESTERDAY, why_not=False))
    yes = plain[at("19:00")]
    assert isinstance(yes, Yes)
    assert (yes.areas, yes.areas_by_request) == (("hall", "bar", "private"), ())
    large = dict(availability(book, by("partner", 6), house, now=YESTERDAY, why_not=False))
    yes = large[at("19:00")]
    assert isinstance(yes, Yes)
    assert (yes.areas, yes.areas_by_request) == (("private",), ("private",))


def test_every_area_told_takes_the_party_when_it_is_asked_for() -> None:
    house = with_rules(BAR, PRIVATE)
    book = told(house, promise(1, 2, "19:00", "2"), promise(2, 2, "19:30", "4"))
    for starts, yes in availability(book, by("partner"), house, now=YESTERDAY, why_not=False):
        assert isinstance(yes, Yes)
        for area in (*yes.areas, *yes.areas_by_request):
            wish = replace(by("partner", needs=Needs(area=area)), starts=starts)
            assert isinstance(decide(book, wish, house, now=YESTERDAY), Yes), (starts, area)


def test_a_preference_ranks_tables_and_refuses_none() -> None:
    likes = Preferences(area="bar")
    yes = answer(ROOM, by("partner", preferences=likes))
    assert isinstance(yes, Yes)
    assert yes.tables == ("s1",)
    assert preferences_met(ROOM, likes, yes.tables) is True
    taken = answer(ROOM, by("partner", preferences=likes), promise(1, 2, "19:00", "s1", fixed=True))
    assert isinstance(taken, Yes)
    assert taken.tables == ("2",)
    assert preferences_met(ROOM, likes, taken.tables) is False
    large = answer(ROOM, by("partner", preferences=Preferences(area="private")))
    assert isinstance(large, Yes)
    assert large.tables == ("2",)  # a table for twelve is not spent on a wish


def test_a_guests_own_link_speaks_for_the_site_it_booked_by_and_never_for_staff() -> None:
    site = AccessRule(name="x", to="channels", areas=("hall", "private"), channels=("partner",))
    staff = AccessRule(name="x", to="staff", areas=("hall", "private"))
    for rule, made_by, refused in ((site, "partner", False), (site, "phone", True),
                                   (staff, "phone", True)):  # fmt: skip
        house = with_rules(rule, BAR)
        ours = replace(promise(1, 2, "19:00", "2"), channel=made_by)
        standing = Standing(reservation_id=UUID(int=1), state="booked", starts=at("19:00"),
                            ends=ours.ends, party_size=2, made_at=YESTERDAY,
                            by="guest")  # fmt: skip
        wish = by("guest", starts="20:00", made_by=made_by)
        judged = judge_change(told(house, ours), ours, standing, wish, house, now=YESTERDAY)
        assert isinstance(judged, No) is refused, (rule, made_by)


def test_a_house_that_decides_by_value_sells_nothing_beyond_what_is_open() -> None:
    rules = Rules(decisions=Decisions(by_value=True))
    house = with_rules(BAR, PRIVATE)
    full = (promise(1, 2, "19:00", "2"), promise(2, 4, "19:00", "4"))
    no = decide(told(house, *full, rules=rules), by("partner"), house, now=YESTERDAY)
    assert isinstance(no, No)


def test_the_rule_against_named_tables_is_told() -> None:
    room = room_of(with_rules(BAR, PRIVATE))
    assert rule_against(room, (2,), "phone", (), TONIGHT) == BAR
    assert rule_against(room, (2,), "walk_in", (), TONIGHT) is None
    assert rule_against(room, (3,), "phone", (), TONIGHT) is None
    assert rule_against(room, (3,), "partner", (), TONIGHT) == PRIVATE


def test_the_look_ahead_imagines_each_party_where_it_may_be() -> None:
    house = with_rules(BAR, PRIVATE)
    layout = layout_of(house)
    site = replace(promise(1, 2, "19:30"), channel="partner")
    asked = Ask(party_size=2, starts=at("19:00"), channel="walk_in")
    forecast = prior_forecast(house, dinner(house))
    seen = door_situation(told(house, site), asked, layout, forecast, free=frozenset())

    def rows(kind: int) -> list[tuple[str, ...]]:
        first, last = seen.room.kind_from[kind : kind + 2]
        seats = layout.configs[seen.room.kind_rows[first:last]]
        return [layout.room.names(tuple(row[row >= 0].tolist())) for row in seats]

    assert rows(int(seen.state.queue.kind[0])) == [("2",), ("s1",), ("4",)]
    assert rows(int(seen.state.expected.kind[0])) == [("2",), ("4",)]
    assert rows(5) == [("P",)]  # six who walk in are given the private room, if any


WRONG: list[tuple[AccessRule, tuple[str, ...]]] = [
    (AccessRule(name="x", to="all"), ("areas",)),
    (AccessRule(name="x", to="all", areas=("moon",)), ("areas",)),
    (AccessRule(name="x", to="all", tables=("99",)), ("tables",)),
    (AccessRule(name="x", to="members", areas=("bar",)), ("tags",)),
    (AccessRule(name="x", to="staff", areas=("bar",), tags=("club",)), ("tags",)),
    (AccessRule(name="x", to="channels", areas=("bar",)), ("channels",)),
    (AccessRule(name="x", to="all", areas=("bar",), channels=("phone",)), ("channels",)),
    (AccessRule(name="x", to="all", areas=("bar",), periods=("brunch",)), ("periods",)),
    (
        AccessRule(name="x", to="all", areas=("bar",), from_date=date(2027, 1, 2),
                   until_date=date(2027, 1, 1)),
        ("until_date",),
    ),
    (
        AccessRule(name="x", to="all", areas=("bar",),
                   season=Season(from_day="02-30", until_day="03-01")),
        ("season", "from_day"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "where"), WRONG, ids=lambda each: str(each)[:40])
def test_a_rule_that_contradicts_itself_is_told_by_its_place(
    rule: AccessRule, where: tuple[str, ...]
) -> None:
    (problem,) = house_problems(with_rules(rule))
    assert problem[0] == ("access", 0, *where)


def test_two_rules_that_nothing_tells_apart_are_told() -> None:
    other = replace(BAR, name="Nobody", to="nobody")
    ((path, said),) = house_problems(with_rules(BAR, other))
    assert path == ("access", 1)
    assert BAR.name in say(said)
    later = replace(other, from_date=date(2027, 1, 1))
    assert house_problems(with_rules(BAR, later)) == ()
    assert [path for path, _ in house_problems(with_rules(BAR, BAR))] == [("access", 1, "name")]


def test_an_enquiry_is_protected_for_its_hours_and_never_past_its_start() -> None:
    house = with_rules(enquiries=EnquiryProtection(protect="every", hours=3))
    asking = requested(6, "12:00")
    wish = by("partner", 12)
    house = replace(house, booking=replace(house.booking, party_max_online=12))
    for now, kept in ((at("14:59"), True), (at("15:00"), False)):
        taken = decide(told(house, asking), wish, house, now=now)
        assert isinstance(taken, No) is kept
    assert asking.starts - at("12:00") > timedelta(hours=3)
