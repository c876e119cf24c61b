"""What an order means besides what it says: warnings, each with its code, and the parties moved."""

from datetime import datetime
from typing import Literal, TypedDict, Unpack
from uuid import UUID

from msgspec import Struct

from policies.words.catalogue import say
from policies.words.message import Message, Param

WarningCode = Literal[
    "TOO_FEW_SEATS",
    "EXTRA_CHAIR",
    "TABLE_TOO_LARGE",
    "TABLES_NOT_A_JOIN",
    "OTHER_AREA",
    "NOT_STEP_FREE",
    "NOT_QUIET",
    "KEPT_FOR_OTHERS",
    "HIGH_CHAIRS_SHORT",
    "TABLE_BLOCKED",
    "AREA_SHUT",
    "PRIVATE_EVENT",
    "CLOSES_DURING_STAY",
    "SEATING_STOPPED",
    "NOT_DUE_YET",
    "BOOKED_UNDER_THIS_NAME",
    "PROMISED_TABLES_TAKEN",
    "DUE_PARTY_LOSES_TABLE",
    "PARTY_EXPOSED",
    "PROMISED_TABLES_LOST",
    "CALLED_PARTY_LOSES_TABLE",
    "SLOT_HOLD_LOSES_TABLE",
    "HELD_TABLE_GIVEN_UP",
    "BEYOND_THE_ROOM",
    "BEYOND_PACING",
    "DUPLICATE_BOOKING",
    "PINNED_BY_A_PERSON",
    "TABLE_TO_RESET",
]

ASKS: frozenset[WarningCode] = frozenset(
    {
        "TOO_FEW_SEATS",
        "OTHER_AREA",
        "NOT_STEP_FREE",
        "KEPT_FOR_OTHERS",
        "TABLE_BLOCKED",
        "AREA_SHUT",
        "PRIVATE_EVENT",
        "PROMISED_TABLES_TAKEN",
        "DUE_PARTY_LOSES_TABLE",
        "PINNED_BY_A_PERSON",
    }
)
"""The likely mistakes: carried out only for an order that names the code in `anyway`."""


class OrderWarning(Struct, frozen=True, kw_only=True):
    """One thing to know. `detail`: the sentence in English; `message`, `params`: to say it anew.

    `asks`: the order has to name the code in `anyway`. `tables`: those it is about; the ids name
    the reservation, seating, waiting party or held table it is about.
    """

    code: WarningCode
    detail: str
    message: str
    params: dict[str, Param] = {}
    asks: bool = False
    tables: tuple[str, ...] = ()
    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None
    held_id: UUID | None = None

    @property
    def said(self) -> Message:
        """The sentence as a message."""
        return Message(self.message, self.params)


class MovedParty(Struct, frozen=True, kw_only=True):
    """A reservation whose plan has moved; `from_tables` is empty where it had none.

    Answers stored before names were told hold the id only.
    """

    reservation_id: UUID
    name: str = ""
    party_size: int = 0
    starts: datetime | None = None
    from_tables: tuple[str, ...] = ()
    to_tables: tuple[str, ...] = ()


class Consequences(Struct, frozen=True, kw_only=True):
    """The warnings of an order, and the parties it moves in the plan."""

    warnings: tuple[OrderWarning, ...] = ()
    moved: tuple[MovedParty, ...] = ()


class WarnedAbout(TypedDict, total=False):
    """The ids of what a warning is about."""

    reservation_id: UUID | None
    seating_id: UUID | None
    wait_id: UUID | None
    held_id: UUID | None


def warning(
    code: WarningCode,
    said: Message,
    tables: tuple[str, ...] = (),
    **about: Unpack[WarnedAbout],
) -> OrderWarning:
    """Return the warning of a code with its sentence."""
    return OrderWarning(
        code=code,
        detail=say(said),
        message=said.key,
        params=said.params,
        asks=code in ASKS,
        tables=tables,
        **about,
    )
