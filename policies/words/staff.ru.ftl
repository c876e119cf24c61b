### Что читают сотрудники и что они говорят гостям: коротко, по-доброму, конкретно, без упрёков.

## How long a table is kept

table-kept-until-at-most = Этот стол можно оставить за гостями самое позднее до { $until }. Выберите визит покороче или начало пораньше.

stay-minutes = { $minutes } мин
stay-hours = { $hours ->
    [one] { $hours } час
    [few] { $hours } часа
   *[many] { $hours } часов
}
stay-hours-minutes = { $hours } ч { $minutes } мин
turn-of-house = { $stay }: до { $guests ->
    [one] { $guests } гостя
   *[many] { $guests } гостей
}
turn-only = { $said }, { $more }
turn-by-staff = { $stay }: указал персонал
weekday = { $day }

## Темп: сколько гостей начинает за четверть часа

pace-used-up-by-guests = Около { $at } мы принимаем не больше { $most ->
    [one] { $most } гостя
   *[many] { $most } гостей
} ({ $share }), уже записано: { $starting }. Предложите другое время.
pace-used-up-by-parties = Около { $at } мы принимаем не больше { $most ->
    [one] { $most } компании
   *[many] { $most } компаний
} ({ $share }), уже записано: { $starting }. Предложите другое время.
pace-of-house = во всём заведении
pace-share = { $share }
pace-share-and = { $share }, { $more }
pace-by-online = онлайн
pace-by-partner = сайты бронирования
pace-by-google = Google
pace-by-guest = страница гостя
pace-by-phone = по телефону
pace-by-desk = у стойки

## Refusals of the floor

closed-today = Сегодня мы закрыты.
closed-today-next = Сегодня мы закрыты. Дальше { $period }: { $date }, { $time }.
note-is-empty = Заметка пустая. Напишите, что нужно знать смене.
note-for-a-past-date = Эта дата уже прошла. Заметки пишут на сегодня или на будущие даты.
note-too-far-ahead = Заметки пишут не дальше чем на { $days } дней вперёд. Проверьте год.
note-for-no-service = В этот день ({ $date }) нет периода «{ $period }». Проверьте название или не указывайте его: тогда заметка будет на весь день.
note-is-gone = Такой заметки нет. Возможно, её удалили.
note-has-changed = Эту заметку уже изменили. Прочитайте её ещё раз, потом меняйте.
days-too-far-off = Эта дата слишком далеко. Проверьте год.
dates-at-most = Не больше { $most } дат, и первая — раньше последней. Выберите меньше.
lever-for-a-past-date = Эта дата уже прошла. Выберите сегодня или более позднюю.
lever-date-or-range = Укажите либо одну дату (service_date), либо несколько подряд (from_date и until_date), но не то и другое.
lever-range-without-start = Не указана первая дата. Добавьте from_date.
lever-range-names-periods = Для нескольких дат перечислите периоды в periods.
lever-range-ends-before = Не указана последняя дата. Добавьте until_date, не раньше from_date.
lever-range-too-long = За раз можно изменить не больше { $most } дат. Чтобы закрыться надолго, добавьте закрытие в данные заведения.
lever-ahead-is-a-managers = Хостес меняет только сегодняшний день. О других датах попросите менеджера.
lever-for-no-service = В этот день ({ $date }) нет периода «{ $period }». Проверьте название.
lever-end-has-passed = Это время уже прошло. Укажите время позже или не указывайте его.
lever-end-too-late = Это и так закончится вместе с периодом. Укажите время раньше или не указывайте его.
lever-area-both-ways = { $area }: нельзя сразу и закрыть, и открыть. Уберите из одного списка.
lever-hours-are-the-houses = Последние заказы и раннее закрытие отмечают прямо во время работы. На другую дату измените часы: добавьте особый день.
lever-none-named = Ничего не изменится. Укажите, что изменить.
lever-of-before-the-update = Это сделано до последнего обновления, отменить нельзя. Верните прежнее вручную.
with-a-reason-all-the-same = { $refusal } Укажите причину, чтобы всё же забронировать.

## Who may have which place

tables-kept-by-rule = { $count ->
    [one] Стол { $tables } придержан
   *[other] Столы { $tables } придержаны
} для других: { $rule }. Укажите причину, чтобы всё же отдать.
place-kept-by-rule = Места для этих гостей придержаны для других: { $rule }. Назовите столы и причину, чтобы всё же отдать.
no-such-area = Зоны { $area } нет. Есть { $areas }.
larger-groups-ask-staff = За один стол мы записываем не больше { $most ->
    [one] { $most } гостя
    [few] { $most } гостей
   *[many] { $most } гостей
}. Запишите как запрос и ответьте на него, назвав столы.

## Held tables that give way

held-gave-way = Стол, придержанный на { $seats }, пришлось отпустить: места для него больше нет.
held-gave-way-to-reservation = Стол, придержанный на { $seats }, отпущен: он нужен гостям с бронью на { $time } ({ $guests } чел.).
held-gave-way-to-seating = Стол, придержанный на { $seats }, отпущен: { $count ->
    [one] за столом { $tables }
   *[other] за столами { $tables }
} сидят гости ({ $guests } чел.), а другого свободного нет.
held-gave-way-to-block = Стол, придержанный на { $seats }, отпущен: стол { $table } выведен из работы, а другого свободного нет.
held-gave-way-to-closure = Стол, придержанный на { $seats }, отпущен: его зона закрыта, а другого свободного стола нет.
held-gave-way-to-waiting = Стол, придержанный на { $seats }, отпущен для гостей, которых уже позвали к столу.
held-no-room = Придержать стол на { $seats } не удалось: все столы уже обещаны.
held-not-served = Стол, придержанный на { $seats }, отпущен: в это время мы закрыты.
held-starts-later = Стол на { $seats } придержан с { $starts } вместо { $first }: до этого он занят.

## Tablets

pairing-code-not-of-venue = По этому коду планшет к этому заведению не подключить: в коде опечатка, он уже использован, устарел или выдан для другого заведения. Проверьте заведение и код или попросите у менеджера новый.
with-a-reason-these-tables = { $refusal } Укажите причину, чтобы всё же взять эти столы: тех, кому они обещаны, пересадят.
named-tables-taken = { $count ->
    [one] Стол { $tables } занят
   *[other] Столы { $tables } заняты
} примерно до { $until }: там { $size ->
    [one] сидит { $size } гость
    [few] сидят { $size } гостя
   *[many] сидят { $size } гостей
}. Выберите другие столы или время позже.
named-tables-promised = { $count ->
    [one] Стол { $tables } обещан
   *[other] Столы { $tables } обещаны
} на { $at }: { $party }. Выберите другие или сначала пересадите тех гостей.
named-table-out-of-use = Стол { $table } на это время выведен из работы. Сначала верните его или выберите другой.
named-tables-not-given = { $count ->
    [one] Стол { $tables } для этих гостей запланировать не удалось. Выберите другой.
   *[other] Столы { $tables } для этих гостей запланировать не удалось. Выберите другие.
}
sits-already = Эти гости уже сидят. Пересадите их прямо из-за стола.
period-is-over = Период ({ $date }, { $opens }–{ $closes }) уже закончился.
period-is-ahead = Период ({ $date }) начнётся только в { $opens }.
needs-anyway = { $warning }{ $more ->
    [0] { "" }
    [one] { " " }Есть ещё { $more } замечание.
    [few] { " " }Есть ещё { $more } замечания.
   *[many] { " " }Есть ещё { $more } замечаний.
} Если так и нужно, подтвердите.

## Гости, как о них говорят сотрудники

party-named = { $name } ({ $size })
party-unnamed = { $size ->
    [one] { $size } гость
    [few] { $size } гостя
   *[many] { $size } гостей
}

## Что стоит знать о распоряжении

warning-too-few-seats = { $count ->
    [one] Стол { $tables } рассчитан
   *[other] Столы { $tables } рассчитаны
 } на { $seats }, а гостей { $size }.
warning-extra-chair = { $count ->
    [one] Стол { $tables } рассчитан
   *[other] Столы { $tables } рассчитаны
 } на { $seats }, а гостей { $size }: будет тесно, нужен ещё стул.
warning-table-too-large = { $count ->
    [one] Стол { $tables } рассчитан
   *[other] Столы { $tables } рассчитаны
 } на { $seats }, а гостей всего { $size }.
warning-tables-not-a-join = Столы { $tables } обычно не сдвигают.
warning-other-area = { $party }: просили «{ $area }», а { $count ->
    [one] стол { $tables } не там.
   *[other] столы { $tables } не там.
}
warning-not-step-free = { $party }: нужен путь без ступеней, а { $count ->
    [one] к столу { $tables } только по ступеням.
   *[other] к столам { $tables } только по ступеням.
}
warning-not-quiet = { $party }: просили тихое место, а { $count ->
    [one] стол { $tables } не там.
   *[other] столы { $tables } не там.
}
warning-high-chairs-short = { $party }: детских стульев нужно { $wanted }, а свободно { $free }.
warning-table-blocked = { $count ->
    [one] Стол { $tables } выведен из работы.
   *[other] Столы { $tables } выведены из работы.
}
warning-area-shut = { $count ->
    [one] Стол { $tables } в закрытой зоне.
   *[other] Столы { $tables } в закрытой зоне.
}
warning-private-event = { $count ->
    [one] Стол { $tables } отдан под закрытое мероприятие.
   *[other] Столы { $tables } отданы под закрытое мероприятие.
}
warning-closes-during-stay = Стол { $table } понадобится в { $at }, раньше, чем эти гости уйдут.
warning-seating-stopped = В этот период гостей больше не сажаем.
warning-last-orders-were = Последние заказы принимали до { $at }.
warning-closes-early = Сегодня закрываемся раньше, в { $at }, а эти гости уйдут позже.
warning-not-due-yet = { $party }: ждём только в { $at }.
warning-booked-under-this-name = { $party }: есть бронь на { $at }. Если это они, посадите по брони.
warning-promised-tables = { $party }, { $at }: обещали { $count ->
    [one] стол { $tables }, а его больше нет.
   *[other] столы { $tables }, а их больше нет.
}
warning-exposed = { $party }, { $at }: теперь без стола.
warning-here-without-table = { $party } уже здесь и теперь без стола.
warning-pinned-by-a-person = { $party }: { $count ->
    [one] стол { $tables } закреплён
   *[other] столы { $tables } закреплены
} вручную ({ $who }).
warning-table-to-reset = Стол { $table } ещё не готов: будет к { $at }.
warning-called-loses-table = { $party }: позвали из листа ожидания, а стола больше нет.
warning-guest-deciding = Кто-то как раз бронирует онлайн ({ $size } чел.) и теряет { $count ->
    [one] стол { $tables }
   *[other] столы { $tables }
}.
warning-opened-option-gone = { $count ->
    [one] Стола { $tables }, который вы придержали для гостей,
   *[other] Столов { $tables }, которые вы придержали для гостей,
} больше нет.
warning-held-table-given-up = Придержанный стол на { $seats } («{ $window }») пришлось отдать.
warning-beyond-the-room = { $party }, { $at }: бронь сверх зала, стола для них нет.
warning-beyond-pacing = Около { $at } на кухню приходится гостей: { $starting }, а её предел — { $allowed }.
warning-duplicate-booking = У этого гостя уже есть бронь на это время: { $party }, { $at }.
maybe-same-guest = Возможно, тот же гость, что { $party }, { $at }: телефон и имя совпадают. Уточните и отмените лишнюю бронь.
maybe-same-guest-waiting = Возможно, тот же гость, что { $party }, в очереди с { $at }: телефон и имя совпадают. Уточните и уберите из очереди лишнюю запись.

## Поиск и исправление броней

search-name-without-letters = Чтобы искать по имени, введите хотя бы одну букву или цифру.
search-phone-too-short = { $least ->
    [one] Введите хотя бы последнюю { $least } цифру номера.
    [few] Введите хотя бы последние { $least } цифры номера.
   *[many] Введите хотя бы последние { $least } цифр номера.
}
request-has-no-table-yet = За запросом ещё не закреплён стол. Назовите стол, когда будете подтверждать запрос.
reinstate-time-is-over = Время этой брони уже прошло. Запишите новую на другое время.
reinstate-site-has-booked-again = Сайт бронирования уже забронировал это заново. Найдите вторую бронь.
guest-page-is-closed = { $days ->
    [one] Страница гостя закрывается через { $days } день после визита.
    [few] Страница гостя закрывается через { $days } дня после визита.
   *[many] Страница гостя закрывается через { $days } дней после визита.
}
guest-number-taken = Этот номер уже записан за гостем: { $name }. Если это один и тот же человек, объедините две записи.
guests-are-one-already = Это уже один и тот же гость. Выберите другую запись для объединения.
guest-still-here = Этот гость сейчас здесь или ждёт стола. Удалите запись, когда он уйдёт.
guest-has-bookings = У гостя впереди { $count ->
    [one] { $count } бронь
    [few] { $count } брони
   *[other] { $count } броней
}. Сначала отмените всё, что впереди, или пришлите cancel_bookings: true: тогда оно отменится вместе с удалением.
answer-erased = То, о чём был этот ответ, удалено по просьбе гостя.
allergies-need-consent = Аллергии — это сведения о здоровье, их хранят только с согласия гостя. Спросите: «Можно, мы запишем это для ваших визитов?» Если да, пришлите вместе с ними consent: true.

## Logging in, rights, and the way here

too-many-attempts = Слишком много неудачных попыток. Подождите минуту.
no-such-client = В этом заведении нет такого клиента.
client-serves-others = Этот клиент работает и с другими заведениями: новый секрет отрезал бы его от них. Секрет меняет тот, кто ведёт сервер: scripts/serve client { $client }. У себя клиента можно отключить.
client-unknown = Клиент неизвестен или его секрет неверен.
no-such-device = Такого планшета нет.
link-over = Эта ссылка нам неизвестна или её срок истёк.
name-the-owner = Владельцы: { $owners }. Укажите, чей ПИН обновить: --staff.
no-owner-here = { $person } здесь не владелец. Назначить другого владельца может { $owners }.
device-not-paired = Планшет больше не подключён. Попросите у менеджера код.
tablet-locked = На этом планшете слишком много раз введён неверный ПИН. Он откроется через { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[many] { $minutes } минут
 }; менеджер может открыть его с другого планшета.
unlock-from-another-tablet = Этот планшет не может открыть сам себя. Откройте его с другого планшета или подождите: блокировка закончится сама.
pin-locked = Ваш ПИН здесь слишком много раз введён неверно. Попробуйте через { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[many] { $minutes } минут
 }, войдите на планшете, где вы уже работали, или получите новый ПИН: хостес — у менеджера, менеджер — у владельца, владелец — командой `scripts/serve owner` на сервере.
wrong-pin-wait = Неверный ПИН. Попробуйте через { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
   *[many] { $seconds } секунд
 }.
pin-not-looked-at = Этот ПИН не проверен, потому что предыдущие были неверны. Введите его ещё раз через { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
   *[many] { $seconds } секунд
 }.
pins-at-once = Этот планшет присылает ПИНы быстрее, чем их можно проверить. Подождите немного.
pin-key-lost = На сервере нет ключа, с которым хранится этот ПИН, поэтому его не проверить. Верните ключ на место или получите новый ПИН: владелец — командой `scripts/serve owner` на сервере, остальные — у менеджера.
first-pin-too-old = { $days ->
    [one] Первый ПИН действовал { $days } день.
    [few] Первый ПИН действовал { $days } дня.
   *[many] Первый ПИН действовал { $days } дней.
 } Попросите новый: хостес — у менеджера, менеджер — у владельца, владелец получает его командой `scripts/serve owner` на сервере.
pin-too-short = { $digits ->
    [one] Нужен ПИН хотя бы из { $digits } цифры.
   *[many] Нужен ПИН хотя бы из { $digits } цифр.
 }
pin-too-easy = Такой ПИН пробуют первым. Выберите другой: без повторов, без рядов вроде 1234, не год и не дату.
pin-is-the-old-one = Это ваш прежний ПИН. Выберите другой.
own-pin-by-the-old-one = Чтобы сменить свой ПИН, нужен нынешний: PUT /host/pin.
new-pin-needed = Сначала выберите свой ПИН: PUT /host/pin. Нынешний задан не вами или слишком короток для ваших новых прав.
pin-needed = Введите ПИН ещё раз (POST /host/session/confirm): у этого действия есть последствия.
wrong-pin = Неверный ПИН.
log-in-or-token = Войдите или отправьте токен доступа.
session-logged-out = Вы вышли. Войдите снова.
session-next-login = На этом планшете вошёл кто-то другой. Войдите снова.
session-new-pin = У вас новый ПИН. Войдите по нему.
session-account-closed = Ваша учётная запись закрыта. Обратитесь к менеджеру.
session-over = Сеанс окончен. Войдите снова.
session-locked = Планшет заблокирован. Введите ПИН.
session-idle = Планшет заблокировался: его давно никто не трогал. Введите ПИН.
session-ended-elsewhere = Этот сеанс завершён с другого планшета. Войдите снова.
session-other-tablet = Этот сеанс был открыт на другом планшете, поэтому он завершён. Войдите снова.
no-such-session = Такого открытого сеанса нет.
owners-only = Назначать и менять менеджеров и владельцев может только владелец.
no-such-person = Такого сотрудника нет.
person-id-taken = Это обозначение уже занято другим сотрудником. Выберите другое.
house-needs-owner = Заведению нужен владелец. Сначала назначьте другого.
plain-http = Запрос пришёл по сети без шифрования, и его могли прочитать другие. Ничего не подключено и не открыто. Поставьте перед Maitred TLS: в compose.yaml есть прокси, свой укажите в MAITRED_TRUSTED_PROXIES. Или откройте http://127.0.0.1 на самой машине. В сети, которая принадлежит только вам, запустите с MAITRED_SECURE_COOKIES=0.
token-needed = Отправьте токен доступа. Его выдаёт /oauth/token.
token-unknown = Токен неизвестен или устарел. Получите новый.
basic-needed = Отправьте идентификатор и секрет клиента по HTTP Basic.
csrf-needed = Отправьте токен сеанса в { $header }.
for-sites-and-tills = Это для сайтов бронирования и касс.
no-such-venue = Такого заведения нет.
for-staff = Это только для сотрудников заведения.
pairing-needed = Планшет не подключён. Попросите у менеджера код.
scope-needed = У клиента нет права { $scope }. Попросите заведение его дать.
role-needed = { $role ->
    [owner] Это может только владелец.
    [host] Это могут хостес и менеджеры. Обратитесь к ним.
    [server] Это могут официанты, хостес и менеджеры. Обратитесь к ним.
    [kitchen] Вам можно только смотреть. Отмечает тот, кто относит.
   *[manager] Это может только менеджер. Обратитесь к нему.
 }
others-bring-it = Это относят другие. Отмечает тот, кто относит.
session-ended-already = Вы уже вышли.
no-key = Нет ключа для хранения секретов. Задайте MAITRED_KEY_FILE.
too-many-requests = Слишком много запросов. Подождите { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
   *[many] { $seconds } секунд
 }.
metrics-off = Здесь ничего нет: MAITRED_METRICS_TOKEN не задан.
metrics-token-needed = Отправьте токен из MAITRED_METRICS_TOKEN.
days-between = Последний день раньше первого или позже него больше чем на { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
 }. Выберите другие дни.
needed-without-hold = Это нужно, если нет slot_hold_id.
etag-needed = В If-Match нет актуального ETag. Прочитайте бронь снова и отправьте её ETag, например "v7".
key-in-progress = Первый запрос с этим Idempotency-Key ещё выполняется. Повторите чуть позже.
key-reused = Этот Idempotency-Key уже был у другого запроса. Возьмите новый.
nothing-of-yours = У вас нет ничего с таким идентификатором.
lease-over = Такой аренды у нас нет, или она истекла.
booking-keeps-merchant = Бронь нельзя перенести к другому заведению. Отмените её и создайте новую.
booking-keeps-room = Бронь нельзя перенести в другой зал. Отмените её и создайте новую.
booking-keeps-service = Бронь нельзя перенести на другую услугу. Отмените её и создайте новую.
too-many-changed = Слишком много изменений сразу. Отправьте ещё раз.
no-such-merchant = Такого заведения нет.
no-such-service = Такой услуги нет. Есть { $service } и { $area }AREA.
service-of-other-area = Эта услуга относится к другой зоне, чем зал. Отправьте услугу этого зала.
whose-party = Укажите число гостей или чьи это гости: бронь или запись из листа ожидания.

## Setting up a house from the command line

house-opened-from-file = Заведения { $house } здесь нет, есть только { $venues }. Ещё одно открывают из файла.
no-house-yet = В этой базе ещё нет заведения. Сначала запустите одно.
say-which-house = Есть { $venues }. Укажите заведение: --venue.
no-zone-named = Часового пояса { $zone } нет. Назовите, например, Europe/Berlin.
bad-house-id = { $house } не годится в обозначение заведения. Возьмите строчные латинские буквы, цифры, - и _, не больше 40.

## What does not exist, what has changed, what is over

id-stands-for-another-action = Этот идентификатор уже был у другого действия. Возьмите новый.
no-such-action = Такого действия нет.
bookings-open-days-ahead = Бронирование открывается за { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
 }.
date-passed = Нужно { $date } или позже.
start-far-off = Начало брони — от текущего времени и не дальше чем через { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
 }.
closed-on-date = В этот день мы закрыты.
no-such-guest = Такого гостя нет.
no-venue-named = Заведения { $venue } нет.
no-such-house-version = Версии { $version } этого заведения нет.
no-period-named = Периода { $period } нет.
day-too-far-off = { $day } слишком далеко.
no-such-reservation = Такой брони нет.
party-offered-since = Гостям с тех пор что-то предложили. Сначала отмените это.
id-stands-for-another-event = Этот идентификатор уже был у другого события. Возьмите новый.
token-made-another-booking = Этот токен уже был у другой брони. Возьмите новый.
no-such-booking = Такой брони нет.
booking-cancelled = Эта бронь отменена.
slot-passed = Это время уже прошло. Выберите более позднее.
confirmed-by-person = Брони на { $time } мы подтверждаем лично, не сразу.
till-no-such-table = Стола { $table } нет. Отправьте обозначение с плана зала.
till-clock-off = Это далеко от текущего времени. Проверьте часы кассы.
no-such-alert = Такого вызова нет.
alert-for-colleague = К этим гостям уже позвали: { $colleague }.
party-taken-over = Этими гостями уже кто-то занялся.
turnaway-or-reservation = Укажите отказ или бронь, но не то и другое.
colleague-not-yourself = Позовите коллегу, а не себя.
no-such-colleague = Сотрудника { $name } нет.
no-such-turnaway = Такого отказа нет.
no-such-case = Такой записи в списке нерешённых нет.
case-closed = Этот вопрос уже закрыт.
which-party-of-three = Укажите что-то одно: отказ, бронь или число гостей.
no-such-party = Таких гостей нет.
party-no-longer-waits = { $state ->
    [seated] Эти гости уже сидят.
    [arrived] Эти гости уже здесь.
    [finished] Эти гости уже ушли.
    [cancelled] Эти гости отменили бронь.
    [no_show] Эти гости не пришли.
    [left] Эти гости ушли.
    [gone] Эти гости не ответили.
    [turned_away] Этим гостям отказали.
   *[other] Этим гостям стол сейчас не нужен.
 }
too-many-options-open = У вас уже открыто вариантов: { $most }. Примите один или отпустите.
room-changed = Обстановка в зале изменилась. { $fact }
no-such-rescue = Такого поиска стола нет.
option-lapsed = Две минуты истекли. Посмотрите, что есть сейчас.
party-helped-already = Этим гостям уже помогли.
no-such-option = Такого варианта нет. Посмотрите, что есть сейчас.
told-at-the-door = Сказано у входа.
playbook-lacks-answer = В сценарии нет ответа { $answer } на { $code }. Выберите из перечисленных.
answer-is-managers = Такой ответ даёт только менеджер. Обратитесь к нему.
no-such-wait-entry = Такой записи в листе ожидания нет.
guest-waits-already = Этот гость уже в сегодняшнем листе ожидания.
no-table-before-closing = До закрытия подходящий стол не освободится.
house-closed-now = Сейчас мы закрыты.
no-such-delivery = Такой доставки нет.
endpoint-disabled = Эта точка доставки отключена. Создайте новую.
url-cannot-be-read = Этот адрес не читается. Отправьте адрес, который начинается с https://.
no-such-endpoint = Такой точки доставки нет.
too-many-endpoints = У заведения не больше { $most } точек доставки. Сначала удалите одну.
scope-needed-at-venue = У клиента нет права { $scope } в этом заведении. Попросите заведение его дать.

## Gestures and approvals

party-gone = Этих гостей здесь уже нет.
needs-no-asking = Это вы можете дать сами, спрашивать не нужно.
ask-somebody-else = На собственную просьбу ответить нельзя. Пусть ответит кто-то другой.
question-answered = { $state ->
    [approved] Это уже одобрено.
    [refused] В этом уже отказано.
   *[other] На это не ответили вовремя. Спросите ещё раз.
 }
no-such-question = Такого вопроса нет.
guest-received-same = Гостю тем временем уже дали то же самое.
catalogue-lacks = В сегодняшнем списке нет { $item }. Выберите из списка.
gesture-changed = Этот знак внимания с тех пор изменили. Посмотрите на него снова.
units-known-with-check = Сколько дать, станет известно, когда касса закроет счёт гостей.
check-too-small = Счёт — { $spent }, а один полагается за { $amount }.
money-given-to-another = Эти деньги тем временем уже потрачены на других гостей.
no-such-complaint = Такой открытой жалобы у этих гостей нет.
no-such-gesture = Такого знака внимания нет.
finish-the-line = Закончите фразу своими словами.
name-one-party = Укажите одних гостей: бронь, посадку или запись в листе ожидания.
amount-needed = Укажите сумму { $gesture ->
    [refund] возврата
    [claim] компенсации
   *[other] скидки
 } в минимальных единицах, например в копейках.
amount-not-needed = У этого своя цена. Сумму не указывайте.

## The house and the rules

draft-changed-since = Черновик с тех пор изменили. Прочитайте его снова и повторите изменение.
no-house-on-day = На { $day } заведения ещё нет.
version-not-draft = Версия { $version } { $state ->
    [published] уже опубликована
    [withdrawn] отозвана
    [discarded] отброшена
   *[other] больше не черновик
 }. Создайте новый черновик.
house-or-toml = Отправьте `house` или `toml`, но не то и другое.
house-keeps-id = Обозначение заведения не меняется. Нужно { $venue }.
people-differ = Расходится с учётными записями: { $people }. Меняйте людей в разделе «Персонал», а здесь уберите `staff`.
people-are-accounts = Люди — это учётные записи. Добавляйте и удаляйте их в разделе «Персонал», а не в черновике.
version-not-published = Версия { $version } не опубликована.
version-holds-since = Версия { $version } действует с { $day }. Опубликуйте другую.
rules-version-used = Нужна версия выше { $version }: под ней гостям показали другие правила.
stranded-no-table = Для неё не осталось стола.
stranded-closed = В это время мы закрыты.
stranded-outside-hours = Она начинается вне часов работы.
stranded-sits-at = Гости сидят за { $count ->
    [one] столом { $tables }, которого
   *[other] столами { $tables }, которых
 } в заведении не будет.
would-strand = { $count ->
    [one] { $count } бронь останется без места.
    [few] { $count } брони останутся без места.
   *[many] { $count } броней останутся без места.
 } Отметьте каждую как просмотренную или оставьте их в списке нерешённых.
show-current-house-rules = Сейчас действуют правила дома версии { $version }. Покажите их.
no-house-rules = У заведения нет правил дома. Не указывайте их.
rules-told-beforehand = Правила показывают до визита, а эта бронь уже началась.
later-version-cannot-take = Версия { $version }, которая действует с { $day }, не может принять это изменение. { $problem } Сначала отзовите её.
house-changed-since-file = С тех пор как этот файл загрузили, заведение изменили на экранах.
period-over = Этот период уже закончился.
no-such-weekday-in-range = Ни одна из этих дат не приходится на выбранные дни недели.
no-such-period-then = В эти даты такого периода нет. Возможны: { $periods }.
dates-or-range = Укажите либо dates, либо from_date и until.
until-needed = Это не указано. Нужно { $date } или позже.
too-many-dates = Нужно не больше { $most } дат.
no-such-rules-version = Правил версии { $version } нет.
rules-version-withdrawn = Версия { $version } отозвана. Опубликуйте новый черновик.
rules-withdrawn-already = Версия { $version } уже отозвана.
rules-meanwhile = Тем временем версию { $version } кто-то { $state ->
    [published] ввёл
   *[other] отозвал
 }. Посмотрите на неё ещё раз.

## What a value should be

value-integer = целое число
value-number = число
value-text = текст
value-other-text = текст другого вида
value-list = список
value-section = раздел с ключами
value-true-or-false = true или false
value-local-time = местное время, например "18:30"
value-date = дата, например 2026-12-24
value-instant = дата и время, например 2026-12-24T19:30:00+01:00
value-local-instant = дата и время, например 2026-12-24T19:30:00
value-uuid = идентификатор, например 5f0c6e0e-6d0b-4d0e-9a53-6a2b8f1f6f10
value-base64 = текст в base64
value-any = значение
value-null = null
value-object = объект
value-one-of = одно из: { $values }
value-nothing = пока ничего
value-only = { $value }
value-or = { $one } или { $other }
value-from-to = { $value } от { $low } до { $high }
value-at-least = { $value } не меньше { $low }
value-at-most = { $value } не больше { $high }
value-above = { $value } больше { $low }
value-below = { $value } меньше { $high }
value-in-steps = { $value } с шагом { $step }
value-long = { $value }, { $unit ->
    [characters] знаков
    [entries] записей
   *[keys] ключей
 } от { $low } до { $high }
value-comma = { $value }
value-not-empty = { $value }, не пустой
value-long-at-least = { $value }, { $unit ->
    [characters] знаков
    [entries] записей
   *[keys] ключей
 } не меньше { $low }
value-long-at-most = { $value }, { $unit ->
    [characters] знаков
    [entries] записей
   *[keys] ключей
 } не больше { $high }
value-country = страна из двух заглавных букв, например DE
value-currency = валюта из трёх заглавных букв, например EUR
value-key = ключ из строчных латинских букв, цифр, - и _, не длиннее 40
value-short-key = ключ из латинских букв, цифр, - и _, не длиннее 16
value-code = код из заглавных букв и _, от 3 до 40, например NO_TABLE_FITS
value-base64url = base64url: латинские буквы, цифры, - и _, в конце можно =
value-not-blank = непустой текст
value-name = непустое имя в одну строку, без управляющих символов
value-phone = номер телефона с + и кодом страны, без пробелов, например +493023125024
value-email = адрес электронной почты, например ada@example.com
value-language = язык, например de или de-DE
value-pin = от 4 до 8 цифр
value-storable = текст без символа U+0000
value-check-id = идентификатор, который не начинается с event:, в одну строку

## What is wrong with a value

value-expected = Здесь нужно: { $expected }.
value-expected-got = Здесь нужно: { $expected }. Получено: { $got }.
value-missing = Это не указано. Здесь нужно: { $expected }.
value-as-read = Это не читается: { $said }.
key-unknown = Неизвестный ключ { $key }. Возможны: { $known }.
key-expected = Ключ должен быть такой: { $expected }.
entry-repeated = Каждое — только один раз. То же стоит в записи { $place } этого списка.
document-too-deep = Объекты и списки могут быть вложены не глубже { $levels } уровней.
house-lacks = В заведении нет { $kind ->
    [area] зоны
    [table] стола
    [period] периода
   *[gesture] знака внимания
 } { $got }. Есть: { $known }.
at-place = { $place }: { $said }
in-entry = { $section ->
    [areas] Зона { $entry }
    [tables] Стол { $entry }
    [walls] Линия { $entry }
    [staff] Сотрудник { $entry }
    [joins] Сдвинутые столы { $entry }
    [periods] Период { $entry }
    [special_days] Особый день { $entry }
    [closures] Закрытие { $entry }
    [buy_outs] Закрытое мероприятие { $entry }
    [rules] Правило { $entry }
    [holds] Придержанные столы { $entry }
    [gestures] Знак внимания { $entry }
    [neighbours] Сосед { $entry }
    [playbook] Ответы на { $entry }
    [beyond] Ответ { $entry }
   *[other] { $entry }
 }: { $said }
section-swallowed = { $section } стоит после { $table }, поэтому TOML отнёс его к { $header }. Перенесите его выше.
file-unreadable = Строка { $line }, столбец { $column }: { $said }.
file-unreadable-clock = Строка { $line }, столбец { $column }: { $said }. Местное время пишут в кавычках: "18:30".
patch-of-too-many = Здесь не больше { $most } записей, получено { $got }.
entry-to-remove-missing = Удалять нечего: { $entry } нет.
entries-share-key = Записей с таким ключом: { $count }. Отправьте список целиком.
entry-not-unique = Это может быть любое из { $entries }. Укажите, какое именно.

## What a house says against itself

phone-without-country = Номеру нужен код страны. Возможно, { $whole } вместо { $got }?
phone-lacks-country-code = В номере { $got } нет кода страны. Начните с него, например +49 30 23125024.
phone-lacks-area-code = В номере { $got } нет кода города. Укажите номер так, как его набирают сейчас, с кодом страны.
phone-wrong-length = В номере { $got } слишком мало или слишком много цифр для { $country }. Укажите номер так, как его набирают сейчас, с кодом страны.
phone-too-long = В номере { $got } слишком много цифр. Укажите номер так, как его набирают сейчас, с кодом страны.
phone-unreadable = { $got } — не номер телефона. Укажите цифры, например +49 30 23125024.
no-email-address = { $got } — не адрес почты. Укажите адрес, например table@kastanie.example.
no-web-address = { $got } — не веб-адрес. Укажите адрес, например https://kastanie.example.
no-such-country = Страны { $got } нет. Укажите её двумя буквами, например DE.
table-least-above-most = За стол, рассчитанный самое большее на { $most }, нельзя требовать не меньше { $got }.
table-joined-twice = Стол нельзя сдвинуть с самим собой. Назовите каждый стол один раз.
join-across-areas = Сдвигать можно столы одной зоны, а эти стоят в разных: { $areas }.
join-seats = Вместе эти столы вмещают от { $low } до { $high } гостей, а не { $got }.
turn-times-out-of-order = Гостей должно быть больше, чем { $before } в записи выше, а указано { $got }.
closure-ends-early = Закрытие кончается раньше, чем начинается. Укажите { $begins } или позже.
closure-of-every-area = Это все зоны. Чтобы закрыть заведение целиком, не указывайте зоны.
text-lacks-language = Нет текста на языке заведения, { $language }. Добавьте его.
house-needs-owner-role = Ни у кого нет роли "owner". Дайте её кому-нибудь.
no-owner-left = У заведения не останется владельца. Оставьте владельцем { $owners } или дайте роль "owner" кому-нибудь другому.
no-house-here = Заведения { $house } здесь нет, есть только { $venues }.
time-off-grid = Время задаётся с шагом { $minutes } минут, а здесь { $got }.
year-out-of-range = Здесь нужен год от { $low } до { $high }. Получено: { $got }.
period-name-taken = Другой период в { $days } уже так называется. Выберите другое название.
period-without-days = Укажите дни: хотя бы один из { $days }.
special-day-needs-no-days = Особому дню не нужны дни недели: у него есть дата, { $date }. Уберите их.
pacing-out-of-order = Время должно быть позже, чем у изменения выше, а указано { $got }.
time-outside-hours = Здесь нужно время с { $opens } до { $closes }. Получено: { $got }.
period-overlaps = Это пересекается с периодом { $other } в { $days }. Измените часы одного из них.
periods-overlap = Периоды { $one } и { $other } пересекаются. Измените часы одного из них.
periods-overlap-before = Период { $one } накануне пересекается с { $other }. Измените часы одного из них.
periods-overlap-after = Период { $one } пересекается с { $other } следующего дня. Измените часы одного из них.

## What rules say against the house

window-too-large = Стола на { $got } гостей нет. Укажите не больше { $most }.
window-on-other-days = Период { $period } не работает в { $days }. Уберите эти дни.
window-outside-hours = Окно с { $starts } на { $minutes } минут выходит за часы работы, { $opens }–{ $closes }.
ladder-keeps-more-than-held = Придержано только { $held }, поэтому оставить { $got } нельзя.
ladder-goes-back-in-time = Каждый шаг наступает позже предыдущего. Нужно меньше { $before } минут, указано { $got }.
ladder-keeps-more-later = Каждый шаг оставляет не больше предыдущего. Нужно не больше { $before }, указано { $got }.
ladder-releases-nothing = Этот шаг ничего не отпускает: остаётся { $kept }.
fewer-guests-than-parties = Гостей не может быть меньше, чем компаний: компаний { $parties }, а указано { $got }.
walked-costs-less-than-late = Отказ гостям не может стоить меньше опоздания. Нужно не меньше { $late }, указано { $got }.
gesture-above-manager-gift = Менеджер может дать не больше { $most }, а здесь { $got }.
gesture-cost-not-needed = Сумму называют, когда дают. Укажите себестоимость 0.
claim-needs-cap = Укажите, сколько можно выплатить, никого не спрашивая.
gesture-needs-per-amount = Укажите, за какую сумму счёта полагается один.
gesture-needs-no-per-amount = Это бывает только у знака внимания, связанного с суммой счёта. Уберите.
gesture-of-one-unit = Несколько штук бывает только у знака внимания, связанного с суммой счёта. Укажите 1.
manager-gives-less-than-host = Менеджер может дать не меньше хостес. Нужно не меньше { $host }, указано { $got }.
listing-states-other-rules = Сейчас действуют правила дома версии { $version }, а не { $got }.
playbook-unknown-cause = Причины { $got } нет. Возможны: { $known }.
playbook-key-taken = { $got } уже занято. Дайте этому ответу своё обозначение.
playbook-unknown-way = Способа { $got } нет. Возможны: { $known }.
cap-above-purse = На это всегда нужно согласие, до { $cap }: { $whose ->
    [night] в бюджете вечера
   *[shift] в бюджете хостес на смену
 } { $purse }.
host-always-asks = Хостес всегда придётся спрашивать: это стоит { $cost }, а хостес может дать { $most }.
gift-above-purse = Столько никогда не дадут: подарок может стоить { $gift }, а в бюджете { $purse }.
window-above-room = Столов и сдвинутых столов на { $seats } гостей всего { $fitting }, а не { $got }.
overbooking-at-zero = Овербукинг включён, но при 0 никого сверх зала не возьмут.

## In the way of a rescue

tables-needed-by-others = Эти столы уже нужны другим гостям.
tables-taken = { $count ->
    [one] Стол { $tables } занят
   *[other] Столы { $tables } заняты
 }: { $size ->
    [one] { $size } гость
    [few] { $size } гостя
   *[many] { $size } гостей
 }.
tables-taken-by = { $count ->
    [one] Стол { $tables } занят
   *[other] Столы { $tables } заняты
 }: { $name }, { $size ->
    [one] { $size } гость
    [few] { $size } гостя
   *[many] { $size } гостей
 }.
table-out-of-use = Стол { $table } выведен из работы: { $reason }.
area-shut-tonight = Эта зона сегодня закрыта.
tables-kept-by-colleague = { $name } держит { $count ->
    [one] стол { $tables }
   *[other] столы { $tables }
 } для других гостей до { $until }.
tables-needed-at = { $count ->
    [one] Стол { $tables } нужен
   *[other] Столы { $tables } нужны
 } в { $time }: { $size ->
    [one] { $size } гость
    [few] { $size } гостя
   *[many] { $size } гостей
 } с бронью.

## Addresses of webhooks

url-needs-https = Адрес должен начинаться с https://.
url-look-up-running = Предыдущий адрес ещё проверяется. Отправляйте по одному.
url-look-up-slow = Хост этого адреса не удалось найти вовремя. Проверьте его DNS и отправьте ещё раз.
url-needs-host = В адресе должен быть хост, без имени пользователя и фрагмента.
url-port-impossible = Такого порта нет: они от 1 до 65535. Не указывайте порт.
url-port-not-allowed = Из портов ниже 1024 годится только 443. Не указывайте порт.
url-not-public = Хост этого адреса не публичный. Возьмите доступный извне.
url-without-address = У хоста этого адреса нет IP. Проверьте написание.

## Requests that cannot be read

request-not-as-it-should-be = Запрос составлен неверно. Ниже сказано, где и что не так.
request-cut-off = Запрос оборвался, не дойдя до конца. Отправьте его ещё раз.
request-refused = Запрос отклонён. Код HTTP { $status }.
request-unreadable = Запрос не читается. Проверьте, как он составлен.
route-unknown = По этому адресу ничего нет. Проверьте путь.
method-not-allowed = Этот адрес не принимает такой метод. Допустимые перечислены в Allow.
connection-not-http = Это не запрос HTTP/1.1. Проверьте, что его отправляет.
connection-too-slow = Запрос приходил слишком долго. Отправьте его ещё раз.
connection-address-too-long = Адрес слишком длинный. Сократите его.
connection-headers-too-large = Заголовков слишком много, или они слишком велики. Отправьте меньше и удалите старые куки.
connection-one-too-many = Сейчас слишком много соединений. Попробуйте чуть позже.
body-too-large = Слишком много данных. Отправляйте меньше за раз.
body-too-slow = Данные не пришли за { $seconds ->
    [one] { $seconds } секунду
    [few] { $seconds } секунды
   *[many] { $seconds } секунд
 }. Отправьте ещё раз.
body-not-of-type = Отправьте данные как { $type }.
body-required = Нужны данные в JSON.
body-empty = Вместо JSON ничего нет.
body-too-deep = JSON не читается: слишком глубокая вложенность.
body-not-utf8 = Это не JSON: байт { $byte } не в UTF-8.
body-ends-early = Это не JSON: текст обрывается после символа { $characters }.
body-not-json = Это не JSON: { $said }.
body-not-json-at = Это не JSON: строка { $line }, столбец { $column }, { $said }.
text-unstorable = В тексте есть символ, который нельзя сохранить. Уберите его.
book-unreachable = Книга бронирований сейчас недоступна. Повторите через минуту.
live-streams-full = Подключено слишком много экранов. Повторите через минуту.
period-busy = Этот вечер сейчас меняет кто-то ещё. Повторите через минуту.
internal-error = Что-то сломалось на нашей стороне. Мы это записали.
rules-wrong = Неверных значений в правилах: { $more ->
    [yes] не меньше { $count }
   *[no] { $count }
 }.
house-wrong = В описании заведения неверных или недостающих значений: { $more ->
    [yes] не меньше { $count }
   *[no] { $count }
 }.
parameter-unknown = Этот адрес не знает такого параметра. Он знает { $known }.
parameters-none = Этот адрес не знает такого параметра. Он не принимает никаких.
parameter-repeated = Отправьте это один раз. Пришло раз: { $count }.
parameters-too-many = Параметров слишком много. Отправьте меньше { $most }.
parameter-required = Это обязательно: { $expected }.
instant-far-off = Это далеко от любых броней. Выберите время ближе.
instant-needed = Начало — это дата и время со смещением.
cursor-not-ours = Это не наш курсор. Начните с первой страницы.
key-malformed = Отправьте случайный текст в кавычках, например "a-random-string".
days-after-from = Здесь нужно от 0 до { $most } дней после `from`.
date-or-from-and-to = Укажите `date` или `from` и `to`.
needs-unknown = Здесь нужно step_free или quiet, либо оба через запятую.
guests-out-of-range = Здесь нужно от 1 до { $most } гостей.
value-epoch-seconds = Здесь нужны секунды с 1970 года.
value-required = Это обязательно.
field-in-both-spellings = Это отправлено дважды, в обоих написаниях. Оставьте одно.
name-required = Нужно имя.
if-match-needed = Отправьте If-Match с ETag, который вы видели, например "v7".

## Gestures that go too far

as-told-then = { $said }
gift-over-limit = Это больше вашего предела { $amount }. { $manager ->
    [give] Дать может менеджер.
   *[raise] Менеджер может поднять предел на сегодня.
 }
shift-purse-too-empty = В вашем бюджете на смену осталось только { $amount }. { $manager ->
    [give] Дать может менеджер.
   *[raise] Менеджер может пополнить его на сегодня.
 }
night-purse-too-empty = В бюджете вечера осталось только { $amount }. { $manager ->
    [give] Дать может менеджер.
   *[raise] Менеджер может пополнить его на сегодня.
 }
gesture-contains = Гостю не подходит: { $traits }, а здесь это есть. Выберите другое или спросите гостя и подтвердите, что спросили.
gesture-unsafe-unsure = Неясно, подходит ли это гостю. Спросите его и подтвердите, что спросили, или выберите другое.
gesture-given-lately = Недавно этот гость уже получал такое. С { $day } это снова будет сюрприз, а пока выберите другое.
gestures-enough-tonight = Сегодня уже порадовали столько компаний, сколько принято в заведении: { $most }. Менеджер может разрешить больше на сегодня.
encore-before-first = Второй знак внимания следует за первым. Сначала предложите первый.
encore-given = Эти гости уже получили сегодня второй знак внимания.
trait-alcohol = алкоголь
trait-celery = сельдерей
trait-crustaceans = ракообразные
trait-eggs = яйца
trait-fish = рыба
trait-gluten = глютен
trait-lupin = люпин
trait-meat = мясо
trait-milk = молоко
trait-molluscs = моллюски
trait-mustard = горчица
trait-nuts = орехи
trait-peanuts = арахис
trait-pork = свинина
trait-sesame = кунжут
trait-soy = соя
trait-sulphites = сульфиты

## What cannot be done now

step-not-possible = Сейчас нельзя { $event ->
    [approve] подтвердить
    [decline] отклонить
    [change] изменить
    [change_party_size] изменить число гостей
    [request] запросить заново
    [move_table] пересадить
    [move] пересадить
    [cancel] отменить
    [arrive] отметить приход
    [unarrive] снять отметку о приходе
    [seat] посадить
    [unseat] снять со стола
    [finish] завершить
    [mark_no_show] отметить неявку
    [reopen] открыть снова
    [walk] отметить уход без стола
    [reinstate] восстановить
    [expire] закрыть по сроку
    [lapse] закрыть по сроку
    [confirm] подтвердить
    [give_back] вернуть
    [grant] отдать
    [release] отпустить
    [notify] позвать
    [requeue] вернуть в очередь
    [leave] отметить уход
    [turn_away] отказать
    [check_down] отметить счёт
    [dessert] отметить десерт
    [split] разделить
    [merge] объединить
    [extend] продлить
    [clear] освободить стол
    [offer] предложить
    [accept] принять
    [deliver] принести
    [void] отозвать
    [refuse] отказать
    [open] открыть
    [take] принять
    [reconfirm] отметить повторное подтверждение
    [tell_late] отметить опоздание
    [place] отметить место ожидания
    [call] позвать
    [coming] отметить, что гости идут
    [pin] закрепить стол
    [pay] отметить оплату
    [no_answer] отметить, что не отвечают
    [rejoin] вернуть в очередь
    [undo] вернуть как было
   *[other] сделать это
 }: { $state ->
    [requested] ждёт ответа
    [booked] забронировано
    [arrived] гости пришли
    [seated] гости сидят
    [finished] завершено
    [cancelled] отменено
    [declined] отклонено
    [no_show] гости не пришли
    [walked] гости ушли без стола
    [held] придержано
    [confirmed] подтверждено
    [given_back] возвращено
    [expired] срок истёк
    [granted] отдано
    [released] отпущено
    [waiting] гости ждут
    [notified] гостей позвали
    [left] гости ушли
    [gone] гости не ответили
    [turned_away] гостям отказали
    [check_down] счёт принесён
    [dessert] гости за десертом
    [paid] оплачено
    [cleared] стол освобождён
    [suggested] только подсказано
    [offered] предложено
    [accepted] принято
    [delivered] принесено
    [voided] отозвано
    [listed] ещё не открыто
    [opened] открыто
    [taken] принято
    [lapsed] срок истёк
    [approved] одобрено
    [refused] отказано
   *[other] уже изменилось
 }.
step-not-allowed = { $who ->
    [manager] Это может только менеджер. Обратитесь к нему.
    [staff] Это могут только сотрудники.
    [guest] Это может только гость или сайт бронирования.
   *[house] Это происходит само.
 }
step-too-late = Вернуть как было можно было только { $seconds } секунд. Это время прошло.

## Why a booking is refused

refused-before = В этом было отказано.
table-worth-more = В { $time } этот стол важнее для гостей, которых мы ещё ждём.
booking-for-nobody = Бронь нужна хотя бы на одного гостя.
party-too-large = Мы принимаем брони не больше чем на { $most ->
    [one] { $most } гостя
   *[other] { $most } гостей
 }. Если вас больше, пришлите запрос.
online-paused = Онлайн-бронирование на этот вечер приостановлено. Пожалуйста, позвоните нам.
house-rules-to-accept = Сначала прочитайте и примите правила дома, версия { $version }.
guest-booked-then = У этого гостя уже есть бронь примерно на это время.
guest-limit-reached = У этого гостя уже { $most ->
    [one] { $most } бронь
    [few] { $most } брони
   *[many] { $most } броней
 } у нас, больше на одного гостя мы не принимаем.
kitchen-takes-none = Около { $time } кухня новых гостей не принимает.
kitchen-full = На кухне около { $time } уже начинают { $guests ->
    [one] { $guests } гость
    [few] { $guests } гостя
   *[other] { $guests } гостей
 }.
high-chairs-short = { $owned ->
    [0] Детских стульев у нас нет.
    [1] Наш единственный детский стул в это время занят.
   *[other] Детских стульев у нас всего { $owned }, и в это время свободных не хватает.
 }
suitable-tables-closed = Столы, подходящие на { $size ->
    [one] { $size } гостя
   *[other] { $size } гостей
 } в { $time }, выведены из работы, закрыты или отданы под мероприятие.
last-tables-held = Последние столы на { $size ->
    [one] { $size } гостя
   *[other] { $size } гостей
 } в { $time } придержаны.
table-free-until = Стол свободен в { $time }, но только до { $until }. На { $size ->
    [one] { $size } гостя
   *[other] { $size } гостей
 } нужно { $minutes } минут.
named-tables-not-free = { $count ->
    [one] Стол { $tables } в { $time } не свободен
   *[other] Столы { $tables } в { $time } не свободны
 } для { $size ->
    [one] { $size } гостя
   *[other] { $size } гостей
 }.
no-table-free = Нет свободного стола на { $size ->
    [one] { $size } гостя
   *[other] { $size } гостей
 } в { $time }.
risk-of-waits = В { $time } такой компании слишком часто пришлось бы ждать своего стола.
overbooking-cap-reached = Сверх зала уже обещано столько, сколько разрешено.
named-tables-unknown = { $count ->
    [one] Стола { $tables } нет.
   *[other] Столов { $tables } нет, или их нельзя сдвинуть.
 }
named-tables-too-small = { $count ->
    [one] За столом { $tables } не хватит места
   *[other] За столами { $tables } не хватит места
 } на { $size }. Выберите стол побольше.
named-tables-lack-needs = { $count ->
    [one] За столом { $tables } нет
   *[other] За столами { $tables } нет
 } того, что нужно этим гостям. Выберите другой стол или измените пожелания.
no-period-on = В этот день ({ $day }) нет периода «{ $period }».
seating-hours = { $period }: гостей сажаем с { $first } до { $last }.
seating-stopped = { $period }: гостей больше не сажаем.
last-orders-at = Последние заказы в { $time }.
closing-early-at = Сегодня мы закрываемся раньше, в { $time }.
start-passed = { $time } уже прошло.
book-minutes-ahead = Пожалуйста, бронируйте не позже чем за { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[many] { $minutes } минут
 } до начала.
starts-every = Брони начинаются каждые { $minutes } минут с { $first }.
no-table-of-size = У нас нет стола на столько гостей, и сдвинуть подходящие нельзя.

## At the stand

grant-needs-reason = Укажите, почему эти гости получают придержанный стол.
holding-is-managers = Сколько столов придержать, решает менеджер. Обратитесь к нему.
period-not-served = В этот период мы закрыты.
window-over = «{ $window }» на сегодня закончилось.
no-such-window = Столов для «{ $window }» сегодняшние правила не придерживают.
window-all-promised = Все столы этого окна уже обещаны.
stand-no-such-area = Зоны { $area } нет.
no-such-table = Стола { $table } нет.
table-blocked-already = Стол { $table } на это время уже выведен из работы.
block-ends-before = Стол возвращают в работу позже, чем вывели, и позже текущего времени.
block-too-long = Стол можно вывести из работы не больше чем на { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
 }.
clear-a-table-first = Сначала освободите один из столов этих гостей.
late-not-yet = Опоздание и «уже едем» отмечают только за три часа до брони и только пока гостей нет.
thread-line-length = В сообщении от 1 до { $most } знаков.
late-until-between = Опаздывающих можно ждать после { $first } и до закрытия в { $last }.
not-called-yet = Этих гостей ещё не звали.
unseat-not-booked = У этих гостей не было брони, возвращать их некуда. Пересадите их или освободите стол.
unseat-others-sit = Часть этих гостей сидит за другим столом. Лучше освободите этот стол.
unplan-without-table = Стол для этих гостей и так не выбран.
unplan-no-other = { $count ->
    [one] { $party }: другой стол можно дать, только отняв его у кого-то. За ними остаётся стол { $tables }.
   *[other] { $party }: другой стол можно дать, только отняв его у кого-то. За ними остаются столы { $tables }.
 }
pin-without-table = Стол для этих гостей не выбран, закреплять нечего.
table-is-ready = Стол { $table } уже готов.
reservation-or-waiting = Укажите бронь или гостей из листа ожидания, но не то и другое.
how-many-sit = Укажите, сколько гостей садится.
stay-until-earlier = Если посадить сейчас, { $size ->
    [one] { $size } гость сидит
    [few] { $size } гостя сидят
   *[many] { $size } гостей сидят
 } до { $until }. Укажите время раньше этого, но ещё не прошедшее.
swap-with-itself = Гости не могут поменяться местами сами с собой. Укажите других.
somebody-stays = За прежним столом кто-то должен остаться. Пересадите меньше гостей.
leave-others-a-table = Оставьте остальным стол.
merge-with-itself = Гостей нельзя объединить с ними же. Укажите других.
tonight-no-such-reservation = Такой открытой брони сегодня нет.
table-not-held-now = Этот стол больше не придержан.
no-such-party-seated = Таких гостей за столами сейчас нет.
no-such-party-waiting = Такие гости сейчас не ждут.
no-such-block = Этот стол уже снова в работе.
changed-since = { $what ->
    [reservation] Эта бронь с тех пор изменилась
    [held] Этот придержанный стол с тех пор изменился
    [seating] У этих гостей с тех пор что-то изменилось
    [waiting] Эта запись в листе ожидания с тех пор изменилась
   *[block] Это с тех пор изменилось
 }. Посмотрите, что теперь.
late-too-long-ago = Это было слишком давно, чтобы внести сейчас.
late-not-here = Этот человек не входил на этом планшете.
happened-since = С тех пор что-то произошло. Посмотрите, что теперь.
others-sit-there = За { $count ->
    [one] столом { $tables }
   *[other] столами { $tables }
 } уже сидят другие гости.
table-blocked-anew = Стол { $table } с тех пор снова вывели из работы.
lever-moved-since = С тех пор это снова изменили.
table-named-twice = Стол { $table } назван дважды. Назовите его один раз.
moved-on = { $state ->
    [seated] Уже посажены.
    [finished] Уже завершено.
    [cancelled] Уже отменено.
    [declined] Уже отклонено.
    [no_show] Отмечена неявка.
    [walked] Гости ушли без стола.
    [left] Гости ушли.
    [gone] Гости не ответили.
    [turned_away] Гостям отказали.
    [cleared] Стол уже освобождён.
   *[other] Уже изменилось. Посмотрите, что теперь.
 }
may-not-come-back = Место этим гостям уже не вернуть.
place-gone = Этого места в листе ожидания уже нет.
waits-under-another = Эти гости уже снова в листе ожидания.
party-seated = Гости уже сидят.
somebody-sits-there = Там уже кто-то сидит.
guest-has-other-then = У гостя в эти часы есть другая бронь.
overrule-tonight-only = Хостес может сделать исключение только на сегодня. Обратитесь к менеджеру.
taken-back-already = Это уже отменено.
cannot-be-taken-back = Это нельзя вернуть как было.

## Reservations and slot holds

seated-not-cancellable = Гости уже сидят, поэтому отменить нельзя.
online-cancelling-ended = Отменить онлайн можно было до { $until }. Пожалуйста, позвоните в заведение.
reservation-changed = Бронь с тех пор изменили. Прочитайте её снова: теперь версия { $version }.
reservation-not-changeable = { $state ->
    [cancelled] Бронь отменена, изменить её нельзя.
    [declined] Бронь отклонена, изменить её нельзя.
    [arrived] Гости уже здесь, изменить бронь нельзя.
    [seated] Гости уже сидят, изменить бронь нельзя.
    [finished] Гости уже ушли, изменить бронь нельзя.
    [no_show] Гости не пришли, изменить бронь нельзя.
   *[other] Изменить бронь уже нельзя.
 }
notes-are-the-houses = Заметки ведёт заведение. Пишите в special_request.
words-are-the-guests = Это слова гостя с сайта бронирования. Свои пишите в заметках.
reservation-not-cancellable = { $state ->
    [declined] Бронь отклонена, отменять нечего.
    [arrived] Гости уже здесь, отменить нельзя.
    [no_show] Гости не пришли, отменить уже нельзя.
   *[other] Отменить уже нельзя.
 }
hold-for-other-request = Удержание сделано на { $size ->
    [one] { $size } гостя
   *[other] { $size } гостей
 }, { $start }, с теми пожеланиями, что были тогда. Отправьте то же или запросите другое.
grants-are-the-houses = Придержанные столы отдаёт только заведение. Уберите grant.
no-such-slot-hold = Такого удержания нет.
hold-became-reservation = Это удержание уже стало бронью.
hold-over = Это удержание истекло. Запросите другое.
hold-for-other-period = Удержание относится к другому периоду. Запросите в этом.
reference-taken = У вашей брони { $reservation } уже такой partner_reference на это время. Прочитайте, измените или отмените её либо отправьте другой.
hold-at-least-a-second = Время удерживается хотя бы на секунду.
too-many-slot-holds = Открытых удержаний может быть не больше { $most }. Верните часть.
slot-holds-of-hours = На эти часы вы уже придерживаете места: одновременно можно не больше чем для { $parties ->
        [one] { $parties } компании
       *[other] { $parties } компаний
    } и { $guests ->
        [one] { $guests } гостя
       *[other] { $guests } гостей
    }. Подтвердите бронь, верните место или бронируйте сразу.
too-many-bookings-made = На этот вечер у вас уже { $most ->
        [one] { $most } бронь
        [few] { $most } брони
       *[many] { $most } броней
    }, считая отменённые: столько не посадить. Позвоните в заведение.
too-many-requests-open = { $most ->
        [one] Ответа заведения на этот вечер ждёт уже { $most } ваш запрос.
        [few] Ответа заведения на этот вечер ждут уже { $most } ваших запроса.
       *[many] Ответа заведения на этот вечер ждут уже { $most } ваших запросов.
    } Дождитесь ответов, потом присылайте новые.
too-many-waiting = В очереди уже { $most ->
        [one] { $most } ваша компания
        [few] { $most } ваши компании
       *[many] { $most } ваших компаний
    }. Подождите, пока кого-то посадят, или уберите тех, кто не придёт.
wait-no-such-party-tonight = Такие гости сегодня не ждут.
reservation-not-tonight = Эту бронь сегодня не ждут.
no-table-with-needs = У нас нет стола на { $size ->
    [one] { $size } гостя
   *[other] { $size } гостей
 }: { $needs }.
wanted-area = в зоне { $area }
wanted-step-free = без ступеней
wanted-quiet = в тихом месте

## How often something happens

often-never = реже чем в 1 вечере из 20
often-seldom = примерно в 1 вечере из { $count }
often-sometimes = примерно в { $count } вечерах из 10
often-always = почти каждый вечер

## Why a booking was taken or turned down: for staff alone

booking-taken = Принято. Эти гости принесут около { $revenue }, другие за тем же столом — около { $displaced }.
booking-taken-unrivalled = Принято. Эти гости принесут около { $revenue }; других желающих на этот стол не ждём.
booking-kept-for-others = Лучше приберечь для других: эти гости принесут около { $revenue }, те, кого мы ещё ждём, — около { $displaced }.
booking-costs-more = Лучше не брать: эти гости принесут около { $revenue }, а ожидание других обойдётся дороже.
booking-waits-cost = Возможное ожидание других гостей обойдётся примерно в { $cost }.
booking-too-tight = Слишком тесно: с этими гостями кому-то с бронью пришлось бы ждать в { $risk ->
        [one] { $risk } вечере
       *[other] { $risk } вечерах
    } из { $of }; наш предел — { $limit }.
booking-just-too-tight = Слишком тесно: с этими гостями кому-то с бронью пришлось бы ждать чуть чаще нашего предела — { $limit ->
        [one] { $limit } вечера
       *[other] { $limit } вечеров
    } из { $of }.
booking-would-wait = Слишком тесно: этим гостям пришлось бы слишком долго ждать примерно в { $risk ->
        [one] { $risk } случае
       *[other] { $risk } случаях
    } из { $of }; наш предел — { $limit }.
booking-just-would-wait = Слишком тесно: этим гостям пришлось бы слишком долго ждать чуть чаще нашего предела — { $limit ->
        [one] { $limit } случая
       *[other] { $limit } случаев
    } из { $of }.
booking-tightest = Теснее всего в { $at }: { $expected ->
        [one] ждём примерно { $expected } компанию
        [few] ждём примерно { $expected } компании
       *[many] ждём примерно { $expected } компаний
    } от { $size } гостей на { $places ->
        [one] { $places } стол
        [few] { $places } стола
       *[many] { $places } столов
    }, { $shortage }.
booking-tightest-any-size = Теснее всего в { $at }: { $expected ->
        [one] ждём примерно { $expected } компанию
        [few] ждём примерно { $expected } компании
       *[many] ждём примерно { $expected } компаний
    } на { $places ->
        [one] { $places } стол
        [few] { $places } стола
       *[many] { $places } столов
    }, { $shortage }.
shortage-hardly = столов почти наверняка хватит
shortage-often = столов не хватит { $often }
shortage-others-wait = столов не хватит { $often }, и тогда стола будут ждать ещё { $others ->
        [one] { $others } компания
        [few] { $others } компании
       *[many] { $others } компаний
    }
booking-depends-on = Тесно из-за { $count ->
        [one] { $count } брони
       *[other] { $count } броней
    } на это время.

## What an overbooking limit rests on

own-ceiling-too-early = Ваш предел: гости, которым обещали стол сверх зала, ждут больше { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    } не чаще чем в { $limit ->
        [one] { $limit } случае
       *[other] { $limit } случаях
    } из { $of }. Пока рано судить, сбывается ли это: нужно { $needed ->
        [one] { $needed } вечер
        [few] { $needed } вечера
       *[many] { $needed } вечеров
    } с такими гостями; пока их { $risky } из { $evenings }.
own-ceiling-seen = Ваш предел: гости, которым обещали стол сверх зала, ждут больше { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    } не чаще чем в { $limit ->
        [one] { $limit } случае
       *[other] { $limit } случаях
    } из { $of }. Из { $came ->
        [one] { $came } такой компании, которая пришла
       *[other] { $came } таких компаний, которые пришли
    }, дольше ждали или ушли { $waited }; ожидали мы { $expected }.
any-wait-seen = Когда обещано больше, чем вмещает зал, гость с бронью ждал слишком долго или ушёл в { $waited ->
        [one] { $waited } вечер
        [few] { $waited } вечера
       *[many] { $waited } вечеров
    } из { $risky }; ожидали мы { $expected }. Ни с каким пределом это не сравнивают.
risks-learned = Риски, которые мы называем, опираются на { $evenings ->
        [one] { $evenings } ваш вечер
        [few] { $evenings } ваших вечера
       *[many] { $evenings } ваших вечеров
    }.
risks-of-synthetic-nights = Риски, которые мы называем, выучены на придуманных вечерах: своих у вас пока нет.
ceiling-means-own-wait = Новое с прошлой публикации: ваш предел, { $limit } из { $of }, теперь означает, что больше { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    } ждут сами эти гости. Раньше он означал, что ждёт хоть кто-нибудь с бронью. Число осталось прежним; проверьте, то ли оно говорит, чего вы хотите.

## Tables worth holding back

hold-too-early = Пока рано советовать, сколько столов на { $seats } (всего { $tables }) придержать для гостей без брони: нужно { $needed ->
        [one] { $needed } вечер
        [few] { $needed } вечера
       *[many] { $needed } вечеров
    }, пока есть { $evenings }.
hold-advised = { $hold ->
        [0] Столы на { $seats } (всего { $tables }) можно не придерживать
       *[other] Придержите { $hold } из { $tables } столов на { $seats }
    } для гостей без брони. { $hold ->
        [0] Один
       *[other] Ещё один
    } пригодился бы { $often }: придержанный он стоит { $holding }, проданный — { $selling }.
hold-advised-all = { $hold ->
        [1] Придержите ваш единственный стол на { $seats }
        [2] Придержите оба стола на { $seats }
        [one] Придержите весь { $hold } стол на { $seats }
        [few] Придержите все { $hold } стола на { $seats }
       *[many] Придержите все { $hold } столов на { $seats }
    } для гостей без брони. { $hold ->
        [1] Он
       *[other] Даже последний
    } пригодился бы { $often }: придержанный он стоит { $holding }, проданный — { $selling }.
hold-rests-on = За { $evenings ->
        [one] { $evenings } вечер
        [few] { $evenings } вечера
       *[many] { $evenings } вечеров
    } (в этот день недели — { $comparable }) таких компаний без брони было { $walkins }, { $average }. { $wanted } и больше приходило { $used ->
        [0] ни разу
        [one] в { $used } вечер
        [few] в { $used } вечера
       *[many] в { $used } вечеров
    }. { $assumed } % оценки — пока предположение.
hold-not-priced = Совета о придержанных столах пока нет: для него нужны цены столов. Пусть правила решают по ценности, или подождите, пока цены на этот вечер рассчитаются.
held-worth-came = Стол на { $seats }, придержанный для «{ $window }», получили: { $party } ({ $size }). Они принесли около { $earned }.
held-worth-absent = Стол на { $seats }, придержанный для «{ $window }», обещали: { $party } ({ $size }). Никто не пришёл.
held-worth-unused = Стол на { $seats }, придержанный для «{ $window }», никому не понадобился.
held-worth-back = Стол на { $seats }, придержанный для «{ $window }», вернули в продажу.
held-worth-walk-in = гости без имени
held-cost = Из-за него не приняли броней примерно на { $cost }.
held-cost-nothing = Бронированиям он не помешал.
hold-average = в среднем { $low } за вечер
hold-average-between = в среднем { $low }–{ $high } за вечер

## Советы о правилах и на чём они стоят

advice-hold-keep = «{ $window }»: { $hold ->
        [0] не придерживать столы на { $seats } правильно
       *[other] столы на { $seats } — придержать { $hold }: так и говорят ваши вечера
    }.
advice-hold-change = «{ $window }»: { $hold ->
        [0] не придерживайте столы на { $seats }
        [one] придержите { $hold } стол на { $seats }
        [few] придержите { $hold } стола на { $seats }
       *[many] придержите { $hold } столов на { $seats }
    }, сейчас — { $present }.
advice-hold-too-few = «{ $window }»: { $evenings ->
        [0] вечеров ещё не было
        [one] { $evenings } вечера мало
       *[many] { $evenings } вечеров мало
    }, чтобы советовать, сколько столов придержать; нужно { $needed }.
advice-hold-waits = Сначала нужно увидеть, сколько гостей без брони хотят такой стол и сколько он принёс бы в продаже.
advice-hold-worth = Ещё один такой стол пригодился бы { $often }: придержанный он стоит { $holding }, проданный — { $selling }.
advice-hold-used = Столы придерживали { $evenings ->
        [one] { $evenings } вечер
        [few] { $evenings } вечера
       *[many] { $evenings } вечеров
    }: все пригодились { $every ->
        [0] ни разу
        [one] в { $every } из них
       *[many] в { $every } из них
    }, ни один — { $none ->
        [0] ни разу
        [one] в { $none } из них
       *[many] в { $none } из них
    }.
advice-hold-first = Придерживайте { $hold ->
        [one] { $hold } стол
        [few] { $hold } стола
       *[other] { $hold } столов
    } на { $seats } с { $starts } до { $ends } ({ $period }): сейчас вы не держите ничего.
advice-hold-first-none = Вы не придерживаете столов ({ $period }), и ваши вечера не говорят, что пора.
advice-hold-in-vain = { $on ->
        [one] В { $on } вечер
        [few] В { $on } вечера
       *[other] В { $on } вечеров
    } из { $evenings } гости без брони хотели стол на { $seats } между { $starts } и { $ends } и не получили его.
advice-ladder-keep = «{ $window }»: ступени возврата верные: { $steps }.
advice-ladder-change = «{ $window }»: возвращайте столы иначе: { $steps }.
advice-ladder-step = { $minutes ->
        [0] с начала
       *[other] за { $minutes } мин
    } { $keep ->
        [0] не держать ни одного
       *[other] оставить { $keep }
    }
advice-ladder-why = Чем ближе окно, тем меньше на него ещё бронируют: стол стоит вернуть, только пока его кто-то возьмёт.
advice-beyond-promise = Обещайте сверх зала до { $parties ->
        [one] { $parties } компании
       *[many] { $parties } компаний
    }, каждой — с вероятностью меньше { $percent } % ждать дольше { $minutes } минут.
advice-beyond-keep = То, что вы обещаете сверх зала, верно: до { $parties ->
        [one] { $parties } компании
       *[many] { $parties } компаний
    }, каждой — с вероятностью меньше { $percent } % ждать дольше { $minutes } минут.
advice-beyond-now = Сейчас: сверх зала до { $parties ->
        [one] { $parties } компании
       *[many] { $parties } компаний
    }, каждой — с вероятностью меньше { $percent } % ждать дольше { $minutes } минут.
advice-beyond-off = Сейчас сверх зала никому не обещают.
advice-beyond-too-few = { $evenings ->
        [0] Вечеров ещё не было
        [one] { $evenings } вечера мало
       *[many] { $evenings } вечеров мало
    }, чтобы советовать, скольким обещать сверх зала; нужно { $needed }.
advice-beyond-stay-off = Не обещайте никому места сверх зала.
advice-beyond-waited = Таких компаний пришло { $came }; дольше ждали или ушли { $waited ->
        [0] ни одной
       *[other] { $waited }
    }, заранее предсказано { $told }.
advice-beyond-capped = Отказывали только потому, что число исчерпано: вечеров { $capped } из { $evenings }.
advice-beyond-missing = Не пришло { $parties ->
        [one] не меньше { $parties } компании
       *[many] не меньше { $parties } компаний
    } с бронью: вечеров { $on } из { $evenings }.
advice-knob-keep = Ничто из измеренного не даёт при тех же деньгах меньше ожидания, чем ваши правила.
advice-knob-change = Поставьте цену ожидания на отметку «{ $position }».
advice-turn-keep = Компании { $sizes }: { $minutes } минут — верно.
advice-turn-change = Компании { $sizes }: планируйте { $minutes } минут вместо { $written }.
advice-turn-too-few = Компании { $sizes }: { $seatings ->
        [0] визитов ещё не было
        [one] { $seatings } визита мало
       *[many] { $seatings } визитов мало
    }, чтобы судить, сколько им нужно времени; нужно { $needed }.
advice-turn-why = Должны уместиться четыре визита из пяти и { $reset ->
        [0] ничего сверх: стол готов сразу
        [one] { $reset } минута на подготовку стола
        [few] { $reset } минуты на подготовку стола
       *[many] { $reset } минут на подготовку стола
    }. Меньше — следующие ждут, больше — стол пустует.
advice-turn-seen = Из { $seatings ->
        [one] { $seatings } визита
       *[many] { $seatings } визитов
    } четыре пятых закончились за { $most } минут ({ $low }–{ $high }); дольше отведённых за столом { $sitting } минут — { $longer }.
advice-grace-keep = Держать стол опаздывающих { $minutes } минут — верно.
advice-grace-longer = Держите стол опаздывающих { $minutes } минут, а не { $written }.
advice-grace-shorter = Держите стол опаздывающих только { $minutes } минут, а не { $written }.
advice-grace-too-few = Рано судить, сколько держать стол опаздывающих: нужно вечеров — { $needed } и компаний, которых нет через пять минут, — { $least }; пока { $evenings } и { $parties }.
advice-grace-why = Стол стоит держать, пока из пяти опаздывающих компаний приходит больше одной. Отдать стол — не значит отказаться от обещания.
advice-grace-seen = Через { $minutes } минут не было { $missing ->
        [one] { $missing } компании
       *[many] { $missing } компаний
    }; из них потом { $came ->
        [0] не пришёл никто
        [one] пришла { $came }
        [few] пришли { $came }
       *[many] пришло { $came }
    }.
advice-nothing-to-change = Здесь нечего менять, поэтому и черновика нет.
no-letter-of-date = Письма за { $date } нет: его пишут, когда все периоды дня закрыты.
no-such-advice = Такого совета сейчас нет. Прочитайте список заново.

## The knob between waits and a full room, and its frontier

knob-position-never_wait = Никто не ждёт
knob-position-seldom_wait = Ждут редко
knob-position-balanced = Посередине
knob-position-fuller = Зал пополнее
knob-position-fill_room = Полный зал
frontier-point = { $net }; компаний с бронью за вечер { $booked }; { $waiting }, { $walked }.
frontier-net-usual = С этим сравнивают остальные
frontier-net-same = Денег примерно столько же, сколько на отметке «{ $usual }» (вечера их не различают, ±{ $error } %)
frontier-net-more = Денег на { $percent } % (±{ $error }) больше, чем на отметке «{ $usual }»
frontier-net-less = Денег на { $percent } % (±{ $error }) меньше, чем на отметке «{ $usual }»
frontier-waiting = { $every ->
        [0] ни одна компания с бронью не ждёт больше { $minutes } минут
        [1] каждая компания с бронью ждёт больше { $minutes } минут
       *[other] одна компания с бронью из { $every } ждёт больше { $minutes } минут
    }
frontier-walked = { $every ->
        [0] ни одна не уходит без стола
        [1] каждая уходит без стола
       *[other] одна из { $every } уходит без стола
    }
frontier-rules-at = Ваши правила стоят на отметке «{ $position }».
frontier-rules-near = Ваши правила стоят между отметками, ближе всего к «{ $position }».
frontier-better = В эти вечера отметка «{ $position }» принесла не меньше денег, чем ваше место, а { $waiting }.
frontier-own-too-early = Ваши собственные вечера рисовать пока рано: по таким правилам нужно { $needed ->
        [one] { $needed } вечер
        [few] { $needed } вечера
       *[many] { $needed } вечеров
    }, а прошло { $evenings }.
frontier-own = Ваши собственные вечера по этим правилам, всего { $evenings }: { $waiting }, { $walked }. { $drawn }
frontier-drawn-there = На рисунке там, где стоят ваши правила: { $waiting }, { $walked }.
frontier-not-by-value = Ваши правила не взвешивают, чего стоит стол. Пока это так, ручка двигает почти один только предел для гостей сверх зала.
frontier-nothing-beyond = Ваши правила ничего не обещают сверх зала, а рисунок сделан с такими обещаниями. В сторону полного зала ручка сдвинет у вас меньше, чем нарисовано.
frontier-other-costs = На рисунке гость, ушедший без стола, стоит двух счетов, а ждавший — пятой части счёта. В ваших правилах другие числа: по деньгам смотрите только, куда они идут.
frontier-made-from = Нарисовано по { $nights } придуманным вечерам в заведении на { $tables } столов: { $requests } запросов за вечер, { $each } на каждый стол. { $own }
frontier-requests-own = У вас { $each } на каждый стол.
frontier-requests-unknown = Сколько их у вас, пока неизвестно.
no-such-load = Такой загрузки нет: они пронумерованы от 0 до { $most }.
frontier-figure = { $value }
frontier-title = Ожидание и деньги
frontier-about = { $requests } запросов за вечер на { $tables } столов; чёрточки через отметки — одна стандартная ошибка
frontier-axis-net = деньги, % против отметки «{ $usual }»
frontier-axis-waiting = из 100 компаний с бронью ждут больше { $minutes } минут
frontier-axis-walked = из 100 компаний с бронью уходят без стола
frontier-usual = обычная, ничего не задано
frontier-your-rules = ваши правила
frontier-your-evenings = ваши вечера

## How long parties stay

stays-too-early = Компании на { $sizes }: пока рано судить. { $seatings ->
        [0] Визитов пока не было
        [one] Пока был { $seatings } визит
        [few] Пока было { $seatings } визита
       *[many] Пока было { $seatings } визитов
    }, а нужно { $needed }.
stays-seen = Компании на { $sizes }: по плану { $written ->
        [one] { $written } минута
        [few] { $written } минуты
       *[many] { $written } минут
    }. Половина визитов (всего { $seatings }) заканчивалась за { $median ->
        [one] { $median } минуту
        [few] { $median } минуты
       *[many] { $median } минут
    }, четыре из пяти — за { $most } ({ $low }–{ $high }). { $longer ->
        [0] Дольше плана не был никто.
        [one] Дольше плана — { $longer } визит.
        [few] Дольше плана — { $longer } визита.
       *[many] Дольше плана — { $longer } визитов.
    }

## Gestures: what speaks for one

gesture-because-first_visit = Впервые у нас
gesture-because-regular = Приходят к нам уже в { $number }-й раз
gesture-because-occasion = Есть что отпраздновать
gesture-because-long_wait = Ждали на { $number ->
        [one] { $number } минуту
        [few] { $number } минуты
       *[many] { $number } минут
    } дольше обещанного
gesture-because-complaint = Блюдо не оправдало ожиданий
gesture-because-walked = Их стол сегодня был под вопросом
gesture-because-turned_away = Сначала услышали, что мест нет
gesture-because-long_stay = { $number ->
        [one] { $number } минута
        [few] { $number } минуты
       *[many] { $number } минут
    } за столом
gesture-because-encore = Первое приняли с радостью
gesture-because-own_wish = Потому что вам так хочется

## Tables by name, inside a sentence

tables-one = стол { $tables }
tables-joined = сдвинутые столы { $tables }

## What can be given to a party at the door

door-free = { $count ->
        [1] Стол { $tables } на { $guests ->
            [one] { $guests } гостя
           *[other] { $guests } гостей
        }: сейчас свободен, на весь визит.
       *[other] Сдвинутые столы { $tables } на { $guests ->
            [one] { $guests } гостя
           *[other] { $guests } гостей
        }: сейчас свободны, на весь визит.
    }
door-free-until = { $count ->
        [1] Стол { $tables } на { $guests ->
            [one] { $guests } гостя
           *[other] { $guests } гостей
        }: сейчас свободен, до { $until }.
       *[other] Сдвинутые столы { $tables } на { $guests ->
            [one] { $guests } гостя
           *[other] { $guests } гостей
        }: сейчас свободны, до { $until }.
    }
door-held = Могу предложить вам { $where } из тех, что мы придерживаем.
door-split = Столы { $tables } на { $guests ->
        [one] { $guests } гостя
       *[other] { $guests } гостей
    }, недалеко друг от друга.
door-wait = Ждать около { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    } ({ $where }).
door-wait-band = Ждать, по нашей оценке, скорее всего { $likely } мин, самое большее { $latest } мин.

## What to do with a party at the door

door-seat-over-table = Лучше посадить сейчас: { $where }. Это примерно на { $gain } выгоднее, чем { $instead }.
door-seat-over-waiting = Лучше посадить сейчас: { $where }. Это примерно на { $gain } выгоднее, чем просить подождать.
door-seat-even = Можно посадить сейчас: { $where }. Заметно лучшего варианта нет.
door-wait-for-promise = Лучше попросить подождать: скорее всего { $likely } мин, самое большее { $latest } мин (вероятно, { $where }). Если посадить сейчас, { $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    } на { $starts } будут ждать или останутся без стола { $often }.
door-kept-for-due = Лучше попросить подождать: свободные столы понадобятся { $parties ->
        [one] { $parties } компании с бронью (не позже { $by }).
       *[many] { $parties } компаниям с бронью (не позже { $by }).
    }
door-others-first = Лучше попросить подождать: свободные столы могут занять те, кто пришёл раньше.
door-wait-over-table = Лучше попросить подождать: скорее всего { $likely } мин, самое большее { $latest } мин (вероятно, { $where }): это примерно на { $gain } выгоднее, чем { $instead } сейчас.

## Rescues: what is said to the guest

rescue-say-held = Сегодня у нас всё занято, но дайте мне минуту: очень хочется отдать вам { $where }.
rescue-say-table = Ещё раз всё проверили: прямо сейчас можем предложить вам { $where }.
rescue-say-join = Сейчас подготовим для вас место: { $where }.
rescue-say-shorter = Прямо сейчас можем предложить вам { $where } до { $ends }. Вам подойдёт?
rescue-say-move = Дайте мне минуту кое-что переставить, и мы сможем предложить вам { $where }.
rescue-say-area = Там сейчас всё занято, зато можем предложить вам { $where } ({ $area }).
rescue-say-overbook = К { $starts } у нас будет для вас место. Если понадобится ещё несколько минут, я лично о вас позабочусь.
rescue-say-wait = Подождать нужно скорее всего { $likely ->
        [one] { $likely } минуту
        [few] { $likely } минуты
       *[many] { $likely } минут
    }, самое большее { $latest }. Можно вас записать? За вами подойдут, как только стол будет готов.
rescue-say-later = В { $starts } стол для вас есть. Забронировать?
rescue-say-other_day = { $weekday ->
        [1] В понедельник
        [2] Во вторник
        [3] В среду
        [4] В четверг
        [5] В пятницу
        [6] В субботу
       *[7] В воскресенье
    }, { $date }, в { $starts } стол для вас есть. Забронировать?
rescue-say-tomorrow = Завтра в { $starts } стол для вас есть. Забронировать?
rescue-say-partner = До «{ $name }» { $walk ->
        [one] { $walk } минута
        [few] { $walk } минуты
       *[many] { $walk } минут
    } пешком, и готовят там хорошо. Позвонить им для вас?

## Rescues: what the host should know

rescue-moves = { $count ->
        [one] { $count } компания с бронью получит другой стол
        [few] { $count } компании с бронью получат другие столы
       *[many] { $count } компаний с бронью получат другие столы
    }; кто уже сидит, останется на месте.
rescue-risk = Этим гостям пришлось бы ждать больше { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    } { $often }.
rescue-others-wait = В вечера, когда придёт больше гостей, чем есть столов, подождать придётся ещё { $others ->
        [one] { $others } компании.
       *[many] { $others } компаниям.
    }
rescue-held = Это один из столов, которые мы придерживаем.
rescue-worth = Принесёт около { $worth }.

## Parties that may hear a no

foreseen-no-table = { $name } ({ $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    }, { $at }): стола может не быть. Найдите его до их прихода.
foreseen-no-table-unnamed = { $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    } на { $at }: стола может не быть. Найдите его до их прихода.
foreseen-waits = { $name } ({ $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    }, { $at }): уже здесь, а стола ещё нет. Посмотрите, что можно предложить.
foreseen-waits-unnamed = { $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    } с бронью на { $at }: уже здесь, а стола ещё нет. Посмотрите, что можно предложить.
foreseen-caller = { $name } ({ $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    }, { $at }): стола нет. Прежде чем сказать об этом, посмотрите, что ещё можно предложить.
foreseen-caller-unnamed = { $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    } на { $at }: стола нет. Прежде чем сказать об этом, посмотрите, что ещё можно предложить.

## The ordinary answer to a no, said to the guest

ordinary-CLOSED = В это время мы закрыты. Подсказать ближайшее время, когда мы вас ждём?
ordinary-OUTSIDE_BOOKING_WINDOW = На этот день мы ещё не записываем. Позвонить вам, когда запись откроется?
ordinary-PARTY_SIZE_NOT_ALLOWED = Чтобы всей вашей компании было удобно, мне нужно посоветоваться с коллегой. Можно вам перезвонить?
ordinary-PACING_FULL = В это время садится много гостей, а хочется, чтобы кухня успела порадовать вас. Подойдёт чуть позже?
ordinary-NO_TABLE_FITS = На это время все столы заняты. Давайте посмотрю, что можно для вас сделать.
ordinary-TURN_TOO_SHORT = Стол на это время есть, но ненадолго. Поискать для вас время получше?
ordinary-HELD_BACK = На это время все столы обещаны. Давайте посмотрю, что можно для вас сделать.
ordinary-RISK_OVER_CEILING = Не хочется обещать вам стол, которого пришлось бы ждать. Давайте найду тот, который точно будет свободен.
ordinary-OVERBOOKING_CAP = На это время у нас всё занято. Давайте посмотрю, что можно для вас сделать.
ordinary-BID_PRICE = На это время пока ничего нет. Посмотреть чуть раньше или чуть позже?
ordinary-GUEST_LIMIT = У вас уже несколько броней у нас, и мы рады каждой. Посмотрим их вместе?
ordinary-DUPLICATE = Вижу, примерно на это время стол для вас уже есть. Посмотрим вместе?
ordinary-ALREADY_WAITING = Вы уже в нашем списке. Посмотреть, сколько ещё ждать?
ordinary-HOUSE_RULES_NOT_ACCEPTED = Можно сначала рассказать вам о наших правилах? Это займёт минуту.
ordinary-BLOCKED = Этот стол сегодня не накрываем. Давайте найду для вас другой, не хуже.
ordinary-PAUSED = Сейчас мы записываем по телефону и у входа. С радостью помогу вам прямо здесь.
ordinary-NEEDS_NOT_MET = Хочется посадить вас там, где вам будет удобно, а на это время такого стола нет. Посмотреть другое время?

## What a change of the house does, one line each

difference-changed = { $where }: { $what }: было { $before }, станет { $after }.
difference-set = { $where }: { $what }: станет { $after }.
difference-unset = { $where }: { $what }: больше не задано (было { $before }).
difference-added = { $where }: добавлено, { $after }.
difference-added-alone = { $where }: добавлено.
difference-removed = { $where }: убрано.
difference-ordered = { $where }: новый порядок ({ $what }).
draft-inside = { $outer }, { $inner }
draft-with-value = { $what } { $value }
draft-key-with-more = { $name } ({ $more })
draft-list = { $parts }
draft-date = { $date }
draft-as-written = { $text }
draft-quoted = «{ $text }»
draft-amount = { $amount }
draft-share = { NUMBER($percent, maximumFractionDigits: 1) } %
draft-yes = да
draft-no = нет
draft-nothing = ничего
draft-day-mon = пн
draft-day-tue = вт
draft-day-wed = ср
draft-day-thu = чт
draft-day-fri = пт
draft-day-sat = сб
draft-day-sun = вс
draft-place-house = Заведение
draft-place-venue = Заведение
draft-place-venue-postal_address = Адрес
draft-place-venue-coordinates = Место на карте
draft-place-booking = Бронирование
draft-place-house_rules = Правила дома
draft-place-areas = Зона { $key }
draft-place-tables = Стол { $key }
draft-place-walls = Линия { $key } на плане
draft-place-staff = Сотрудник { $key }
draft-place-joins = Сдвинутые столы { $key }
draft-place-turn_times = Время за столом, гостей до { $key }
draft-place-periods = Период { $key }
draft-place-periods-pacing_changes = темп с { $key }
draft-place-special_days = Особый день { $key }
draft-place-special_days-periods = период { $key }
draft-place-special_days-periods-pacing_changes = темп с { $key }
draft-place-closures = Закрытие { $key }
draft-place-buy_outs = Закрытое мероприятие { $key }
draft-place-house_rules-rules = Правило «{ $key }»
draft-place-house_rules-rules-text = его текст
draft-place-holds = Придержанные столы «{ $key }»
draft-place-overbooking = Овербукинг
draft-place-decisions = Решения
draft-place-gestures = Знак внимания { $key }
draft-place-gestures-name = его название
draft-place-wait_ladder = После { $key } мин ожидания
draft-place-purses = Бюджеты на знаки внимания
draft-place-etiquette = Этикет
draft-place-approvals = Согласования
draft-place-neighbours = Сосед { $key }
draft-place-notices = Сообщения гостям
draft-place-playbook = Ответы на { $key }
draft-place-playbook-ordinary = обычный ответ
draft-place-playbook-beyond = ответ { $key }
draft-place-playbook-beyond-text = его текст
draft-member-address = адрес одной строкой
draft-member-area = зона
draft-member-areas = зоны
draft-member-booking = ограничения бронирования
draft-member-bookings_per_guest = броней на одного гостя
draft-member-buy_outs = закрытые мероприятия
draft-member-cancel_cutoff_minutes = за сколько минут до начала можно отменить
draft-member-cancel_grace_minutes = сколько минут после брони можно отменить
draft-member-category = категория
draft-member-closes = закрытие
draft-member-closures = закрытия
draft-member-coordinates = координаты
draft-member-country = страна
draft-member-covers = гостей за 15 минут
draft-member-currency = валюта
draft-member-date = дата
draft-member-days = дни
draft-member-depth = глубина в метрах
draft-member-email = электронная почта
draft-member-ends = конец
draft-member-features = особенности
draft-member-from_date = первый день
draft-member-high_chairs = детские стулья
draft-member-hold_seconds = сколько секунд сайт держит время за гостем
draft-member-house_rules = правила дома
draft-member-id = обозначение
draft-member-joins = сдвинутые столы
draft-member-key = обозначение
draft-member-kind = вид
draft-member-last_seating = последняя посадка
draft-member-late_after_minutes = минут до опоздания
draft-member-latitude = широта
draft-member-locale = язык
draft-member-locality = город
draft-member-longitude = долгота
draft-member-min_notice_minutes = за сколько минут можно забронировать
draft-member-minutes = минут
draft-member-name = название
draft-member-needs_approval = брони подтверждает персонал
draft-member-next_after = через сколько минут зовём следующего менеджера
draft-member-no_show_grace_minutes = минут до неявки
draft-member-opens = открытие
draft-member-order = в каком порядке зовём менеджеров
draft-member-pacing = гостей за 15 минут
draft-member-pacing_changes = изменения темпа
draft-member-party_max = гостей не больше
draft-member-party_max_online = гостей онлайн не больше
draft-member-periods = периоды
draft-member-phone = телефон
draft-member-postal_address = адрес
draft-member-postal_code = индекс
draft-member-region = регион
draft-member-role = роль
draft-member-rotation = поворот в градусах
draft-member-rules = правила
draft-member-seats_max = мест не больше
draft-member-seats_min = мест не меньше
draft-member-shape = форма
draft-member-slot_minutes = минут между началами
draft-member-special_days = особые дни
draft-member-staff = персонал
draft-member-start = начало
draft-member-starts = начало
draft-member-street_address = улица и дом
draft-member-tables = столы
draft-member-text = текст
draft-member-turn_times = время за столом
draft-member-until_date = последний день
draft-member-venue = заведение
draft-member-version = версия
draft-member-walls = линии плана
draft-member-web = сайт
draft-member-width = ширина в метрах
draft-member-window_days = на сколько дней вперёд бронируют
draft-member-x = место по ширине
draft-member-x1 = начало по ширине
draft-member-x2 = конец по ширине
draft-member-y = место по глубине
draft-member-y1 = начало по глубине
draft-member-y2 = конец по глубине
draft-member-zone = часовой пояс

# Of the manager’s rules.

draft-member-approvals = согласования
draft-member-areas_excluded = исключённые зоны
draft-member-beyond = ответы сверх обычного
draft-member-by_value = решать по ценности
draft-member-call_minutes = сколько минут держим стол за приглашёнными
draft-member-cap = без согласования не больше
draft-member-cap_covers = гостей сверх зала не больше
draft-member-cap_parties = компаний сверх зала не больше
draft-member-carrier = кто приносит
draft-member-caution = осторожность
draft-member-ceiling = предел риска
draft-member-charged = чей бюджет
draft-member-code = код
draft-member-contains = содержит
draft-member-cost = себестоимость
draft-member-count = столов придержано
draft-member-cover_value = ценность гостя
draft-member-decisions = решения
draft-member-discretion_value = добавочная ценность придержанного стола
draft-member-draw = номер жребия
draft-member-due = когда приносят
draft-member-enabled = включено
draft-member-etiquette = этикет
draft-member-fits = подходит для
draft-member-gesture = знак внимания
draft-member-gestures = знаки внимания
draft-member-holds = придержанные столы
draft-member-host_gift = хостес дарит сам не больше чем на
draft-member-joins_out = доля неучтённых сдвинутых столов
draft-member-keep = сколько столов ещё держать
draft-member-ladder = ступени освобождения
draft-member-late_cost = цена задержки
draft-member-listing_house_rules = правила дома в карточке
draft-member-long_stay_minutes = минут до долгого визита
draft-member-mains_minutes = минут до горячего
draft-member-manager_gift = менеджер дарит сам не больше чем на
draft-member-manager_shift = бюджет менеджера на смену
draft-member-minutes_before = за сколько минут
draft-member-neighbours = соседи
draft-member-offer_minutes = сколько минут действует предложение
draft-member-ordinary = обычный ответ
draft-member-overbooking = овербукинг
draft-member-per_amount = за каждые
draft-member-period = период
draft-member-person_shift = бюджет хостес на смену
draft-member-playbook = сценарии ответов
draft-member-price = цена
draft-member-purses = бюджеты на знаки внимания
draft-member-regular_visits = со скольких визитов гость постоянный
draft-member-repeat_days = через сколько дней можно повторить
draft-member-seats = мест
draft-member-share_cap = доля компаний со знаком внимания
draft-member-show_online = доля пришедших из онлайн-броней
draft-member-show_phone = доля пришедших из броней по телефону
draft-member-small_tables_out = доля неучтённых маленьких столов
draft-member-stay_caution = осторожность с долгими визитами
draft-member-suggest_above = подсказывать при выгоде от
draft-member-tolerance_minutes = сколько минут терпимо ждать
draft-member-units_max = единиц не больше
draft-member-venue_night = бюджет вечера
draft-member-wait_ladder = ступени ожидания
draft-member-walk_minutes = минут пешком
draft-member-walked_cost = цена потерянной компании
draft-member-way = выход

## The house: access, shares of the pace, turn times
access-contradicts = Укажите даты, сезон или дни, которые различают эти правила. Правило «{ $rule }» говорит о { $places } на те же дни другое.
access-ends-early = Нужно { $from_date } или позже, а указано { $until }.
access-names-no-place = Укажите хотя бы одну зону или столы.
access-names-nobody = Укажите хотя бы одно значение: правило { $to ->
    [channels] для некоторых каналов
   *[members] для гостей с метками
}.
access-names-too-many = Уберите это или задайте «to» как { $to }. Сейчас здесь { $got }.
access-no-such-day = Нужен день, который есть в каждом году: месяц и число. Указано { $got }.
pacing-limit-repeated = Запись { $place } этого списка ограничивает то же самое. Укажите другие каналы, зоны или другое начало.
pacing-limit-says-nothing = Укажите covers, parties или и то и другое. Чтобы снять ограничение, задайте covers 1000.
turn-times-compete = Запись { $place } тоже подходит компании из { $guests }. Укажите в одной из них другие зоны, дни или периоды.
turn-times-none-for-all = Нужна одна запись без зон, дней и периодов, для всех остальных компаний.
value-day-of-year = месяц и число, например 05-01
stranded-area-gone = В зоне, о которой просили гости, больше нет столов.
search-ends-early = Нужно { $since } или позже, как в from_date.
draft-place-access = Доступ «{ $key }»
draft-place-access-season = его сезон
draft-place-enquiries = Запросы
draft-place-periods-pacing_limits = ограничение темпа { $key }
draft-member-access = кому какие места
draft-member-channels = каналы
draft-member-enquiries = запросы
draft-member-from_day = с какого дня года
draft-member-guests_of_sites = что гости сайтов узнают от самого ресторана
draft-member-hours = часов
draft-member-notices = сообщения гостям
draft-member-pacing_limits = ограничения темпа по каналам и зонам
draft-member-parties = компаний за 15 минут
draft-member-protect = кому держим место
draft-member-quiet_from = начало тихих часов
draft-member-quiet_until = конец тихих часов
draft-member-reminder_hours = за сколько часов до визита напоминаем
draft-member-reset_by_clock = столы готовы по часам
draft-member-reset_minutes = минут на подготовку стола
draft-member-season = сезон
draft-member-tags = метки
draft-member-text_first = СМС раньше писем
draft-member-text_price = цена отрезка СМС
draft-member-to = для
draft-member-until_day = по какой день года
ordinary-AREA_NOT_BOOKABLE = Эти места в это время отведены для других. Давайте посмотрю, где ещё вам будет хорошо.
period-over-on = { $day }, { $period }: период уже закончился.
warning-kept-for-others = { $count ->
    [one] Стол { $tables } придержан
   *[other] Столы { $tables } придержаны
} для других: { $rule }.
stays-only = { $sizes } ({ $only })
draft-choice-protect-area = тем, кто просил зону
draft-choice-protect-every = всем, кто спросил
draft-choice-protect-none = никому
draft-choice-to-all = всех
draft-choice-to-channels = некоторых каналов
draft-choice-to-members = своих
draft-choice-to-nobody = никого
draft-choice-to-request = тех, кто сначала спросит
draft-choice-to-staff = броней персонала
draft-choice-to-walk_ins = гостей без брони
party-larger-than-tables = Самый большой стол или сдвинутые столы — на { $most }, а гостей { $size }. Назовите столы, за которыми они сядут.
named-tables-out-of-use = { $count ->
    [one] Стол { $tables } в это время не используется. Сначала верните его в работу или выберите другой.
   *[other] Не все столы { $tables } в это время используются. Сначала верните их в работу или выберите другие.
}
lever-too-far-ahead = Настройки меняют не дальше чем на { $days } дней вперёд. Проверьте год.
warning-seating-stopped-until = Рассадка остановлена до { $at }.
warning-exposed-ahead = { $party }, { $date }, { $at }: теперь без стола.
value-line-of-text = текст в одну строку, без управляющих символов
value-lines-of-text = текст без управляющих символов (переводы строк допустимы)
seating-stopped-until = Посадка остановлена до { $time }.

## The record of what matters, as the owner reads it

recorded-log-in = Вход: { $by }, планшет { $tablet }.
recorded-wrong-pin = { $whom ->
    [none] На планшете { $tablet } введён неверный ПИН, такого сотрудника нет.
   *[other] На планшете { $tablet } введён неверный ПИН ({ $whom }).
}
recorded-make-pairing-code = { $by }: новый код для подключения планшета.
recorded-wrong-pairing-code = С адреса { $address } введён неверный код подключения.
recorded-pair-device = { $whom ->
    [none] Подключён планшет { $tablet }.
   *[other] Подключён планшет { $tablet }, код создан: { $whom }.
}
recorded-rename-device = { $by }: планшет { $before } теперь называется { $name }.
recorded-revoke-device = { $by }: планшет { $tablet } отключён.
recorded-add-person = { $by }: в команде новый человек, { $whom }, роль — { $role ->
    [owner] владелец
    [manager] менеджер
    [server] официант
    [kitchen] кухня
    [viewer] наблюдатель
   *[host] хостес
 }.
recorded-first-pin = Первый ПИН заведения: { $whom }.
recorded-change-pin = { $own ->
    [yes] { $by }: собственный ПИН изменён.
   *[no] { $by }: задан новый ПИН ({ $whom }).
}
recorded-change-name = { $by }: имя { $before } изменено на { $name }.
recorded-change-role = { $by }: у { $whom } теперь роль «{ $role ->
    [owner] владелец
    [manager] менеджер
    [server] официант
    [kitchen] кухня
    [viewer] наблюдатель
   *[host] хостес
 }», раньше — «{ $before ->
    [owner] владелец
    [manager] менеджер
    [server] официант
    [kitchen] кухня
    [viewer] наблюдатель
   *[host] хостес
 }».
recorded-remove-person = { $by }: учётная запись { $whom } закрыта.
recorded-let-owner-in = Командой на сервере созданы новый ПИН ({ $whom }) и код подключения.
client-may-availability = видеть свободные столы
client-may-bookings = бронировать
client-may-enquiries = просить за большие компании
client-may-waitlist = ставить в очередь
client-may-webhooks = получать сообщения
client-may-pos = говорить за кассу
client-may-google = бронировать для Google
recorded-make-client = { $by }: новый клиент { $client }, ему можно: { $scopes }.
recorded-set-grant = { $by }: клиенту { $client } теперь можно: { $scopes }; раньше: { $before }.
recorded-withdraw-grant = { $by }: у клиента { $client } больше нет доступа; раньше было можно: { $before }.
recorded-disable-client = { $by }: клиент { $client } отключён от заведения.
recorded-issue-token = Клиент { $client } вошёл по своему секрету.
recorded-wrong-secret = С адреса { $address } прислан неверный секрет клиента { $client }.
recorded-unknown-client = С адреса { $address } пытался войти клиент, которого у нас нет.
recorded-add-endpoint = Клиент { $client } получает события на { $host }.
recorded-remove-endpoint = Клиент { $client } больше не получает события на { $host }.
recorded-rotate-endpoint-secret = Клиент { $client } сменил секрет для событий.
recorded-open-house = Заведение открыто.
recorded-publish-house = { $by }: с { $from } действует версия заведения { $version } вместо версии { $before }.
recorded-withdraw-house = { $by }: отозвана версия заведения { $version }, которая с { $from } должна была вступить в силу.
recorded-export-house = { $by }: выгружено описание заведения.
recorded-publish-rules = { $count ->
    [0] { $by }: с { $from } действует версия правил { $version }, отличий нет.
   *[other] { $by }: с { $from } действует версия правил { $version }, отличается: { $changed }.
}
recorded-withdraw-rules = { $from ->
    [none] { $by }: отозвана версия правил { $version }, она не была опубликована.
   *[other] { $by }: отозвана версия правил { $version }, опубликованная на даты с { $from } и далее.
}
recorded-override-rules = { $count ->
    [one] { $by }: другие правила для { $count } периода: { $changed }.
   *[other] { $by }: другие правила для { $count } периодов: { $changed }.
}
recorded-make-backup = Командой сделана копия всей базы данных, { $file }.
recorded-restore-backup = База данных восстановлена из копии { $file }.
recorded-go-back = База данных возвращена к состоянию до последнего обновления, копия { $file }.
recorded-refused-access = { $why ->
    [csrf-needed] Запрос от имени { $by } пришёл не с нашей страницы, в нём отказано.
    [no-such-venue] { $by }: попытка обратиться к чужому заведению, отказано.
    [role-needed] { $by }: для этого роль недостаточна, отказано, { $method } { $route }.
   *[other] { $by }: отказано в доступе, { $method } { $route }.
}
recorded-tablet-locked = Планшет { $tablet } заблокирован: неверный ПИН введён { $in_a_row ->
    [one] { $in_a_row } раз
    [few] { $in_a_row } раза
   *[many] { $in_a_row } раз
} подряд.
recorded-person-locked = ПИН заблокирован ({ $whom }): неверные попытки с нескольких планшетов.
recorded-unlock-tablet = { $by }: планшет { $tablet } разблокирован.
recorded-session-at-other-tablet = Сеанс ({ $whom }) предъявлен на чужом планшете и завершён.
recorded-end-session = { $own ->
    [yes] { $by }: завершён собственный сеанс на планшете { $tablet }.
   *[no] { $by }: завершён сеанс ({ $whom }) на планшете { $tablet }.
}
recorded-rotate-client-secret = { $by }: новый секрет для клиента { $client }.
recorded-enable-client = { $by }: клиент { $client } снова допущен.
recorded-guest-erased = { $restored ->
    [yes] В восстановленной копии были данные гостя, удалённые раньше. Они удалены снова, в книге бронирований он теперь { $guest }.
   *[no] { $by }: данные гостя удалены, в книге бронирований он теперь { $guest }.
}
recorded-guest-exported = { $by }: выгружены данные гостя { $guest }.
recorded-other = { $by }: { $kind }.
recorded-and-more = { $said } Дальше в этом часе такие события не записывались.
recorded-machine = Администратор сервера
recorded-stranger = Кто-то с адреса { $address }
recorded-tablet-unknown = (неизвестно)

## Что было сделано, словами журнала: кто это сделал, стоит рядом

party-unknown = гости
tables-none = без стола
done-when = { $date } в { $time }
done-arrived = { $party }: пришли { $here }
done-resized = { $name }: { $size } вместо { $before }
done-no-show = { $party }: не пришли
done-reopened = { $party }: снова ждём
done-walked = { $party }: ушли без стола
done-assigned = { $party }: назначено, { $where }
done-planned-elsewhere = { $party }: теперь { $where }
done-unseated = { $party }: пока не за столом, снова ждут
done-approved = { $party }: запрос на { $when } принят
done-declined = { $party }: запрос отклонён
done-seated = { $party }: посажены, { $where }
done-moved = { $party }: пересажены, { $before }, теперь { $where }
done-swapped = { $party } и { $other } поменялись местами
done-split = { $party }: часть гостей отсажена, { $where }
done-merged = { $party }: подсажены к { $other }
done-served = { $state ->
    [check_down] { $party }: принесён счёт
   *[dessert] { $party }: подан десерт
}
done-extended = { $party }: остаются до { $until }
done-cleared = { $party }: ушли, свободно: { $where }
done-blocked = Не использовать до { $until }: { $where }
done-unblocked = Снова в работе: { $where }
done-levers-none = Настройки вечера изменены
done-levers = Изменено: { $levers }
done-lever = { $kind ->
    [online_paused] { $on ->
        [yes] онлайн-бронь на паузе
       *[no] онлайн-бронь снова открыта
    }
    [seating_stopped] { $on ->
        [yes] больше никого не сажаем
       *[no] снова сажаем гостей
    }
    [last_orders] { $on ->
        [yes] последние заказы
       *[no] последние заказы отменены
    }
    [close_early] { $on ->
        [yes] закрываемся раньше
       *[no] закрываемся как обычно
    }
    [area_shut] { $on ->
        [yes] зона закрыта: { $area }
       *[no] зона снова открыта: { $area }
    }
   *[pace] { $on ->
        [yes] темп: { $covers } за четверть часа
       *[no] темп как обычно
    }
}
done-sections = Секции изменены: { $tables ->
    [one] { $tables } стол
    [few] { $tables } стола
   *[other] { $tables } столов
}
done-lever-dates = { $lever }, с { $from } по { $until }
done-held = Придержан стол на { $seats } с { $starts }
done-released = Отпущен стол на { $seats }, придержанный с { $starts }
done-waits = { $party }: в листе ожидания
done-waits-quoted = { $party }: в листе ожидания, обещано { $minutes } мин
done-notified = { $party }: сообщили, что стол готов
done-left = { $party }: ушли, больше не ждут
done-turned-away = { $party }: отказали
done-undone = Отменено действие: { $what }
done-undone-something = Действие отменено
done-booked = { $party }: бронь на { $when }
done-changed = { $party }: бронь изменена, теперь { $when }
done-cancelled = { $party }: бронь на { $when } отменена
done-reinstated = { $party }: снова бронь на { $when }
done-refused = В брони отказано
done-sent-on = { $party }: отправили к соседям
done-gesture = { $state ->
    [accepted] { $party }: знак внимания приняли
    [declined] { $party }: от знака внимания отказались
    [delivered] { $party }: знак внимания вручён
    [voided] { $party }: знак внимания отменён
   *[offered] { $party }: знак внимания предложили
}
done-complaint = { $party }: остались недовольны
done-case-closed = { $party }: вопрос решён
done-called-colleague = { $party }: позвали коллегу
done-took-over = { $party }: взяли у коллеги
done-link = { $party }: создана ссылка для гостей
done-rules-read = { $party }: правила дома зачитаны
done-reconfirmed = { $party }: бронь подтверждена ещё раз
done-told-late = { $party }: опаздывают, будут в { $until }
done-placed = { $place ->
    [door] { $party }: ждут у входа
    [bar] { $party }: ждут в баре
    [terrace] { $party }: ждут на террасе
   *[nowhere] { $party }: место ожидания снято
}
done-called = { $party }: позвали к столу
done-coming = { $party }: идут к столу
done-pinned = { $party }: закреплены, { $where }
done-unpinned = { $party }: больше не закреплены, { $where }
done-paid = { $party }: счёт оплачен
done-cleared-to-reset = { $party }: ушли, накрыть заново: { $where }
done-ready = Накрыто заново: { $where }
done-gone-silent = { $party }: не ответили, сняты с листа ожидания
done-rejoined = { $party }: снова ждут
done-note-written = Заметка написана
done-note-changed = Заметка изменена
done-note-deleted = Заметка удалена
done-other = Сделано что-то ещё

## Лаборатория: что дал бы черновик на вечерах самого заведения

lab-where-past = { $evenings ->
    [one] На **{ $evenings } вашем последнем вечере**
   *[other] На ваших последних **{ $evenings } вечерах**
}
lab-where-synthetic = { $evenings ->
    [one] На **{ $evenings } вечере**, похожем на ваши,
   *[other] На **{ $evenings } вечерах**, похожих на ваши,
}
lab-trade = { $where } этот черновик { $seated } и { $waiting }.
lab-no-difference = { $where } **разницы не видно**: ни в том, сколько гостей село, ни в том, сколько обещанных столов пришлось ждать.
lab-too-few = По одному вечеру ничего не скажешь: нужно хотя бы два.
lab-nothing-played = Черновик меняет только то, чего лаборатория не разыгрывает, поэтому ни один вечер разницы не покажет.
lab-nothing-changed = В черновике то же, что действует сейчас: сравнивать нечего.
lab-seated-more = посадил бы за вечер на **{ NUMBER($guests, minimumFractionDigits: 1, maximumFractionDigits: 1) } гостя больше**
lab-seated-fewer = посадил бы за вечер на **{ NUMBER($guests, minimumFractionDigits: 1, maximumFractionDigits: 1) } гостя меньше**
lab-seated-same = посадил бы **столько же гостей**, насколько это видно по вечерам (их { $evenings }),
lab-waiting-same = заставлял бы ждать не чаще, чем сейчас, насколько это видно по вечерам (их { $evenings })
lab-waiting-one-more = { $evenings ->
    [one] **раз в { $evenings } вечер** заставил бы
    [few] **раз в { $evenings } вечера** заставил бы
   *[other] **раз в { $evenings } вечеров** заставил бы
} гостей с бронью ждать дольше десяти минут
lab-waiting-one-fewer = { $evenings ->
    [one] **раз в { $evenings } вечер** избавил бы
    [few] **раз в { $evenings } вечера** избавил бы
   *[other] **раз в { $evenings } вечеров** избавил бы
} гостей с бронью от ожидания дольше десяти минут
lab-waiting-more = заставил бы ждать дольше десяти минут ещё **{ NUMBER($parties, minimumFractionDigits: 1, maximumFractionDigits: 1) } брони** за вечер
lab-waiting-fewer = избавил бы от ожидания дольше десяти минут **{ NUMBER($parties, minimumFractionDigits: 1, maximumFractionDigits: 1) } брони** за вечер
lab-unseen-past = Разыграно по тому, что в эти вечера просили: и принятые, и отказанные. Тех, кто не спросил, здесь нет; сколько просидели бы отказанные и подошло бы им другое время, взято из того, что заведение узнало о своих гостях.
lab-unseen-levers = Не разыгрывается то, что меняли только на один из этих вечеров: рычаги, закрытые столы и особые правила на вечер.
lab-unseen-synthetic = Гости взяты из того, что заведение узнало о своих вечерах: сколько просят и приходят с улицы, кто не придёт, кто опоздает, кто сколько сидит.
lab-door-quick = О бронях решает сама служба; у двери каждому достаётся стол, который подходит лучше всего. Придержанные столы отдаются тем, кто пришёл. Что дарят по своему желанию, не разыгрывается.
lab-door-minutes = О бронях и о том, кого посадить, решает сама служба, минута за минутой, как советует стойка; кто прождал с улицы пять минут, получает придержанный стол. Что дарят по своему желанию, не разыгрывается.
lab-run-not-found = Такой пробы в лаборатории нет; в списке все, что сохранены.
lab-night-not-found = Этот вечер ещё не разыгран, или их всего { $nights }.
lab-no-past-nights = Ни один вечер этих дней ещё не прошёл. Возьмите вечера, похожие на ваши, или больше дней недели.
lab-no-such-period = В эти дни в ближайшие две недели заведение не открывает «{ $period }».
lab-run-over = Эта проба уже закончена: останавливать нечего.
lab-draft-twice = Версия { $version } названа дважды; назовите каждую один раз.
push-approval-title = { $name } просит вашего согласия
push-approval-body = { $gift }, { $cost }
push-alert-title = { $name } зовёт вас к гостям, их { $size }
push-alert-body = Откройте стойку: там видно, что им сказали.
push-keys-unreadable = Ключи этого телефона не читаются. Выключите уведомления и включите снова.
kitchen-noted-already = { $name }: это уже отмечено.
kitchen-nothing-to-note = Отмечать здесь больше нечего.


## Новый планшет: страница, которую читают на нём

tablet-title = Планшет для стенда
tablet-which = Этот планшет станет стендом у входа. Какой он?
tablet-ipad = iPad или iPhone
tablet-android = Android
tablet-step = Шаг { $number }
tablet-authority = Сертификат заведения
tablet-in-this-language = По-русски
tablet-no-authority = У заведения нет своего сертификата: откройте его адрес, устанавливать ничего не нужно.
tablet-ipad-install = Откройте эту страницу в Safari. Нажмите на сертификат и разрешите загрузку. Затем откройте «Настройки», вверху нажмите «Профиль загружен», «Установить» и введите код-пароль планшета.
tablet-ipad-trust = В «Настройках» откройте «Основные», «Об этом устройстве» и в самом низу «Доверие сертификатам». Включите «Maitred».
tablet-ipad-open = Откройте стенд в Safari, нажмите «Поделиться», затем «На экран „Домой“».
tablet-ipad-home = Откройте его с экрана «Домой» и подключите уже там: заведение и код управляющий покажет в разделе «Планшеты». Только так планшет хранит вечер, когда сети нет.
tablet-android-install = Нажмите на сертификат, он сохранится. Затем откройте «Настройки» и найдите «Сертификат ЦС» («Безопасность», «Шифрование и учётные данные», «Установка сертификатов»). Выберите «Всё равно установить» и сохранённый файл.
tablet-android-open = Откройте стенд в Chrome. Код покажет управляющий в разделе «Планшеты»: наведите камеру или введите его.
tablet-android-home = В меню Chrome нажмите «Добавить на главный экран» или «Установить приложение». Дальше открывайте стенд оттуда.
tablet-afterwards = Сертификат подтверждает адрес заведения только на этом планшете. Он для планшетов заведения, не для личного телефона.
