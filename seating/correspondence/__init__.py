"""Guests are written to: mails and text messages, each once, from rows made with what caused them.

`courier`: sends what is due; any number may run. `reminders`: the sweep that writes reminders.
`callbacks`: what a provider tells of a text message. `reading`: what staff see of it. `silence`: a
guest asks not to be written to. `set_up`: which mail server and provider are set. `mailing`,
`texting` and `twilio`: how one message goes out; `rows`, `facts`: their tables. Front doors: the
first six.
"""
