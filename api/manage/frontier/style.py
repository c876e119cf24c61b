"""How the drawing looks by day and by night (LOOK.md), and the policy under which it opens."""

from base64 import b64encode
from hashlib import sha256
from typing import Final

STYLE: Final = """
:root{color-scheme:light dark;--ground:#fffcf6;--line:#e3d9c8;--strong:#8f8169;--ink:#251f18;
--ink-2:#5d5244;--act:#7f5c0f;--on-act:#fff9ee}
@media (prefers-color-scheme:dark){:root{--ground:#1f1b17;--line:#3b342b;--strong:#8a7c6a;
--ink:#f4ede1;--ink-2:#c3b7a5;--act:#f0c674;--on-act:#221804}}
text{font:14px "Onest Variable","Onest",system-ui,-apple-system,"Segoe UI",sans-serif;
fill:var(--ink-2);font-variant-numeric:tabular-nums}
.ground{fill:var(--ground)}
.head{font:24px "Literata Variable","Literata",Georgia,serif;fill:var(--ink)}
.strong{fill:var(--ink);font-weight:600}.act{fill:var(--act);font-weight:600}
.middle{text-anchor:middle}.end{text-anchor:end}
.grid{stroke:var(--line)}.zero{stroke:var(--strong)}
.curve{fill:none;stroke:var(--ink-2);stroke-width:2}
.error{stroke:var(--strong);stroke-width:1.5}
.mark{fill:var(--ground);stroke:var(--ink);stroke-width:2}.usual{fill:var(--ink)}
.number{text-anchor:middle;fill:var(--ink);font-weight:600;font-size:13px}.on{fill:var(--ground)}
.here{fill:none;stroke:var(--act);stroke-width:3}
.own{stroke:var(--ink);stroke-width:2;stroke-dasharray:2 5}.spread{fill:var(--line);opacity:.55}
"""
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy under which the picture may be opened as a page."""
