"""Sentences stand in the catalogues alone: the code of the layers holds none."""

from __future__ import annotations

import ast

import pytest

from tests.support.catalogues import modules
from tests.support.sentences import sentences

STAYS: dict[str, tuple[str, ...]] = {
    "read by whoever runs the machine, on the console or in a log, never by the house": (
        "api/ops/health.py",
        "api/ops/metrics.py",
        "api/screens/serving.py",
        "api/settings.py",
        "api/setup.py",
        "policies/lab/minutes/disagreements.py",
        "seating/backups/",
        "seating/certificates.py",
        "seating/connecting.py",
        "seating/correspondence/mailing.py",
        "seating/fitness.py",
        "seating/house/loading.py",
        "seating/house/stranded.py",
        "seating/jobs/disk_probe.py",
        "seating/keys.py",
        "seating/lending.py",
        "seating/lock_queue.py",
        "seating/migrate.py",
        "seating/roles.py",
        "seating/webhooks/courier.py",
        "seating/webhooks/egress.py",
        "seating/webhooks/sealed_secrets.py",
    ),
    "the OpenAPI documents and the protocol of a partner, read by programmers": (
        "api/booking/availability.py",
        "api/booking/fields.py",
        "api/booking/venues.py",
        "api/http/described.py",
        "api/http/oauth.py",
        "api/openapi/",
        "api/webhooks/answers.py",
    ),
    "no sentence to anybody: what a document says of itself, a pattern, a header, a reason": (
        "api/edge/limits.py",
        "api/guest/shell.py",
        "api/host/roles/table.py",
        "api/manage/frontier/style.py",
        "policies/correspondence/html_mail.py",
        "policies/gestures/allergens.py",
        "policies/house/rules.py",
        "seating/book/announcing.py",
        "seating/invariants.py",
        "seating/privacy/ageing.py",
    ),
    "SQL in pieces, of which statements are made": (
        "seating/book/waited.py",
        "seating/reports/evenings.py",
        "seating/reports/statements.py",
    ),
}
"""Modules (or folders) whose sentences stay, by why; each has to hold one still."""

TEXTS: dict[str, tuple[str, ...]] = {
    "a race that was lost and is tried again, or an error of ours: nobody is told": (
        "another event of the check came first",
        "another house was published meanwhile",
        "the guest was merged meanwhile",
        "client disconnected prematurely",
        "released back to the pool",
        "no period {} on {}",
        "no room for {}",
        "one of the records was merged before it was locked",
        "the entry changed before its period was locked",
        "the guest received the same between two looks",
        "the house changed to version {}",
        "the plan changed before its period was locked",
        "the purse was filled up between two looks",
        "the reservation changed before its period was locked",
        "the reservation moved or ended before its period was locked",
        "the same call has been answered meanwhile",
        "this guest was told no at the same moment",
    ),
    "kept with an action as its reason, as a person writes one": (
        "another was chosen",
        "another was taken",
        "cancelled through Google",
        "erased before, and brought back by a restore",
        "not seen for three years",
        "out of use",
        "takes along the change of version {}",
        "the guest did not want it",
        "the house file says so",
    ),
    "compared with what another program wrote": (
        "Number out of range: {}",
        "Too many values",
        "Validation failed for ",
    ),
    "a title or a description in the OpenAPI document": (
        "Text without control characters, line feeds apart.",
        "The body is not as it should be.",
        "The query is not as it should be.",
        "The request is not as it should be.",
    ),
    "SQL or a header in pieces": (
        ', error="invalid_token"',
        "kind = 'spend_linked'",
        "nullif(current_setting('maitred.acting', true), '')",
        "substring(w.phone from '^[+][1-9][0-9]{6,14}(?:;ext=[0-9]{1,9})?$')",
    ),
}
"""Sentences that stay in any module, by why; `{}` stands for a value."""


def test_no_sentence_stands_outside_the_catalogues() -> None:
    stays = tuple(path for paths in STAYS.values() for path in paths)
    texts = {text for texts in TEXTS.values() for text in texts}
    outside = {
        f"{path}:{text.line}": text.words
        for path, module in modules().items()
        if not path.startswith(stays)
        for text in sentences(module)
        if text.words not in texts
    }
    assert outside == {}


def test_the_lists_of_what_stays_outside_hold_nothing_that_has_gone() -> None:
    said = {path: [text.words for text in sentences(module)] for path, module in modules().items()}
    holding = {path for path, words in said.items() if words}
    listed = {path for paths in STAYS.values() for path in paths}
    gone = {path for path in listed if not any(each.startswith(path) for each in holding)}
    assert gone == set()
    words = {text for texts in said.values() for text in texts}
    assert {text for texts in TEXTS.values() for text in texts} <= words


@pytest.mark.parametrize(
    "line",
    [
        'answer("We are full tonight.")',
        "answer(f'Table {name} is taken by {guests} guests')",
        'REFUSED = {"en": "please call us"}',
        'raise Invalid(f"there is no table {name}")',
        'x = "is free" if free else "is not free now"',
    ],
)
def test_a_sentence_is_seen(line: str) -> None:
    assert list(sentences(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        '"""Return the name of the table."""',
        'raise ValueError("the bound knows joins of tables of one class only")',
        'log.info("the book was opened by %s", name)',
        'READ = "select name from venue where venue_id = $1"',
        'x = Meta(description="When the table is needed next.")',
        'x = message("booking-taken")',
        'x = "Am Markt"',
    ],
)
def test_docstrings_sql_log_lines_and_keys_are_none(line: str) -> None:
    assert not list(sentences(ast.parse(line)))
