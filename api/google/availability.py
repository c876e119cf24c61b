"""BatchAvailabilityLookup and CheckAvailability, by the same engine that books."""

from typing import Annotated, Final

from litestar import post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from api.google.dependencies import GivenFacade, GivenReader
from api.google.proto import Sent, Text, required
from api.google.slots import (
    SlotSeen,
    SlotSent,
    SlotTimeSeen,
    SlotTimeSent,
    merchant_of,
    slot_seen,
    slot_time_seen,
)
from api.http.dependencies import GivenClock
from seating.partners.google_bookings import check_not_passed
from seating.partners.google_lookups import SlotQuery, slots_available

SlotTimes = Annotated[tuple[SlotTimeSent, ...], Meta(max_length=5000)] | None


class BatchAvailabilityLookupRequest(Sent, frozen=True, kw_only=True):
    merchant_id: Text = None
    slot_time: SlotTimes = None

    def wanted(self) -> list[SlotQuery]:
        """The slots as the engine takes them. Raises ValidationException, Invalid."""
        return [each.wanted(number) for number, each in enumerate(self.slot_time or ())]


class SlotTimeAvailability(Struct, frozen=True, kw_only=True):
    slot_time: SlotTimeSeen
    available: bool


class BatchAvailabilityLookupResponse(Struct, frozen=True, kw_only=True):
    """One for each slot asked about, in the same order."""

    slot_time_availability: list[SlotTimeAvailability]


def seen(asked: SlotTimeSent, yes: bool) -> SlotTimeAvailability:  # noqa: FBT001 - one of a pair
    return SlotTimeAvailability(slot_time=slot_time_seen(asked), available=yes)


class CheckAvailabilityRequest(Sent, frozen=True, kw_only=True):
    slot: SlotSent | None = None


class CheckAvailabilityResponse(Struct, frozen=True, kw_only=True):
    """`count_available` is 0 or 1: the number of free tables is not shown."""

    slot: SlotSeen
    count_available: int


@post("/BatchAvailabilityLookup", status_code=200)
async def look_up(
    data: JSONBody[BatchAvailabilityLookupRequest],
    facade: GivenFacade,
    reader: GivenReader,
    clock: GivenClock,
) -> BatchAvailabilityLookupResponse:
    """Which of these slots can be booked now; slots in the past cannot."""
    venue = merchant_of(facade, data.merchant_id)
    found = await slots_available(reader, venue, data.wanted(), clock)
    answers = map(seen, data.slot_time or (), found)
    return BatchAvailabilityLookupResponse(slot_time_availability=list(answers))


@post("/CheckAvailability", status_code=200)
async def check(
    data: JSONBody[CheckAvailabilityRequest],
    facade: GivenFacade,
    reader: GivenReader,
    clock: GivenClock,
) -> CheckAvailabilityResponse:
    """Whether this slot can be booked now."""
    slot = required(data.slot, "$.slot")
    venue, wanted = merchant_of(facade, slot.merchant_id), slot.wanted()
    check_not_passed(wanted.starts, await clock.now(reader))
    yes = all(await slots_available(reader, venue, [wanted], clock))
    return CheckAvailabilityResponse(slot=slot_seen(slot), count_available=int(yes))


HANDLERS: Final = (look_up, check)
