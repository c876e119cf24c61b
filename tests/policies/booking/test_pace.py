"""The pace by channel and area: which limit binds, whom, where, and whom the plan never moves."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.book.answers import Ask, No, Yes
from policies.book.changes import Changes, apply_changes
from policies.book.picture import Picture, SlotHold
from policies.booking.engine import availability, decide
from policies.house.checks import house_problems
from policies.house.file import house_checksum, house_toml, read_house
from policies.house.house import House, PacingLimit
from policies.house.room import Needs
from policies.house.rules import Decisions, Overbooking, Rules
from policies.plan.replanning import replan
from policies.words.catalogue import say
from policies.words.message import Message
from tests.support.full_evening import (
    YESTERDAY,
    a_house,
    ask,
    at,
    block,
    book,
    picture,
    promise,
    seating,
    table,
)

if TYPE_CHECKING:
    from policies.house.channels import Channel

ONLINE = frozenset({"online"})
BAR = frozenset({"bar"})


def limit(**said: Any) -> PacingLimit:  # noqa: ANN401
    return PacingLimit(**said)


def paced(*limits: PacingLimit, hall: int = 4, bar: int = 2) -> House:
    """A hall of tables for four and a bar of tables for two, with these limits."""
    tables = [table(f"h{number}", 4) for number in range(hall)]
    house = a_house(*tables, *(table(f"b{number}", 2, "bar") for number in range(bar)))
    return replace(house, periods=(replace(house.periods[0], pacing_limits=limits),))


def by(channel: Channel, wish: Ask) -> Ask:
    return replace(wish, channel=channel)


def came(number: int, size: int, starts: str, *tables: str, by: Channel = "partner") -> Any:  # noqa: ANN401
    return replace(promise(number, size, starts, *tables), channel=by)


def answer(told: Picture, wish: Ask, house: House) -> Yes | No:
    return decide(told, wish, house, now=YESTERDAY, quick=True)


def code(told: Picture, wish: Ask, house: House) -> str:
    given = answer(told, wish, house)
    return given.code if isinstance(given, No) else "YES"


def test_sites_have_their_share_and_the_phone_books_on() -> None:
    house = paced(limit(covers=6, channels=ONLINE))
    told = picture(house, came(1, 4, "19:00", "h0"), came(2, 4, "19:10", "h1", by="phone"))
    assert code(told, by("partner", ask(2, "19:00")), house) == "YES"
    assert code(told, by("google", ask(3, "19:00")), house) == "PACING_FULL"
    assert code(told, by("guest", ask(3, "19:00")), house) == "PACING_FULL"
    assert code(told, by("google", ask(3, "19:15")), house) == "YES"
    for channel in ("phone", "desk", "walk_in"):
        assert code(told, by(channel, ask(4, "19:00")), house) == "YES"


def test_parties_are_counted_too_those_that_sit_or_are_held_included() -> None:
    house = paced(limit(parties=2, channels=frozenset({"partner"})), limit(parties=3))
    sits = replace(came(1, 2, "19:00"), state="seated")
    sat = replace(seating(9, 2, "19:02", "20:30", "h0"), reservation_id=UUID(int=1))
    told = replace(picture(house, sits, seatings=(sat,)), slot_holds=(held(),))
    assert code(told, by("partner", ask(1, "19:00")), house) == "PACING_FULL"
    assert code(told, by("phone", ask(1, "19:00")), house) == "YES"
    walked_in = seating(8, 2, "19:03", "20:30", "h1")
    fuller = replace(told, seatings=(*told.seatings, walked_in))
    assert code(fuller, by("phone", ask(1, "19:00")), house) == "PACING_FULL"


def held() -> SlotHold:
    return SlotHold(
        slot_hold_id=UUID(int=77),
        period_id="2026-11-28.dinner",
        state="held",
        party_size=1,
        starts=at("19:00"),
        ends=at("20:30"),
        expires_at=YESTERDAY + timedelta(minutes=5),
        client_id="site",
        tables=("h2",),
    )


def test_a_limit_holds_from_its_time_until_the_next_of_the_same_share() -> None:
    house = paced(
        limit(covers=2, channels=ONLINE),
        limit(covers=0, channels=ONLINE, start=time(19)),
        limit(covers=4, channels=ONLINE, start=time(20)),
        limit(parties=1, start=time(20)),
    )
    for starts, size, expected in (
        ("18:45", 2, "YES"),
        ("19:00", 1, "PACING_FULL"),
        ("19:45", 1, "PACING_FULL"),
        ("20:00", 4, "YES"),
    ):
        assert code(picture(house), by("guest", ask(size, starts)), house) == expected, starts
    told = picture(house, came(1, 2, "20:00", "h0", by="phone"))
    assert code(told, by("guest", ask(2, "20:00")), house) == "PACING_FULL"


def test_a_party_larger_than_the_share_may_start_alone() -> None:
    house = paced(limit(covers=3, channels=ONLINE))
    wish = by("partner", ask(4, "19:00"))
    assert code(picture(house, came(1, 4, "19:00", "h0", by="phone")), wish, house) == "YES"
    assert code(picture(house, came(1, 1, "19:00", "h0")), wish, house) == "PACING_FULL"


def test_who_needs_an_area_is_bound_by_its_pace_and_who_does_not_goes_elsewhere() -> None:
    house = paced(limit(parties=1, areas=BAR))
    told = picture(house, came(1, 2, "19:00", "b0"))
    there = replace(ask(2, "19:00"), needs=Needs(area="bar"))
    assert code(told, there, house) == "PACING_FULL"
    assert code(told, replace(there, starts=at("19:15")), house) == "YES"
    assert code(told, ask(2, "19:00", "b1"), house) == "PACING_FULL"
    elsewhere = answer(told, ask(2, "19:00"), house)
    assert isinstance(elsewhere, Yes)
    assert elsewhere.tables[0].startswith("h")  # a table of two stands free at the bar
    assert code(told, by("walk_in", there), house) == "YES"


def test_who_only_fits_there_is_refused_by_its_pace_and_not_overbooked() -> None:
    house = paced(limit(parties=1, areas=BAR), hall=0, bar=3)
    told = picture(house, came(1, 2, "19:00", "b0"))
    assert code(told, ask(2, "19:00"), house) == "PACING_FULL"
    full = paced(limit(parties=1, areas=BAR), hall=1)
    beyond = Overbooking(enabled=True, ceiling=1.0, cap_parties=9, cap_covers=99)
    rules = Rules(overbooking=beyond, decisions=Decisions(by_value=False))
    told = picture(full, came(1, 2, "19:00", "b0"), came(2, 4, "19:00", "h0"))
    refused = answer(replace(told, rules=rules), ask(2, "19:00"), full)
    assert isinstance(refused, No)
    assert refused.code == "PACING_FULL"
    open_at = [
        starts
        for starts, found in availability(told, ask(2, "19:00"), full, now=YESTERDAY)
        if isinstance(found, Yes)
    ]
    assert at("19:00") not in open_at
    assert at("19:15") in open_at


def test_nobody_is_moved_into_an_area_whose_pace_is_limited() -> None:
    """The hall's only table for four is taken by two, who would have room at the bar."""
    house = paced(limit(parties=1, areas=BAR), hall=1, bar=2)
    sits_there = came(1, 2, "19:00", "b0")
    told = picture(house, sits_there, came(2, 2, "19:00", "h0"))
    four = ask(4, "19:00")
    assert code(told, four, house) == "NO_TABLE_FITS"
    unlimited = paced(hall=1, bar=2)
    moved = answer(told, four, unlimited)
    assert isinstance(moved, Yes)
    assert moved.moved == {UUID(int=2): ("b1",)}


def test_a_party_that_loses_its_table_is_planned_where_the_pace_has_room_first() -> None:
    house = paced(limit(parties=1, areas=BAR), hall=2, bar=2)
    told = picture(house, came(1, 2, "19:00", "b0"), came(2, 2, "19:00", "h0"))
    broken = replace(told, blocks=(block("h0", "18:00", "23:00"),))
    after = apply_changes(broken, replan(broken, Changes(), house, now=YESTERDAY))
    assert {each.reservation_id.int: each.tables for each in after.promises} == {
        1: ("b0",),
        2: ("h1",),
    }
    none_left = replace(
        broken,
        blocks=(*broken.blocks, replace(block("h1", "18:00", "23:00"), block_id=UUID(int=2))),
    )
    after = apply_changes(none_left, replan(none_left, Changes(), house, now=YESTERDAY))
    assert after.promises[1].tables == ("b1",)  # a promise comes before the pace


def test_the_refusal_names_the_limit_in_the_language_of_the_house() -> None:
    house = paced(limit(covers=4, channels=ONLINE, areas=BAR))
    told = picture(house, came(1, 2, "19:00", "b0"))
    wish = by("partner", replace(ask(2, "19:00"), needs=Needs(area="bar")))
    assert code(told, wish, house) == "YES"
    refused = answer(picture(house, *told.promises, came(2, 1, "19:00", "b1")), wish, house)
    assert isinstance(refused, No)
    assert isinstance(refused.said, Message)
    assert say(refused.said, "en") == (
        "Around 19:00 we take at most 4 guests (online, Bar); 3 already booked. Offer another time."
    )
    assert say(refused.said, "ru") == (
        "Около 19:00 мы принимаем не больше 4 гостей (онлайн, Bar), уже записано: 3."
        " Предложите другое время."
    )


@pytest.mark.parametrize(
    ("limits", "path", "said"),
    [
        ([limit(channels=ONLINE)], (0,), "Expected covers, parties or both"),
        ([limit(covers=1, start=time(19, 2))], (0, "start"), "steps of 5 minutes"),
        ([limit(covers=1, start=time(23))], (0, "start"), "Expected a time from 17:00 to 22:00"),
        ([limit(covers=1), limit(parties=3, start=time(17))], (1,), "Entry 1 of this list"),
        ([limit(covers=1, areas=frozenset({"moon"}))], (0, "areas"), "This house has no area moon"),
    ],
)
def test_limits_that_say_nothing_or_contradict_themselves_are_told_with_their_place(
    limits: list[PacingLimit], path: tuple[object, ...], said: str
) -> None:
    ((where, sentence),) = house_problems(paced(*limits))
    assert where == ("periods", 0, "pacing_limits", *path)
    assert said in say(sentence)


def test_a_house_file_keeps_the_limits_and_one_without_them_its_checksum() -> None:
    house = paced(limit(covers=12, channels=ONLINE), limit(parties=2, areas=BAR, start=time(20)))
    written = house_toml(house)
    assert '{ parties = 2, areas = ["bar"], start = "20:00" }' in written
    assert read_house(written) == house
    assert house_checksum(house) != house_checksum(paced())


WISH = st.tuples(
    st.integers(1, 4),
    st.sampled_from(["19:00", "19:15", "19:30"]),
    st.sampled_from([None, None, "bar", "hall"]),
    st.sampled_from(["partner", "google", "phone"]),
)
LIMITS = (
    limit(parties=2, areas=BAR),
    limit(covers=5, channels=ONLINE),
    limit(covers=4, areas=frozenset({"hall"}), channels=frozenset({"partner"})),
    limit(parties=3, start=time(19, 15)),
)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(WISH, min_size=4, max_size=10), st.sets(st.sampled_from(LIMITS), min_size=1))
def test_whatever_is_booked_no_limit_is_ever_passed(
    wishes: list[tuple[int, str, str | None, Channel]], limits: set[PacingLimit]
) -> None:
    house = paced(*limits, hall=3, bar=3)
    told = picture(house)
    for number, (size, starts, area, channel) in enumerate(wishes, start=1):
        wish = by(channel, ask(size, starts, needs=Needs(area=area)))
        told, _ = book(told, wish, house, number)
        *others, last = told.promises or (promise(0, 1, "17:00"),)
        if last.reservation_id.int == number:
            told = replace(told, promises=(*others, replace(last, channel=channel)))
        for each in limits:
            assert_kept(each, told)


def assert_kept(limit: PacingLimit, told: Picture) -> None:
    """Counted anew: the parties of its channels at tables of its areas."""
    online = {"partner", "google"} if "online" in limit.channels else set(limit.channels)
    quarters: dict[object, list[int]] = {}
    for each in told.promises:
        area = "bar" if each.tables[0].startswith("b") else "hall"
        of_it = not limit.channels or each.channel in online
        if of_it and (not limit.areas or area in limit.areas):
            quarters.setdefault(each.starts, []).append(each.party_size)
    for starts, sizes in quarters.items():
        if limit.start is None or starts >= at("19:15"):  # type: ignore[operator]
            assert limit.covers is None or sum(sizes) <= limit.covers or len(sizes) == 1
            assert limit.parties is None or len(sizes) <= limit.parties
