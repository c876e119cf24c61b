"""The manager's rules for discretion, as versioned data: how much to hold, overbook, give away.

Money is in minor units of the venue's currency, times are local to the venue.
"""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from policies.house.house import Clock, Day, Key, Name, Role

ORDINARY_ANSWER = "ordinary"
"""The key of the answer that is not beyond anything."""


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
"""In the order of DESIGN.md R3, by which what is worth the same is listed."""


ORDER: tuple[RescueKind, ...] = get_args(RescueKind)


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
    "HOUSE_RULES_NOT_ACCEPTED",
    "BLOCKED",
    "PAUSED",
    "NEEDS_NOT_MET",
]


Probability = Annotated[float, Meta(ge=0.0, le=1.0)]
Minutes = Annotated[int, Meta(ge=0, le=1440)]
Minor = Annotated[int, Meta(ge=0, le=100_000_000)]
Line = Annotated[str, Meta(min_length=1, max_length=300)]
Count = Annotated[int, Meta(ge=0, le=1000)]
DueAt = Literal["arrival", "mains", "bill", "leaving"]
Carrier = Literal["floor", "kitchen", "host"]
GestureKind = Literal["item", "amount_off", "refund", "spend_linked", "upgrade", "claim"]
AMOUNT_KINDS: frozenset[GestureKind] = frozenset({"amount_off", "refund", "claim"})
"""Of these the amount is told when they are given."""
Trait = Literal[
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
"""What somebody may not eat or drink: the fourteen allergens to be declared, and abstinence."""
Cause = Literal[
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
"""Why something is given; `own_wish`: because somebody of the house felt like it."""


class Rung(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many minutes before the window opens, at most `keep` tables stay held."""

    minutes_before: Minutes
    keep: Count


class HeldWindow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tables kept out of sale at a peak: `count` of them, each for a party of `seats`.

    `days` empty: every day the period is served.
    """

    name: Key
    period: Key
    starts: Clock
    minutes: Annotated[int, Meta(ge=15, le=480, multiple_of=5)]
    count: Annotated[int, Meta(ge=0, le=100)]
    seats: Annotated[int, Meta(ge=1, le=100)]
    area: Key | None = None
    days: frozenset[Day] = frozenset()
    ladder: tuple[Rung, ...] = ()


class Overbooking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far beyond the room promises may go.

    `ceiling`: the largest probability that any promised party waits longer than
    `tolerance_minutes`. `small_tables_out` and `joins_out`: shares of the smallest tables and of
    the joins the estimate does without, because seated parties cannot be repacked (SCIENCE.md).
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
    """Deciding by value: a table is sold when that is worth more than keeping it for others.

    `by_value`: on or off; off, a free table is sold to whoever asks first. `cover_value`: what a
    guest at a table brings; `walked_cost`: what it costs to send away a guest who was promised
    one; `late_cost`: to keep one waiting. `caution`: how much heavier such costs weigh than their
    money, for they are goodwill. `stay_caution`: by how much longer than they do guests are
    believed to stay; 0.1 protects those promised and costs a little revenue. `suggest_above`:
    staff are shown another start when it is worth so much more per guest; nothing leaves it off.
    `discretion_value`: what a table to give away at the door is worth of itself (hold advice).
    """

    by_value: bool = False
    cover_value: Annotated[int, Meta(ge=1, le=100_000_000)] = 5000
    walked_cost: Minor = 10_000
    late_cost: Minor = 1000
    caution: Annotated[float, Meta(ge=0.0, le=100.0)] = 2.5
    stay_caution: Annotated[float, Meta(ge=0.0, le=0.2)] = 0.0
    suggest_above: Minor | None = None
    discretion_value: Minor = 0


class CatalogueItem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something the house gives: what it costs, when it is due and who carries it.

    `cost`: of one; 0 where the amount is told when it is given (amount off, refund, claim).
    `price`: what the till takes off the check for one, 0 for what is never rung up. `cap`: what
    one may give of it alone, instead of the purses' gift limit. `per_amount`: one for so much on
    the closed check, at most `units_max`. `contains`: None where nobody wrote it down. `fits`: the
    causes it is suggested for, all of them when empty.
    """

    key: Key
    name: dict[str, Name]
    cost: Minor
    due: DueAt
    carrier: Carrier = "floor"
    kind: GestureKind = "item"
    price: Minor = 0
    cap: Minor | None = None
    per_amount: Annotated[int, Meta(ge=1, le=100_000_000)] | None = None
    units_max: Annotated[int, Meta(ge=1, le=24)] = 1
    contains: Annotated[tuple[Trait, ...], Meta(max_length=20)] | None = None
    fits: Annotated[tuple[Cause, ...], Meta(max_length=20)] = ()


class WaitRung(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A promised party that has waited so long is to be offered this."""

    minutes: Minutes
    gesture: Key


class Purses(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be given without asking: a gift, a person a shift, the venue a night.

    `person_shift` is a host's, `manager_shift` a manager's or an owner's.
    """

    host_gift: Minor = 1500
    manager_gift: Minor = 10_000
    person_shift: Minor = 5000
    manager_shift: Minor = 20_000
    venue_night: Minor = 20_000


class Etiquette(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What keeps gestures exceptions.

    `share_cap`: of tonight's parties, the most that receive one; amends do not count.
    `repeat_days`: the same gesture to the same guest not within so many days. `draw`: any number;
    another one makes other suggestions. `long_stay_minutes`: a party that stays so long may be
    thanked for it. `regular_visits`: so many visits make a regular.
    """

    share_cap: Probability = 1.0
    repeat_days: Annotated[int, Meta(ge=0, le=730)] = 0
    draw: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    long_stay_minutes: Annotated[int, Meta(ge=30, le=600)] = 150
    regular_visits: Annotated[int, Meta(ge=2, le=100)] = 4


class Approvals(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asking a manager: how long the question stands, and whose purse a yes is charged to.

    The venue's purse pays in any case; `charged` "manager": out of the manager's shift too.
    """

    minutes: Annotated[int, Meta(ge=1, le=120)] = 10
    charged: Literal["manager", "venue"] = "manager"


class Neighbour(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A restaurant near by that a party may be sent to; `walk_minutes` on foot."""

    key: Key
    name: Name
    phone: Annotated[str, Meta(max_length=20)] = ""
    walk_minutes: Annotated[int, Meta(ge=0, le=240)] = 10


class BeyondAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer that staff may give beyond the ordinary one, by language.

    `way`: the kind of rescue that carries it out, if one does. `role`: from whom on it may come.
    """

    key: Key
    text: dict[str, Line]
    way: Annotated[str, Meta(max_length=20)] = ""
    role: Role = "host"


class Play(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said when this rule binds: the ordinary answer, and those beyond it."""

    code: Annotated[str, Meta(pattern="^[A-Z_]{3,40}$")]
    ordinary: dict[str, Line]
    beyond: Annotated[tuple[BeyondAnswer, ...], Meta(max_length=10)] = ()


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a period runs under beside its house.

    `mains_minutes`: from sitting down to the main course. `offer_minutes`: how long an offered
    gesture waits for the guest's answer before its money goes back. `listing_house_rules`: the
    version of the house rules that the venue's listing at Google states; guests who book there
    count as shown that version, and without it as shown none.
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
    listing_house_rules: Annotated[int, Meta(ge=1, le=2_147_483_647)] | None = None
    neighbours: Annotated[tuple[Neighbour, ...], Meta(max_length=20)] = ()
    playbook: Annotated[tuple[Play, ...], Meta(max_length=20)] = ()
