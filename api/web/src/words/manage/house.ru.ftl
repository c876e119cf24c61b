## Дом: его страницы и общее для них

house-title = Дом
house-about = Столы и часы работы, слова и подарки, люди и планшеты. Всё, что меняет зал, ждёт в черновике, пока вы не введёте его с какого-то дня.
house-pages = Страницы дома
house-all-pages = ‹ Дом
house-group-room = Зал
house-group-said = Слова и подарки
house-group-people = Люди и планшеты
house-group-outside = Сайты и кассы
house-group-kept = Что хранится
house-page-floor = План зала
house-page-hours = Часы работы
house-page-dates = Особые дни
house-page-stays = Время за столом
house-page-booking = Бронирование
house-page-access = Кому какие места
house-page-venue = Название и зоны
house-page-rules = Правила дома
house-page-playbook = Ответы
house-page-catalogue = Что дарим
house-page-partners = Соседи
house-page-staff = Сотрудники
house-page-called = Кого зовут
house-page-tablets = Планшеты
house-page-sessions = Кто вошёл
house-page-clients = Сайты и кассы
house-page-webhooks = Сообщения им
house-page-versions = Версии и файл
house-page-record = Журнал доступа
house-page-backups = Резервные копии
house-fetching = Минуту …
house-lost = Дом не загрузился.
house-keep = Сохранить
house-keeping = Сохраняется …
house-back = Назад
house-change = Изменить
house-change-named = Изменить: { $name }
house-close = Закрыть
house-close-named = Закрыть: { $name }
house-remove = Убрать
house-remove-sure = Да, убрать
house-new = новое
house-changed = изменено
house-bar-house = Изменения дома
house-bar-rules = Изменения слов, подарков и вызовов
house-bar-house-count =
    { $count ->
        [0] Черновик дома без изменений
        [one] { $count } изменение дома, ещё не действует
        [few] { $count } изменения дома, ещё не действуют
       *[other] { $count } изменений дома, ещё не действуют
    }
house-bar-rules-count =
    { $count ->
        [0] Черновик слов, подарков и вызовов без изменений
        [one] { $count } изменение слов, подарков и вызовов, ещё не действует
        [few] { $count } изменения слов, подарков и вызовов, ещё не действуют
       *[other] { $count } изменений слов, подарков и вызовов, ещё не действуют
    }
house-bar-wrong =
    { $count ->
        [one] { $count } место пока не сходится.
        [few] { $count } места пока не сходятся.
       *[other] { $count } мест пока не сходятся.
    }
house-bar-since = начато { $date }
house-look = Посмотреть
house-look-title = Что изменится
house-discard = Отменить всё
house-discard-sure = Да, отменить всё
house-first-mend = Сначала исправить
house-from = Действует с
house-publish = Ввести с { $date }
house-foreseen =
    { $periods ->
        [0] Ни одна открытая для брони смена не меняется
        [one] Меняется { $periods } открытая для брони смена
        [few] Меняются { $periods } открытые для брони смены
       *[other] Меняются { $periods } открытых для брони смен
    }; { $moved ->
        [0] ни одна бронь не пересядет.
        [one] { $moved } бронь получит другой стол.
        [few] { $moved } брони получат другие столы.
       *[other] { $moved } броней получат другие столы.
    }
house-foreseen-rules = С { $date } так говорим и дарим, и там, где уже забронировано. Ни один стол не меняется.
house-foreseen-followed =
    { $count ->
        [one] { $count } перейдёт в другую смену.
        [few] { $count } перейдут в другую смену.
       *[other] { $count } перейдут в другую смену.
    }
house-stranded =
    { $count ->
        [one] { $count } компания останется без места
        [few] { $count } компании останутся без места
       *[other] { $count } компаний останутся без места
    }
house-stranded-who = { $name }, { $size } чел.
house-stranded-table = В зале есть: { $tables }.
house-stranded-start = Можно в { $times }.
house-stranded-agree = Понимаю. Они станут случаями, и им позвонят.
house-in-language = { $what }, { $language }
house-in-languages = на языках: { $languages }
