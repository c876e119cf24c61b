"""Whether a notice is sent, by which channel, and at which hour; all at the moment of sending.

A notice tells what is so when it is sent. So whatever a guest has been told already, or what is no
longer true, is not sent: a confirmation of what was cancelled meanwhile, a cancellation that was
taken back, a move there and back.
"""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final, Literal

from msgspec import Struct

from policies.correspondence.notices import NoticeKind
from policies.house.rules import NoticeRules

NoticeChannel = Literal["email", "text"]
ContactWish = Literal["anything", "no_texts", "no_emails", "nothing"]
"""How a guest agreed to be written to; `nothing`: asked not to be."""

SkipReason = Literal[
    "superseded", "over", "no_address", "not_wanted", "not_configured", "told_by_site"
]
"""`superseded`: no longer so, or told already; `over`: the moment for it has passed."""

TELLS_THE_PROMISE: Final[frozenset[NoticeKind]] = frozenset(
    {"confirmation", "change", "cancellation", "enquiry_answer"}
)
"""Notices of how a booking stands: each is news only where the guest was last told otherwise."""

NEEDED_STATE: Final[dict[NoticeKind, frozenset[str]]] = {
    "confirmation": frozenset({"booked"}),
    "change": frozenset({"booked"}),
    "cancellation": frozenset({"cancelled"}),
    "reminder": frozenset({"booked"}),
    "enquiry_answer": frozenset({"booked", "declined"}),
    "waitlist_ready": frozenset({"notified"}),
}
AT_ANY_HOUR: Final[frozenset[NoticeKind]] = frozenset({"waitlist_ready"})
"""Whoever waits to hear this is up."""


class NoticeFacts(Struct, frozen=True, kw_only=True):
    """A notice and what is so now of its subject.

    `until`: when there is nothing left to tell: the start of the visit, the end of a call. `told`:
    what it would tell, `told_last`: what the guest was told last, None: nothing yet. `mark`,
    `mark_now`: what it was made of, and what that would be now (a reminder's start).
    """

    kind: NoticeKind
    by_house: bool
    state: str
    until: datetime
    told: str
    told_last: str | None = None
    mark: str = ""
    mark_now: str = ""


class GuestReach(Struct, frozen=True, kw_only=True):
    """How a guest can be reached: addresses there are, what they wish, what the house has set."""

    email: bool
    text: bool
    wish: ContactWish = "anything"
    emails_ready: bool
    texts_ready: bool


def reason_to_skip(facts: NoticeFacts, now: datetime) -> SkipReason | None:
    """Return why a notice is not sent any more, None where it still has something to tell."""
    if facts.state not in NEEDED_STATE[facts.kind] or facts.mark != facts.mark_now:
        return "superseded"
    if now >= facts.until:
        return "over"
    if facts.kind in TELLS_THE_PROMISE and facts.told == facts.told_last:
        return "superseded"
    return None


def channel_of(
    kind: NoticeKind, reach: GuestReach, rules: NoticeRules
) -> NoticeChannel | SkipReason:
    """Return the channel of a notice, or why there is none.

    Who is called to a table looks at the phone; all else goes by mail where there is an address,
    unless the house writes texts first.
    """
    texts_first = rules.text_first or kind == "waitlist_ready"
    order: tuple[NoticeChannel, ...] = ("text", "email") if texts_first else ("email", "text")
    there = [each for each in order if (reach.email if each == "email" else reach.text)]
    if not there:
        return "no_address"
    wanted = [each for each in there if each not in _unwanted(reach.wish)]
    if not wanted:
        return "not_wanted"
    ready = (
        each for each in wanted if (reach.emails_ready if each == "email" else reach.texts_ready)
    )
    return next(ready, "not_configured")


def both_wishes(one: ContactWish, other: ContactWish) -> ContactWish:
    """Return what a guest wishes of whom two records were kept: whatever either forbids."""
    unwanted = _unwanted(one) | _unwanted(other)
    if unwanted == {"email", "text"}:
        return "nothing"
    if not unwanted:
        return "anything"
    return "no_texts" if "text" in unwanted else "no_emails"


def held_until(
    facts: NoticeFacts,
    channel: NoticeChannel,
    rules: NoticeRules,
    zone: tzinfo,
    now: datetime,
) -> datetime | None:
    """Return until when the quiet hours keep a notice; None: it may be sent now.

    Not what a guest has just done and is told by mail; nor what would come too late afterwards.
    """
    if facts.kind in AT_ANY_HOUR:
        return None
    asked_for_it = not facts.by_house and facts.kind != "reminder"
    if asked_for_it and channel == "email":
        return None
    ends = quiet_end(now.astimezone(zone), rules)
    return ends if ends is not None and ends < facts.until else None


def quiet_end(local: datetime, rules: NoticeRules) -> datetime | None:
    """Return when the quiet hours that hold at a local time end, None outside them."""
    since, until = rules.quiet_from, rules.quiet_until
    if not _within(local.time(), since, until):
        return None
    tomorrow = local.time() >= since > until
    day = local.date() + timedelta(days=1) if tomorrow else local.date()
    return datetime.combine(day, until, local.tzinfo)


def _within(at: time, since: time, until: time) -> bool:
    if since <= until:
        return since <= at < until
    return at >= since or at < until


def _unwanted(wish: ContactWish) -> frozenset[NoticeChannel]:
    match wish:
        case "anything":
            return frozenset()
        case "no_texts":
            return frozenset({"text"})
        case "no_emails":
            return frozenset({"email"})
        case "nothing":
            return frozenset({"email", "text"})
