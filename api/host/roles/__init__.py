"""Who may ask what of the stand (`table`), what an answer leaves out for whom (`hiding`), and who
gave an order that comes late (`late`)."""
