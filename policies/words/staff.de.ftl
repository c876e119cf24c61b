### Was das Personal liest und Gästen sagt.

## Wie lange ein Tisch freigehalten wird

table-kept-until-at-most = Der Tisch kann höchstens bis { $until } freigehalten werden. Bitte kürzer oder früher beginnen.

stay-minutes = { $minutes } Min.
stay-hours = { $hours ->
    [one] 1 Stunde
   *[other] { $hours } Stunden
}
stay-hours-minutes = { $hours } Std. { $minutes } Min.
turn-of-house = { $stay }: bis { $guests ->
    [one] 1 Gast
   *[other] { $guests } Gäste
}
turn-only = { $said }, { $more }
turn-by-staff = { $stay }: vom Personal festgelegt
weekday = { $day }

## Das Tempo: wie viele in einer Viertelstunde beginnen

pace-used-up-by-guests = Um { $at } nehmen wir höchstens { $most ->
    [one] 1 Gast
   *[other] { $most } Gäste
} an ({ $share }), bisher { $starting }. Bitte eine andere Zeit anbieten.
pace-used-up-by-parties = Um { $at } nehmen wir höchstens { $most ->
    [one] 1 Gruppe
   *[other] { $most } Gruppen
} an ({ $share }), bisher { $starting }. Bitte eine andere Zeit anbieten.
pace-of-house = im ganzen Haus
pace-share = { $share }
pace-share-and = { $share }, { $more }
pace-by-online = online
pace-by-partner = Buchungsportale
pace-by-google = Google
pace-by-guest = Gästeseite
pace-by-phone = Telefon
pace-by-desk = Empfang
