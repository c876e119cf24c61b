"""What guests are written: which change is news, by which channel, when, in which words.

`notices`: what a change of the book has to tell. `sending`: whether, how and when one is sent.
`words`: mails and text messages as messages of the catalogues; `html_mail`: how a mail looks.
`segments`: how long a text message is as networks count it. `templates`: what each costs. Front
doors: all.
"""
