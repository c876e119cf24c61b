"""Why a party at the door can be given no table now: the rule that binds, as booking names it."""

from policies.book.answers import No
from policies.book.question import Question, no
from policies.booking.party_rules import needs
from policies.booking.tables import Tables
from policies.booking.time_rules import opening_hours
from policies.words.message import message


def why_no_table(tables: Tables, question: Question) -> No:
    """Return the first rule that keeps the party from a table now. The tables are asked last."""
    if not 1 <= question.ask.party_size <= question.room.largest:
        return no("PARTY_SIZE_NOT_ALLOWED", message("no-table-of-size"))
    return opening_hours(question) or needs(question) or tables.refusal(question)
