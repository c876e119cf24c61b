"""What matters is recorded with who, from where and what changed; the owner reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seating.access.audit import MOST_PER_SOURCE, Kind
from seating.access.clients import create_client
from seating.access.recorded import KINDS
from seating.db import transaction
from tests.api.conftest import ELSEWHERE, PIN, VENUE, client_of, staff_client
from tests.api.http.test_access import ALL, sample

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

EVENTS = "/manage/security-events"

HERE = "of the book: its own audit has it, and it can be undone"
DRAFT = "nothing holds before it is published"
TRIED = "played in the lab, nothing of the book changes"
READS = "only told, nothing is written"
DELIVERY = "a message again, or one to try out"
KITCHEN = "a task that was carried out; the row says by whom"
PUSH = "one's own device rings for oneself, on a page that was opened by a PIN"
OWN = "one ends one's own session"

RECORDED: dict[tuple[str, str], tuple[Kind, ...] | str] = {
    ("POST", "/oauth/token"): ("IssueToken", "WrongSecret", "UnknownClient"),
    ("POST", "/host/pair"): ("PairDevice", "WrongPairingCode"),
    ("POST", "/host/login"): ("LogIn", "WrongPin", "TabletLocked", "PersonLocked"),
    ("POST", "/host/logout"): OWN,
    ("POST", "/host/session/lock"): OWN,
    ("POST", "/host/session/confirm"): ("WrongPin",),
    ("PUT", "/host/pin"): ("ChangePin", "WrongPin"),
    ("DELETE", "/host/sessions"): ("EndSession",),
    ("DELETE", "/host/sessions/{session_id:uuid}"): ("EndSession",),
    ("DELETE", "/manage/sessions/{session_id:uuid}"): ("EndSession",),
    ("POST", "/manage/devices/{device_id:uuid}/unlock"): ("UnlockTablet",),
    ("POST", "/manage/guests/{guest_id:uuid}/erase"): ("GuestErased",),
    ("POST", "/manage/guests/by-number/erase"): ("GuestErased",),
    ("POST", "/manage/guests/by-number/export"): ("GuestExported",),
    ("POST", "/manage/pairing-codes"): ("MakePairingCode",),
    ("PATCH", "/manage/devices/{device_id:uuid}"): ("RenameDevice",),
    ("DELETE", "/manage/devices/{device_id:uuid}"): ("RevokeDevice",),
    ("POST", "/manage/staff"): ("AddPerson", "ChangePin"),
    ("PUT", "/manage/staff/{staff_id:str}/pin"): ("ChangePin",),
    ("PUT", "/manage/staff/{staff_id:str}/name"): ("ChangeName",),
    ("PUT", "/manage/staff/{staff_id:str}/role"): ("ChangeRole",),
    ("DELETE", "/manage/staff/{staff_id:str}"): ("RemovePerson",),
    ("POST", "/manage/clients"): ("MakeClient",),
    ("PUT", "/manage/clients/{client_id:str}/grant"): ("SetGrant",),
    ("DELETE", "/manage/clients/{client_id:str}/grant"): ("WithdrawGrant",),
    ("POST", "/manage/clients/{client_id:str}/disable"): ("DisableClient",),
    ("POST", "/manage/clients/{client_id:str}/enable"): ("EnableClient",),
    ("POST", "/manage/clients/{client_id:str}/rotate-secret"): ("RotateClientSecret",),
    ("POST", "/manage/advice/draft"): DRAFT,
    ("POST", "/manage/webhook-endpoints/{endpoint_id:uuid}/test"): DELIVERY,
    ("POST", "/manage/webhook-endpoints/{endpoint_id:uuid}/deliveries/{delivery_id:uuid}/again"):
        DELIVERY,
    ("POST", "/manage/house/drafts"): DRAFT,
    ("PATCH", "/manage/house/drafts/{version:int}"): DRAFT,
    ("DELETE", "/manage/house/drafts/{version:int}"): DRAFT,
    ("POST", "/manage/house/drafts/{version:int}/preview"): READS,
    ("POST", "/manage/house/drafts/{version:int}/publish"): ("PublishHouse",),
    ("POST", "/manage/house/versions/{version:int}/withdraw"): ("WithdrawHouse",),
    ("POST", "/manage/frontier/position"): DRAFT,
    ("POST", "/manage/lab/runs"): TRIED,
    ("POST", "/manage/lab/runs/{run_id:uuid}/cancel"): TRIED,
    ("POST", "/manage/rules"): DRAFT,
    ("PATCH", "/manage/rules"): DRAFT,
    ("POST", "/manage/rules/{version:int}/preview"): READS,
    ("POST", "/manage/rules/{version:int}/publish"): ("PublishRules",),
    ("POST", "/manage/rules/{version:int}/withdraw"): ("WithdrawRules",),
    ("POST", "/manage/periods/{period_id:str}/override"): ("OverrideRules",),
    ("POST", "/manage/overrides"): ("OverrideRules",),
    ("POST", "/host/kitchen/note"): KITCHEN,
    ("POST", "/host/kitchen/unnote"): KITCHEN,
    ("POST", "/host/push/key"): PUSH,
    ("PUT", "/host/push"): PUSH,
    ("DELETE", "/host/push"): PUSH,
    ("POST", "/manage/approvals/answer"): HERE,
    ("POST", "/v1/webhook-endpoints"): ("AddEndpoint",),
    ("DELETE", "/v1/webhook-endpoints/{endpoint_id:str}"): ("RemoveEndpoint",),
    ("POST", "/v1/webhook-endpoints/{endpoint_id:str}/rotate-secret"): ("RotateEndpointSecret",),
    ("POST", "/v1/webhook-endpoints/{endpoint_id:str}/test"): DELIVERY,
    ("POST", "/v1/webhook-endpoints/{endpoint_id:str}/deliveries/{delivery_id:uuid}/redeliver"):
        DELIVERY,
}  # fmt: skip
"""What each writing route records, or why nothing. A new route joins it with a decision."""

OF_THE_BOOK = (
    "/host/alerts", "/host/cases", "/host/complaints", "/host/gestures", "/host/guests",
    "/host/notes", "/host/orders", "/host/rescues", "/host/reservations", "/host/turnaways",
    "/host/waitlist",
)  # fmt: skip
"""Where hosts work: every order is in the audit of actions, with who, when, before and after."""

ELSEWHERE_RECORDED: dict[Kind, str] = {
    "FirstPin": "tests/api/test_setup.py",
    "LetOwnerIn": "tests/seating/access/test_owners.py",
    "OpenHouse": "a house is opened by its file",
    "ExportHouse": "a GET",
    "MakeBackup": "tests/seating/backups",
    "RestoreBackup": "tests/seating/backups",
    "GoBack": "tests/seating/backups",
    "RefusedAccess": "any route",
    "SessionAtOtherTablet": "tests/api/test_sessions.py",
}


def is_recorded_by_itself(path: str) -> bool:
    return path.startswith(("/host/", "/manage/", "/oauth/", "/v1/webhook-endpoints"))


def test_every_route_that_writes_says_what_it_records_or_why_nothing() -> None:
    writing = {
        (method, path)
        for method, path in ALL
        if method in {"POST", "PUT", "PATCH", "DELETE"}
        and is_recorded_by_itself(path)
        and not path.startswith(OF_THE_BOOK)
    }
    assert writing == RECORDED.keys()
    by_routes = {kind for kinds in RECORDED.values() if isinstance(kinds, tuple) for kind in kinds}
    assert by_routes | ELSEWHERE_RECORDED.keys() == KINDS


async def events(owner: httpx.AsyncClient, **query: str) -> list[dict[str, object]]:
    answer = await owner.get(EVENTS, params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, object]] = answer.json()["items"]
    return items


async def test_the_owner_reads_who_did_what_from_where_and_what_changed(
    app: Litestar, owner: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    ana = {"staff_id": "ana", "name": "Ana", "role": "host", "pin": "135792"}
    await owner.post("/manage/staff", json=ana)
    await owner.put("/manage/staff/ana/role", json={"role": "manager"})
    await owner.put("/manage/staff/ana/pin", json={"pin": "864209"})
    code = (await owner.post("/manage/pairing-codes")).json()["code"]
    pairing = {"venue": VENUE, "code": code, "device_name": "Door"}
    assert (await anybody.post("/host/pair", json=pairing)).status_code == 204
    await anybody.post("/host/login", json={"staff_id": "ana", "pin": "135792"})
    assert (
        await anybody.post("/host/login", json={"staff_id": "ana", "pin": "864209"})
    ).status_code == 200
    made = (
        await owner.post("/manage/clients", json={"name": "A site", "scopes": ["bookings"]})
    ).json()
    grant = f"/manage/clients/{made['client_id']}/grant"
    await owner.put(grant, json={"scopes": ["availability", "bookings"]})
    secret = {"grant_type": "client_credentials", "client_id": made["client_id"]}
    await anybody.post("/oauth/token", data=secret | {"client_secret": "guessed"})
    await anybody.post("/oauth/token", data=secret | {"client_secret": made["client_secret"]})

    told = await events(owner)
    assert [each["detail"] for each in told[11::-1]] == [
        "owner added Ana to the staff as host.",
        "owner set a new PIN for Ana.",
        "owner changed the role of Ana from host to manager.",
        "owner set a new PIN for Ana.",
        "owner made a pairing code for a tablet.",
        "A tablet was paired with a code of owner: Door.",
        "A wrong PIN for Ana was typed at the tablet Door.",
        "Ana logged in at the tablet Door.",
        "owner made the client A site, which may book.",
        "owner set what A site may do: see free tables and book; before: book.",
        "A wrong secret of A site was sent from 127.0.0.1.",
        "A site signed in with its secret.",
    ]
    role = next(each for each in told if each["kind"] == "ChangeRole")
    assert role["facts"] == {"staff_id": "ana", "role": "manager", "before": "host"}
    assert (role["staff_id"], role["device_name"]) == ("owner", "tablet")
    assert role["session_id"]
    assert {each["address"] for each in told[:12]} == {"127.0.0.1"}
    rows = "select string_agg(e::text, ' ') from security_event e"
    kept = await app.state.pool.fetchval(rows)
    for secret_word in (PIN, "135792", "864209", code, made["client_secret"], "guessed"):
        assert secret_word not in kept
    owner.headers["Accept-Language"] = "ru"
    (changed,) = await events(owner, kind="ChangeRole")
    assert changed["detail"] == "owner: у Ana теперь роль «менеджер», раньше — «хостес»."


async def test_the_record_is_read_in_pages_by_kind_person_and_time_by_owners_only(
    app: Litestar, owner: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    for name in ("Ana", "Bea", "Eve"):
        await owner.put("/manage/staff/host/name", json={"name": name})
    assert (await manager.get(EVENTS)).status_code == 403
    every = await events(owner)
    page = (await owner.get(EVENTS, params={"limit": 2})).json()
    more = (await owner.get(EVENTS, params={"limit": 2, "cursor": page["next_cursor"]})).json()
    assert [*page["items"], *more["items"]] == every[:4]
    names = await events(owner, kind="ChangeName")
    assert [each["facts"]["name"] for each in names] == ["Eve", "Bea", "Ana"]  # type: ignore[index]
    assert await events(owner, person="host") == names
    at = str(names[1]["at"])
    assert (await events(owner, **{"from": at}, kind="ChangeName")) == names[:2]
    assert (await events(owner, to=at, kind="ChangeName")) == names[2:]
    wrong = await owner.get(EVENTS, params={"from": "yesterday"})
    assert wrong.json()["errors"][0]["pointer"] == "/from"
    async with staff_client(app, "owner", ELSEWHERE) as other:
        assert not any(each["kind"] == "ChangeName" for each in await events(other))


async def test_an_event_of_no_house_is_seen_by_the_houses_it_concerns(
    app: Litestar, owner: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    async with transaction(app.state.pool) as conn:
        ours, _ = await create_client(conn, "Ours", {VENUE: ["bookings"]})
        theirs, _ = await create_client(conn, "Theirs", {ELSEWHERE: ["bookings"]})
    for client in (ours, theirs, "a-secret-in-the-wrong-field"):
        form = {"grant_type": "client_credentials", "client_id": client, "client_secret": "no"}
        assert (await anybody.post("/oauth/token", data=form)).status_code == 401
    seen = [each for each in await events(owner) if each["installation"]]
    assert [(each["kind"], each["client_id"]) for each in seen] == [
        ("UnknownClient", None), ("WrongSecret", ours),
    ]  # fmt: skip
    assert "a-secret" not in json.dumps(seen)


async def test_what_was_of_a_client_stays_in_sight_after_its_grant_was_withdrawn(
    app: Litestar, owner: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    async with transaction(app.state.pool) as conn:
        client, _ = await create_client(
            conn, "A site", {VENUE: ["bookings"], ELSEWHERE: ["bookings"]}
        )
    form = {"grant_type": "client_credentials", "client_id": client, "client_secret": "guessed"}
    assert (await anybody.post("/oauth/token", data=form)).status_code == 401
    assert (await owner.delete(f"/manage/clients/{client}/grant")).status_code == 204
    assert (await anybody.post("/oauth/token", data=form)).status_code == 401
    assert [each["detail"] for each in await events(owner)][:3] == [
        "owner withdrew what A site could do: book.",
        "A wrong secret of A site was sent from 127.0.0.1.",
        "Whoever runs the machine made the client A site, which may book.",
    ]
    async with staff_client(app, "owner", ELSEWHERE) as other:
        assert len(await events(other, kind="WrongSecret")) == 2


async def test_refused_access_is_recorded_after_the_answer_and_bounded(
    owner: httpx.AsyncClient, host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    for _ in range(MOST_PER_SOURCE + 2):
        assert (await host.get("/manage/staff")).status_code == 403
    assert (await partner.get(f"/v1/venues/{ELSEWHERE}")).status_code == 404
    assert (await partner.get("/host/me")).status_code == 403
    del owner.headers["X-CSRF-Token"]
    assert (await owner.put("/manage/staff/host/name", json={"name": "x"})).status_code == 403
    told = await events(owner, kind="RefusedAccess")
    assert told[0]["detail"] == (
        "A request in the name of owner did not come from our page and was refused."
    )
    assert [each["detail"] for each in told[1:4]] == [
        "A site was refused: GET /host/me.",
        "A site asked for another house and was refused.",
        (
            "host asked for what takes a higher role and was refused: GET /manage/staff."
            " No more of these were written down within the hour."
        ),
    ]
    assert len(told) == 3 + MOST_PER_SOURCE
    assert told[2]["facts"] == {
        "why": "no-such-venue", "method": "GET", "route": "/v1/venues/{venue}",
        "venue": ELSEWHERE,
    }  # fmt: skip


async def test_all_of_this_is_recorded_by_the_routes_that_say_so(
    app: Litestar, owner: httpx.AsyncClient
) -> None:
    """Those of this small house; publishing has tests of its own."""
    async with client_of(app) as tablet:
        code = (await owner.post("/manage/pairing-codes")).json()["code"]
        wrong = {"venue": VENUE, "code": "AAAAAAAA", "device_name": "Door"}
        await tablet.post("/host/pair", json=wrong)
        await tablet.post("/host/pair", json=wrong | {"code": code})
    device = (await owner.get("/manage/devices")).json()[0]["device_id"]
    path = sample("/manage/devices/{device_id:uuid}").rpartition("/")[0]
    await owner.patch(f"{path}/{device}", json={"name": "Bar"})
    client = (
        await owner.post("/manage/clients", json={"name": "A site", "scopes": ["bookings"]})
    ).json()["client_id"]
    await owner.post(f"/manage/clients/{client}/disable")
    await owner.delete(f"/manage/clients/{client}/grant")
    await owner.delete("/manage/staff/host")
    await owner.delete(f"/manage/devices/{device}")
    rows = "select kind, facts::text from security_event order by at"
    told = {row["kind"]: json.loads(row["facts"]) for row in await app.state.pool.fetch(rows)}
    assert told["RenameDevice"] == {"device_id": device, "name": "Bar", "before": "Door"}
    assert told["WithdrawGrant"] == {"before": ["bookings"]}
    assert told.keys() >= {
        "WrongPairingCode", "PairDevice", "MakeClient", "DisableClient", "RemovePerson",
        "RevokeDevice",
    }  # fmt: skip
