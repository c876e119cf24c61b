"""The columns that say nothing about a person: the rest of the inventory."""

from typing import Final

# A line: table: its columns; further lines are indented.
LINES: Final = """
access_token: token_hash client_id scopes expires_at
acknowledgement: venue_id
action: venue_id action_id period_id kind at undone_by asked
alert: venue_id alert_id period_id raised_at taken_at
answer_given: venue_id action_id code
approval: venue_id approval_id period_id state kind cost beyond asked_at expires_at answered_at
    version
attempt: key failures since
backup: file made_at bytes migration row_counts
backup_step: step ok_at ok_file failing_since failed_at failures why
belief: venue_id period_name weekday service_date forecast nights
bid_price: venue_id period_id made_at period_version house_version forecast prices
block: venue_id block_id table_id starts ends lifted_at version
calibration: venue_id period_id measure expected actual
change_stamp: venue_id client_id at
client: client_id name secret_hash created_at disabled_at
client_old_secret: client_id secret_hash good_until
client_venue: venue_id client_id scopes disabled_at
clock: one anchor set_at rate
code_version: code migration first_at last_at
complaint: venue_id complaint_id period_id
device: venue_id device_id token_hash paired_at revoked_at failures failed_at locked_until
dining_table: venue_id table_id retired_at
disk_probe: one at
erasure: venue_id erasure_id at guests why
exposure: venue_id exposure_id period_id opened_at closed_at how kind
gesture: venue_id gesture_id period_id due expires_at version kind encore amends due_told_at
google_booking: venue_id client_id
guest: venue_id
guest_link: venue_id kind expires_at
guest_notice: venue_id notice_id seq subject_kind mark by_house segments next_at attempts lost
held_table: venue_id held_id period_id window_name state seats needs starts ends release_at rung
    made_at ended_at version first_starts first_displaced last_displaced
house: venue_id version checksum loaded_at state from_date base edits published_at
idempotency: venue_id client_id method status kept_until sealed
intention: venue_id table_id kind place starts ends
job_run: job ok_at failed_at
kitchen_mark: venue_id kind period_id marked_at
known_login: venue_id
lab_night: venue_id run_id night opens house_version figures parties
lab_run: venue_id run_id asked_at in_force drafts grid scope nights state played busy_seconds
    ended_at worker machine leased_until trial
lesson: venue_id service_date made_at nights bookings show_up
letter: venue_id service_date made_at proposals trial_run
lever: venue_id lever_id number action_id kind engaged from_date until_date periods area at covers
    until pulled_at lifted_at version
notice: venue_id step kind period_id called_at called_on answer_by
outbox: venue_id seq event version at told_at
pairing: venue_id code_hash expires_at device_id
period: venue_id period_id service_date name opens last_seating closes house_version version
    online_paused seating_stopped last_orders_at closes_early_at areas_shut closed_at
    physical_parties physical_covers overbooked_parties overbooked_covers overbooking_cap_parties
    overbooking_cap_covers holds_made rules_version rules_override served pacing_covers
purse: venue_id period_id
push_delivery: venue_id step subscription_id status attempts next_at last_status
push_key: venue_id sealed public_key made_at
push_subscription: venue_id subscription_id
quote_scale: venue_id short middle long learned model
request_window: client_id began taken
rescue: venue_id rescue_id period_id listed_at period_version
rescue_option: venue_id option_id rescue_id place kind state opened_at expires_at ended_at
    ended_why
reservation: venue_id period_id kind fixed overruled exposed duplicate_allowed channel client_id
    last_tables slot_hold_id version referral_code lost_tables public_version cancelled_by_house
risk_calibration: venue_id evenings learned
rules: venue_id version state from_date made_at published_at ceiling_of
schema_migration: number name checksum applied_at
search_in_vain: venue_id period_id party_size hour channel code counter_id service_date searches
section_table: venue_id period_id table_id version
seating: venue_id period_id state version
seating_table: venue_id table_id place stay_id
security_event: venue_id event_id at kind client_id
service_note: venue_id note_id service_date period_name written_at changed_at deleted_at version
session: venue_id session_id token_hash csrf_hash expires_at ended_at ended_why
slot_hold: venue_id period_id client_id state expires_at created_at kind fixed held_id
staff: venue_id
table_reset: venue_id reset_id table_id since ready_at ended_at version
till_check: venue_id check_id state period_id table_id sequence
till_event: venue_id client_id event_id asked check_id applied heard_at
thread_message: venue_id message_id number by_guest written_at read_at
turnaway: venue_id service_date period_id channel code kind client_id recovered_how
venue: venue_id name house_version created_at file_checksum
wait_entry: venue_id period_id state version quote_learned channel client_id suggested_tables
webhook_delivery: venue_id delivery_id endpoint_id seq outbox_seq type status attempts next_at
    created_at last_at last_status ended_at
webhook_endpoint: venue_id endpoint_id client_id url types secret old_secret old_secret_until
    created_at disabled_at disabled_why not_before
webhook_seen: venue_id endpoint_id period_id version told_at
zone_change: venue_id at kind period_id zone rules local_time was became
"""


def read_impersonal(text: str) -> dict[str, tuple[str, ...]]:
    """Return the columns by table."""
    entries = [line.split(": ") for line in text.strip().replace("\n    ", " ").splitlines()]
    return {table: tuple(columns.split()) for table, columns in entries}


IMPERSONAL: Final = read_impersonal(LINES)
