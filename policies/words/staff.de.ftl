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

## How often something happens

often-never = an weniger als 1 von 20 Abenden
often-seldom = an etwa 1 von { $count } Abenden
often-sometimes = an etwa { $count } von 10 Abenden
often-always = an fast jedem Abend

## Why a booking was taken or turned down: for staff alone

booking-taken = Angenommen. Bringt etwa { $revenue }; andere brächten etwa { $displaced }.
booking-taken-unrivalled = Angenommen. Bringt etwa { $revenue }; sonst möchte voraussichtlich niemand diesen Tisch.
booking-kept-for-others = Besser für andere freihalten: Diese Gäste bringen etwa { $revenue }, die noch erwarteten etwa { $displaced }.
booking-costs-more = Besser nicht: Diese Gäste bringen etwa { $revenue }, das Warten anderer kostet mehr.
booking-waits-cost = Mögliches Warten anderer kostet etwa { $cost }.
booking-too-tight = Zu eng: Mit diesen Gästen müsste jemand mit Reservierung an { $risk } von { $of } Abenden warten; unsere Grenze sind { $limit }.
booking-just-too-tight = Zu eng: Mit diesen Gästen müsste jemand mit Reservierung etwas öfter warten als an unserer Grenze von { $limit } in { $of } Abenden.
booking-would-wait = Zu eng: Diese Gäste müssten in etwa { $risk } von { $of } Fällen zu lange warten; unsere Grenze sind { $limit }.
booking-just-would-wait = Zu eng: Diese Gäste müssten etwas öfter zu lange warten als an unserer Grenze von { $limit } in { $of } Fällen.
booking-tightest = Am engsten um { $at }: etwa { $expected ->
        [one] 1 Gruppe
       *[other] { $expected } Gruppen
    } ab { $size } Gästen für { $places ->
        [one] 1 Tisch
       *[other] { $places } Tische
    }, { $shortage }.
booking-tightest-any-size = Am engsten um { $at }: etwa { $expected ->
        [one] 1 Gruppe
       *[other] { $expected } Gruppen
    } für { $places ->
        [one] 1 Tisch
       *[other] { $places } Tische
    }, { $shortage }.
shortage-hardly = die Tische reichen so gut wie sicher
shortage-often = zu wenige { $often }
shortage-others-wait = zu wenige { $often }, und dann { $others ->
        [one] wartet eine andere Gesellschaft
       *[other] warten { $others } andere Gesellschaften
    } auf einen Tisch
booking-depends-on = { $count ->
        [one] Eine Reservierung macht
       *[other] { $count } Reservierungen machen
    } es so eng.

## What an overbooking limit rests on

own-ceiling-too-early = Ihre Grenze: Gäste mit einer Zusage über den Saal hinaus warten in höchstens { $limit } von { $of } Fällen länger als { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    }. Noch ist es zu früh zu sagen, wie gut das stimmt. Nötig sind { $needed } Abende mit solchen Gästen; bisher gab es { $risky } in { $evenings }.
own-ceiling-seen = Ihre Grenze: Gäste mit einer Zusage über den Saal hinaus warten in höchstens { $limit } von { $of } Fällen länger als { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    }. Von { $came } solchen Gruppen, die kamen, warteten { $waited ->
        [0] keine
       *[other] { $waited }
    } länger oder gingen; erwartet hatten wir { $expected }.
any-wait-seen = An { $waited ->
        [0] keinem
       *[other] { $waited }
    } von { $risky } Abenden mit mehr Zusagen, als der Saal fasst, wartete jemand mit Reservierung zu lange oder ging; erwartet hatten wir { $expected }. Damit wird keine Grenze verglichen.
risks-learned = Die genannten Risiken beruhen auf { $evenings ->
        [one] 1 eigenen Abend
       *[other] { $evenings } eigenen Abenden
    }.
risks-of-synthetic-nights = Die genannten Risiken sind an erdachten Abenden gelernt: Eigene Abende haben Sie noch nicht.
ceiling-means-own-wait = Neu seit der letzten Veröffentlichung: Ihre Grenze von { $limit } in { $of } meint jetzt, dass die Gäste selbst länger als { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    } warten. Vorher meinte sie, dass irgendjemand mit Reservierung wartet. Die Zahl ist geblieben; prüfen Sie, ob sie noch sagt, was Sie wollen.

## Tables worth holding back

hold-too-early = Noch ist es zu früh zu sagen, wie viele der { $tables } Tische für { $seats } für Gäste ohne Reservierung freizuhalten sind: Nötig sind { $needed } Abende, bisher gab es { $evenings }.
hold-advised = Halten Sie { $hold ->
        [0] keinen
        [one] einen
       *[other] { $hold }
    } der { $tables } Tische für { $seats } für Gäste ohne Reservierung frei. { $hold ->
        [0] Einer
       *[other] Noch einer
    } würde { $often } gebraucht: freigehalten { $holding } wert, verkauft { $selling }.
hold-advised-all = Halten Sie { $hold ->
        [one] Ihren einen Tisch
        [2] Ihre beiden Tische
       *[other] alle { $hold } Tische
    } für { $seats } für Gäste ohne Reservierung frei. { $hold ->
        [one] Er
       *[other] Selbst der letzte
    } würde { $often } gebraucht: freigehalten { $holding } wert, verkauft { $selling }.
hold-rests-on = Gesehen an { $evenings ->
        [one] 1 Abend
       *[other] { $evenings } Abenden
    }, davon { $comparable } an diesem Wochentag: { $walkins ->
        [one] 1 solche Gruppe
       *[other] { $walkins } solche Gruppen
    } ohne Reservierung, { $average }. { $wanted } oder mehr kamen an { $used ->
        [0] keinem
        [one] 1 Abend
       *[other] { $used } Abenden
    }. { $assumed } % davon sind noch angenommen, nicht gesehen.
hold-not-priced = Noch kein Rat zu freigehaltenen Tischen: Er braucht die Preise der Tische. Lassen Sie die Regeln nach Wert entscheiden, oder warten Sie, bis die Preise für diesen Abend berechnet sind.
hold-average = im Mittel { $low } am Abend
hold-average-between = im Mittel { $low } bis { $high } am Abend

## How long parties stay

stays-too-early = Gruppen von { $sizes }: Noch ist es zu früh für eine Aussage. Gesehen { $seatings ->
        [one] wurde 1 Besuch
       *[other] wurden { $seatings } Besuche
    }, nötig sind { $needed }.
stays-seen = Gruppen von { $sizes }: geplant { $written } Minuten. Von { $seatings } Besuchen war die Hälfte nach { $median } Minuten vorbei, vier von fünf nach { $most } ({ $low } bis { $high }). Länger als geplant { $longer ->
        [0] blieb niemand
        [one] blieb 1 Gruppe
       *[other] blieben { $longer }
    }.

## Gestures: what speaks for one

gesture-because-first_visit = Zum ersten Mal hier
gesture-because-regular = Schon der { $number }. Besuch
gesture-because-occasion = Es gibt etwas zu feiern
gesture-because-long_wait = { $number ->
        [one] 1 Minute
       *[other] { $number } Minuten
    } länger gewartet
gesture-because-complaint = Ein Gericht war nicht wie erhofft
gesture-because-walked = Der Tisch war heute fraglich
gesture-because-turned_away = Hörte zuerst, wir seien voll
gesture-because-long_stay = { $number ->
        [one] 1 Minute
       *[other] { $number } Minuten
    } am Tisch
gesture-because-encore = Die erste kam gut an
gesture-because-own_wish = Weil Ihnen danach ist

## Tables by name, inside a sentence

tables-one = Tisch { $tables }
tables-joined = die Tische { $tables } zusammen

## What to do with a party at the door

door-seat-over-table = Jetzt setzen, { $where }: etwa { $gain } mehr wert als { $instead }.
door-seat-over-waiting = Jetzt setzen, { $where }: etwa { $gain } mehr wert, als sie warten zu lassen.
door-seat-even = Jetzt setzen, { $where }: Nichts anderes ist deutlich besser.
door-wait-for-promise = Besser warten lassen, wohl { $likely } Minuten, spätestens { $latest }, auf { $where }. Sonst verlieren die { $size } Gäste um { $starts } { $often } ihren Tisch oder warten auf ihn.
door-kept-for-due = Besser warten lassen: { $parties ->
        [one] Eine Gesellschaft mit Reservierung bis { $by } braucht
       *[other] { $parties } Gesellschaften mit Reservierung bis { $by } brauchen
    } die freien Tische.
door-others-first = Besser warten lassen: Die freien Tische stehen denen zu, die vorher da waren.
door-wait-over-table = Besser warten lassen, wohl { $likely } Minuten, spätestens { $latest }, auf { $where }: etwa { $gain } mehr wert als jetzt { $instead }.

## Rescues: what is said to the guest

rescue-say-held = Wir sind heute voll, aber einen Moment bitte: Ich möchte Ihnen so gern { $where } geben.
rescue-say-table = Ich habe noch einmal geschaut und kann Ihnen jetzt gleich { $where } geben.
rescue-say-join = Ich stelle Ihnen jetzt gleich etwas zusammen: { $where }.
rescue-say-shorter = Jetzt gleich kann ich Ihnen { $where } geben, bis { $ends }. Wäre Ihnen das recht?
rescue-say-move = Geben Sie mir eine Minute, ich stelle etwas um und gebe Ihnen { $where }.
rescue-say-area = Dort ist gerade nichts frei, aber ich kann Ihnen { $where } geben ({ $area }).
rescue-say-overbook = Um { $starts } mache ich Ihnen Platz. Sollte es dann ein paar Minuten dauern, kümmere ich mich selbst um Sie.
rescue-say-wait = Es dauert wohl { $likely } Minuten, spätestens { $latest }. Darf ich Sie aufschreiben und dann holen kommen?
rescue-say-later = Um { $starts } habe ich einen Tisch für Sie. Soll ich ihn reservieren?
rescue-say-other_day = Am { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }, dem { $date }, um { $starts } habe ich einen Tisch für Sie. Soll ich ihn reservieren?
rescue-say-tomorrow = Morgen um { $starts } habe ich einen Tisch für Sie. Soll ich ihn reservieren?
rescue-say-partner = Zu { $name } { $walk ->
        [one] ist es 1 Minute
       *[other] sind es { $walk } Minuten
    } zu Fuß, und man isst dort gut. Soll ich für Sie anrufen?

## Rescues: what the host should know

rescue-moves = { $count ->
        [one] Eine Reservierung bekommt einen anderen Tisch
       *[other] { $count } Reservierungen bekommen andere Tische
    }; wer sitzt, bleibt sitzen.
rescue-risk = Diese Gäste würden { $often } länger als { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    } warten.
rescue-others-wait = An Abenden, an denen mehr kommen, als Platz haben, { $others ->
        [one] wartet eine andere Gesellschaft
       *[other] warten { $others } andere Gesellschaften
    } auf einen Tisch.
rescue-held = Es ist einer der Tische, die wir freihalten.
rescue-worth = Bringt etwa { $worth }.

## Parties that may hear a no

foreseen-no-table = { $name } ({ $size ->
        [one] 1 Gast
       *[other] { $size } Gäste
    }, { $at }): Es könnte ein Tisch fehlen. Finden Sie einen, bevor sie kommen.
foreseen-no-table-unnamed = { $size ->
        [one] 1 Gast
       *[other] { $size } Gäste
    } um { $at }: Es könnte ein Tisch fehlen. Finden Sie einen, bevor sie kommen.
foreseen-waits = { $name } ({ $size ->
        [one] 1 Gast
       *[other] { $size } Gäste
    }, { $at }): schon da und noch ohne Tisch. Sehen Sie, was Sie ihnen geben können.
foreseen-waits-unnamed = { $size ->
        [one] 1 Gast
       *[other] { $size } Gäste
    } mit Reservierung um { $at }: schon da und noch ohne Tisch. Sehen Sie, was Sie ihnen geben können.
foreseen-caller = { $name } ({ $size ->
        [one] 1 Gast
       *[other] { $size } Gäste
    }, { $at }): kein Tisch frei. Bevor Sie das sagen, sehen Sie, was Sie sonst anbieten können.
foreseen-caller-unnamed = { $size ->
        [one] 1 Gast
       *[other] { $size } Gäste
    } um { $at }: kein Tisch frei. Bevor Sie das sagen, sehen Sie, was Sie sonst anbieten können.

## The ordinary answer to a no, said to the guest

ordinary-CLOSED = Um diese Zeit haben wir geschlossen. Darf ich Ihnen die nächste Zeit nennen, zu der wir offen sind?
ordinary-OUTSIDE_BOOKING_WINDOW = Für diesen Tag ist unser Buch noch nicht offen. Darf ich Sie anrufen, sobald es so weit ist?
ordinary-PARTY_SIZE_NOT_ALLOWED = Damit eine so große Runde gut sitzt, frage ich gern eine Kollegin. Darf ich Sie zurückrufen?
ordinary-PACING_FULL = Gerade dann setzen sich viele Gäste, und die Küche soll Zeit für Sie haben. Wäre etwas später recht?
ordinary-NO_TABLE_FITS = Um diese Zeit sind alle Tische vergeben. Ich schaue, was ich für Sie tun kann.
ordinary-TURN_TOO_SHORT = Einen Tisch gibt es, nur nicht so lange, wie Sie möchten. Darf ich eine bessere Zeit suchen?
ordinary-HELD_BACK = Um diese Zeit sind alle Tische versprochen. Ich schaue, was ich für Sie tun kann.
ordinary-RISK_OVER_CEILING = Ich möchte Ihnen keinen Tisch versprechen, auf den Sie warten könnten. Ich suche Ihnen einen sicheren.
ordinary-OVERBOOKING_CAP = Um diese Zeit sind wir voll. Ich schaue, was ich für Sie tun kann.
ordinary-BID_PRICE = Um diese Zeit habe ich noch nichts für Sie. Darf ich etwas früher oder später schauen?
ordinary-GUEST_LIMIT = Sie haben schon mehrere Reservierungen bei uns, und wir freuen uns auf jede. Wollen wir sie zusammen ansehen?
ordinary-DUPLICATE = Ich sehe um diese Zeit schon einen Tisch für Sie. Wollen wir ihn zusammen ansehen?
ordinary-ALREADY_WAITING = Sie stehen schon auf unserer Liste. Darf ich nachsehen, wie lange es noch dauert?
ordinary-HOUSE_RULES_NOT_ACCEPTED = Darf ich Ihnen zuerst unsere paar Hausregeln sagen? Es dauert einen Moment.
ordinary-BLOCKED = Dieser Tisch ist heute nicht in Gebrauch. Ich finde Ihnen einen anderen guten.
ordinary-PAUSED = Gerade nehmen wir Reservierungen am Telefon und am Empfang an. Ich helfe Ihnen gern gleich hier.
ordinary-NEEDS_NOT_MET = Ich möchte den richtigen Tisch für Sie, und gerade dann ist keiner frei. Darf ich eine andere Zeit suchen?
ordinary-AREA_NOT_BOOKABLE = Diese Plätze sind gerade für andere vorgesehen. Ich schaue, wo Sie sonst gut sitzen.
stays-only = { $sizes } ({ $only })
