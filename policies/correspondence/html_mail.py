"""A mail as HTML, which looks the same where no style but that of an element is kept."""

from html import escape

from policies.correspondence.words import Mail

BUTTON = (
    "display:inline-block;margin:.5em 0;padding:.75em 1.25em;border-radius:.75em;"
    "background:#7d5a12;color:#fff;text-decoration:none;font-weight:bold"
)


def html_text(mail: Mail) -> str:
    """Return a mail as HTML: no picture, no script, nothing that is fetched."""
    facts = "".join(
        f'<tr><td style="padding:2px 16px 2px 0">{escape(label)}</td>'
        f"<td><strong>{escape(value)}</strong></td></tr>\n"
        for label, value in mail.facts
    )
    page = f"<p>{_anchor(mail.link, BUTTON)}</p>\n" if mail.link else ""
    stop = [_anchor(mail.stop, "color:#6b6259")] if mail.stop else []
    small = "<br>\n".join([*(escape(each) for each in mail.small), *stop])
    return (
        f'<!doctype html>\n<html lang="{mail.language}"><head><meta charset="utf-8">'
        f"<title>{escape(mail.subject)}</title></head>\n"
        '<body style="font-family:sans-serif;line-height:1.5;max-width:36em;margin:1em">\n'
        f'<h1 style="font-size:1.25em">{escape(mail.house)}</h1>\n'
        f"<p>{escape(mail.hello)}</p>\n<p>{escape(mail.line)}</p>\n"
        f"<table>\n{facts}</table>\n{page}"
        f'<p style="font-size:.8em;color:#6b6259">{small}</p>\n</body></html>\n'
    )


def _anchor(link: tuple[str, str], style: str) -> str:
    label, to = link
    return f'<a href="{escape(to)}" style="{style}">{escape(label)}</a>'
