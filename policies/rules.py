"""The manager's rules for discretion, as versioned data: how much to hold, overbook, give away.

Money is in minor units of the venue's currency, times are local to the venue.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from policies.house import Clock, Day, Key, Name

Probability = Annotated[float, Meta(ge=0.0, le=1.0)]
Minutes = Annotated[int, Meta(ge=0, le=1440)]
Minor = Annotated[int, Meta(ge=0, le=100_000_000)]
Count = Annotated[int, Meta(ge=0, le=1000)]
DueAt = Literal["arrival", "mains", "bill", "leaving"]
Carrier = Literal["floor", "kitchen", "host"]


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
    """Something the house gives: what it costs, when it is due and who carries it."""

    key: Key
    name: dict[str, Name]
    cost: Minor
    due: DueAt
    carrier: Carrier = "floor"


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


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a period runs under beside its house.

    `mains_minutes`: from sitting down to the main course. `offer_minutes`: how long an offered
    gesture waits for the guest's answer before its money goes back.
    """

    holds: Annotated[tuple[HeldWindow, ...], Meta(max_length=20)] = ()
    overbooking: Overbooking = Overbooking()
    decisions: Decisions = Decisions()
    no_show_grace_minutes: Annotated[int, Meta(ge=5, le=240)] | None = None
    gestures: Annotated[tuple[CatalogueItem, ...], Meta(max_length=100)] = ()
    wait_ladder: Annotated[tuple[WaitRung, ...], Meta(max_length=10)] = ()
    purses: Purses = Purses()
    mains_minutes: Annotated[int, Meta(ge=5, le=120)] = 25
    offer_minutes: Annotated[int, Meta(ge=1, le=240)] = 30
