## Брони по телефону и у стойки на любую дату

desk-title = Брони
desk-days = Ближайшие дни
desk-covers = { $covers ->
    [one] { $covers } гость
    [few] { $covers } гостя
   *[many] { $covers } гостей
}
desk-closed = закрыто
desk-asking = { $count ->
    [one] { $count } запрос
    [few] { $count } запроса
   *[many] { $count } запросов
}
desk-other-date = Другая дата
desk-party-of = Сколько гостей
desk-larger = Больше гостей
desk-wishes = Что им нужно
desk-step-free = Без ступеней
desk-quiet = Тихий стол
desk-high-chairs = { $count ->
    [0] Детский стул
    [one] { $count } детский стул
    [few] { $count } детских стула
   *[many] { $count } детских стульев
}
desk-times = Время
desk-times-of = Время, { $service }
desk-taken = { $time } занято: почему и что свободно
desk-not-in = кроме: { $areas }
desk-until = Стол их до { $time }
desk-by-request = по запросу
desk-nearest = Ближайшее свободное время
desk-nothing = { $code ->
    [CLOSED] В этот день мы закрыты.
    [PAUSED] Приём броней сейчас остановлен.
    [PARTY_SIZE_NOT_ALLOWED] На { $size } нет ни одного стола, даже составленного.
    [OUTSIDE_BOOKING_WINDOW] На такую дату бронь ещё не открыта.
    [PACING_FULL] Кухня в этот день больше не возьмёт.
    [NEEDS_NOT_MET] В этот день нет стола, где было бы всё, что им нужно.
   *[other] На { $size } в этот день ничего свободного.
}
desk-what = { $date }, { $time }, гостей: { $size }
desk-channel = Как обратились
desk-channel-phone = По телефону
desk-channel-desk = У стойки
desk-phone = Телефон
desk-name = Имя
desk-email = Эл. почта
desk-special = О чём просят
desk-notes = Только для своих
desk-known = { $visits ->
    [0] Впервые у нас
    [one] { $visits } визит
    [few] { $visits } визита
   *[many] { $visits } визитов
}{ $noShows ->
    [0] {""}
   *[other] , неявок: { $noShows }
}
desk-known-guests = Знакомые гости
desk-visits = { $count ->
    [0] впервые
    [one] { $count } визит
    [few] { $count } визита
   *[many] { $count } визитов
}
desk-read-out = Прочитайте вслух
desk-rules-read = Прочитано, гость согласен
desk-book = Забронировать
desk-not-now = Не сейчас
desk-anyway = Всё равно забронировать
desk-overrule-begin = Всё-таки забронировать
desk-overrule-why = Почему
desk-overrule = Забронировать сверх плана
desk-search = Имя, номер или код
desk-book-of-day = Брони этого дня
desk-book-empty = На этот день пока никто не записан.
desk-found-none = Никого не нашлось.
desk-table = { $count ->
    [one] стол { $tables }
   *[other] столы { $tables }
}
desk-beyond = Сверх зала
desk-beyond-means = Обещано намеренно, стол ещё не назначен.
desk-state = Сейчас
desk-state-requested = запрос
desk-state-booked = бронь
desk-state-arrived = пришли
desk-state-seated = за столом
desk-state-finished = были у нас
desk-state-cancelled = отменена
desk-state-declined = отклонена
desk-state-no_show = не пришли
desk-state-walked = ушли без стола
desk-requests = { $count ->
    [one] { $count } ждёт нашего «да»
    [few] { $count } ждут нашего «да»
   *[many] { $count } ждут нашего «да»
}
desk-requests-all = Показать все
desk-requests-fewer = Свернуть
desk-approve = Да
desk-decline = Нет
desk-day-notes = Заметки дня
desk-day-note = Заметка для всех, кто работает в этот день
desk-add-note = Добавить заметку на день
desk-keep = Сохранить
desk-delete = Удалить
desk-tables = Стол
desk-code = Код
desk-same-guest = Тот же гость?
desk-cancelled-why = Почему отменена
desk-date = Дата
desk-change = Изменить
desk-keep-change = Сохранить изменения
desk-guest-link = Ссылка для гостя
desk-cancel-begin = Отменить бронь
desk-cancel-why = Почему отменяют?
desk-cancel = Отменить
desk-reinstate = Вернуть бронь
desk-grant = Отдать придержанный стол { $table }
desk-grant-why = Почему отдаём придержанный стол { $table }
desk-grant-book = Забронировать, стол { $table }
desk-taken-back = отменено сразу у стойки
desk-together = Составить столы: мест { $seats } из { $size }
desk-seats = { $seats ->
    [one] { $seats } место
    [few] { $seats } места
   *[many] { $seats } мест
}
desk-read-back = Забронировано. Повторите гостю
desk-written-request = Записано, ждёт нашего «да»
desk-read-back-done = Готово
desk-open = Открыть
desk-allergies = Аллергии
desk-cancel-plans = Изменились планы
desk-cancel-ill = Кто-то заболел
desk-cancel-twice = Записаны дважды
desk-guest-link-hint = Гость наводит камеру, или отправьте ссылку: откроется его страница.
desk-link-copied = Скопировано
desk-choose-time = Выберите время в этот день.

## Что мы написали гостю

desk-messages = Сообщения
desk-message-of-confirmation = Подтверждение
desk-message-of-change = Изменение
desk-message-of-cancellation = Отмена
desk-message-of-reminder = Напоминание
desk-message-of-waitlist_ready = Столик готов
desk-message-of-enquiry_answer = Ответ
desk-message-by-email = почта
desk-message-by-text = СМС
desk-message-on = { $day }, { $time }
desk-message-waiting = уйдёт { $when }
desk-message-sending = отправляется
desk-message-sent = ушло { $when }
desk-message-delivered = дошло, { $when }
desk-message-failed = не дошло, позвоните
desk-message-not_configured = не ушло, почта не настроена
desk-message-no_address = нет адреса, позвоните
desk-message-not_wanted = не ушло, гость просил не писать
desk-message-told_by_site = не ушло, скажет сайт брони
desk-message-superseded = не ушло, уже неактуально
desk-message-over = не ушло, уже поздно
