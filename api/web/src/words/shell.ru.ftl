## Рамка: верхняя строка, вкладки, связь, отмена

shell-tabs = Разделы
shell-tab-floor = Зал
shell-tab-list = Список
shell-tab-timeline = Сетка
shell-tab-book = Брони
shell-tab-door = У входа
shell-tab-house = От заведения
shell-tab-tasks = Отнести
shell-undo = Вернуть { $seconds }
shell-done = Готово
shell-sending = Отправляем …
shell-again = Отправить ещё раз
shell-seen = Понятно
shell-close = Закрыть
shell-people = За столами { $seated }, придут { $coming }, рискуют ждать { $waiting }, ушли { $gone }
shell-seated = { $count } в зале
shell-to-come = { $count } придут
shell-may-wait = { $count } рискуют ждать
shell-online-open = Онлайн открыт
shell-online-paused = Онлайн на паузе
shell-seating-stopped = Не сажаем
shell-person = { $name }: сменить человека, закрыть экран, настройки
shell-no-service = Сейчас закрыто

shell-sheet-table = Стол
shell-sheet-party = Гости
shell-sheet-seated = Гости за столом
shell-sheet-waiting = Ждут стол
shell-sheet-wait = Лист ожидания
shell-sheet-door = У входа
shell-sheet-alert = Коллега зовёт
shell-sheet-give = От заведения
shell-sheet-booking = Бронь
shell-sheet-reservation = Бронь
shell-sheet-search = Поиск
shell-sheet-levers = Этот вечер
shell-sheet-sections = Секции
shell-sheet-notes = Заметки к смене
shell-sheet-news = Что нового
shell-sheet-paper = Бумага
shell-sheet-journal = Журнал
shell-sheet-person = Кто у стойки
shell-sheet-tablets = Планшеты
shell-to-desk = Стол менеджера
shell-sheet-people = Сотрудники
shell-sheet-settings = Настройки

## Подключение, закрытый экран, ПИН-коды

shell-away = Сервер не отвечает. Попробуйте через минуту.
shell-not-sent = Не отправлено: сервер не отвечает.
shell-pair-title = Подключить планшет
shell-pair-how = Код выдаёт менеджер на другом планшете: своё имя, затем «Планшеты»; первый печатает scripts/serve. Он действует несколько минут и один раз.
shell-pair-venue = Заведение
shell-pair-code = Код
shell-pair-name = Имя планшета
shell-pair-usual-name = Стойка у входа
shell-pair = Подключить
shell-demo-title = Показательный вечер
shell-demo-how = { $rate ->
    [1] Гости и персонал здесь придуманные, время идёт как обычно.
    [few] Гости и персонал здесь придуманные, время идёт в { $rate } раза быстрее.
   *[other] Гости и персонал здесь придуманные, время идёт в { $rate } раз быстрее.
}
shell-demo-who = Кто может войти и с каким PIN, написано там, где запустили scripts/serve.
shell-pace = { $rate ->
    [few] Этот вечер идёт в { $rate } раза быстрее настоящего.
   *[other] Этот вечер идёт в { $rate } раз быстрее настоящего.
}
shell-pace-real = Как в жизни
shell-who = Кто у стойки?
shell-other-person = Другой человек
shell-pin-of = ПИН: { $name }
shell-pin-enter = Ввод
shell-pin-back = Стереть цифру
shell-pin-typed = { $count ->
    [0] Цифр пока нет
    [one] { $count } цифра
    [few] { $count } цифры
   *[other] { $count } цифр
  }
shell-pin-differs = Коды не совпали. Ещё раз.
shell-first-pin = Ваш собственный ПИН
shell-first-pin-old = Введите ПИН, который вам дали.
shell-first-pin-new = Этот ПИН придумал кто-то другой. Придумайте свой.
shell-first-pin-again = Тот же ещё раз.
shell-lock = Закрыть экран
shell-locked-floor = Зал: столы, время, сколько гостей
shell-locked-waiting = { $count ->
    [one] ждёт { $count } компания
    [few] ждут { $count } компании
   *[other] ждут { $count } компаний
  }

## Смены

shell-service = { $weekday }, { $name }
shell-period-breakfast = завтрак
shell-period-brunch = бранч
shell-period-lunch = обед
shell-period-dinner = ужин
shell-period-late = поздний ужин

## Человек и настройки

shell-role-host = Хостес
shell-role-manager = Менеджер
shell-role-owner = Владелец
shell-role-server = Официант
shell-role-kitchen = Кухня
shell-role-viewer = Наблюдатель
shell-settings-here = На этом планшете
shell-language = Язык
shell-theme = Оформление
shell-theme-dark = Тёмный
shell-theme-light = Светлый
shell-theme-auto = Как на планшете
shell-hand = Какой рукой нажимаете
shell-hand-left = Левой
shell-hand-right = Правой
shell-letters = Размер текста
shell-letters-size = { $percent } %
shell-locks-in = К планшету давно не прикасались. Экран закроется через { $seconds } с.
shell-stay = Я здесь
shell-fold = Спрятать личное
shell-unfold = Показать личное

## Журнал

shell-journal-what = Кто что сделал за вечер
shell-journal-empty = Сегодня пока ничего.
shell-journal-before = Раньше
shell-take-back = Вернуть
shell-you = вы
shell-by-itself = само
shell-ago-seconds = { $count } с назад
shell-ago-minutes = { $count } мин назад
shell-undone-by = вернули как было: { $name }

## Рычаги вечера

shell-lever-span = На сколько, если включить сейчас
shell-lever-span-value = { $minutes ->
    [0] До конца смены
   *[other] { $minutes } мин
  }
shell-lever-since = с { $time }
shell-lever-until = до { $time }
shell-lever-online_paused = Онлайн-бронь
shell-lever-online_paused-off = Гости могут бронировать на сегодня.
shell-lever-online_paused-pull = Пауза
shell-lever-online_paused-lift = Открыть снова
shell-lever-seating_stopped = Посадка
shell-lever-seating_stopped-off = Сажаем.
shell-lever-seating_stopped-pull = Стоп
shell-lever-seating_stopped-lift = Снова сажать
shell-lever-last_orders = Последние заказы
shell-lever-last_orders-off = Ещё не объявляли.
shell-lever-last_orders-pull = Объявить
shell-lever-last_orders-lift = Вернуть
shell-lever-close_early = Закрытие
shell-lever-close_early-off = Как обычно.
shell-lever-close_early-pull = Закрыть раньше
shell-lever-close_early-lift = Как обычно
shell-lever-area_shut = { $area }
shell-lever-area_shut-off = Открыто.
shell-lever-area_shut-pull = Закрыть
shell-lever-area_shut-lift = Открыть снова
shell-lever-pace = Кухня
shell-lever-pace-usual = За четверть часа садим { $usual ->
    [one] { $usual } гостя
    [few] { $usual } гостей
   *[other] { $usual } гостей
}.
shell-lever-pace-now = Не торопится: за четверть часа { $covers } гостей вместо { $usual }
shell-lever-pace-pull = Придержать кухню
shell-lever-pace-lift = Как обычно
shell-lever-pace-fewer = На двух меньше
shell-lever-pace-more = На двух больше

## Новости: зовут, могут ждать, нужно «да»

shell-news-none = Ничего срочного.
shell-news-calls = Вас зовут
shell-news-approvals = Ждут вашего «да»
shell-news-cases = Рискуют ждать
shell-news-requests = Запросы гостей
shell-call = { $name } зовёт: гостей { $size }
shell-call-see = Иду
shell-wish = Нужно ваше «да»: { $name }
shell-approval-until = до { $time }
shell-guest = Гость
shell-case-exposed = На { $time } стола пока нет.
shell-case-waiting = Обещали к { $time }, ждут { $minutes } мин.
shell-case-drifting = Стол к { $time } может не освободиться.
shell-case-find = Найти стол
shell-requests = { $count ->
    [one] { $count } запрос ждёт ответа
    [few] { $count } запроса ждут ответа
   *[other] { $count } запросов ждут ответа
  }
shell-more-news = Ещё { $count }
shell-see = Посмотреть
shell-yes = Да
shell-no = Нет
shell-notes-none = Заметок к смене нет.
shell-note-new = Заметка всем, кто сегодня работает
shell-note-keep = Сохранить
shell-note-drop = Удалить
shell-areas = Зоны
shell-areas-all = Все
shell-change-person = Сменить человека
shell-keys-act = Отдельные буквы клавиатуры
shell-keys-on = Действуют
shell-keys-off = Молчат
shell-sheet-keys = Клавиши
shell-key-size = Что сказать стольким гостям
shell-key-search = Найти гостей
shell-key-view-floor = Зал
shell-key-view-timeline = Сетка
shell-key-arrive-seat = Пришли; посадить за предложенный стол
shell-key-table = Посадить за этот стол или пересадить
shell-key-keep-call-left = Ждать ещё 10; позвать; ушли
shell-key-no-show = Не пришли
shell-key-arrows = От строки к строке, от стола к столу
shell-key-view-door = У входа
shell-key-view-book = Новая бронь
shell-key-wait = Лист ожидания
shell-key-journal = Журнал
shell-key-undo = Вернуть последнее
shell-key-lock = Закрыть экран
shell-key-back = Назад
shell-key-keys = Этот список
