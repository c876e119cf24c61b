## Проба: черновики на вечерах самого заведения

lab-title = Проба
lab-what = Что дал бы черновик на ваших вечерах рядом с тем, что действует сейчас, на тех же вечерах. В книге ничего не меняется.
lab-which-drafts = Какие черновики
lab-draft = Версия { $version }: { $why }
lab-version = Версия { $version }
lab-no-drafts = Черновиков пока нет; сначала измените правило:
lab-try-draft = Проверить на ваших вечерах
lab-which-evenings = Какие вечера
lab-past = Прошедшие вечера
lab-drawn = Вечера, похожие на ваши
lab-how-many = Сколько вечеров
lab-there-are = { $evenings ->
    [one] прошёл { $evenings } такой вечер
    [few] прошло { $evenings } таких вечера
   *[other] прошло { $evenings } таких вечеров
}
lab-drawn-how = по тому, что заведение узнало о гостях
lab-days = Дни недели
lab-any-day = любой день
lab-mon = Пн
lab-tue = Вт
lab-wed = Ср
lab-thu = Чт
lab-fri = Пт
lab-sat = Сб
lab-sun = Вс
lab-how-closely = Насколько подробно
lab-quick = Быстро
lab-quick-how = Брони решает служба; у двери каждому стол, который подходит лучше всего.
lab-by-minutes = По минутам
lab-by-minutes-how = И брони, и дверь решает служба, всё в свою минуту.
lab-takes = примерно { $time }
lab-seconds = { $seconds } с
lab-minutes = { $minutes } мин
lab-hours = { $hours } ч
lab-start = { $evenings ->
    [one] Проверить на { $evenings } вечере
   *[other] Проверить на { $evenings } вечерах
}
lab-queued = Ждёт своей очереди.
lab-going = Разыграно { $played } из { $nights }.
lab-left = Осталось примерно { $time }.
lab-progress = Разыграно вечеров
lab-stop = Остановить
lab-stopped = Остановлено: разыграно { $played } из { $nights }, это сохранено.
lab-failed = Проба остановилась из-за нашей ошибки; разыгранное сохранено. Начните её снова.
lab-other-evenings = Другие вечера
lab-all-runs = Все пробы
lab-runs = Что уже пробовали
lab-run-done = { $nights ->
    [one] { $nights } вечер
    [few] { $nights } вечера
   *[other] { $nights } вечеров
}
lab-run-of = { $evenings }, { $closely }
lab-run-versions = Версия { $versions }
lab-guests = Село гостей
lab-walk-ins = Пришедшим без брони нашёлся стол
lab-waited = С бронью, но ждали
lab-walked = С бронью, но без стола
lab-refused = Отказано в брони
lab-given = Положено за ожидание
lab-net = Итог по вашим ценам
lab-percent = { $share } %
lab-margin = ± { $margin } за вечер
lab-margin-points = ± { $margin } п. п.
lab-same = без разницы
lab-not-known = не разыграно
lab-each-evening = Каждый вечер: черновик и то, что действует
lab-each-how = Разница в гостях; кольцом отмечен вечер, когда гости с бронью ждали. Коснитесь, чтобы открыть.
lab-as-list = Списком
lab-as-picture = Картинкой
lab-evening = Вечер
lab-evening-drawn = Вечер { $number }
lab-guests-more = Гостей, разница
lab-hurt = Хуже для брони
lab-yes = да
lab-not-played = Этих изменений проба не разыгрывает:
lab-in-force = Как сейчас
lab-night-title = { $day }, { $service }
lab-night-opening = Один вечер
lab-night-with = Разыграно с
lab-night-figures = Гостей село: { $guests }. Отказано: { $refused }. С бронью ждали дольше десяти минут: { $waited }, из них без стола: { $walked }.
lab-night-picture = Столы по времени
lab-night-list = Кто приходил
lab-key-promised = с бронью
lab-key-walk-in = с улицы
lab-key-waited = с бронью, ждали дольше десяти минут
lab-party = Гости
lab-party-came = Пришли
lab-party-promised = { $guests }, бронь на { $time }
lab-party-walk-in = { $guests }, с улицы
lab-party-tables = Столы
lab-party-sat = Сидели
lab-from-until = { $from } – { $until }
lab-party-wait = Ожидание
lab-party-waited = ждали { $minutes } мин
lab-party-walked = ушли, хотя была бронь
lab-party-left = ушли
