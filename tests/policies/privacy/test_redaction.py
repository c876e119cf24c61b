"""Taking a person out of stored documents, and nobody else."""

from __future__ import annotations

from policies.privacy.redaction import Known, redacted, redacted_text

ADA = Known(
    ids={"r-1": "r-1", "g-1": "g-9"},
    names=frozenset({"Ada Oddname"}),
    contacts=frozenset({"+493012345678", "ada@odd.example", "at the bar"}),
)


def test_in_an_object_about_the_person_every_word_of_and_about_them_is_emptied() -> None:
    about = {
        "reservation_id": "r-1",
        "name": "A.",
        "notes": "nuts",
        "tags": ["vip"],
        "state": "booked",
    }
    emptied = {"reservation_id": "r-1", "name": "-", "notes": "-", "tags": [], "state": "booked"}
    assert redacted({"result": about, "guest": {"guest_id": "g-1"}}, ADA) == {
        "result": emptied,
        "guest": {"guest_id": "g-9"},
    }


def test_another_party_in_the_same_document_keeps_its_name_even_a_namesake() -> None:
    other = {"reservation_id": "r-2", "name": "Ada Oddname", "notes": "window"}
    document = {"id": "r-1", "name": "Ada Oddname", "moved": [other]}
    assert redacted(document, ADA)["moved"] == [other]


def test_numbers_addresses_and_names_go_from_sentences_in_any_case() -> None:
    said = "ADA ODDNAME (ada@ODD.example, +493012345678) sat at the bar; Oddname was happy"
    assert redacted_text(said, ADA) == "- (-, -) sat at the bar; - was happy"


def test_a_guest_who_is_called_like_a_code_of_ours_breaks_no_document() -> None:
    odd = Known(ids={"r-1": "r-1"}, names=frozenset({"booked", "dinner time"}))
    document = {"id": "r-1", "state": "booked", "seats": [{"table_id": "4", "state": "booked"}]}
    assert redacted(document, odd) == document
