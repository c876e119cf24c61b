"""Further views of the stand: `timeline`, the tables of a period by time; `tasks` to carry out."""
