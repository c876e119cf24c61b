"""The inventory of people's data: every table and column of the database, in one place.

A column that says something about a person has a line in INVENTORY: what it holds, why, how long
it is kept (an age of `ages`, or a word) and what an erasure makes of it. All other columns are
listed in IMPERSONAL. A test compares both with the database: a new column needs a line here.
"""

from typing import Final, Literal

from msgspec import Struct

DataKind = Literal["contact", "health", "note", "behaviour", "pseudonym", "staff"]
"""`health`: special-category data (GDPR article 9). `pseudonym`: an id that leads to a person while
their record is kept, and to nobody afterwards."""
Fate = Literal["deleted", "emptied", "redacted", "pseudonym", "stays"]
"""What an erasure of the guest makes of it: the row `deleted`; the column `emptied`; the person
`redacted` out of a document or sentence; another `pseudonym` that leads to nobody."""


class Held(Struct, frozen=True):
    """Columns of a table that hold one kind of personal data. `kept`: a name of policies.privacy
    .ages in lower case, `with_row` (as long as what it belongs to) or `house` (while in use)."""

    table: str
    columns: str
    kind: DataKind
    why: str
    kept: str
    fate: Fate

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(self.columns.split())


INVENTORY: Final = (
    # The guest.
    Held("guest", "name phone email locale", "contact", "to know and reach who books", "guest", "deleted"),
    Held("guest", "notes tags", "note", "what the guest likes, as staff note it", "guest", "deleted"),
    Held("guest", "allergies", "health", "so that nobody is served what harms them", "health", "deleted"),
    Held("guest", "health_consent_at health_consent_how health_consent_by", "health",
         "that the guest agreed to it", "with_row", "deleted"),
    Held("guest", "guest_id merged_into", "pseudonym", "joins the visits of one guest", "with_row", "pseudonym"),
    Held("guest", "created_at", "behaviour", "how long the guest is known", "with_row", "stays"),
    # Their visits.
    Held("reservation", "name name_words", "contact", "whom the table is for", "guest", "emptied"),
    Held("reservation", "special_request notes", "health", "what the guest and staff say for the visit; allergies may be among it", "health", "emptied"),
    Held("reservation", "tags overruled_why cancelled_why", "note", "how the house treats the visit", "guest", "emptied"),
    Held("reservation", "partner_reference guarantee", "pseudonym", "the booking at the site that made it", "guest", "emptied"),
    Held("reservation", "guest_id", "pseudonym", "joins the visits of one guest", "guest", "pseudonym"),
    Held("reservation", "reservation_id code", "pseudonym", "names the booking to site and guest", "with_row", "stays"),
    Held("reservation", "state party_size arrived arrived_at starts ends needs preferences late_at "
         "wished_start created_at updated_at local_start duration_minutes explained risk", "behaviour",
         "capacity, forecasts and statistics", "with_row", "stays"),
    Held("google_booking", "given_name family_name telephone email user_id", "contact", "what Google asks back for", "evening", "deleted"),
    Held("google_booking", "reservation_id token", "pseudonym", "finds the booking again", "evening", "deleted"),
    Held("google_booking", "asked echoed", "contact", "recognises a call sent again", "evening", "deleted"),
    Held("acknowledgement", "reservation_id rules_version rule_keys channel at", "behaviour", "which house rules were shown", "with_row", "stays"),
    Held("acknowledgement", "read_by", "staff", "who read the rules out", "house", "stays"),
    Held("exposure", "note", "note", "what was said of a party in danger", "evening", "emptied"),
    Held("exposure", "reservation_id", "pseudonym", "whose table was in danger", "with_row", "stays"),
    Held("exposure", "closed_by", "staff", "who settled it", "house", "stays"),
    Held("slot_hold", "slot_hold_id reservation_id wait_id", "pseudonym", "the booking it became", "with_row", "stays"),
    Held("slot_hold", "party_size starts ends needs preferences risk", "behaviour", "capacity", "with_row", "stays"),
    Held("seating", "name", "contact", "who sits there", "evening", "emptied"),
    Held("seating", "seating_id reservation_id wait_id merged_into", "pseudonym", "which promise was kept", "with_row", "stays"),
    Held("seating", "party_size seated_at expected_end counted_at cleared_at", "behaviour", "turn times and statistics", "with_row", "stays"),
    Held("seating_table", "seating_id from_at to_at", "behaviour", "which tables the party had", "with_row", "stays"),
    Held("till_check", "reservation_id seating_id", "pseudonym", "whose bill it was", "with_row", "stays"),
    Held("till_check", "covers total tip opened_at closed_at", "behaviour", "what a party spends", "with_row", "stays"),
    # Waiting, turned away, rescued.
    Held("wait_entry", "name phone email locale", "contact", "whom to call when a table is free", "waited", "emptied"),
    Held("wait_entry", "notes", "health", "what the party says; allergies may be among it", "waited", "emptied"),
    Held("wait_entry", "partner_reference", "pseudonym", "the entry at the site that made it", "waited", "emptied"),
    Held("wait_entry", "guest_id", "pseudonym", "joins the visits of one guest", "guest", "pseudonym"),
    Held("wait_entry", "wait_id", "pseudonym", "names the entry", "with_row", "stays"),
    Held("wait_entry", "party_size needs quoted_minutes requoted_at requoted_minutes joined_at "
         "notified_at ended_at coming_at rules_version simulated_minutes suggested_at", "behaviour",
         "how true the quotes are", "with_row", "stays"),
    Held("turnaway", "name phone", "contact", "to make up for a no", "turned_away", "emptied"),
    Held("turnaway", "guest_id", "pseudonym", "counts a guest and night once", "guest", "pseudonym"),
    Held("turnaway", "turnaway_id wait_id recovered_by", "pseudonym", "the visit it became", "with_row", "stays"),
    Held("turnaway", "detail explained", "behaviour", "why it was a no", "with_row", "redacted"),
    Held("turnaway", "party_size asked_for at quoted_minutes repeats recovered_at", "behaviour", "demand that was refused", "with_row", "stays"),
    Held("turnaway", "staff_id", "staff", "who said no", "house", "stays"),
    Held("answer_given", "turnaway_id answer at", "behaviour", "what the playbook led to", "with_row", "stays"),
    Held("answer_given", "staff_id", "staff", "who gave the answer", "house", "stays"),
    Held("rescue", "name phone", "contact", "whom the host tries to seat", "evening", "emptied"),
    Held("rescue", "turnaway_id reservation_id party_size needs", "behaviour", "what was looked for", "with_row", "stays"),
    Held("rescue", "staff_id", "staff", "who looked", "house", "stays"),
    Held("rescue_option", "body", "behaviour", "what was possible; other parties by id", "evening", "redacted"),
    Held("rescue_option", "result_id", "pseudonym", "the visit it became", "with_row", "stays"),
    Held("rescue_option", "staff_id", "staff", "who took it", "house", "stays"),
    Held("alert", "line", "note", "what a colleague is told of a party", "evening", "deleted"),
    Held("alert", "turnaway_id reservation_id", "pseudonym", "which party", "evening", "deleted"),
    Held("alert", "to_staff from_staff", "staff", "who tells whom", "evening", "deleted"),
    # Gestures and complaints.
    Held("gesture", "party_name", "contact", "whom it is for", "evening", "emptied"),
    Held("gesture", "line reason ended_why", "note", "why it was given", "evening", "emptied"),
    Held("gesture", "guest_id", "pseudonym", "so that nobody gets the same twice", "guest", "pseudonym"),
    Held("gesture", "reservation_id seating_id wait_id party_id complaint_id adjustment_id", "pseudonym", "the visit", "with_row", "stays"),
    Held("gesture", "item dish cost price units per_amount state cause guest_asked offered_at "
         "answered_at delivered_at ended_at again_from", "behaviour", "what giving leads to", "with_row", "stays"),
    Held("gesture", "offered_by delivered_by ended_by owner carrier", "staff", "who gives from which purse", "house", "stays"),
    Held("complaint", "party_name about", "note", "what went wrong", "evening", "emptied"),
    Held("complaint", "party_id at", "behaviour", "how fast it was mended", "with_row", "stays"),
    Held("complaint", "noted_by", "staff", "who heard it", "house", "stays"),
    Held("approval", "party_name said", "note", "for whom more is asked", "evening", "emptied"),
    Held("approval", "wish", "note", "what is asked, with its line and reason", "evening", "redacted"),
    Held("approval", "asked_by answered_by", "staff", "who asks whom", "house", "stays"),
    # What was done, told and answered.
    Held("action", "subject_id", "pseudonym", "what was done to whom", "with_row", "pseudonym"),
    Held("action", "before after answer reason", "note", "undo, orders sent twice, the audit", "evening", "redacted"),
    Held("action", "staff_id", "staff", "who did it", "house", "stays"),
    Held("idempotency", "body headers path key fingerprint", "contact", "a request sent twice is answered once", "idempotency", "redacted"),
    Held("outbox", "data", "contact", "what sites are told", "deliveries", "redacted"),
    Held("outbox", "subject", "pseudonym", "what changed", "deliveries", "stays"),
    Held("webhook_delivery", "body last_error", "contact", "what sites were told", "deliveries", "redacted"),
    Held("webhook_delivery", "subject", "pseudonym", "what changed", "deliveries", "stays"),
    Held("guest_link", "token_hash subject_id", "pseudonym", "opens the guest's own page", "link", "deleted"),
    Held("zone_change", "subject", "pseudonym", "whose instant a law moved", "with_row", "stays"),
    Held("intention", "subject_id", "pseudonym", "the table meant for a promise", "with_row", "stays"),
    Held("erasure", "pseudonym_hash", "pseudonym", "to erase again after a restore", "with_row", "stays"),
    Held("erasure", "by", "staff", "who erased", "house", "stays"),
    # Free text that should be about the evening, and may name somebody.
    Held("service_note", "text", "note", "what the team must know of a date", "evening", "redacted"),
    Held("service_note", "written_by changed_by", "staff", "who wrote it", "house", "stays"),
    Held("block", "reason", "note", "why a table is out of use", "evening", "redacted"),
    Held("held_table", "reason ended_for ended_why", "note", "whom a held table went to", "evening", "redacted"),
    Held("held_table", "ended_by", "staff", "who granted it", "house", "stays"),
    Held("job_run", "failure", "note", "why a job failed, in the words of the database", "next_run", "redacted"),
    # Staff.
    Held("staff", "name file_name", "staff", "who is at the stand", "left_staff", "stays"),
    Held("staff", "staff_id role file_role left_at failures locked_until", "staff", "who may do what", "house", "stays"),
    Held("staff", "pin_hash", "staff", "logs in; deleted on leaving", "house", "stays"),
    Held("session", "staff_id device_id", "staff", "who is logged in where", "sessions", "stays"),
    Held("device", "name paired_by seen_at", "staff", "the house's tablets", "house", "stays"),
    Held("pairing", "made_by", "staff", "who let a tablet in", "sessions", "stays"),
    Held("purse", "owner granted spent", "staff", "what a person may give", "house", "stays"),
    Held("house", "house made_by published_by why", "staff", "the house file names its people", "house", "stays"),
    Held("rules", "made_by published_by why body", "staff", "who set a policy", "house", "stays"),
    Held("slot_hold", "staff_id", "staff", "whose rescue it is", "house", "stays"),
    Held("reservation", "staff_id", "staff", "who booked it", "house", "stays"),
)

IMPERSONAL: Final[dict[str, str]] = {
    "access_token": "token_hash client_id scopes expires_at",
    "acknowledgement": "venue_id",
    "action": "venue_id action_id period_id kind at undone_by asked",
    "alert": "venue_id alert_id period_id raised_at taken_at",
    "answer_given": "venue_id action_id code",
    "approval": "venue_id approval_id period_id state kind cost beyond asked_at expires_at answered_at version",
    "attempt": "key failures since",
    "backup": "file made_at bytes migration row_counts",
    "backup_step": "step ok_at ok_file failing_since failed_at failures why",
    "belief": "venue_id period_name weekday service_date forecast nights",
    "bid_price": "venue_id period_id made_at period_version house_version forecast prices",
    "block": "venue_id block_id table_id starts ends lifted_at version",
    "calibration": "venue_id period_id measure expected actual",
    "change_stamp": "venue_id client_id at",
    "client": "client_id name secret_hash created_at disabled_at",
    "client_venue": "venue_id client_id scopes",
    "clock": "one anchor set_at rate",
    "code_version": "code migration first_at last_at",
    "complaint": "venue_id complaint_id period_id",
    "device": "venue_id device_id token_hash paired_at revoked_at",
    "dining_table": "venue_id table_id retired_at",
    "erasure": "venue_id erasure_id at guests why",
    "exposure": "venue_id exposure_id period_id opened_at closed_at how kind",
    "gesture": "venue_id gesture_id period_id due expires_at version kind encore amends",
    "google_booking": "venue_id client_id",
    "guest": "venue_id",
    "guest_link": "venue_id kind expires_at",
    "held_table": "venue_id held_id period_id window_name state seats needs starts ends release_at rung "
    "made_at ended_at version first_starts",
    "house": "venue_id version checksum loaded_at state from_date base edits published_at",
    "idempotency": "venue_id client_id method status kept_until",
    "intention": "venue_id table_id kind place starts ends",
    "job_run": "job ok_at failed_at",
    "lesson": "venue_id service_date made_at nights bookings show_up",
    "lever": "venue_id lever_id number action_id kind engaged from_date until_date periods area at covers "
    "until pulled_at lifted_at version",
    "outbox": "venue_id seq event version at told_at",
    "pairing": "venue_id code_hash expires_at device_id",
    "period": "venue_id period_id service_date name opens last_seating closes house_version version "
    "online_paused seating_stopped last_orders_at closes_early_at areas_shut closed_at "
    "physical_parties physical_covers overbooked_parties overbooked_covers overbooking_cap_parties "
    "overbooking_cap_covers holds_made rules_version rules_override served pacing_covers",
    "purse": "venue_id period_id",
    "quote_scale": "venue_id short middle long learned",
    "request_window": "client_id began taken",
    "rescue": "venue_id rescue_id period_id listed_at",
    "rescue_option": "venue_id option_id rescue_id place kind state opened_at expires_at ended_at ended_why",
    "reservation": "venue_id period_id kind fixed overruled exposed duplicate_allowed channel client_id "
    "slot_hold_id version referral_code lost_tables public_version cancelled_by_house",
    "rules": "venue_id version state from_date made_at published_at",
    "schema_migration": "number name checksum applied_at",
    "search_in_vain": "venue_id period_id party_size hour channel code counter_id service_date searches",
    "seating": "venue_id period_id state version",
    "seating_table": "venue_id table_id place stay_id",
    "service_note": "venue_id note_id service_date period_name written_at changed_at deleted_at version",
    "session": "venue_id session_id token_hash csrf_hash expires_at ended_at ended_why",
    "slot_hold": "venue_id period_id client_id state expires_at created_at kind fixed held_id",
    "staff": "venue_id",
    "till_check": "venue_id check_id state period_id table_id sequence",
    "till_event": "venue_id client_id event_id asked check_id applied heard_at",
    "turnaway": "venue_id service_date period_id channel code kind client_id recovered_how",
    "venue": "venue_id name house_version created_at file_checksum",
    "wait_entry": "venue_id period_id state version quote_learned channel client_id suggested_tables",
    "webhook_delivery": "venue_id delivery_id endpoint_id seq outbox_seq type status attempts next_at "
    "created_at last_at last_status ended_at",
    "webhook_endpoint": "venue_id endpoint_id client_id url types secret old_secret old_secret_until "
    "created_at disabled_at disabled_why not_before",
    "webhook_seen": "venue_id endpoint_id period_id version told_at",
    "zone_change": "venue_id at kind period_id zone rules local_time was became",
}
