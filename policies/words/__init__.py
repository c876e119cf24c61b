"""What the house says to people: messages with params, said from one catalogue per language.

A decision never holds a sentence. It returns a `Message`: the key of an entry of the catalogues
and the params of its placeables, which travel beside the code of a problem, so that a screen can
say it in any language. `say` makes the sentence of it.

The catalogues are Fluent files (https://projectfluent.org), `<audience>.<language>.ftl`: `staff`
(en, ru; de in part) and `guests` (en, ru, de, uk); a key belongs to one audience. What a language
lacks is said in English. Money, dates and numbers are params of their own kinds and written as
the language writes them (CLDR, by babel).

Front doors: `message`, `catalogue`.
"""
