"""Google's waitlist messages, and their translation from and to the waitlist."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import UNSET, Meta, Struct, UnsetType

from api.google.answers import id_of
from api.google.bodies import UserSent, contact_of
from api.google.proto import Number, Sent, Text, int64, required
from api.google.slots import PartySent, needs_of, party_of
from api.http.refusals import PUBLIC_REFUSALS, WaitCause, waitlist_sentence
from policies.book.picture import WaitState
from policies.door.waiting import WaitingParty
from policies.words.catalogue import say
from seating.book.reservations import Booker
from seating.db import Connection
from seating.turnaways.log import LoggedRefusal
from seating.waitlist.entries import WaitlistPlace
from seating.waitlist.joining import Estimate, Estimates, JoinRequest

Status = Literal["OPEN", "CLOSED_NO_WAIT", "CLOSED_OTHER"]
EntryState = Literal["WAITING", "SERVICE_READY", "SEATED", "CANCELED", "DECLINED_BY_MERCHANT"]
Mode = Literal["WAITLIST_CONFIRMATION_MODE_SYNCHRONOUS"]
STATES: Final[dict[WaitState, EntryState]] = {
    "waiting": "WAITING",
    "notified": "SERVICE_READY",
    "seated": "SEATED",
    "left": "CANCELED",
    "gone": "CANCELED",
    "turned_away": "DECLINED_BY_MERCHANT",
}


class WaitEstimatesRequest(Sent, frozen=True, kw_only=True):
    merchant_id: Text = None
    service_id: Text = None
    party_size: Annotated[tuple[Number, ...], Meta(max_length=100)] | None = None

    def parties(self) -> tuple[WaitingParty, ...]:
        """The parties asked about. Raises ValidationException, Invalid."""
        needs = needs_of(self.service_id, "$.service_id")
        sizes = enumerate(required(self.party_size, "$.party_size"))
        return tuple(
            (party_of(PartySent(party_size=size), f"$.party_size[{number}]"), needs)
            for number, size in sizes
        )


class CreateWaitlistEntryRequest(Sent, frozen=True, kw_only=True):
    merchant_id: Text = None
    service_id: Text = None
    party_size: Number = None
    user_information: UserSent | None = None
    additional_request: Text = None
    idempotency_token: Text = None

    async def join(self, conn: Connection, venue_id: str, booker: Booker) -> JoinRequest:
        """The party that wants to join. Raises ValidationException, Invalid."""
        sent = required(self.user_information, "$.user_information")
        token = required(self.idempotency_token, "$.idempotency_token")
        return JoinRequest(
            wait_id=wait_id_of(venue_id, booker, token),
            party_size=party_of(PartySent(party_size=self.party_size), "$.party_size"),
            guest=await contact_of(conn, venue_id, sent),
            needs=needs_of(self.service_id, "$.service_id"),
            notes=self.additional_request or "",
            partner_reference=sent.user().user_id,
        )


class EntryRequest(Sent, frozen=True, kw_only=True):
    waitlist_entry_id: Text = None


class SeatTimeRange(Struct, frozen=True, kw_only=True):
    start_seconds: str
    end_seconds: str


class WaitLength(Struct, frozen=True, kw_only=True):
    parties_ahead_count: int
    estimated_seat_time_range: SeatTimeRange | UnsetType = UNSET


class WaitEstimate(Struct, frozen=True, kw_only=True):
    party_size: int
    wait_length: WaitLength
    waitlist_confirmation_mode: Mode = "WAITLIST_CONFIRMATION_MODE_SYNCHRONOUS"


class WaitEstimatesResponse(Struct, frozen=True, kw_only=True):
    """Estimates for those of the requested sizes that may join."""

    waitlist_status: Status
    wait_estimate: list[WaitEstimate]


class Joined(Struct, frozen=True, kw_only=True):
    waitlist_entry_id: str


class WaitFailure(Struct, frozen=True, kw_only=True):
    cause: WaitCause
    description: str


class NotJoined(Struct, frozen=True, kw_only=True):
    waitlist_business_logic_failure: WaitFailure


class StateTimes(Struct, frozen=True, kw_only=True):
    """When the entry reached each state; states not reached are left out."""

    created_time_seconds: str
    service_readied_time_seconds: str | UnsetType = UNSET
    seated_time_seconds: str | UnsetType = UNSET
    canceled_time_seconds: str | UnsetType = UNSET


class WaitlistEntry(Struct, frozen=True, kw_only=True):
    waitlist_entry_state: EntryState
    waitlist_entry_state_times: StateTimes
    wait_estimate: WaitEstimate


class GetWaitlistEntryResponse(Struct, frozen=True, kw_only=True):
    waitlist_entry: WaitlistEntry


def wait_id_of(venue_id: str, booker: Booker, token: str) -> UUID:
    """The entry id derived from the client's token, so that a repeated request is idempotent."""
    return uuid5(NAMESPACE_URL, f"{venue_id} {booker.client_id} {token}")


def estimates_seen(estimates: Estimates) -> WaitEstimatesResponse:
    """CLOSED_OTHER where no party may join, CLOSED_NO_WAIT where none has to wait, else OPEN."""
    waits = [each for each in estimates.estimates if each.minutes is not None]
    if not waits:
        return WaitEstimatesResponse(waitlist_status="CLOSED_OTHER", wait_estimate=[])
    if all(each.free_now for each in waits):
        return WaitEstimatesResponse(waitlist_status="CLOSED_NO_WAIT", wait_estimate=[])
    seen = [estimate_of(each, each.parties_ahead) for each in waits]
    return WaitEstimatesResponse(waitlist_status="OPEN", wait_estimate=seen)


def estimate_of(estimate: Estimate | WaitlistPlace, ahead: int) -> WaitEstimate:
    """Parties ahead, and the seating time range where there is an estimate."""
    first, last = estimate.seats_from, estimate.seats_until
    between: SeatTimeRange | UnsetType = UNSET
    if first is not None and last is not None:
        between = SeatTimeRange(start_seconds=seconds(first), end_seconds=seconds(last))
    length = WaitLength(parties_ahead_count=ahead, estimated_seat_time_range=between)
    return WaitEstimate(party_size=estimate.party_size, wait_length=length)


def joined(venue_id: str, done: WaitlistPlace | LoggedRefusal) -> Joined | NotJoined:
    if isinstance(done, WaitlistPlace):
        return Joined(waitlist_entry_id=id_of(venue_id, done.wait_id))
    cause = PUBLIC_REFUSALS[done.no.code].wait_cause
    failure = WaitFailure(cause=cause, description=say(waitlist_sentence(done.no)))
    return NotJoined(waitlist_business_logic_failure=failure)


def entry_seen(entry: WaitlistPlace) -> GetWaitlistEntryResponse:
    ended = seconds(entry.ended_at) if entry.ended_at else UNSET
    times = StateTimes(
        created_time_seconds=seconds(entry.joined_at),
        service_readied_time_seconds=seconds(entry.notified_at) if entry.notified_at else UNSET,
        seated_time_seconds=ended if entry.state == "seated" else UNSET,
        canceled_time_seconds=ended if entry.state == "left" else UNSET,
    )
    return GetWaitlistEntryResponse(
        waitlist_entry=WaitlistEntry(
            waitlist_entry_state=STATES[entry.state],
            waitlist_entry_state_times=times,
            wait_estimate=estimate_of(entry, entry.parties_ahead),
        )
    )


def seconds(instant: datetime) -> str:
    """Seconds since 1970."""
    return int64(int(instant.timestamp()))
