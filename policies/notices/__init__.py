"""What waits for a person reaches one who is not looking: who is called, what a phone says.

`calling`: who is called first and who next. `words`: the text of a message to a phone, which names
no guest. Front doors: both.
"""
