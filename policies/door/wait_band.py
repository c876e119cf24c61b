"""The wait a party is told: likely, and at the latest."""

from uuid import UUID

from msgspec import Struct

from policies.house.room import Needs


class WaitAsked(Struct, frozen=True):
    """Whose wait is asked for: a party that would join the list now, or one that waits already.

    `wait_id`: its entry, if it is on the list; `reservation_id`: its promise, if it has arrived
    for one. Without either it would come after all that wait.
    """

    party_size: int
    needs: Needs = Needs()
    wait_id: UUID | None = None
    reservation_id: UUID | None = None


class WaitBand(Struct, frozen=True):
    """Minutes, multiples of 5: half of such parties sit within `likely`, four in five by `latest`.

    By the plan (`policies.door.waiting`): the planned wait, and that with a margin.
    """

    likely: int
    latest: int
