### What guests read: warm, short, and what they can do.

## Who may have which place

area-not-bookable = Für { $area } nehmen wir hier keine Reservierungen an. Rufen Sie uns bitte an, wir sehen, was wir tun können.
area-not-bookable-but = Für { $area } nehmen wir hier keine Reservierungen an. Gern setzen wir Sie hierhin: { $areas }.
no-place-open-to-party = Die Plätze für eine Gruppe dieser Größe sind dann für andere vorgesehen. Rufen Sie uns bitte an, wir sehen, was wir tun können.
larger-groups-ask = Hier nehmen wir bis zu { $most ->
    [one] einen Gast
   *[other] { $most } Gäste
} an. Schicken Sie uns eine Anfrage, wir antworten persönlich.
would-like = Wenn es geht
would-like-quiet = ein ruhiger Platz
would-like-window = am Fenster
would-like-booth = in einer Nische

## What booking sites and their guests are told of a refusal

public-no-table = Zu dieser Zeit ist für Ihre Gruppe kein Tisch frei.
public-no-table-before-closing = Für Ihre Gruppe wird kein Tisch mehr frei, bevor wir schließen.
public-kitchen-full = Die Küche kann um diese Zeit keine weiteren Gäste annehmen.
public-waitlist-paused = Die Warteliste ruht heute Abend. Bitte rufen Sie uns an.
public-duplicate = Dieser Gast hat um diese Zeit schon eine Reservierung.

## Dates and times

moment = { $day }, { $time }
day-alone = { $day }
day-first-pass = { $day }, vor der Zeitumstellung
day-second-pass = { $day }, nach der Zeitumstellung
time-first-pass = { $time }, vor der Zeitumstellung
time-second-pass = { $time }, nach der Zeitumstellung

## The page of a booking: what is so

visit-news-requested = Ihre Anfrage ist bei uns, wir antworten bald.
visit-news-booked = Ihr Tisch ist reserviert. Wir freuen uns auf Sie.
visit-news-arrived = Willkommen! Wir bereiten Ihren Tisch vor.
visit-news-seated = Eine schöne Zeit bei uns!
visit-news-finished = Danke für Ihren Besuch. Wir freuen uns auf ein Wiedersehen.
visit-news-cancelled = Diese Reservierung ist abgesagt. Wir freuen uns auf ein anderes Mal.
visit-news-declined = Es tut uns leid, diesmal haben wir keinen Tisch für Sie.
visit-news-no_show = Wir haben Sie vermisst. Rufen Sie an, wir sehen, was wir tun können.
visit-news-walked = Es tut uns leid, dass wir unser Versprechen nicht halten konnten.
visit-lost-table = Der versprochene Tisch ist diesmal nicht frei. Wir haben einen anderen guten für Sie.
visit-closed-then = Es tut uns leid, zu dieser Zeit haben wir nun doch geschlossen. Bitte wählen Sie unten eine andere Zeit, oder wir rufen Sie an.
visit-yours-until = Der Tisch gehört Ihnen bis
visit-guests = Gäste
visit-area = Wo Sie sitzen
visit-code = Ihr Buchungscode
visit-wishes = Ihre Wünsche
visit-address = Adresse
visit-phone = Telefon
visit-calendar = In meinen Kalender
visit-rules = Gut zu wissen
visit-rules-accepted = Diesen Hausregeln haben Sie bei der Reservierung zugestimmt.

## The page of a booking: changing and cancelling

visit-change = Zeit oder Zahl der Gäste ändern
visit-day = Tag
visit-look = Freie Zeiten zeigen
visit-times = Frei am { $day } für { $guests ->
        [one] 1 Gast
       *[other] { $guests } Gäste
    }. Tippen Sie auf eine Zeit, um Ihren Tisch zu verlegen.
visit-no-times = An dem Tag ist nichts frei. Vielleicht passt ein anderer, oder rufen Sie uns an.
visit-time-as-now = { $time }, wie bisher
visit-by-hand = Diese Zeiten bestätigen wir persönlich. Wählen Sie eine, wird Ihr jetziger Tisch frei, und wir antworten bald.
visit-cancel = Absagen
visit-cancel-sure = Ja, Tisch absagen
visit-cancel-until = Absagen können Sie hier bis { $when }. Danach rufen Sie uns bitte an.
visit-cancel-ended = Zum Absagen ist es hier zu spät. Rufen Sie uns an, wir finden einen Weg.
visit-too-late = Online lässt sich das nicht mehr ändern. Rufen Sie uns an, wir finden einen Weg.
visit-taken = Diese Zeit wurde gerade vergeben. Das ist jetzt frei.
visit-changed-meanwhile = Ihre Reservierung hat sich inzwischen geändert. So ist sie jetzt.
visit-back = Zurück zu meiner Reservierung
visit-refused-CLOSED = Zu dieser Zeit empfangen wir keine Gäste.
visit-refused-OUTSIDE_BOOKING_WINDOW = Diese Zeit lässt sich hier nicht buchen: Sie ist vorbei, zu bald oder zu weit voraus. Rufen Sie uns bitte an.
visit-refused-PARTY_SIZE_NOT_ALLOWED = Hier nehmen wir bis zu { $most ->
        [one] 1 Gast
       *[other] { $most } Gäste
    } an. Sind Sie mehr, rufen Sie uns an, wir finden einen Weg.
visit-refused-PACING_FULL = Um diese Zeit hat die Küche alle Hände voll zu tun. Etwas früher oder später ist vielleicht frei.
visit-refused-PAUSED = Für diese Zeit ruhen Online-Reservierungen. Rufen Sie uns an, wir finden einen Weg.
visit-refused-NEEDS_NOT_MET = Zu dieser Zeit haben wir keinen Tisch mit dem, was Sie brauchen. Vielleicht passt eine andere.
visit-refused-DUPLICATE = Sie haben um diese Zeit schon eine Reservierung.
visit-refused-GUEST_LIMIT = Sie haben so viele Reservierungen, wie wir hier annehmen. Für eine weitere rufen Sie uns bitte an.
visit-refused-TURN_TOO_SHORT = Ein Tisch ist dann frei, aber nicht lange genug.

## The page of a visit: late, how many, on the way

late-title = Wir kommen später
late-how = Sagen Sie uns, um wie viel, und wir sagen Ihnen gleich, was wir für Sie freihalten.
late-by = { $minutes } Min., { $time }
late-you-come = Sie kommen um { $time }
late-kept-until = Wir halten Ihren Tisch bis { $time } frei.
late-then-table = Falls Sie noch später kommen: Tisch { $table } um { $time }, freigehalten bis { $until }.
late-now-table = Ihr erster Tisch ist inzwischen vergeben. Tisch { $table } gehört Ihnen um { $time }, freigehalten bis { $until }.
late-then-not-before = Falls Sie noch später kommen, können wir vor { $time } keinen Tisch versprechen. Kommen Sie trotzdem: Wir tun, was wir können.
late-then-none = Falls Sie noch später kommen, können wir heute Abend keinen anderen Tisch versprechen. Rufen Sie uns an, wir sehen, was wir tun können.
size-title = Wir sind mehr oder weniger
size-ask = Tisch anfragen
size-no-table = Für so viele ist dann kein Tisch frei.
size-we-keep = { $why } Ihr Tisch bleibt für { $guests ->
        [one] 1 Gast
       *[other] { $guests } Gäste
    } reserviert.
size-other-times = Für { $guests ->
        [one] 1 Gast
       *[other] { $guests } Gäste
    } ist frei:
visit-confirm = Ja, wir kommen
visit-confirmed-told = Sie haben uns bestätigt, dass Sie kommen. Wir freuen uns.
visit-on-our-way = Wir sind unterwegs
visit-on-our-way-told = Wir wissen, dass Sie unterwegs sind.
visit-not-now = Inzwischen hat sich etwas geändert. So steht es jetzt.
visit-directions = Der Weg zu uns
allergies-title = Allergien
allergies-line = Was soll unsere Küche wissen?
allergies-send = Der Küche sagen
allergies-told = Sie haben uns gesagt: { $words }
allergies-why = Unser Team sieht es an diesem Abend, und wir merken es uns für Ihre nächsten Besuche. Rufen Sie an, und wir löschen es.
thread-title = Schreiben Sie uns
thread-line = Ihre Nachricht
thread-send = Senden
thread-you = Sie
thread-head = { $who }, { $time }
thread-is-full = Sie haben in kurzer Zeit viel geschrieben. Was nicht warten kann, sagen Sie uns bitte am Telefon.
bill-so-far = Ihre Rechnung bisher
bill-paid = Ihre Rechnung
bill-amount = { $amount }

## The calendar file

calendar-yours-until = Der Tisch gehört Ihnen bis { $until }.

## The page of a waiting party

waitlist-title = Ihr Platz auf unserer Warteliste
waitlist-ahead = Gruppen vor Ihnen
waitlist-next = Sie sind als Nächste dran
waitlist-quoted = Genannte Wartezeit
waitlist-minutes = etwa { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    }
waitlist-seats = Ihr Tisch, voraussichtlich
waitlist-band = wohl { $likely } Min., spätestens { $latest }
waitlist-clock = Nach der Uhr
waitlist-between = wohl { $first }, spätestens { $last }
waitlist-ready = Ihr Tisch ist bereit. Bitte kommen Sie zum Empfang.
waitlist-kept-until = Wir halten ihn für Sie bis
waitlist-coming = Ich bin unterwegs
waitlist-coming-told = Danke, der Empfang weiß, dass Sie unterwegs sind.
waitlist-leave = Warteliste verlassen
waitlist-leave-asked = Möchten Sie die Warteliste verlassen?
waitlist-leave-means = Ihr Platz geht dann an die Nächsten in der Reihe.
waitlist-stay = Meinen Platz behalten
waitlist-slip = Nur vertippt? Eine Minute lang ist Ihr alter Platz noch Ihrer.
waitlist-come-back = Meinen Platz zurücknehmen
waitlist-left = Sie stehen nicht mehr auf der Warteliste. Danke für die Nachricht; wir freuen uns auf ein anderes Mal.
waitlist-gone = Wir haben Sie gerufen und nicht erreicht, darum ist die Liste weitergegangen. Melden Sie sich am Empfang: Sie bekommen Ihren Platz gern zurück.
waitlist-seated = Sie sitzen schon am Tisch. Eine schöne Zeit bei uns!
waitlist-turned-away = Es tut uns leid, dass wir diesmal keinen Tisch für Sie hatten. Danke für Ihre Geduld.
waitlist-refreshes = Diese Seite hält sich von selbst aktuell.

## When something does not work

failure-gone = Dieser Link gilt nicht mehr
failure-gone-why = Fragen Sie uns am Empfang oder am Telefon, wir helfen Ihnen gern.
failure-busy = Einen Moment, bitte
failure-busy-why = Unser Buch lässt sich gerade nicht öffnen. Die Seite versucht es gleich von selbst noch einmal.
failure-busy-after-wish = Das dauert länger als sonst. In ein paar Sekunden zeigt die Seite, ob Ihre Änderung angekommen ist.
failure-broken = Das kam unerwartet
failure-broken-why = Bei uns hat etwas nicht geklappt, und wir wissen davon. Versuchen Sie es bitte später noch einmal, oder rufen Sie uns an.
failure-unread = Es kam nicht alles an
failure-unread-why = Wir konnten das Gesendete nicht lesen, geändert hat sich nichts. Bitte öffnen Sie den Link in unserer Nachricht noch einmal.
failure-no-page = Hier ist keine Seite
failure-no-page-why = Vielleicht ist der Link abgeschnitten. Bitte öffnen Sie ihn noch einmal aus unserer Nachricht, oder rufen Sie uns an.
failure-not-by-link = Bitte benutzen Sie den Knopf auf Ihrer Seite
failure-not-by-link-why = Der Link allein ändert nichts, es ist alles wie zuvor.
failure-again = Noch einmal versuchen
failure-back = Zu meiner Seite

## A gesture: how the sentence to the guest goes on

gesture-line-first_visit = weil Sie zum ersten Mal bei uns sind
gesture-line-regular = weil Sie so oft zu uns zurückkommen
gesture-line-occasion = weil heute Ihr Tag ist
gesture-line-long_wait = weil Sie so geduldig auf uns gewartet haben
gesture-line-complaint = weil Sie froh gehen sollen
gesture-line-walked = weil Sie bei uns geblieben sind
gesture-line-turned_away = weil Sie uns noch eine Chance gegeben haben
gesture-line-long_stay = weil es so schön ist, dass Sie da sind
gesture-line-encore = weil ich einfach noch einmal zu Ihnen musste
gesture-line-own_wish = weil
visit-refused-AREA_NOT_BOOKABLE = Dieser Bereich lässt sich dann hier nicht reservieren. Rufen Sie uns an, wir finden einen Weg.

## Nachrichten an Gäste, als E-Mail

mail-hello = Guten Tag { $name },
mail-hello-unnamed = Guten Tag,
mail-subject-confirmation = Ihr Tisch im { $house }, { $day }
mail-line-confirmation = Ihr Tisch ist reserviert. Wir freuen uns auf Sie.
mail-subject-change = Ihr Tisch im { $house }, jetzt { $day }, { $time }
mail-line-change = Ihre Reservierung hat sich geändert. So steht sie jetzt.
mail-subject-cancelled = Ihr Tisch im { $house } ist storniert, { $day }
mail-line-cancelled = Ihre Reservierung ist storniert. Wir freuen uns, wenn Sie ein andermal kommen.
mail-subject-cancelled_by_house = Wir müssen Ihren Tisch im { $house } absagen, { $day }
mail-line-cancelled_by_house = Es tut uns leid: Diesmal können wir Ihren Tisch nicht halten. Bitte rufen Sie uns an, wir finden eine andere Zeit für Sie.
mail-subject-reminder = { $day }, { $time }: Ihr Tisch im { $house }
mail-line-reminder = Wir freuen uns auf Sie. Bitte sagen Sie uns auf Ihrer Seite, ob alles so bleibt. Durch das Öffnen allein ändert sich nichts.
mail-subject-called = Ihr Tisch im { $house } ist bereit
mail-line-called = Ihr Tisch ist bereit. Bitte kommen Sie zum Empfang. Wir halten ihn für Sie bis { $until }.
mail-subject-accepted = Gern: Ihr Tisch im { $house }, { $day }
mail-line-accepted = Danke für Ihre Anfrage. Wir freuen uns auf Sie: Ihr Tisch ist reserviert.
mail-subject-declined = Ihre Anfrage im { $house }, { $day }
mail-line-declined = Danke für Ihre Anfrage. Es tut uns leid, diesmal haben wir keinen Tisch für Sie. Bitte rufen Sie uns an, wir suchen mit Ihnen eine andere Zeit.
mail-when = Wann
mail-see = Reservierung ansehen oder ändern
mail-answer = Meine Seite öffnen und antworten
mail-see-wait = Mein Platz auf der Warteliste
mail-zone = Alle Zeiten sind Ortszeit im { $house } ({ $zone }).
mail-why = Wir schreiben Ihnen, weil Sie im { $house } reserviert haben oder auf einen Tisch warten.
mail-stop = Bitte schreiben Sie mir nicht mehr

## Nachrichten an Gäste, aufs Telefon: Jeder Abschnitt kostet, darum kein Wort zu viel

text-confirmation = { $house }: Ihr Tisch für { $guests } ist reserviert, { $day }, { $time }. Ansehen, ändern: { $link }
text-change = { $house }: Ihr Tisch ist jetzt { $day }, { $time }, für { $guests }. Ansehen, ändern: { $link }
text-cancelled = { $house }: Ihr Tisch am { $day }, { $time } ist storniert. Wir freuen uns auf ein andermal.
text-cancelled_by_house = { $house }: Es tut uns leid, Ihren Tisch am { $day }, { $time } können wir nicht halten. Bitte rufen Sie an, wir finden eine andere Zeit: { $phone }
text-reminder = { $house }: Bis { $day }, { $time }, Tisch für { $guests }. Bleibt es dabei? { $link }
text-called = { $house }: Ihr Tisch ist bereit, wir halten ihn bis { $until }. Bitte kommen Sie zum Empfang. { $link }
text-accepted = { $house }: Gern, Ihr Tisch für { $guests } ist reserviert, { $day }, { $time }. Ansehen, ändern: { $link }
text-declined = { $house }: Es tut uns leid, am { $day } haben wir keinen Tisch für Sie. Bitte rufen Sie an, wir suchen eine andere Zeit: { $phone }

## Die Seite, die Nachrichten beendet

silence-title = Nachrichten vom { $house }
silence-ask = Sollen wir Ihnen nicht mehr schreiben, weder E-Mail noch SMS? Ihre Reservierungen bleiben, wie sie sind.
silence-sure = Ja, nicht mehr schreiben
silence-done = Wir schreiben Ihnen nicht mehr. Ihre Reservierungen bleiben, wie sie sind; rufen Sie uns jederzeit an.
