## Кто ждёт: сколько осталось, позвать, идут, ушли, вернулись

wait-none = Никто не ждёт.
wait-add = Записать в лист ожидания
wait-ended = { $count ->
    [one] Ушла { $count } компания
    [few] Ушли { $count } компании
   *[other] Ушло { $count } компаний
}
wait-nameless = Без брони
wait-phase-open = мин ждут
wait-phase-running = мин ещё
wait-phase-soon = скоро
wait-phase-due = пора
wait-phase-over = мин сверх
wait-waited = ждут { $minutes } мин
wait-waited-of = { $minutes } из { $quoted } мин
wait-free = свободен { $tables }
wait-called = позвали в { $time }
wait-is-coming = идут с { $time }
wait-where-door = у входа
wait-where-bar = в баре
wait-where-terrace = на террасе
wait-need-step-free = без ступеней
wait-need-quiet = тихий стол
wait-need-chairs = { $count ->
    [one] детский стул
    [few] { $count } детских стула
   *[other] { $count } детских стульев
}
wait-do-call = Позвать
wait-do-seat = За { $tables }
wait-do-find = Найти стол
wait-rejoin = Вернуть в лист
wait-again = Ещё ждут
wait-coming = Идут
wait-left = Ушли
wait-gone = Не отвечают
wait-state-left = ушли
wait-state-gone = не ответили
wait-state-turned_away = отказали
wait-over-quoted = Обещали { $minutes } мин в { $time }
wait-over-open = Ждут с { $time }
wait-place = { $place }-е в очереди
wait-band = сказали: скорее всего { $likely } мин, самое большее { $latest }
wait-band-latest = сказали: самое большее { $latest } мин
wait-requote = Скажите, что ещё минут { $minutes }: прежний срок не выйдет.
wait-requote-none = Стола для них пока не видно. Скажите им об этом.
wait-where = Где ждут
wait-page = Их страница
wait-page-hint = Наведут камеру и увидят своё место в очереди.
wait-kept = Стол { $tables } держим до { $time }
wait-over = Этих гостей в листе ожидания уже нет.

wait-new-title = { $size ->
    [one] Ждёт { $size } гость
    [few] Ждут { $size } гостя
   *[other] Ждут { $size } гостей
}
wait-new-size = Сколько гостей?
wait-new-ahead = { $count ->
    [0] Перед ними никого
    [one] Перед ними { $count } компания
    [few] Перед ними { $count } компании
   *[other] Перед ними { $count } компаний
}
wait-new-quote = Сказать гостям
wait-new-minutes = { $minutes } мин
wait-new-none = без срока
wait-new-say = «Скорее всего { $likely } минут, самое большее { $latest }»
wait-new-say-latest = «Самое большее { $latest } минут»
wait-new-say-none = Стола пока не видно. Скажите так или назовите срок сами.
wait-new-less = на пять минут меньше
wait-new-more = на пять минут больше
wait-new-table = Стол { $tables } свободен сейчас
wait-new-where = Где хотят сидеть
wait-new-anywhere = Где угодно
wait-new-name = Имя
wait-new-phone = Телефон, чтобы позвать
wait-new-put = Записать: { $minutes } мин
wait-new-put-open = Записать
