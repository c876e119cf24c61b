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
