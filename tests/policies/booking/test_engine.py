"""The rules of booking, each by its code, and the other times a refusal offers."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.book.answers import Ask, No, Yes
from policies.book.picture import Picture, Promise, SlotHold
from policies.booking.engine import availability, decide
from policies.booking.party_rules import covers_allowed
from policies.house.calendar import periods_on
from policies.house.channels import Channel
from policies.house.house import BookingLimits, House, HouseRules, PacingChange, TurnTime
from policies.house.room import Needs
from policies.house.rules import Decisions, Overbooking, Rules
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

HOUSE = a_house(table("two", 2), table("four", 4, "hall", "step_free"), table("stool", 1, "bar"))
STAFF: tuple[Channel, ...] = ("phone", "desk", "walk_in", "waitlist")
ONLINE: tuple[Channel, ...] = ("partner", "google", "guest")


def code(told: Picture, wish: Ask, house: House = HOUSE, **named: Any) -> str:  # noqa: ANN401
    named.setdefault("now", YESTERDAY)
    answer = decide(told, wish, house, **named)
    if isinstance(answer, No):
        assert answer.detail.endswith(".")
        return answer.code
    return "YES"


def by(channel: Channel, wish: Ask) -> Ask:
    return replace(wish, channel=channel)


def levers(**pulled: Any) -> Picture:  # noqa: ANN401
    told = picture(HOUSE)
    return replace(told, period=replace(told.period, **pulled))


@pytest.mark.parametrize("starts", ["16:55", "22:05"])
@pytest.mark.parametrize("channel", [*STAFF, *ONLINE])
def test_outside_the_hours_the_house_is_closed(starts: str, channel: Channel) -> None:
    assert code(picture(HOUSE), by(channel, ask(2, starts))) == "CLOSED"


def test_the_first_and_the_last_start_are_open() -> None:
    assert code(picture(HOUSE), ask(2, "17:00")) == "YES"
    assert code(picture(HOUSE), ask(2, "22:00")) == "YES"


def test_levers_close_the_house_from_their_time_on() -> None:
    assert code(levers(closed_at=YESTERDAY), ask(2, "19:00")) == "CLOSED"
    assert code(levers(seating_stopped=True), ask(2, "19:00")) == "CLOSED"
    for lever in ("last_orders_at", "closes_early_at"):
        told = levers(**{lever: at("20:00")})
        assert code(told, ask(2, "19:45")) == "YES"
        assert code(told, ask(2, "20:00")) == "CLOSED"


def test_the_past_is_out_of_the_window_with_a_grace_for_staff() -> None:
    told, wish = picture(HOUSE), ask(2, "19:00")
    assert code(told, wish, now=at("19:15")) == "YES"
    assert code(told, wish, now=at("19:16")) == "OUTSIDE_BOOKING_WINDOW"
    assert code(told, by("google", wish), now=at("19:00")) == "YES"
    assert code(told, by("google", wish), now=at("19:01")) == "OUTSIDE_BOOKING_WINDOW"


def test_online_bookings_open_so_many_days_ahead_and_staff_book_any_date() -> None:
    far = YESTERDAY - timedelta(days=60)
    wish = ask(2, "19:00")
    assert code(picture(HOUSE), by("google", wish), now=far) == "OUTSIDE_BOOKING_WINDOW"
    assert code(picture(HOUSE), by("google", wish), now=far + timedelta(days=1)) == "YES"
    assert code(picture(HOUSE), wish, now=far) == "YES"


def test_online_bookings_need_notice() -> None:
    house = replace(HOUSE, booking=BookingLimits(min_notice_minutes=60))
    wish = by("partner", ask(2, "19:00"))
    assert code(picture(house), wish, house, now=at("18:00")) == "YES"
    assert code(picture(house), wish, house, now=at("18:01")) == "OUTSIDE_BOOKING_WINDOW"
    assert code(picture(house), ask(2, "19:00"), house, now=at("18:59")) == "YES"


def test_online_bookings_keep_to_the_slots() -> None:
    answer = decide(picture(HOUSE), by("google", ask(2, "19:05")), HOUSE, now=YESTERDAY)
    assert isinstance(answer, No)
    assert answer.code == "OUTSIDE_BOOKING_WINDOW"
    assert "every 15 minutes" in answer.detail
    assert code(picture(HOUSE), ask(2, "19:05")) == "YES"


def test_party_sizes_are_bound_by_channel_and_room() -> None:
    house = a_house(table("a", 8), table("b", 2))
    told = picture(house)
    assert code(told, ask(0, "19:00"), house) == "PARTY_SIZE_NOT_ALLOWED"
    assert code(told, ask(8, "19:00"), house) == "YES"
    assert code(told, by("google", ask(7, "19:00")), house) == "PARTY_SIZE_NOT_ALLOWED"
    refused = decide(told, ask(10_000, "19:00"), house, now=YESTERDAY)
    assert isinstance(refused, No)
    assert refused.code == "PARTY_SIZE_NOT_ALLOWED"
    assert "largest table or join seats 8" in refused.detail
    online = decide(told, by("google", ask(7, "19:00")), house, now=YESTERDAY)
    assert isinstance(online, No)
    assert "enquiry" in online.detail


def test_online_booking_can_be_paused() -> None:
    told = levers(online_paused=True)
    assert {code(told, by(channel, ask(2, "19:00"))) for channel in ONLINE} == {"PAUSED"}
    assert {code(told, by(channel, ask(2, "19:00"))) for channel in STAFF} == {"YES"}


def test_house_rules_in_force_must_be_acknowledged() -> None:
    house = replace(HOUSE, house_rules=HouseRules(version=3, rules=()))
    wish = by("partner", ask(2, "19:00"))
    assert code(picture(house), wish, house) == "HOUSE_RULES_NOT_ACCEPTED"
    old, current = (replace(wish, accepted_house_rules=version) for version in (2, 3))
    assert code(picture(house), old, house) == "HOUSE_RULES_NOT_ACCEPTED"
    assert code(picture(house), current, house) == "YES"
    assert code(picture(house), by("google", wish), house) == "YES"


def test_a_guest_cannot_be_in_two_places_at_once() -> None:
    guest = UUID(int=77)
    mine = replace(promise(1, 2, "19:00", "two"), guest_id=guest)
    told = picture(HOUSE, mine)
    wish = replace(ask(2, "20:15"), guest_id=guest)
    refused = decide(told, wish, HOUSE, now=YESTERDAY)
    assert isinstance(refused, No)
    assert (refused.code, refused.alternatives) == ("DUPLICATE", ())
    assert code(told, replace(wish, starts=at("20:30"))) == "YES"
    assert code(told, replace(wish, guest_id=UUID(int=78))) == "YES"
    assert code(told, wish, without=UUID(int=1)) == "YES"
    gone = picture(HOUSE, replace(mine, state="no_show"))
    assert code(gone, wish) == "YES"


def test_one_phone_may_book_for_two_people_at_once() -> None:
    phone = UUID(int=77)
    first = replace(promise(1, 2, "19:00", "two"), guest_id=phone, name="Ada Lovelace")
    told, wish = picture(HOUSE, first), replace(ask(2, "19:15"), guest_id=phone)
    assert code(told, replace(wish, guest_name="Alan Turing")) == "YES"
    assert code(told, replace(wish, guest_name="ada LOVELACE")) == "DUPLICATE"
    assert code(told, wish) == "DUPLICATE"


def test_a_second_table_once_allowed_may_be_changed() -> None:
    guest = UUID(int=77)
    first = replace(promise(1, 2, "19:00", "two"), guest_id=guest)
    second = replace(promise(2, 2, "19:00", "four"), guest_id=guest, duplicate_allowed=True)
    wish = replace(ask(2, "19:15"), guest_id=guest)
    told = picture(HOUSE, first, second)
    assert code(told, wish, without=UUID(int=1)) == "DUPLICATE"
    assert code(told, wish, without=UUID(int=2)) == "YES"


def test_a_guest_has_only_so_many_bookings() -> None:
    wish = ask(2, "19:00")
    assert code(picture(HOUSE), wish, guest_bookings=3) == "YES"
    assert code(picture(HOUSE), wish, guest_bookings=4) == "GUEST_LIMIT"


def paced(first: int, *changes: PacingChange) -> House:
    wide = a_house(*(table(f"t{number}", 4) for number in range(9)))
    return replace(wide, periods=(replace(wide.periods[0], pacing=first, pacing_changes=changes),))


def test_pacing_counts_the_covers_starting_in_one_quarter() -> None:
    house = paced(6)
    told = picture(house, promise(1, 4, "19:10", "t0"))
    assert code(told, ask(2, "19:00"), house) == "YES"
    assert code(told, ask(3, "19:00"), house) == "PACING_FULL"
    assert code(told, ask(3, "19:14"), house) == "PACING_FULL"
    assert code(told, ask(3, "19:15"), house) == "YES"
    assert code(told, ask(3, "18:59"), house) == "YES"
    assert code(told, by("walk_in", ask(3, "19:00")), house) == "YES"


def test_a_party_larger_than_the_pacing_is_welcome_alone_in_its_quarter() -> None:
    house = paced(3)
    assert code(picture(house), ask(4, "19:00"), house) == "YES"
    for earlier in (promise(1, 1, "19:10", "t0"), promise(1, 4, "19:00", "t0")):
        told = picture(house, earlier)
        assert code(told, ask(4, "19:00"), house) == "PACING_FULL"
        assert code(told, ask(4, "19:15"), house) == "YES"
    lone = picture(house, promise(1, 4, "19:00", "t0"))
    assert code(lone, ask(1, "19:00"), house) == "PACING_FULL"
    started = replace(picture(house), started=((at("19:05"), 1),))
    assert code(started, ask(4, "19:00"), house) == "PACING_FULL"


def test_where_nobody_may_start_no_party_is_large_enough() -> None:
    house = paced(6, PacingChange(start=time(19), covers=0))
    answer = decide(picture(house), ask(4, "19:00"), house, now=YESTERDAY)
    assert isinstance(answer, No)
    assert answer.code == "PACING_FULL"
    assert "0 guests" not in answer.detail


def test_pacing_counts_parties_seated_and_slot_holds_but_not_requests() -> None:
    house = paced(6)
    wish = ask(3, "19:00")
    started = replace(picture(house), started=((at("19:05"), 4),))
    assert code(started, wish, house) == "PACING_FULL"
    asked = picture(house, replace(promise(1, 4, "19:00", "t0"), state="requested"))
    assert code(asked, wish, house) == "YES"
    hold = a_hold(4, Needs())
    held = replace(picture(house), slot_holds=(hold,))
    assert code(held, wish, house) == "PACING_FULL"
    assert code(held, wish, house, now=hold.expires_at) == "YES"
    assert code(held, wish, house, slot_hold=hold.slot_hold_id) == "YES"


def a_hold(size: int, needs: Needs) -> SlotHold:
    return SlotHold(
        slot_hold_id=UUID(int=9),
        period_id="2026-11-28.dinner",
        state="held",
        party_size=size,
        starts=at("19:00"),
        ends=at("20:30"),
        expires_at=YESTERDAY + timedelta(minutes=5),
        client_id="site",
        needs=needs,
    )


def test_pacing_changes_with_the_wall_clock() -> None:
    house = paced(2, PacingChange(start=time(20), covers=4), PacingChange(start=time(19), covers=0))
    told = picture(house)
    assert code(told, ask(2, "18:45"), house) == "YES"
    assert code(told, ask(1, "19:45"), house) == "PACING_FULL"
    assert code(told, ask(4, "20:00"), house) == "YES"


def test_a_pacing_change_holds_through_an_hour_that_comes_again() -> None:
    """In the night to 25 October clocks go back from 03:00 (01:00 UTC) to 02:00."""
    house = paced(9, PacingChange(start=time(2, 30), covers=1))
    night = replace(house.periods[0], opens=time(23), last_seating=time(4), closes=time(5))
    house = replace(house, periods=(night,))
    told = Picture(period=periods_on(house, date(2026, 10, 24))[0])
    quarters = [
        datetime(2026, 10, 25, 0, 15, tzinfo=UTC) + n * timedelta(minutes=15) for n in range(6)
    ]
    assert [covers_allowed(told, house, each) for each in quarters] == [9, 1, 1, 1, 1, 1]


def test_a_stop_for_a_while_refuses_until_its_end_and_says_when_that_is() -> None:
    told = levers(seating_stopped=True, seating_stopped_until=at("20:00"))
    answer = decide(told, ask(2, "19:00"), HOUSE, now=at("12:00"))
    assert isinstance(answer, No)
    assert answer.detail == "We have stopped seating until 20:00."
    assert code(told, ask(2, "20:00")) == "YES"


def test_the_levers_pace_only_lowers_what_the_house_file_says() -> None:
    house = paced(6, PacingChange(start=time(20), covers=2))
    told = picture(house, promise(1, 2, "19:00", "t0"))
    lowered = replace(told, period=replace(told.period, pacing_covers=4))
    assert code(told, ask(4, "19:00"), house) == "YES"
    assert code(lowered, ask(2, "19:00"), house) == "YES"
    assert code(lowered, ask(3, "19:00"), house) == "PACING_FULL"
    assert [covers_allowed(lowered, house, at(clock)) for clock in ("19:00", "20:00")] == [4, 2]
    hour = replace(lowered.period, pacing_covers_until=at("19:30"), pacing_covers_then=5)
    hour_told = replace(told, period=hour)
    clocks = ("19:00", "19:30", "20:00")
    assert [covers_allowed(hour_told, house, at(clock)) for clock in clocks] == [4, 5, 2]
    stopped = replace(told, period=replace(told.period, pacing_covers=0))
    assert code(stopped, ask(1, "19:30"), house) == "PACING_FULL"
    assert code(stopped, by("walk_in", ask(1, "19:30")), house) == "YES"


def test_needs_no_table_has_are_told() -> None:
    told = picture(HOUSE)
    assert code(told, ask(2, "19:00", needs=Needs(quiet=True))) == "NEEDS_NOT_MET"
    assert code(told, ask(2, "19:00", needs=Needs(area="bar"))) == "NEEDS_NOT_MET"
    assert code(told, ask(1, "19:00", needs=Needs(area="bar"))) == "YES"
    answer = decide(told, ask(2, "19:00", needs=Needs(step_free=True)), HOUSE, now=YESTERDAY)
    assert isinstance(answer, Yes)
    assert answer.tables == ("four",)


def test_high_chairs_are_counted_over_time() -> None:
    house = a_house(*(table(f"t{number}", 4) for number in range(5)))
    one, two = Needs(high_chairs=1), Needs(high_chairs=2)
    told = picture(
        house,
        promise(1, 4, "17:30", "t0", needs=one),
        promise(2, 4, "19:00", "t1", needs=one),
    )
    assert code(told, ask(4, "18:00", needs=one), house) == "YES"
    assert code(told, ask(4, "19:00", needs=two), house) == "NEEDS_NOT_MET"
    assert code(told, ask(4, "20:30", needs=two), house) == "YES"
    assert code(picture(house), ask(4, "19:00", needs=Needs(high_chairs=3)), house) == (
        "NEEDS_NOT_MET"
    )
    held = replace(picture(house), slot_holds=(a_hold(2, two),))
    assert code(held, ask(4, "20:00", needs=one), house) == "NEEDS_NOT_MET"


def test_a_full_room_a_short_turn_and_a_block_are_told_apart() -> None:
    house = a_house(table("a", 2))
    full = picture(house, promise(1, 2, "18:30", "a"))
    assert code(full, ask(2, "19:00"), house) == "NO_TABLE_FITS"
    soon = picture(house, promise(1, 2, "20:00", "a"))
    answer = decide(soon, ask(2, "19:00"), house, now=YESTERDAY)
    assert isinstance(answer, No)
    assert answer.code == "TURN_TOO_SHORT"
    assert "20:00" in answer.detail
    assert code(soon, ask(2, "19:45"), house) == "NO_TABLE_FITS"
    broken = replace(picture(house), blocks=(block("a", "18:00", "19:30"),))
    assert code(broken, ask(2, "19:00"), house) == "BLOCKED"
    both = replace(full, blocks=broken.blocks)
    assert code(both, ask(2, "19:00"), house) == "NO_TABLE_FITS"
    lifted = replace(broken.blocks[0], lifted_at=YESTERDAY)
    assert code(replace(broken, blocks=(lifted,)), ask(2, "19:00"), house) == "YES"


def test_tables_named_by_staff_must_exist_suffice_and_suit() -> None:
    told = picture(HOUSE)
    assert code(told, ask(2, "19:00", "nowhere")) == "NO_TABLE_FITS"
    assert code(told, ask(3, "19:00", "two")) == "NO_TABLE_FITS"
    assert code(told, ask(2, "19:00", "two", needs=Needs(step_free=True))) == "NEEDS_NOT_MET"
    assert code(told, ask(7, "19:00", "two", "four")) == "NO_TABLE_FITS"
    assert code(told, ask(5, "19:00", "two", "four")) == "YES"
    assert code(told, ask(5, "19:00")) == "PARTY_SIZE_NOT_ALLOWED"
    assert code(told, ask(4, "19:00", "two", "stool", "four")) == "YES"


def test_the_alternatives_are_the_nearest_and_are_accepted_when_asked() -> None:
    house = a_house(table("a", 2), table("b", 2))
    told = picture(house, promise(1, 2, "19:00", "a"), promise(2, 2, "18:45", "b"))
    answer = decide(told, ask(2, "19:15"), house, now=YESTERDAY)
    assert isinstance(answer, No)
    assert answer.alternatives == (at("20:15"), at("20:30"), at("20:45"))
    for starts in answer.alternatives:
        assert code(told, replace(ask(2, "19:15"), starts=starts), house) == "YES"
    assert decide(told, ask(2, "19:15"), house, now=YESTERDAY, quick=True) == replace(
        answer, alternatives=()
    )


def test_of_two_equally_near_alternatives_the_earlier_comes_first() -> None:
    told = picture(paced(2), promise(1, 2, "19:00", "t0"))
    answer = decide(told, ask(2, "19:00"), paced(2), now=YESTERDAY)
    assert isinstance(answer, No)
    assert answer.alternatives == (at("18:45"), at("19:15"), at("18:30"))


def test_availability_answers_every_slot_as_decide_does() -> None:
    house = a_house(table("a", 2), table("b", 4), joins=[(("a", "b"), 6)])
    told = picture(house, seatings=(seating(5, 2, "17:00", "18:30", "a"),))
    for number, (size, clock) in enumerate([(2, "19:00"), (4, "19:30"), (2, "21:00")]):
        told, _ = book(told, ask(size, clock), house, number + 1)
    kinds = set()
    for size in (2, 4, 6):
        slots = availability(told, ask(size, "17:00"), house, now=at("17:10"))
        assert [starts for starts, _ in slots] == [
            at("17:00") + timedelta(minutes=15 * step) for step in range(21)
        ]
        for starts, answer in slots:
            wish = replace(ask(size, "17:00"), starts=starts)
            alone = decide(told, wish, house, now=at("17:10"), quick=True)
            if isinstance(answer, Yes) and isinstance(alone, Yes):
                assert answer.areas == ("hall",)
                alone = replace(alone, areas=answer.areas)
            assert alone == answer
            kinds.add(type(answer))
    assert kinds == {Yes, No}


def test_an_area_is_told_where_it_is_free_for_its_own_turn_time() -> None:
    """A party that then asks for it is accepted, whichever area it is."""

    def told_at_six(minutes: int, *booked: Promise) -> tuple[str, ...]:
        bar = TurnTime(party_max=4, minutes=minutes, areas=frozenset({"bar"}))
        house = a_house(table("a", 2), table("b", 2, "bar"))
        house = replace(house, turn_times=(*house.turn_times, bar))
        told, wish = picture(house, *booked), ask(2, "18:00")
        (answer,) = (
            found
            for starts, found in availability(told, wish, house, now=YESTERDAY)
            if starts == at("18:00")
        )
        assert isinstance(answer, Yes)
        for area in answer.areas:
            there = replace(wish, needs=Needs(area=area))
            assert isinstance(decide(told, there, house, now=YESTERDAY, quick=True), Yes)
        return answer.areas

    early, late = (promise(1, 2, when, "b", fixed=True) for when in ("19:00", "20:00"))
    assert told_at_six(150, late) == ("hall",)
    assert told_at_six(150, late, promise(2, 2, "18:00", "a", fixed=True)) == ()
    assert told_at_six(60, early) == ("hall", "bar")


def test_beyond_the_room_only_an_area_is_told_that_would_be_accepted_when_asked_for() -> None:
    """A table of two areas comes free more likely than one of the only table of an area."""
    house = a_house(table("a", 2), table("b", 2, "bar"))
    hall, bar = (Needs(area=area) for area in ("hall", "bar"))
    inside = promise(1, 2, "18:00", "a", needs=hall)
    full = picture(house, inside, promise(2, 2, "18:00", "b", needs=bar))
    wish = ask(2, "18:00")

    def found(ceiling: float, area: str | None = None) -> Yes | No:
        rule = Overbooking(enabled=True, cap_parties=5, cap_covers=50, ceiling=ceiling)
        told = replace(full, rules=Rules(overbooking=rule, decisions=Decisions(by_value=False)))
        there = replace(wish, needs=Needs(area=area))
        slots = dict(availability(told, there, house, now=YESTERDAY))
        return slots[at("18:00")]

    anywhere, there = found(1.0), found(1.0, "hall")
    assert isinstance(anywhere, Yes)
    assert isinstance(there, Yes)
    assert anywhere.areas == ("hall",)
    assert anywhere.risk is not None
    assert there.risk is not None
    between = (anywhere.risk.probability + there.risk.probability) / 2
    careful = found(between)
    assert isinstance(careful, Yes)
    assert (careful.areas, type(found(between, "hall"))) == ((), No)
