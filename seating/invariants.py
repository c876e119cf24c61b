"""The invariants of the domain: what enforces each, and which tests prove it.

`enforced_by` names constraints and indexes of the schema, or functions; `proven_by` the tests that
fail when the mechanism is taken away. tests/test_invariants.py checks that all of them exist.
"""

from msgspec import Struct


class Invariant(Struct, frozen=True, kw_only=True):
    """One invariant: a statement, its mechanisms, its tests."""

    number: int
    says: str
    enforced_by: tuple[str, ...]
    proven_by: tuple[str, ...]


INVARIANTS = (
    Invariant(
        number=1,
        says="Facts exclude facts; intentions exclude intentions; a fact overrides an intention.",
        enforced_by=(
            "index seating_table_occupied",
            "constraint intention_overlap",
            "policies.plan.replanning.replan",
        ),
        proven_by=(
            "tests/races/test_seating_races.py::test_control_without_the_lock_the_index_still_lets_one_sit",
            "tests/races/test_seating_races.py::test_walk_ins_and_bookings_at_once_leave_every_promise_a_table_or_a_case",
            "tests/races/test_rescue_races.py::test_of_hosts_who_open_the_same_table_one_has_it",
            "tests/seating/book/test_constraints.py::test_two_intentions_never_overlap_on_a_table",
        ),
    ),
    Invariant(
        number=2,
        says="A promise is physical only while a complete assignment exists, stored as the plan.",
        enforced_by=(
            "policies.booking.engine.decide",
            "policies.plan.replanning.replan",
            "policies.plan.giving_way.held_giving_way",
            "constraint intention_overlap",
            "constraint period_overbooking_cap",
            "index exposure_open",
        ),
        proven_by=(
            "tests/races/test_last_table.py::test_one_gets_it_and_everybody_else_gets_a_reason",
            "tests/races/test_interleaved.py::test_every_promise_keeps_a_place",
            "tests/policies/plan/test_giving_way.py::test_nobody_is_exposed_beside_a_held_table_and_none_is_given_up_in_vain",
            "tests/seating/book/test_constraints.py::test_nothing_is_overbooked_beyond_the_cap",
        ),
    ),
    Invariant(
        number=3,
        says="Whatever changes what a period has promised locks its row first, in sorted order.",
        enforced_by=("seating.book.periods.lock_period", "seating.floor.levers_ahead.pull_ahead"),
        proven_by=(
            "tests/races/test_lever_races.py::test_who_pauses_a_date_is_told_every_booking_that_was_faster",
            "tests/races/test_last_table.py::test_control_without_the_lock_several_are_told_yes_and_the_constraint_stops_them",
            "tests/races/test_new_rules_races.py::test_bookings_and_two_publications_at_once_lose_no_promise_and_pass_no_cap",
            "tests/races/test_crossing_moves.py::test_control_locking_in_the_order_asked_for_is_a_deadlock",
            "tests/races/test_seating_races.py::test_a_booking_for_dinner_waits_for_the_host_who_extends_a_lunch_into_it",
        ),
    ),
    Invariant(
        number=4,
        says="A purse never goes below zero; a gesture is charged once.",
        enforced_by=("constraint purse_not_overdrawn", "seating.gestures.purses.charge"),
        proven_by=(
            "tests/races/test_purses.py::test_one_persons_purse_is_never_exceeded",
            "tests/races/test_purses.py::test_without_the_lock_the_same_rush_overdraws",
            "tests/races/test_gesture_races.py::test_without_the_questions_lock_it_is_charged_twice",
        ),
    ),
    Invariant(
        number=5,
        says="A confirmed slot hold becomes exactly one reservation; an expired one never does.",
        enforced_by=(
            "constraint reservation_of_hold",
            "seating.book.periods.lock_period",
            "policies.floor.due.changes_due",
        ),
        proven_by=(
            "tests/races/test_slot_holds.py::test_two_confirmations_make_one_reservation",
            "tests/races/test_slot_holds.py::test_an_expired_hold_is_never_confirmed",
        ),
    ),
    Invariant(
        number=6,
        says="An acknowledged write survives a kill -9 of the server and of PostgreSQL.",
        enforced_by=("seating.db.transaction", "scripts.embedded.start"),
        proven_by=(
            "tests/test_durability.py::test_what_was_acknowledged_survives_kills_of_server_and_database",
        ),
    ),
    Invariant(
        number=7,
        says="Every no names its rule and is logged; what suggests is what commits.",
        enforced_by=(
            "policies.booking.engine.decide",
            "policies.booking.engine.availability",
            "seating.turnaways.log.log_turnaway",
        ),
        proven_by=(
            "tests/races/test_last_table.py::test_one_gets_it_and_everybody_else_gets_a_reason",
            "tests/policies/booking/test_engine.py::test_the_alternatives_are_the_nearest_and_are_accepted_when_asked",
            "tests/stories/test_r08_turnaway_log.py::test_r08_every_channel_is_in_the_log",
        ),
    ),
    Invariant(
        number=8,
        says="A job's effect happens once on any number of processes; nobody waits for a job.",
        enforced_by=(
            "policies.floor.due.changes_due",
            "seating.book.periods.lock_period",
            "seating.book.periods.read_unlocked",
            "policies.book.levers.with_levers",
            "seating.backups.nightly.keep_backups",
        ),
        proven_by=(
            "tests/seating/floor/test_levers_ahead.py::test_a_lever_is_back_without_a_job_and_lost_tables_are_found_again",
            "tests/seating/backups/test_nightly.py::test_two_processes_make_one_backup_a_night",
            "tests/seating/jobs/test_sweeps.py::test_two_sweepers_and_a_tap_mark_a_no_show_once",
            "tests/races/test_seating_races.py::test_sweepers_hosts_and_sites_at_once_close_a_period_once",
        ),
    ),
    Invariant(
        number=9,
        says="Instants are aware; a period belongs to a service date, has its house, and"
        " may cross midnight.",
        enforced_by=(
            "policies.house.calendar.periods_on",
            "policies.house.calendar.service_date_at",
            "seating.book.periods.HOUSE_STAYS",
            "seating.house.carrying.carry_locked",
        ),
        proven_by=(
            "tests/policies/house/test_calendar.py::test_the_night_the_clocks_go_forward_lasts_seven_hours",
            "tests/policies/house/test_calendar.py::test_after_midnight_tonight_is_still_yesterdays_date_until_closing",
            "tests/seating/house/test_house_publishing.py::test_each_date_has_the_house_of_its_date",
            "tests/races/test_publishing_races.py::test_control_without_the_lock_it_stays_under_the_old_one",
        ),
    ),
    Invariant(
        number=10,
        says="Every venue's table has venue_id first in its key; no transaction spans venues.",
        enforced_by=("tests.test_invariants.GLOBAL_TABLES",),
        proven_by=("tests/test_invariants.py::test_every_key_begins_with_the_venue",),
    ),
    Invariant(
        number=11,
        says="Past the grace the table is free, the promise stands; unshown rules bind nobody.",
        enforced_by=(
            "policies.floor.due.changes_due",
            "policies.floor.lateness.answering.at_second_place",
            "policies.floor.lateness.grace.is_owed",
            "policies.floor.reservations.arrive",
            "seating.house.house_rules.acknowledge",
        ),
        proven_by=(
            "tests/seating/floor/test_facts_win.py::test_a_no_show_that_comes_is_owed_its_place",
            "tests/seating/floor/test_facts_win.py::test_only_a_party_that_knew_the_rule_is_owed_nothing",
            "tests/stories/test_late_parties.py::test_whoever_comes_after_its_grace_sits_where_its_page_said",
            "tests/stories/test_r13_house_rules.py::test_r13_only_the_rule_that_was_shown_binds",
        ),
    ),
    Invariant(
        number=12,
        says="Nobody is given a place, or moved to one, that an access rule keeps for others, but"
        " by a person with a reason; what was promised before the rule stays.",
        enforced_by=(
            "policies.admission.admission.admitted_to",
            "policies.plan.occupancy.choices_of",
            "policies.booking.tables.kept_from",
        ),
        proven_by=(
            "tests/seating/booking/test_access.py::test_nobody_is_booked_or_moved_where_a_rule_keeps_the_place_for_others",
            "tests/seating/booking/test_access.py::test_control_without_the_rules_parties_are_where_they_may_not_be",
            "tests/seating/booking/test_access.py::test_what_was_promised_before_the_rule_stays",
            "tests/stories/test_who_may_book_what.py::test_the_bar_is_for_who_comes_in_and_a_host_may_book_it_with_a_reason",
        ),
    ),
)
