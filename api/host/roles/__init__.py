"""Who may ask what of the stand (`table`), and what an answer leaves out for whom (`hiding`)."""
