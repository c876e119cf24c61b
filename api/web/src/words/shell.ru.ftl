## Рамка: верхняя строка, вкладки, связь, отмена

shell-tabs = Разделы
shell-tab-floor = Зал
shell-tab-list = Список
shell-tab-book = Брони
shell-tab-door = Дверь
shell-tab-house = От заведения
shell-offline = Нет связи с { $time }. На экране то, что было тогда.
shell-undo = Отменить { $seconds }
shell-done = Готово
shell-again = Отправить ещё раз
shell-seen = Понятно
shell-close = Закрыть
shell-people = За столами { $seated }, придут { $coming }, могут ждать { $waiting }, ушли { $gone }
shell-seated = { $count } в зале
shell-to-come = { $count } придут
shell-may-wait = { $count } могут ждать
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
shell-sheet-door = Дверь
shell-sheet-alert = Коллега зовёт
shell-sheet-give = От заведения
shell-sheet-booking = Бронь
shell-sheet-reservation = Бронь
shell-sheet-search = Поиск
shell-sheet-levers = Этот вечер
shell-sheet-notes = Заметки к смене
shell-sheet-news = Что нового
shell-sheet-journal = Журнал
shell-sheet-person = Кто у стойки
shell-sheet-settings = Настройки

## Привязка, закрытый экран, PIN-коды

shell-away = Сервер не отвечает. Попробуйте через минуту.
shell-not-sent = Не отправлено: сервер не отвечает.
shell-pair-title = Привязать планшет
shell-pair-how = Код выдаёт менеджер на другом планшете, в разделе «Дом». Он действует несколько минут и один раз.
shell-pair-venue = Заведение
shell-pair-code = Код
shell-pair-name = Имя планшета
shell-pair-usual-name = Стойка у входа
shell-pair = Привязать
shell-who = Кто у стойки?
shell-other-person = Другой человек
shell-pin-of = PIN: { $name }
shell-pin-enter = Ввод
shell-pin-back = Стереть цифру
shell-pin-typed = { $count ->
    [0] Цифр пока нет
    [one] { $count } цифра
    [few] { $count } цифры
   *[other] { $count } цифр
  }
shell-pin-differs = Коды не совпали. Ещё раз.
shell-first-pin = Ваш собственный PIN
shell-first-pin-old = Введите PIN, который вам дали.
shell-first-pin-new = Этот PIN придумал кто-то другой. Придумайте свой.
shell-first-pin-again = Тот же ещё раз.
shell-lock = Закрыть экран
shell-locked-floor = Зал: столы, время, сколько гостей
shell-locked-waiting = { $count ->
    [one] ждёт { $count } компания
    [few] ждут { $count } компании
   *[other] ждут { $count } компаний
  }
