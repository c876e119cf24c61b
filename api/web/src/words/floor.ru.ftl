## Зал: части, столы, кого ведём к столу

floor-title = Зал
floor-all = Все
floor-free = { $count ->
    [one] { $count } свободен
   *[other] { $count } свободно
}
floor-areas = Зоны
floor-quarters = Кого ждём
floor-quarter = { $time }: { $parties ->
    [one] { $parties } компания
    [few] { $parties } компании
   *[many] { $parties } компаний
}, { $covers ->
    [one] { $covers } гость
    [few] { $covers } гостя
   *[many] { $covers } гостей
}
floor-quarter-beyond = { floor-quarter }, сверх зала
floor-layer-party = Гости
floor-layer-next = Кто следующий
floor-layer-servers = Секции
floor-empty = Столов пока нет. Их рисует менеджер.
floor-closed = Сегодня закрыто.
floor-closed-next = Следующая смена: { $when }.

floor-minutes = { $minutes } мин
floor-minutes-short = { $minutes }’
floor-over = +{ $minutes } мин
floor-until = до { $time }
floor-until-short = –{ $time }
floor-down = счёт
floor-paid = оплачен
floor-down-short = счёт
floor-paid-short = оплата
floor-clash = Следующие гости придут раньше, чем уйдут эти.

floor-say-free = Стол { $table }, мест { $seats }, свободен до { $time }
floor-say-free-open = Стол { $table }, мест { $seats }, свободен
floor-say-promised = Стол { $table }, бронь: { $party }, { $size }, в { $time }
floor-say-seated = Стол { $table }, { $party }, { $size }, сидят { $minutes } мин
floor-say-over = Стол { $table }, { $party }, { $size }, дольше на { $minutes } мин
floor-say-held = Стол { $table } придержан, ещё { $minutes } мин
floor-say-kept = Стол { $table } держим: { $party }, ещё { $minutes } мин
floor-say-kept-open = Стол { $table } держим: { $party }
floor-say-reset = Стол { $table } накрывают, готов в { $time }
floor-say-shut = Стол { $table } закрыт до { $time }
floor-say-shut-open = Стол { $table } закрыт
floor-served-by = обслуживает { $name }

floor-hand = { $name } · { $size }
floor-hand-type = Номер стола, два стола как 12+13
floor-hand-pick = Коснитесь стола; двух, чтобы сдвинуть
floor-hand-gone = { $name }: сажать уже не нужно. Это сделали на другом планшете или гости ушли.
floor-hand-back = Отмена
floor-hand-walk-in = Без брони
floor-does-seat = Посадить за { $table }
floor-does-move = Пересадить за { $table }
floor-does-plan = Оставить им { $table }
floor-does-unseat = Всё-таки не сели
floor-does-unplan = Другой стол вместо { $table }
floor-does-join = Сдвинуть { $table }
floor-does-merge = Одна компания за { $table }
floor-does-swap = Поменять местами с { $table }
floor-or = или
floor-asks = Сначала спросим
floor-would-till = до { $time }
floor-would-between = с { $from } до { $till }
floor-would-plan = тогда стол { $table }
floor-would-move = { $name } · { $size } – за стол { $table }
floor-would-more = и ещё { $count }
floor-changed = Тем временем в зале всё изменилось. { $said }
floor-drop-until = свободен до { $time }
floor-drop-open = свободен весь вечер
floor-drop-taken = здесь сидят: { $party }
floor-drop-promised = бронь: { $party }, в { $time }
floor-drop-reset = накрывают до { $time }
floor-drop-shut = закрыт
floor-drop-held = придержан
floor-drop-kept = держим: { $party }
floor-drop-seats = { $seats ->
    [one] { $seats } место
    [few] { $seats } места
   *[many] { $seats } мест
}
floor-drop-short = не хватает { $missing ->
    [one] { $missing } места
   *[other] { $missing } мест
}

## Карточка стола

floor-table = Стол { $table }
floor-table-seats = на { $least }–{ $most }
floor-table-seats-one = на { $most }
floor-table-free = Свободен до { $time }
floor-table-free-open = Свободен весь вечер
floor-table-promised = Бронь: { $party }, { $size }, в { $time }
floor-table-here = { $party }, { $size }, уже здесь
floor-table-held = Придержан, ещё { $minutes } мин
floor-table-kept = Держим: { $party }
floor-table-kept-host = Держит коллега, ещё { $minutes } мин
floor-table-reset = Накрывают, готов в { $time }
floor-table-shut = Закрыт до { $time }
floor-table-shut-open = Закрыт
floor-table-walk-in = Без брони: сколько гостей?
floor-table-seat = Посадить { $size } за { $table }
floor-table-ready = Уже готов
floor-table-join = Сдвинуть с другим
floor-table-block = Закрыть стол
floor-table-unblock = Снова открыть
floor-table-release = Отпустить
floor-table-next = Дальше
floor-table-tonight = Этот стол сегодня
floor-table-nobody = Больше никого сегодня

floor-feature-step_free = без ступеней
floor-feature-quiet = тихий
floor-feature-window = у окна
floor-feature-booth = диван
floor-feature-high = высокий
