"""Advice at the door: it follows from the numbers, and the numbers from the evening ahead."""

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.picture import HeldTable, Picture, WaitEntry
from policies.door.option import Option
from policies.door.options import walk_in_options
from policies.door.wait_band import WaitAsked, WaitBand
from policies.forecast.miss_odds import MissOdds
from policies.forecast.prior import prior_forecast
from policies.house.house import House
from policies.house.room import Needs
from policies.house.rules import Decisions, Overbooking, Rules
from policies.lookahead.advice import (
    DoorAdvice,
    ThreatenedParty,
    advise,
    payoffs_of,
)
from policies.lookahead.quotes import QuoteModel, SimulatedWait, first_model
from policies.lookahead.state import DEFAULT_PAYOFFS
from policies.lookahead.waits import Belief, quoted_wait
from policies.lookahead.words import reason_of
from policies.warm import warm_door
from policies.words.catalogue import say
from tests.support.full_evening import a_house, at, block, picture, promise, seating, table

NOW = at("19:00")
RULES = Rules(decisions=Decisions(by_value=True))


class Advised(Struct):
    """What is advised, and the wait that is told with it."""

    options: tuple[Option, ...]
    advice: DoorAdvice | None
    band: WaitBand
    simulated: SimulatedWait


def advised(
    told: Picture,
    house: House,
    size: int,
    needs: Needs | None = None,
    *,
    walk_ins: float = 0.0,
    sizes: tuple[float, ...] = (0.0, 1.0),
    model: QuoteModel | None = None,
    missed: MissOdds | None = None,
) -> Advised:
    """What is advised where nobody is expected beside the promised, unless said."""
    told = replace(told, rules=RULES) if told.rules == Rules() else told
    forecast = prior_forecast(house, told.period)
    forecast = replace(forecast, walk_ins=walk_ins, walk_in_sizes=sizes, missed=missed)
    needs = needs or Needs()
    belief = Belief(forecast, model or first_model())
    quoted = quoted_wait(told, house, belief, WaitAsked(size, needs), now=NOW)
    assert quoted is not None
    assert quoted.simulated is not None
    offered = walk_in_options(told, house, size, needs, now=NOW)
    ask = Ask(party_size=size, starts=NOW, channel="walk_in", needs=needs)
    found = advise(told, house, forecast, quoted.band, offered, ask=ask)
    there = {(each.kind, each.tables, each.held_id) for each in found.options}
    assert {(each.kind, each.tables, each.held_id) for each in offered} <= there
    return Advised(found.options, found.advice, quoted.band, quoted.simulated)


def tight() -> tuple[House, Picture]:
    """Free is the six alone; six guests are promised it in half an hour, a two clears soon."""
    house = a_house(table("two", 2), table("six", 6))
    six = promise(1, 6, "19:30", "six", minutes=120)
    return house, picture(house, six, seatings=(seating(9, 2, "17:30", "19:10", "two"),))


def test_an_empty_house_advises_the_smallest_table_that_fits() -> None:
    house = a_house(table("six", 6), table("four", 4), table("two", 2))
    found = advised(picture(house), house, 2)
    assert [each.tables for each in found.options] == [("two",), ("four",), ("six",)]
    assert [each.advised for each in found.options] == [True, False, False]
    assert found.advice == DoorAdvice(tables=("two",), gain=0, instead=("four",))


def test_a_house_that_has_learned_who_misses_a_booking_advises_by_it() -> None:
    house, told = tight()
    made = replace(told.promises[0], made_at=NOW - timedelta(days=3), channel="partner")
    told = replace(told, promises=(made,))
    never, always = (
        MissOdds(
            level=level, lead=0.0, soon=0.0, sizes=(0.0,), hour=0.0, hour_squared=0.0,
            channels={"partner": 0.5},
        )
        for level in (-20.0, 20.0)
    )  # fmt: skip
    waits, sits = (advised(told, house, 2, missed=odds).options[0] for odds in (never, always))
    assert (waits.kind, sits.tables) == ("wait", ("six",))


def test_a_table_larger_parties_are_expected_for_is_worth_less() -> None:
    house = a_house(table("four", 4), table("two", 2, "bar"))
    told = picture(house)
    assert [each.worth for each in advised(told, house, 2).options] == [0, 0]
    two, four = advised(told, house, 2, walk_ins=40.0, sizes=(0.0, 0.0, 0.0, 1.0)).options
    assert (two.tables, two.advised, four.tables) == (("two",), True, ("four",))
    assert four.worth is not None
    assert four.worth < 0


def test_a_walk_in_waits_when_seating_it_would_cost_a_promised_party_its_table() -> None:
    house, told = tight()
    found = advised(told, house, 2)
    first, second = found.options
    assert (first.kind, first.tables, first.advised, first.worth) == ("wait", ("two",), True, 0)
    assert (second.tables, second.advised) == (("six",), False)
    assert second.worth is not None
    assert second.worth < 0
    advice = found.advice
    assert advice is not None
    assert (advice.tables, advice.gain, advice.instead) == (("two",), -second.worth, ("six",))
    told_it = (found.band.likely, found.band.latest)
    assert (advice.wait_likely, advice.wait_minutes) == told_it
    assert (first.wait_likely, first.wait_minutes) == told_it
    assert advice.threatened is not None
    assert (advice.threatened.party_size, advice.threatened.starts) == (6, at("19:30"))


@pytest.mark.parametrize("behind", [0, 1, 3])
def test_the_guests_named_are_those_harmed_however_many_stand_behind(behind: int) -> None:
    house, told = tight()
    offered = walk_in_options(told, house, 2, Needs(), now=NOW)
    soon = promise(1, 6, "19:15", "six", minutes=120)
    asking = replace(promise(2, 2, "19:00", "two"), state="arrived", arrived_at=at("18:50"))
    others = tuple(
        WaitEntry(
            wait_id=UUID(int=10 + number),
            period_id=told.period.period_id,
            state="waiting",
            party_size=2,
            joined_at=at("18:55"),
        )
        for number in range(behind)
    )
    dear = Rules(decisions=Decisions(by_value=True, walked_cost=1_000_000, caution=100.0))
    told = replace(told, promises=(soon, asking), waiting=others, rules=dear)
    forecast = replace(prior_forecast(house, told.period), walk_ins=0.0)
    ask = Ask(party_size=2, starts=NOW, channel="walk_in")
    known = asking.reservation_id
    band = WaitBand(15, 20)
    found = advise(told, house, forecast, band, offered, ask=ask, promise=known)
    assert found.advice is not None
    assert found.advice.threatened is not None
    named = found.advice.threatened
    assert (named.party_size, named.starts) == (6, at("19:15"))


def test_a_promised_party_behind_can_be_the_one_harmed() -> None:
    house = a_house(table("two", 2), table("six", 6))
    told = picture(house, seatings=(seating(9, 2, "17:30", "19:10", "two"),))
    offered = walk_in_options(told, house, 2, Needs(), now=NOW)
    asking = replace(promise(2, 2, "19:00"), state="arrived", arrived_at=at("18:50"))
    six = replace(promise(1, 6, "19:00", "six"), state="arrived", arrived_at=at("18:58"))
    told = replace(told, promises=(asking, six), rules=RULES)
    forecast = replace(prior_forecast(house, told.period), walk_ins=0.0)
    ask = Ask(party_size=2, starts=NOW, channel="walk_in")
    known = asking.reservation_id
    band = WaitBand(15, 20)
    found = advise(told, house, forecast, band, offered, ask=ask, promise=known)
    assert found.advice is not None
    assert found.advice.threatened is not None
    named = found.advice.threatened
    assert (named.party_size, named.starts) == (6, at("19:00"))


def test_the_same_table_is_given_when_the_promise_is_far_off() -> None:
    house, told = tight()
    far = replace(told, promises=(promise(1, 6, "22:00", "six", minutes=120),))
    found = advised(far, house, 2)
    assert found.advice is not None
    assert (found.advice.tables, found.advice.wait_minutes) == (("six",), None)


def test_a_wait_nobody_offered_joins_the_options_when_it_is_worth_most() -> None:
    small = [f"two{number}" for number in range(4)]
    house = a_house(*(table(name, 2) for name in small), table("six", 6))
    sits = tuple(seating(9 + n, 2, "17:00", "20:55", name) for n, name in enumerate(small))
    six = promise(1, 6, "20:30", "six", minutes=120)
    told = picture(house, six, seatings=sits)
    plain = walk_in_options(told, house, 2, Needs(), now=NOW)
    assert [each.kind for each in plain] == ["table"]
    rules = Rules(decisions=Decisions(by_value=True, walked_cost=1_000_000, caution=100.0))
    found = advised(replace(told, rules=rules), house, 2)
    assert [each.kind for each in found.options] == ["wait", "table"]
    assert found.options[0].advised
    assert found.options[0].ready_at == NOW + timedelta(minutes=found.band.likely)


def test_the_managers_money_decides() -> None:
    house, told = tight()
    careless = Decisions(by_value=True, walked_cost=0, late_cost=0, caution=0.0, cover_value=5000)
    near, far = (
        advised(told, house, 2),
        advised(replace(told, rules=Rules(decisions=careless)), house, 2),
    )
    assert near.advice is not None
    assert far.advice is not None
    assert near.advice.gain > far.advice.gain


def test_worth_is_told_in_the_venues_money() -> None:
    house, told = tight()
    dear = Decisions(by_value=True, cover_value=10_000, walked_cost=20_000, late_cost=2000)
    once, twice = (
        advised(told, house, 2),
        advised(replace(told, rules=Rules(decisions=dear)), house, 2),
    )
    assert once.advice is not None
    assert twice.advice is not None
    assert twice.advice.gain == pytest.approx(2 * once.advice.gain, abs=1)


def test_the_usual_rules_are_what_the_look_ahead_was_tuned_to() -> None:
    assert payoffs_of(RULES) == DEFAULT_PAYOFFS
    slow = Rules(overbooking=Overbooking(tolerance_minutes=30))
    assert payoffs_of(slow).tolerance == 6


def test_a_held_table_is_offered_but_never_advised_nor_weighed() -> None:
    house = a_house(table("a", 2))
    held = HeldTable(
        held_id=promise(7, 2, "19:00").reservation_id,
        period_id="2026-11-28.dinner",
        window="peak",
        state="held",
        seats=2,
        starts=at("18:00"),
        ends=at("23:00"),
        release_at=at("22:00"),
        rung=0,
        tables=("a",),
    )
    found = advised(replace(picture(house), held=(held,)), house, 2)
    (given,) = [each for each in found.options if each.held_id]
    assert (given.worth, given.advised) == (None, False)
    assert found.band.latest >= 90


def test_a_blocked_table_is_nobodys_until_it_is_not() -> None:
    house = a_house(table("a", 2), table("b", 2))
    told = picture(house, seatings=(seating(9, 2, "18:55", "20:25", "b"),))
    until = replace(told, blocks=(block("a", "18:00", "19:30"),))
    assert advised(until, house, 2).simulated.mean == 30


def test_needs_are_kept_in_what_is_imagined() -> None:
    house = a_house(table("a", 2), table("bar", 2, "bar"))
    told = picture(house, seatings=(seating(9, 2, "18:55", "20:25", "bar"),))
    anywhere, bar = advised(told, house, 2), advised(told, house, 2, Needs(area="bar"))
    assert anywhere.options[0].tables == ("a",)
    assert bar.advice is None
    assert bar.band.latest > anywhere.band.latest


def test_who_waits_already_makes_the_wait_longer() -> None:
    house = a_house(table("a", 2))
    told = replace(picture(house, seatings=(seating(9, 2, "18:00", "19:30", "a"),)), rules=RULES)
    forecast = replace(prior_forecast(house, told.period), walk_ins=0.0, patience_minutes=500.0)

    def quoted(told: Picture, size: int = 2) -> int:
        belief = Belief(forecast, first_model())
        found = quoted_wait(told, house, belief, WaitAsked(size), now=NOW)
        return found.band.latest if found else 0

    entry = WaitEntry(
        wait_id=promise(5, 2, "19:00").reservation_id,
        period_id=told.period.period_id,
        state="waiting",
        party_size=2,
        joined_at=at("18:50"),
    )
    assert quoted(replace(told, waiting=(entry,))) > quoted(told) > 0
    assert quoted(told, 3) == 0


def test_a_wait_is_told_by_a_house_that_has_learned_who_misses_its_bookings() -> None:
    house, told = tight()
    told = replace(told, rules=RULES)
    forecast = prior_forecast(house, told.period)
    learned = MissOdds(
        level=-3.0, lead=0.5, soon=0.0, sizes=(0.0,), hour=0.0, hour_squared=0.0, channels={}
    )
    belief = Belief(replace(forecast, missed=learned), first_model())
    assert quoted_wait(told, house, belief, WaitAsked(2), now=NOW) is not None


def test_a_quote_is_what_its_model_makes_of_it() -> None:
    house, told = tight()
    model = first_model()
    slower = replace(model.latest, offsets=tuple(each + 30 for each in model.latest.offsets))
    plain, longer = (
        advised(told, house, 2),
        advised(told, house, 2, model=replace(model, latest=slower)),
    )
    assert longer.band == WaitBand(plain.band.likely, plain.band.latest + 30)


def test_the_same_door_gives_the_same_advice() -> None:
    house, told = tight()
    assert advised(told, house, 2, walk_ins=30.0) == advised(told, house, 2, walk_ins=30.0)


def test_warming_up_runs_all_that_an_advice_may_need() -> None:
    found = warm_door().advice
    assert found is not None
    assert found.threatened is not None


WAITS = DoorAdvice(
    tables=("12",),
    gain=4500,
    instead=("7",),
    wait_minutes=15,
    wait_likely=10,
    threatened=ThreatenedParty(party_size=6, starts=at("19:45"), chance=0.375),
)


@pytest.mark.parametrize(
    ("locale", "advice", "said"),
    [
        (
            "en",
            WAITS,
            (
                "Better let them wait, likely 10 minutes and 15 at the latest, for table 12."
                " Seated now, they would make the party of 6 at 19:45 wait or lose its table on"
                " about 4 evenings in 10."
            ),
        ),
        (
            "de-AT",
            replace(WAITS, threatened=None),
            (
                "Besser warten lassen, wohl 10 Minuten, spätestens 15, auf Tisch 12: etwa 45\xa0€"
                " mehr wert als jetzt Tisch 7."
            ),
        ),
        (
            "ru",
            DoorAdvice(tables=("3",), gain=0, instead=()),
            "Можно посадить сейчас: стол 3. Заметно лучшего варианта нет.",
        ),
        (
            "fr",
            DoorAdvice(tables=("3", "4"), gain=1250, instead=()),
            (
                "Seat them now at tables 3 and 4 together: worth about €12 more than asking them to"
                " wait."
            ),
        ),
    ],
)
def test_the_sentence_says_the_numbers(locale: str, advice: DoorAdvice, said: str) -> None:
    house = a_house(table("a", 2))
    spoken = replace(house, venue=replace(house.venue, locale=locale))
    assert say(reason_of(advice, spoken), spoken.venue.locale) == said
