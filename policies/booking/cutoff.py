"""Until when the guest or the booking site may cancel, and which moves would get around that."""

from datetime import datetime, timedelta

from policies.house.house import House


def cancel_deadline(house: House, starts: datetime, made_at: datetime) -> datetime:
    """Return the last instant of cancelling without the house.

    The cut-off before the start; for what was booked later than that, the grace after booking
    (`made_at`), at most until the start.
    """
    booking = house.booking
    cutoff = starts - timedelta(minutes=booking.cancel_cutoff_minutes)
    grace = made_at + timedelta(minutes=booking.cancel_grace_minutes)
    return max(cutoff, min(grace, starts))
