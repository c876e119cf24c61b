"""The inventory of people's data: every table and column of the database, in one place.

A column that says something about a person has a line in LINES: what it holds, how long it is kept
(an age of `ages`, or a word), what an erasure makes of it, and why it is there. All other columns
are in `impersonal`. A test compares both with the database: a new column needs a line here.
"""

from typing import Final, Literal

import msgspec
from msgspec import Struct

DataKind = Literal["contact", "health", "note", "behaviour", "pseudonym", "staff"]
"""`health`: special-category data (GDPR article 9). `pseudonym`: an id that leads to a person while
their record is kept, and to nobody afterwards."""
Fate = Literal["deleted", "emptied", "redacted", "pseudonym", "stays"]
"""What an erasure of the guest makes of it: the row `deleted`; the column `emptied`; the person
`redacted` out of a document or sentence; another `pseudonym` that leads to nobody."""


class Held(Struct, frozen=True):
    """Columns of a table that hold one kind of personal data, and why.

    `kept`: an age in lower case, `with_row` (as long as what it belongs to), `house` (while in
    use), `link`, `idempotency` (until the row says) or `next_run` (of the job).
    """

    table: str
    kind: DataKind
    kept: str
    fate: Fate
    why: str
    columns: tuple[str, ...]


# A line: table | kind | kept | fate | why; below it the columns.
LINES: Final = """
# The guest
guest | contact | guest | deleted | to know and reach who books
    name phone email locale
guest | note | guest | deleted | what the guest likes, as staff note it
    notes tags
guest | note | with_row | deleted | how the guest agreed to be written to
    written_to
guest | health | health | deleted | so that nobody is served what harms them
    allergies
guest | health | with_row | deleted | that the guest agreed to it
    health_consent_at health_consent_how health_consent_by
guest | pseudonym | with_row | pseudonym | joins the visits of one guest
    guest_id merged_into
guest | behaviour | with_row | stays | how long the guest is known
    created_at
# Their visits
reservation | contact | guest | emptied | whom the table is for
    name name_words email locale
reservation | health | health | emptied | what is said for the visit, allergies too
    special_request notes
reservation | note | guest | emptied | how the house treats the visit
    tags overruled_why cancelled_why
reservation | pseudonym | guest | emptied | the booking at the site that made it
    partner_reference guarantee
reservation | pseudonym | guest | pseudonym | joins the visits of one guest
    guest_id
reservation | pseudonym | with_row | stays | names the booking to site and guest
    reservation_id code
reservation | behaviour | with_row | stays | capacity, forecasts and statistics
    state party_size arrived arrived_at starts ends needs preferences late_at wished_start
    created_at updated_at local_start duration_minutes explained risk late_until reconfirmed_at
    late_told unwritten
    waits_at called_at called_by coming_at
google_booking | contact | evening | deleted | what Google asks back for
    given_name family_name telephone email user_id
google_booking | pseudonym | evening | deleted | finds the booking again
    reservation_id token
google_booking | contact | evening | deleted | recognises a call sent again
    asked echoed
acknowledgement | behaviour | with_row | stays | which house rules were shown
    reservation_id rules_version rule_keys channel at
acknowledgement | staff | house | stays | who read the rules out
    read_by
exposure | note | evening | emptied | what was said of a party in danger
    note
exposure | pseudonym | with_row | stays | whose table was in danger
    reservation_id
exposure | staff | house | stays | who settled it
    closed_by
slot_hold | pseudonym | with_row | stays | the booking it became
    slot_hold_id reservation_id wait_id
slot_hold | behaviour | with_row | stays | capacity
    party_size starts ends needs preferences risk
seating | contact | evening | emptied | who sits there
    name
seating | pseudonym | with_row | stays | which promise was kept
    seating_id reservation_id wait_id merged_into
seating | behaviour | with_row | stays | turn times and statistics
    party_size seated_at expected_end counted_at cleared_at
seating_table | behaviour | with_row | stays | which tables the party had
    seating_id from_at to_at
till_check | pseudonym | with_row | stays | whose bill it was
    reservation_id seating_id
till_check | behaviour | with_row | stays | what a party spends
    covers total tip opened_at closed_at heard_at
slot_hold | staff | house | stays | whose rescue it is
    staff_id
reservation | staff | house | stays | who booked it, who planned its tables
    staff_id pinned_by
seating | staff | house | stays | who serves the party
    server
section_table | staff | house | stays | who serves the table
    server
table_reset | pseudonym | with_row | stays | who sat at the table
    seating_id
# Waiting, turned away, rescued
wait_entry | contact | waited | emptied | whom to call when a table is free
    name phone email locale
wait_entry | health | waited | emptied | what the party says; allergies may be among it
    notes
wait_entry | pseudonym | waited | emptied | the entry at the site that made it
    partner_reference
wait_entry | pseudonym | guest | pseudonym | joins the visits of one guest
    guest_id
wait_entry | pseudonym | with_row | stays | names the entry
    wait_id
wait_entry | behaviour | with_row | stays | how true the quotes are
    party_size needs quoted_minutes quoted_likely requoted_at requoted_minutes requoted_likely
    joined_at notified_at ended_at coming_at waits_at rules_version simulated_minutes simulated
    suggested_at unwritten
turnaway | contact | turned_away | emptied | to make up for a no
    name phone
turnaway | pseudonym | guest | pseudonym | counts a guest and night once
    guest_id
turnaway | pseudonym | with_row | stays | the visit it became
    turnaway_id wait_id recovered_by
turnaway | behaviour | with_row | redacted | why it was a no
    detail explained
turnaway | behaviour | with_row | stays | demand that was refused
    party_size asked_for at quoted_minutes repeats recovered_at
turnaway | staff | house | stays | who said no
    staff_id
answer_given | behaviour | with_row | stays | what the playbook led to
    turnaway_id answer at
answer_given | staff | house | stays | who gave the answer
    staff_id
rescue | contact | turned_away | emptied | whom the host tries to seat
    name phone
rescue | behaviour | with_row | stays | what was looked for
    turnaway_id reservation_id party_size needs
rescue | staff | house | stays | who looked
    staff_id
rescue_option | behaviour | evening | redacted | what was possible; other parties by id
    body
rescue_option | pseudonym | with_row | stays | the visit it became
    result_id
rescue_option | staff | house | stays | who took it
    staff_id
alert | note | evening | deleted | what a colleague is told of a party
    line
alert | pseudonym | evening | deleted | which party
    turnaway_id reservation_id
alert | staff | evening | deleted | who tells whom
    to_staff from_staff taken_by
thread_message | note | evening | deleted | what guest and house wrote of a visit
    text
thread_message | pseudonym | evening | deleted | which visit
    reservation_id
thread_message | staff | evening | deleted | who answered
    staff_id
notice | pseudonym | evening | stays | which request or call
    subject_id
notice | staff | evening | stays | who was called to it, and by whom
    to_staff from_staff
# Gestures and complaints
gesture | contact | evening | emptied | whom it is for
    party_name
gesture | note | evening | emptied | why it was given
    line reason ended_why
gesture | pseudonym | guest | pseudonym | so that nobody gets the same twice
    guest_id
gesture | pseudonym | with_row | stays | the visit
    reservation_id seating_id wait_id party_id complaint_id adjustment_id
gesture | behaviour | with_row | stays | what giving leads to
    item dish cost price units per_amount state cause guest_asked offered_at answered_at
    delivered_at ended_at again_from
gesture | staff | house | stays | who gives from which purse
    offered_by delivered_by ended_by owner carrier
complaint | note | evening | emptied | what went wrong
    party_name about
complaint | behaviour | with_row | stays | how fast it was mended
    party_id at
complaint | staff | house | stays | who heard it
    noted_by
approval | note | evening | emptied | for whom more is asked
    party_name said
approval | note | evening | redacted | what is asked, with its line and reason
    wish
approval | staff | house | stays | who asks whom
    asked_by answered_by
# What was done, told and answered
action | pseudonym | with_row | pseudonym | what was done to whom
    subject_id
action | note | evening | redacted | undo, orders sent twice, the audit
    before after answer reason
action | staff | house | stays | who did it
    staff_id
idempotency | contact | idempotency | redacted | a request sent twice is answered once
    body headers path key fingerprint
kitchen_mark | pseudonym | with_row | stays | which party the kitchen knows of
    subject_id
kitchen_mark | staff | house | stays | who noted it
    marked_by
outbox | contact | deliveries | redacted | what sites are told
    data
outbox | pseudonym | deliveries | stays | what changed
    subject
webhook_delivery | contact | deliveries | redacted | what sites were told
    body last_error
webhook_delivery | pseudonym | deliveries | stays | what changed
    subject
guest_notice | pseudonym | deliveries | deleted | which party was written to, and what it knows
    subject_id provider_ref told
guest_notice | behaviour | deliveries | deleted | when a party was written to, and how
    kind status why channel language made_at due_at sent_at
push_delivery | pseudonym | evening | stays | which request or call
    subject_id
guest_link | pseudonym | link | deleted | opens the guest's own page
    token_hash subject_id
zone_change | pseudonym | with_row | stays | whose instant a law moved
    subject
intention | pseudonym | with_row | stays | the table meant for a promise
    subject_id
erasure | pseudonym | with_row | stays | to erase again after a restore
    pseudonym_hash
erasure | staff | house | stays | who erased
    by
# Sentences that are about the evening, and may name somebody
service_note | note | evening | redacted | what the team must know of a date
    text
service_note | staff | house | stays | who wrote it
    written_by changed_by
block | note | evening | redacted | why a table is out of use
    reason
held_table | note | evening | redacted | whom a held table went to
    reason ended_for ended_why
held_table | staff | house | stays | who granted it
    ended_by
job_run | note | next_run | redacted | why a job failed, in the words of the database
    failure
# Staff
staff | staff | left_staff | stays | who is at the stand
    name file_name
staff | staff | house | stays | who may do what
    staff_id role file_role left_at failures failed_at locked_until pin_first pin_set_at
staff | staff | house | stays | logs in; deleted on leaving
    pin_hash
session | staff | sessions | stays | who is logged in where
    staff_id device_id opened_at seen_at confirmed_at
known_login | staff | house | stays | their own tablets, where no guess elsewhere locks them out
    device_id staff_id last_at failures failed_at locked_until
security_event | staff | security | stays | who got in, who changed what
    staff_id device_id session_id address facts reason
push_subscription | staff | house | stays | whose phone rings, until it is turned off
    staff_id device_id endpoint key secret language made_at
device | staff | house | stays | the house's tablets
    name paired_by seen_at
pairing | staff | sessions | stays | who let a tablet in
    made_by
purse | staff | house | stays | what a person may give
    owner granted spent
house | staff | house | stays | the house file names its people
    house made_by published_by why
lab_run | staff | house | stays | who asked what in the lab
    asked_by
rules | staff | house | stays | who set a policy
    made_by published_by why body
"""


def read_inventory(text: str) -> tuple[Held, ...]:
    """Return the lines of an inventory; titles begin with `#`, columns are indented."""
    entries: list[list[str]] = []
    for line in text.strip().splitlines():
        if line.startswith(" "):
            entries[-1] += line.split()
        elif not line.startswith("#"):
            entries.append([line])
    return tuple(_held(head, columns) for head, *columns in entries)


def _held(head: str, columns: list[str]) -> Held:
    fields = [field.strip() for field in head.split("|")]
    return msgspec.convert(dict(zip(Held.__struct_fields__, [*fields, columns], strict=True)), Held)


INVENTORY: Final = read_inventory(LINES)
