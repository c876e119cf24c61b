## Список рядом с залом

list-title = Сегодня
list-arriving = Придут
list-waiting = Ждут
list-seated = Сидят
list-all = Все
list-more = Больше
list-less = Меньше
list-fresh = новых: { $count }
list-empty-arriving = Больше никого не ждём.
list-empty-seated = Пока никто не сидит.
list-empty-all = Броней на сегодня нет.

list-table = стол { $table }
list-no-table = без стола
list-late = ждём { $minutes }
list-until = до { $time }
list-over = +{ $minutes }
list-now = Теперь: { $act }
list-anyway = Всё равно
list-ended-cancelled = отменена
list-ended-declined = отклонена
list-ended-no_show = не пришли
list-ended-walked = ушли без стола
list-ended-finished = ушли

list-row-keep = +10
list-row-find = Стол…
list-act-seat = За { $table }
list-act-arrive = Пришли
list-act-some = Ещё один гость
list-act-find = Выбрать стол
list-act-keep = Ждать ещё 10
list-act-call = Позвать
list-act-coming = Идут
list-act-serve = Счёт
list-act-pay = Оплатили
list-act-extend = Ещё 15 минут
list-act-move = Пересадить
list-act-unseat = Всё-таки не сели
list-act-unplan = Другой стол
list-key-no-show = { $name }: не пришли?
list-act-clear = Ушли, стол готов
list-act-vacate = Ушли
list-act-no_show = Не пришли
list-act-walk = Ушли без стола
list-act-reopen = Всё-таки пришли
list-act-approve = Принять
list-act-decline = Отказать
list-act-cancel = Отменить

list-mark-allergy = { $words }
list-mark-called = позвали { $minutes } мин назад
list-mark-coming = идут { $minutes } мин
list-mark-here = ждут { $minutes } мин
list-mark-some-here = { $arrived } из { $size }, { $minutes } мин
list-mark-sits = { $arrived } из { $size }
list-mark-over = { $table } ещё занят, +{ $minutes }
list-mark-on-way = уже едут
list-mark-wrote = { $count ->
    [one] пишут
   *[other] пишут × { $count }
}
list-mark-told-late = будут в { $time }
list-mark-risk = 1 из { $evenings }
list-mark-exposed = стол под вопросом
list-mark-step-free = без ступеней
list-mark-high-chairs = { $count ->
    [one] детский стул
    [few] { $count } детских стула
   *[many] { $count } детских стульев
}
list-mark-quiet = тихий стол
list-mark-at-door = у входа
list-mark-at-bar = в баре
list-mark-at-terrace = на террасе
list-mark-owed = стол за нами
list-mark-first = впервые
list-mark-visits = { $visits ->
    [one] { $visits } визит
    [few] { $visits } визита
   *[many] { $visits } визитов
}
list-mark-tag = { $tag }
list-mark-reconfirmed = подтвердили
list-mark-note = заметка
list-mark-next = { $name } в { $time }
list-mark-check = счёт
list-mark-paid = оплачен

## Карточка гостей

list-party = { $name } · { $size }
list-party-at = { $time }, стол { $table }
list-party-at-none = { $time }, стола пока нет
list-party-pin = Не переносить
list-party-unpin = Можно переносить
list-party-pinned = Закреплён
list-party-where = Где ждут
list-party-where-door = У входа
list-party-where-bar = В баре
list-party-where-terrace = На террасе
list-party-reconfirm = Подтвердили
list-party-here = Пришли
list-party-of = { $arrived } из { $size }
list-party-fewer = Минус один
list-party-more = Плюс один
list-party-request = Просят
list-party-notes = Заметка
list-party-guest = О госте
list-party-allergies = Аллергия
list-party-phone = Телефон
list-party-needs = Нужно
list-late-told-guest = Сообщили на своей странице в { $at }: будут к { $time }
list-late-told-staff = Сообщили нам в { $at }: будут к { $time }
list-late-kept = Мы ответили: ждём до { $time }
list-late-then = потом стол { $table } в { $time }
list-late-not-before = потом до { $time } ничего не обещано
list-late-none = потом на вечер ничего не обещано
list-thread = Переписка
list-thread-none = Пока пусто. Ваш ответ появится на странице гостя.
list-thread-answer = Ответ
list-thread-send = Отправить
list-thread-guest = Гость
list-party-page = Вся бронь
list-party-gone = Среди сегодняшних броней этих гостей больше нет.
list-seated-since = { $minutes } мин, ждём до { $time }
list-seated-over = дольше на { $minutes } мин
list-seated-next = Потом { $name } · { $size } в { $time }
list-seated-free = Потом стол свободен весь вечер
list-seated-give = От заведения
list-seated-gone = Эти гости уже ушли.
