"""Pages of guests: nobody logs in, whoever holds a link sees one page."""
