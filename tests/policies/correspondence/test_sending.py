"""Whether a notice is sent, by which channel, at which hour."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, get_args

import pytest

from policies.correspondence.notices import NoticeKind
from policies.correspondence.sending import (
    NEEDED_STATE,
    ContactWish,
    GuestReach,
    NoticeFacts,
    channel_of,
    held_until,
    quiet_end,
    reason_to_skip,
)
from policies.house.rules import NoticeRules
from policies.house.zones import zone_named

if TYPE_CHECKING:
    from datetime import tzinfo

BERLIN: tzinfo = zone_named("Europe/Berlin")
NIGHT = NoticeRules(quiet_from=time(21, 30), quiet_until=time(8, 30))
RULES = NoticeRules()
VISIT = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)
NOW = VISIT - timedelta(hours=6)


def facts(kind: NoticeKind = "confirmation", **more: Any) -> NoticeFacts:  # noqa: ANN401
    fields: dict[str, Any] = {
        "kind": kind,
        "by_house": False,
        "state": next(iter(NEEDED_STATE[kind])),
        "until": VISIT,
        "told": "so",
    }
    return NoticeFacts(**(fields | more))


def reach(**more: Any) -> GuestReach:  # noqa: ANN401
    fields: dict[str, Any] = {
        "email": True, "text": True, "emails_ready": True, "texts_ready": True,
    }  # fmt: skip
    return GuestReach(**(fields | more))


def test_only_what_is_so_and_new_to_the_guest_is_sent() -> None:
    assert reason_to_skip(facts(), NOW) is None
    assert reason_to_skip(facts(state="cancelled"), NOW) == "superseded"
    assert reason_to_skip(facts(told_last="so"), NOW) == "superseded"
    assert reason_to_skip(facts(told_last="otherwise"), NOW) is None
    assert reason_to_skip(facts("reminder", told_last="so"), NOW) is None, "it reminds"
    assert reason_to_skip(facts("reminder", mark="20:00", mark_now="19:00"), NOW) == "superseded"
    assert reason_to_skip(facts(), VISIT) == "over"


@pytest.mark.parametrize(
    ("wish", "channel"),
    [
        ("anything", "email"),
        ("no_texts", "email"),
        ("no_emails", "text"),
        ("nothing", "not_wanted"),
    ],
)
def test_a_guests_wish_is_kept(wish: ContactWish, channel: str) -> None:
    assert channel_of("confirmation", reach(wish=wish), RULES) == channel


def test_no_wish_is_ever_overruled_whatever_the_house_has_or_prefers() -> None:
    unwanted = {
        "anything": (), "no_texts": ("text",), "no_emails": ("email",),
        "nothing": ("text", "email"),
    }  # fmt: skip
    for kind, wish, first, *flags in product(
        get_args(NoticeKind), get_args(ContactWish), (True, False), *[(True, False)] * 4
    ):
        email, text, emails, texts = flags
        asked = reach(email=email, text=text, wish=wish, emails_ready=emails, texts_ready=texts)
        found = channel_of(kind, asked, NoticeRules(text_first=first))
        assert found not in unwanted[wish]
        assert found != "email" or (email and emails)
        assert found != "text" or (text and texts)


def test_who_is_called_to_a_table_gets_a_text_and_all_else_goes_by_mail_first() -> None:
    assert channel_of("waitlist_ready", reach(), RULES) == "text"
    assert channel_of("waitlist_ready", reach(text=False), RULES) == "email"
    assert channel_of("reminder", reach(), RULES) == "email"
    assert channel_of("reminder", reach(), NoticeRules(text_first=True)) == "text"
    assert channel_of("reminder", reach(emails_ready=False), RULES) == "text"


def test_why_nothing_can_be_sent_is_told_apart() -> None:
    assert channel_of("change", reach(email=False, text=False), RULES) == "no_address"
    assert channel_of("change", reach(emails_ready=False, texts_ready=False), RULES) == (
        "not_configured"
    )
    assert channel_of("change", reach(email=False, wish="no_texts"), RULES) == "not_wanted"


def local(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (local(21, 29), None),
        (local(21, 30), local(8, 30, day=3)),
        (local(23, 59), local(8, 30, day=3)),
        (local(0), local(8, 30)),
        (local(8, 29), local(8, 30)),
        (local(8, 30), None),
    ],
)
def test_quiet_hours_go_over_midnight(at: datetime, ends: datetime | None) -> None:
    assert quiet_end(at, NIGHT) == ends


def test_quiet_hours_may_be_by_day_or_none_at_all() -> None:
    siesta = NoticeRules(quiet_from=time(13), quiet_until=time(16))
    assert quiet_end(local(14), siesta) == local(16)
    assert quiet_end(local(20), siesta) is None
    none = NoticeRules(quiet_from=time(9), quiet_until=time(9))
    assert [quiet_end(local(hour), none) for hour in (3, 9, 23)] == [None] * 3


def test_quiet_hours_hold_what_the_guest_has_not_just_asked_for_unless_it_would_come_too_late() -> (
    None
):
    at = local(22)

    def held(notice: NoticeFacts, channel: Any) -> datetime | None:  # noqa: ANN401
        return held_until(notice, channel, NIGHT, BERLIN, at)

    morning = local(8, 30, day=3)
    assert held(facts("cancellation", by_house=True), "email") == morning
    assert held(facts("reminder"), "email") == morning
    assert held(facts(), "text") == morning
    assert held(facts(), "email") is None, "the guest has just booked, and waits for it"
    assert held(facts("waitlist_ready"), "text") is None
    early = facts("change", by_house=True, until=local(8, day=3))
    assert held(early, "text") is None, "at half past eight it would be too late"
