### What guests read: warm, short, and what they can do.

## Who may have which place

area-not-bookable = We take no bookings for { $area } here. Please call us, we will see what we can do.
area-not-bookable-but = We take no bookings for { $area } here. We would be glad to seat you elsewhere: { $areas }.
no-place-open-to-party = The places for a party of this size are kept for others then. Please call us, we will see what we can do.
larger-groups-ask = We book up to { $most ->
    [one] one guest
   *[other] { $most } guests
} here. Send us an enquiry, and a person will answer it.
would-like = If we can
would-like-quiet = a quiet place
would-like-window = by the window
would-like-booth = a booth
