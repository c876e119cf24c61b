"""The manager's policies as versioned data: held tables, overbooking, values, gestures, playbook.

Money is in minor units of the venue's currency, times are local to the venue.
"""

from datetime import time
from typing import Annotated, Literal

from msgspec import Meta, Struct

from policies.house.house import Day, Key, LocalTime, Name

ORDINARY_ANSWER = "ordinary"
"""Key of a playbook entry's ordinary answer."""


RescueKind = Literal[
    "held",
    "table",
    "join",
    "shorter",
    "move",
    "overbook",
    "area",
    "wait",
    "later",
    "other_day",
    "partner",
]
"""Kinds of rescue option; options of equal value are listed in this order."""


NoCode = Literal[
    "CLOSED",
    "OUTSIDE_BOOKING_WINDOW",
    "PARTY_SIZE_NOT_ALLOWED",
    "PACING_FULL",
    "NO_TABLE_FITS",
    "TURN_TOO_SHORT",
    "HELD_BACK",
    "RISK_OVER_CEILING",
    "OVERBOOKING_CAP",
    "BID_PRICE",
    "GUEST_LIMIT",
    "DUPLICATE",
    "ALREADY_WAITING",
    "HOUSE_RULES_NOT_ACCEPTED",
    "BLOCKED",
    "PAUSED",
    "NEEDS_NOT_MET",
    "AREA_NOT_BOOKABLE",
]


Probability = Annotated[float, Meta(ge=0.0, le=1.0)]
Minutes = Annotated[int, Meta(ge=0, le=1440)]
CALL_MINUTES_AT_MOST = 60
MinorUnits = Annotated[int, Meta(ge=0, le=100_000_000)]
SpokenLine = Annotated[str, Meta(min_length=1, max_length=300)]
Count = Annotated[int, Meta(ge=0, le=1000)]
DueAt = Literal["arrival", "mains", "bill", "leaving"]
Carrier = Literal["floor", "kitchen", "host"]
GestureKind = Literal["item", "amount_off", "refund", "spend_linked", "upgrade", "claim"]
AMOUNT_KINDS: frozenset[GestureKind] = frozenset({"amount_off", "refund", "claim"})
"""Kinds whose amount is entered when the gesture is given, not in the catalogue."""
DietaryTrait = Literal[
    "alcohol",
    "celery",
    "crustaceans",
    "eggs",
    "fish",
    "gluten",
    "lupin",
    "meat",
    "milk",
    "molluscs",
    "mustard",
    "nuts",
    "peanuts",
    "pork",
    "sesame",
    "soy",
    "sulphites",
]
"""What a guest avoids: the 14 allergens of EU regulation 1169/2011, alcohol, meat and pork."""
GestureCause = Literal[
    "first_visit",
    "regular",
    "occasion",
    "long_wait",
    "complaint",
    "walked",
    "turned_away",
    "long_stay",
    "encore",
    "own_wish",
]
"""Reason for a gesture; `own_wish`: a member of staff chose to, without another reason."""


class ReleaseRung(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `minutes_before` the window's start on, at most `keep` tables stay held."""

    minutes_before: Minutes
    keep: Count


class HeldWindow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Held tables of a peak window: `count` of them, each for a party of `seats`.

    `days` empty: every day the period is served. `ladder`: when unused ones are released.
    """

    name: Key
    period: Key
    starts: LocalTime
    minutes: Annotated[int, Meta(ge=15, le=480, multiple_of=5)]
    count: Annotated[int, Meta(ge=0, le=100)]
    seats: Annotated[int, Meta(ge=1, le=100)]
    area: Key | None = None
    days: frozenset[Day] = frozenset()
    ladder: tuple[ReleaseRung, ...] = ()


class Overbooking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of controlled overbooking.

    `ceiling`: largest accepted probability that a party promised a place beyond the room, if it
    comes, waits longer than `tolerance_minutes` or is walked (own_wait). `cap_parties`,
    `cap_covers`: most overbooked per period. `party_max`: largest party overbooked. `show_online`,
    `show_phone`: probability that a booked party comes. `small_tables_out`, `joins_out`: shares of
    the smallest tables and of the joins left out of the estimated capacity, because seated parties
    cannot be moved to close gaps.
    """

    enabled: bool = False
    ceiling: Probability = 0.05
    tolerance_minutes: Annotated[int, Meta(ge=5, le=60, multiple_of=5)] = 10
    cap_parties: Count = 0
    cap_covers: Count = 0
    party_max: Annotated[int, Meta(ge=1, le=100)] = 6
    areas_excluded: frozenset[Key] = frozenset()
    show_online: Probability = 0.954
    show_phone: Probability = 0.943
    small_tables_out: Probability = 0.08
    joins_out: Probability = 0.75


class Decisions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Revenue management: accept a request when its net value is positive.

    `by_value`: False means first come, first served. `cover_value`: revenue of a seated guest;
    `walked_cost`, `late_cost`: cost per guest of a walked party, and of a promised party waiting
    over the tolerance. `caution`: factor on both costs (lost goodwill). `stay_caution`: share by
    which stays are believed longer than forecast: at 0.1 a third to a fifth as many promised
    parties are walked, at no loss that was measured (`scripts/bench decisions`).
    `suggest_above`: staff are shown another start worth at least this much more per guest, None for
    never. `discretion_value`: value of a held table beyond its expected walk-ins (hold advice).
    """

    by_value: bool = True
    cover_value: Annotated[int, Meta(ge=1, le=100_000_000)] = 5000
    walked_cost: MinorUnits = 10_000
    late_cost: MinorUnits = 1000
    caution: Annotated[float, Meta(ge=0.0, le=100.0)] = 2.5
    stay_caution: Annotated[float, Meta(ge=0.0, le=0.2)] = 0.1
    suggest_above: MinorUnits | None = None
    discretion_value: MinorUnits = 0


class CatalogueItem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A gesture of the catalogue: its cost, when it is due and who carries it.

    `cost`: of one unit; 0 where the amount is entered when it is given (`AMOUNT_KINDS`). `price`:
    taken off the check per unit, 0 for what is not on the check. `cap`: limit for one gesture given
    without approval, instead of the purses' gift limit. `per_amount`: one unit per this amount on
    the closed check, at most `units_max`. `contains`: None means unknown. `fits`: the causes it is
    suggested for, empty for all.
    """

    key: Key
    name: dict[str, Name]
    cost: MinorUnits
    due: DueAt
    carrier: Carrier = "floor"
    kind: GestureKind = "item"
    price: MinorUnits = 0
    cap: MinorUnits | None = None
    per_amount: Annotated[int, Meta(ge=1, le=100_000_000)] | None = None
    units_max: Annotated[int, Meta(ge=1, le=24)] = 1
    contains: Annotated[tuple[DietaryTrait, ...], Meta(max_length=20)] | None = None
    fits: Annotated[tuple[GestureCause, ...], Meta(max_length=20)] = ()


class WaitRung(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """After `minutes` of waiting a promised party is to be offered `gesture` (a catalogue key)."""

    minutes: Minutes
    gesture: Key


class Purses(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Spending limits without approval: per gift, per person and shift, per venue and night.

    `person_shift` holds for hosts, `manager_shift` for managers and owners.
    """

    host_gift: MinorUnits = 1500
    manager_gift: MinorUnits = 10_000
    person_shift: MinorUnits = 5000
    manager_shift: MinorUnits = 20_000
    venue_night: MinorUnits = 20_000


class Etiquette(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits that keep gestures rare.

    `share_cap`: largest share of the night's parties that receive one; amends do not count.
    `repeat_days`: days before the same guest may receive the same gesture again. `draw`: seed of
    the suggestions. `long_stay_minutes`: stay from which the cause `long_stay` applies.
    `regular_visits`: visits from which a guest is a regular.
    """

    share_cap: Probability = 1.0
    repeat_days: Annotated[int, Meta(ge=0, le=730)] = 0
    draw: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    long_stay_minutes: Annotated[int, Meta(ge=30, le=600)] = 150
    regular_visits: Annotated[int, Meta(ge=2, le=100)] = 4


class Approvals(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Approval by a manager: minutes until the request expires, and the purse charged.

    The venue's purse is always charged; `charged` "manager" also charges the manager's shift purse.
    `order`: who is called first (staff ids), then all other managers by name. Whoever has not
    answered after `next_after` minutes is followed by the next, also where a colleague was called.
    """

    minutes: Annotated[int, Meta(ge=1, le=120)] = 10
    charged: Literal["manager", "venue"] = "manager"
    order: Annotated[tuple[Key, ...], Meta(max_length=50)] = ()
    next_after: Annotated[int, Meta(ge=1, le=30)] = 2


class NoticeRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What guests are written, and when.

    `reminder_hours`: before the visit, 0 for none. From `quiet_from` until `quiet_until`, local
    time, nobody is disturbed; equal: no quiet hours. `text_first`: by text message where mail
    would do too. `guests_of_sites`: whether guests whom a booking site confirms and tells are
    written to as well: of all, of what the house does and the reminder, or not. `text_price`: of
    one segment of a text message, in minor units and parts of them.
    """

    reminder_hours: Annotated[int, Meta(ge=0, le=168)] = 24
    quiet_from: LocalTime = time(21, 30)
    quiet_until: LocalTime = time(8, 30)
    text_first: bool = False
    guests_of_sites: Literal["nothing", "from_the_house", "everything"] = "from_the_house"
    text_price: Annotated[float, Meta(ge=0.0, le=10_000.0)] = 8.0


class PartnerRestaurant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A partner restaurant to refer a turned-away party to; `walk_minutes` on foot."""

    key: Key
    name: Name
    phone: Annotated[str, Meta(max_length=20)] = ""
    walk_minutes: Annotated[int, Meta(ge=0, le=240)] = 10


AnswerRole = Literal["host", "manager", "owner"]


class BeyondAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer staff may give instead of the ordinary one; `text` by language.

    `way`: the kind of rescue that carries it out, if any. `role`: the lowest role that may give it.
    """

    key: Key
    text: dict[str, SpokenLine]
    way: Annotated[str, Meta(max_length=20)] = ""
    role: AnswerRole = "host"


class PlaybookEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answers to a refusal with this `NoCode`: the ordinary one, and discretionary ones."""

    code: Annotated[str, Meta(pattern=r"^[A-Z_]{3,40}\Z")]
    ordinary: dict[str, SpokenLine]
    beyond: Annotated[tuple[BeyondAnswer, ...], Meta(max_length=10)] = ()


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of all policies of a venue.

    `no_show_grace_minutes`: replaces the house's, None keeps it. `mains_minutes`: from seating to
    the main course. `offer_minutes`: until an unanswered offer expires and its cost returns to the
    purses. `listing_house_rules`: version of the house rules stated in the venue's Google listing;
    guests who book there count as shown that version, None as shown none. `call_minutes`: how long
    a called waiting party's table is kept for it.
    """

    holds: Annotated[tuple[HeldWindow, ...], Meta(max_length=20)] = ()
    overbooking: Overbooking = Overbooking()
    decisions: Decisions = Decisions()
    no_show_grace_minutes: Annotated[int, Meta(ge=5, le=240)] | None = None
    gestures: Annotated[tuple[CatalogueItem, ...], Meta(max_length=100)] = ()
    wait_ladder: Annotated[tuple[WaitRung, ...], Meta(max_length=10)] = ()
    purses: Purses = Purses()
    etiquette: Etiquette = Etiquette()
    approvals: Approvals = Approvals()
    mains_minutes: Annotated[int, Meta(ge=5, le=120)] = 25
    offer_minutes: Annotated[int, Meta(ge=1, le=240)] = 30
    call_minutes: Annotated[int, Meta(ge=1, le=CALL_MINUTES_AT_MOST)] = 10
    listing_house_rules: Annotated[int, Meta(ge=1, le=2_147_483_647)] | None = None
    neighbours: Annotated[tuple[PartnerRestaurant, ...], Meta(max_length=20)] = ()
    playbook: Annotated[tuple[PlaybookEntry, ...], Meta(max_length=20)] = ()
    notices: NoticeRules = NoticeRules()


CAPACITY_RULES: dict[str, str] = {
    "holds": "tables were out of sale, and parties refused, by these windows",
    "overbooking": "promises beyond the room were made, and their risk told, by these limits",
    "decisions": "bid prices and every yes and no so far were made with these values",
    "no_show_grace_minutes": "how long its table is kept was so when the guest booked it",
}
"""Rules that stay as they were when a period opened for booking, unless a manager asks for more.

With the reason; every other rule is in `CURRENT_RULES`.
"""


CURRENT_RULES: dict[str, str] = {
    "gestures": "what can be given is what kitchen and bar have now",
    "wait_ladder": "names gestures of the catalogue",
    "purses": "money not spent yet; never cut below what is spent",
    "etiquette": "how rarely something is given is judged at each gift",
    "approvals": "a request has its own end, made when it is asked",
    "mains_minutes": "tells carriers when; a gesture keeps the moment it was made with",
    "offer_minutes": "an offer has its own end, made when it is offered",
    "call_minutes": "a call has its own end, made when the party is called",
    "listing_house_rules": "what the listing states today is what guests read today",
    "neighbours": "whom to send guests to is true of today",
    "playbook": "words; nothing was promised in them",
    "notices": "how guests are written to today is the house's manners of today",
}
"""Rules that a period always takes from the version in force for its service date; and why."""
