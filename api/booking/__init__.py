"""What booking sites see and do: venues, availability, slot holds, reservations, enquiries."""
