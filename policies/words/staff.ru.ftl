### Что читают сотрудники и что они говорят гостям: коротко, по-доброму, конкретно, без упрёков.

## How long a table is kept

table-kept-until-at-most = Этот стол можно оставить за гостями самое позднее до { $until }. Выберите время покороче или начало пораньше.

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

closed-today = Сегодня закрыто.
closed-today-next = Сегодня закрыто. Дальше: { $period }, { $date }, { $time }.
note-is-empty = Заметка пустая. Напишите, что нужно знать смене.
note-for-a-past-date = Эта дата уже прошла. Заметки пишут на сегодня или на будущие даты.
note-too-far-ahead = Заметки пишут не дальше чем на { $days } дней вперёд. Проверьте год.
note-for-no-service = { $date }: смены «{ $period }» нет. Проверьте название или не указывайте его — тогда заметка будет на весь день.
note-is-gone = Такой заметки нет. Возможно, её удалили.
note-has-changed = Эту заметку уже изменили. Прочитайте её ещё раз и потом меняйте.
day-too-far-off = Эта дата слишком далеко. Проверьте год.
lever-for-a-past-date = Эта дата уже прошла. Меняйте настройки на сегодня или на будущие даты.
lever-date-or-range = Укажите либо одну дату (service_date), либо период (from_date и until_date), но не то и другое.
lever-range-without-start = У периода нет первой даты: добавьте from_date.
lever-range-names-periods = Для нескольких дат перечислите смены в periods.
lever-range-ends-before = У периода нет последней даты: добавьте until_date, не раньше from_date.
lever-range-too-long = Больше чем на { $most } дней сразу настройки не меняют. Чтобы закрыться надолго, добавьте закрытие в данные ресторана.
lever-ahead-is-a-managers = Хостес меняет настройки только на сегодня. На другие даты это сделает менеджер.
lever-for-no-service = { $date }: смены «{ $period }» нет. Проверьте название.
lever-end-has-passed = Это время уже прошло. Укажите время позже или не указывайте его.
lever-end-too-late = Настройка и так вернётся, когда смена закончится. Укажите время раньше или не указывайте его.
lever-area-both-ways = { $area }: нельзя и закрыть, и открыть сразу. Уберите из одного списка.
lever-hours-are-the-houses = Последние заказы и раннее закрытие отмечают во время смены. На другую дату измените часы: добавьте особый день.
lever-none-named = Нечего менять. Укажите хотя бы одну настройку.
lever-service-is-over = Эта смена уже закончилась.
lever-of-before-the-update = Это сделано до обновления, отменить нельзя. Переключите обратно вручную.
with-a-reason-all-the-same = { $refusal } С указанием причины это всё же можно записать.

## Who may have which place

tables-kept-by-rule = { $tables }: придержано по правилу «{ $rule }». С указанием причины всё же можно отдать.
place-kept-by-rule = Места для этих гостей придержаны по правилу «{ $rule }». Назовите столы и причину, чтобы всё же отдать.
no-such-area = Зоны { $area } нет. Есть: { $areas }.
larger-groups-ask-staff = За один стол мы записываем не больше { $most ->
    [one] { $most } гостя
    [few] { $most } гостей
   *[many] { $most } гостей
}. Запишите как запрос и ответьте на него, назвав столы.

## Held tables that give way

held-gave-way = Стол, придержанный на { $seats }, пришлось отпустить: места для него больше нет.
held-gave-way-to-reservation = Стол, придержанный на { $seats }, отпущен: он нужен гостям с бронью ({ $guests } чел., { $time }).
held-gave-way-to-seating = Стол, придержанный на { $seats }, отпущен: { $count ->
    [one] за столом { $tables }
   *[other] за столами { $tables }
} сидят гости ({ $guests } чел.), а другого свободного нет.
held-gave-way-to-block = Стол, придержанный на { $seats }, отпущен: стол { $table } выведен из работы, а другого свободного нет.
held-gave-way-to-closure = Стол, придержанный на { $seats }, отпущен: его зона закрыта, а другого свободного стола нет.
held-gave-way-to-waiting = Стол, придержанный на { $seats }, отпущен для гостей, которых уже позвали к столу.
held-no-room = Придержать стол на { $seats } не удалось: все столы уже обещаны.
held-not-served = Стол, придержанный на { $seats }, отпущен: в это время заведение закрыто.
held-starts-later = Стол на { $seats } придержан с { $starts } вместо { $first }: до этого он занят.

## Tablets

pairing-code-not-of-venue = По этому коду планшет к этому заведению не подключить: в коде опечатка, он уже использован, устарел или выдан для другого заведения. Проверьте заведение и код или попросите у менеджера новый.
with-a-reason-these-tables = { $refusal } С указанием причины столы всё же отдадут им, а тех, кто там запланирован, пересадят.
named-tables-taken = { $count ->
    [one] Стол { $tables } занят
   *[other] Столы { $tables } заняты
} примерно до { $until }: там сидят гости ({ $size }). Выберите другие столы или время позже.
named-tables-promised = { $count ->
    [one] Стол { $tables } обещан
   *[other] Столы { $tables } обещаны
} на { $at }: { $party }. Выберите другие или сначала дайте им другой стол.
named-table-out-of-use = Стол { $table } в это время не работает. Сначала верните его в зал или выберите другой.
named-tables-not-given = { $count ->
    [one] Стол { $tables } для этих гостей запланировать не удалось. Выберите другой.
   *[other] Столы { $tables } для этих гостей запланировать не удалось. Выберите другие.
}
sits-already = Эти гости уже сидят. Пересадите их от стола, за которым они сидят.
period-is-over = Это время работы ({ $date }, { $opens }-{ $closes }) уже закончилось.
period-is-ahead = Это время работы ({ $date }) начнётся в { $opens }, оно ещё впереди.
needs-anyway = { $warning }{ $more ->
    [0] { "" }
    [one] { " " }И ещё { $more } вопрос.
    [few] { " " }И ещё { $more } вопроса.
   *[many] { " " }И ещё { $more } вопросов.
} Если так и нужно, подтвердите.

## Гости, как о них говорят сотрудники

party-named = { $name } ({ $size })
party-unnamed = Гости ({ $size })

## Что стоит знать о распоряжении

warning-too-few-seats = { $count ->
    [one] За столом { $tables }
   *[other] За столами { $tables }
} мест: { $seats }, а гостей { $size }.
warning-extra-chair = { $count ->
    [one] За столом { $tables }
   *[other] За столами { $tables }
} мест: { $seats }. Гостей { $size }, будет тесно, нужен стул.
warning-table-too-large = { $count ->
    [one] За столом { $tables }
   *[other] За столами { $tables }
} мест: { $seats }, а гостей всего { $size }.
warning-tables-not-a-join = Столы { $tables } обычно не сдвигают.
warning-other-area = { $party }: просили «{ $area }», а { $count ->
    [one] стол { $tables } не там.
   *[other] столы { $tables } не там.
}
warning-not-step-free = { $party }: нужен путь без ступеней, а { $count ->
    [one] к столу { $tables } ведут ступени.
   *[other] к столам { $tables } ведут ступени.
}
warning-not-quiet = { $party }: просили тихое место, а { $count ->
    [one] стол { $tables } не в тихом.
   *[other] столы { $tables } не в тихом.
}
warning-high-chairs-short = { $party }: нужно детских стульев { $wanted }, свободно { $free }.
warning-table-blocked = { $count ->
    [one] Стол { $tables } сейчас не работает.
   *[other] Столы { $tables } сейчас не работают.
}
warning-area-shut = { $count ->
    [one] Стол { $tables } в закрытой зоне.
   *[other] Столы { $tables } в закрытой зоне.
}
warning-private-event = { $count ->
    [one] Стол { $tables } сейчас занят под закрытое мероприятие.
   *[other] Столы { $tables } сейчас заняты под закрытое мероприятие.
}
warning-closes-during-stay = Стол { $table } понадобится в { $at }, раньше, чем они уйдут.
warning-seating-stopped = Рассадка на это время остановлена.
warning-last-orders-were = Последние заказы принимали до { $at }.
warning-closes-early = Сегодня закрываемся раньше, в { $at }, до их ухода.
warning-not-due-yet = { $party }: ждём только в { $at }.
warning-booked-under-this-name = { $party }: есть бронь на { $at }. Если это они, посадите по брони.
warning-promised-tables = { $party }, { $at }: { $count ->
    [one] стола { $tables }
   *[other] столов { $tables }
} больше нет, а обещали.
warning-exposed = { $party }, { $at }: теперь без стола.
warning-here-without-table = { $party } уже здесь и теперь без стола.
warning-called-loses-table = { $party }: позвали из очереди, а стола больше нет.
warning-guest-deciding = Гость сейчас бронирует на сайте ({ $size } чел.) и теряет { $count ->
    [one] стол { $tables }
   *[other] столы { $tables }
}.
warning-opened-option-gone = { $count ->
    [one] Стола { $tables }, который вы придержали для гостей,
   *[other] Столов { $tables }, которые вы придержали для гостей,
} больше нет.
warning-held-table-given-up = Придержанный стол на { $seats } ({ $window }) пришлось отдать.
warning-beyond-the-room = { $party }, { $at }: бронь сверх мест, стола для них нет.
warning-beyond-pacing = Около { $at } на кухню приходится { $starting } гостей, а она берёт { $allowed }.
warning-duplicate-booking = У этого гостя уже есть бронь на это время: { $party }, { $at }.

## Поиск и исправление броней

search-name-without-letters = Чтобы искать по имени, введите хотя бы одну букву или цифру.
search-phone-too-short = { $least ->
    [one] Введите хотя бы последнюю { $least } цифру номера.
    [few] Введите хотя бы последние { $least } цифры номера.
   *[many] Введите хотя бы последние { $least } цифр номера.
}
request-has-no-table-yet = За запросом ещё не закреплён стол. Назовите стол, когда будете подтверждать запрос.
reinstate-time-is-over = Время этой брони уже прошло. Запишите новую на другое время.
reinstate-site-has-booked-again = Сайт бронирования уже записал эту бронь заново. Найдите вторую запись.
guest-page-is-closed = { $days ->
    [one] Страница гостя закрывается через { $days } день после визита.
    [few] Страница гостя закрывается через { $days } дня после визита.
   *[many] Страница гостя закрывается через { $days } дней после визита.
}
guest-number-taken = Этот номер уже записан за гостем: { $name }. Если это один и тот же человек, объедините две записи.
guests-are-one-already = Это уже один и тот же гость. Выберите другую запись для объединения.
