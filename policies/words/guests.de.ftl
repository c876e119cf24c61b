### What guests read: warm, short, and what they can do.

## Who may have which place

area-not-bookable = Für { $area } nehmen wir hier keine Reservierungen an. Rufen Sie uns bitte an, wir sehen, was wir tun können.
area-not-bookable-but = Für { $area } nehmen wir hier keine Reservierungen an. Gern setzen wir Sie hierhin: { $areas }.
no-place-open-to-party = Die Plätze für eine Runde dieser Größe sind dann für andere vorgesehen. Rufen Sie uns bitte an, wir sehen, was wir tun können.
larger-groups-ask = Hier nehmen wir bis zu { $most ->
    [one] einen Gast
   *[other] { $most } Gäste
} an. Schicken Sie uns eine Anfrage, wir antworten persönlich.
would-like = Wenn es geht
would-like-quiet = ein ruhiger Platz
would-like-window = am Fenster
would-like-booth = in einer Nische
