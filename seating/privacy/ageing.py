"""The kinds of data that age: one table of statements, each for one venue and one batch.

Every statement takes $1 the venue, $2 the instant before which a row is too old, $3 how many rows
at most; it returns a row for each that it deleted or emptied, so less than a batch means done. It
finds only rows that still hold something: the next run begins where this one ended.
"""

from datetime import timedelta
from typing import Final, Literal

from msgspec import Struct

from policies.privacy import ages

ZERO: Final = timedelta(0)


class AgeingKind(Struct, frozen=True, kw_only=True):
    """A kind of data: `statement` removes what is older than `age` by the wall or business clock.

    `gone`: what is done to it. Rows without a venue are of the whole installation: $1 is unused.
    """

    name: str
    age: timedelta
    statement: str
    clock: Literal["wall", "business"] = "wall"


def _deleted(table: str, key: str, when: str, more: str = "true") -> str:
    columns = key.split(", ")
    same = " and ".join(f"t.{column} = due.{column}" for column in columns)
    return f"""
with due as (
    select {key} from {table} where venue_id = $1 and {when} <= $2 and {more}
    order by {when} limit $3)
delete from {table} t using due where t.venue_id = $1 and {same} returning 1
"""


def _emptied(table: str, key: str, when: str, sets: str, filled: str) -> str:
    return f"""
with due as (
    select {key} from {table} t where venue_id = $1 and {when} <= $2 and ({filled}) limit $3)
update {table} t set {sets} from due where t.venue_id = $1 and t.{key} = due.{key} returning 1
"""


IDEMPOTENCY = _deleted("idempotency", "client_id, method, path, key", "kept_until")

DELIVERIES = _deleted("webhook_delivery", "delivery_id", "created_at")

# What was fanned out, or is for nobody: the row says no more than that something changed then.
EVENTS = _deleted("outbox", "seq", "at", "(told_at is not null or data is null)")

TILL_EVENTS = _deleted("till_event", "client_id, event_id", "heard_at")

LINKS = _deleted("guest_link", "token_hash", "expires_at")

SESSIONS = _deleted("session", "session_id", "expires_at")

PAIRINGS = _deleted("pairing", "code_hash", "expires_at")

SLOT_HOLDS = """
with due as (
    select slot_hold_id from slot_hold h where venue_id = $1 and expires_at <= $2
      and state in ('expired', 'given_back')
      and not exists (select from reservation r
                      where r.venue_id = $1 and r.slot_hold_id = h.slot_hold_id)
    order by expires_at limit $3)
delete from slot_hold t using due
where t.venue_id = $1 and t.slot_hold_id = due.slot_hold_id returning 1
"""

TURNED_AWAY = _emptied(
    "turnaway", "turnaway_id", "at", "name = '', phone = null", "name <> '' or phone is not null"
)

RESCUES = _emptied(
    "rescue", "rescue_id", "listed_at", "name = '', phone = null",
    "name <> '' or phone is not null",
)  # fmt: skip

RESCUE_OPTIONS = """
with due as (
    select option_id from rescue_option join rescue using (venue_id, rescue_id)
    where venue_id = $1 and listed_at <= $2 limit $3)
delete from rescue_option t using due
where t.venue_id = $1 and t.option_id = due.option_id returning 1
"""

HELD_TABLES = _emptied(
    "held_table", "held_id", "ends", "reason = null, ended_for = null, ended_why = null",
    "ended_at is not null"
    " and (reason is not null or ended_for is not null or ended_why is not null)",
)  # fmt: skip

WAITED = _emptied(
    "wait_entry", "wait_id", "joined_at",
    "name = '', phone = '', email = null, locale = null, notes = '', partner_reference = null",
    "ended_at is not null and (name <> '' or phone <> '' or email is not null or notes <> ''"
    " or partner_reference is not null)",
)  # fmt: skip

SEATINGS = _emptied(
    "seating", "seating_id", "seated_at", "name = ''", "name <> '' and cleared_at is not null"
)

GESTURES = _emptied(
    "gesture", "gesture_id", "offered_at",
    "party_name = '', line = '', reason = '',"
    " ended_why = case when ended_why is not null then '' end",
    "party_name <> '' or line <> '' or reason <> '' or ended_why <> ''",
)  # fmt: skip

COMPLAINTS = _emptied(
    "complaint", "complaint_id", "at", "party_name = '', about = '-'",
    "party_name <> '' or about <> '-'",
)  # fmt: skip

APPROVALS = _deleted("approval", "approval_id", "asked_at", "state <> 'waiting'")

THREADS = _deleted("thread_message", "message_id", "written_at")

ALERTS = _deleted("alert", "alert_id", "raised_at")

PUSHES = """
with due as (
    select subject_id, step, subscription_id
    from push_delivery d join notice n using (venue_id, subject_id, step)
    where d.venue_id = $1 and n.called_at <= $2 limit $3)
delete from push_delivery t using due
where t.venue_id = $1 and t.subject_id = due.subject_id and t.step = due.step
  and t.subscription_id = due.subscription_id returning 1
"""

GUEST_NOTICES = _deleted("guest_notice", "notice_id", "made_at")

NOTICES = _deleted(
    "notice", "subject_id, step", "called_at",
    "not exists (select from push_delivery d where d.venue_id = $1"
    " and d.subject_id = notice.subject_id and d.step = notice.step)",
)  # fmt: skip

CASES = _emptied("exposure", "exposure_id", "opened_at", "note = null", "note is not null")

SERVICE_NOTES = _deleted("service_note", "note_id", "written_at", "service_date < $2::date")

BLOCKS = _emptied("block", "block_id", "ends", "reason = '-'", "reason <> '-'")

GOOGLE_BOOKINGS = """
with due as (
    select g.reservation_id
    from google_booking g join reservation r using (venue_id, reservation_id)
    where g.venue_id = $1 and r.ends <= $2 order by r.ends limit $3)
delete from google_booking t using due
where t.venue_id = $1 and t.reservation_id = due.reservation_id returning 1
"""

# The audit's own line (who, what, when) stays; undo and replays of that evening are long over.
ACTIONS = """
with due as (
    select action_id from action
    where venue_id = $1 and at <= $2
      and (reason is not null or before <> '{}' or after <> '{}' or answer <> '{}') limit $3)
update action t set reason = null, before = '{}', after = '{}', answer = '{}'
from due where t.venue_id = $1 and t.action_id = due.action_id returning 1
"""

# Whichever is later: a guest who booked once may have walked in since.
_LAST_SEEN = """greatest(
    (select max(r.ends) from reservation r where r.venue_id = $1 and r.guest_id = g.guest_id),
    (select max(w.joined_at) from wait_entry w
     where w.venue_id = $1 and w.guest_id = g.guest_id),
    g.created_at)"""

ALLERGIES = f"""
with due as (
    select g.guest_id from guest g where g.venue_id = $1
      and (g.allergies <> '' or g.health_consent_at is not null)
      and g.created_at <= $2 and {_LAST_SEEN} <= $2 limit $3)
update guest t set allergies = '', health_consent_at = null, health_consent_how = null,
    health_consent_by = null
from due where t.venue_id = $1 and t.guest_id = due.guest_id returning 1
"""

REQUESTS = _emptied(
    "reservation", "reservation_id", "ends", "special_request = '', notes = ''",
    "special_request <> '' or notes <> ''",
)  # fmt: skip

# Bookings of nobody's record, who left no number.
NAMES_OF_BOOKINGS = _emptied(
    "reservation", "reservation_id", "ends",
    "name = '-', email = null, locale = null, tags = '{}', partner_reference = null,"
    " guarantee = null, overruled_why = case when overruled_why is not null then '-' end,"
    " cancelled_why = case when cancelled_why is not null then '-' end",
    "guest_id is null and (name <> '-' or email is not null or locale is not null)",
)  # fmt: skip

LEFT_STAFF = _emptied(
    "staff", "staff_id", "left_at", "name = '-', file_name = null, pin_hash = null", "name <> '-'"
)

# Forgotten as if they had asked (seating.privacy.erasing); merged records go with the kept one.
GUESTS_UNSEEN = f"""
select g.guest_id from guest g
where g.venue_id = $1 and g.merged_into is null and g.created_at <= $2
  and (g.name <> '-' or g.phone is not null or g.email is not null)
  and {_LAST_SEEN} <= $2
  and not exists (select from reservation r where r.venue_id = $1 and r.guest_id = g.guest_id
                    and r.state in ('requested', 'booked', 'arrived', 'seated'))
order by g.guest_id limit $3
"""

KINDS: Final = (
    AgeingKind(name="idempotency answers", age=ZERO, statement=IDEMPOTENCY),
    AgeingKind(name="webhook deliveries", age=ages.DELIVERIES, statement=DELIVERIES),
    AgeingKind(name="events", age=ages.DELIVERIES, statement=EVENTS, clock="business"),
    AgeingKind(name="till events", age=ages.TILL_EVENTS, statement=TILL_EVENTS),
    AgeingKind(name="guest links", age=ZERO, statement=LINKS),
    AgeingKind(name="sessions", age=ages.SESSIONS, statement=SESSIONS),
    AgeingKind(name="pairing codes", age=ages.SESSIONS, statement=PAIRINGS),
    AgeingKind(name="slot holds", age=ages.DELIVERIES, statement=SLOT_HOLDS, clock="business"),
    AgeingKind(name="turned away", age=ages.TURNED_AWAY, statement=TURNED_AWAY, clock="business"),
    AgeingKind(name="rescues", age=ages.TURNED_AWAY, statement=RESCUES, clock="business"),
    AgeingKind(name="rescue options", age=ages.EVENING, statement=RESCUE_OPTIONS, clock="business"),
    AgeingKind(name="held tables", age=ages.EVENING, statement=HELD_TABLES, clock="business"),
    AgeingKind(name="waits", age=ages.WAITED, statement=WAITED, clock="business"),
    AgeingKind(name="allergies", age=ages.HEALTH, statement=ALLERGIES, clock="business"),
    AgeingKind(name="requests", age=ages.HEALTH, statement=REQUESTS, clock="business"),
    AgeingKind(name="seatings", age=ages.EVENING, statement=SEATINGS, clock="business"),
    AgeingKind(name="gestures", age=ages.EVENING, statement=GESTURES, clock="business"),
    AgeingKind(name="complaints", age=ages.EVENING, statement=COMPLAINTS, clock="business"),
    AgeingKind(name="approvals", age=ages.EVENING, statement=APPROVALS, clock="business"),
    AgeingKind(name="threads", age=ages.EVENING, statement=THREADS, clock="business"),
    AgeingKind(name="alerts", age=ages.EVENING, statement=ALERTS, clock="business"),
    AgeingKind(name="pushes", age=ages.EVENING, statement=PUSHES, clock="business"),
    AgeingKind(name="notices", age=ages.EVENING, statement=NOTICES, clock="business"),
    AgeingKind(
        name="messages to guests", age=ages.DELIVERIES, statement=GUEST_NOTICES, clock="business"
    ),
    AgeingKind(name="cases", age=ages.EVENING, statement=CASES, clock="business"),
    AgeingKind(name="notes", age=ages.EVENING, statement=SERVICE_NOTES, clock="business"),
    AgeingKind(name="blocks", age=ages.EVENING, statement=BLOCKS, clock="business"),
    AgeingKind(name="google", age=ages.EVENING, statement=GOOGLE_BOOKINGS, clock="business"),
    AgeingKind(name="actions", age=ages.EVENING, statement=ACTIONS, clock="business"),
    AgeingKind(name="names", age=ages.GUEST, statement=NAMES_OF_BOOKINGS, clock="business"),
    AgeingKind(name="staff who left", age=ages.LEFT_STAFF, statement=LEFT_STAFF),
)
"""What ages, with the age of each; guests themselves are forgotten by `retention`."""
