"""Further views of the stand: `timeline`, the tables of a period by time; `tasks` to carry out;
`kitchen`, its screen; `notices`, what waits for a person, and whose phone rings."""
