"""Request bodies: new reservations and enquiries, changes, cancellations."""

from uuid import UUID

from msgspec.structs import asdict

from api.booking.fields import (
    AreaKey,
    Guarantee,
    GuestSent,
    NeedsSent,
    Notes,
    PreferencesSent,
    Reason,
    Reference,
    RulesVersion,
    Word,
    needs_of,
    preferences_of,
)
from api.http.fields import Instant, PartySize, Sent
from policies.words.message import message
from seating.booking.changing import Change
from seating.booking.making import BookingRequest
from seating.booking.slot_holds import ClientSlotHold
from seating.errors import Invalid


class NewEnquiry(Sent, frozen=True, kw_only=True):
    """A request that staff answer: a party above the largest join, or a whole area."""

    start: Instant
    party_size: PartySize
    guest: GuestSent
    area: AreaKey | None = None
    needs: NeedsSent = NeedsSent()
    preferences: PreferencesSent | None = None
    notes: Notes = ""
    partner_reference: Reference | None = None
    accepted_house_rules: RulesVersion | None = None
    referral_code: Word | None = None
    guarantee: Guarantee | None = None

    def order(self) -> BookingRequest:
        return BookingRequest(
            starts=self.start,
            party_size=self.party_size,
            guest=self.guest.contact(),
            needs=needs_of(self.area, self.needs),
            preferences=preferences_of(self.preferences),
            special_request=self.notes,
            partner_reference=self.partner_reference,
            accepted_house_rules=self.accepted_house_rules,
            guarantee=guarantee_of(self.guarantee),
        )


class NewReservation(Sent, frozen=True, kw_only=True):
    """Either `slot_hold_id`, or `start` and `party_size`; sent with a hold they must match it."""

    guest: GuestSent
    slot_hold_id: UUID | None = None
    start: Instant | None = None
    party_size: PartySize | None = None
    area: AreaKey | None = None
    needs: NeedsSent = NeedsSent()
    preferences: PreferencesSent | None = None
    notes: Notes = ""
    partner_reference: Reference | None = None
    accepted_house_rules: RulesVersion | None = None
    referral_code: Word | None = None
    guarantee: Guarantee | None = None

    def order(self, held: ClientSlotHold | None) -> BookingRequest:
        """Raises Invalid where neither body nor hold gives start and party size."""
        starts = self.start or (held.starts if held else None)
        party_size = self.party_size or (held.party_size if held else None)
        if starts is None or party_size is None:
            missing = "/party_size" if starts else "/start"
            raise Invalid(message("needed-without-hold"), pointer=missing)
        return BookingRequest(
            starts=starts,
            party_size=party_size,
            guest=self.guest.contact(),
            needs=needs_of(self.area, self.needs),
            preferences=preferences_of(self.preferences),
            special_request=self.notes,
            partner_reference=self.partner_reference,
            accepted_house_rules=self.accepted_house_rules,
            guarantee=guarantee_of(self.guarantee),
            slot_hold_id=self.slot_hold_id,
        )


class ReservationChange(Sent, frozen=True, kw_only=True):
    """The fields to change; fields left out stay as they are."""

    start: Instant | None = None
    party_size: PartySize | None = None
    notes: Notes | None = None
    preferences: PreferencesSent | None = None

    def change(self) -> Change:
        return Change(
            starts=self.start,
            party_size=self.party_size,
            special_request=self.notes,
            preferences=self.preferences.wish() if self.preferences else None,
        )


class Cancellation(Sent, frozen=True, kw_only=True):
    reason: Reason = ""


def guarantee_of(sent: Guarantee | None) -> dict[str, str] | None:
    return asdict(sent) if sent else None
