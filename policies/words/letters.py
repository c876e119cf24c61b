r"""What a line of text may hold: patterns for names and notes, which whoever reads them can trust.

Refused are control characters, the marks that turn the direction of what follows (a name could
swallow the rest of its line: Unicode TR36, 3.5) and letters that nobody sees. Joiners stay where
scripts and emoji need them: behind anything but Latin letters, one at a time.

A pattern ends with `\Z`, for `$` matches before a last line feed as well. ECMAScript, in which
OpenAPI documents write theirs, knows only `$`, and there it means the end: see `in_ecmascript`.
"""

import re
from typing import Final

_UNSEEN: Final = r"\u007f-\u009f\u200b\u2028-\u202e\u2060-\u206f\ufeff"
_JOINERS: Final = r"\u200c\u200d"

# Written out, because regex dialects disagree on what `\s` matches.
BLANK: Final = (
    r"\u0000-\u0020\u007f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)


def _text(control: str) -> str:
    refused = f"{control}{_UNSEEN}{_JOINERS}"
    return rf"(?:[^{refused}]|[^\u0000-\u02ff{refused}][{_JOINERS}])*\Z"


LINE: Final = "^" + _text(r"\u0000-\u001f")
"""A line of text, also an empty one."""

LINES: Final = "^" + _text(r"\u0000-\u0008\u000b-\u001f")
"""Text in which line feeds and tabs may stand."""

NAME: Final = rf"^(?![{BLANK}]*\Z)" + _text(r"\u0000-\u001f")
"""A line of text with something to read in it."""

STORABLE: Final = r"^[^\u0000]*\Z"
"""Any text that PostgreSQL keeps: JSON can say U+0000."""

_REFUSED: Final = re.compile(
    rf"[\u0000-\u001f{_UNSEEN}]|(?<![^\u0000-\u02ff{_JOINERS}])[{_JOINERS}]"
)


def without_unseen(text: str) -> str:
    """Return a line of text without what LINE refuses."""
    return _REFUSED.sub("", text)


def in_ecmascript(pattern: str) -> str:
    r"""Return a pattern of ours with the end of the text as ECMAScript writes it."""
    return pattern.replace(r"\Z", "$")
