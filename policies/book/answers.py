"""A booking request and its answer: `Yes` with tables and risk, or `No` with the binding rule."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct, field

from policies.book.picture import PromiseKind, Risk
from policies.forecast.risk_calibration import ToldRisk
from policies.house.channels import Channel
from policies.house.house import TurnTime
from policies.house.room import Needs, Preferences
from policies.house.rules import NoCode
from policies.words.catalogue import say
from policies.words.message import Message, message


class RiskDriver(Struct, frozen=True, kw_only=True):
    """A booking and by how much it raises the probability of an overload."""

    reservation_id: UUID
    contribution: float


class Explanation(Struct, frozen=True, kw_only=True):
    """The figures behind a Yes or No by value. Money in minor units.

    The binding constraint: in the 5 minutes from `tightest_at`, for parties of `party_class` guests
    or more, the asking one included. There `expected` parties are present, `places` tables fit
    them, and `overload` is P(more come than fit) (exact, Poisson-binomial); `drivers` raise it
    most. `told`: the risks told, own_wait and any_wait apart. `risk`: what the `ceiling`, the most
    the rules allow, is compared with: own_wait, or in answers without `told`, made before, that any
    promised party waits over the tolerance. `walked`, `late`: expected rise in walked and in late
    parties, as priced; `walked_expected`: that this party comes and is walked, as told. `others`:
    how many others lack a table there on average when more come than fit (0: never, or not told).
    `value` = `revenue` - `risk_cost` - `displaced_value` (value of the requests displaced), each
    times P(the party comes). `made_at`: when the bid prices were computed.
    """

    tightest_at: datetime
    party_class: int
    overload: float
    expected: float
    places: int
    drivers: tuple[RiskDriver, ...]
    revenue: int
    risk_cost: int
    displaced_value: int
    value: int
    risk: float
    ceiling: float
    walked: float
    walked_expected: float
    late: float
    made_at: datetime
    told: ToldRisk | None = None
    others: float = 0.0


class Ask(Struct, frozen=True, kw_only=True):
    """A request: a party at a start, over a channel, for a guest `guest_name`.

    `accepted_house_rules`: version of the rules acknowledged. `tables`: particular tables wanted.
    `minutes`: how long the party keeps its table where staff said so; None: the house's turn time.
    `tags`: the guest's and the reservation's. `made_by`: the channel of the promise being changed.
    `anywhere`: a person gives the tables named, whatever the access rules say. `client_id`: the
    booking site that asks, or made the promise being changed. `by_discretion`: a person of the
    house gives the place whatever it is worth: no price refuses it, every other rule does.
    """

    party_size: int
    starts: datetime
    channel: Channel
    needs: Needs = Needs()
    guest_id: UUID | None = None
    accepted_house_rules: int | None = None
    tables: tuple[str, ...] = ()
    guest_name: str = ""
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    preferences: Preferences | None = None
    made_by: Channel | None = None
    anywhere: bool = False
    client_id: str | None = None
    by_discretion: bool = False


def said_before() -> Message:
    """Return what stands for the sentence in answers stored before there were messages."""
    return message("refused-before")


class No(Struct, frozen=True, kw_only=True):
    """A refusal: the binding rule as a code, what is said, and other starts that are free.

    `areas`: where the party might be, if the rule keeps it from what it asked for.
    """

    code: NoCode
    said: Message = field(default_factory=said_before)
    alternatives: tuple[datetime, ...] = ()
    explained: Explanation | None = None
    areas: tuple[str, ...] = ()

    @property
    def detail(self) -> str:
        """What is said, in English."""
        return say(self.said)


class Yes(Struct, frozen=True, kw_only=True):
    """An acceptance: the tables planned for the party, and the plan's moves that make room.

    `moved`: new tables by id of the reservation, slot hold or held table. `suggestion`: another
    start worth more to the house by at least `suggest_above`; shown to staff only. `turn`: the turn
    time of the house file that makes `ends`, None where staff said how long. `areas`: where
    a table is free then, `areas_by_request`: where one is that a person has to approve; told by
    `engine.availability` only.
    """

    starts: datetime
    ends: datetime
    tables: tuple[str, ...]
    moved: dict[UUID, tuple[str, ...]]
    kind: PromiseKind = "physical"
    risk: Risk | None = None
    explained: Explanation | None = None
    suggestion: datetime | None = None
    turn: TurnTime | None = None
    areas: tuple[str, ...] = ()
    areas_by_request: tuple[str, ...] = ()


Answer = Yes | No
