"""Every reservation as acknowledged: all its versions in the journal's answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.simulation.journal import Exchange, Journal


@dataclass(frozen=True, kw_only=True)
class View:
    """A reservation in one answer. `booked`: the answer to a booking or change, not of the door."""

    reservation_id: str
    version: int
    state: str
    party: int
    starts: datetime
    exchange: Exchange
    booked: bool

    @property
    def content(self) -> tuple[str, int, datetime]:
        """The values that every answer with this version must agree on."""
        return self.state, self.party, self.starts


@dataclass(kw_only=True)
class Account:
    """All views of one reservation.

    `unheard`: a booking site sent a change and hung up; it may be carried out later, even after
    the same change sent again was refused. `stays`, `needs`: what staff set, by moment;
    `by_staff`: they changed or reinstated it, judged as who phones is.
    """

    reservation_id: str
    views: list[View] = field(default_factory=list)
    made: list[Exchange] = field(default_factory=list)
    overruled: bool = False
    phone: str | None = None
    stays: list[tuple[int, Any]] = field(default_factory=list)
    needs: list[tuple[int, Any]] = field(default_factory=list)
    by_staff: bool = False
    reinstated: bool = False
    unheard: bool = False

    def until(self, moment: int) -> View | None:
        """The latest version acknowledged by a moment of the journal."""
        heard = [view for view in self.views if (view.exchange.received or 0) <= moment]
        return max(heard, key=lambda view: view.version, default=None)

    @property
    def last(self) -> View:
        """The latest version acknowledged."""
        return max(self.views, key=lambda view: view.version)

    def stay_until(self, moment: int) -> timedelta | None:
        """How long staff let it stay, by a moment; None for the turn time of the house."""
        told = [stay for received, stay in self.stays if received <= moment]
        return timedelta(minutes=told[-1]) if told and isinstance(told[-1], int) else None

    def booked_until(self, moment: int) -> View | None:
        """The latest version from a booking or change, by a moment."""
        heard = [v for v in self.views if v.booked and (v.exchange.received or 0) <= moment]
        return max(heard, key=lambda view: view.version, default=None)


def accounts_of(journal: Journal) -> dict[str, Account]:
    """Replay the journal into one account per reservation."""
    accounts: dict[str, Account] = {}
    for exchange in journal.acknowledged():
        for view in views_in(exchange):
            account = accounts.setdefault(
                view.reservation_id, Account(reservation_id=view.reservation_id)
            )
            account.views.append(view)
            note_making(account, exchange)
    note_unheard(accounts, journal)
    return accounts


def note_unheard(accounts: dict[str, Account], journal: Journal) -> None:
    """Mark reservations with a change whose answer did not arrive."""
    for exchange in journal.exchanges:
        # A host's change carries an id: sent again, it must be answered as carried out.
        by_site = exchange.method == "PATCH" and exchange.path.startswith("/v1/")
        unheard = by_site and exchange.fate in {"lost", "broken"}
        if unheard and exchange.last in accounts:
            accounts[exchange.last].unheard = True


def note_making(account: Account, exchange: Exchange) -> None:
    """Record the making exchange, the phone, and whether staff overruled the engine."""
    body = exchange.body if isinstance(exchange.body, dict) else {}
    about_this = body.get("reservation_id") == account.reservation_id
    if makes(exchange):
        account.made.append(exchange)
        account.phone = body.get("guest", {}).get("phone")
    at_desk = exchange.path.startswith("/host/reservations/")
    account.by_staff |= (at_desk and exchange.method == "PATCH") or exchange.last == "reinstate"
    if at_desk and exchange.method == "PATCH":
        for name, told in (("duration_minutes", account.stays), ("needs", account.needs)):
            if name in body:
                told.append((exchange.received or 0, body[name]))
    if exchange.last == "reinstate":
        account.reinstated = True
    if body.get("overrule") or (exchange.last == "approve" and body.get("reason") and about_this):
        account.overruled = True


def makes(exchange: Exchange) -> bool:
    """Whether the call makes a reservation."""
    booked = exchange.rescues and bool(exchange.answer.get("reservation"))
    return exchange.method == "POST" and (booked or exchange.last in {"reservations", "enquiries"})


def views_in(exchange: Exchange) -> Iterator[View]:
    """Every reservation in an answer."""
    answer = exchange.answer
    if not isinstance(answer, dict):
        return
    if exchange.path.startswith("/v1/") and "status" in answer and "cancel_until" in answer:
        yield partner_view(exchange, answer)
    elif exchange.path.startswith("/host/"):
        yield from (host_view(exchange, seen) for seen in reservations_in(answer))


def reservations_in(answer: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The reservations in an answer of the host stand."""
    single, command_answer = answer.get("reservation"), answer.get("result")
    if isinstance(single, dict):
        return [single]
    # The desk's answer is the reservation it wrote; its result shows others that moved, too.
    if "reservation_id" in answer and "state" in answer and "starts" in answer:
        return [answer]
    if isinstance(command_answer, dict):
        return reservations_in(command_answer)
    several = answer.get("reservations", ())
    return [seen for seen in several if isinstance(seen, dict) and "version" in seen]


def partner_view(exchange: Exchange, seen: dict[str, Any]) -> View:
    """The view in an answer of /v1."""
    return View(
        reservation_id=seen["id"],
        version=seen["version"],
        state=seen["status"],
        party=seen["party_size"],
        starts=datetime.fromisoformat(seen["start"]),
        exchange=exchange,
        booked=True,
    )


def host_view(exchange: Exchange, seen: dict[str, Any]) -> View:
    """The view in an answer of /host."""
    return View(
        reservation_id=seen["reservation_id"],
        version=seen["version"],
        state=seen["state"],
        party=seen["party_size"],
        starts=datetime.fromisoformat(seen["starts"]),
        exchange=exchange,
        booked=exchange.path.startswith("/host/reservations") or makes(exchange),
    )
