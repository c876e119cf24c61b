## У входа: что можно дать сейчас, что сказать, если нечего, и как всё-таки помочь

door-for-size = { $size ->
    [one] { $size } гость
    [few] { $size } гостя
   *[other] { $size } гостей
}
door-walk-in = Без брони, { $time }
door-party = { $name }, { $size }
door-here = Пришли, { $time }
door-full-at = В { $time } всё занято
door-full-until = В { $time } всё занято · стол на { $size } будет в { $until }
door-full-title = На { $size } сейчас нет стола
door-try = Попробуем
door-looking = Смотрю зал
door-size = Гостей: { $size }
door-ahead = { $count ->
    [0] никто не ждёт
    [one] ждёт { $count } компания
    [few] ждут { $count } компании
   *[other] ждут { $count } компаний
}
door-say = Сначала скажите, потом вернитесь
door-beyond = Что ещё можно предложить
door-given = Отмечено

door-table-title = Стол { $tables }
door-join-title = Столы { $tables }, сдвинуть
door-split-title = Столы { $tables }, рядом
door-held-title = Придержанный стол { $tables }
door-move-title = Стол { $tables }, { $name } за { $to }
door-short-title = Стол { $tables } на { $minutes } мин
door-beyond-title = Сверх зала, в { $time }
door-later-title = Сегодня позже, в { $time }
door-day-title = { $day }, { $time }
door-wait-title = Подождать: скорее всего { $likely } мин, самое большее { $latest }
door-until = до { $time }
door-until-next = до { $time } · следующие в { $next }
door-back = вернуть к { $time }
door-back-before = вернуть к { $time }: потом { $name }
door-seats = на { $seats }
door-moves = { $name } · { $size }: пересадить за { $to }
door-moves-count = { $count ->
    [one] сдвинется одна бронь, ждать никто не будет
    [few] сдвинутся { $count } брони, ждать никто не будет
   *[other] сдвинутся { $count } броней, ждать никто не будет
}
door-moves-more = и ещё { $count }
door-exposes = { $name } · { $size } на { $time } останутся без стола
door-walk = { $minutes ->
    [one] { $minutes } минута пешком
    [few] { $minutes } минуты пешком
   *[other] { $minutes } минут пешком
}
door-may-wait = им придётся ждать слишком долго { $often }
door-may-wait-at = тем, кто на { $time }, придётся ждать { $often }
door-kept = за вами { $left }
door-kept-by = держит коллега { $left }
door-changed = был { $was }, взгляните ещё раз
door-changed-new = только что изменилось

door-seat = За { $tables }
door-seat-anyway = Всё равно за { $tables }
door-give = Отдать { $tables }
door-hold = Придержать 2 мин
door-let-go = Отпустить
door-list = В лист ожидания
door-book = Бронь на { $time }
door-send = Проводить
door-more-ways = { $count ->
    [one] Ещё { $count } способ
    [few] Ещё { $count } способа
   *[other] Ещё { $count } способов
}: { $kinds }
door-more-table = другой стол
door-more-later = позже
door-more-other_day = другой день
door-more-wait = подождать
door-more-partner = соседи
door-more-overbook = сверх зала
door-ways = Другие способы
door-leaving = Уходят
door-ask = Позвать: { $name }
door-called = Позвали: { $name }
door-taken-over = Встречает { $name }
door-call-title = Кто к ним выйдет?
door-call-line = Что сказать коллеге ({ $name })
door-call-send = Позвать: { $name }
door-call-said = У входа гостей: { $size }. В { $time } им сказали, что мест нет. Выйдите к ним, пожалуйста.
door-call-named = { $name }, { $size }, у входа, стола пока нет. Выйдите к ним, пожалуйста.
door-needs = Нужно
door-need-step-free = без ступеней
door-need-chair = детский стул
door-first-visit = впервые у нас
door-visits = { $count ->
    [one] { $count } визит
    [few] { $count } визита
   *[other] { $count } визитов
}

door-why = Отдаём в виде исключения, потому что
door-why-first = впервые у нас
door-why-regular = постоянные гости
door-why-occasion = у них праздник
door-why-waited = долго ждали
door-why-colleague = попросил коллега
door-why-own = своими словами
door-why-give = Отдать
door-name = Имя
door-phone = Телефон
door-rules-read = Сказали вслух: { $rules }
door-cancel = Назад

door-alert-title = Вас зовёт { $name }
door-alert-party = Гостей: { $size }
door-alert-take = Иду к ним
door-alert-taken = Уже встречает { $name }
door-alert-age = { $minutes ->
    [0] только что
    [one] { $minutes } минуту назад
    [few] { $minutes } минуты назад
   *[other] { $minutes } минут назад
}
door-alert-gone = Этот вызов уже закрыт.
door-open-size = Сколько гостей?
door-open-waiting = Сейчас ждут
door-open-called = Позвали коллег
door-open-foreseen = Скоро будет тесно
door-said = Сказали

## Сколько гостей у входа, под пальцем на каждом экране

door-keypad = Гости у входа
door-keypad-walk-in = Без брони
door-keypad-party-of = сколько гостей
door-keypad-size = { $more ->
    [yes] { $size } гостей или больше
   *[no] { $size ->
        [one] { $size } гость
        [few] { $size } гостя
       *[many] { $size } гостей
    }
}
