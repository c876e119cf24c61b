## Секции: кто какие столы обслуживает и чья очередь

sections-title = Секции
sections-none = Столы ещё не распределены. Гостей пока предлагаем посадить без оглядки на официантов.
sections-set = Распределить столы
sections-change = Изменить секции
sections-covered = У каждого стола есть официант.
sections-uncovered = { $count ->
    [one] { $count } стол без официанта: { $tables }
    [few] { $count } стола без официанта: { $tables }
   *[other] { $count } столов без официанта: { $tables }
}
sections-uncovered-short = { $count ->
    [one] { $count } стол без официанта
    [few] { $count } стола без официанта
   *[other] { $count } столов без официанта
}
sections-next = Очередь
sections-whose = Кто обслуживает
sections-load = { $name }: { $tables ->
    [one] { $tables } стол
    [few] { $tables } стола
   *[other] { $tables } столов
}, { $guests ->
    [one] { $guests } гость
    [few] { $guests } гостя
   *[other] { $guests } гостей
}, последние в { $time }
sections-load-none = { $name }: гостей ещё не было
sections-evening = { $tables ->
    [one] { $tables } стол
    [few] { $tables } стола
   *[other] { $tables } столов
} в секции, за вечер { $guests ->
    [one] { $guests } гость
    [few] { $guests } гостя
   *[other] { $guests } гостей
}
sections-second = { $name }: гости сели меньше десяти минут назад, это будут вторые.
sections-third = { $name }: двое гостей подряд за десять минут, дайте время.
sections-by = Обслуживает { $name }
sections-other-tables = Другие столы
sections-line = Очередь – { $load }
sections-kitchen = Кухня не торопится до { $time }: за эту четверть часа { $covers } из { $most } гостей
sections-kitchen-takes = Кухня не торопится до { $time }. Заказ этих гостей примет с { $at }.
sections-kitchen-takes-now = Кухня не торопится до { $time }. Заказ этих гостей примет сразу.
sections-kitchen-takes-none = Кухня не торопится до { $time } и в ближайшие два часа никого не примет.
sections-floor = Секции в зале
sections-pick = Отметьте столы: { $name }
sections-pick-nobody = Отметьте столы без официанта
sections-pick-first = Выберите официанта, потом столы
sections-leaving-pick = Кому передать столы: { $name }?
sections-count = { $name } · { $count }
sections-nobody = Никто
sections-all-of = Вся зона «{ $area }»
sections-leaves = { $name } уходит домой
sections-more = Ещё сотрудники
sections-done = Сохранить секции
sections-back = Оставить как было
sections-head-server = Официант
sections-head-tables = Столы
sections-head-guests = Гости
sections-head-evening = За вечер
sections-head-last = Последние
