"""What kitchen and floor have to know and bring, and when. Front door: `due`."""
