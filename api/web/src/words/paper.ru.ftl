## Бумага: лист вечера и чек посаженных гостей

paper-open = Напечатать лист вечера
paper-chit = Листок на кухню
paper-service = Перед сменой
paper-print = Печать
paper-date = { $service }, { $date }
paper-sum = { $guests ->
    [one] { $guests } гость
    [few] { $guests } гостя
   *[other] { $guests } гостей
}, { $parties ->
    [one] { $parties } бронь
    [few] { $parties } брони
   *[other] { $parties } броней
}
paper-printed = на { $time }, { $name }
paper-time = Время
paper-table = Стол
paper-party = Гости
paper-care = Аллергии и нужды
paper-known = Что мы знаем
paper-no-table = пока нет
paper-arrived = уже здесь
paper-seated = сидят
paper-visits = { $visits ->
    [0] впервые
    [one] уже были { $visits } раз
    [few] уже были { $visits } раза
   *[other] уже были { $visits } раз
}
paper-need-step-free = без ступенек
paper-need-high-chairs = { $count ->
    [one] детский стул
    [few] { $count } детских стула
   *[other] { $count } детских стульев
}
paper-need-quiet = тихое место
paper-nobody = Пока никто не забронировал.
paper-held = Придержано
paper-held-one = Стол { $table } на { $seats } с { $from }; вернётся в { $until }
paper-beyond = Обещано сверх зала
paper-waiting = Ждут у двери
paper-gifts = От заведения
paper-sections = Участки
paper-server = Официант
paper-their-tables = Столы
paper-seated-at = сидят с { $from }, до { $until }
paper-must = АЛЛЕРГИЯ: { $what }
