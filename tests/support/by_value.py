"""A house that decides by value, an evening some days ahead, and prices for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from policies.book.answers import Answer, Yes
from policies.book.picture import BidPrices, Picture, Promise
from policies.booking.engine import decide
from policies.forecast.prior import prior_forecast
from policies.house.rules import Decisions, Overbooking, Rules
from policies.value.period_prices import price_period
from policies.value.period_value import Prospect, prospect_for
from tests.support.full_evening import a_house, dinner, promise, table

if TYPE_CHECKING:
    from uuid import UUID

    from policies.book.answers import Ask
    from policies.house.channels import Channel
    from policies.house.house import House

HOUSE = a_house(
    *(table(f"t{number}", 2) for number in range(6)),
    *(table(f"f{number}", 4) for number in range(4)),
    table("b1", 2, "bar"),
    joins=((("t0", "t1"), 4), (("f0", "f1"), 8)),
)
NOW = dinner(HOUSE).opens - timedelta(days=3)
RULES = Rules(
    decisions=Decisions(by_value=True),
    overbooking=Overbooking(enabled=True, ceiling=1.0, cap_parties=50, cap_covers=200),
)


def free_prices(house: House = HOUSE, *, now: datetime = NOW) -> BidPrices:
    """Prices of an evening nobody else is expected on: nothing is displaced."""
    nobody = replace(prior_forecast(house, dinner(house)), requests=0.0, walk_ins=0.0)
    return price_period(Picture(period=dinner(house), rules=RULES), house, nobody, 0, now=now)


def dear(bids: BidPrices, money: float) -> BidPrices:
    """The same with every table at so much for five minutes, a cover being worth 50."""
    return replace(bids, table=tuple((money,) * len(row) for row in bids.table))


def book_of(*promises: Promise, bids: BidPrices | None = None, rules: Rules = RULES) -> Picture:
    bids = bids or free_prices()
    return Picture(period=dinner(HOUSE), promises=promises, rules=rules, prices=bids)


def booking(number: int, size: int, starts: str, channel: Channel = "phone") -> Promise:
    """A promise beyond the room's plan, booked a week ago: the ledger asks for no table."""
    made = replace(promise(number, size, starts), channel=channel, kind="overbooked")
    return replace(made, made_at=NOW - timedelta(days=7))


def followed(picture: Picture, *, now: datetime = NOW) -> Prospect:
    prospect = prospect_for(picture, HOUSE, now=now)
    assert prospect is not None
    prospect.follow(picture, now=now)
    return prospect


def answered(
    picture: Picture, wish: Ask, *, now: datetime = NOW, without: UUID | None = None
) -> Answer:
    known = prospect_for(picture, HOUSE, now=now)
    return decide(picture, wish, HOUSE, now=now, prospect=known, without=without)


def taken(picture: Picture, wish: Ask, number: int) -> tuple[Picture, Answer]:
    """Ask, and write a Yes into the picture as the service would."""
    answer = answered(picture, wish)
    if not isinstance(answer, Yes):
        return picture, answer
    stayed = (
        replace(each, tables=answer.moved.get(each.reservation_id, each.tables))
        for each in picture.promises
    )
    made = replace(
        booking(number, wish.party_size, "17:00"),
        starts=answer.starts,
        ends=answer.ends,
        tables=answer.tables,
        kind=answer.kind,
        risk=answer.risk,
        made_at=NOW,
    )
    return replace(picture, promises=(*stayed, made)), answer


def state(prospect: Prospect) -> tuple[bytes, ...]:
    """Everything the ledger counts, byte for byte."""
    return tuple(
        part.tobytes()
        for board in prospect.ledger.boards
        for part in (board.occupied, board.over, *board.capacity)
    )
