### Что читают сотрудники и что они говорят гостям: коротко, по-доброму, конкретно, без упрёков.

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
booking-depends-on = Тесно из-за { $count ->
        [one] { $count } брони
       *[other] { $count } броней
    } на это время.

## What an overbooking limit rests on

ceiling-too-early = Ваш предел — { $limit } из { $of } вечеров. Пока рано судить, что он даёт: нужно { $needed ->
        [one] { $needed } вечер
        [few] { $needed } вечера
       *[many] { $needed } вечеров
    }, когда обещано больше, чем вмещает зал; пока их { $risky } из { $evenings }.
ceiling-seen = Ваш предел — { $limit } из { $of } вечеров. Больше, чем вмещает зал, мы обещали { $risky ->
        [one] { $risky } вечер
        [few] { $risky } вечера
       *[many] { $risky } вечеров
    }; гость с бронью ждал слишком долго или ушёл { $waited ->
        [0] ни разу
        [one] { $waited } раз
        [few] { $waited } раза
       *[many] { $waited } раз
    }, а ожидали мы { $expected }.

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

hold-average = в среднем { $low } за вечер
hold-average-between = в среднем { $low }–{ $high } за вечер

## How long parties stay

stays-too-early = Компании на { $sizes }: пока рано судить. Видели { $seatings ->
        [one] { $seatings } визит
        [few] { $seatings } визита
       *[many] { $seatings } визитов
    }, нужно { $needed }.
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
door-wait-estimated = Ждать, по нашей оценке, около { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    }.

## What to do with a party at the door

door-seat-over-table = Лучше посадить сейчас: { $where }. Это примерно на { $gain } выгоднее, чем { $instead }.
door-seat-over-waiting = Лучше посадить сейчас: { $where }. Это примерно на { $gain } выгоднее, чем просить подождать.
door-seat-even = Можно посадить сейчас: { $where }. Заметно лучшего варианта нет.
door-wait-for-promise = Лучше попросить подождать примерно { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[many] { $minutes } минут
    } (вероятно, { $where }). Если посадить сейчас, { $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    } на { $starts } будут ждать или останутся без стола { $often }.
door-wait-over-table = Лучше попросить подождать примерно { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[many] { $minutes } минут
    } (вероятно, { $where }): это примерно на { $gain } выгоднее, чем { $instead } сейчас.

## Rescues: what is said to the guest

rescue-say-held = Сегодня у нас всё занято, но дайте мне минуту: очень хочется отдать вам { $where }.
rescue-say-table = Ещё раз всё проверили: прямо сейчас можем предложить вам { $where }.
rescue-say-join = Сейчас сдвинем для вас столы: { $where }.
rescue-say-shorter = Прямо сейчас можем предложить вам { $where } до { $ends }. Вам подойдёт?
rescue-say-move = Дайте мне минуту кое-что переставить, и мы сможем предложить вам { $where }.
rescue-say-area = Там сейчас всё занято, зато можем предложить вам { $where } ({ $area }).
rescue-say-overbook = К { $starts } у нас будет для вас место. Если понадобится ещё несколько минут, я лично о вас позабочусь.
rescue-say-wait = Подождать нужно около { $wait ->
        [one] { $wait } минуты
       *[other] { $wait } минут
    }. Можно вас записать? За вами подойдут, как только стол будет готов.
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
    }; кто уже сидит, остаётся на месте.
rescue-risk = Кому-то с бронью пришлось бы ждать больше { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    } { $often }.
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
draft-place-turn_times = Время за столом до { $key } гостей
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
draft-place-wait_ladder = После { $key } минут ожидания
draft-place-purses = Бюджеты на знаки внимания
draft-place-etiquette = Этикет
draft-place-approvals = Согласования
draft-place-neighbours = Сосед { $key }
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
draft-member-no_show_grace_minutes = минут до неявки
draft-member-opens = открытие
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

## Refusals of the floor

with-a-reason-all-the-same = { $refusal } С указанием причины это всё же можно записать.
